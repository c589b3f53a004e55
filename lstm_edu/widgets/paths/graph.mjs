// Two or three steps of the cell as a graph: cell state above, hidden state below, time to the
// right. What the lit paths take is drawn thick, in the hue of what carries it; what no path takes
// any more is dotted.

import { math } from "../kit/letters.mjs";
import { frame, toward, wireTree } from "../graph/geometry.mjs";
import { padlock } from "../graph/nodes.mjs";
import { number, signedNumber } from "../kit/numbers.mjs";
import { hueOf, letter, stepOf, symbolOf, WEIGHTS } from "./numbers.mjs";
import { classes, el } from "../kit/tree.mjs";

const GATES = ["f", "i", "g", "o"]; // from left to right as they stand
const [C, GATE, H, LOSS] = [36, 112, 188, 238]; // heights of the lanes
const SIZES = { c: [34, 22], h: [34, 22], L: [21, 17] };
const BOXES = { ...SIZES, mark: [20, 17], small: [15, 15], weight: [12, 12] };
const inner = (name) => /^(z_|L_)/.test(name); // between two nodes that are drawn

/** The nodes of a path that are drawn: z belongs to its gate, a step's loss to L. */
export const drawn = (names) => names.filter((name) => !inner(name));

/** Whether a path passes a node of the picture. */
export const passes = ({ names }, place) => {
  const [name, step] = place.split("@");
  return names.includes(name) && (!step || stepOf(names[1]) === Number(step));
};

function hops(names) {
  const nodes = drawn(names);
  return nodes.slice(1).map((u, k) => `${nodes[k]}>${u}`);
}

/** Where the nodes stand in a picture `width` wide. */
function places(T, width, of, to) {
  const at = {};
  const step = (width - 70) / T;
  for (let t = 0; t <= T; t++) {
    const x = 35 + step * t;
    Object.assign(at, { [`c_${t}`]: [x, C], [`h_${t}`]: [x, H] });
    if (t === 0) continue;
    GATES.forEach((k, n) => {
      at[`${k}_${t}`] = [x - step + 55 + (n * (step - 106)) / 3, GATE];
    });
  }
  if (to === "L") at.L = [35 + step * T, LOSS];
  if (WEIGHTS.includes(of))
    for (let t = 1; t <= T; t++) at[`${of}@${t}`] = [at[`${of[2]}_${t}`][0] + 20, 156];
  return at;
}

function route(at, v, u) {
  const [a, b] = [at[v] ?? at[`${v}@${stepOf(u)}`], at[u]];
  const [from, to] = [letter(v), letter(u)];
  if (from === "o") return [a, [b[0], a[1]], b];
  if (to === "c") return from === "c" ? [a, b] : [a, [a[0], b[1]], b];
  if (from === "h" && to !== "L") return [a, [b[0], a[1]], b];
  if (to === "L") return a[0] === b[0] ? [a, b] : [a, [a[0], b[1]], b];
  return [a, b];
}

const half = (name) => SIZES[letter(name)] ?? (WEIGHTS.includes(name) ? BOXES.weight : BOXES.small);

function trimmed(points, v, u) {
  const reach = (name, a, b) => half(name)[Math.abs(a[0] - b[0]) < Math.abs(a[1] - b[1]) ? 1 : 0];
  const [first, second] = points;
  const [before, last] = points.slice(-2);
  const inside = [...points];
  inside[0] = toward(first, second, reach(v, first, second));
  inside[points.length - 1] = toward(last, before, reach(u, last, before));
  return inside;
}

/**
 * The picture; `lit` are the paths to be seen, `node` a node that is pointed at, `s` the numbers of
 * `compute`.
 */
export function graph(t, s, ui, lit, node) {
  const [width, height] = [Math.min(ui.width, 760), t.to === "L" ? 262 : 216];
  const at = places(t.T, width, t.of, t.to);
  const users = Object.entries(s.edges).filter(([user]) => user !== "L" && !inner(user));
  const wires = users.flatMap(([user, slopes]) =>
    Object.keys(slopes).flatMap((name) => gatesIn(s.edges, name, user, t.of)),
  );
  if (t.to === "L") for (let k = 1; k <= t.T; k++) wires.push([`h_${k}`, "L"]);
  const open = new Set(s.paths.filter(({ off }) => !off).flatMap(({ names }) => hops(names)));
  const closed = new Set(s.paths.filter(({ off }) => off).flatMap(({ names }) => hops(names)));
  const thick = new Set(lit.flatMap(({ names }) => hops(names)));
  const wireKind = (id) => {
    if (open.has(id)) return "taken";
    return closed.has(id) ? "gone" : "idle";
  };
  // what is lit lies on top
  const rank = (wire) => [open, thick].filter((set) => set.has(wire.join(">"))).length;
  const trails = (v, u, points) =>
    el("path", {
      class: `trail ${trailHue(v, u)}`,
      d: `M${points.map((point) => point.join(" ")).join("L")}`,
    });
  return el(
    "div",
    { class: "figure paths-graph", style: `width:${width}px;height:${height}px` },
    el(
      "svg",
      { width, height, "aria-hidden": "true" },
      [...wires]
        .sort((a, b) => rank(a) - rank(b))
        .map(([v, u]) => {
          const [id, points] = [`${v}>${u}`, trimmed(route(at, v, u), v, u)];
          return el(
            "g",
            { class: wireKind(id), "data-wire": id },
            thick.has(id) ? trails(v, u, points) : null,
            wireTree(points, { lit: open.has(id), arrow: true }),
          );
        }),
    ),
    el(
      "div",
      {
        role: "listbox",
        "aria-label": "The steps as a graph. Enter switches off all paths through a value, or on.",
        class: "graph",
      },
      Object.keys(at).map((name) => spot(t, s, ui, name, at[name], lit, node)),
    ),
  );
}

