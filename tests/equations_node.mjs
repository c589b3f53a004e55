// Runs printed modules: stdin is a JSON list of requests, stdout the list of answers, each with every value by name.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const requests = JSON.parse(readFileSync(0, "utf8"));
const answers = [];
for (const { module, v, nudge, lock } of requests) {
  const js = await import(pathToFileURL(module));
  try {
    const values = js.forward(v, nudge, lock);
    answers.push({
      values,
      bars: js.backward(values),
      partials: js.partials(values),
      inputs: js.inputs,
      html: Object.keys(js.html),
    });
  } catch (error) {
    answers.push({ error: error.message });
  }
}
process.stdout.write(JSON.stringify(answers));
