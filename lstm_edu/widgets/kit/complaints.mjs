// Why a state cannot be drawn, in sentences: what was given, what is allowed. "" is said of what
// can be drawn.

import { el } from "./tree.mjs";

/** One such complaint, of one or two sentences, the last with its full stop. */
export const sorry = (...sentences) => `This figure cannot be drawn: ${sentences.join(". ")}`;

/** What stands in the place of a figure that cannot be drawn. */
export const instead = (complaint) =>
  el("div", { class: "widget" }, el("p", { class: "complaint", role: "alert" }, complaint));

const within = (v, { low, high }) => Number.isFinite(v) && v >= low && v <= high;

// what fits each kind of trait that `traits.rule` prints
const FITS = {
  number: within,
  whole: (v, rule) => Number.isInteger(v) && within(v, rule),
  numbers: (v, rule) =>
    Array.isArray(v) && v.length === rule.count && v.every((x) => within(x, rule)),
  word: (v, { words }) => words.includes(v),
  switch: (v) => typeof v === "boolean",
  list: Array.isArray,
};

const told = (v) => (v?.constructor === Object ? "an object" : String(v).slice(0, 60));

/** Of the first trait that does not keep the rule that Python prints of it. */
export function unfit(t, rules) {
  const bad = Object.keys(rules).find(
    (name) => FITS[rules[name].kind]?.(t[name], rules[name]) === false,
  );
  return bad ? sorry(`${bad} is ${told(t[bad])}`, `It must be ${rules[bad].must}.`) : "";
}
