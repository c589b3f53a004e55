// The lists: each path a row with its product as a staircase and its strip where the last one
// ended; or, merged, a row a value.

import { math } from "../kit/letters.mjs";
import { plain, signedNumber, ten } from "../kit/numbers.mjs";
import { drawn } from "./graph.mjs";
import { counted, hueOf, letter, stepOf, symbolOf } from "./numbers.mjs";
import { decades, levels, room, staircase } from "../plot/stairs.mjs";
import { ends, linear, sumBar, sumLines, sumScale } from "../plot/sums.mjs";
import { classes, el } from "../kit/tree.mjs";

const hue = ({ factors }) => factors.at(-1)?.hue ?? "ink"; // of a path without a step: 1

const sym = (name) => math(symbolOf(name));

/** A path, from its end back to its beginning, as its gradient travels. */
const chain = (names) => [...drawn(names)].reverse().map((name, k) => [k ? " ← " : "", sym(name)]);

const product = (factors) =>
  (factors.length ? factors : [{ value: 1 }])
    .map(({ value }, k) => (value < 0 && k ? `(${plain(value)})` : plain(value)))
    .join("\u00a0· ");

/** The paths as rows, and their sum. */
export function list(s, ui, wide, lit) {
  if (!s.paths.length)
    return el("p", { class: "no-path" }, "No path leads from there to here, so the gradient is 0.");
  const kept = s.shown.map(({ product: v, off }) => (off ? 0 : v));
  const sums = ends(kept);
  const scale = linear([
    ...sums,
    sums.at(-1) + s.restSum,
    s.total,
    s.aim,
    ...s.shown.map(({ product: v }, k) => sums[k] + v),
  ]);
  const stairs = decades(s.shown.flatMap(({ factors }) => levels(factors)));
  const rows = [...s.shown.map(({ id }) => `p${id}`), "rest"];
  const stop = rows.includes(ui.stop) ? ui.stop : rows[0];
  return el(
    "div",
    { class: "path-list" },
    el(
      "div",
      { class: "path-head words", "aria-hidden": "true" },
      el("span"),
      el("span", null, "each path, and its product"),
      el("span", null, `${ten(stairs[1])} … ${ten(stairs[0])}, log`),
      el("span", null, "end to end"),
      el("span"),
    ),
    el(
      "div",
      {
        role: "listbox",
        "aria-multiselectable": "true",
        "aria-label": "The paths, largest first. Enter switches one off, or on.",
      },
      s.shown.map((path, k) =>
        el(
          "div",
          {
            ...option(ui, `p${path.id}`, stop, !path.off),
            class: classes("path-row", { off: path.off, lit: lit.includes(path) }),
          },
          el("span", { class: "check", "data-action": `flip:p${path.id}` }, path.off ? "" : "✓"),
          el(
            "div",
            { class: "words-of" },
            el("div", { class: "chain" }, chain(path.names)),
            el("div", { class: "product-of" }, product(path.factors), "\u00a0="),
          ),
          staircase(path.factors, { width: wide ? 96 : 92, height: 40, scale: stairs, bare: true }),
          track(
            scale,
            s.aim,
            sumBar(sums[k], path.product, scale, hue(path), path.off ? "absent" : ""),
          ),
          signedNumber(path.product, {
            class: `num bar-value ${hue(path)}`,
            "data-path": path.id,
          }),
        ),
      ),
      s.rest.length ? others(s, ui, stop, sums.at(-1), scale) : null,
    ),
    el(
      "div",
      { class: "path-row total" },
      el("span"),
      el("b", null, "together"),
      el("span"),
      track(scale, s.aim, sumBar(0, s.total, scale, "ink", "whole")),
      signedNumber(s.total, { "data-role": "total" }),
    ),
    el(
      "div",
      { class: "path-row foot" },
      el("span"),
      el("span", { class: "words" }, "dashed: the gradient"),
      el("span"),
      sumScale(scale),
      el("span"),
    ),
  );
}

const track = (scale, aim, bars) => el("div", { class: "sum-track" }, sumLines(scale, aim), bars);

const option = (ui, name, stop, on) => ({
  role: "option",
  "data-name": name,
  "data-action": `look:${name}`,
  id: `${ui.uid}-${name}`,
  tabindex: name === stop ? "0" : "-1",
  "aria-selected": String(on),
});

