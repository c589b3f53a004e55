// Prompts: sentences with a button that set a state, and what is then to be seen; some ask for a
// prediction first. Each was kept once already, when the page was built (prompts.py).

import { prose } from "./letters.mjs";
import { el } from "./tree.mjs";

/**
 * The prompts of a view: `prompts` is the trait, `tried` what the reader has chosen of it, { k,
 * bets, holds }. A figure of one step gives `trim`, which takes (t) from its symbols.
 */
export function prompts({ prompts: list = [], tried } = {}, trim = (markup) => markup) {
  const words = (text) =>
    prose(text).map((part) =>
      part.props ? el(part.tag, { ...part.props, html: trim(part.props.html) }) : part,
    );
  if (!list.length) return null;
  const one = tried && list[tried.k];
  return el(
    "div",
    { class: "prompts" },
    el(
      "div",
      { class: "tries" },
      el("span", { class: "words" }, "Try"),
      list.map(({ say }, k) =>
        el(
          "button",
          {
            type: "button",
            "data-action": `try:${k}`,
            "aria-pressed": String(!!one && k === tried.k),
          },
          words(say),
        ),
      ),
    ),
    el(
      "div",
      {
        class: one && open(one, tried) && !tried.holds ? "told past" : "told",
        role: "status",
        "aria-live": "polite",
      },
      one
        ? [
            one.asks.map((ask, n) => question(words, ask, n, tried)),
            open(one, tried) ? told(words, one, tried) : null,
          ]
        : null,
    ),
  );
}

/** Whether a prompt moves the figure now: when every question of it is answered. */
export const open = ({ asks }, { bets }) => asks.every((_, n) => bets[n] !== undefined);

function question(words, [ask, options, right], n, { bets }) {
  const chosen = bets[n];
  const mark = (k) => (chosen === undefined ? "" : k === right ? " ✓" : k === chosen ? " ✗" : "");
  return el(
    "div",
    { class: "bet", role: "group", "aria-label": "What do you expect?" },
    el("span", { class: "words" }, ask ? words(ask) : "What do you expect?"),
    options.map((option, k) =>
      el(
        "button",
        {
          type: "button",
          "data-action": `bet:${n}:${k}`,
          "aria-pressed": String(k === chosen),
          "aria-disabled": chosen === undefined ? null : "true",
        },
        words(option),
        mark(k),
      ),
    ),
  );
}

function told(words, { asks, then }, { bets }) {
  const hits = asks.filter(([, , right], n) => bets[n] === right).length;
  const verdict = !asks.length
    ? ""
    : hits === asks.length
      ? "Right. "
      : asks.length > 1
        ? `${hits} of ${asks.length} right. `
        : "Not so. ";
  return el("p", null, verdict ? el("b", null, verdict) : null, words(then));
}
