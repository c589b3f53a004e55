// The inputs as a strip that is drawn on: by the mouse or a finger, or by arrow keys at the step in
// the card.

import { bars } from "./lanes.mjs";
import { put } from "../kit/model.mjs";
import { plain } from "../kit/numbers.mjs";
import { rules } from "../printed/time.mjs";
import { el } from "../kit/tree.mjs";

export const HIGH = 56; // pixels
const [MOST, REST] = [2, 4]; // the largest input that is drawn, and what is left free above it

/** The inputs' strips, for the picture's SVG. */
export const stripBars = (grid, xs, top) => [
  el("path", { class: "rest", d: `M${grid.left} ${top + HIGH / 2}H${grid.right}` }),
  bars(grid, top + HIGH / 2, HIGH / 2 - REST, MOST, xs),
];

/** What takes the hand, over the strips. */
export function strip(grid, xs, at, above) {
  return el("div", {
    class: "strip",
    role: "slider",
    tabindex: "0",
    "data-strip": "xs",
    "data-name": "x",
    "data-count": grid.count,
    "aria-label":
      `Inputs. Up and down change the input of step ${at}, ` + "left and right choose the step",
    "aria-orientation": "vertical",
    "aria-valuemin": rules.xs.low,
    "aria-valuemax": rules.xs.high,
    "aria-valuenow": xs[at - 1],
    "aria-valuetext": `x at step ${at} is ${plain(xs[at - 1])}`,
    style: `left:${grid.left}px;top:${above}px;width:${grid.right - grid.left}px;height:${HIGH}px`,
  });
}

/**
 * Let the model follow what is drawn in `root`, and the cut that is dragged there; returns the
 * clean-up.
 */
export function drawing(root, model) {
  const hand = new AbortController();
  const on = (type, call) => root.addEventListener(type, call, { signal: hand.signal });
  const T = () => model.get("T");
  const set = (steps, value) =>
    put(model, { xs: model.get("xs").map((x, n) => (steps.includes(n + 1) ? value : x)) });
  let held = null;
  const place = (event) => {
    const box = root.querySelector("[data-strip]");
    const { left, top, width } = box.getBoundingClientRect();
    const count = Number(box.dataset.count);
    const share = Math.max(0, Math.min(0.9999, (event.clientX - left) / width));
    const level = (MOST * (HIGH / 2 - (event.clientY - top))) / (HIGH / 2 - REST);
    return {
      step: 1 + Math.floor(share * count),
      along: (event.clientX - left) / (width / count),
      value: Math.max(-MOST, Math.min(MOST, Math.round(level * 20) / 20)),
    };
  };
  const follow = (event) => {
    const { step, along, value } = place(event);
    if (held.cut) {
      const k = held.k - Math.round(along - held.along);
      put(model, { k: Math.max(1, Math.min(T(), k)) });
      return;
    }
    // what a fast hand has jumped over, too
    const [low, high] = [Math.min(step, held.step), Math.max(step, held.step)];
    const passed = Array.from({ length: high - low + 1 }, (_, n) => low + n);
    set(passed, value);
    held.step = step;
  };
  on("pointerdown", (event) => {
    const cut = event.target.closest("[data-cut]");
    if (event.button || !(cut || event.target.closest("[data-strip]"))) return;
    event.target.setPointerCapture?.(event.pointerId);
    held = { cut, ...place(event), k: model.get("k") };
    if (!cut) follow(event);
  });
  on("pointermove", (event) => held && follow(event));
  for (const type of ["pointerup", "pointercancel"])
    on(type, () => {
      held = null;
    });
  on("keydown", (event) => {
    if (!event.target.closest("[data-strip]")) return;
    const turn = { ArrowUp: 0.1, ArrowDown: -0.1 }[event.key];
    const go = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const at = Math.min(model.get("t"), T());
    if (turn) {
      const x = Number((model.get("xs")[at - 1] + turn).toFixed(10));
      set([at], Math.max(rules.xs.low, Math.min(rules.xs.high, x)));
    }
    if (go) put(model, { t: Math.max(1, Math.min(T(), at + go)) });
    if (turn || go) event.preventDefault();
  });
  return () => hand.abort();
}
