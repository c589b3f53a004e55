// Gradients from local derivatives, in one backward sweep over any program.

export const REACH = 1; // a push goes from −1 to 1

/**
 * What the loss of all steps is, to first order in what later steps send back: the quantity whose
 * gradients these are.
 */
export function total(v) {
  return v.L + (v.h_bar_next ?? 0) * (v.h ?? 0) + (v.c_bar_next ?? 0) * (v.c ?? 0);
}

/**
 * Every ∂L/∂name from the local derivatives, `locked` names held: nothing passes back through a
 * name that cannot move. `partials` lists its names in forward order; `seeds` is what arrives from
 * outside, by name.
 */
export function sweep(partials, seeds, locked) {
  const bars = { ...seeds };
  for (const user of Object.keys(partials).reverse())
    for (const [name, slope] of Object.entries(partials[user]))
      bars[name] = (bars[name] ?? 0) + (user in locked ? 0 : (bars[user] ?? 0) * slope);
  return bars;
}
