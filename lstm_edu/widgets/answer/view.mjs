// The answer box as a tree: the field or the choices, how a typed line is read, what the verdict
// says, and the numbers and the answer that a reader may ask for.

import { pointed, typeset } from "./echo.mjs";
import { notation } from "./notation.mjs";
import { html } from "../printed/equations.mjs";
import { read } from "./reading.mjs";
import { prepare } from "./judge.mjs";
import { prose, symbol } from "../kit/letters.mjs";
import { plain, signed } from "../kit/numbers.mjs";
import { authors, offers } from "./offers.mjs";
import { idOf } from "./progress.mjs";
import { progress } from "./receipt.mjs";
import { told } from "./told.mjs";
import { el } from "../kit/tree.mjs";
import { sentence } from "./words.mjs";

/** The kinds of exercise that are answered in a field. */
export const FIELD = ["formula", "number"];

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
const SENT = /^(f|c_bar|z_._bar)\(t\+1\)$/;

const HINT = "Letters, *, ^ and parentheses, or the symbols below.";

/** The whole box as a tree. */
export function view(t, ui) {
  const said = ui.verdict ?? {};
  const done = Object.fromEntries(ui.solved ?? [])[idOf(t)];
  return el(
    "div",
    { class: `widget ab ab-${t.kind}` },
    Object.keys(t.menu ?? {}).length ? menu(t) : null,
    FIELD.includes(t.kind) ? field(t, ui) : choices(t, ui),
    t.kind === "formula" ? [echo(t, ui), palette(t, ui)] : null,
    told(said, done),
    said.tried ? more(t, ui, said) : null,
    progress(ui),
  );
}

// a button is called by its words, and its sign is for the eye
const sign = (name) => [
  el("span", { "aria-hidden": "true" }, symbol(name)),
  el("span", { class: "spoken" }, spoken(name)),
];

const spoken = (name) =>
  name.endsWith("(t+1)") ? `${html[name.slice(0, -5)].words}, step t+1` : html[name].words;

// which line it is that the reader has
function menu(t) {
  const button = (name) =>
    el(
      "button",
      {
        type: "button",
        "data-ab": "choose",
        "data-typed": name,
        "aria-pressed": String(name === t.name),
      },
      sign(name),
    );
  return el(
    "div",
    { class: "ab-keys", role: "group", "aria-label": "Which line do you have?" },
    Object.keys(t.menu).map(button),
  );
}

function field(t, ui) {
  const number = t.kind === "number";
  return el(
    "div",
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
        enterkeyhint: "go",
        inputmode: number ? "decimal" : "text",
        autocomplete: "off",
        autocapitalize: "off",
        autocorrect: "off",
        spellcheck: "false",
        "data-ab-field": "true",
        "aria-describedby": `${ui.uid}-hint`,
      }),
      el("button", { type: "button", "data-ab": "check" }, "Check"),
    ),
    number
      ? el("p", { class: "ab-hint", id: `${ui.uid}-hint` }, `Right to ±${t.exercise.tolerance}.`)
      : null,
  );
}

function choices(t, ui) {
  const option = ([text], k) =>
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
    );
  return el(
    "div",
    { class: "ab-form" },
    el(
      "fieldset",
      null,
      el("legend", { class: "ab-ask" }, prose(t.ask)),
      t.exercise.options.map(option),
    ),
    el(
      "button",
      { type: "button", "data-ab": "check" },
      t.kind === "predict" ? "That is my prediction" : "Check",
    ),
  );
}

// the line as it is read, while it is typed
function echo(t, ui) {
  const { text, tree, wrong, offer, summed } = read(ui.text, prepare(t).names);
  const empty = wrong?.key === "empty";
  const current = ui.where && ui.verdict?.text === text && !ui.verdict.right;
  // a line in another notation waits for what reads it
  const known = tree || empty || notation.all;
  return el(
    "div",
    { class: "ab-echo", id: `${ui.uid}-hint` },
    el("span", { class: "ab-read" }, empty ? HINT : "Read as "),
    summed ? ["Σ", el("sub", null, "t"), "\u2009"] : null,
    tree ? typeset(tree, current ? ui.verdict.at : null) : null,
    known && wrong ? [unread(text, wrong), complaint(text, wrong, ui)] : null,
    offer ? offers(offer) : null,
  );
}

