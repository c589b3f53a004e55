// A sum as signed strips end to end on a linear scale.

import { math } from "../kit/letters.mjs";
import { number, plain, signed } from "../kit/numbers.mjs";
import { el } from "../kit/tree.mjs";

/**
 * A linear scale that holds 0 and all of these numbers: [low, high] with a little room, and its
 * ticks.
 */
export function linear(values) {
  const known = [0, ...values.filter(Number.isFinite)];
  const [a, b] = [Math.min(...known), Math.max(...known)];
  const size = b - a || 1;
  const unit = 10 ** Math.floor(Math.log10(size));
  const step = [5, 2, 1, 0.5].map((m) => m * unit).find((s) => size / s >= 2) ?? unit / 2;
  const start = Math.ceil(a / step - 1e-9);
  const ticks = Array.from({ length: 12 }, (_, k) => (start + k) * step);
  const low = a - size * 0.04;
  return {
    low,
    high: b + size * 0.04,
    ticks: ticks.filter((v) => v <= b + 1e-9 * size),
    at: (v) => (100 * (v - low)) / (size * 1.08),
  };
}

/** The sums so far, the first is 0: where each strip begins. */
export const ends = (values) => values.reduce((sums, v) => [...sums, sums.at(-1) + v], [0]);

/**
 * One signed strip from `from` to `from + value` on a scale of `linear`; 0 is an open ring, what is
 * not finite a crossed one.
 */
export function sumBar(from, value, scale, hue = "ink", more = "") {
  if (!value || !Number.isFinite(value))
    return el("div", {
      class: `sum-ring ${hue}${value === 0 ? "" : " cross"}`,
      style: `left:calc(${scale.at(Number.isFinite(from) ? from : 0)}% - 5px)`,
    });
  const [a, b] = [scale.at(Math.min(from, from + value)), scale.at(Math.max(from, from + value))];
  const sign = value < 0 ? "minus" : "plus";
  return el("div", {
    class: `sum-bar ${more === "absent" ? "" : sign} ${hue} ${more}`,
    style: `left:${a.toFixed(3)}%;width:max(${(b - a).toFixed(3)}%, 1px)`,
  });
}

/** The upright lines of a scale: 0, and `aim` where a total is expected. */
export function sumLines(scale, aim) {
  return [
    el("div", { class: "sum-zero", style: `left:${scale.at(0)}%` }),
    aim === undefined ? null : el("div", { class: "sum-aim", style: `left:${scale.at(aim)}%` }),
  ];
}

const short = (v) =>
  plain(Math.abs(v) < 1e-12 ? 0 : v)
    .replace(/(\.\d*?)0+$/, "$1")
    .replace(/\.$/, "");

/**
 * The scale's numbers, a row of its own; they move by their margins, which the browser draws sooner
 * than places.
 */
export function sumScale({ ticks, at }, text = short) {
  return el(
    "div",
    { class: "sum-scale", "aria-hidden": "true" },
    ticks.map((v) => el("span", { style: `margin-left:calc(${at(v)}% - 35px)` }, text(v))),
  );
}

/**
 * A sum as signed strips end to end, a row a part, the last row the total. A part is { symbol,
 * value, hue }; `aim` marks what the total should be. The symbols are markup of the module, `total`
 * is { symbol, hue }.
 * @param {any[]} parts
 * @param {{ total?: { symbol: string, hue?: string }, aim?: number, label?: string }} options
 */
export function sumBars(
  parts,
  { total: sum = { symbol: "Σ" }, aim, label = "Signed strips end to end" } = {},
) {
  const values = parts.map(({ value }) => value);
  const sums = ends(values);
  const scale = linear([...sums, aim ?? 0]);
  const row = ({ symbol, hue = "ink" }, value, from, last) =>
    el(
      "div",
      { class: last ? "sum-row last" : "sum-row" },
      math(symbol),
      el(
        "div",
        { class: "sum-track" },
        sumLines(scale, aim),
        sumBar(from, value, scale, hue, last ? "whole" : ""),
      ),
      number(value, Number.isFinite(value) ? signed(value) : "not finite", {
        class: `num bar-value ${hue}`,
      }),
    );
  return el(
    "div",
    { class: "sums", role: "group", "aria-label": label },
    parts.map((part, k) => row(part, part.value, sums[k], false)),
    row(sum, sums.at(-1), 0, true),
    el("div", { class: "sum-row" }, el("span"), sumScale(scale), el("span")),
  );
}
