// Run once per build by host.py: bundles the widgets' modules into the site's scripts and prints
// each still picture. In: {widgets: {kind: module}, host, stills: {model: {kind, traits, uid}}} in
// the folder of the modules; out: {scripts: {name: text}, needs: {kind: [name]}, stills: {model:
// HTML}}.
import { resolve } from "node:path";
import { text } from "node:stream/consumers";
import { pathToFileURL } from "node:url";
import { rollup } from "rollup";
import { minify } from "terser";

const job = JSON.parse(await text(process.stdin));
const input = Object.fromEntries(
  Object.entries(job.widgets).map(([kind, name]) => [kind, resolve(`${name}.mjs`)]),
);

const fail = (words) => {
  console.error(words);
  process.exit(1);
};

// Nothing here asks a function for `this` or for the number of its parameters, and no reading of a
// property does anything.
/** @type {import("terser").CompressOptions} */
const compress = {
  ecma: 2022,
  passes: 3,
  unsafe_arrows: true,
  keep_fargs: false,
  pure_getters: true,
};
const small = async (code) => (await minify(code, { ecma: 2022, compress })).code;

/** A module and all that it needs. */
function reached(id, info, seen = new Set()) {
  if (seen.has(id)) return seen;
  seen.add(id);
  info(id).importedIds.forEach((need) => reached(need, info, seen));
  return seen;
}

/** The script of a module that several widgets need; many small scripts would compress badly. */
function shared(id, { getModuleInfo }) {
  const entries = Object.values(input);
  const users = entries.filter((entry) => reached(entry, getModuleInfo).has(id)).length;
  if (users < 2) return undefined;
  return users === entries.length ? "all" : "several";
}

async function bundled() {
  const bundle = await rollup({
    input,
    preserveEntrySignatures: "allow-extension", // what is loaded later needs more of an entry
    onLog: (level, log) => fail(log.message),
  });
  const { output } = await bundle.generate({
    // a classic script, which a browser loads from file:// too; host.js is its `System`
    format: "system",
    entryFileNames: "[name]-[hash:8].js",
    chunkFileNames: "[name]-[hash:8].js",
    hashCharacters: "hex",
    generatedCode: "es2015",
    manualChunks: shared,
    plugins: [{ name: "small", renderChunk: small }],
  });
  return output;
}

async function picture({ kind, traits, uid }) {
  const { still } = await import(pathToFileURL(input[kind]).href);
  try {
    return still(traits, { uid, palette: false });
  } catch (error) {
    const given = `still(${JSON.stringify(traits)})`;
    return fail(
      `${kind}.mjs: ${given} fails: ${error.message}; it must print the picture of these traits`,
    );
  }
}

/** @type {any[]} */
const output = await bundled().catch((error) => fail(error.message));
const scripts = { host: await small(job.host) };
const needs = {};
const stem = (file) => file.slice(0, -".js".length);
for (const chunk of output) {
  if (chunk.type !== "chunk") continue;
  const { fileName, name, isEntry, imports, code } = chunk;
  scripts[stem(fileName)] = code;
  if (isEntry) needs[name] = [...imports, fileName].map(stem);
}
const stills = {};
for (const [model, still] of Object.entries(job.stills)) stills[model] = await picture(still);

process.stdout.write(JSON.stringify({ scripts, needs, stills }));
