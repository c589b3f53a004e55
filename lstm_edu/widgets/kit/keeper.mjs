// What every figure keeps besides its numbers: its prompts, its first state, its address.
// `mount.mjs` asks it first.

import { put, read } from "./model.mjs";
import { open } from "./prompts.mjs";
import { recall, remember } from "./reload.mjs";
import { changed, fragment, fromFragment, keepNumbers, keptNumbers, python } from "./share.mjs";

const BAD_LINK =
  "The link to this page asks for a state that this figure cannot show; here is its own.";
const KEPT = "Kept in this browser, for the other chapters.";
const YOURS = "Your numbers. Reset brings back the chapter's.";
const MOVES = ["nudge"]; // a push is a gesture, not one of the reader's own numbers
const OWN = ["pinned", "backward"]; // what may differ without making untrue what a prompt has said

// a figure's name in addresses: its kind, and its place among all figures of the page, from 1
function keyOf(view, cls) {
  if (!view) return view;
  const views = [...document.querySelectorAll(".lstm-view")];
  return `${cls.toLowerCase()}-${views.indexOf(view) + 1}`;
}

/**
 * The keeper of one view. `cls` is the widget's name in Python, `names` its traits in the order in
 * which a reader expects them, `number(state)` a pair [key of `values`, number on the screen],
 * `complaint(state)` as the figure's own.
 * @param {{
 *   model: any, el: any, ui: any, cls?: string, names?: string[],
 *   number?: (state: any) => [string, number], complaint?: (state: any) => string,
 * }} view
 */
export function keeper({ model, el, ui, cls = "", names, number, complaint = () => "" }) {
  const first = model.get("first") ?? {};
  const all = Object.keys(first);
  const state = () => read(model, all);
  const key = cls && keyOf(el.closest?.(".lstm-view"), cls);
  const menu = (fresh) => ({ more: { ...ui.more, ...fresh } });
  const copy = (what, text, change) => {
    const say = (note) => change(menu({ what, text, note }));
    const written = navigator.clipboard?.writeText(text) ?? Promise.reject();
    written.then(
      () => say("Copied."),
      () => say("Select it and copy it."),
    );
  };
  const begin = (tried, change) => {
    const one = ui.prompts[tried.k];
    change({ tried, said: "" });
    if (open(one, tried)) put(model, { ...first, ...one.set });
  };
  const verbs = {
    try: (change, k) => begin({ k: Number(k), bets: [] }, change),
    bet(change, n, choice) {
      const bets = [...ui.tried.bets];
      bets[n] ??= Number(choice);
      begin({ ...ui.tried, bets }, change);
    },
    reset(change) {
      put(model, first);
      change({ tried: null, said: "", ...menu({ note: "" }) });
    },
    more(change) {
      const kept = !!key && Object.keys(keptNumbers(cls, first)).length > 0;
      change(menu({ fold: !ui.more.fold, text: "", note: "", kept }));
    },
    keep(change) {
      const now = state();
      const numbers = all.filter((name) => typeof now[name] === "number" && !MOVES.includes(name));
      const done = keepNumbers(cls, Object.fromEntries(numbers.map((name) => [name, now[name]])));
      const note = done ? KEPT : "This browser keeps nothing.";
      change(menu({ text: "", kept: done, note }));
    },
    mine(change) {
      const numbers = keptNumbers(cls, first);
      const bad = complaint({ ...state(), ...numbers });
      if (!bad) put(model, { ...first, ...numbers });
      change({ tried: null, ...menu({ text: "", note: bad ? BAD_LINK : YOURS }) });
    },
    save(change, kind) {
      const root = el.querySelector(".lstm > .widget");
      const saved = import("./save.mjs").then(({ save }) => save(root, cls.toLowerCase(), kind));
      const say = (note) => change(menu({ text: "", note }));
      saved.then(
        () => say("Saved, where this page may save."),
        (error) => say(`Not saved: ${error.message}.`),
      );
    },
    table: (change) => change({ table: !ui.table }),
    link(change) {
      const to = fragment(key, first, state());
      history.replaceState(history.state, "", to);
      copy("link", location.href.split("#")[0] + to, change);
    },
    python: (change) =>
      copy("python", python(cls, names ?? all, state(), first, number(state())), change),
  };
  const arrive = (hash = location.hash) => {
    const found = key ? fromFragment(key, hash, first) : {};
    if (!Object.keys(found).length) return;
    const bad = complaint({ ...state(), ...found });
    if (bad) ui.more = { ...ui.more, note: BAD_LINK };
    else put(model, found);
  };
  const arrived = () => arrive();
  Object.assign(ui, { first, more: { key, cls } });
  arrive(recall(key));
  globalThis.addEventListener?.("hashchange", arrived);
  return {
    look() {
      ui.prompts = model.get("prompts") ?? [];
      const differs = changed(first, state());
      ui.more.differs = differs.length > 0;
      if (key) remember(key, ui.more.differs ? fragment(key, first, state()) : "");
      const wanted = ui.tried && { ...first, ...ui.prompts[ui.tried.k]?.set };
      if (wanted) ui.tried.holds = changed(wanted, state()).every((name) => OWN.includes(name));
    },
    press(action, change) {
      const [verb, ...rest] = action.split(":");
      if (!Object.hasOwn(verbs, verb)) return false;
      verbs[verb](change, ...rest);
      return true;
    },
    stop: () => globalThis.removeEventListener?.("hashchange", arrived),
  };
}
