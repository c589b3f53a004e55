// What every figure asks of its model, and what it does to it.

import { REACH } from "./push.mjs";

/** The traits `names`, by name. */
export const read = (model, names) =>
  Object.fromEntries(names.map((name) => [name, model.get(name)]));

/** Change traits together. */
export function put(model, traits) {
  for (const [name, value] of Object.entries(traits)) model.set(name, value);
  model.save_changes();
}

/** What the hand does to a graph whose values can be pinned, pushed and held: { pin, free, buttons }; `numbers()` are those of now. */
export function grips(model, numbers) {
  const push = (step) =>
    put(model, {
      nudge: Math.max(-REACH, Math.min(REACH, Number((model.get("nudge") + step).toFixed(10)))),
    });
  return {
    pin: (name, ui, change) => (
      put(model, { pinned: model.get("pinned") === name ? "" : name, nudge: 0 }),
      change({ stop: name, line: 0, path: -1, factor: "" })
    ),
    free: () => put(model, { pinned: "", nudge: 0 }),
    buttons: {
      release: () => put(model, { lock: {} }),
      "push-up": () => push(0.1),
      "push-down": () => push(-0.1),
      lock() {
        const { lock, pinned, p } = numbers();
        const { [pinned]: held, ...others } = lock;
        put(model, {
          lock: held === undefined ? { ...lock, [pinned]: p[pinned] } : others,
          nudge: 0,
        });
      },
    },
  };
}
