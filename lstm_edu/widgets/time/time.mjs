// The cell through time beside the plain RNN: the same inputs, the same scale, and in every lane
// how a gradient comes back from the last step to the first.
// Longer than 300 lines because the lanes of one figure are drawn side by side.

import { button, slider, toggle, weights } from "../kit/controls.mjs";
import { html } from "../printed/equations.mjs";
import { rules } from "../printed/time.mjs";
import { bars, columns, lane, LOWEST, ticks, laneScale } from "./lanes.mjs";
import { live } from "../kit/live.mjs";
import { signedNumber } from "../kit/numbers.mjs";
import { planeOf } from "./plane.mjs";
import { prompts } from "../kit/prompts.mjs";
import { stripes } from "../graph/ribbon.mjs";
import { more } from "../kit/share.mjs";
import { drawing, HIGH, strip, stripBars } from "./strip.mjs";
import { card, letter } from "./card.mjs";
import { hands } from "./hands.mjs";
import { aloud } from "../kit/aloud.mjs";
import { inWords } from "./inwords.mjs";
import { complaint, compute, PARAMETERS, PLAIN } from "./numbers.mjs";
import { timeTable } from "./table.mjs";
import { panel, trainer } from "./training_panel.mjs";
import { el } from "../kit/tree.mjs";

// below so many pixels labels stand above their lanes, and the card shows one model at a time
const TURN = 560;
const LEGEND = [
  ["ink", "the loss"],
  ["h", "through h"],
  ["c", "along c"],
];
const [GUTTER, END, ROW, HEAD] = [120, 18, 30, 20]; // pixels
const STEPS = { T: "number of steps T", k: "steps that each loss flows back through" };
const BARS = {
  LSTM: [
    ["c_bar", "c"],
    ["h_bar", "h"],
  ],
  RNN: [["h_bar", "h"]],
};

/** The whole widget as a tree, from the traits and from what belongs to this view alone. */
function view(t, ui) {
  const s = { ...compute(t), uid: ui.uid, ui };
  const wide = ui.width >= TURN;
  const models = wide ? ["LSTM", "RNN"] : [ui.rnn ? "RNN" : "LSTM"];
  const grid = columns(wide ? GUTTER : 8, Math.max(300, ui.width) - END, s.T);
  const near = t.handles.filter((name) => name in STEPS || name in html || PLAIN.includes(name));
  const rest = ["T", "k", "y", ...PARAMETERS, ...PLAIN].filter((name) => !near.includes(name));
  const losses = toggle("losses", "Loss at every step", s.every);
  return el(
    "div",
    { class: `widget time ${wide ? "wide" : "narrow"}` },
    el(
      "div",
      { class: "top" },
      wide ? losses : toggle("rnn", "Card of the plain RNN", models[0] === "RNN"),
      more(ui),
    ),
    ui.table ? timeTable(s) : picture(s, grid, wide),
    el(
      "div",
      { class: "scrub" },
      button("play", ui.sweep === "plays" ? "❚❚ Pause" : "▶ Sweep"),
      scrub(s, grid),
    ),
    ui.table ? null : laneScale(ui.uid, LEGEND),
    aloud(inWords(s)),
    handles(t, near, wide ? 4 : 2),
    prompts(ui),
    card(s, models),
    cutPlane(s, near.includes("k")),
    t.training ? panel(t, ui) : null,
    weights(
      rest.map((name) => handle(t, name)),
      el(
        "div",
        { class: "top" },
        toggle("gates", "Show the gates", !!ui.gates),
        wide ? null : losses,
      ),
    ),
  );
}

// what the cut has done to the gradient; also without a cut where the reader can set one
function cutPlane(s, settable) {
  if (s.k < s.T) return planeOf(s.plane, s.k);
  return settable ? planeOf(s.plane, null) : null;
}

function handles(t, names, most) {
  const style = `grid-template-columns:repeat(${Math.min(names.length, most)},1fr)`;
  return el(
    "div",
    { class: "handles", style },
    names.map((name) => handle(t, name)),
  );
}

function picture(s, grid, wide) {
  const above = wide ? 0 : HEAD; // how much of a row is for its label
  const top = above;
  const [drawn, labels] = [[], []];
  const say = (middle, inside, height) =>
    labels.push(label(wide ? middle : middle - height / 2 - 10, inside));
  say(top + HIGH / 2, [el("i", { class: "sym" }, "x"), " inputs"], HIGH);
  let y = top + HIGH + 10;
  for (const k of s.ui.gates ? ["f", "i", "o"] : []) {
    y += 26 + above;
    drawn.push(gate(s, grid, k, y - 4));
    say(y - 13, [el("i", { class: "sym" }, k), " from 0 to 1"], 26);
  }
  const from = s.ui.sweep ? s.at : 0; // a sweep has not come further yet
  for (const model of ["LSTM", "RNN"]) {
    const run = model === "LSTM" ? s.lstm : s.plain;
    labels.push(label(y + HEAD / 2, el("b", null, model === "LSTM" ? "LSTM" : "Plain RNN")));
    y += HEAD;
    for (const [bar, hue] of BARS[model]) {
      const [cut, full] = [run.bars, run.full].map((list) => list.map((one) => one[bar]));
      y += ROW + above;
      const mid = y - ROW / 2 - 3;
      drawn.push(
        wire(grid, y - 5),
        lane(grid, mid, hue, cut, full, s.uid, from),
        bar === "h_bar" ? ends(s, grid, mid, y - 5) : null,
      );
      say(mid, first(bar, hue, cut), ROW - 6);
      labels.push(tiny(grid, mid, cut, hue, from));
    }
  }
  return framed(s, grid, top, y + 20, drawn, labels);
}

