// The answer box: an exercise that is checked in the page. A line, a number, a choice, a bug to
// find, a prediction.
// Longer than 300 lines because the five kinds of exercise share one frame and are drawn side by
// side.

import { pointed, typeset } from "./echo.mjs";
import { html } from "../printed/equations.mjs";
import { LENGTH, read } from "./grammar.mjs";
import { prepare } from "./judge.mjs";
import { prose, symbol } from "../kit/letters.mjs";
import { plain, signed } from "../kit/numbers.mjs";
import { clear, note, progress, solved, watch } from "./progress.mjs";
import { create, el, patch, print } from "../kit/tree.mjs";
import { line } from "./verdict.mjs";
import { edge, light } from "./where.mjs";
import { letters, sentence } from "./words.mjs";

const TRAITS = [
  "kind",
  "ask",
  "name",
  "lines",
  "homework",
  "last",
  "exercise",
  "solution",
  "menu",
  "answer",
];

const FIELD = ["formula", "number"];

const OPERATORS = [
  ["tanh(", "tanh"],
  ["σ(", "σ"],
  ["(", "("],
  [")", ")"],
  ["^2", "²"],
  [" + ", "+"],
  [" − ", "−"],
  ["1", "1"],
];

const NEXT = ["h_bar_next", "c_bar_next"];

/**
 * The verdict on what a reader answers: { right, praise, fault, … }, whatever the kind of exercise.
 */
export function verdict(t, answer) {
  if (t.kind === "formula") return line(answer, t);
  const { right, tolerance, wrong = [], options = [] } = t.exercise;
  if (t.kind === "number") return onNumber(answer, right, tolerance, wrong);
  const chosen = options[answer];
  if (!chosen) return { fault: sentence("choice-none") };
  return { right: chosen[2], fault: chosen[1], tried: true };
}

function onNumber(answer, right, tolerance, wrong) {
  const typed = String(answer).slice(0, LENGTH).trim().replace(/[−–]/, "-").replace(",", ".");
  const value = /^[-+]?(\d+\.?\d*|\.\d+)(e-?\d+)?$/i.test(typed) ? Number(typed) : NaN;
  if (!Number.isFinite(value)) return { fault: sentence("value-unread"), unread: true };
  const near = (x, by = tolerance) => Math.abs(value - x) <= by * 1.000001;
  if (near(right))
    return { right: true, fault: sentence("value-right", { asked: signed(right) }), tried: true };
  const foreseen = wrong.find(([x]) => near(x));
  const key = near(-right)
    ? "value-negative"
    : near(right, 6 * tolerance)
      ? "value-rounded"
      : "value-wrong";
  return { fault: foreseen ? foreseen[1] : sentence(key), tried: true };
}

/** The whole box as a tree. */
export function view(t, ui) {
  const said = ui.verdict ?? {};
  return el(
    "div",
    { class: `widget ab ab-${t.kind}` },
    Object.keys(t.menu ?? {}).length ? menu(t) : null,
    FIELD.includes(t.kind) ? field(t, ui) : choices(t, ui),
    t.kind === "formula" ? [echo(t, ui), palette(t, ui)] : null,
    el(
      "div",
      { class: `ab-said${said.right ? " ab-right" : ""}`, role: "status", "aria-live": "polite" },
      said.praise ? el("p", { class: "ab-praise" }, said.praise) : null,
      said.fault
        ? el(
            "p",
            null,
            el("span", { class: "ab-glyph", "aria-hidden": "true" }, said.right ? "✓ " : "→ "),
            prose(said.fault),
          )
        : null,
    ),
    said.tried ? more(t, ui, said) : null,
    progress(ui.solved ?? [], ui.progress),
  );
}

// a button is called by its words, and its sign is for the eye
const sign = (name) => [
  el("span", { "aria-hidden": "true" }, symbol(name)),
  el("span", { class: "spoken" }, html[name].words),
];

// which line it is that the reader has
function menu(t) {
  return el(
    "div",
    { class: "ab-keys", role: "group", "aria-label": "Which line do you have?" },
    Object.keys(t.menu).map((name) =>
      el(
        "button",
        {
          type: "button",
          "data-ab": "choose",
          "data-typed": name,
          "aria-pressed": String(name === t.name),
        },
        sign(name),
      ),
    ),
  );
}

