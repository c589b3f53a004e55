// The caption of a picture: what the reader points at, its equation with the numbers under the
// symbols, its slopes, its gradient in words, and the means to push it or hold it. It has a fixed
// height: nothing below it ever moves.

import { now, short } from "../kit/letters.mjs";
import { button } from "../kit/controls.mjs";
import { number, plain, signed, signedNumber } from "../kit/numbers.mjs";
import { answers, slopePlot } from "./push.mjs";
import { stepper } from "./stepper.mjs";
import { REACH } from "../steps/sweep.mjs";
import { targets } from "./targets.mjs";
import { el } from "../kit/tree.mjs";

const SYMBOL = /<span data-name="(\w+)">(.*?)<\/span>/g;

/**
 * Markup of the module with each symbol's number under it; `values` by name, gradients signed.
 * Breaks between terms.
 */
function withNumbers(markup, values) {
  const terms = markup.split(" + ").map((term) => `<span class="term">${term}</span>`);
  return terms.join(" + ").replace(SYMBOL, (whole, name, letters) => {
    if (!(name in values)) return whole;
    const text = name.includes("_bar") ? signed(values[name]) : plain(values[name]);
    const inside = `<span>${letters}</span><small>${text}</small>`;
    return `<span class="under" data-name="${name}">${inside}</span>`;
  });
}

/** The card of the name that is lit; with nothing lit, all equations at a glance. */
export function card(equations, layout, s) {
  const { html } = equations;
  const name = s.lit;
  if (!name) return overview(html, layout, s);
  const tabs = Boolean(s.pinned === name && s.tabs && s.backward && layout.barNames[name]);
  const heading = title(html, layout, s, name, tabs);
  return tabs && s.tab !== "push"
    ? explained(html, layout, s, name, heading)
    : facts(equations, layout, s, name, heading, tabs);
}

const about = (cls, ...inside) =>
  el("section", { class: cls, role: "group", "aria-label": "About the value in focus" }, ...inside);

// the derivation line by line, or all paths
function explained(html, layout, s, name, heading) {
  if (s.tab === "steps")
    return about("about steps", heading, stepper(html, layout, s, name, withNumbers));
  const cls = `about ${s.tab}${s.paths.length < 2 ? " single" : ""}`;
  return about(cls, heading, targets(html, layout, s, name, Math.min(s.width, 830)));
}

function facts(equations, layout, s, name, heading, tabs) {
  const { html } = equations;
  const pushable = s.pinned === name && name !== "L";
  return about(
    "about",
    heading,
    el(
      "div",
      { class: "facts" },
      html[name].rhs ? equation(html, s, name, html[name].rhs) : null,
      s.backward ? gradient(html, layout, s, name) : null,
      s.backward && !tabs ? slopes(html, s, name) : null,
    ),
    el("div", { class: "tools" }, pushable ? tools(equations, s, name) : invitation(s)),
  );
}

const TABS = [
  ["push", "Push"],
  ["steps", "Line by line"],
  ["paths", "All paths"],
];

function title(html, layout, s, name, tabs) {
  return el(
    "div",
    { class: "heading" },
    el(
      "p",
      { class: "title" },
      el("span", { class: `sym ${layout.lanes[name] ?? ""}`, html: short(html, name) }),
      el("span", { class: "words" }, `${html[name].words}${name in s.lock ? ", held" : ""}`),
      html[name].rhs ? null : number(s.v[name]),
    ),
    tabs ? tabsOf(s) : null,
  );
}

function tabsOf(s) {
  const tabOf = ([tab, words]) =>
    button(`tab:${tab}`, words, { "aria-pressed": String(s.tab === tab) });
  return el("div", { class: "tabs", "aria-label": "How to look at it" }, TABS.map(tabOf));
}

function overview(html, layout, s) {
  const column = (names) =>
    el(
      "div",
      { class: "overview" },
      names.map((name) => line(html, s, name)),
    );
  return el(
    "section",
    { class: "about glance", role: "group", "aria-label": "The equations with their numbers" },
    s.backward ? null : column(layout.story.sums),
    column(layout.story.forward),
    s.backward ? column(layout.story.backward) : null,
    invitation(s),
  );
}

function line(html, s, name) {
  const bar = name.includes("_bar");
  const v = s.named[name];
  // a held value follows another rule, or none
  const other = name in s.lock || (bar && Object.keys(s.lock).length > 0);
  const rule = other ? "" : ` = ${now(html[name].rhs)}`;
  return el(
    "p",
    { class: "line" },
    el("span", { html: `${now(html[name].symbol)}${rule} = ` }),
    number(v, bar ? signed(v) : plain(v)),
  );
}

