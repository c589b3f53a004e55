// The paths of a gradient in words.

import { count } from "../kit/aloud.mjs";
import { plain, signed } from "../kit/numbers.mjs";
import { letter, stepOf, WEIGHTS } from "./numbers.mjs";

/** A numbered name as it is read: c_1 is c(1), a weight has no number. */
export const text = (name) =>
  name === "L" || WEIGHTS.includes(name) ? name : `${letter(name)}(${stepOf(name)})`;

/** How many paths, in words. */
export const howMany = (n) => count(n, "path");

/** Where the paths of the counter end: the same letter, so many steps away. */
export const endOf = ({ to, steps }) => (to === "L" ? "L" : `${letter(to)}(${steps})`);

/** The state as sentences; `s` is what `compute` gives. */
export function inWords(s, t) {
  const { many, products } = s.long;
  return [
    `From ${valued(s, t.of)}, to ${valued(s, t.to)}, through ${count(t.T, "step")}: ` +
      `${howMany(s.paths.length)}.`,
    t.grouped ? merged(s) : added(s),
    s.shown[0] ? largest(s.shown[0]) : "",
    `From ${text(t.of)} to ${endOf(t)}: ${plain(Number(many))} ` +
      `${many === 1n ? "path" : "paths"}; merged, ${products} products.`,
  ];
}

const valued = ({ v }, name) => `${text(name)}, which is ${plain(v[name])}`;

const merged = (s) =>
  `Merged where they meet, they take ${s.count.products} products; ` +
  `the gradient is ${signed(s.aim)}.`;

function added({ missing, total, aim }) {
  if (!missing.length) return `Together they make the gradient, ${signed(aim)}.`;
  return (
    `${howMany(missing.length)} off: the others make ${signed(total)}; ` +
    `the gradient is ${signed(aim)}, so ${signed(aim - total)} is missing.`
  );
}

const largest = ({ names, product, off }) =>
  `The largest: ${names
    .filter((name) => !/^(z_|L_)/.test(name))
    .map(text)
    .join(" to ")}, ` + `${signed(product)}${off ? ", switched off" : ""}.`;