function field(t, ui) {
  const number = t.kind === "number";
  return el(
    "form",
    { class: "ab-form" },
    el(
      "label",
      { class: "ab-ask", for: `${ui.uid}-field` },
      prose(t.ask || `Your line for {${t.name}}`),
      t.ask ? null : " =",
    ),
    el(
      "div",
      { class: "ab-line" },
      el("input", {
        type: "text",
        id: `${ui.uid}-field`,
        inputmode: number ? "decimal" : "text",
        autocomplete: "off",
        autocapitalize: "off",
        autocorrect: "off",
        spellcheck: "false",
        "data-ab-field": "true",
        "aria-describedby": `${ui.uid}-hint`,
      }),
      el("button", { type: "submit", "data-ab": "check" }, "Check"),
    ),
    number
      ? el("p", { class: "ab-hint", id: `${ui.uid}-hint` }, `Right to ±${t.exercise.tolerance}.`)
      : null,
  );
}

function choices(t, ui) {
  return el(
    "form",
    { class: "ab-form" },
    el(
      "fieldset",
      null,
      el("legend", { class: "ab-ask" }, prose(t.ask)),
      t.exercise.options.map(([text], k) =>
        el(
          "label",
          { class: "ab-option" },
          el("input", {
            type: "radio",
            name: ui.uid,
            value: String(k),
            checked: String(ui.text) === String(k),
          }),
          t.kind === "bug" ? el("code", null, text) : el("span", null, prose(text)),
        ),
      ),
    ),
    el(
      "button",
      { type: "submit", "data-ab": "check" },
      t.kind === "predict" ? "That is my prediction" : "Check",
    ),
  );
}

// the line as it is read, while it is typed
function echo(t, ui) {
  const { text, tree, wrong } = read(ui.text, prepare(t).names);
  const empty = wrong?.key === "empty";
  const at = ui.verdict?.text === text && !ui.verdict.right && ui.where ? ui.verdict.at : null;
  return el(
    "div",
    { class: "ab-echo", id: `${ui.uid}-hint` },
    el(
      "span",
      { class: "ab-read" },
      empty ? "Letters, *, ^ and parentheses, or the symbols below." : "Read as ",
    ),
    empty ? null : tree ? typeset(tree, at) : wrong.key === "long" ? null : pointed(text, wrong.at),
    tree || empty ? null : el("span", { class: "ab-hint" }, sentence(wrong.key, wrong)),
  );
}

// what the exercise's own line is made of, and what may be mistaken for it
function palette(t, ui) {
  const { free } = prepare(t);
  const weight = /^(x_bar|h_bar_prev)$/.test(t.name);
  const shown = free.filter(
    (name) =>
      name in html &&
      name !== "L" &&
      !/^[wb]_..?_bar$/.test(name) &&
      !/^h_bar_(loss|prev)$/.test(name),
  );
  const offered = shown.filter(
    (name) =>
      (weight || !/^w_/.test(name)) && !/^[bz]_.$/.test(name) && !(t.last && NEXT.includes(name)),
  );
  const button = (typed, label) =>
    el(
      "button",
      {
        type: "button",
        "data-ab": "insert",
        "data-typed": typed,
        "aria-label": label && typed.trim(),
      },
      label ?? sign(typed),
    );
  return el(
    "details",
    { class: "ab-fold", open: ui.palette },
    el("summary", { "data-ab": "palette" }, "Symbols"),
    ui.palette
      ? el(
          "div",
          { class: "ab-keys" },
          OPERATORS.map(([typed, label]) => button(typed, label)),
          offered.map((name) => button(name)),
        )
      : null,
  );
}

function more(t, ui, said) {
  const button = (action, label, on) =>
    el(
      "button",
      { type: "button", "data-ab": action, "aria-pressed": on === undefined ? null : String(!!on) },
      label,
    );
  const line = t.kind === "formula" && !said.right;
  const state = line && said.example !== undefined ? prepare(t).at[said.example] : null;
  const reveal = t.solution && !said.right && ui.tries >= 2;
  return el(
    "div",
    { class: "ab-more" },
    line || reveal
      ? el(
          "div",
          { class: "ab-buttons" },
          state ? button("numbers", "Show me numbers", ui.numbers) : null,
          line && said.at && said.key !== "unknown"
            ? button("where", "Show me where", ui.where)
            : null,
          reveal ? button("solution", "Show the answer", ui.solution) : null,
        )
      : null,
    state && ui.numbers ? numbers(t, said, state) : null,
    reveal && ui.solution
      ? el("p", { class: "ab-solution", html: t.menu?.[t.name] ?? t.solution })
      : null,
    t.exercise.see?.length ? seen(t.exercise.see) : null,
  );
}

