// The numbers of a graph of equations: its values, a push and what it does, gradients.

import { sweep, total } from "../steps/sweep.mjs";

/**
 * The numbers that every graph has, from its traits: values `v`, pushed values `p`, gradients
 * `bars`, and `part(user, name)`, what comes back to `name` through its `user`. `program` is the
 * printed module, `seeds(v)` says what arrives from outside, by name.
 */
export function numbersOf(t, { forward, backward, partials }, layout, seeds) {
  const pinned = layout.names.includes(t.pinned) ? t.pinned : "";
  const held = Object.entries(t.lock ?? {}).filter(([name]) => layout.names.includes(name));
  const lock = Object.fromEntries(held);
  const nudge = pinned ? t.nudge : 0;
  const v = forward(t, {}, lock);
  const p = nudge ? forward(t, { [pinned]: nudge }, lock) : v;
  const slopes = partials(v);
  const bars = sweep(slopes, seeds(v), lock);
  const whole = backward(v);
  const named = { ...v, ...whole };
  // what the page prints is the text's own backward pass; only a held value makes it another
  // function
  for (const [name, bar] of Object.entries(layout.barNames))
    if (held.length)
      named[bar] = bars[name] ??= 0; // nothing may use a value
    else if (bar in whole) bars[name] = whole[bar];
  return {
    v,
    p,
    bars,
    named,
    lock,
    nudge,
    pinned,
    partials: slopes,
    part: (user, name) => (user in lock ? 0 : bars[user] * slopes[user][name]),
    change: total(p) - total(v),
    predicted: nudge * (bars[pinned] ?? 0),
  };
}
