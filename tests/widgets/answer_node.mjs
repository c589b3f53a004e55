// Runs the answer box's pure functions: argv[2] is the folder that holds the modules, argv[3] a JSON job, stdout its answers.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const at = (name) => import(pathToFileURL(`${process.argv[2]}/${name}.mjs`));
const [{ read }, { judge, prepare }, { words }] = await Promise.all(
  ["answer/grammar", "answer/judge", "answer/words"].map(at),
);
const { questions, items, slow } = JSON.parse(readFileSync(process.argv[3], "utf8"));

// the tree as Python would write it, so that the Python half can judge the very same line
function spell({ op, v, a }) {
  const [x] = a ?? [];
  if (op === "num" || op === "name") return String(v);
  if (op === "call") return `${v}(${spell(x)})`;
  if (op === "pow") return `(${spell(x)})**(${v})`;
  return op === "neg" ? `(-${spell(x)})` : `(${a.map(spell).join(op === "sum" ? " + " : " * ")})`;
}

function answer([question, text]) {
  const q = questions[question];
  const started = performance.now();
  const { tree, wrong, text: seen } = read(text, prepare(q).names);
  const verdict = tree ? judge(tree, q) : wrong;
  const time = performance.now() - started;
  const said = tree ? words(verdict, q.name, seen) : {};
  const { key, right = false, name = "", found = "" } = verdict;
  return {
    key,
    right,
    name,
    found,
    at: verdict.at,
    place: verdict.at ? seen.slice(...verdict.at) : "",
    ...said,
    time,
    text: seen,
    python: tree && !slow ? spell(tree) : "",
  };
}

process.stdout.write(JSON.stringify(items.map(answer)));
