// The graph of any equations as the tests ask it.
import * as graph from "../graph/geometry.mjs";
import { neighbour } from "../kit/mount.mjs";
import { layoutOf } from "../ripple/layout.mjs";
import { hands } from "../ripple/ripple.mjs";
import { play, reach } from "./play.mjs";

export const gestures = ([state, moves]) => play(hands, { state, moves }).values;

// where all stands in a narrow and in a wide column; the program is the name of its module
export async function layouts(program) {
  const layout = layoutOf(await import(`../${program}.mjs`));
  const drawn = (width) => {
    const drawing = graph.place(layout, width);
    return {
      W: drawing.W,
      H: drawing.H,
      boxes: layout.names.map((name) => [name, ...drawing.at(name), ...drawing.half(name)]),
      wires: layout.wires.map((wire) => [wire.id, wire.touches, wire.points.map(drawing.at)]),
    };
  };
  const reached = reach(neighbour, layout, layout.start);
  return { names: layout.names, reached, wide: drawn(660), narrow: drawn(350) };
}
