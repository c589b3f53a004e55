// What the answer box is asked: the page calls `line`, a kernel and the build call any of these by
// name.

import { LENGTH, read } from "./reading.mjs";
import { further, judge, prepare } from "./judge.mjs";
import { signed } from "../kit/numbers.mjs";
import { steps } from "./sequences.mjs";
import { states } from "./states.mjs";
import { used } from "./trees.mjs";
import { sentence, words } from "./words.mjs";

/**
 * The verdict on a typed line: what is found and its words, or what cannot be read, with the
 * readings among which to choose in `offer`, and in `write` how each is written.
 */
export function line(text, question, longest = LENGTH) {
  let said = begun(text, question, longest);
  for (const better of more(said, question)) said = better;
  return said;
}

/** The same without the second search, which takes its time: what `judge` finds at once. */
export function begun(text, question, longest = LENGTH) {
  const found = summed(read(text, prepare(question).names, longest), question.name);
  if (!found.tree) {
    const { wrong, offer = [] } = found;
    const write = offer.map((one) => `“${written(one.tree)}”`).join(" or ");
    return { ...found, ...wrong, write, fault: sentence(wrong.key, wrong), unread: true };
  }
  const verdict =
    side(found.left, question.name) ?? whole(judge(found.tree, question), found, question);
  return { ...verdict, ...words(verdict, question.name, found.text), ...found, tried: true };
}

/** The second search on what `begun` does not know: the verdict at each step of it. */
export function* more(said, question) {
  if (said.key !== "unknown") return;
  for (const found of further(said.tree, said, question))
    yield { ...said, ...found, ...words(found, question.name, said.text) };
}

// a line of another quantity, whatever stands on its right
const side = (left, asked) =>
  left?.name && left.name !== asked ? { key: "left-side", found: left.name, at: left.at } : null;

// a right line through time: a weight's is a sum, and what comes back is written out
function whole(verdict, found, { name, in_time }) {
  if (!verdict.right || !in_time) return verdict;
  const { tree } = found;
  if (/^[wb]_/.test(name))
    return found.summed ? { ...verdict, key: "right-sum" } : { key: "share-alone", at: tree.at };
  const short = name === "h_bar" && used(tree).has("h_bar_next");
  return short ? { key: "write-out", at: tree.at } : verdict;
}

// a sum over t is asked of weights and biases alone, and of them one step's share is judged
function summed(found, name) {
  if (!found.summed || !found.tree || /^[wb]_/.test(name)) return found;
  return { text: found.text, wrong: { key: "sum", at: found.tree.at, what: "" } };
}

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

const PLAIN = { whose: "", plan: {} };

/** A typed line, of a program with these names, as Python would write it. */
export function spell(text, names) {
  const { tree, wrong } = read(text, names, LENGTH, PLAIN);
  return tree ? { line: written(tree) } : { fault: sentence(wrong.key, wrong) };
}

/** A tree as Python would write it. */
export function written({ op, v, a }, inside = "") {
  const group = (text, when) => (when ? `(${text})` : text);
  if (op === "call") return `${v}(${written(a[0])})`;
  if (op === "neg") return group(`-${written(a[0], "product")}`, inside);
  if (op === "pow" && v === -1) return group(`1 / ${written(a[0], "power")}`, inside);
  if (op === "pow")
    return group(`${written(a[0], "power")}**${v < 0 ? `(${v})` : v}`, inside === "power");
  if (op === "sum") return group(a.map(term).join(""), inside);
  return a ? group(a.map(factor).join(""), inside === "power") : String(v);
}

function factor(part, k) {
  if (k && part.op === "pow" && part.v === -1) return ` / ${written(part.a[0], "power")}`;
  return `${k ? " * " : ""}${written(part, "product")}`;
}

function term(part, k) {
  const [minus, plus] = k ? [" - ", " + "] : ["-", ""];
  return part.op === "neg"
    ? `${minus}${written(part.a[0], "product")}`
    : `${plus}${written(part, k ? "sum" : "")}`;
}

/** The states at which a line is tried, each with every quantity of the cell by name. */
export const rows = (mode) => (mode.in_time ? steps : states)(mode);

/** The sentence of a key of the table, its gaps filled. */
export const say = (key, gaps) => sentence(key, gaps);

/** A gradient as the box prints it. */
export const printed = (number) => signed(number);
