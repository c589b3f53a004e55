// Run once per build by widget_host.py: makes the site's scripts small, runs them, and prints each still picture.
// In: {scripts: {name: text}, modules: [name], stills: {model: {kind, script, traits, uid}}}; out: {scripts, stills}.
import { runInThisContext } from "node:vm";
import { minify } from "terser";

let text = "";
for await (const piece of process.stdin) text += piece;
const job = JSON.parse(text);

const fail = (words) => {
  console.error(words);
  process.exit(1);
};

// nothing here asks a function for `this` or for the number of its parameters, and no reading of a property does anything
const compress = {
  ecma: 2022,
  passes: 3,
  unsafe_arrows: true,
  keep_fargs: false,
  pure_getters: true,
};
const scripts = {};
for (const [name, code] of Object.entries(job.scripts))
  try {
    scripts[name] = (await minify(code, { ecma: 2022, compress })).code;
  } catch (error) {
    fail(`${name}.js, line ${error.line}: ${error.message}`);
  }

// the very scripts that a reader's browser runs
job.modules.forEach((name) => runInThisContext(scripts[name], `${name}.js`));
const made = {};
const use = (name) => (made[name] ??= globalThis.lstmModules[name](use));

const stills = {};
for (const [model, { kind, script, traits, uid }] of Object.entries(job.stills))
  try {
    stills[model] = use(script)[`${kind}_${kind}_mjs`].still(traits, { uid, palette: false });
  } catch (error) {
    fail(
      `${kind}.mjs: still(${JSON.stringify(traits)}) fails: ${error.message}; it must print the picture of these traits`,
    );
  }

process.stdout.write(JSON.stringify({ scripts, stills }));
