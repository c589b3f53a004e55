// What the reader's hand does to the figure through time: sliders, switches, and the sweep from the
// last step to the first.

import { put, read } from "../kit/model.mjs";
import { rules } from "../printed/time.mjs";

const SWEEP = 1000; // milliseconds from the last step to the first

/** The gestures of one view. */
export function hands(model) {
  let frame = 0;
  const stop = () => {
    if (frame) cancelAnimationFrame(frame);
    frame = 0;
  };
  const sweep = (change) => {
    const T = model.get("T");
    const start = performance.now() - (SWEEP * (T - model.get("t"))) / T;
    const on = (now) => {
      const t = Math.max(1, Math.min(T, T - Math.floor(((now - start) / SWEEP) * T)));
      model.set("t", t);
      if (t > 1) {
        frame = requestAnimationFrame(on);
        return;
      }
      stop();
      model.save_changes();
      change({ sweep: "" });
    };
    frame = requestAnimationFrame(on);
    change({ sweep: "plays" });
  };
  const buttons = {
    losses: () => put(model, { losses: model.get("losses") === "every" ? "last" : "every" }),
    gates: (ui, change) => change({ gates: !ui.gates }),
    rnn: (ui, change) => change({ rnn: !ui.rnn }),
    play(ui, change) {
      const still = globalThis.matchMedia?.("(prefers-reduced-motion: reduce)").matches;
      if (frame) {
        stop();
        change({ sweep: "rests" });
      } else if (still) put(model, { t: 1 });
      else {
        const again = ui.sweep !== "rests" || model.get("t") >= model.get("T");
        if (again) model.set("t", model.get("T"));
        sweep(change);
      }
    },
  };
  return {
    traits: () => read(model, Object.keys(rules)),
    input(name, value, ui, change) {
      if (name === "t") {
        stop();
        change({ sweep: "" });
      }
      put(model, { [name]: value });
    },
    button: (action, ui, change) => buttons[action]?.(ui, change),
    stop,
  };
}
