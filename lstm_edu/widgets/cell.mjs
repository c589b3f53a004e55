// The living cell: one LSTM step as a graph, its values, its gradients on the way back, and what a push does to the loss.
// Arithmetic is printed from the equations; this file says where things stand and what the reader's hand means.

import { card } from "./card.mjs";
import { fold, slider, toggle } from "./controls.mjs";
import { backward, forward, html, inputs, partials } from "./equations.mjs";
import { figure, short } from "./figure.mjs";
import { place } from "./graph.mjs";
import { plain } from "./numbers.mjs";
import { sweep, total } from "./push.mjs";
import { key, ruler } from "./ruler.mjs";
import { stage } from "./stage.mjs";
import { table } from "./table.mjs";
import { el, print } from "./tree.mjs";
import { GATES, layout, LIMIT, RANGES } from "./celllayout.mjs";

const NEXT = ["h_bar_next", "c_bar_next"];
const GIVEN = [...inputs, ...NEXT];
const TRAITS = [...GIVEN, "backward", "forward_only", "pinned", "lock", "nudge"];
const equations = { forward, html };

/** Why a state cannot be drawn, as a sentence, or "" when it can. */
export function complaint(t) {
  const isNumber = (v) => typeof v === "number" && Number.isFinite(v);
  const given = [...GIVEN, "nudge"].find((name) => !isNumber(t[name]) || Math.abs(t[name]) > LIMIT);
  if (given) return `This figure cannot be drawn: ${given} is ${String(t[given])}. It must be a finite number from −${LIMIT} to ${LIMIT}.`;
  const held = Object.entries(t.lock ?? {}).find(([, v]) => !isNumber(v));
  return held ? `This figure cannot be drawn: ${held[0]} is held at ${String(held[1])}. It must be a finite number.` : "";
}

/** Every number of the picture from the traits: values `v`, pushed values `p`, gradients, and what the push does. */
export function compute(t) {
  const pinned = layout.names.includes(t.pinned) ? t.pinned : "";
  const lock = Object.fromEntries(Object.entries(t.lock ?? {}).filter(([name]) => layout.names.includes(name)));
  const nudge = pinned ? t.nudge : 0;
  const v = forward(t, {}, lock);
  const p = nudge ? forward(t, { [pinned]: nudge }, lock) : v;
  const slopes = partials(v);
  const bars = sweep(slopes, { L: 1, h: v.h_bar_next, c: v.c_bar_next }, lock);
  const whole = backward(v);
  const named = { ...v, ...whole };
  // what the page prints is the text's own backward pass; only a held value makes it another function
  for (const [name, bar] of Object.entries(layout.barNames))
    if (Object.keys(lock).length) named[bar] = bars[name];
    else if (bar in whole) bars[name] = whole[bar];
  const part = (user, name) => (user in lock ? 0 : bars[user] * slopes[user][name]);
  return { v, p, bars, named, lock, nudge, pinned, partials: slopes, part, flows: flows(v, bars, lock, part),
    change: total(p) - total(v), predicted: nudge * (bars[pinned] ?? 0), backward: t.backward && !t.forward_only };
}

// what each wire carries back, and which messenger brings it; a lane carries the sum of what has joined it so far
function flows(v, bars, lock, part) {
  const pass = (name) => (name in lock ? 0 : bars[name]);
  const carried = {
    c_prev: [part("c", "c_prev"), "c"], f: [part("c", "f"), "c"], i: [part("c", "i"), "c"], g: [part("c", "g"), "c"],
    keep: [pass("c"), "c"], add: [pass("c"), "c"], c: [pass("c"), "c"], out: [bars.c, "c"], c_next: [v.c_bar_next, "c"],
    squash: [part("h", "c"), "h"], squashed: [pass("h") * v.o, "h"], o: [part("h", "o"), "h"], h: [pass("h"), "h"],
    loss: [part("L", "h"), "ink"], h_next: [v.h_bar_next, "h"],
  };
  let [toH, toX] = [0, 0];
  for (const k of [...GATES].reverse()) {
    const hue = k === "o" ? "h" : "c";
    toH += part(`z_${k}`, "h_prev");
    toX += part(`z_${k}`, "x");
    Object.assign(carried, {
      [`z_${k}`]: [part(k, `z_${k}`), hue], [`h_lane_${k}`]: [toH, "h"], [`x_lane_${k}`]: [toX, "wire"],
      [`w_${k}h`]: [pass(`z_${k}`), hue], [`h_tap_${k}`]: [part(`z_${k}`, "h_prev"), "h"],
      [`w_${k}x`]: [pass(`z_${k}`), hue], [`x_tap_${k}`]: [part(`z_${k}`, "x"), "wire"],
    });
  }
  return carried;
}

/** The bias that brings gate `k` to `value`, everything else as it is, and whether the limit stopped it. */
export function biasFor(k, value, v) {
  const z = k === "g" ? Math.atanh(value) : Math.log(value / (1 - value));
  const bias = z - (v[`z_${k}`] - v[`b_${k}`]);
  return { bias: Math.max(-LIMIT, Math.min(LIMIT, bias)), stopped: Math.abs(bias) > LIMIT };
}

