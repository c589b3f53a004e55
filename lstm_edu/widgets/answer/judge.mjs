// Judges a tree: is it the gradient that is asked for at real states of a cell, and if not, where
// and how does it differ? lstm_edu/mistakes.json holds the rules and the sentences.

import { close, faults } from "./faults.mjs";
import { read } from "./grammar.mjs";
import { MISTAKES } from "../printed/mistakes.mjs";
import { EPS, GATES, run, states } from "./states.mjs";

const ENOUGH = 12;
const prepared = new Map();
const cached = (key, make) => prepared.get(key) ?? prepared.set(key, make()).get(key);

/**
 * What a question needs: its states, the right line in all its forms, the parts that may be
 * missing, the mistakes.
 */
export function prepare({ name, lines, homework = false, last = false }) {
  return cached([name, homework, last, JSON.stringify(lines)].join(), () =>
    fresh(name, lines, homework, last),
  );
}

function fresh(name, lines, homework, last) {
  const at = cached(`${homework}${last}`, () => states({ homework, last }));
  const names = Object.keys(at[0]);
  const spelled = names.filter((one) => !one.endsWith("(t+1)"));
  const tree = (text) => read(text, spelled).tree;
  const trees = Object.fromEntries(Object.entries(lines).map(([of, text]) => [of, tree(text)]));
  const forms = [trees[name]];
  for (let k = 0; k < 6; k++) forms.push(inlined(forms[k], trees));
  const known = forms.filter((form, k) => k === 0 || id(form) !== id(forms[k - 1]));
  const circle = new Set([name]);
  for (const of of Object.keys(lines))
    if ([...used(trees[of])].some((one) => circle.has(one))) circle.add(of);
  const free = names.filter((one) => !circle.has(one));
  const extra = GATES.flatMap((k) => [`1 - ${k}`, `z_${k}_bar(t+1) * w_${k}h`]).concat(
    "1 - g**2",
    "1 - tanh(c)**2",
    "tanh(c)",
  );
  const parts = new Map();
  for (const node of [
    ...free.map((v) => ({ op: "name", v })),
    ...extra.map(tree),
    ...known.flatMap(nodes).flatMap(slices),
  ])
    parts.set(id(node), node);
  const found = {
    at,
    names: spelled,
    tree,
    forms: known,
    circle,
    free,
    parts: [...parts.values()],
  };
  found.rules = cached("rules", () => rules(tree));
  found.mistakes = mistakes(found);
  found.right = at.map((state) => state[name]);
  found.parts.forEach((part) => run(part, at));
  return found;
}

// every wrong line that the table foresees, with its value at the first state
function mistakes({ rules, forms, at }) {
  const seen = new Set(forms.map(id));
  const found = [];
  for (const rule of rules)
    for (const form of rule.other ? [] : forms) {
      const tree = rewritten(form, rule.from, rule.to);
      if (!tree || seen.has(id(tree))) continue;
      seen.add(id(tree));
      found.push({ rule, tree, first: run(tree, at.slice(0, 1)).y[0] });
    }
  return found;
}

// each row of the table for each gate and each other gate
function rules(tree) {
  const rows = MISTAKES.flatMap(([key, from, to, says]) => {
    const put = (K, J) => [
      key,
      ...[from, to].map((text) => text.replaceAll("K", K).replaceAll("J", J)),
      says,
      to.includes("J"),
    ];
    if (!/[KJ]/.test(from + to)) return [put("", "")];
    return GATES.flatMap((K) =>
      to.includes("J") ? GATES.filter((J) => J !== K).map((J) => put(K, J)) : [put(K, "")],
    );
  });
  return rows.map(([key, from, to, says, other]) => ({
    key,
    from: tree(from),
    to: tree(to),
    says,
    other,
  }));
}

const id = (node) =>
  (node.id ??= `${node.op}${node.v ?? ""}${node.a ? `(${node.a.map(id).join()})` : ""}`);
