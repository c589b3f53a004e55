// What the reader's hand means: sliders, buttons, pins and drags become traits of the model.

import { GATES, layout, RANGES } from "./layout.mjs";
import { biasFor, complaint, compute } from "./numbers.mjs";
import { rules } from "../printed/cell.mjs";
import { html } from "../printed/equations.mjs";
import { grips } from "../graph/grips.mjs";
import { short } from "../kit/letters.mjs";
import { put, read } from "../kit/model.mjs";
import { plain } from "../kit/numbers.mjs";

/**
 * The gestures of one view, by name; each changes the model, and says to the view what belongs to
 * it alone.
 */
export function hands(model) {
  const traits = () => read(model, Object.keys(rules));
  const { buttons: held, ...pins } = grips(model, () => compute(traits()));
  const stay = (value, low, high) => Math.max(low, Math.min(high, value));
  const setGate = (k, wanted, change) => {
    const [low, high] = RANGES[k];
    const { bias, stopped } = biasFor(k, stay(wanted, low, high), compute(traits()).v);
    put(model, { [`b_${k}`]: bias });
    change({ said: `${short(html, `b_${k}`)} ${stopped ? "stops at" : "is now"} ${plain(bias)}` });
  };
  const free = (k) =>
    !complaint(traits()) &&
    [k, `z_${k}`, `b_${k}`].every((name) => !(name in compute(traits()).lock));
  const buttons = {
    tab: (ui, change, tab) => change({ tab, line: ui.line ?? 0, path: -1, factor: "" }),
    next: (ui, change) => change({ line: stay((ui.line ?? 0) + 1, 0, 3), factor: "" }),
    back: (ui, change) => change({ line: stay((ui.line ?? 0) - 1, 0, 3), factor: "" }),
    digits: (ui, change) => change({ digits: !ui.digits }),
    factor: (ui, change, user) => change({ factor: ui.factor === user ? "" : user }),
    path: (ui, change, k) => change({ path: Number(k) }),
    backward: () => put(model, { backward: !model.get("backward") }),
    ...held,
  };
  return {
    traits,
    input(name, value, ui, change) {
      if (GATES.includes(name)) return setGate(name, value, change);
      put(model, { [name]: value });
      change({ said: "" });
    },
    button(action, ui, change) {
      const [verb, what] = action.split(":");
      if (Object.hasOwn(buttons, verb)) buttons[verb](ui, change, what);
    },
    ...pins,
    grip: (name) => (GATES.includes(name) && free(name) ? compute(traits()).v[name] : null),
    drag(k, start, share, ui, change) {
      const [low, high] = layout.ranges[k];
      setGate(k, start + share * (high - low), change);
    },
  };
}