function others(s, ui, stop, from, scale) {
  const on = s.rest.filter(({ off }) => !off).length;
  const some = on && on < s.rest.length ? `, ${on} of them on` : "";
  return el(
    "div",
    { ...option(ui, "rest", stop, on > 0), class: `path-row rest${on ? "" : " off"}` },
    el("span", { class: "check", "data-action": "flip:rest" }, on ? "✓" : ""),
    el("div", { class: "words-of" }, `the other ${s.rest.length} together${some}`),
    el("span"),
    track(scale, s.aim, sumBar(from, s.restSum, scale, "ink")),
    signedNumber(s.restSum, { "data-role": "rest" }),
  );
}

/**
 * The chosen path with all its letters; the room is that of the longest path in the list, so that
 * nothing below it moves.
 */
export function detail(s, ui, wide, row) {
  if (!row) return null;
  const width = Math.min(ui.width, 760);
  const most = Math.max(...s.shown.map(({ factors }) => room(factors, width, 92)));
  return el(
    "div",
    { class: "path-detail", style: `min-height:${most + (wide ? 46 : 90)}px` },
    el("p", { class: "chain" }, chain(row.names)),
    staircase(row.factors, { width, height: 92 }),
  );
}

/**
 * One row a value where paths meet: its strip is the sum of what comes back from those that read
 * it.
 */
export function merged(t, s, ui) {
  const names = meeting(t, s);
  const parts = names.map((name) => answers(t, s, name));
  const scale = linear(parts.flatMap((some) => ends(some.map(([, v]) => v))));
  return el(
    "div",
    { class: "path-list" },
    names.map((name, n) =>
      el(
        "div",
        { class: `path-row merged${ui.names?.includes(name) ? " lit" : ""}`, "data-name": name },
        el(
          "div",
          { class: "fraction" },
          el("span", null, "∂", sym(t.to)),
          el("span", null, "∂", sym(name)),
        ),
        el(
          "div",
          { class: "words-of" },
          el(
            "div",
            null,
            parts[n].map(([user, v], k) => [k ? " " : "", share(name, user, v)]),
          ),
          el("div", { class: "words" }, merges(counted(t.T, name, t.to).many)),
        ),
        track(scale, undefined, lanes(parts[n], scale)),
        signedNumber(s.bars[name], { class: "num bar-value", "data-bar": name }),
      ),
    ),
    el(
      "div",
      { class: "path-row merged foot" },
      el("span"),
      el("span"),
      sumScale(scale),
      el("span"),
    ),
  );
}

const share = (name, user, v) =>
  el("span", { class: "part" }, signedNumber(v, { "data-part": name }), " through ", sym(user));

const merges = (many) => (many === 1n ? "1 path" : `${many} paths in one number`);

function lanes(parts, scale) {
  const from = ends(parts.map(([, v]) => v));
  const high = 24 / parts.length;
  const style = (k) => `top:${(1 + k * high).toFixed(1)}px;height:${(high - 1).toFixed(1)}px`;
  return parts.map(([, v, tone], k) =>
    el("div", { class: "lane", style: style(k) }, sumBar(from[k], v, scale, tone)),
  );
}

// states between the two ends, and the beginning, from the last back to the first
function meeting(t, s) {
  const own = (name) => /^[ch]_\d/.test(name) || name === t.of;
  const known = new Set(s.paths.flatMap(({ names }) => names.filter(own)));
  known.delete(t.to);
  const order = (name) => (name === t.of ? -1 : 2 * stepOf(name) + (letter(name) === "h" ? 1 : 0));
  return [...known].sort((a, b) => order(b) - order(a));
}

// what comes back to a value from each of its readers: [reader, number, hue]
function answers(t, s, name) {
  const passed = (user) =>
    s.paths.some(({ names }) => names.some((v, k) => v === name && names[k + 1] === user));
  const users = Object.keys(s.edges).filter((user) => name in s.edges[user] && passed(user));
  // a pre-activation is called by its gate, a step's loss L
  const reader = (user) => user.replace(/^z_/, "").replace(/^L_.*/, "L");
  return users.map((user) => [reader(user), s.bars[user] * s.edges[user][name], hueOf(user, name)]);
}
