// Every number of the figure through time, from its traits: both models' steps, their gradients
// whole and cut, and how far the cut one is from the whole one.

import { unfit } from "../kit/complaints.mjs";
import { backward, forward } from "../printed/equations.mjs";
import { once } from "../kit/numbers.mjs";
import { rules } from "../printed/time.mjs";
import { rnn } from "../steps/rnnmodel.mjs";
import { back, run, summed } from "../steps/unrolled.mjs";

const of = (z) => [`w_${z}x`, `w_${z}h`, `b_${z}`];
export const PARAMETERS = ["i", "f", "o", "g"].flatMap(of);
export const PLAIN = of("h");

/** Why a state cannot be drawn, as a sentence, or "" when it can. */
export const complaint = (t) => unfit(t, rules);

/**
 * Every number of the picture. `at` is the step in the card, `k` how far back each loss flows;
 * neither is beyond T.
 */
export function compute(t) {
  const { T } = t;
  const [lstm, plain] = [throughLSTM(t), throughRNN(t)];
  const plane = apart(lstm.whole, lstm.sums);
  return {
    T,
    at: Math.min(t.t, T),
    k: Math.min(t.k, T),
    xs: t.xs.slice(0, T),
    lstm,
    plain,
    plane,
    every: t.losses === "every",
  };
}

// a model's values, its bars with the cut and without, and for each step what c̄ has from its own h
const through = (model, names) =>
  once([...names, "y", "T", "k", "losses", "xs"], (t) => {
    const { T } = t;
    const k = Math.min(t.k, T);
    const xs = t.xs.slice(0, T);
    const ys = xs.map((_, s) => (t.losses === "every" || s === T - 1 ? t.y : null));
    const given = Object.fromEntries(names.map((name) => [name, t[name]]));
    const tape = run(model, given, xs, ys);
    const full = back(model, tape);
    const bars = k < xs.length ? back(model, tape, k) : full;
    const own = bars.map(({ h_bar }, s) => h_bar * tape[s].o * (1 - Math.tanh(tape[s].c) ** 2));
    return {
      tape,
      bars,
      full,
      own,
      whole: summed(full),
      sums: summed(bars),
      loss: tape.reduce((sum, { L }) => sum + L, 0),
    };
  });
const [throughLSTM, throughRNN] = [through({ forward, backward }, PARAMETERS), through(rnn, PLAIN)];

/**
 * Two gradients in the plane that they span: lengths, their ratio, and the angle between them in
 * degrees.
 */
function apart(whole, cut) {
  const names = Object.keys(whole);
  const length = (v) => Math.hypot(...names.map((name) => v[name]));
  const [full, kept] = [length(whole), length(cut)];
  if (!full || !kept) return { full, kept, ratio: full ? 0 : NaN, angle: NaN };
  // half the angle from the sum and the difference of the directions: exact for small angles, where
  // a cosine is 1
  const ways = (sign) =>
    Math.hypot(...names.map((name) => whole[name] / full + (sign * cut[name]) / kept));
  return { full, kept, ratio: kept / full, angle: (360 / Math.PI) * Math.atan2(ways(-1), ways(1)) };
}