/** The whole widget as a tree, from the traits and from what this view's reader points at. */
export function view(t, ui) {
  const wrong = complaint(t);
  if (wrong) return el("div", { class: "widget" }, el("p", { class: "complaint", role: "alert" }, wrong));
  const numbers = compute(t);
  const lit = ui.hover || ui.focus || numbers.pinned || ui.grip;
  const s = { ...numbers, lit, uid: ui.uid, hues: layout.hues, stop: ui.stop || layout.start };
  const drawing = place(layout, ui.width);
  return el("div", { class: `widget ${drawing.wide ? "wide" : "narrow"}${s.backward ? " backward" : ""}` },
    el("div", { class: "top" }, t.forward_only ? null : toggle("backward", "Show gradients", s.backward)),
    el("details", { class: "view", open: ui.table }, el("summary", { "data-action": "table" }, ui.table ? "Show as figure" : "Show as table"),
      ui.table ? table(layout, html, s, rows(t), (name) => sums(s, name)) : null),
    ui.table ? null : figure(layout, drawing, html, s),
    ui.table ? null : s.backward ? ruler(ui.uid, layout.messengers) : key(layout.signs),
    card(equations, layout, s), // next to the graph for the Tab key; wide pages show the handles between the two
    el("div", { class: "hand" },
      el("div", { class: "handles" }, ["i", "f", "o", "g", "x", "y"].map((name) => handle(s, name))),
      el("div", { class: "news" }, el("output", { class: "said", "aria-live": "polite", html: ui.said }),
        Object.keys(s.lock).length ? el("button", { type: "button", "data-action": "release" }, "Unlock all") : null)),
    fold("All the weights", el("div", { class: "weights" },
      [...layout.weights, "h_prev", "c_prev", ...(t.forward_only ? [] : NEXT)].map((name) => handle(s, name)))));
}

function handle(s, name) {
  const [low, high, step] = RANGES[name] ?? RANGES[name[0]];
  const locked = name in s.lock || (GATES.includes(name) && [`z_${name}`, `b_${name}`].some((other) => other in s.lock));
  const inFold = !GATES.includes(name) && name !== "x" && name !== "y";
  return slider(name, s.v[name], { symbol: short(html, name), words: html[name].words, low, high, step, disabled: locked, long: GATES.includes(name) ? 0 : LIMIT,
    bar: inFold && s.backward && layout.barNames[name] ? s.bars[name] : undefined, hue: layout.hues[name] });
}

const rows = (t) => [...layout.names, ...(t.forward_only ? [] : NEXT)];

// the bars that are sums, by their terms
function sums(s, name) {
  if (name === "h") return [["loss", s.part("L", "h")], ["next", s.v.h_bar_next]];
  if (name === "c") return [["through h", s.part("h", "c")], ["along c", s.v.c_bar_next]];
  if (name === "x" || name === "h_prev") return ["i", "f", "o", "g"].map((k) => [`through ${k}`, s.part(`z_${k}`, name)]);
  return [];
}

/** The picture as HTML text, for readers without JavaScript and for tests. */
export function still(t, ui = {}) {
  return print(view(t, { uid: "still", width: 660, hover: "", focus: "", said: "", ...ui }));
}

/** What the reader's hand does to the model: sliders, buttons, pins and drags, as traits. */
export function hands(model) {
  const traits = () => Object.fromEntries(TRAITS.map((name) => [name, model.get(name)]));
  const put = (changes) => {
    Object.entries(changes).forEach(([name, value]) => model.set(name, value));
    model.save_changes();
  };
  const setGate = (k, wanted, change) => {
    const [low, high] = RANGES[k];
    const { bias, stopped } = biasFor(k, Math.max(low, Math.min(high, wanted)), compute(traits()).v);
    put({ [`b_${k}`]: bias });
    change({ said: `${short(html, `b_${k}`)} ${stopped ? "stops at" : "is now"} ${plain(bias)}` });
  };
  const free = (k) => !complaint(traits()) && [k, `z_${k}`, `b_${k}`].every((name) => !(name in compute(traits()).lock));
  const push = (step) => put({ nudge: Math.max(-LIMIT, Math.min(LIMIT, Number((model.get("nudge") + step).toFixed(10)))) });
  const buttons = {
    backward: () => put({ backward: !model.get("backward") }),
    table: (ui, change) => change({ table: !ui.table }),
    release: () => put({ lock: {} }),
    "push-up": () => push(0.1),
    "push-down": () => push(-0.1),
    lock() {
      const { lock, pinned, p } = compute(traits());
      const { [pinned]: held, ...others } = lock;
      put({ lock: held === undefined ? { ...lock, [pinned]: p[pinned] } : others, nudge: 0 });
    },
  };
  return {
    traits,
    input: (name, value, ui, change) => (GATES.includes(name) ? setGate(name, value, change) : (put({ [name]: value }), change({ said: "" }))),
    button: (action, ui, change) => buttons[action]?.(ui, change),
    pin: (name, ui, change) => (put({ pinned: model.get("pinned") === name ? "" : name, nudge: 0 }), change({ stop: name })),
    free: () => put({ pinned: "", nudge: 0 }),
    grip: (name) => (GATES.includes(name) && free(name) ? compute(traits()).v[name] : null),
    drag: (k, start, share, ui, change) => setGate(k, start + share * (layout.ranges[k][1] - layout.ranges[k][0]), change),
  };
}

/** Show the model's cell in `el`; returns the clean-up. */
export function render({ model, el: place }) {
  const act = hands(model);
  return stage({ model, el: place, names: TRAITS, layout, act, draw: (ui) => view(act.traits(), ui) });
}

export default { render };
