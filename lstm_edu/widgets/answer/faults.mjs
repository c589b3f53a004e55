// The search for what is wrong in a line. It asks of each place what would have to stand there for
// the whole line to be right, working back from the right values, and compares that with what
// readers write by mistake.

import { CALLS } from "./states.mjs";

// A sum or product of more parts is not looked into: no line of the book has more.
const CROWD = 16;
const FUNCTIONS = ["tanh", "sigma", "sigma'", "tanh'"];

/** Whether two numbers are the same, up to what the search itself rounds off. */
export const close = (a, b) => Math.abs(a - b) < 1e-7 * (Math.abs(a) + Math.abs(b)) + 1e-14;

/**
 * The single changes that may make a line right: the key of their sentence, what a change costs
 * (the cheapest is told), the kinds of node that it is asked of, unless of all, and `fits`: whether
 * the place becomes right by it, as a truth or as what the sentence needs to know.
 */
const CHANGES = [
  { key: "negative", cost: 0, fits: ({ whole, equal }) => whole && equal((y) => -y) },
  { key: "sign", cost: 1.2, fits: ({ whole, equal }) => !whole && equal((y) => -y) },
  { key: "multiple", cost: 0.9, fits: multiple },
  {
    key: "number",
    cost: 1.3,
    of: ["num"],
    fits: ({ constant, need, nothing, first }) => constant(need) && !nothing && simple(need[first]),
  },
  { key: "swap", cost: 1, of: ["name"], fits: quantity },
  { key: "number-for-quantity", cost: 1.7, of: ["num"], fits: quantity },
  { key: "swap", cost: 1.4, of: ["name"], fits: numberForName },
  {
    key: "exponent",
    cost: 1.3,
    fits: ({ node, equal }) =>
      node.op !== "num" && [2, 3, -1, -2].some((n) => equal((y) => y ** n)),
  },
  {
    key: "exponent",
    cost: 1.3,
    of: ["pow"],
    fits: ({ node, equal }) => [1, 2, 3, -1, -2].some((n) => equal((_, k) => node.a[0].y[k] ** n)),
  },
  { key: "function-missing", cost: 1.5, fits: functionMissing },
  {
    key: "function-extra",
    cost: 1.5,
    of: ["call"],
    fits: ({ node, equal }) => equal((_, k) => node.a[0].y[k]),
  },
  {
    key: "function-other",
    cost: 1.5,
    of: ["call"],
    fits: ({ node, equal }) =>
      FUNCTIONS.some((name) => equal((_, k) => CALLS[name].value(node.a[0].y[k]))),
  },
];

function multiple({ whole, constant, ratio, first }) {
  return whole && constant(ratio) && { number: 1 / ratio[first] };
}

// a quantity that should stand where another one stands, or a number
function quantity({ node, need, same, quantities }) {
  const found = quantities.find(([, values]) => same(need, values));
  return found && { name: found[0], found: String(node.v) };
}

// 3, 1/2, −2/3: a number that a line is written with
const simple = (x) => close(12 * x, Math.round(12 * x));

// a number other than 0 and 1 should stand where a quantity stands
function numberForName({ node, need, constant, equal, nothing, first }) {
  return (
    constant(need) &&
    !nothing &&
    !equal(() => 1) &&
    simple(need[first]) && { name: "", found: String(node.v) }
  );
}

function functionMissing({ equal }) {
  const name = ["tanh", "sigma"].find((one) => equal((y) => CALLS[one].value(y)));
  return name && { function: name };
}

/** Likewise of a part that may be missing or in the wrong place. */
const PART_CHANGES = [
  {
    key: () => "factor-missing",
    cost: 2,
    fits: ({ same, ratio }, part) => part.op !== "num" && same(ratio, part.y),
  },
  {
    key: ({ node }) => (node.op === "sum" ? "term-missing" : "term-missing-alone"),
    cost: 2.1,
    fits: ({ same, rest, fit }, part) =>
      same(rest, part.y) || fit.every((k) => close(rest[k], -part.y[k])),
  },
  {
    key: () => "factor-wrong",
    cost: 2.6,
    fits: ({ same, need, whole }, part) => !whole && part.op !== "num" && same(need, part.y),
  },
];

/** What the part `j` of a node must be for the node to be `n` at the state `k`. */
const NEEDED = {
  sum:
    ({ y, a }, j) =>
    (n, k) =>
      n - (y[k] - a[j].y[k]),
  product: ({ a }, j) => {
    const others = a.filter((_, m) => m !== j);
    return (n, k) => n / product(others, k);
  },
  neg: () => (n) => -n,
  call: ({ v }) => CALLS[v].inverse,
  pow:
    ({ v }) =>
    (n) =>
      v % 2 ? Math.sign(n) * Math.abs(n) ** (1 / v) : n ** (1 / v),
};

const product = (parts, k) => parts.reduce((all, part) => all * part.y[k], 1);
const total = (parts, k) => parts.reduce((all, part) => all + part.y[k], 0);

