// Sliders: native range inputs, each with its letters, its number in an `<output>`, and the
// gradient where it is shown.

import { math } from "./letters.mjs";
import { filled, number, percent, plain, signedNumber } from "./numbers.mjs";
import { el } from "./tree.mjs";

/**
 * One slider of `name`; the track is filled from 0 to the value, so that a sign is seen.
 * @param {string} name
 * @param {number} value
 * @param {any} options
 */
export function slider(
  name,
  value,
  {
    symbol,
    words,
    low,
    high,
    step,
    disabled = false,
    long = 0,
    bar,
    hue = "",
    text = plain(value),
  },
) {
  // a value beyond the track lengthens it
  const reach = long && Math.abs(value) > Math.max(-low, high) ? long : 0;
  const [a, b] = reach ? [-reach, reach] : [low, high];
  const [zero, at] = [percent(0, a, b), percent(value, a, b)];
  return el(
    "label",
    { class: "slider" },
    el(
      "span",
      { class: "row" },
      math(symbol),
      el("output", null, number(value, text)),
      bar === undefined ? null : el("span", { class: `bar-value ${hue}` }, signedNumber(bar)),
    ),
    el("input", {
      type: "range",
      min: a,
      max: b,
      step,
      value: String(value),
      disabled,
      "data-input": name,
      "aria-label": words,
      "aria-valuetext": text,
      style: filled(Math.min(zero, at), Math.abs(at - zero), "4px"),
    }),
  );
}

/** A button, and what else it is to say of itself. */
export const button = (action, label, props = {}) =>
  el("button", { type: "button", "data-action": action, ...props }, label);

/** A switch: a native checkbox that says it is one. */
export function toggle(action, label, on) {
  return el(
    "label",
    { class: "switch" },
    el("input", { type: "checkbox", role: "switch", checked: on, "data-action": action }),
    label,
  );
}

/** A fold that the reader opens: `<summary>` is the browser's own button. */
export function fold(title, ...inside) {
  return el("details", { class: "fold" }, el("summary", null, title), ...inside);
}

/** The sliders at first sight, and what stands beside them. */
export const hand = (sliders, beside = null, style = undefined) =>
  el("div", { class: "hand" }, el("div", { class: "handles", style }, sliders), beside);

/** The fold of all sliders for weights, below what else stands in it. */
export const weights = (sliders, above = null) =>
  fold("All the weights", above, el("div", { class: "weights" }, sliders));

/** A menu of `options`, texts; `data-input` says the number of the one that is chosen. */
export function choice(name, label, options, chosen) {
  return el(
    "label",
    { class: "choice" },
    el("span", { class: "words" }, label),
    el(
      "select",
      { "data-input": name },
      options.map((text, k) => el("option", { value: k, selected: k === chosen }, text)),
    ),
  );
}
