// Every number of a graph of equations: values, a push and what it does, gradients and the answers
// that they are sums of.

import { graphComplaint } from "../graph/grips.mjs";
import { numbersOf } from "../graph/numbers.mjs";
import { rules } from "../printed/ripple.mjs";

/** Why a state cannot be drawn, as a sentence, or "" when it can. */
export const complaint = (t) => graphComplaint(t, rules);

/**
 * Every number of the picture from the traits; `program` is the printed module, `layout` its graph.
 */
export function compute(t, program, layout) {
  const numbers = numbersOf(t, program, layout, () => ({ [layout.loss]: 1 }));
  const parts = Object.fromEntries(
    layout.names.map((name) => [
      name,
      layout.users[name].map((user) => [user, numbers.part(user, name)]),
    ]),
  );
  const sum = (name, users) =>
    parts[name].reduce((all, [user, x]) => all + (users.includes(user) ? x : 0), 0);
  const flows = layout.wires.map(({ id, carries }) => [id, [sum(...carries), "ink"]]);
  return {
    ...numbers,
    parts,
    flows: Object.fromEntries(flows),
    later: false,
    backward: t.backward,
  };
}
