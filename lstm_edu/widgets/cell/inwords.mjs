// The living cell in words.

import { grasped, gradients, values } from "../graph/inwords.mjs";
import { listed } from "../kit/aloud.mjs";
import { signed } from "../kit/numbers.mjs";
import { html } from "../printed/equations.mjs";
import { NEXT } from "./numbers.mjs";

const ORDER = ["i", "f", "o", "g"];
const call = (name) => html[name].words;

/** The state as sentences; `s` is what `compute` gives. */
export const inWords = (s) => [
  `Given: ${values(s, ["x", "h_prev", "c_prev"], call)}.`,
  `Gates: ${values(s, ORDER, call)}.`,
  `Then: ${values(s, ["c", "h", "y", "L"], call)}.`,
  s.later ? `From step t + 1: ${listed(NEXT.map((name) => [call(name), signed(s.v[name])]))}.` : "",
  gradients(s, ["h", "c", ...ORDER, "x", "h_prev", "c_prev"], call),
  ...grasped(s, call),
];
