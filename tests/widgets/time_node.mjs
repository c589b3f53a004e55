// Runs the figure through time under node: argv[2] is the folder of the modules, stdin a JSON job, stdout its answers.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const at = (name) => import(pathToFileURL(`${process.argv[2]}/${name}.mjs`));
const [time, { compute }, lanes, { train, solved, drawer }, { hands }] = await Promise.all(
  ["time/time", "time/numbers", "time/lanes", "time/training", "time/hands"].map(at),
);
const {
  states = [],
  views = [],
  thick = [],
  trained = [],
  gestures = [],
  draws = 0,
} = JSON.parse(
  readFileSync(0, "utf8"),
  (_, value) => ({ "#NaN": NaN, "#Infinity": Infinity })[value] ?? value,
); // JSON has neither

function learnt(job) {
  const run = train(job.model, job);
  const losses = [];
  for (let step = run.next(); ; step = run.next())
    if (step.done) return { losses, right: step.value, solved: solved(step.value) };
    else losses.push(step.value);
}

// a model as a notebook has it, and what the reader's hand left in it
function play({ state, moves }) {
  const values = { ...state };
  const ui = {};
  const model = {
    get: (name) => values[name],
    set: (name, value) => (values[name] = value),
    save_changes: () => {},
  };
  const act = hands(model);
  for (const [kind, ...rest] of moves) act[kind](...rest, ui, (fresh) => Object.assign(ui, fresh));
  return { values, ui };
}

const normal = drawer(1);
process.stdout.write(
  JSON.stringify({
    states: states.map((state, n) => ({
      ...compute(state),
      table: n < 40 ? time.still(state, { table: true }) : "",
      first: time.still(state),
    })),
    views: views.map(([state, ui]) => time.still(state, ui)),
    thick: thick.map(lanes.thickness),
    trained: trained.map(learnt),
    gestures: gestures.map(play),
    draws: Array.from({ length: draws }, normal),
  }),
);
