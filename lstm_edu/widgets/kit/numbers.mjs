// How numbers look: three significant digits; a value bare, a gradient with its sign, so that none
// is taken for another.

import { el, kept } from "./tree.mjs";

const RAISED = {
  "-": "⁻",
  0: "⁰",
  1: "¹",
  2: "²",
  3: "³",
  4: "⁴",
  5: "⁵",
  6: "⁶",
  7: "⁷",
  8: "⁸",
  9: "⁹",
};

/** A value: 0.505, −0.735, 3.55·10⁻⁵, 0. */
export function plain(v) {
  return (v < 0 && digits(v) !== "0" ? "−" : "") + digits(v);
}

/** A gradient or a change: the same digits, always with a sign, except for exactly 0. */
export function signed(v) {
  return v === 0 ? "0" : (v < 0 ? "−" : "+") + digits(v);
}

/** A number on the page, with all its digits in `data-value` for whoever wants to compare. */
export function number(v, text = plain(v), props = {}) {
  return el("span", { class: "num", "data-value": String(v), ...props }, text);
}

/** A gradient or a change on the page, likewise. */
export const signedNumber = (v, props) => number(v, signed(v), props);

/**
 * `compute` as a function of its traits `names` that keeps its last answer: what has not changed is
 * not computed again.
 */
export function once(names, compute) {
  const place = kept();
  return (t) =>
    place(
      names.map((name) => t[name]),
      () => compute(t),
    );
}

/** Where `v` lies between `low` and `high`, in per cent, kept inside. */
export function percent(v, low, high) {
  return Math.max(0, Math.min(100, (100 * (v - low)) / (high - low)));
}

/**
 * The style of a background that fills a box from `from` on, `share` of it, per cent: along a line
 * `thick`, or downwards.
 * @param {number} from
 * @param {number} share
 * @param {string} [thick]
 */
export function filled(from, share, thick) {
  const at = `${((100 * from) / (100 - share || 1)).toFixed(2)}%`; // of the room that is left
  const size = `${share.toFixed(2)}%`;
  return thick
    ? `background-position:${at} 50%,50%;background-size:${size} ${thick},100% ${thick}`
    : `background-position:0 ${at};background-size:100% ${size}`;
}

/** A power of ten as a scale writes it: 0.01, 1, 10⁻⁴. */
export const ten = (exponent) =>
  exponent < -2 || exponent > 3 ? raised(exponent) : String(10 ** exponent);

function digits(v) {
  const size = Math.abs(v);
  if (size === 0) return "0";
  if (size >= 999.5) return size < 99999 ? String(Math.round(size)) : power(size);
  return size >= 0.001 ? size.toPrecision(3) : power(size);
}

function power(size) {
  const [head, tail] = size.toExponential(2).split("e");
  return `${head}·${raised(tail)}`;
}

const raised = (exponent) =>
  `10${[...String(Number(exponent))].map((sign) => RAISED[sign]).join("")}`;
