// The steps of the widgets, one after another, for the LSTM or the plain RNN.
import * as lstm from "../printed/equations.mjs";
import * as rnn from "../printed/rnnequations.mjs";
import { back, run, summed } from "../steps/unrolled.mjs";

export function unrolled({ model, p, xs, ys, carry, arriving }) {
  const equations = { lstm, rnn }[model];
  const tape = run(equations, p, xs, ys);
  const bars = back(equations, tape, carry ?? undefined, arriving);
  return { tape, bars, sums: summed(bars) };
}