// the values of a gate from 0 to 1
const gate = (s, grid, k, y) => [
  el("path", { class: "rest", d: `M${grid.left} ${y}H${grid.right}` }),
  bars(
    grid,
    y,
    20,
    1,
    s.lstm.tape.map((v) => v[k]),
  ),
];

// the inputs above the lanes, the step in the card, the numbers of the steps, the cut
function framed(s, grid, top, H, drawn, labels) {
  const tick = (step) =>
    el("text", { x: grid.x(step) + grid.w / 2, y: H - 5, "text-anchor": "middle" }, step);
  return el(
    "div",
    { class: "figure", style: `width:${grid.right + END}px;height:${H}px` },
    el(
      "svg",
      { width: grid.right + END, height: H, "aria-hidden": "true" },
      el("defs", null, stripes(s.uid)),
      el("rect", { class: "band", x: grid.x(s.at), y: top, width: grid.w, height: H - 18 - top }),
      stripBars(grid, s.xs, top),
      drawn,
      ticks(grid).map(tick),
      cutLine(s, grid, top + HIGH, H),
    ),
    labels,
    strip(grid, s.xs, s.at, top),
    cutHandle(s, grid, top + HIGH),
  );
}

const label = (y, inside) =>
  el("span", { class: "note lane-label", style: `left:0;top:${y - 10}px` }, inside);

// the gradient at the first step, in figures
function first(bar, hue, [v]) {
  return [
    el("span", { class: `sym ${hue}`, html: letter(bar[0], 1) }),
    " ",
    signedNumber(v, { class: `num bar-value ${hue}`, "data-first": bar }),
  ];
}

// where a lane is thinner than the scale reaches it says so, if there is room for the words
function tiny(grid, y, values, hue, from) {
  const unseen = (v) => v && Math.abs(v) < LOWEST;
  const steps = grid.steps.filter((step) => step >= from && unseen(values[step - 1]));
  const run = steps.filter((step, n) => step === steps[0] + n);
  if (!run.length) return null;
  // beside the label that stands above
  const x = Math.max(grid.x(run[0]) + 2, grid.left < GUTTER ? 160 : 0);
  if (grid.x(run.at(-1)) + grid.w - x < 48) return null;
  const style = `left:${x}px;top:${y - 17}px`;
  return el("span", { class: `note tiny ${hue} bar-value`, style }, "<10⁻⁸");
}

const wire = (grid, y) =>
  el(
    "g",
    { class: "way" },
    el("path", { d: `M${grid.left} ${y}H${grid.right}` }),
    el("path", { class: "head", d: `M${grid.right + 6} ${y}l-6 -3.5v7z` }),
  );

// the loss stands right of the last step; with one at every step, each has its point
function ends({ every }, grid, y, low) {
  const x = grid.right + 9;
  return el(
    "g",
    { class: "losses" },
    every
      ? el("path", {
          class: "points",
          d: grid.steps.map((step) => `M${grid.x(step) + grid.w / 2} ${low}h0`).join(""),
        })
      : null,
    el("circle", { cx: x, cy: y, r: 6 }),
    el("circle", { class: "eye", cx: x, cy: y, r: 2 }),
  );
}

const cutAt = ({ k, T, every }, grid) => (k < T && !every ? grid.x(T - k + 1) : null);

function cutLine(s, grid, top, H) {
  const x = cutAt(s, grid);
  return x === null ? null : el("path", { class: "cut", d: `M${x} ${top + 2}V${H - 18}` });
}

function cutHandle(s, grid, top) {
  const x = cutAt(s, grid);
  if (x === null) return null;
  const style = `left:${Math.min(x + 3, grid.right - 74)}px;top:${top}px`;
  return el("span", { class: "note cut-handle", "data-cut": "k", style }, `✂ K = ${s.k}`);
}

function scrub({ T, at }, grid) {
  const width = Math.max(24, grid.right - grid.left - grid.w + 18);
  return el("input", {
    type: "range",
    min: 1,
    max: T,
    step: 1,
    value: String(at),
    "data-input": "t",
    "aria-label": "Step in the card",
    "aria-valuetext": `step ${at} of ${T}`,
    style: `left:${grid.left + grid.w / 2 - 9}px;width:${width}px`,
  });
}

function handle(t, name) {
  if (name in STEPS) {
    const v = name === "k" ? Math.min(t.k, t.T) : t.T;
    const text = name === "k" && v === t.T ? `${v}, nothing is cut` : String(v);
    return slider(name, v, {
      symbol: `<i>${name.toUpperCase()}</i>`,
      words: STEPS[name],
      low: 1,
      high: name === "k" ? t.T : rules.T.high,
      step: 1,
      text,
    });
  }
  const known = html[name] ?? {
    symbol: `<i>${name[0]}</i><sub>${name.slice(2)}</sub>`,
    words: `${name[0] === "b" ? "bias" : "weight"} ${name} of the plain RNN`,
  };
  return slider(name, t[name], {
    symbol: known.symbol,
    words: known.words,
    low: name[0] === "b" ? -6 : -2,
    high: name[0] === "b" ? 6 : 2,
    step: 0.1,
    long: rules[name].high,
  });
}

// the gestures of the figure, of its panel, and of what is drawn on
function allHands(model) {
  const [gestures, training] = [hands(model), trainer(model)];
  return {
    ...gestures,
    button(action, ui, change) {
      gestures.button(action, ui, change);
      training.button(action, ui, change);
    },
    start(root) {
      const undraw = drawing(root, model);
      return () => {
        gestures.stop();
        training.stop();
        undraw();
      };
    },
  };
}

export const { still, render, draw } = live({
  cls: "Time",
  rules,
  complaint,
  view,
  number: (t) => ["c_bar_first", compute(t).lstm.bars[0].c_bar],
  hands: allHands,
});
