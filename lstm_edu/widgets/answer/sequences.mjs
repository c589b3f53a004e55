// The steps of whole sequences: every quantity of a step, and those of the step after it, as a line
// through time may use them. Nothing comes back after the last step.

import { backward, forward, inputs } from "../printed/equations.mjs";
import { random } from "./states.mjs";

const LENGTHS = [4, 3, 5, 2, 4, 3, 5, 2, 4, 3, 5, 4];
const LATER = /^(?:x|(?:[hcifog]|z_[ifog])(?:_bar)?)$/;

/** What step t+1 sends back, written out. */
export const SENT = {
  h_bar_next: ["i", "f", "o", "g"].map((k) => `z_${k}_bar(t+1) * w_${k}h`).join(" + "),
  c_bar_next: "c_bar(t+1) * f(t+1)",
};

/** The steps of some sequences; the last ones of all of them come last. */
export function steps({ homework }) {
  const chance = random(21);
  const made = LENGTHS.map((T) => sequence(T, homework, chance));
  return [...made.flatMap((one) => one.slice(1)), ...made.map(([last]) => last)];
}

// the steps of one sequence, the last one first
function sequence(T, homework, { signed }) {
  const drawn = (name) => signed(name === "h_prev" ? 0.9 : 1.5);
  const fixed = Object.fromEntries(inputs.map((name) => [name, drawn(name)]));
  if (homework) for (const name of inputs) if (name.startsWith("b_")) fixed[name] = 0;
  const read = [];
  let { h_prev, c_prev } = fixed;
  // one step more, whose values a line may read and which sends nothing back
  for (let t = 0; t <= T; t++) {
    read.push({ ...fixed, h_prev, c_prev, x: drawn("x"), y: drawn("y") });
    ({ h: h_prev, c: c_prev } = forward(read[t]));
  }
  let next = silent(forward(read.pop()));
  return read.reverse().map((given) => {
    const sent = { h_bar_next: next.h_bar_prev, c_bar_next: next.c_bar_prev };
    const values = forward({ ...given, ...sent });
    const step = { ...values, ...backward(values) };
    const state = { ...step, ...later(next) };
    next = step;
    return state;
  });
}

// a step whose gradients are 0
function silent(values) {
  const bars = Object.keys(backward(values)).map((name) => [name, 0]);
  return { ...values, ...Object.fromEntries(bars) };
}

const later = (step) =>
  Object.fromEntries(
    Object.entries(step)
      .filter(([name]) => LATER.test(name))
      .map(([name, value]) => [`${name}(t+1)`, value]),
  );
