// The carousel in words.

import { count, listed } from "../kit/aloud.mjs";
import { plain, signed } from "../kit/numbers.mjs";
import { shown } from "./numbers.mjs";

const GATES = { i: "input gate", f: "forget gate", o: "output gate", g: "candidate" };

/** The state as sentences; `s` is what `compute` gives. */
export function inWords(s, { T }) {
  const mean = Object.entries(s.gates).map(([k, { mean: v }]) => [GATES[k], v.toFixed(3)]);
  const price = (from) =>
    listed(Object.entries(GATES).map(([k, name]) => [name, signed(s.price[`w_${k}${from}_bar`])]));
  return [
    `After ${count(T, "step")}, with h held, the derivative of c by its first value is ` +
      `${shown(s.c_c[0], signed)}.`,
    `The forget gates alone, multiplied, make ${shown(s.product[0], plain)}: ${apart(s)}.`,
    `Gates on average: ${listed(mean)}.`,
    `Gradients of the weights from the input: ${price("x")}.`,
    `Gradients of the weights from the hidden state: ${price("h")}.`,
  ];
}

function apart({ within, gulf }) {
  if (within) return "the two agree within 1 per cent";
  return Number.isFinite(gulf)
    ? `the two are apart by ${gulf.toFixed(1)} powers of ten`
    : "the two are apart without end";
}
