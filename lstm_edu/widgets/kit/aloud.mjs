// The state of a figure in words, for those who do not see it.

import { el } from "./tree.mjs";

/** Sentences that nobody sees; of those that change, each is read out. "" keeps a place. */
export const aloud = (sentences) =>
  el(
    "output",
    { class: "spoken aloud", "aria-live": "polite", "aria-atomic": "false" },
    sentences.map((one) => el("span", null, one && `${one} `)),
  );

/** A number of things: "1 step", "20 steps". */
export const count = (n, one) => `${n} ${n === 1 ? one : `${one}s`}`;

/** Pairs of a name and a number as a list: "input gate 0.565, forget gate 0.505". */
export const listed = (pairs) => pairs.map((pair) => pair.join(" ")).join(", ");