// an edge into a pre-activation is drawn as one into its gate
function gatesIn(edges, name, user, of) {
  if (!inner(name)) return [[name, user]];
  const from = Object.keys(edges[name]).filter((v) => /^[ch]_\d/.test(v) || v === of);
  return from.map((v) => [v, user]);
}

const trailHue = (v, u) => (WEIGHTS.includes(v) ? hueOf(u, v) : hueOf(u === "L" ? "L_1" : u, v));

// whether a node is what is pointed at, here by its number or elsewhere by its letter; z belongs to
// its gate
const here = ({ names = [], pointed }, name) =>
  names.includes(name) || names.includes(`z_${name}`) || letter(name) === pointed;

// how a node is drawn: a weight is one of a step, a mark is the loss
function kindOf(name, step) {
  if (step) return "weight";
  if (name === "L") return "mark";
  return GATES.includes(letter(name)) ? "small" : letter(name);
}

// the paths through a node; those through a weight enter its gate at one step
const through = (paths, name, step) =>
  paths.filter(({ names }) => {
    if (!step) return names.includes(name);
    const gates = names.filter((u) => u.startsWith("z_"));
    return names[0] === name && gates.some((u) => stepOf(u) === Number(step));
  });

const seen = (lit, name, step) =>
  lit.some(({ names }) => names.includes(name)) &&
  (!step || lit.some(({ names }) => stepOf(names[1]) === Number(step)));

// the value, or where paths are merged the gradient
function numberOf(t, s, name, step, used) {
  if (step) return null;
  const bar = s.bars[name];
  return t.grouped && bar !== undefined && used
    ? signedNumber(bar, { class: "num bar-value", "data-bar": name })
    : number(s.v[name]);
}

function symbolFor(kind, name) {
  if (kind === "weight") return "";
  return kind === "small" ? `<i>${letter(name)}</i>` : symbolOf(name);
}

function spot(t, s, ui, place, at, lit, node) {
  const [name, step] = place.split("@");
  const paths = through(s.paths, name, step);
  const end = name === t.of || name === t.to;
  const held = paths.length > 0 && paths.every(({ off }) => off) && !end;
  const kind = kindOf(name, step);
  const states = {
    seen: seen(lit, name, step),
    held,
    aside: !paths.length,
    active: name === node || here(ui, name),
  };
  const value = numberOf(t, s, name, step, paths.length > 0);
  const state = kind === "c" || kind === "h";
  return el(
    "div",
    {
      class: classes("node path-node", kind, states),
      role: "option",
      "data-name": place,
      id: `${ui.uid}-${place}`,
      tabindex: place === (s.nodes.includes(ui.stop) ? ui.stop : t.to) ? "0" : "-1",
      "aria-selected": String(held),
      style: frame(at, BOXES[kind]),
    },
    el("span", { class: "spoken" }, `${paths.length} paths through `),
    math(symbolFor(kind, name)),
    state ? value : el("span", { class: "spoken" }, value ?? name),
    held ? lock() : null,
  );
}

const lock = () =>
  el("span", { class: "padlock" }, padlock(), el("span", { class: "spoken" }, " off"));

/** The names of all nodes in the picture. */
export const nodesOf = (t) => Object.keys(places(t.T, 600, t.of, t.to));

/** Which node an arrow key leads to: along time, or between the lanes. */
export function walks(t) {
  const [next, previous, siblings] = [{}, {}, []];
  const follow = (name, after) => {
    next[name] = after;
    previous[after] = name;
  };
  for (let k = 1; k <= t.T; k++) {
    const row = [`h_${k - 1}`, ...GATES.map((gate) => `${gate}_${k}`), `h_${k}`];
    row.slice(1).forEach((name, n) => follow(row[n], name));
    follow(`c_${k - 1}`, `c_${k}`);
    for (const gate of GATES) {
      const weight = WEIGHTS.includes(t.of) && t.of[2] === gate ? [`${t.of}@${k}`] : [];
      siblings.push([`c_${k}`, `${gate}_${k}`, ...weight, `h_${k}`]);
    }
  }
  for (let k = 0; k <= t.T; k++) {
    const loss = k === t.T && t.to === "L" ? ["L"] : [];
    siblings.unshift([`c_${k}`, `h_${k}`, ...loss]);
  }
  return { next, previous, siblings };
}
