// States of a cell at which a line is tried, and the value of a line at them.
// Every value carries a bound of its rounding error, so "equal" needs no tolerance chosen by hand.

import { backward, forward, inputs } from "../printed/equations.mjs";

export const GATES = ["i", "f", "o", "g"];
export const EPS = 2 ** -52;
const POOL = 40;
const sigma = (z) => (1 + Math.tanh(z / 2)) / 2;

/**
 * Of each function its value, the size of its slope from its value and its argument, its inverse.
 * @type {Record<string, { value: Function, slope: Function, inverse?: Function }>}
 */
export const CALLS = {
  tanh: { value: Math.tanh, slope: (v) => 1 - v * v, inverse: Math.atanh },
  sigma: { value: sigma, slope: (v) => v * (1 - v), inverse: (v) => Math.log(v / (1 - v)) },
  "sigma'": { value: (z) => sigma(z) * (1 - sigma(z)), slope: () => 1 },
  "tanh'": { value: (z) => 1 - Math.tanh(z) ** 2, slope: () => 1 },
  exp: { value: Math.exp, slope: (v) => v, inverse: Math.log },
  log: { value: Math.log, slope: (v, x) => 1 / x, inverse: Math.exp },
  sqrt: { value: Math.sqrt, slope: (v) => 1 / v, inverse: (v) => v * v },
  cosh: { value: Math.cosh, slope: (v) => v },
  sinh: { value: Math.sinh, slope: (v, x) => Math.cosh(x) },
  sech: { value: (x) => 1 / Math.cosh(x), slope: () => 1 },
};

/** Numbers drawn from a seed: between two, or of either sign and not near 0. */
export function random(seed) {
  let last = seed;
  const draw = (low, high) => {
    last = (last * 1664525 + 1013904223) % 2 ** 32;
    return low + (high - low) * (last / 2 ** 32);
  };
  return { draw, signed: (high) => draw(0.2, high) * (draw(-1, 1) < 0 ? -1 : 1) };
}

/** Some states of a cell: what a step receives is drawn; all else is computed. */
export function states({ homework, last }) {
  const { draw, signed } = random(20);
  return Array.from({ length: POOL }, () => {
    const given = Object.fromEntries(
      inputs.map((name) => [name, signed(name[1] === "_" && name[0] === "h" ? 0.9 : 1.5)]),
    );
    const next = { "f(t+1)": draw(0.2, 0.9), "c_bar(t+1)": signed(1.5) };
    for (const k of GATES) next[`z_${k}_bar(t+1)`] = signed(1);
    if (homework) for (const k of GATES) given[`b_${k}`] = 0;
    if (last) for (const name of Object.keys(next)) if (name !== "f(t+1)") next[name] = 0;
    given.c_bar_next = next["c_bar(t+1)"] * next["f(t+1)"];
    given.h_bar_next = GATES.reduce(
      (sum, k) => sum + next[`z_${k}_bar(t+1)`] * given[`w_${k}h`],
      0,
    );
    const values = forward(given);
    return { ...values, ...backward(values), ...next };
  });
}

/**
 * The tree with its values at some states in `y` and what they may be wrong by in `e`, at every
 * node.
 */
export function run(node, at) {
  if (node.op === "box") return node; // a function of which only the values are known
  (node.a ?? []).forEach((part) => run(part, at));
  node.y = new Array(at.length);
  node.e = new Array(at.length);
  at.forEach((state, k) => {
    [node.y[k], node.e[k]] = STEPS[node.op](node, k, state);
  });
  return node;
}

/** Of each kind of node its value at the state `k` and the bound of its error, from its parts'. */
const STEPS = {
  num: ({ v }) => [v, 0],
  name: ({ v }, k, state) => [state[v], 16 * EPS * Math.max(1, Math.abs(state[v]))],
  neg: ({ a: [part] }, k) => [-part.y[k], part.e[k]],
  sum({ a }, k) {
    let [y, e] = [0, 0];
    for (const part of a) {
      y += part.y[k];
      e += part.e[k] + EPS * Math.abs(y);
    }
    return [y, e];
  },
  product({ a }, k) {
    let [y, e] = [1, 0];
    for (const part of a) {
      const size = Math.abs(y);
      y *= part.y[k];
      e = size * part.e[k] + e * Math.abs(part.y[k]) + EPS * Math.abs(y);
    }
    return [y, e];
  },
  pow({ v, a: [base] }, k) {
    const [y, e] = [base.y[k] ** v, base.e[k]];
    // at base 0 a power has no slope, and still is wrong by the power of what the base is wrong by
    const size = Math.abs(base.y[k]) + (v > 0 ? e : 0);
    return [y, Math.abs(v) * size ** (v - 1) * e + 4 * EPS * Math.abs(y)];
  },
  call({ v, a: [x] }, k) {
    const y = CALLS[v].value(x.y[k]);
    const slope = Math.abs(CALLS[v].slope(y, x.y[k]));
    return [y, (x.e[k] && slope * x.e[k]) + 4 * EPS * Math.max(1, Math.abs(y))];
  },
};
