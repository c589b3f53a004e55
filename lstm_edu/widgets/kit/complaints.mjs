// Why a state cannot be drawn, in sentences: what was given, what is allowed. "" is said of what
// can be drawn.

import { el } from "./tree.mjs";

export const finite = "It must be a finite number";

/** One such complaint, of one or two sentences, the last with its full stop. */
export const sorry = (...sentences) => `This figure cannot be drawn: ${sentences.join(". ")}`;

/** What stands in the place of a figure that cannot be drawn. */
export const instead = (complaint) =>
  el("div", { class: "widget" }, el("p", { class: "complaint", role: "alert" }, complaint));

/** Of the first of `names` that is no number from −`limit` to `limit`. */
export function unfit(t, names, limit) {
  const bad = names.find((name) => !(Number.isFinite(t[name]) && Math.abs(t[name]) <= limit));
  return bad ? sorry(`${bad} is ${String(t[bad])}`, `${finite} from −${limit} to ${limit}.`) : "";
}

/** Of the first of `names` that is no whole number from 1 to `most`. */
export function broken(t, names, most) {
  const bad = names.find((name) => !(Number.isInteger(t[name]) && t[name] >= 1 && t[name] <= most));
  return bad
    ? sorry(`${bad} is ${String(t[bad])}`, `It must be a whole number from 1 to ${most}.`)
    : "";
}
