// Plays prompts, reset, links and Python of one figure: argv[2] is the folder of modules, stdin a JSON job.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const at = (name) => import(pathToFileURL(`${process.argv[2]}/${name}.mjs`));
const [
  { keeper },
  { prompts },
  { more, fragment, fromFragment, python },
  { print },
  { complaint },
  cell,
] = await Promise.all(
  ["kit/keeper", "kit/prompts", "kit/share", "kit/tree", "cell/numbers", "cell/cell"].map(at),
);
const { state, games, hashes, snippets } = JSON.parse(readFileSync(0, "utf8"));

// one view of the figure, at an address, and what its reader presses
function play({ hash, presses, kept }) {
  const address = { hash, href: `file:///book.html${hash}` };
  const replaced = [];
  const views = [{}, {}];
  const values = { ...state };
  const store = { ...kept };
  Object.assign(globalThis, {
    localStorage: {
      getItem: (name) => store[name] ?? null,
      setItem: (name, text) => (store[name] = text),
    },
    location: address,
    history: { replaceState: (a, b, to) => replaced.push(to) },
    document: { querySelectorAll: () => views },
  });
  const model = {
    get: (name) => values[name],
    set: (name, value) => (values[name] = value),
    save_changes() {},
  };
  const ui = {};
  const keep = keeper({
    model,
    el: { closest: () => views[1] },
    ui,
    cls: "Cell",
    complaint,
    number: () => ["L", 1],
  });
  const change = (fresh) => Object.assign(ui, fresh);
  const pictures = [];
  const look = () => (keep.look(), pictures.push(print(prompts(ui) ?? "") + print(more(ui))));
  look();
  const taken = presses.map((action) => {
    if (action.startsWith("set:")) Object.assign(values, JSON.parse(action.slice(4)));
    const found = action.startsWith("set:") || keep.press(action, change);
    look();
    return found;
  });
  return { values, pictures, taken, replaced, store, table: ui.table ?? false };
}

process.stdout.write(
  JSON.stringify({
    games: games.map(play),
    read: hashes.map((hash) => fromFragment("cell-1", hash, state.first)),
    there: snippets.map((changes) =>
      fromFragment(
        "cell-1",
        fragment("cell-1", state.first, { ...state.first, ...changes }),
        state.first,
      ),
    ),
    snippets: snippets.map((changes) => {
      const now = { ...state.first, ...changes };
      return python("Cell", cell.SHARED.names, now, state.first, cell.SHARED.number(now));
    }),
  }),
);
