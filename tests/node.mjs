// Answers jobs, one a line: [module, name, ...given] asks for what a module exports, called with
// what is given. argv[2] is the folder of the modules. JSON has neither NaN nor Infinity: they come
// as "#NaN" and "#Infinity".
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const FAR = new Map([
  ["#NaN", NaN],
  ["#Infinity", Infinity],
]);
const revived = (_, value) => (FAR.has(value) ? FAR.get(value) : value);

// a page loads it at the first key
await import(pathToFileURL(`${process.argv[2]}/answer/foreign.mjs`).href);

async function answer([module, name, ...given]) {
  const found = (await import(pathToFileURL(`${process.argv[2]}/${module}.mjs`).href))[name];
  return typeof found === "function" ? found(...given) : found;
}

for await (const line of createInterface({ input: process.stdin })) {
  const told = await answer(JSON.parse(line, revived)).then(
    (value) => ({ value }),
    (error) => ({ error: error.stack }),
  );
  console.log(JSON.stringify(told));
}
