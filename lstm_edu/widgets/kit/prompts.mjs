// Prompts: sentences with a button that set a state, and what is then to be seen; some ask for a
// prediction first. Each was kept once already, when the page was built (prompts.py).

import { button } from "./controls.mjs";
import { prose } from "./letters.mjs";
import { el } from "./tree.mjs";

/**
 * The prompts of a view: `prompts` is the trait, `tried` what the reader has chosen of it. A figure
 * of one step gives `trim`, which takes (t) from its symbols.
 * @param {{ prompts?: any[], tried?: { k: number, bets: number[], holds?: boolean } }} ui
 */
export function prompts({ prompts: list = [], tried } = {}, trim = (markup) => markup) {
  const words = (text) =>
    prose(text).map((part) =>
      part.props ? el(part.tag, { ...part.props, html: trim(part.props.html) }) : part,
    );
  if (!list.length) return null;
  const one = tried && list[tried.k];
  const answered = one && open(one, tried);
  const sentence = ({ say }, k) =>
    button(`try:${k}`, words(say), { "aria-pressed": String(!!one && k === tried.k) });
  return el(
    "div",
    { class: "prompts" },
    el("div", { class: "tries" }, el("span", { class: "words" }, "Try"), list.map(sentence)),
    el(
      "div",
      {
        class: answered && !tried.holds ? "told past" : "told",
        role: "status",
        "aria-live": "polite",
      },
      one ? one.asks.map((ask, n) => question(words, ask, n, tried)) : null,
      answered ? told(words, one, tried) : null,
    ),
  );
}

/** Whether a prompt moves the figure now: when every question of it is answered. */
export const open = ({ asks }, { bets }) => asks.every((_, n) => bets[n] !== undefined);

function question(words, [ask, options, right], n, { bets }) {
  const chosen = bets[n];
  const mark = (k) => {
    if (chosen === undefined) return "";
    if (k === right) return " ✓";
    return k === chosen ? " ✗" : "";
  };
  return el(
    "div",
    { class: "bet", role: "group", "aria-label": "What do you expect?" },
    el("span", { class: "words" }, ask ? words(ask) : "What do you expect?"),
    options.map((option, k) =>
      button(`bet:${n}:${k}`, [words(option), mark(k)], {
        "aria-pressed": String(k === chosen),
        "aria-disabled": chosen === undefined ? null : "true",
      }),
    ),
  );
}

function told(words, { asks, then }, { bets }) {
  const verdict = verdictOn(asks, bets);
  return el("p", null, verdict ? el("b", null, verdict) : null, words(then));
}

function verdictOn(asks, bets) {
  if (!asks.length) return "";
  const hits = asks.filter(([, , right], n) => bets[n] === right).length;
  if (hits === asks.length) return "Right. ";
  return asks.length > 1 ? `${hits} of ${asks.length} right. ` : "Not so. ";
}
