// Every number of the living cell, from its traits; the arithmetic is printed from the equations.

import { GATES, layout } from "./layout.mjs";
import { rules } from "../printed/cell.mjs";
import { backward, forward, partials } from "../printed/equations.mjs";
import { graphComplaint } from "../graph/grips.mjs";
import { numbersOf } from "../graph/numbers.mjs";
import { pathsTo } from "../graph/targets.mjs";

export const NEXT = ["h_bar_next", "c_bar_next"];

/** Why a state cannot be drawn, as a sentence, or "" when it can. */
export const complaint = (t) => graphComplaint(t, rules);

const arriving = (v) => ({ L: 1, h: v.h_bar_next, c: v.c_bar_next });

/** Every number of the picture from the traits. */
export function compute(t) {
  const numbers = numbersOf(t, { forward, backward, partials }, layout, arriving);
  const { v, bars, lock, part } = numbers;
  return {
    ...numbers,
    paths: pathsTo(numbers.partials, arriving(v), lock, numbers.pinned || "L"),
    flows: flows(v, bars, lock, part),
    // then the loss is that of all steps from here on
    later: v.h_bar_next !== 0 || v.c_bar_next !== 0,
    backward: t.backward && !t.forward_only,
  };
}

// what each wire carries back, and its hue; a lane carries the sum of what has joined it so far
function flows(v, bars, lock, part) {
  const pass = (name) => (name in lock ? 0 : bars[name]);
  const carried = {
    c_prev: [part("c", "c_prev"), "c"],
    f: [part("c", "f"), "c"],
    i: [part("c", "i"), "c"],
    g: [part("c", "g"), "c"],
    keep: [pass("c"), "c"],
    add: [pass("c"), "c"],
    c: [pass("c"), "c"],
    out: [bars.c, "c"],
    c_next: [v.c_bar_next, "c"],
    squash: [part("h", "c"), "h"],
    squashed: [pass("h") * v.o, "h"],
    o: [part("h", "o"), "h"],
    h: [pass("h"), "h"],
    loss: [part("L", "h"), "ink"],
    h_next: [v.h_bar_next, "h"],
  };
  let [toH, toX] = [0, 0];
  for (const k of [...GATES].reverse()) {
    const hue = k === "o" ? "h" : "c";
    toH += part(`z_${k}`, "h_prev");
    toX += part(`z_${k}`, "x");
    Object.assign(carried, {
      [`z_${k}`]: [part(k, `z_${k}`), hue],
      [`h_lane_${k}`]: [toH, "h"],
      [`x_lane_${k}`]: [toX, "wire"],
      [`w_${k}h`]: [pass(`z_${k}`), hue],
      [`h_tap_${k}`]: [part(`z_${k}`, "h_prev"), "h"],
      [`w_${k}x`]: [pass(`z_${k}`), hue],
      [`x_tap_${k}`]: [part(`z_${k}`, "x"), "wire"],
    });
  }
  return carried;
}

/**
 * The bias that brings gate `k` to `value`, everything else as it is, and whether the limit stopped
 * it.
 */
export function biasFor(k, value, v) {
  const z = k === "g" ? Math.atanh(value) : Math.log(value / (1 - value));
  const bias = z - (v[`z_${k}`] - v[`b_${k}`]);
  const { low, high } = rules[`b_${k}`];
  return { bias: Math.max(low, Math.min(high, bias)), stopped: bias < low || bias > high };
}
