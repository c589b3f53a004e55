// Every path of a gradient through time: a row a path, its product as a staircase, and all of them
// end to end as strips. Paths can be switched off, and merged where they meet, which is
// backpropagation.

import { choice, slider, toggle, weights } from "../kit/controls.mjs";
import { aloud } from "../kit/aloud.mjs";
import { live } from "../kit/live.mjs";
import { html } from "../printed/equations.mjs";
import { harms, rules } from "../printed/paths.mjs";
import { plain, signedNumber } from "../kit/numbers.mjs";
import { graph, nodesOf, passes } from "./graph.mjs";
import { hands } from "./hands.mjs";
import { endOf, howMany, inWords, text } from "./inwords.mjs";
import { detail, list, merged } from "./list.mjs";
import { complaint, compute, letter, sources, symbolOf, targets, WEIGHTS } from "./numbers.mjs";
import { table } from "./table.mjs";
import { prompts } from "../kit/prompts.mjs";
import { more } from "../kit/share.mjs";
import { el, kept } from "../kit/tree.mjs";

const [pictures, folds] = [kept(), kept()];
const OWN = "some of your own";

/** The whole widget as a tree, from the traits and from what this view's reader points at. */
function view(t, ui) {
  const s = { ...compute(t), nodes: nodesOf(t) };
  const wide = ui.width >= 620;
  const pointed = ui.hover || ui.focus;
  const rowOf = (name) => s.shown.find(({ id }) => `p${id}` === name);
  const row = rowOf(pointed) ?? rowOf(ui.stop) ?? s.shown[0];
  const node = s.nodes.includes(pointed) ? pointed : "";
  const lit = node
    ? s.paths.filter((path) => passes(path, node) && !path.off)
    : [row].filter(Boolean);
  // the counter's slider changes none of these
  const known = [s.paths, ui.uid, ui.width, ui.stop, ui.pointed, ui.names, pointed];
  const picture = () => [
    wide ? graph(t, s, ui, t.grouped && !node ? [] : lit, node) : null,
    t.grouped ? merged(t, s, ui) : list(s, ui, wide, lit),
    verdict(t, s),
    t.grouped ? null : detail(s, ui, wide, row),
  ];
  return el(
    "div",
    { class: `widget paths ${wide ? "wide" : "narrow"}` },
    el(
      "div",
      { class: "top" },
      choice("of", "From", sources(t.T).map(text), sources(t.T).indexOf(t.of)),
      choice("to", "to", targets(t.T).map(text), targets(t.T).indexOf(t.to)),
    ),
    more(ui),
    el(
      "div",
      { class: "choices" },
      toggle("T", "3 steps", t.T === 3),
      toggle("grouped", "Group", t.grouped),
      t.grouped ? null : leave(s),
    ),
    ui.table ? table(t, s, ui) : pictures(known, picture),
    counter(t, s),
    aloud(inWords(s, t)),
    prompts(ui),
    folds(known, () => weights([...WEIGHTS, "h_0", "c_0"].map((name) => handle(t, name)))),
  );
}

function leave(s) {
  const keys = Object.keys(s.sets).filter((key) => s.sets[key].length);
  const own = s.missing.length > 0 && !s.named.length;
  const options = ["nothing", ...keys, ...(own ? [OWN] : [])];
  const known = s.named.length ? 1 + keys.indexOf(s.named[0]) : 0;
  const chosen = own ? options.length - 1 : known;
  return choice("leave", "Leave out", options, chosen);
}

const handle = (t, name) =>
  slider(name, t[name], {
    symbol: symbolOf(name),
    words: html[name]?.words ?? `${text(name)}, given`,
    low: -3,
    high: 3,
    step: 0.1,
    long: rules[name].high,
  });

function verdict(t, s) {
  const aim = signedNumber(s.aim, { "data-role": "aim" });
  return el(
    "div",
    { class: "path-verdict" },
    el("p", null, t.grouped ? merging(s, aim) : adding(s, aim)),
    t.grouped ? null : s.named.map(harm),
  );
}

function merging(s, aim) {
  const factors = s.paths.reduce((so, path) => so + path.factors.length, 0);
  return [
    `${howMany(s.paths.length)}, ${factors} factors in all. Merged where they meet, ` +
      `each of the ${s.count.products} arrows is used once, and the gradient is `,
    aim,
    ". This is backpropagation.",
  ];
}

function adding(s, aim) {
  const all = howMany(s.paths.length);
  const total = signedNumber(s.total);
  if (!s.missing.length)
    return [`${all}. Together `, total, "; one sweep of backpropagation gives ", aim, "."];
  const lack = s.aim - s.total;
  return [
    `${s.missing.length} of ${all} off. Together `,
    total,
    "; the gradient is ",
    aim,
    ", so ",
    signedNumber(lack, { "data-role": "lack" }),
    " is missing.",
  ];
}

function harm(key) {
  const found = harms[key];
  const [error, cosine] = found.every;
  return el(
    "p",
    { class: "harm", "data-harm": key },
    el("b", null, "A known mistake. "),
    found.words,
    ` Its median error is ${plain(error)}, its cosine ${cosine.toFixed(4).replace("-", "−")}: ` +
      `${found.N} random LSTMs, T = ${found.T}, a loss at every step.`,
  );
}

function counter(t, s) {
  const { many, products } = s.long;
  const size = plain(Number(many));
  return el(
    "div",
    { class: "counter" },
    slider("steps", t.steps, {
      symbol: "<i>T</i>",
      words: "steps of the counter",
      low: 1,
      high: rules.steps.high,
      step: 1,
      text: String(t.steps),
    }),
    el(
      "span",
      null,
      `From ${text(t.of)} to ${endOf(t)}: `,
      el("b", { class: "num", "data-count": String(many) }, size),
      many === 1n ? " path" : " paths",
      `; merged, ${products} products.`,
    ),
  );
}

// what stands beside what in one view, which changes with its steps and ends
const layout = () => ({
  siblings: [],
  next: {},
  previous: {},
  // a row is no quantity
  own: (name) => (/^(p\d+|rest)$/.test(name) ? "" : name.split("@")[0]),
  letter,
});

export const { still, render, share } = live({
  cls: "Paths",
  rules,
  complaint,
  view,
  number: (t) => ["total_bar", compute(t).total],
  hands,
  layout,
});