const nodes = (node) => [node, ...(node.a ?? []).flatMap(nodes)];
// a node, and of a longer product or sum every run of neighbours
const slices = (node) => [
  node,
  ...(node.a?.length > 2
    ? node.a
        .flatMap((_, j) => node.a.map((_, k) => copy(node, node.a.slice(j, k + 1))))
        .filter(({ a }) => a.length > 1)
    : []),
];
const used = (node) =>
  new Set(
    nodes(node)
      .filter((one) => one.op === "name")
      .map((one) => one.v),
  );
const copy = (node, a) => ({ op: node.op, v: node.v, a, at: node.at });

function inlined(node, trees) {
  if (node.op === "name") return trees[node.v] ?? node;
  return node.a
    ? copy(
        node,
        node.a.map((part) => inlined(part, trees)),
      )
    : node;
}

// the tree with `to` wherever `from` stands, also among the factors of a longer product; null if it
// stands nowhere
function rewritten(node, from, to) {
  if (id(node) === id(from)) return to;
  const a = node.a?.map((part) => rewritten(part, from, to) ?? part) ?? [];
  const length = from.op === "product" && node.op === "product" ? from.a.length : Infinity;
  for (let k = 0; k + length <= a.length; k++)
    if (from.a.every((part, j) => id(part) === id(a[k + j])))
      return copy(node, a.toSpliced(k, length, to));
  return a.some((part, k) => part !== node.a[k]) ? copy(node, a) : null;
}

/** The verdict on a tree: { key, right, parts }, where parts fill the sentences; see `words`. */
export function judge(tree, question) {
  const q = prepare(question);
  const asked = question.name;
  const round = [...used(tree)].find((name) => q.circle.has(name));
  if (round)
    return { key: "circle", found: round, at: nodes(tree).find((node) => node.v === round).at };
  run(tree, q.at);
  const slack = tree.y.map(
    (y, k) => 16 * (tree.e[k] + 16 * EPS * Math.max(1, Math.abs(q.right[k]))),
  );
  const fit = q.at
    .map((_, k) => k)
    .filter((k) => slack[k] < 1e-6 * (Math.abs(tree.y[k]) + Math.abs(q.right[k])));
  if (fit.length < ENOUGH) return { key: "undefined", at: tree.at };
  if (fit.every((k) => Math.abs(tree.y[k] - q.right[k]) <= slack[k]))
    return { key: "right", right: true };
  return { ...diagnosed(tree, q, asked, fit.slice(0, ENOUGH)), example: fit[0] };
}

function diagnosed(tree, q, asked, fit) {
  const same = (x, y) => fit.every((k) => close(x[k], y[k]));
  const fault = faults(tree, q.right, q, fit)[0];
  const place = fault && { at: fault.at, name: fault.name };
  if (["negative", "factor-extra"].includes(fault?.key)) return fault;
  const swapped = (rule) =>
    fault?.key === "swap" &&
    rule.from.v === fault.name &&
    rule.to.v === fault.found &&
    rule.to.op === "name";
  // a row about one symbol that the reader wrote comes first
  const swap = q.rules.findIndex(swapped);
  const known = q.mistakes.find(
    ({ rule, tree: wrong, first }) =>
      (swap < 0 || (q.rules[swap].other && q.rules.indexOf(rule) < swap)) &&
      (fit[0] || close(first, tree.y[0])) &&
      same(run(wrong, q.at).y, tree.y),
  );
  const rule = known?.rule ?? q.rules[swap];
  if (rule)
    return {
      key: rule.key,
      says: rule.says,
      at: tree.at,
      ...(place ?? spot(tree, rule.to, q, same)),
    };
  const other = q.names.find(
    (name) =>
      name !== asked &&
      same(
        q.at.map((state) => state[name]),
        tree.y,
      ),
  );
  if (other && (fault?.cost > 1 || !fault))
    return { key: "other-line", found: other, at: tree.at, ...place };
  const sign = fit.every((k) => Math.sign(tree.y[k]) === Math.sign(q.right[k]));
  return fault ?? { key: "unknown", at: tree.at, sign };
}

// where the written part of a mistake stands in the reader's line
function spot(tree, written, q, same) {
  const { y } = run(written, q.at);
  const found = nodes(tree)
    .filter((node) => same(node.y, y))
    .pop();
  return found && { at: found.at };
}
