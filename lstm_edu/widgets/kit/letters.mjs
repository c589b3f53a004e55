// The letters of a quantity, as the figures and the answer box write them.

import { html } from "../printed/equations.mjs";
import { el } from "./tree.mjs";

const NOW = "<sup>(t)</sup>"; // every letter without a time is of this step

/** Markup of the module as a picture of one step writes it, without (t). */
export const now = (markup) => markup.replaceAll(NOW, "");

/** The letters of a name of the printed `equations`, likewise. */
export const short = (equations, name) => now(equations[name].symbol);

/** Letters or a formula, as markup of the module. */
export const math = (markup) => el("span", { class: "sym", html: markup });

const later = (name) => name.endsWith("(t+1)");

/** A quantity in the letters of the book. */
export function symbol(name) {
  const { symbol: letters } = html[later(name) ? name.slice(0, -5) : name];
  return el("span", {
    class: "ab-sym",
    html: later(name) ? letters.replace("(t)", "(t+1)") : letters,
  });
}

/** A text in which {c_bar} and the like are quantities. */
export function prose(text) {
  return text.split(/\{(\w+)\}/).map((part, k) => (k % 2 && part in html ? symbol(part) : part));
}
