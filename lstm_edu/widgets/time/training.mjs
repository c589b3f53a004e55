// A task for long memory, learnt by both models before the reader's eyes: after T noisy steps, was
// the first input +1 or −1? The gradients are those of the figure's own backward pass;
// `lstm_edu.recall` is the same in NumPy, and a test has them agree.

import { backward, forward } from "../printed/equations.mjs";
import { rnn } from "../steps/rnnmodel.mjs";
import { back, run, summed } from "../steps/unrolled.mjs";

export const STARTS = 8;
export const UPDATES = 400;
const [SEQUENCES, FRESH] = [16, 200];
const TARGET = 0.5; // h at the last step, with the sign of the first input
const NOISE = 0.3; // of the inputs
const SPREAD = 0.3; // of the weights at the start
const RATE = 0.03; // of Adam
const ENOUGH = 0.95; // of fresh sequences right: it has learnt it
const MODELS = { LSTM: [{ forward, backward }, ["i", "f", "o", "g"]], RNN: [rnn, ["h"]] };

/**
 * Numbers that look random and are the same everywhere: mulberry32, and twelve of its numbers added
 * for a bell curve.
 */
export function drawer(seed) {
  let a = seed;
  const uniform = () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  return () => {
    let sum = -6;
    for (let n = 0; n < 12; n++) sum += uniform();
    return sum;
  };
}

/**
 * Train one unit of `name` from 8 starts on 16 sequences each, by Adam; a generator that gives the
 * losses of the starts after each update, and in the end the share of 200 fresh sequences that each
 * gets right. The loss flows back k steps.
 */
export const train = function* (name, { T, k, b_f, seed = 1, starts = STARTS, updates = UPDATES }) {
  const [model, gates] = MODELS[name];
  const normal = drawer(seed);
  const all = Array.from({ length: starts }, () => ({}));
  for (const gate of gates) {
    for (const end of ["x", "h"]) for (const p of all) p[`w_${gate}${end}`] = SPREAD * normal();
    for (const p of all) p[`b_${gate}`] = gate === "f" ? b_f : 0;
  }
  const names = Object.keys(all[0]);
  const sets = drawn(normal, T, starts, SEQUENCES);
  const means = all.map(() => Object.fromEntries(names.map((one) => [one, [0, 0]])));
  for (let update = 1; update <= updates; update++) {
    yield all.map((p, s) => {
      const [loss, bars] = gradient(model, p, sets[s], Math.min(k, T), names);
      adam(p, bars, means[s], update);
      return loss;
    });
  }
  const fresh = drawn(normal, T, starts, FRESH);
  return all.map(
    (p, s) => fresh[s].filter(({ xs, y }) => last(model, p, xs) * y > 0).length / FRESH,
  );
};

/** How many starts have learnt it. */
export const solved = (right) => right.filter((share) => share >= ENOUGH).length;

// for each start so many sequences, half of them with a first input near +1 and half near −1
function drawn(normal, T, starts, count) {
  const sets = Array.from({ length: starts }, () =>
    Array.from({ length: count }, (_, b) => ({ xs: [], y: b % 2 ? TARGET : -TARGET })),
  );
  for (let t = 0; t < T; t++)
    for (const set of sets)
      for (const { xs, y } of set) xs.push(NOISE * normal() + (t ? 0 : Math.sign(y)));
  return sets;
}

function gradient(model, p, set, k, names) {
  const total = Object.fromEntries(names.map((name) => [name, 0]));
  let loss = 0;
  for (const { xs, y } of set) {
    const ys = xs.map((_, t) => (t === xs.length - 1 ? y : null));
    const tape = run(model, p, xs, ys);
    const bars = summed(back(model, tape.slice(xs.length - k)));
    for (const name of names) total[name] += bars[`${name}_bar`] / set.length;
    loss += tape.at(-1).L / set.length;
  }
  return [loss, total];
}

function last(model, given, xs) {
  let v = { h: 0, c: 0 };
  for (const x of xs) v = model.forward({ ...given, x, y: 0, h_prev: v.h, c_prev: v.c });
  return v.h;
}

function adam(p, bars, means, update) {
  for (const [name, bar] of Object.entries(bars)) {
    const m = means[name];
    m[0] = 0.9 * m[0] + 0.1 * bar;
    m[1] = 0.999 * m[1] + 0.001 * bar * bar;
    const size = Math.sqrt(m[1] / (1 - 0.999 ** update)) + 1e-8;
    p[name] -= (RATE * m[0]) / (1 - 0.9 ** update) / size;
  }
}
