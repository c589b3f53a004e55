// The numbers of the plots as the tests ask them.
import * as runs from "../carousel/numbers.mjs";
import * as curves from "../vcurve/numbers.mjs";

export function carousel(t) {
  const { tape, ...rest } = runs.compute(t);
  const column = (name) => [name, tape.map((step) => step[name])];
  return { ...rest, tape: Object.fromEntries(["f", "i", "o", "c", "h"].map(column)) };
}

export const vcurve = (t) => ({
  ...curves.compute(t),
  claimed: curves.claimed(curves.caseOf(t), t.mistake),
});
