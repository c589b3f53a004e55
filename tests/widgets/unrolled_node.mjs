// Runs the steps of the widgets under node: reads cases from standard input, writes what the browser would compute.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const at = (name) => import(pathToFileURL(join(process.argv[2], `${name}.mjs`)).href);
const [{ run, back, summed }, lstm, rnn] = await Promise.all(
  ["steps/unrolled", "printed/equations", "printed/rnnequations"].map(at),
);
const answers = JSON.parse(readFileSync(0, "utf-8")).map(
  ({ model, p, xs, ys, carry, arriving }) => {
    const equations = model === "lstm" ? lstm : rnn;
    const tape = run(equations, p, xs, ys);
    const bars = back(equations, tape, carry ?? undefined, arriving);
    return { tape, bars, sums: summed(bars) };
  },
);
console.log(JSON.stringify(answers));
