// The graph of equations in words: its values have no names but their letters.

import { grasped, gradients, values } from "../graph/inwords.mjs";

const call = (name) => (name === "L" ? "loss" : name);

/** The state as sentences; `s` is what `compute` gives for this `layout`. */
export const inWords = (s, layout) => [
  `Values: ${values(s, layout.names, call)}.`,
  gradients(s, Object.keys(layout.barNames), call),
  ...grasped(s, call),
];
