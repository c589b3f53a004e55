// Every number of a graph of equations: values, a push and what it does, gradients and the answers
// that they are sums of.

import { graphComplaint } from "../graph/grips.mjs";
import { rules } from "../printed/ripple.mjs";
import { sweep, total } from "../steps/sweep.mjs";

/** Why a state cannot be drawn, as a sentence, or "" when it can. */
export const complaint = (t) => graphComplaint(t, rules);

/**
 * Every number of the picture from the traits; `program` is the printed module, `layout` its graph.
 */
export function compute(t, program, layout) {
  const pinned = layout.names.includes(t.pinned) ? t.pinned : "";
  const lock = Object.fromEntries(
    Object.entries(t.lock ?? {}).filter(([name]) => layout.names.includes(name)),
  );
  const nudge = pinned ? t.nudge : 0;
  const v = program.forward(t, {}, lock);
  const p = nudge ? program.forward(t, { [pinned]: nudge }, lock) : v;
  const partials = program.partials(v);
  const bars = sweep(partials, { [layout.loss]: 1 }, lock);
  for (const name of layout.names) bars[name] ??= 0; // a value that nothing uses
  const part = (user, name) => (user in lock ? 0 : bars[user] * partials[user][name]);
  const parts = Object.fromEntries(
    layout.names.map((name) => [name, layout.users[name].map((user) => [user, part(user, name)])]),
  );
  const sum = (name, users) =>
    parts[name].reduce((all, [user, x]) => all + (users.includes(user) ? x : 0), 0);
  const named = { ...v };
  for (const [name, bar] of Object.entries(layout.barNames)) named[bar] = bars[name];
  return {
    v,
    p,
    bars,
    named,
    lock,
    nudge,
    pinned,
    partials,
    parts,
    part,
    later: false,
    backward: t.backward,
    flows: Object.fromEntries(
      layout.wires.map(({ id, carries }) => [id, [sum(...carries), "ink"]]),
    ),
    change: total(p) - total(v),
    predicted: nudge * (bars[pinned] ?? 0),
  };
}
