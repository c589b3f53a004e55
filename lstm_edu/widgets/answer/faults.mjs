// The search for what is wrong in a line. It asks of each place what would have to stand there for
// the whole to be right, working back from the right values as through the steps of a sum, and
// knows it when it sees it.

import { CALLS } from "./states.mjs";

// parts of one sum or product; no line of the book has more, and looking into them takes its time
const CROWD = 16;

/** Whether two numbers are the same, up to what the search itself rounds off. */
export const close = (a, b) => Math.abs(a - b) <= 1e-7 * (Math.abs(a) + Math.abs(b)) + 1e-14;

/** Every single change that makes the line right, the simplest first. */
export function faults(tree, right, q, fit) {
  const found = [];
  const add = (cost, key, node, more = {}) =>
    found.push({ cost, key, at: node.at, whole: node === tree, ...more });
  visit(tree, right, false);
  return found.sort((a, b) => a.cost - b.cost);

  // under an even power only the size of what is needed is known: `folded`
  function visit(node, need, folded) {
    if (!fit.every((k) => Number.isFinite(need[k]))) return;
    const crowded = node.a?.length > CROWD;
    const each = (f) => need.map((n, k) => f(n, node.y[k], k));
    const like = (a, b) => (folded ? close(Math.abs(a), Math.abs(b)) : close(a, b));
    const equal = (f) => fit.every((k) => like(need[k], f(node.y[k], k)));
    const same = (x, y) => fit.every((k) => like(x[k], y[k]));
    const [ratio, rest] = [each((n, y) => n / y), each((n, y) => n - y)];
    const constant = (x) => Number.isFinite(x[fit[0]]) && fit.every((k) => close(x[k], x[fit[0]]));
    if (equal((y) => -y)) add(node === tree ? 0 : 1.2, node === tree ? "negative" : "sign", node);
    else if (node === tree && constant(ratio))
      add(0.9, "multiple", node, { number: 1 / ratio[fit[0]] });
    if (node.op === "num" && constant(need)) add(1.3, "number", node);
    if (node.op === "name" || node.op === "num")
      for (const name of q.free)
        if (
          same(
            need,
            q.at.map((state) => state[name]),
          )
        )
          add(
            node.op === "name" ? 1 : 1.7,
            node.op === "name" ? "swap" : "number-for-quantity",
            node,
            { name, found: String(node.v) },
          );
    if (node.op === "name" && constant(need) && !equal(() => 0) && !equal(() => 1))
      add(1.4, "swap", node, { name: "", found: String(node.v) });
    for (const n of [2, 3, -1, -2])
      if (node.op !== "num" && equal((y) => y ** n)) add(1.3, "exponent", node);
    if (node.op === "pow")
      for (const n of [1, 2, 3, -1, -2])
        if (equal((_, k) => node.a[0].y[k] ** n)) add(1.3, "exponent", node);
    for (const f of ["tanh", "sigma"])
      if (equal((y) => CALLS[f][0](y))) add(1.5, "function-missing", node, { function: f });
    if (node.op === "call") {
      if (equal((_, k) => node.a[0].y[k])) add(1.5, "function-extra", node);
      for (const f of ["tanh", "sigma", "sigma'", "tanh'"])
        if (equal((_, k) => CALLS[f][0](node.a[0].y[k]))) add(1.5, "function-other", node);
    }
    if (!crowded && (node.op === "product" || node.op === "sum")) operators(node, equal);
    for (const part of q.parts) {
      const plain = part.op === "name" ? 0 : 0.2;
      if (part.op !== "num" && same(ratio, part.y))
        add(2 + plain, "factor-missing", node, { name: part.op === "name" ? part.v : "", part });
      if (same(rest, part.y) || fit.every((k) => close(rest[k], -part.y[k])))
        add(2.1 + plain, node.op === "sum" ? "term-missing" : "term-missing-alone", node, {
          name: part.op === "name" ? part.v : "",
          part,
        });
      if (node !== tree && part.op !== "num" && same(need, part.y))
        add(2.6 + plain, "factor-wrong", node, { name: part.op === "name" ? part.v : "", part });
    }
    if (!crowded) descend(node, need, each, folded);
  }

  function operators(node, equal) {
    const { a } = node;
    const [y, product] = [(part, k) => part.y[k], node.op === "product"];
    const over = (parts, k) => parts.reduce((all, part) => all * y(part, k), 1);
    const bare = (part) =>
      part.op === "neg" || (part.op === "pow" && part.v === -1) ? part.a[0] : part;
    a.forEach((part, j) => {
      const others = a.filter((_, m) => m !== j);
      const without = (all, k) => (product ? over(others, k) : all - y(part, k));
      if (equal(without)) add(1.5, product ? "factor-extra" : "term-extra", part);
      if (j === 0) return;
      const [left, right] = [a.slice(0, j), a.slice(j)];
      const [x, z] = [a[j - 1], part];
      for (const sign of [1, -1]) {
        const tail = (k) => sign * y(bare(right[0]), k) * over(right.slice(1), k);
        if (product && equal((_, k) => over(left, k) + tail(k))) add(1.8, "product-for-sum", node);
        if (!product && equal((all, k) => all - y(x, k) - y(z, k) + sign * y(x, k) * y(z, k)))
          add(1.8, "sum-for-product", { at: [x.at[0], z.at[1]] });
        if (!product && equal((all, k) => all - y(x, k) - y(z, k) + (sign * y(x, k)) / y(z, k)))
          add(1.8, "sum-for-product", { at: [x.at[0], z.at[1]] });
      }
    });
  }

  function descend(node, need, each, folded) {
    const { op, v, a } = node;
    const over = (k, j) => a.reduce((all, other, m) => (m === j ? all : all * other.y[k]), 1);
    const root = (n) => (v % 2 ? Math.sign(n) * Math.abs(n) ** (1 / v) : n ** (1 / v));
    if (op === "sum" && !folded)
      a.forEach((part) =>
        visit(
          part,
          each((n, y, k) => n - (y - part.y[k])),
          false,
        ),
      );
    if (op === "product")
      a.forEach((part, j) =>
        visit(
          part,
          each((n, _, k) => n / over(k, j)),
          folded,
        ),
      );
    if (op === "neg")
      visit(
        a[0],
        each((n) => -n),
        folded,
      );
    if (op === "call" && CALLS[v][2] && !(folded && v !== "tanh"))
      visit(
        a[0],
        each((n) => CALLS[v][2](n)),
        folded,
      );
    if (op === "pow") visit(a[0], each(root), folded || v % 2 === 0);
  }
}
