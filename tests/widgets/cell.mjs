// The cell's figure as the tests ask it: numbers beside numbers measured, derivations, hands,
// boxes.
import { hands } from "../cell/hands.mjs";
import { layout } from "../cell/layout.mjs";
import { compute } from "../cell/numbers.mjs";
import * as graph from "../graph/geometry.mjs";
import { stepsOf } from "../graph/stepper.mjs";
import { neighbour } from "../kit/mount.mjs";
import * as tree from "../kit/tree.mjs";
import * as equations from "../printed/equations.mjs";
import { sweep, total } from "../steps/sweep.mjs";
import { play, reach } from "./play.mjs";

export const { names, barNames } = layout;
export const reached = () => reach(neighbour, layout, layout.start);

export function computed(state) {
  const { v, bars, named, predicted, change } = compute(state);
  const seeds = { L: 1, h: v.h_bar_next, c: v.c_bar_next };
  return { v, bars, named, predicted, change, swept: sweep(equations.partials(v), seeds, {}) };
}

export function gestures(job) {
  const played = play(hands, job);
  const { change, p } = compute(played.values);
  return { ...played, change, moved: p };
}

// by how much a small push of a value moves the loss, with some of them held
function slope(state, name, lock) {
  const d = 1e-5;
  const at = (by) => total(equations.forward(state, { [name]: by }, lock));
  return (at(d) - at(-d)) / (2 * d);
}

export function held(state) {
  const { bars, flows, lock } = compute(state);
  const slopes = names.map((name) => [name, slope(state, name, lock)]);
  return { bars, flows, slopes: Object.fromEntries(slopes) };
}

// the derivation of every bar, line by line
export function derivations(state) {
  const { partials } = compute(state);
  const steps = (name) => stepsOf(equations.html, partials, barNames, layout.seeds, name);
  const told = ({ kind, edges, terms }) => ({
    kind,
    edges,
    html: terms.map(({ html }) => html).join(" + "),
  });
  const rows = Object.entries(barNames).map(([name, bar]) => [bar, steps(name).map(told)]);
  return Object.fromEntries(rows);
}

// every path to every value, and the gradient that they must add up to
export function paths(state) {
  const found = {};
  for (const name of names) {
    const s = compute({ ...state, pinned: name, nudge: 0 });
    found[name] = { paths: s.paths, bar: s.bars[name] ?? 0, partials: s.partials };
  }
  return found;
}

// what a small push of a value does to the loss while all but one of its users are held, and what
// that route should bring
export function routes(state) {
  const s = compute(state);
  return names.flatMap((name) => {
    const users = Object.keys(s.partials).filter((one) => name in s.partials[one]);
    return users.map((user) => {
      const others = users.filter((one) => one !== user);
      const lock = Object.fromEntries(others.map((one) => [one, s.v[one]]));
      const seed = layout.seeds[name] ? s.v[layout.seeds[name]] : 0;
      const brought = s.bars[user] * s.partials[user][name] + seed;
      return [name, user, slope(state, name, lock), brought];
    });
  });
}

// the box of every node in a column of so many pixels
export function boxes(width) {
  const drawing = graph.place(layout, width);
  const { W, H, wide } = drawing;
  const all = names.map((name) => [name, ...drawing.at(name), ...drawing.half(name)]);
  const wires = layout.wires.map((wire) => [wire.id, graph.corners(drawing, wire)]);
  return { W, H, wide, all, wires };
}

export const walk = (keys) =>
  keys.reduce((way, key) => [...way, neighbour(layout, way.at(-1), `Arrow${key}`)], [layout.start]);

export const printed = () =>
  tree.print(tree.el("p", { title: '"<' }, "<b>", tree.el("i", { html: "<b>x</b>" }), null));
