// The answer box: an exercise that is checked in the page. A line, a number, a choice, a bug to
// find, a prediction.

import { LENGTH, read } from "./reading.mjs";
import { notation } from "./notation.mjs";
import { prepare } from "./judge.mjs";
import { signed } from "../kit/numbers.mjs";
import { adopt, take } from "./offers.mjs";
import { clear, idOf, kept, note, rename, solved, watch } from "./progress.mjs";
import { recall, remember } from "../kit/reload.mjs";
import { create, patch, print } from "../kit/tree.mjs";
import { inSlices } from "./slices.mjs";
import { begun, line, more } from "./verdict.mjs";
import { FIELD, view } from "./view.mjs";
import { edge, light } from "./where.mjs";
import { sentence } from "./words.mjs";

const TRAITS = [
  "kind",
  "ask",
  "name",
  "lines",
  "homework",
  "last",
  "in_time",
  "exercise",
  "solution",
  "menu",
  "answer",
  "id",
];

/**
 * The verdict on what a reader answers, whatever the kind of exercise: { right, praise, fault, … }.
 */
export function verdict(t, answer) {
  if (t.kind === "formula") return line(answer, t);
  if (t.kind === "number") return onNumber(answer, t.exercise);
  const chosen = (t.exercise.options ?? [])[answer];
  if (!chosen) return { fault: sentence("choice-none") };
  return { right: chosen[2], fault: chosen[1], tried: true };
}

function onNumber(answer, { right, tolerance, wrong = [] }) {
  const typed = String(answer).slice(0, LENGTH).trim().replace(/[−–]/, "-").replace(",", ".");
  const value = /^[-+]?(\d+\.?\d*|\.\d+)(e-?\d+)?$/i.test(typed) ? Number(typed) : NaN;
  if (!Number.isFinite(value)) return { fault: sentence("value-unread"), unread: true };
  const near = (x, by = tolerance) => Math.abs(value - x) <= by * 1.000001;
  if (near(right))
    return { right: true, fault: sentence("value-right", { asked: signed(right) }), tried: true };
  const foreseen = wrong.find(([x]) => near(x));
  return { fault: foreseen ? foreseen[1] : sentence(keyOf(near, right, tolerance)), tried: true };
}

function keyOf(near, right, tolerance) {
  if (near(-right)) return "value-negative";
  return near(right, 6 * tolerance) ? "value-rounded" : "value-wrong";
}

/** The box as HTML text, for tests. */
export function still(t, ui = {}) {
  return print(view(t, { uid: "still", text: "", tries: 0, palette: true, ...ui }));
}

let warned = false; // whether this page has said that nothing is kept