/** Every single change that makes the line right, the simplest first. */
export function faults(tree, right, q, fit) {
  const found = [];
  search(tree, right, false);
  return found.sort((a, b) => a.cost - b.cost);

  function add(cost, key, node, more) {
    found.push({ cost, key, at: node.at, whole: node === tree, ...more });
  }

  // under an even power only the size of what is needed is known: `folded`
  function search(node, need, folded) {
    if (!fit.every((k) => Number.isFinite(need[k]))) return;
    const place = {
      ...comparisons(node, need, folded, fit),
      quantities: q.quantities,
      whole: node === tree,
    };
    for (const { key, cost, of, fits } of CHANGES) {
      const more = (!of || of.includes(node.op)) && fits(place);
      if (more) add(cost, key, node, more);
    }
    const crowded = node.a?.length > CROWD;
    if (!crowded && node.op === "product") factors(place, add);
    if (!crowded && node.op === "sum") terms(place, add);
    for (const part of q.parts) changesOf(place, part, add);
    if (!crowded) descend(node, need, folded);
  }

  function descend(node, need, folded) {
    const { op, v, a } = node;
    if (!(op in NEEDED) || (op === "sum" && folded)) return;
    if (op === "call" && (!CALLS[v].inverse || (folded && v !== "tanh"))) return;
    const even = op === "pow" && v % 2 === 0;
    a.forEach((part, j) => search(part, need.map(NEEDED[op](node, j)), folded || even));
  }
}

/** What is needed at a node, and how it compares with what stands there. */
function comparisons(node, need, folded, fit) {
  const like = (a, b) => (folded ? close(Math.abs(a), Math.abs(b)) : close(a, b));
  const first = fit[0];
  return {
    node,
    need,
    fit,
    first,
    ratio: need.map((n, k) => n / node.y[k]),
    rest: need.map((n, k) => n - node.y[k]),
    equal: (f) => fit.every((k) => like(need[k], f(node.y[k], k))),
    same: (x, y) => fit.every((k) => like(x[k], y[k])),
    // 0 is needed, up to what was rounded off on the way down to the node
    nothing: fit.every((k) => Math.abs(need[k]) <= 1e-9 * Math.abs(node.y[k])),
    constant: (x) => Number.isFinite(x[first]) && fit.every((k) => close(x[k], x[first])),
  };
}

// what is more than one name costs more
function changesOf(place, part, add) {
  const named = part.op === "name";
  for (const { key, cost, fits } of PART_CHANGES)
    if (fits(place, part))
      add(cost + (named ? 0 : 0.2), key(place), place.node, { name: named ? part.v : "", part });
}

// one factor too many, a product in the place of a sum, or a term that belongs beside a product
function factors({ node, equal }, add) {
  const { a } = node;
  a.forEach((part, j) => {
    const others = a.filter((_, m) => m !== j);
    if (equal((_, k) => product(others, k))) add(1.5, "factor-extra", part);
    if (j && [1, -1].some((sign) => equal(cut(a, j, sign)))) add(1.8, "product-for-sum", node);
    for (const term of part.op === "sum" ? part.a : [])
      if (outside(a, j).some((by) => equal((all, k) => all + term.y[k] * by(k))))
        add(1.6, "parenthesis", term);
  });
  if (runs(a).some((sum) => equal(sum))) add(1.8, "product-for-sum", node);
}

// what a term of the factor `j` loses where it stands outside, beside some of the other factors
function outside(a, j) {
  const others = a.filter((_, m) => m !== j);
  return others.flatMap((_, m) =>
    [others.slice(0, m), others.slice(m + 1)].map(
      (beside) => (k) => product(beside, k) - product(others, k),
    ),
  );
}

// a product with two neighbouring runs of its factors added
function runs(a) {
  const ends = [...a.keys(), a.length];
  return ends.flatMap((from) =>
    ends.slice(from + 1).flatMap((mid) =>
      ends.slice(mid + 1).map((to) => {
        const [left, right] = [a.slice(from, mid), a.slice(mid, to)];
        const rest = [...a.slice(0, from), ...a.slice(to)];
        return (_, k) => (product(left, k) + product(right, k)) * product(rest, k);
      }),
    ),
  );
}

// a product cut in two, as a sum: in a / b + c the slash has gone with the sign
function cut(a, j, sign) {
  const [left, right] = [a.slice(0, j), a.slice(j + 1)];
  const under = a[j].op === "neg" || (a[j].op === "pow" && a[j].v === -1);
  const { y } = under ? a[j].a[0] : a[j];
  return (_, k) => product(left, k) + sign * y[k] * product(right, k);
}

// one term too many, or a sum of two in the place of their product or ratio
function terms({ node, equal }, add) {
  node.a.forEach((part, j) => {
    if (equal((all, k) => all - part.y[k])) add(1.5, "term-extra", part);
    if (j === 0) return;
    const [x, z] = [node.a[j - 1], part];
    const joined = (join) => equal((all, k) => all - x.y[k] - z.y[k] + join(x.y[k], z.y[k]));
    const made = [1, -1].some(
      (sign) => joined((a, b) => sign * a * b) || joined((a, b) => (sign * a) / b),
    );
    const [left, right] = [node.a.slice(0, j), node.a.slice(j)];
    if (made) add(1.8, "sum-for-product", { at: [x.at[0], z.at[1]] });
    if (equal((_, k) => total(left, k) * total(right, k))) add(1.8, "sum-for-product", node);
  });
}
