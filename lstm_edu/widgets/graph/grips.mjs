// What the hand does to a graph whose values can be pinned, pushed and held, and what state it
// refuses.

import { sorry, unfit } from "../kit/complaints.mjs";
import { button } from "../kit/controls.mjs";
import { put } from "../kit/model.mjs";
import { el } from "../kit/tree.mjs";
import { REACH } from "../steps/sweep.mjs";

/**
 * { pin, free, buttons }: what the hand does to a graph whose values can be pinned, pushed and
 * held; `numbers()` are those of now.
 */
export function grips(model, numbers) {
  const push = (step) => {
    const nudge = Number((model.get("nudge") + step).toFixed(10));
    put(model, { nudge: Math.max(-REACH, Math.min(REACH, nudge)) });
  };
  return {
    pin(name, ui, change) {
      put(model, { pinned: model.get("pinned") === name ? "" : name, nudge: 0 });
      change({ stop: name, line: 0, path: -1, factor: "" });
    },
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

/** What has been said of a graph, and the button that frees what is held. */
export const news = (said, lock) =>
  el(
    "div",
    { class: "news" },
    el("output", { class: "said", "aria-live": "polite", html: said }),
    Object.keys(lock).length ? button("release", "Unlock all") : null,
  );

/** Of a graph's traits, and what is held. */
export function graphComplaint(t, rules) {
  const bad = Object.entries(t.lock ?? {}).find(([, v]) => !Number.isFinite(v));
  const held = () => sorry(`${bad[0]} is held at ${String(bad[1])}`, "It must be a finite number.");
  return unfit(t, rules) || (bad ? held() : "");
}