// yours and ours at one state, with the quantities that you used
function numbers(t, said, state) {
  const used = [];
  const visit = (node) => (
    node.op === "name" && !used.includes(node.v) && used.push(node.v),
    (node.a ?? []).forEach(visit)
  );
  visit(said.tree);
  const show = (name) =>
    el(
      "span",
      { class: "ab-pair" },
      symbol(name),
      ` = ${(/_bar/.test(name) ? signed : plain)(state[name])}`,
    );
  return el(
    "div",
    { class: "ab-numbers" },
    el(
      "p",
      null,
      "At a cell with ",
      used.slice(0, 12).map((name, k) => [k ? ", " : "", show(name)]),
    ),
    el(
      "p",
      null,
      "yours is ",
      el("b", null, signed(said.tree.y[said.example])),
      ", and ",
      symbol(t.name),
      " is ",
      el("b", null, signed(state[t.name])),
      ".",
    ),
  );
}

const seen = (rows) =>
  el(
    "table",
    { class: "ab-table" },
    el(
      "thead",
      null,
      el(
        "tr",
        null,
        ["", "before", "after"].map((head) => el("th", { scope: "col" }, head)),
      ),
    ),
    el(
      "tbody",
      null,
      rows.map(([name, before, after]) =>
        el(
          "tr",
          null,
          el("th", { scope: "row" }, symbol(name)),
          [before, after].map((x) => el("td", null, (name.includes("_bar") ? signed : plain)(x))),
        ),
      ),
    ),
  );

/** The box as HTML text, for tests. */
export function still(t, ui = {}) {
  return print(view(t, { uid: "still", text: "", tries: 0, palette: true, ...ui }));
}

/** What the progress calls this exercise. */
export const title = (t) =>
  t.exercise.title
    ? t.exercise.title
    : `the line of ${letters(t.name)}${t.last ? ", last step" : ""}`;

/** Show the box. */
export function render({ model, el: place }) {
  const root = place.appendChild(document.createElement("div"));
  root.className = "lstm";
  const t = () => Object.fromEntries(TRAITS.map((name) => [name, model.get(name)]));
  const ui = {
    uid: `ab${Math.random().toString(36).slice(2, 8)}`,
    text: model.get("answer"),
    tries: 0,
    palette: matchMedia("(pointer: coarse)").matches,
    solved: solved(),
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
  const typed = (text) => {
    if (input() && input().value !== text) input().value = text;
    const stale = ui.verdict && ui.verdict.text !== undefined && FIELD.includes(model.get("kind"));
    show({ text, ...(stale ? { verdict: null, where: false, numbers: false } : {}) });
    if (model.get("answer") === text) return;
    model.set("answer", text);
    model.save_changes(); // what is not saved yet, a late echo from Python would overwrite
  };
  const check = () => {
    const said = verdict(t(), ui.text);
    if (said.right) note(title(t()));
    show({
      verdict: said,
      tries: ui.tries + (said.tried && !said.right),
      where: !!said.at && !said.right && said.key !== "unknown",
    });
  };
  const insert = (text) => {
    const field = input();
    field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
    field.focus();
    typed(field.value);
  };
  const drafts = {};
  const choose = (name) => {
    drafts[model.get("name")] = ui.text;
    Object.assign(ui, { verdict: null, tries: 0, where: false, numbers: false, solution: false });
    [model.set("name", name), model.save_changes(), typed(drafts[name] ?? "")];
  };
  const act = {
    choose: (button) => choose(button.dataset.typed),
    insert: (button) => insert(button.dataset.typed),
    palette: () => show({ palette: !ui.palette }),
    progress: () => show({ progress: !ui.progress }),
    numbers: () => show({ numbers: !ui.numbers }),
    solution: () => show({ solution: !ui.solution }),
    where: () => (
      show({ where: true }),
      light(ui.verdict.name || model.get("name"), edge(model.get("name"), ui.verdict.name))
    ),
    clear: () => clear(),
  };
  const hand = new AbortController();
  const on = (type, call) => root.addEventListener(type, call, { signal: hand.signal });
  // so that the first verdict need not wait for it
  setTimeout(() => model.get("kind") === "formula" && prepare(t()), 200);
  on("keydown", (event) => event.stopPropagation()); // JupyterLab would take the keys
  on("submit", (event) => (event.preventDefault(), check()));
  on("input", ({ target }) => {
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
  const stop = watch(() => show({ solved: solved() }));
  const fromModel = () => model.get("answer") !== ui.text && typed(model.get("answer"));
  model.on("change:answer", fromModel);
  return () => {
    model.off("change:answer", fromModel);
    [stop(), hand.abort(), root.remove()];
  };
}

export default { render };
