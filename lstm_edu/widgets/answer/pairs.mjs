// The second search, for a line that no single change makes right: a row of the table of mistakes
// and one change, else one that takes something back and one change. Only what gives the reader's
// line exactly is told, the simplest of it.

import { close, faults } from "./faults.mjs";
import { valuesOf, visible } from "./rules.mjs";
import { run } from "./states.mjs";
import { copy, exchanged, nodes, used } from "./trees.mjs";

const DEAREST = 2.3; // of the second change: no part of the right line in the place of another
const SIMPLE = 2.3; // of both: with such a pair the search ends
const FEW = 3; // states that tell nearly every change which is none

/**
 * The search, step by step: each step gives the best pair so far, { first, second, cost }, or null.
 * @param {any} tree a line that was run at all states
 * @param {any} q what `prepare` made of the question
 * @param {number[]} fit the states at which the line is compared
 */
export function* pairs(tree, q, fit) {
  const few = fit.slice(0, FEW);
  const end = few[few.length - 1] + 1;
  const same = (x, y) => few.every((k) => close(x[k], y[k]));
  /** @type {any} */
  let best = null;
  const tried = (first, cost, line, right, full) => {
    if (!cheapest(line, right.slice(0, end), q, few)) return;
    const second = cheapest(full(), right, q, fit);
    if (second && !(best?.cost <= cost + second.cost))
      best = { first, second, cost: cost + second.cost };
  };
  for (const mistake of q.mistakes) {
    const right = valuesOf(mistake, q.at);
    const { key, says, cost } = mistake.rule;
    // of 0 every line is a multiple, and a row of which nothing stands in the line is a guess
    if (few.some((k) => right[k] !== 0) && visible(tree, mistake.rule, q, same))
      tried({ key, says, at: tree.at }, cost, tree, right, () => tree);
    yield best;
  }
  for (const { first, line } of best?.cost <= SIMPLE ? [] : taken(tree, q)) {
    tried(first, 1.3, run(line, q.at.slice(0, end)), q.right, () => run(line, q.at));
    yield best;
  }
}

function cheapest(tree, right, q, fit) {
  const [found] = faults(tree, right, q, fit);
  return found?.cost <= DEAREST ? found : null;
}

// the line with one thing taken back, and what that says: { first, line }
function* taken(tree, q) {
  const names = [...new Set(q.forms.flatMap((form) => [...used(form)]))].filter((name) =>
    q.free.includes(name),
  );
  for (const node of nodes(tree))
    for (const [key, at, put, name] of [...without(node), ...instead(node, names)])
      yield { first: { key, at, name, whole: node === tree }, line: exchanged(tree, node, put) };
}

// a node without one of its parts, its sign, its power, its function, or one of its parentheses
function without(node) {
  const { op, a = [] } = node;
  const key = { neg: "sign", pow: "exponent", call: "function-extra" }[op];
  if (key) return [[key, node.at, of(node, a)]];
  const extra = op === "product" ? "factor-extra" : "term-extra";
  const fewer = a.map((part, j) => [extra, part.at, of(node, a.toSpliced(j, 1))]);
  const outside = a.flatMap((part, j) => (part.op === "sum" ? opened(node, j) : []));
  return [["sign", node.at, { op: "neg", a: [node], at: node.at }], ...fewer, ...outside];
}

// a product with a term of its factor `j` beside the factors up to that
function opened(node, j) {
  const sum = node.a[j];
  return sum.a.map((term, m) => {
    const inner = of(node, [...node.a.slice(0, j), of(sum, sum.a.toSpliced(m, 1))]);
    const outer = { op: "sum", a: [inner, term], at: node.at };
    return ["parenthesis", term.at, of(node, [outer, ...node.a.slice(j + 1)])];
  });
}

// what is left of a node, at the place of the whole where that has a sign of its own before it
const of = (node, a) =>
  a.length > 1 ? copy(node, a) : { ...a[0], at: (headed(node) ? node : a[0]).at };
const headed = (node) => node.at[0] < node.a[0].at[0];

const instead = (node, names) =>
  node.op === "name"
    ? names
        .filter((name) => name !== node.v)
        .map((name) => ["swap", node.at, { op: "name", v: name, at: node.at }, name])
    : [];