// what cannot be read; after a check it stands below
function complaint(text, wrong, ui) {
  const again = ui.verdict?.unread && ui.verdict.text === text;
  if (wrong.key === "empty" || again) return null;
  return el("span", { class: "ab-hint" }, sentence(wrong.key, wrong));
}

const unread = (text, { key, at }) =>
  key === "empty" || key === "long" ? null : pointed(text, at);

// what the exercise's own line is made of, and what may be mistaken for it
function offered(t) {
  const weights = /^(x_bar|h_bar_prev)$/.test(t.name);
  const back = t.in_time && t.name === "h_bar";
  const never = /^(L|[bz]_.|[wb]_..?_bar|h_bar_(loss|prev))$/;
  return prepare(t).free.filter((name) => {
    if (t.in_time && SENT.test(name)) return true;
    if (back && name === "h_bar_next") return false;
    if (!(name in html) || never.test(name)) return false;
    if (name.startsWith("w_")) return weights || (back && name.endsWith("h"));
    return !(t.last && NEXT.includes(name));
  });
}

function palette(t, ui) {
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
  const keys = () =>
    el(
      "div",
      { class: "ab-keys" },
      OPERATORS.map(([typed, label]) => button(typed, label)),
      offered(t).map((name) => button(name)),
      authors(),
    );
  return el(
    "details",
    { class: "ab-fold", open: ui.palette },
    el("summary", { "data-ab": "palette" }, "Symbols"),
    ui.palette ? keys() : null,
  );
}

// what a verdict leads to: buttons, and what they have opened
function more(t, ui, said) {
  const wrongLine = t.kind === "formula" && !said.right;
  const example = wrongLine && said.example !== undefined;
  const state = example ? prepare(t).at[said.example] : null;
  const reveal = Boolean(t.solution) && !said.right && ui.tries >= 2;
  return el(
    "div",
    { class: "ab-more" },
    wrongLine || reveal ? buttons(ui, said, state, wrongLine, reveal) : null,
    state && ui.numbers ? numbers(t, said, state) : null,
    reveal && ui.solution ? solution(t) : null,
    t.exercise.see?.length ? seen(t.exercise.see) : null,
  );
}

const solution = (t) => el("p", { class: "ab-solution", html: t.menu?.[t.name] ?? t.solution });

function buttons(ui, said, state, wrongLine, reveal) {
  const pressed = (action) => (ui[action] === undefined ? null : String(!!ui[action]));
  const button = (action, label) =>
    el("button", { type: "button", "data-ab": action, "aria-pressed": pressed(action) }, label);
  const placed = wrongLine && said.at && said.key !== "unknown";
  return el(
    "div",
    { class: "ab-buttons" },
    state ? button("numbers", "Show me numbers") : null,
    placed ? button("where", "Show me where") : null,
    reveal ? button("solution", "Show the answer") : null,
  );
}

// the names in a line, in the order in which they come
function namesIn(node) {
  const own = node.op === "name" ? [node.v] : [];
  return [...new Set([...own, ...(node.a ?? []).flatMap(namesIn)])];
}

const printed = (name, value) => (name.includes("_bar") ? signed : plain)(value);

// yours and ours at one state, with the quantities that you used
function numbers(t, said, state) {
  const show = (name) =>
    el("span", { class: "ab-pair" }, symbol(name), ` = ${printed(name, state[name])}`);
  const used = namesIn(said.tree).slice(0, 12);
  return el(
    "div",
    { class: "ab-numbers" },
    el(
      "p",
      null,
      "For example, with ",
      used.map((name, k) => [k ? ", " : "", show(name)]),
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

// what a prediction is compared with
function seen(rows) {
  const heads = ["", "before", "after"].map((head) => el("th", { scope: "col" }, head));
  const row = ([name, ...values]) =>
    el(
      "tr",
      null,
      el("th", { scope: "row" }, symbol(name)),
      values.map((value) => el("td", null, printed(name, value))),
    );
  return el(
    "table",
    { class: "ab-table" },
    el("thead", null, el("tr", null, heads)),
    el("tbody", null, rows.map(row)),
  );
}
