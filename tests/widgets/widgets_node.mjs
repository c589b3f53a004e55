// Runs the widgets' pure functions: argv[2] is the folder that holds the modules, stdin a JSON job, stdout its answers.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const at = (name) => import(pathToFileURL(`${process.argv[2]}/${name}.mjs`));
const [
  cell,
  { hands },
  { layout },
  { compute },
  graph,
  numbers,
  sweeping,
  stage,
  ribbon,
  tree,
  equations,
  stepper,
] = await Promise.all(
  [
    "cell/cell",
    "cell/hands",
    "cell/layout",
    "cell/numbers",
    "graph/geometry",
    "kit/numbers",
    "steps/sweep",
    "kit/stage",
    "graph/ribbon",
    "kit/tree",
    "printed/equations",
    "graph/stepper",
  ].map(at),
);
const { states, held, views, widths, figures, gestures } = JSON.parse(
  readFileSync(0, "utf8"),
  (_, value) => ({ "#NaN": NaN, "#Infinity": Infinity })[value] ?? value,
); // JSON has neither

// a model as a notebook has it, and what the reader's hand left in it
function play({ state, moves }) {
  const values = { ...state };
  let saved = 0;
  const model = {
    get: (name) => values[name],
    set: (name, value) => (values[name] = value),
    save_changes: () => (saved += 1),
  };
  const act = hands(model);
  const ui = {};
  const change = (fresh) => Object.assign(ui, fresh);
  const grips = moves.map(([kind, ...rest]) =>
    kind === "grip" ? act.grip(...rest) : void act[kind](...rest, ui, change),
  );
  return { values, saved, ui, grips, change: compute(values).change, moved: compute(values).p };
}

// what a push of every value does to the loss, both ways, with some of them held
function answers(state) {
  const s = compute(state);
  const d = 1e-5;
  const at = (name, by) => sweeping.total(equations.forward(state, { [name]: by }, s.lock));
  return {
    bars: s.bars,
    flows: s.flows,
    slopes: Object.fromEntries(layout.names.map((n) => [n, (at(n, d) - at(n, -d)) / (2 * d)])),
  };
}

// the derivation of every bar, line by line
function derivations(state) {
  const s = compute(state);
  const steps = (name) =>
    stepper.stepsOf(equations.html, s.partials, layout.barNames, layout.seeds, name);
  const told = ({ kind, edges, terms }) => ({
    kind,
    edges,
    html: terms.map(({ html }) => html).join(" + "),
  });
  return Object.fromEntries(
    Object.entries(layout.barNames).map(([name, bar]) => [bar, steps(name).map(told)]),
  );
}

// every path to every value, and the gradient that they must add up to
function ways(state) {
  const found = layout.names.map((name) => [name, compute({ ...state, pinned: name, nudge: 0 })]);
  return Object.fromEntries(
    found.map(([name, { paths, bars, partials }]) => [
      name,
      { paths, bar: bars[name] ?? 0, partials },
    ]),
  );
}

// what a small push of a value does to the loss while all but one of its users are held, and what that route should bring
function routes(state) {
  const s = compute(state);
  const d = 1e-5;
  const found = [];
  for (const name of layout.names)
    for (const user of Object.keys(s.partials).filter((one) => name in s.partials[one])) {
      const others = Object.keys(s.partials).filter(
        (one) => name in s.partials[one] && one !== user,
      );
      const lock = Object.fromEntries(others.map((one) => [one, s.v[one]]));
      const at = (by) => sweeping.total(equations.forward(state, { [name]: by }, lock));
      const seed = layout.seeds[name] ? s.v[layout.seeds[name]] : 0;
      found.push([
        name,
        user,
        (at(d) - at(-d)) / (2 * d),
        s.bars[user] * s.partials[user][name] + seed,
      ]);
    }
  return found;
}

// which nodes the arrow keys reach from the first one
function reached() {
  const seen = new Set([layout.start]);
  for (const name of seen)
    for (const key of ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"])
      seen.add(stage.neighbour(layout, name, key));
  return [...seen];
}

// the box of every node in a column of so many pixels
function boxes(width) {
  const drawing = graph.place(layout, width);
  const all = layout.names.map((name) => [name, ...drawing.at(name), ...drawing.half(name)]);
  return {
    W: drawing.W,
    H: drawing.H,
    wide: drawing.wide,
    all,
    wires: layout.wires.map((wire) => [wire.id, graph.corners(drawing, wire)]),
  };
}

process.stdout.write(
  JSON.stringify({
    computed: states.map((state) => {
      const { v, bars, named, predicted, change } = compute(state);
      const swept = sweeping.sweep(
        equations.partials(v),
        { L: 1, h: v.h_bar_next, c: v.c_bar_next },
        {},
      );
      return { v, bars, named, predicted, change, swept };
    }),
    held: held.map(answers),
    derivations: derivations(states[0]),
    ways: held.map(ways),
    routes: states.slice(0, 20).map(routes),
    views: views.map(([state, ui]) => cell.still(state, ui)),
    widths: widths.map((v) => ribbon.width(v)),
    plain: figures.map((v) => numbers.plain(v)),
    signed: figures.map((v) => numbers.signed(v)),
    gestures: gestures.map(play),
    aside: graph.aside(
      [
        [0, 0],
        [10, 0],
        [10, 10],
      ],
      2,
    ),
    reached: reached(),
    walk: [
      "Left",
      "Left",
      "Up",
      "Left",
      "Left",
      "Down",
      "Left",
      "Right",
      "Right",
      "Right",
      "Right",
      "Right",
      "Up",
      "Left",
    ].reduce(
      (way, key) => [...way, stage.neighbour(layout, way[way.length - 1], `Arrow${key}`)],
      [layout.start],
    ),
    names: layout.names,
    barNames: layout.barNames,
    boxes: Object.fromEntries(
      [320, 350, 370, 619, 620, 660, 700, 900].map((width) => [width, boxes(width)]),
    ),
    printed: tree.print(
      tree.el("p", { title: '"<' }, "<b>", tree.el("i", { html: "<b>x</b>" }), null),
    ),
  }),
);
