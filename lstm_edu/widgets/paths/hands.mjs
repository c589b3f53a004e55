// What the reader's hand means: ends, steps and switches become traits of the model; a node
// switches all paths through it.

import { put, read } from "../kit/model.mjs";
import { rules } from "../printed/paths.mjs";
import { once } from "../kit/numbers.mjs";
import { nodesOf, passes, walks } from "./graph.mjs";
import { complaint, compute, letter, LISTED, sources, stepOf, targets } from "./numbers.mjs";

/** What the reader's hand does to the model. */
export function hands(model, layout) {
  const traits = () => {
    const t = read(model, Object.keys(rules));
    if (!complaint(t)) Object.assign(layout, walkable(t));
    return t;
  };
  const toggled = (ids) => {
    const off = model.get("off");
    const all = ids.length > 0 && ids.every((id) => off.includes(id));
    const fewer = off.filter((id) => !ids.includes(id));
    const more = [...new Set([...off, ...ids])].sort((a, b) => a - b);
    put(model, { off: all ? fewer : more });
  };
  const lists = { of: sources, to: targets };
  // the target in the other number of steps: a last step stays the last
  const within = (name, T) => {
    const last = stepOf(name) > T || stepOf(name) === model.get("T");
    return last ? `${letter(name)}_${T}` : name;
  };
  const buttons = {
    T() {
      const T = model.get("T") === 2 ? 3 : 2;
      const from = model.get("of");
      const of = stepOf(from) >= T ? `${letter(from)}_${T - 1}` : from;
      put(model, { T, of, to: within(model.get("to"), T), off: [] });
    },
    grouped: () => put(model, { grouped: !model.get("grouped"), off: [] }),
  };
  // the menu's first entry leaves nothing out, its last may be the reader's own choice
  const leave = (value) => {
    const sets = Object.values(compute(traits()).sets).filter((ids) => ids.length);
    put(model, { off: [[], ...sets][value] ?? model.get("off") });
  };
  const flip = (name) => {
    if (complaint(traits()) || model.get("grouped")) return;
    const s = compute(traits());
    if (name === "rest") toggled(s.rest.map(({ id }) => id));
    else if (/^p\d+$/.test(name)) toggled([Number(name.slice(1))]);
    else if (name !== model.get("of") && name !== model.get("to"))
      toggled(s.paths.filter((path) => passes(path, name)).map(({ id }) => id));
  };
  return {
    traits,
    input(name, value) {
      if (name in lists) put(model, { [name]: lists[name](model.get("T"))[value], off: [] });
      else if (name === "leave") leave(value);
      else put(model, { [name]: value });
    },
    button(action, ui, change) {
      const [verb, name] = action.split(":");
      if (name) change({ stop: name }); // a click on a row looks at it, its box switches it
      if (verb === "flip") flip(name);
      buttons[action]?.();
    },
    pin: flip,
    free: () => put(model, { off: [] }),
  };
}

// the rows go into the same table of neighbours as the nodes
const walkable = once(LISTED, (t) => {
  const { shown, rest } = compute(t);
  const rows = [...shown.map(({ id }) => `p${id}`), ...(rest.length ? ["rest"] : [])];
  const steps = walks(t);
  return {
    ...steps,
    start: t.to,
    siblings: [rows, ...steps.siblings],
    names: [...new Set(nodesOf(t).map(letter))],
  };
});
