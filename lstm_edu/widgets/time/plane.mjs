// The whole gradient and the cut one, both arrows drawn exactly in the plane that they span: how
// far one is turned from the other, and how much shorter it is.

import { number, plain } from "../kit/numbers.mjs";
import { el } from "../kit/tree.mjs";

const [W, H, X, Y] = [290, 116, 96, 100]; // pixels; X, Y is where both arrows begin

/**
 * The plane beside its numbers; `plane` is what `apart` gives, `k` the cut, null where there is
 * none.
 */
export function planeOf(plane, k) {
  const { ratio, angle } = plane;
  const turn = (angle * Math.PI) / 180;
  const [right, left, up] = [1, ratio * Math.cos(turn), ratio * Math.sin(turn)];
  const known = Number.isFinite(angle);
  // pixels for the whole gradient's length, so that the cut one stays inside too
  const room = [
    (W - X - 16) / Math.max(right, left),
    left < 0 ? (X - 14) / -left : Infinity,
    up > 0 ? (Y - 14) / up : Infinity,
  ];
  const scale = known ? Math.min(...room) : W - X - 16;
  return el(
    "div",
    { class: "plane" },
    el(
      "svg",
      {
        width: W,
        height: H,
        role: "img",
        "aria-label": "The whole gradient and the cut one as two arrows",
      },
      plane.full ? arrow([X + scale, Y], "whole") : null,
      known && k
        ? [
            bend(turn, Math.min(34, 0.45 * scale)),
            arrow([X + scale * left, Y - scale * up], "kept"),
          ]
        : null,
      el("circle", { cx: X, cy: Y, r: 2.5 }),
    ),
    el("div", { class: "words" }, says(plane, k)),
  );
}

function says({ full, kept, ratio, angle }, k) {
  const line = (...parts) => el("p", null, ...parts);
  const whole = line(
    "The whole gradient of the twelve weights and biases (the broad arrow): length ",
    number(full, plain(full), { "data-role": "full" }),
    ".",
  );
  if (!full)
    return line(
      "The gradient of all twelve weights and biases is exactly 0: there is nothing to cut.",
    );
  if (!k)
    return [
      whole,
      line(
        "Nothing is cut. Lower ",
        el("i", { class: "sym" }, "K"),
        " to let the loss flow back through K steps only.",
      ),
    ];
  if (!kept) return [whole, line("Cut at K = ", number(k, String(k)), ", nothing of it is left.")];
  return [
    whole,
    line(
      "Cut at K = ",
      number(k, String(k)),
      k === 1 ? ", one step's answer, summed" : "",
      ": length ",
      number(kept, plain(kept), { "data-role": "kept" }),
      ".",
    ),
    line(
      "Turned by ",
      number(angle, `${degrees(angle)}°`, { "data-role": "angle" }),
      ", ",
      number(ratio, plain(ratio), { "data-role": "ratio" }),
      " times as long.",
    ),
  ];
}

/** An angle in degrees. */
export const degrees = (angle) =>
  angle < 99.95 && angle >= 0.001 ? angle.toPrecision(3) : plain(angle);

function arrow([x, y], cls) {
  const way = Math.atan2(y - Y, x - X);
  const fin = (side) => `${px(x - 9 * Math.cos(way + side))} ${px(y - 9 * Math.sin(way + side))}`;
  return el(
    "g",
    { class: `arrow ${cls}` },
    el("path", { d: `M${X} ${Y}L${px(x)} ${px(y)}` }),
    el("path", { d: `M${fin(0.4)}L${px(x)} ${px(y)}L${fin(-0.4)}` }),
  );
}

const bend = (turn, r) =>
  el("path", {
    class: "bend",
    d: `M${X + r} ${Y}A${r} ${r} 0 0 0 ${px(X + r * Math.cos(turn))} ${px(Y - r * Math.sin(turn))}`,
  });
const px = (v) => String(Math.round(v * 10) / 10);
