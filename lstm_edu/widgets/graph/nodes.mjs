// The nodes of a picture, each an option of one list box: what a value looks like, its number, and
// the line below it.

import { math, short } from "../kit/letters.mjs";
import { filled, number, percent, signedNumber } from "../kit/numbers.mjs";
import { width } from "./ribbon.mjs";
import { classes, el } from "../kit/tree.mjs";

/** The node of `name`; `style` says where it stands. */
export function node(layout, drawing, html, s, name, style) {
  const kind = layout.kinds[name];
  const held = name in s.lock;
  const states = { active: name === s.lit, pinned: name === s.pinned, held };
  return el(
    "div",
    {
      class: classes("node", kind, layout.lanes[name], states),
      role: "option",
      "data-name": name,
      id: `${s.uid}-${name}`,
      tabindex: name === s.stop ? "0" : "-1",
      "aria-selected": String(name === s.pinned),
      style,
    },
    spoken(`${html[name].words} `),
    (BODIES[kind] ?? state)(layout, html, s, name, drawing),
    held ? el("span", { class: "padlock" }, padlock(), spoken(" held")) : null,
  );
}

// what is said and not shown, between what is both: "cell state" c −0.264 "gradient" −0.473
const spoken = (text) => el("span", { class: "spoken" }, text);

const symbol = (html, name, text = short(html, name)) => math(text);

const BODIES = {
  gate: (layout, html, s, name, drawing) => [
    gauge(s.p[name], layout.ranges[name]),
    symbol(html, name),
    number(s.p[name]),
    below(layout, s, name, drawing.wide ? "gate-label wide" : "gate-label narrow"),
  ],
  sum: (layout, html, s, name) => [
    el("span", { class: "row" }, el("i", { class: "sym" }, "z"), number(s.p[name])),
    below(layout, s, name),
  ],
  weight: (layout, html, s, name) => [
    square(s.backward ? s.bars[name] : undefined, s.hues[name]),
    el("span", { class: "spoken" }, symbol(html, name), number(s.p[name]), below(layout, s, name)),
  ],
  hidden: (layout, html, s, name) => [
    row(html, s, name),
    target(s.p[name], s.p.y),
    below(layout, s, name),
  ],
  loss: (layout, html, s, name) => [
    el("span", { class: "bullseye" }),
    row(html, s, name),
    meter(s),
    below(layout, s, name),
  ],
};

const state = (layout, html, s, name) => [row(html, s, name), below(layout, s, name)];

const row = (html, s, name) => el("span", { class: "row" }, symbol(html, name), number(s.p[name]));

// the line below a value: how it was moved by a push, else its gradient, else what it is
function below(layout, s, name, type = "") {
  const moved = s.p[name] - s.v[name];
  const bar = s.bars[name];
  const hue = s.hues[name] ?? "";
  if (s.nudge !== 0)
    return el(
      "span",
      { class: `sub moved ${type}` },
      moved === 0 ? "" : ["Δ ", signedNumber(moved, { "data-moved": name })],
    );
  if (s.backward && bar !== undefined && layout.barNames[name])
    return el(
      "span",
      { class: `sub bar-value ${hue} ${type}` },
      spoken("gradient "),
      signedNumber(bar, { "data-bar": layout.barNames[name] }),
    );
  return el("span", { class: `sub ${type}`, "aria-hidden": "true" }, layout.captions[name] ?? "");
}

function gauge(value, [low, high]) {
  const zero = percent(0, low, high);
  const level = percent(value, low, high);
  return el("span", {
    class: low < 0 ? "gauge half" : "gauge",
    style: filled(100 - Math.max(zero, level), Math.abs(level - zero)),
  });
}

// h between −1 and 1, the target y on the same line, and the gap between them, which is what the
// loss is made of
function target(h, y) {
  const [a, b] = [percent(h, -1, 1), percent(y, -1, 1)];
  return el(
    "span",
    { class: "target" },
    el("span", { class: "gap", style: `left:${Math.min(a, b)}%;width:${Math.abs(a - b)}%` }),
    el("span", { class: "aim", style: `left:${b}%` }),
    el("span", { class: "here", style: `left:${a}%` }),
  );
}

// the loss from 0 to 1; under a push also where it came from, and a tick where the gradient said it
// would go
function meter(s) {
  const [was, is] = [percent(s.v.L, 0, 1), percent(s.p.L, 0, 1)];
  const [low, high] = [Math.min(was, is), Math.max(was, is)];
  const said = s.nudge !== 0 && s.backward && !s.later ? percent(s.v.L + s.predicted, 0, 1) : null;
  return el(
    "span",
    {
      class: "meter",
      style: `background-size:${low.toFixed(2)}% 100%,${high.toFixed(2)}% 100%`,
    },
    said === null ? null : el("span", { class: "tick", style: `left:${said}%` }),
  );
}

function square(bar, hue) {
  const side = bar ? 6 + width(bar) / 2 : 9;
  const look = bar ? `${bar < 0 ? "minus" : "plus"} ${hue}` : "open";
  return el("span", { class: `square ${look}`, style: `width:${side}px;height:${side}px` });
}

/** The sign of what is held. */
export const padlock = () =>
  el(
    "svg",
    { width: 12, height: 14, viewBox: "0 0 12 14" },
    el("path", { class: "shackle", d: "M3 6V4a3 3 0 0 1 6 0v2" }),
    el("rect", { x: 1, y: 6, width: 10, height: 7, rx: 1.5 }),
  );
