// The scale of ribbons, which stands in every picture that shows gradients: three samples, and what
// minus and 0 look like.

import { ribbon, width } from "./ribbon.mjs";
import { el } from "../kit/tree.mjs";

const SAMPLES = [
  [0.001, "≤ 0.001"],
  [0.1, "0.1"],
  [10, "≥ 10"],
  [-0.1, "minus"],
  [0, "exactly 0"],
];
const MEANING =
  "Scale. A ribbon of 2 pixels is a gradient of 0.001 or less, 4 pixels more for each power " +
  "of ten, 18 pixels is 10 or more. Striped is negative. An open ring is exactly 0.";

/**
 * A scale: what it means in words, its samples as pairs (value, label), each drawn by
 * `drawn(value)`, then the hues as pairs (hue, words).
 */
export function scaleOf(meaning, samples, drawn, legend) {
  return el(
    "div",
    { class: "legend", role: "img", "aria-label": meaning },
    el(
      "div",
      null,
      samples.map(([v, label]) => el("span", null, drawn(v), label)),
    ),
    el(
      "div",
      null,
      legend.map(([hue, words]) =>
        el("span", { class: hue }, el("span", { class: "swatch" }), words),
      ),
    ),
  );
}

/** The scale of ribbons, whose stripes are the pattern of the picture `uid`. */
export const scale = (uid, legend) => scaleOf(MEANING, SAMPLES, (v) => sample(v, uid), legend);

function sample(v, uid) {
  const long = v ? 36 : 12;
  // its middle at 12, beside a wire that is not drawn
  const y = 8 - (width(v) || 8) / 2;
  const wire = [
    [0, y],
    [long, y],
  ];
  return el("svg", { width: long, height: 24 }, ribbon(wire, v, "ink", -1, uid));
}

/**
 * The key of the signs that a picture has without gradients, pairs (class of the sign, words), in
 * the scale's place.
 */
export function key(signs) {
  return el(
    "div",
    { class: "key" },
    el(
      "div",
      null,
      signs.map(([sign, words]) => el("span", null, el("span", { class: `sign ${sign}` }), words)),
    ),
  );
}
