// The living cell: one LSTM step as a graph, its values, its gradients, and what a
// push does to the loss.

import { card } from "../graph/card.mjs";
import { hands } from "./hands.mjs";
import { inWords } from "./inwords.mjs";
import { GATES, layout, RANGES } from "./layout.mjs";
import { complaint, compute, NEXT } from "./numbers.mjs";
import { hand, slider, toggle, weights } from "../kit/controls.mjs";
import { aloud } from "../kit/aloud.mjs";
import { rules } from "../printed/cell.mjs";
import { forward, html } from "../printed/equations.mjs";
import { figure } from "../graph/picture.mjs";
import { place } from "../graph/geometry.mjs";
import { news } from "../graph/grips.mjs";
import { table } from "../graph/table.mjs";
import { now, short } from "../kit/letters.mjs";
import { live } from "../kit/live.mjs";
import { prompts } from "../kit/prompts.mjs";
import { key, scale } from "../graph/scale.mjs";
import { more } from "../kit/share.mjs";
import { stepsOf } from "../graph/stepper.mjs";
import { el } from "../kit/tree.mjs";

const equations = { forward, html };

// the numbers, and what this view's reader looks at
function seen(t, ui) {
  const numbers = compute(t);
  const { uid, width, tab = "push", line, digits, factor, path } = ui;
  const s = {
    ...numbers,
    lit: ui.hover || ui.focus || ui.pointed || numbers.pinned || ui.grip,
    uid,
    width,
    tab,
    line,
    digits,
    factor,
    path,
    tabs: true,
    hues: layout.hues,
    stop: ui.stop || layout.start,
  };
  return { ...s, edges: edges(s, ui.edge) };
}

/** The whole widget as a tree, from the traits and from what this view's reader points at. */
function view(t, ui) {
  const s = seen(t, ui);
  const drawing = place(layout, ui.width);
  return el(
    "div",
    { class: `widget ${drawing.wide ? "wide" : "narrow"}${s.backward ? " backward" : ""}` },
    el(
      "div",
      { class: "top" },
      t.forward_only ? null : toggle("backward", "Show gradients", s.backward),
    ),
    more(ui),
    aloud(inWords(s)),
    ui.table ? table(layout, html, s, rows(t), (name) => sums(s, name)) : null,
    ui.table ? null : figure(layout, drawing, html, s),
    ui.table ? null : signs(s),
    // next to the graph for the Tab key; wide pages show the handles between the two
    card(equations, layout, s),
    prompts(ui, now),
    hand(
      ["i", "f", "o", "g", "x", "y"].map((name) => handle(s, name)),
      news(ui.said, s.lock),
    ),
    weights([...layout.weights, "h_prev", "c_prev", ...later(t)].map((name) => handle(s, name))),
  );
}

const signs = (s) => (s.backward ? scale(s.uid, layout.legend) : key(layout.signs));
const later = (t) => (t.forward_only ? [] : NEXT);

// what is lit: the edge that somebody points at, the edges of the line that is shown, or those of
// the paths
function edges(s, edge) {
  if (edge) return [edge];
  if (!s.backward || s.lit !== s.pinned || !layout.barNames[s.pinned] || s.tab === "push")
    return [];
  if (s.tab === "steps")
    return stepsOf(html, s.partials, layout.barNames, layout.seeds, s.pinned)[s.line ?? 0].edges;
  const chosen = s.paths.length === 1 ? 0 : (s.path ?? -1);
  return s.paths.filter((_, k) => chosen < 0 || k === chosen).flatMap((path) => path.edges);
}

function handle(s, name) {
  const [low, high, step] = RANGES[name] ?? RANGES[name[0]];
  const gate = GATES.includes(name);
  const moving = gate ? [name, `z_${name}`, `b_${name}`] : [name];
  const inFold = !gate && name !== "x" && name !== "y";
  return slider(name, s.v[name], {
    symbol: short(html, name),
    words: html[name].words,
    low,
    high,
    step,
    disabled: moving.some((one) => one in s.lock),
    long: gate ? 0 : rules[name].high,
    bar: inFold && s.backward && layout.barNames[name] ? s.bars[name] : undefined,
    hue: layout.hues[name],
  });
}

const rows = (t) => [...layout.names, ...later(t)];

// the bars that are sums, by their terms
function sums(s, name) {
  if (name === "h")
    return [
      ["loss", s.part("L", "h")],
      ["next", s.v.h_bar_next],
    ];
  if (name === "c")
    return [
      ["through h", s.part("h", "c")],
      ["along c", s.v.c_bar_next],
    ];
  if (name === "x" || name === "h_prev")
    return ["i", "f", "o", "g"].map((k) => [`through ${k}`, s.part(`z_${k}`, name)]);
  return [];
}

// a number of the screen that a reader can compare: the loss after a push or with something held,
// else c̄
/** @returns {[string, number]} */
function comparable(t) {
  const { p, bars, lock, nudge } = compute(t);
  return nudge || Object.keys(lock).length || t.forward_only ? ["L", p.L] : ["c_bar", bars.c];
}

export const { still, render, share, draw } = live({
  cls: "Cell",
  rules,
  complaint,
  view,
  number: comparable,
  hands,
  layout,
});
