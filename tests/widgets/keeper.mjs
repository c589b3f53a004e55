// Prompts, reset, links and Python of one figure, played without a page.
import { complaint } from "../cell/numbers.mjs";
import { share } from "../cell/cell.mjs";
import { keeper } from "../kit/keeper.mjs";
import { prompts } from "../kit/prompts.mjs";
import { fragment, fromFragment, more, python } from "../kit/share.mjs";
import { print } from "../kit/tree.mjs";

// one view of the figure, at an address, and what its reader presses
export function play(state, { hash, presses, kept }) {
  const replaced = [];
  const views = [{}, {}];
  const values = { ...state };
  const store = { ...kept };
  Object.assign(globalThis, {
    localStorage: {
      getItem: (name) => store[name] ?? null,
      setItem: (name, text) => (store[name] = text),
    },
    location: { hash, href: `file:///book.html${hash}` },
    history: { replaceState: (a, b, to) => replaced.push(to) },
    document: { querySelectorAll: () => views },
  });
  const model = {
    get: (name) => values[name],
    set: (name, value) => (values[name] = value),
    save_changes() {},
  };
  const ui = {};
  const el = { closest: () => views[1] };
  const keep = keeper({ model, el, ui, cls: "Cell", complaint, number: () => ["L", 1] });
  const change = (fresh) => Object.assign(ui, fresh);
  const pictures = [];
  const look = () => {
    keep.look();
    pictures.push(print(prompts(ui) ?? "") + print(more(ui)));
  };
  look();
  const taken = presses.map((action) => {
    const set = action.startsWith("set:");
    if (set) Object.assign(values, JSON.parse(action.slice(4)));
    const found = set || keep.press(action, change);
    look();
    return found;
  });
  return { values, pictures, taken, replaced, store, table: ui.table ?? false };
}

export const read = (first, hash) => fromFragment("cell-1", hash, first);
export const there = (first, changes) =>
  read(first, fragment("cell-1", first, { ...first, ...changes }));
export function snippet(first, changes) {
  const now = { ...first, ...changes };
  return python("Cell", share.names, now, first, share.number(now));
}
