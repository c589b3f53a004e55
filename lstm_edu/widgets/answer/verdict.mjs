// What the answer box is asked: the page calls `line`, a kernel and the build call any of these by
// name.

import { LENGTH, read } from "./grammar.mjs";
import { judge, prepare } from "./judge.mjs";
import { signed } from "../kit/numbers.mjs";
import { states } from "./states.mjs";
import { sentence, words } from "./words.mjs";

/** The verdict on a typed line: what `judge` finds and its words, or what cannot be read. */
export function line(text, question, longest = LENGTH) {
  const found = read(text, prepare(question).names, longest);
  if (!found.tree) {
    const { wrong } = found;
    return { ...wrong, text: found.text, fault: sentence(wrong.key, wrong), unread: true };
  }
  const verdict = side(found.left, question.name) ?? judge(found.tree, question);
  return { ...verdict, ...words(verdict, question.name, found.text), ...found, tried: true };
}

// a line of another quantity, whatever stands on its right
const side = (left, asked) =>
  left && left.name !== asked ? { key: "left-side", found: left.name, at: left.at } : null;

/**
 * The verdict on a function of which only its values at `rows` are known; null stands for what is
 * no finite number.
 */
export function values(numbers, question) {
  const y = numbers.map((one) => one ?? NaN);
  const e = y.map((one) => 1e-13 * Math.max(1, Math.abs(one)));
  const found = judge({ op: "box", y, e, at: [0, 0] }, question);
  return { ...found, ...words(found, question.name, "") };
}

/** A typed line, of a program with these names, as Python would write it. */
export function spell(text, names) {
  const { tree, wrong } = read(text, names);
  return tree ? { line: written(tree) } : { fault: sentence(wrong.key, wrong) };
}

function written({ op, v, a }) {
  const parts = (a ?? []).map(written);
  if (op === "call") return `${v}(${parts})`;
  if (op === "pow") return `(${parts})**(${v})`;
  if (op === "neg") return `(-${parts})`;
  return a ? `(${parts.join(op === "sum" ? " + " : " * ")})` : String(v);
}

/** The states at which a line is tried, each with every quantity of the cell by name. */
export function rows({ homework, last }) {
  return states({ homework, last });
}

/** The sentence of a key of the table, its gaps filled. */
export const say = (key, gaps) => sentence(key, gaps);

/** A gradient as the box prints it. */
export const printed = (number) => signed(number);
