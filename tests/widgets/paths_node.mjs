// Runs the figure of ways under node: argv[2] is the folder of modules; each line that comes in is a list of jobs, each
// that goes out the list of their answers.
import { join } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const at = (name) => import(pathToFileURL(join(process.argv[2], `${name}.mjs`)).href);
const [numbers, paths, pathshands, graph, stairs, sums, { neighbour }, { print }, share] =
  await Promise.all(
    [
      "paths/numbers",
      "paths/paths",
      "paths/hands",
      "paths/graph",
      "plot/stairs",
      "plot/sums",
      "kit/stage",
      "kit/tree",
      "kit/share",
    ].map(at),
  );
const revive = (_, value) => (value === "#NaN" ? NaN : value === "#Infinity" ? Infinity : value); // JSON has neither
const jobs = {
  compute(t) {
    const { paths: list, total, aim, sets, named, bars, v, count } = numbers.compute(t);
    const terms = list.map(({ names, product, factors }) => ({
      names,
      product,
      factors: factors.map(({ value }) => value),
      hues: factors.map(({ hue }) => hue),
    }));
    return {
      terms,
      total,
      aim,
      sets,
      named,
      bars,
      v,
      products: count.products,
      many: String(count.many),
    };
  },
  counted: ([T, of, to]) => String(numbers.counted(T, of, to).many),
  products: ([T, of, to]) => numbers.counted(T, of, to).products,
  view: ([t, ui]) => paths.still(t, ui),
  python: ([t, first]) =>
    share.python("Paths", paths.SHARED.names, t, first, paths.SHARED.number(t)),
  complaint: (t) => numbers.complaint(t),
  // a model as a notebook has it, and what the reader's hand left in it
  play({ state, moves }) {
    const values = { ...state };
    const model = {
      get: (name) => values[name],
      set: (name, value) => (values[name] = value),
      save_changes() {},
    };
    const layout = {};
    const act = pathshands.hands(model, layout);
    act.traits();
    const ui = {};
    for (const [kind, ...rest] of moves)
      act[kind](...rest, ui, (fresh) => Object.assign(ui, fresh));
    return { values, ui };
  },
  reached(t) {
    const layout = graph.walks(t);
    const seen = new Set([t.to]);
    for (const name of seen)
      for (const key of ["Left", "Right", "Up", "Down"])
        seen.add(neighbour(layout, name, `Arrow${key}`));
    return { seen: [...seen].sort(), nodes: graph.nodesOf(t).sort() };
  },
  levels: (values) => stairs.levels(values.map((value) => ({ value }))),
  stairs: ([values, options]) =>
    print(
      stairs.staircase(
        values.map((value) => ({ symbol: "<i>w</i>", value, hue: "c" })),
        options,
      ),
    ),
  sums: ([values, options]) =>
    print(
      sums.sumBars(
        values.map((value) => ({ symbol: "<i>w</i>", value, hue: "h" })),
        options,
      ),
    ),
  linear: (values) => {
    const { low, high, ticks } = sums.linear(values);
    return { low, high, ticks };
  },
};
for await (const line of createInterface({ input: process.stdin })) {
  const answers = JSON.parse(line, revive).map(([job, given]) => jobs[job](given));
  console.log(JSON.stringify(answers, (_, v) => (Number.isNaN(v) ? "NaN" : v)));
}
