// States of a cell at which a line is tried, and the value of a line at them.
// Every value carries a bound of its rounding error, so "equal" needs no tolerance chosen by hand.

import { backward, forward, inputs } from "../printed/equations.mjs";

export const GATES = ["i", "f", "o", "g"];
export const EPS = 2 ** -52;
const POOL = 40;
const sigma = (z) => (1 + Math.tanh(z / 2)) / 2;

/** Of each function: itself, the size of its slope from its value and its argument, its inverse. */
export const CALLS = {
  tanh: [Math.tanh, (v) => 1 - v * v, Math.atanh],
  sigma: [sigma, (v) => v * (1 - v), (v) => Math.log(v / (1 - v))],
  "sigma'": [(z) => sigma(z) * (1 - sigma(z)), () => 1],
  "tanh'": [(z) => 1 - Math.tanh(z) ** 2, () => 1],
  exp: [Math.exp, (v) => v, Math.log],
  log: [Math.log, (v, x) => 1 / x, Math.exp],
  sqrt: [Math.sqrt, (v) => 1 / v, (v) => v * v],
  cosh: [Math.cosh, (v) => v],
  sinh: [Math.sinh, (v, x) => Math.cosh(x)],
  sech: [(x) => 1 / Math.cosh(x), () => 1],
};

/** Some states of a cell: what a step receives is drawn; all else is computed. */
export function states({ homework, last }) {
  let seed = 20;
  const draw = (low, high) => (
    (seed = (seed * 1664525 + 1013904223) % 2 ** 32),
    low + (high - low) * (seed / 2 ** 32)
  );
  const signed = (high) => draw(0.2, high) * (draw(-1, 1) < 0 ? -1 : 1);
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
  [node.y, node.e] = [new Array(at.length), new Array(at.length)];
  at.forEach((state, k) => step(node, k, state));
  return node;
}

function step(node, k, state) {
  const { op, v, a } = node;
  let [y, e] = [0, 0];
  if (op === "num") y = v;
  else if (op === "name") [y, e] = [state[v], 16 * EPS * Math.max(1, Math.abs(state[v]))];
  else if (op === "sum")
    for (const part of a) [y, e] = [y + part.y[k], e + part.e[k] + EPS * Math.abs(y + part.y[k])];
  else if (op === "neg") [y, e] = [-a[0].y[k], a[0].e[k]];
  else if (op === "pow") y = a[0].y[k] ** v;
  else if (op === "call") y = CALLS[v][0](a[0].y[k]);
  else {
    y = 1;
    for (const part of a)
      [y, e] = [
        y * part.y[k],
        Math.abs(y) * part.e[k] + e * Math.abs(part.y[k]) + EPS * Math.abs(y * part.y[k]),
      ];
  }
  if (op === "pow") e = Math.abs((v * y) / a[0].y[k]) * a[0].e[k] + 4 * EPS * Math.abs(y);
  if (op === "call")
    e = Math.abs(CALLS[v][1](y, a[0].y[k])) * a[0].e[k] + 4 * EPS * Math.max(1, Math.abs(y));
  [node.y[k], node.e[k]] = [y, e];
}
