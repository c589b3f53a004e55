// What the reader's hand means: sliders, buttons, pins and drags become traits of the model.

import { GATES, layout, RANGES } from "./celllayout.mjs";
import { biasFor, complaint, compute, TRAITS } from "./cellnumbers.mjs";
import { html } from "./equations.mjs";
import { short } from "./nodes.mjs";
import { plain } from "./numbers.mjs";
import { REACH } from "./push.mjs";

/** The gestures of one view, by name; each changes the model, and says to the view what belongs to it alone. */
export function hands(model) {
  const traits = () => Object.fromEntries(TRAITS.map((name) => [name, model.get(name)]));
  const put = (changes) => {
    Object.entries(changes).forEach(([name, value]) => model.set(name, value));
    model.save_changes();
  };
  const setGate = (k, wanted, change) => {
    const [low, high] = RANGES[k];
    const { bias, stopped } = biasFor(k, Math.max(low, Math.min(high, wanted)), compute(traits()).v);
    put({ [`b_${k}`]: bias });
    change({ said: `${short(html, `b_${k}`)} ${stopped ? "stops at" : "is now"} ${plain(bias)}` });
  };
  const free = (k) =>
    !complaint(traits()) && [k, `z_${k}`, `b_${k}`].every((name) => !(name in compute(traits()).lock));
  const push = (step) =>
    put({ nudge: Math.max(-REACH, Math.min(REACH, Number((model.get("nudge") + step).toFixed(10)))) });
  const stay = (value, low, high) => Math.max(low, Math.min(high, value));
  const buttons = {
    tab: (ui, change, tab) => change({ tab, line: ui.line ?? 0, path: -1, factor: "" }),
    next: (ui, change) => change({ line: stay((ui.line ?? 0) + 1, 0, 3), factor: "" }),
    back: (ui, change) => change({ line: stay((ui.line ?? 0) - 1, 0, 3), factor: "" }),
    digits: (ui, change) => change({ digits: !ui.digits }),
    factor: (ui, change, user) => change({ factor: ui.factor === user ? "" : user }),
    path: (ui, change, k) => change({ path: Number(k) }),
    backward: () => put({ backward: !model.get("backward") }),
    release: () => put({ lock: {} }),
    "push-up": () => push(0.1),
    "push-down": () => push(-0.1),
    lock() {
      const { lock, pinned, p } = compute(traits());
      const { [pinned]: held, ...others } = lock;
      put({ lock: held === undefined ? { ...lock, [pinned]: p[pinned] } : others, nudge: 0 });
    },
  };
  return {
    traits,
    input: (name, value, ui, change) =>
      GATES.includes(name) ? setGate(name, value, change) : (put({ [name]: value }), change({ said: "" })),
    button(action, ui, change) {
      const [verb, what] = action.split(":");
      if (Object.hasOwn(buttons, verb)) buttons[verb](ui, change, what);
    },
    pin: (name, ui, change) => (
      put({ pinned: model.get("pinned") === name ? "" : name, nudge: 0 }),
      change({ stop: name, line: 0, path: -1, factor: "" })
    ),
    free: () => put({ pinned: "", nudge: 0 }),
    grip: (name) => (GATES.includes(name) && free(name) ? compute(traits()).v[name] : null),
    drag: (k, start, share, ui, change) =>
      setGate(k, start + share * (layout.ranges[k][1] - layout.ranges[k][0]), change),
  };
}
