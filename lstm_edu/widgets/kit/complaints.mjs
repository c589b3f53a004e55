// Why a state cannot be drawn, in sentences: what was given, what is allowed. "" is said of what
// can be drawn.

import { el } from "./tree.mjs";

/** One such complaint, of one or two sentences, the last with its full stop. */
export const sorry = (...sentences) => `This figure cannot be drawn: ${sentences.join(". ")}`;

/** What stands in the place of a figure that cannot be drawn. */
export const instead = (complaint) =>
  el("div", { class: "widget" }, el("p", { class: "complaint", role: "alert" }, complaint));

const within = (v, { low, high }) => Number.isFinite(v) && v >= low && v <= high;
const span = ({ low, high }) => `from ${String(low).replace("-", "−")} to ${high}`;

// each kind of trait that `base.rule` prints: what fits, and what it must be
const KINDS = {
  number: [within, (rule) => `a finite number ${span(rule)}`],
  whole: [
    (v, rule) => Number.isInteger(v) && within(v, rule),
    (rule) => `a whole number ${span(rule)}`,
  ],
  numbers: [
    (v, rule) => Array.isArray(v) && v.length === rule.count && v.every((x) => within(x, rule)),
    (rule) => `${rule.count} finite numbers ${span(rule)}`,
  ],
  word: [
    (v, { words }) => words.includes(v),
    ({ words }) => `${words[0] ? "" : "empty or "}one of: ${words.filter(Boolean).join(", ")}`,
  ],
  switch: [(v) => typeof v === "boolean", () => "true or false"],
  list: [Array.isArray, () => "a list"],
};

const told = (v) => (v?.constructor === Object ? "an object" : String(v).slice(0, 60));

/** Of the first trait that does not keep the rule that Python prints of it. */
export function unfit(t, rules) {
  for (const [name, rule] of Object.entries(rules)) {
    const [fits, must] = KINDS[rule.kind] ?? [];
    if (fits && !fits(t[name], rule))
      return sorry(`${name} is ${told(t[name])}`, `It must be ${must(rule)}.`);
  }
  return "";
}