function equation(html, s, name, rhs) {
  const rule =
    name in s.lock
      ? `is held, whatever ${now(rhs)} may be, at`
      : `= ${withNumbers(now(rhs), s.named)} =`;
  return el(
    "p",
    { class: "equation" },
    el("span", { html: `${short(html, name)} ${rule} ` }),
    number(s.v[name]),
  );
}

function gradient(html, layout, s, name) {
  const barName = layout.barNames[name];
  const bar = s.bars[name];
  if (bar === undefined || name === "L") return el("p", { class: "equation" });
  const known = html[barName];
  const definition = fraction("<i>L</i>", short(html, name));
  const locked = Object.keys(s.lock).length > 0;
  const markup = known
    ? `${now(known.symbol)} = ${locked ? definition : withNumbers(now(known.rhs), s.named)} = `
    : `${definition} = `;
  return [
    el(
      "p",
      { class: `equation ${s.hues[name] ?? ""}` },
      el("span", { html: markup }),
      signedNumber(bar, { class: "num total" }),
    ),
    el("p", { class: "verdict" }, verdict(layout, name, bar)),
  ];
}

function verdict(layout, name, bar) {
  if (bar === 0) return "0: a little more or less of it changes nothing.";
  const verb = layout.kinds[name] === "gate" && name !== "g" ? "opening" : "raising";
  return `${bar > 0 ? "+" : "−"}: ${verb} it a little ${bar > 0 ? "raises" : "lowers"} the loss.`;
}

const fraction = (above, below) =>
  `<span class="frac"><span>∂${above}</span><span>∂${below}</span></span>`;

// what the value does to each of its users, everything else held: the factors that the chain rule
// multiplies
function slopes(html, s, name) {
  const users = Object.keys(s.partials).filter((user) => name in s.partials[user]);
  if (!users.length) return null;
  return el(
    "p",
    { class: "slopes" },
    users.map((user) => {
      const formula = now(html[user].partials[name]);
      // a number would stand there twice
      const said = Number.isNaN(Number(formula)) ? `${formula} = ` : "";
      return el(
        "span",
        { class: "slope-of" },
        el("span", { html: `${fraction(short(html, user), short(html, name))} = ${said}` }),
        number(s.partials[user][name]),
      );
    }),
  );
}

function invitation(s) {
  const more = s.backward ? ", its slopes and its gradient" : "";
  const usual =
    "Drag a gate up or down to open or close it. Point at any value to read its equation" +
    `${more}; click it, or press Enter, to push it or hold it.`;
  return el("p", { class: "invitation" }, s.invitation ?? usual);
}

function tools(equations, s, name) {
  const bar = s.backward ? (s.bars[name] ?? 0) : null;
  const held = name in s.lock;
  const key = short(equations.html, name).replace(/<[^>]+>/g, "");
  return [
    slopePlot(answers(equations.forward, s.v, name, s.lock), bar, s.nudge, s.change),
    el("input", {
      type: "range",
      class: "push",
      min: -REACH,
      max: REACH,
      step: 0.01,
      value: String(s.nudge),
      "data-input": "nudge",
      "aria-label": `push ${key}`,
      "aria-valuetext": `${key} ${signed(s.nudge)}`,
    }),
    el(
      "div",
      { class: "buttons" },
      pusher("push-down", "Push −0.1", s.nudge <= -REACH),
      pusher("push-up", "Push +0.1", s.nudge >= REACH),
      button("lock", held ? "Unlock" : "Lock", { "aria-pressed": String(held) }),
    ),
    report(equations, s, name, bar),
  ];
}

// a push that is as far as it goes says so, and keeps the focus
const pusher = (action, words, far) =>
  button(action, words, { "aria-disabled": far ? "true" : undefined });

function report(equations, s, name, bar) {
  const said = { class: "report", "aria-live": "polite" };
  if (s.nudge === 0) return el("output", said, "Push it and see what the loss does.");
  const push = `${s.nudge < 0 ? "−" : "+"} ${Number(Math.abs(s.nudge).toFixed(4))}`;
  return el(
    "output",
    said,
    el("span", { html: short(equations.html, name) }),
    ` ${push}: ${s.later ? "all losses" : "ΔL"} `,
    signedNumber(s.change, { "data-role": "change" }),
    bar === null ? "" : ", predicted ",
    bar === null ? "" : signedNumber(s.predicted, { "data-role": "predicted" }),
  );
}
