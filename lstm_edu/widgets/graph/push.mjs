// Push a value and see what the loss does: the definition of a gradient. Everything here is
// arithmetic on the functions that the equations printed, and one small plot; nothing knows which
// equations they are.

import { percent } from "../kit/numbers.mjs";
import { REACH, total } from "../steps/sweep.mjs";
import { el } from "../kit/tree.mjs";

const PLOT = { width: 216, height: 108, steps: 48 };

/**
 * How the loss answers pushes of `name` between −REACH and REACH: pairs (push, change of the loss).
 */
export function answers(forward, v, name, locked) {
  const rest = total(v);
  return Array.from({ length: PLOT.steps + 1 }, (_, k) => {
    const push = REACH * ((2 * k) / PLOT.steps - 1);
    return [push, total(forward(v, { [name]: push }, locked)) - rest];
  });
}

/**
 * The plot of these answers, the tangent that the gradient promises (unless `bar` is null), and the
 * push as it is.
 */
export function slopePlot(curve, bar, push, change) {
  const { width, height } = PLOT;
  const top = nice(
    Math.max(0.1, ...curve.map(([, y]) => Math.abs(y)), Math.abs(bar ?? 0) * REACH * 0.5),
  );
  const x = (value) => (percent(value, -REACH, REACH) / 100) * width;
  const y = (value) => 4 + (1 - percent(value, -top, top) / 100) * (height - 8);
  const dot = (value) => `${x(push).toFixed(1)} ${y(value).toFixed(1)}`;
  const reach = bar === null || bar === 0 ? REACH : Math.min(REACH, top / Math.abs(bar));
  return el(
    "svg",
    {
      class: "slope",
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
      role: "img",
      "aria-label": `How the loss answers a push between −${REACH} and ${REACH}`,
    },
    el("path", { class: "axis", d: `M0 ${y(0)}H${width}M${x(0)} 4V${height - 4}` }),
    el("text", { x: x(0) + 5, y: 13 }, `ΔL = ${top}`),
    el("text", { x: x(0) + 5, y: height - 3 }, `−${top}`),
    el("path", {
      class: "curve",
      d: `M${curve.map(([a, b]) => `${x(a).toFixed(1)} ${y(b).toFixed(1)}`).join("L")}`,
    }),
    bar === null
      ? null
      : el("path", {
          class: "tangent",
          d: `M${x(-reach)} ${y(-reach * bar)}L${x(reach)} ${y(reach * bar)}`,
        }),
    push === 0 || bar === null
      ? null
      : el("path", { class: "miss", d: `M${dot(change)}L${dot(push * bar)}` }),
    el("circle", { class: "dot", cx: x(push), cy: y(change), r: 4.5 }),
  );
}

/** The smallest 1, 2, 3 or 5 times a power of ten that is not smaller. */
function nice(size) {
  const ten = 10 ** Math.floor(Math.log10(size));
  return [1, 2, 3, 5, 10].find((step) => step * ten >= size * 0.999) * ten;
}
