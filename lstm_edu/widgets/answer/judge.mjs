// Judges a tree: is it the gradient that is asked for at real states of a cell, and if not, where
// and how does it differ? lstm_edu/text/mistakes.json holds the rules and the sentences.

import { close, faults } from "./faults.mjs";
import { pairs } from "./pairs.mjs";
import { read } from "./reading.mjs";
import { mistakesOf, ruleOf, rulesOf, spot } from "./rules.mjs";
import { SENT, steps } from "./sequences.mjs";
import { EPS, GATES, run, states } from "./states.mjs";
import { id, inlined, nodes, slices, used } from "./trees.mjs";

const ENOUGH = 12;
const prepared = new Map();
const cached = (key, make) => prepared.get(key) ?? prepared.set(key, make()).get(key);

/**
 * What a question needs: its states, the right line in all its forms, the parts that may be
 * missing, the mistakes. A question `in_time` is one of the steps of whole sequences.
 * @param {any} question
 */
export function prepare({ name, lines, homework = false, last = false, in_time = false }) {
  const key = [name, homework, last, in_time, JSON.stringify(lines)].join();
  const all = in_time ? { ...lines, ...SENT } : lines;
  return cached(key, () => fresh(name, all, { homework, last, in_time }));
}

function fresh(name, lines, mode) {
  const at = cached(JSON.stringify(mode), () => (mode.in_time ? steps : states)(mode));
  const names = Object.keys(at[0]);
  const spelled = mode.in_time ? names : names.filter((one) => !one.endsWith("(t+1)"));
  const tree = (text) => read(text, spelled).tree;
  const trees = Object.fromEntries(Object.entries(lines).map(([of, text]) => [of, tree(text)]));
  const forms = formsOf(trees[name], trees);
  const circle = circleOf(name, trees);
  // what is 0 at every state belongs nowhere
  const free = names.filter((one) => !circle.has(one) && at.some((state) => state[one] !== 0));
  const parts = partsOf(forms, free, tree);
  const rules = cached(`rules ${mode.in_time}`, () => rulesOf(tree));
  const mistakes = mistakesOf(rules, forms);
  parts.forEach((part) => run(part, at));
  return {
    at,
    names: spelled,
    circle,
    free,
    forms,
    quantities: free.map((one) => [one, at.map((state) => state[one])]),
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

/** The verdict on a tree: { key, right, parts }, where parts fill the sentences; see `words`. */
export function judge(tree, question) {
  const q = prepare(question);
  const round = [...used(tree)].find((name) => q.circle.has(name));
  if (round) {
    const key = q.names.includes(`${round}(t+1)`) ? "circle-time" : "circle";
    return { key, found: round, at: nodes(tree).find((node) => node.v === round).at };
  }
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
  if (fit.every((k) => Math.abs(tree.y[k]) <= slack[k])) return { key: "zero", at: tree.at };
  return { ...diagnosed(tree, q, question.name, fit.slice(0, ENOUGH)), example: fit[0], fit };
}

/**
 * What two changes explain of a line whose verdict is unknown: the verdict, better or the same, at
 * each step of the search.
 */
export function* further(tree, verdict, question) {
  const fit = verdict.fit.slice(0, ENOUGH);
  for (const found of pairs(tree, prepare(question), fit))
    yield found ? two(found, verdict) : verdict;
}

function two({ first, second }, { example }) {
  const { at, name } = second.whole ? first : second;
  return { key: "two", first, second, at, name, example };
}

function diagnosed(tree, q, asked, fit) {
  const same = (x, y) => fit.every((k) => close(x[k], y[k]));
  const fault = faults(tree, q.right, q, fit)[0];
  if (["negative", "factor-extra"].includes(fault?.key)) return fault;
  const rule = ruleOf(tree, q, fault, fit[0], same);
  const valuesOf = (name) => q.at.map((state) => state[name]);
  const other = q.names.find((name) => name !== asked && same(valuesOf(name), tree.y));
  if (rule && !(rule.all && other))
    return { key: rule.key, says: rule.says, at: tree.at, ...spot(tree, rule, q, fault, same) };
  if (other && (fault?.cost > 1 || !fault))
    return { key: "other-line", found: other, at: (fault ?? tree).at, name: fault?.name };
  const sign = fit.every((k) => Math.sign(tree.y[k]) === Math.sign(q.right[k]));
  return fault ?? { key: "unknown", at: tree.at, sign };
}
