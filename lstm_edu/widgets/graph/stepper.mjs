// The derivation of a gradient in the homework's four lines, one at a time; each lights the edges
// that it speaks of. The lines are made of the module's own markup, and a test holds them to those
// of `show.derivation_html`.

import { now, short } from "../kit/letters.mjs";
import { number, plain, signed } from "../kit/numbers.mjs";
import { el } from "../kit/tree.mjs";

const THIN = "\u2009";

const LONE =
  /^(σ\(<span [^>]*>(?:(?!<\/span>).)*<\/span>\)|tanh\u2009<span [^>]*>(?:(?!<\/span>).)*<\/span>)$/;

const ratio = (html, of, by) => `∂${html[of].symbol}/∂${html[by].symbol}`;

/** Every edge [user, name] on the ways from the loss to `name`, nearest first. */
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
    "The chain rule: how the loss answers what is made of it, times how that answers it. Open a factor for its reason.",
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
  const button = (action, label, off) =>
    el(
      "button",
      { type: "button", "data-action": action, "aria-disabled": off ? "true" : null },
      label,
    );
  return [
    el(
      "div",
      { class: "lines" },
      shown.map((k) =>
        el(
          "p",
          { class: k === here ? "equation derived" : "equation derived earlier" },
          el("span", {
            html: `${k === shown[0] ? now(html[layout.barNames[name]].symbol) : ""} = `,
          }),
          steps[k].terms.map((one, n) => [
            n ? " + " : "",
            el("span", {
              class: "term",
              html:
                s.digits && k === here
                  ? digits(steps[k].kind, one, s, name, withNumbers)
                  : now(one.html),
            }),
          ]),
          s.digits && k === here && steps[k].kind === "result"
            ? [" = ", number(s.bars[name], signed(s.bars[name]))]
            : null,
        ),
      ),
    ),
    el(
      "div",
      { class: "whys" },
      el("p", { "aria-live": "polite" }, SAYS[steps[here].kind]),
      steps[here].kind === "product"
        ? steps[here].terms
            .filter(({ user }) => user)
            .map(({ user }) => reason(html, layout, s, name, user))
        : null,
    ),
    el(
      "div",
      { class: "turns" },
      button("back", "← back", here === 0),
      el("output", { class: "words" }, `line ${here + 1} of ${steps.length}`),
      button("next", "next →", here === steps.length - 1),
      el(
        "label",
        { class: "switch" },
        el("input", {
          type: "checkbox",
          role: "switch",
          checked: !!s.digits,
          "data-action": "digits",
        }),
        "numbers",
      ),
    ),
  ];
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
  const known =
    user === "L"
      ? ""
      : `∂<i>L</i>/∂${short(html, user)} = ${now(html[layout.barNames[user]].symbol)} = ${signed(s.bars[user])}`;
  const slope = `∂${short(html, user)}/∂${short(html, name)} = ${now(html[user].partials[name])} = ${plain(s.partials[user][name])}`;
  return el(
    "details",
    { class: "why", open },
    el("summary", {
      "data-action": `factor:${user}`,
      html: `why ∂${short(html, user)}/∂${short(html, name)}?`,
    }),
    open
      ? [
          el("p", { class: "line", html: `${short(html, user)} = ${now(html[user].rhs)}` }),
          el("p", { class: "line", html: slope }),
          known ? el("p", { class: "line", html: known }) : null,
        ]
      : null,
  );
}
