// The derivation of a gradient in the homework's four lines, one at a time; each lights the edges
// that it speaks of. The lines are made of the module's own markup, and a test holds them to those
// of `show.derivation_html`.

import { now, short } from "../kit/letters.mjs";
import { button, toggle } from "../kit/controls.mjs";
import { plain, signed, signedNumber } from "../kit/numbers.mjs";
import { el } from "../kit/tree.mjs";

const THIN = "\u2009";

// a function of one symbol, which needs no parentheses
const LONE_SYMBOL = "<span [^>]*>(?:(?!</span>).)*</span>";
const LONE = new RegExp(`^(σ\\(${LONE_SYMBOL}\\)|tanh\u2009${LONE_SYMBOL})$`);

const ratio = (html, of, by) => `∂${html[of].symbol}/∂${html[by].symbol}`;

/** Every edge [user, name] on the paths from the loss to `name`, nearest first. */
function edgesTo(partials, name) {
  const users = Object.keys(partials).filter((user) => name in partials[user]);
  const all = [
    ...users.map((user) => [user, name]),
    ...users.flatMap((user) => edgesTo(partials, user)),
  ];
  return all.filter(([u, v], k) => all.findIndex(([a, b]) => a === u && b === v) === k);
}

/**
 * The lines of the derivation of the bar of `name`: { kind, edges, terms }, a term { html, user }
 * of a sum.
 */
export function stepsOf(html, partials, barNames, seeds, name) {
  const bar = barNames[name];
  const users = Object.keys(partials).filter((user) => name in partials[user]);
  const edges = users.map((user) => [user, name]);
  const incoming = seeds[name] ? [{ html: html[seeds[name]].symbol }] : [];
  const group = (rhs) => (LONE.test(rhs) ? rhs : `(${rhs})`);
  const operator = (user) => `∂/∂${html[name].symbol}${THIN}${group(html[user].rhs)}`;
  const term = (make) => [...users.map((user) => ({ html: make(user), user })), ...incoming];
  return [
    {
      kind: "definition",
      edges: edgesTo(partials, name),
      terms: [{ html: ratio(html, "L", name) + (/_prev$/.test(bar) ? "|<sub>t</sub>" : "") }],
    },
    {
      kind: "product",
      edges,
      terms: term((user) =>
        user === "L"
          ? `${ratio(html, user, name)}|<sub>L</sub>`
          : `${ratio(html, "L", user)} × ${ratio(html, user, name)}`,
      ),
    },
    {
      kind: "function",
      edges,
      terms: term((user) =>
        user === "L" ? operator(user) : `${html[barNames[user]].symbol}${THIN}${operator(user)}`,
      ),
    },
    { kind: "result", edges, terms: html[bar].rhs.split(" + ").map((part) => ({ html: part })) },
  ];
}

const SAYS = {
  definition: "The question: how does the loss answer, if this alone is a little larger?",
  product:
    "The chain rule: how the loss answers what is made of it, times how that answers it. " +
    "Open a factor for its reason.",
  function: "The first factors are known gradients. What is made of it stands in its own line.",
  result: "Carried out: what it was multiplied by forwards is what it hands back.",
};

/**
 * The stepper of the pinned value; `s.line` is the line shown, `s.factor` the user whose reason is
 * open.
 */
export function stepper(html, layout, s, name, withNumbers) {
  const steps = stepsOf(html, s.partials, layout.barNames, layout.seeds ?? {}, name);
  const here = Math.min(s.line ?? 0, steps.length - 1);
  const long = steps.some(({ terms }) => terms.length > 2);
  const shown = long ? [here] : steps.map((_, k) => k).slice(0, here + 1);
  const bar = now(html[layout.barNames[name]].symbol);
  const { kind, terms } = steps[here];
  const users = kind === "product" ? terms.map(({ user }) => user).filter(Boolean) : null;
  return [
    el(
      "div",
      { class: "lines" },
      shown.map((k) =>
        el(
          "p",
          { class: k === here ? "equation derived" : "equation derived earlier" },
          el("span", { html: `${k === shown[0] ? bar : ""} = ` }),
          line(steps[k], s.digits && k === here, s, name, withNumbers),
        ),
      ),
    ),
    el(
      "div",
      { class: "whys" },
      el("p", { "aria-live": "polite" }, SAYS[kind]),
      users?.map((user) => reason(html, layout, s, name, user)),
    ),
    el(
      "div",
      { class: "turns" },
      turn("back", "← back", here === 0),
      el("output", { class: "words" }, `line ${here + 1} of ${steps.length}`),
      turn("next", "next →", here === steps.length - 1),
      toggle("digits", "numbers", !!s.digits),
    ),
  ];
}

const turn = (action, label, off) =>
  button(action, label, { "aria-disabled": off ? "true" : null });

// the terms of a line, and with numbers what they come to
function line({ kind, terms }, numbered, s, name, withNumbers) {
  const markup = (one) => (numbered ? digits(kind, one, s, name, withNumbers) : now(one.html));
  const sum = terms.map((one, n) => [
    n ? " + " : "",
    el("span", { class: "term", html: markup(one) }),
  ]);
  const bar = s.bars[name];
  return [sum, numbered && kind === "result" ? [" = ", signedNumber(bar)] : null];
}

// a term with its numbers: under a ratio as a whole, else under each symbol, but not under what ∂/∂
// is taken by
function digits(kind, { html, user }, s, name, withNumbers) {
  const under = (markup, text) =>
    `<span class="under"><span>${markup}</span><small>${text}</small></span>`;
  const markup = now(html);
  if (kind === "definition") return under(markup, signed(s.bars[name]));
  if (kind === "product" && user) {
    const parts = markup.split(" × ");
    const slope = s.partials[user][name];
    return parts.length === 1
      ? under(markup, signed(slope))
      : `${under(parts[0], signed(s.bars[user]))} × ${under(parts[1], plain(slope))}`;
  }
  return markup
    .split(/(∂\/∂<span [^>]*>.*?<\/span>)/)
    .map((part, k) => (k % 2 ? part : withNumbers(part, s.named)))
    .join("");
}

// why a factor is what it is: the line that it comes from, and its slope with everything else held
function reason(html, layout, s, name, user) {
  const open = s.factor === user;
  const [of, by] = [short(html, user), short(html, name)];
  const said = (text) => el("p", { class: "line", html: text });
  const known = () => {
    const bar = now(html[layout.barNames[user]].symbol);
    return said(`∂<i>L</i>/∂${of} = ${bar} = ${signed(s.bars[user])}`);
  };
  const reasons = () => [
    said(`${of} = ${now(html[user].rhs)}`),
    said(`∂${of}/∂${by} = ${now(html[user].partials[name])} = ${plain(s.partials[user][name])}`),
    user === "L" ? null : known(),
  ];
  return el(
    "details",
    { class: "why", open },
    el("summary", { "data-action": `factor:${user}`, html: `why ∂${of}/∂${by}?` }),
    open ? reasons() : null,
  );
}
