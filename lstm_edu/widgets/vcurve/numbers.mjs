// Every number of the V curve: the book's cell through T steps, its loss pushed up and down, the
// right gradient and nine wrong ones, printed from their text.

import { unfit } from "../kit/complaints.mjs";
import { plain, ten } from "../kit/numbers.mjs";
import { backward, forward } from "../printed/equations.mjs";
import { given, mistaken, mistakes, rules } from "../printed/vcurve.mjs";
import { run } from "../steps/unrolled.mjs";

export const NAMES = mistakes.map(({ name }) => name);
export const LOWEST = -12; // where the axis ends
// 1e-15 … 1, two a power of ten
export const EPS = Array.from({ length: 31 }, (_, k) => 10 ** (k / 2 - 15));

const WEIGHTS = Object.keys(given);

/** A size as a scale writes it, where it is a whole power of ten. */
export const size = (v) => (Number.isInteger(Math.log10(v)) ? ten(Math.log10(v)) : plain(v));

/** Why a state cannot be drawn, as a sentence, or "" when it can. */
export const complaint = (t) => unfit(t, rules);

/** The case of the figure: weights, inputs, and targets, null where a step has no loss. */
export function caseOf({ T, last_only, equal_biases }) {
  const p = Object.fromEntries(
    WEIGHTS.map((name) => [name, equal_biases && name[0] === "b" ? 0 : given[name]]),
  );
  const steps = Array.from({ length: T }, (_, k) => k + 1);
  const ys = steps.map((t) => (last_only && t < T ? null : Math.cos(0.7 * t)));
  return { p, xs: steps.map((t) => Math.sin(1.3 * t)), ys };
}

/** The loss of a case. */
export const loss = ({ p, xs, ys }) =>
  run({ forward }, p, xs, ys).reduce((sum, { L }) => sum + L, 0);

/** The central differences of the 12 parameters, a list. */
const differences = (c, eps) =>
  WEIGHTS.map((name) => {
    const at = (push) => loss({ ...c, p: { ...c.p, [name]: c.p[name] + push } });
    return (at(eps) - at(-eps)) / (2 * eps);
  });

// what a mistake makes of the steps' shares, by its `total` in Python; a backward loop leaves the
// first step's, which comes last
const sum = (list) => list.reduce((a, b) => a + b, 0);
const TOTALS = {
  sum,
  first: (shares) => shares[0],
  "sum times T": (shares) => shares.length * sum(shares),
};

/** The gradient of the 12 parameters, a list: right for "", else with this mistake. */
export function claimed(c, mistake = "") {
  const shares = [];
  let next = { h_bar_next: 0, c_bar_next: 0 };
  for (const v of run({ forward }, c.p, c.xs, c.ys).reverse()) {
    const bar = mistake ? mistaken({ ...v, ...next }, mistake) : backward({ ...v, ...next });
    shares.unshift(bar);
    next = { h_bar_next: bar.h_bar_prev, c_bar_next: bar.c_bar_prev };
  }
  const total = TOTALS[mistakes.find(({ name }) => name === mistake)?.total ?? "sum"];
  return WEIGHTS.map((name) => total(shares.map((bar) => bar[`${name}_bar`])));
}

/** The length of what parts two gradients over that of the longer. */
export const apart = (a, b) =>
  Math.hypot(...a.map((v, k) => v - b[k])) / Math.max(Math.hypot(...a), Math.hypot(...b));

const known = new Map(); // a tolerance that is dragged changes no case

function measured(t) {
  const key = `${t.T} ${t.last_only} ${t.equal_biases}`;
  if (!known.has(key)) {
    const c = caseOf(t);
    const truth = claimed(c);
    const found = EPS.map((eps) => differences(c, eps));
    const floors = Object.fromEntries(NAMES.map((name) => [name, apart(claimed(c, name), truth)]));
    known.set(key, { c, found, floors, right: found.map((v) => apart(truth, v)) });
  }
  return known.get(key);
}

/** Every number of the picture. */
export function compute(t) {
  const { c, found, floors, right: errors } = measured(t);
  const gradient = t.mistake ? claimed(c, t.mistake) : null;
  const best = errors.indexOf(Math.min(...errors));
  return {
    loss: loss(c),
    floors,
    right: errors,
    best,
    wrong: gradient && found.map((v) => apart(gradient, v)),
    floor: floors[t.mistake] ?? 0,
    allowed: 10 ** t.tolerance,
    passing: NAMES.filter((name) => floors[name] < 10 ** t.tolerance),
  };
}
