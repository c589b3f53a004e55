// The table of mistakes: the wrong lines that its rows foresee, the row that a reader's line
// follows, and where it stands in that line.

import { MISTAKES } from "../printed/mistakes.mjs";
import { close } from "./faults.mjs";
import { GATES, run } from "./states.mjs";
import { clone, exchanged, id, nodes, rewritten, used } from "./trees.mjs";

/** The rows that are two mistakes at once. */
const TWO = new Set(["loss-sign-alone", "carry-and-slope", "carry-and-gate", "both-carries"]);

/**
 * Each row of the table for each gate K and each other gate J; `tree` reads a text. Rows with a
 * quantity of step t+1 that a question does not know are left out.
 */
export function rulesOf(tree) {
  const all = MISTAKES.flatMap(([key, from, to, says]) => {
    const other = to.includes("J");
    return gatesOf(from, to).map(([K, J]) => {
      const written = (text) => tree(text.replaceAll("K", K).replaceAll("J", J));
      return { key, from: written(from), to: written(to), says, other, cost: TWO.has(key) ? 2 : 1 };
    });
  });
  return all.filter(({ from, to }) => from && to);
}

function gatesOf(from, to) {
  if (to.includes("J"))
    return GATES.flatMap((K) => GATES.filter((J) => J !== K).map((J) => [K, J]));
  return /K/.test(from + to) ? GATES.map((K) => [K, ""]) : [["", ""]];
}

/**
 * Every wrong line that the table foresees: { rule, tree }; a rule with `all` is one of all gates.
 */
export function mistakesOf(rules, forms) {
  const seen = new Set(forms.map(id));
  const found = [];
  const add = (rule, tree) => {
    if (!tree || seen.has(id(tree))) return;
    seen.add(id(tree));
    found.push({ rule, tree: clone(tree), alone: [] });
  };
  // a name of another gate is a change of one place, which the first search finds
  const known = rules.filter(({ other, from }) => !other || from.op !== "name");
  for (const rule of known)
    for (const form of forms) add(rule, rewritten(form, rule.from, rule.to));
  for (const rule of known.filter(({ key }, k) => known[k - 1]?.key !== key))
    for (const form of forms) add({ ...rule, all: true }, everywhere(form, rule, known));
  return found;
}

// the line with a row's mistake made of every gate
function everywhere(form, { key, other }, rules) {
  const same = other ? [] : rules.filter((rule) => rule.key === key);
  const made = same.reduce((line, { from, to }) => rewritten(line, from, to) ?? line, form);
  return same.length > 1 && made !== form ? made : null;
}

/** The value of a mistake at the state `k`, which is enough to pass most of them by. */
const alone = (mistake, k, at) => (mistake.alone[k] ??= run(mistake.tree, [at[k]]).y[0]);

/** The values of a mistake at all states. */
export const valuesOf = (mistake, at) => (mistake.y ??= run(mistake.tree, at).y);

/**
 * The row of the table that the line follows: one about the symbol that the reader wrote, unless an
 * earlier one gives the very line.
 */
export function ruleOf(tree, q, fault, first, same) {
  const swapped = ({ from, to }) =>
    from.v === fault.name && to.v === fault.found && to.op === "name";
  const swap = fault?.key === "swap" ? q.rules.findIndex(swapped) : -1;
  const earlier = (rule) => swap < 0 || (q.rules[swap].other && q.rules.indexOf(rule) < swap);
  const written = (mistake) =>
    close(alone(mistake, first, q.at), tree.y[first]) &&
    same(valuesOf(mistake, q.at), tree.y) &&
    visible(tree, mistake.rule, q, same);
  const known = q.mistakes.find((mistake) => earlier(mistake.rule) && written(mistake));
  return known?.rule ?? q.rules[swap];
}

/** Whether what a row says is written may stand in a line: its names do, or its values. */
export function visible(tree, { to }, q, same) {
  const names = used(tree);
  const named = tree.op === "box" || [...used(to)].every((name) => names.has(name));
  return named || spots(tree, to, q, same).length > 0;
}

// the places of a line whose values are those of another one
function spots(tree, { op, ...rest }, q, same) {
  if (op === "num") return [];
  const { y } = run({ op, ...rest }, q.at);
  return nodes(tree).filter((node) => same(node.y, y));
}

/**
 * Where what a row says is written stands in the reader's line: there what belongs makes it right,
 * or inside of it the cheapest change does. Several places that are wrong together are none.
 */
export function spot(tree, rule, q, fault, same) {
  const { y } = run(rule.from, q.at);
  const put = { op: "box", y, e: y.map(() => 0) };
  const right = (node) => same(run(exchanged(tree, node, put), q.at).y, q.right);
  const at = spots(tree, rule.to, q, same).find(right)?.at;
  const inside = fault && at && fault.key !== "number-for-quantity" && within(fault.at, at);
  if (inside || (fault && !at && about(rule, fault))) return { at: fault.at, name: fault.name };
  return at && { at };
}

const within = (inner, outer) => inner[0] >= outer[0] && inner[1] <= outer[1];

// a place where a name stands for another one is that of a row only if both are in the row
const about = ({ from, to }, { key, name, found }) =>
  key !== "swap" || (used(from).has(name) && used(to).has(found));