/** Show the box. */
export function render({ model, el: place }) {
  const root = place.appendChild(document.createElement("div"));
  root.className = "lstm";
  const t = () => Object.fromEntries(TRAITS.map((name) => [name, model.get(name)]));
  rename(model.get("was"));
  const key = () => (place.closest(".lstm-view") && model.get("id") ? idOf(t()) : "");
  const known = () => ({ solved: solved(), kept: kept() });
  /** @type {any} */
  const ui = {
    uid: `ab${Math.random().toString(36).slice(2, 8)}`,
    text: recall(key()) ?? model.get("answer"),
    tries: 0,
    palette: matchMedia("(pointer: coarse)").matches,
    framed: self !== top,
    ...known(),
  };
  let tree = view(t(), ui);
  let shown = root.appendChild(create(tree));
  const input = () => root.querySelector("[data-ab-field]");
  const show = (fresh = {}) => {
    Object.assign(ui, fresh);
    const next = view(t(), ui);
    shown = patch(shown, tree, next);
    tree = next;
  };
  let stop = () => {}; // the search that runs
  const typed = (text) => {
    stop();
    if (input() && input().value !== text) input().value = text;
    if (key()) remember(key(), text);
    const stale = ui.verdict && ui.verdict.text !== undefined && FIELD.includes(model.get("kind"));
    show({ text, ...(stale ? { verdict: null, where: false, numbers: false } : {}) });
    if (model.get("answer") === text) return;
    model.set("answer", text);
    model.save_changes(); // what is not saved yet, a late echo from Python would overwrite
  };
  let missed = false; // where the other notations cannot be fetched, the book's own is read
  // every notation, from the first key on
  const later = () =>
    import("./foreign.mjs").then(
      () => show(),
      () => (missed = true),
    );
  const check = () => {
    stop();
    if (model.get("kind") === "formula" && !notation.all && !missed) return later().then(check);
    const said = model.get("kind") === "formula" ? begun(ui.text, t()) : verdict(t(), ui.text);
    if (missed && said.unread) return tell({ ...said, fault: sentence("fetched", said) });
    if (said.key !== "unknown") return tell(said);
    stop = inSlices(more(said, t()), {
      slow: () => show({ verdict: { fault: sentence("looking"), text: said.text } }),
      done: (better) => tell(better ?? said),
    });
  };
  const tell = (said) => {
    if (said.right && model.get("id")) note(idOf(t()));
    const lost = said.right && !kept() && !warned;
    warned ||= lost;
    show({
      verdict: { ...said, lost },
      tries: ui.tries + (said.tried && !said.right ? 1 : 0),
      where: !!said.at && !said.right && said.key !== "unknown",
    });
  };
  const insert = (text) => {
    const { selectionStart, selectionEnd } = input();
    input().setRangeText(text, selectionStart, selectionEnd, "end");
    input().focus();
    typed(input().value);
  };
  const drafts = {};
  const choose = (name) => {
    drafts[model.get("name")] = ui.text;
    Object.assign(ui, { verdict: null, tries: 0, where: false, numbers: false, solution: false });
    model.set("name", name);
    model.save_changes();
    typed(drafts[name] ?? recall(key()) ?? "");
  };
  const act = {
    check,
    choose: (button) => choose(button.dataset.typed),
    mean(button) {
      take(read(ui.text, prepare(t()).names).offer[button.dataset.typed]);
      input().focus();
      if (ui.verdict) check();
      else show();
    },
    insert: (button) => insert(button.dataset.typed),
    palette() {
      show({ palette: !ui.palette });
      if (!notation.all) later(); // it brings the authors to choose from
    },
    progress: () => show({ progress: !ui.progress }),
    numbers: () => show({ numbers: !ui.numbers }),
    solution: () => show({ solution: !ui.solution }),
    where() {
      const [asked, found] = [model.get("name"), ui.verdict.name];
      show({ where: true });
      light(found || asked, edge(asked, found));
    },
    clear: () => clear(),
  };
  const gone = new AbortController();
  const on = (type, call) => root.addEventListener(type, call, { signal: gone.signal });
  // so that the first verdict need not wait for it
  setTimeout(() => model.get("kind") === "formula" && prepare(t()), 200);
  on("keydown", (event) => {
    event.stopPropagation(); // JupyterLab would take the keys
    // no form: a frame may forbid to submit one
    if (event.key === "Enter" && !event.isComposing && event.target.matches("input")) check();
  });
  on("input", ({ target }) => {
    if (!notation.all) later();
    if (target.dataset.abWhose) {
      adopt(target.value);
      return show({ verdict: null });
    }
    if (target.type === "radio") return typed(target.value);
    // enough to say that it is too long
    if (target.value.length > LENGTH) target.value = target.value.slice(0, LENGTH + 1);
    typed(target.value);
  });
  on("click", (event) => {
    const button = event.target.closest("[data-ab]");
    // the state opens it, not the browser
    if (button?.tagName === "SUMMARY") event.preventDefault();
    if (button) act[button.dataset.ab]?.(button);
  });
  if (input()) input().value = ui.text;
  if (ui.text !== model.get("answer")) typed(ui.text);
  const unwatch = watch(() => show(known()));
  const fromModel = () => model.get("answer") !== ui.text && typed(model.get("answer"));
  model.on("change:answer", fromModel);
  return () => {
    model.off("change:answer", fromModel);
    stop();
    unwatch();
    gone.abort();
    root.remove();
  };
}
