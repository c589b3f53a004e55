// The figure through time as the tests ask it.
import { hands } from "../time/hands.mjs";
import { compute } from "../time/numbers.mjs";
import { still } from "../time/time.mjs";
import { drawer, solved, train } from "../time/training.mjs";
import { play } from "./play.mjs";

export const gestures = (job) => play(hands, job);
export const states = (state) => ({ ...compute(state), first: still(state) });

export function draws(count) {
  const normal = drawer(1);
  return Array.from({ length: count }, () => normal());
}

export function trained(job) {
  const run = train(job.model, job);
  const losses = [];
  for (let step = run.next(); ; step = run.next())
    if (step.done) return { losses, right: step.value, solved: solved(step.value) };
    else losses.push(step.value);
}
