// Runs the pure functions of the graph of equations: argv[2] is the folder of the modules, stdin a JSON job.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const at = (name) => import(pathToFileURL(`${process.argv[2]}/${name}.mjs`));
const [ripple, { layoutOf }, graph, stage] = await Promise.all(
  ["ripple/ripple", "ripple/layout", "graph/geometry", "kit/stage"].map(at),
);
const { states, views, programs, gestures } = JSON.parse(readFileSync(0, "utf8"), (_, v) =>
  v === "#NaN" ? NaN : v,
);

function drawn(layout, width) {
  const drawing = graph.place(layout, width);
  return {
    W: drawing.W,
    H: drawing.H,
    boxes: layout.names.map((name) => [name, ...drawing.at(name), ...drawing.half(name)]),
    wires: layout.wires.map((wire) => [wire.id, wire.touches, wire.points.map(drawing.at)]),
  };
}

// which nodes the arrow keys reach from the first one
function reached(layout) {
  const seen = new Set([layout.start]);
  for (const name of seen)
    for (const key of ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"])
      seen.add(stage.neighbour(layout, name, key));
  return [...seen];
}

function play([state, moves]) {
  const values = { ...state };
  const act = ripple.hands({
    get: (name) => values[name],
    set: (name, v) => (values[name] = v),
    save_changes() {},
  });
  moves.forEach(([kind, ...rest]) => act[kind](...rest, {}, () => {}));
  return values;
}

const layouts = await Promise.all(programs.map(async (name) => layoutOf(await at(name))));
process.stdout.write(
  JSON.stringify({
    numbers: states.map((t) => ripple.numbersOf(t)),
    views: views.map(([t, ui]) => ripple.still(t, ui)),
    layouts: layouts.map((layout) => ({
      names: layout.names,
      reached: reached(layout),
      wide: drawn(layout, 660),
      narrow: drawn(layout, 350),
    })),
    played: gestures.map(play),
  }),
);
