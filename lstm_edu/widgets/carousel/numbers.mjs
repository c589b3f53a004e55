// Every number of the carousel: one unit with all weights 1, x(t) = sin 1.3t, and how far back c(T)
// depends on c(t).

import { unfit } from "../kit/complaints.mjs";
import { rules } from "../printed/carousel.mjs";
import { backward, forward } from "../printed/equations.mjs";
import { once, ten } from "../kit/numbers.mjs";
import { back, run, summed } from "../steps/unrolled.mjs";

export const BIASES = ["b_f", "b_i", "b_o"];
export const LOWEST = -300; // the smallest power of ten that is drawn

const STRETCH = 2 ** 500; // taken out of numbers on their way to 1e-308, so that none is lost

/** Why a state cannot be drawn, as a sentence, or "" when it can. */
export const complaint = (t) => unfit(t, rules);

/** The run of T steps from empty states: every value of every step. */
function tapeOf({ T, ...t }) {
  const weights = ["i", "f", "o", "g"].flatMap((k) => [
    [`w_${k}x`, 1],
    [`w_${k}h`, 1],
    [`b_${k}`, t[`b_${k}`] ?? 0],
  ]);
  const xs = Array.from({ length: T }, (_, k) => Math.sin(1.3 * (k + 1)));
  const ys = xs.map(() => null);
  return run({ forward }, Object.fromEntries(weights), xs, ys);
}

/**
 * The derivatives of of(T) by c(t) and by h(t), as step t hands them on, for t = 0 … T, along every
 * path; each is { v, log, minus }, its power of ten known also where the number itself is too small
 * to be one.
 */
export function reach(tape, of) {
  let next = { h_bar_next: of === "h" ? 1 : 0, c_bar_next: of === "c" ? 1 : 0 };
  const at = {};
  let lost = 0; // how often STRETCH has been taken out
  const found = { c: [], h: [] };
  const note = () => {
    found.c.unshift(sized(next.c_bar_next, lost));
    found.h.unshift(sized(next.h_bar_next, lost));
  };
  for (const v of [...tape].reverse()) {
    note();
    const bar = backward(Object.assign(at, v, next));
    next = { h_bar_next: bar.h_bar_prev, c_bar_next: bar.c_bar_prev };
    const size = Math.max(Math.abs(bar.h_bar_prev), Math.abs(bar.c_bar_prev));
    if (size === 0 || size > 1 / STRETCH) continue;
    next = { h_bar_next: next.h_bar_next * STRETCH, c_bar_next: next.c_bar_next * STRETCH };
    lost += 1;
  }
  note();
  return found;
}

/** The forget gates f(t+1) … f(T) multiplied, for t = 0 … T, in the same form. */
function forgetting(tape) {
  let [product, lost] = [1, 0];
  const found = [sized(1, 0)];
  for (const { f } of [...tape].reverse()) {
    product *= f;
    if (product < 1 / STRETCH) [product, lost] = [product * STRETCH, lost + 1];
    found.unshift(sized(product, lost));
  }
  return found;
}

const sized = (v, lost) => ({
  v: v * STRETCH ** -lost,
  log: Math.log10(Math.abs(v)) - lost * Math.log10(STRETCH),
  minus: v < 0,
});

/** Such a number as `text` writes it, or that it is smaller than any that is drawn. */
export const shown = ({ v, log }, text) =>
  log < LOWEST && log > -Infinity ? `<${ten(LOWEST)}` : text(v);

/** Every number of the picture. */
export const compute = once(Object.keys(rules), (t) => {
  const tape = tapeOf(t);
  const [c, h] = [reach(tape, "c"), reach(tape, "h")];
  const product = forgetting(tape);
  const gates = Object.fromEntries(["f", "i", "o"].map((k) => [k, range(tape.map((v) => v[k]))]));
  const share = (c.c[0].minus ? -1 : 1) * 10 ** (c.c[0].log - product[0].log); // truth over product
  return {
    tape,
    gates,
    product,
    c_c: c.c,
    c_h: c.h,
    h_c: h.c,
    h_h: h.h,
    gulf: Math.abs(c.c[0].log - product[0].log),
    within: Math.abs(share - 1) < 0.01,
    // beyond this the slope of tanh at c is the difference of two numbers that are equal to 7
    // digits and more
    full: Math.max(...tape.map((v) => Math.abs(v.c))),
    price: priceOf(tape),
  };
});

// the gradients of the weights for the loss h(1) + … + h(T), whose slope by every h is 1
function priceOf(tape) {
  const steps = tape.map((v) => ({ ...v, y: v.h - 1 }));
  return summed(back({ backward }, steps));
}

const range = (list) => ({
  low: Math.min(...list),
  mean: list.reduce((a, b) => a + b) / list.length,
  high: Math.max(...list),
});
