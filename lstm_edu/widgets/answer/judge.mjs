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
 * @param {any} question
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
  const forms = formsOf(trees[name], trees);
  const circle = circleOf(name, trees);
  const free = names.filter((one) => !circle.has(one));
  const parts = partsOf(forms, free, tree);
  const rules = cached("rules", () => rulesOf(tree));
  const mistakes = mistakesOf(rules, forms, at);
  // after the mistakes, which share nodes with the parts and were run at one state only
  parts.forEach((part) => run(part, at));
  return {
    at,
    names: spelled,
    circle,
    free,
    parts,
    rules,
    mistakes,
    right: at.map((state) => state[name]),
  };
}

// the right line, and the line with its gradients written out, again and again
function formsOf(line, trees) {
  const forms = [line];
  for (let k = 0; k < 6; k++) forms.push(inlined(forms[k], trees));
  return forms.filter((form, k) => k === 0 || id(form) !== id(forms[k - 1]));
}

// the gradients that are computed from the asked one, itself included
function circleOf(name, trees) {
  const circle = new Set([name]);
  for (const [of, tree] of Object.entries(trees))
    if ([...used(tree)].some((one) => circle.has(one))) circle.add(of);
  return circle;
}

// what may be missing from a line: quantities, what a slope is made of, parts of the right line
function partsOf(forms, free, tree) {
  const slopes = GATES.flatMap((k) => [`1 - ${k}`, `z_${k}_bar(t+1) * w_${k}h`]);
  const found = new Map();
  for (const node of [
    ...free.map((v) => ({ op: "name", v })),
    ...[...slopes, "1 - g**2", "1 - tanh(c)**2", "tanh(c)"].map(tree),
    ...forms.flatMap(nodes).flatMap(slices),
  ])
    found.set(id(node), node);
  return [...found.values()];
}

// every wrong line that the table foresees, with its value at the first state
function mistakesOf(rules, forms, at) {
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

// each row of the table for each gate K and each other gate J
function rulesOf(tree) {
  return MISTAKES.flatMap(([key, from, to, says]) => {
    const other = to.includes("J");
    return gatesOf(from, to).map(([K, J]) => {
      const written = (text) => tree(text.replaceAll("K", K).replaceAll("J", J));
      return { key, from: written(from), to: written(to), says, other };
    });
  });
}

function gatesOf(from, to) {
  if (to.includes("J"))
    return GATES.flatMap((K) => GATES.filter((J) => J !== K).map((J) => [K, J]));
  return /K/.test(from + to) ? GATES.map((K) => [K, ""]) : [["", ""]];
}

const id = (node) =>
  (node.id ??= `${node.op}${node.v ?? ""}${node.a ? `(${node.a.map(id).join()})` : ""}`);
const nodes = (node) => [node, ...(node.a ?? []).flatMap(nodes)];
const copy = (node, a) => ({ op: node.op, v: node.v, a, at: node.at });

// a node, and of a longer product or sum every run of neighbours
function slices(node) {
  const found = [node];
  if (!(node.a?.length > 2)) return found;
  for (let j = 0; j < node.a.length; j++)
    for (let k = j + 2; k <= node.a.length; k++) found.push(copy(node, node.a.slice(j, k)));
  return found;
}

const used = (node) =>
  new Set(
    nodes(node)
      .filter((one) => one.op === "name")
      .map((one) => one.v),
  );

function inlined(node, trees) {
  if (node.op === "name") return trees[node.v] ?? node;
  if (!node.a) return node;
  const parts = node.a.map((part) => inlined(part, trees));
  return copy(node, parts);
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
  const round = [...used(tree)].find((name) => q.circle.has(name));
  if (round)
    return { key: "circle", found: round, at: nodes(tree).find((node) => node.v === round).at };
  run(tree, q.at);
  const slack = tree.y.map(
    (y, k) => 16 * (tree.e[k] + 16 * EPS * Math.max(1, Math.abs(q.right[k]))),
  );
  // the states at which rounding does not hide a difference
  const fit = [...q.at.keys()].filter(
    (k) => slack[k] < 1e-6 * (Math.abs(tree.y[k]) + Math.abs(q.right[k])),
  );
  if (fit.length < ENOUGH) return { key: "undefined", at: tree.at };
  if (fit.every((k) => Math.abs(tree.y[k] - q.right[k]) <= slack[k]))
    return { key: "right", right: true };
  return { ...diagnosed(tree, q, question.name, fit.slice(0, ENOUGH)), example: fit[0] };
}

function diagnosed(tree, q, asked, fit) {
  const same = (x, y) => fit.every((k) => close(x[k], y[k]));
  const fault = faults(tree, q.right, q, fit)[0];
  const place = fault && { at: fault.at, name: fault.name };
  if (["negative", "factor-extra"].includes(fault?.key)) return fault;
  const rule = ruleOf(tree, q, fault, fit[0], same);
  if (rule) {
    const { key, says, to } = rule;
    return { key, says, at: tree.at, ...(place ?? spot(tree, to, q, same)) };
  }
  const valuesOf = (name) => q.at.map((state) => state[name]);
  const other = q.names.find((name) => name !== asked && same(valuesOf(name), tree.y));
  if (other && (fault?.cost > 1 || !fault))
    return { key: "other-line", found: other, at: tree.at, ...place };
  const sign = fit.every((k) => Math.sign(tree.y[k]) === Math.sign(q.right[k]));
  return fault ?? { key: "unknown", at: tree.at, sign };
}

// the row of the table that the line follows: one about the symbol that the reader wrote, unless
// an earlier one gives the very line
function ruleOf(tree, q, fault, first, same) {
  const swapped = ({ from, to }) =>
    from.v === fault.name && to.v === fault.found && to.op === "name";
  const swap = fault?.key === "swap" ? q.rules.findIndex(swapped) : -1;
  const earlier = (rule) => swap < 0 || (q.rules[swap].other && q.rules.indexOf(rule) < swap);
  const written = (mistake) =>
    (first || close(mistake.first, tree.y[0])) && same(run(mistake.tree, q.at).y, tree.y);
  const known = q.mistakes.find((mistake) => earlier(mistake.rule) && written(mistake));
  return known?.rule ?? q.rules[swap];
}

// where the written part of a mistake stands in the reader's line
function spot(tree, written, q, same) {
  const { y } = run(written, q.at);
  const found = nodes(tree)
    .filter((node) => same(node.y, y))
    .pop();
  return found && { at: found.at };
}
