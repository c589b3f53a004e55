// Prompts: sentences with a button that set a state, and what is then to be seen; some ask for a prediction first.
// Each was kept once already, when the page was built (prompts.py).

import { prose } from "./echo.mjs";
import { el } from "./tree.mjs";

/** The prompts of a view: `prompts` is the trait, `tried` what the reader has chosen of it, { k, bets, holds }. */
export function prompts({ prompts: list = [], tried } = {}) {
  if (!list.length) return null;
  const one = tried && list[tried.k];
  return el("div", { class: "prompts" },
    el("div", { class: "tries" },
      el("span", { class: "words" }, "Try"),
      list.map(({ say }, k) =>
        el("button", { type: "button", "data-action": `try:${k}`, "aria-pressed": String(!!one && k === tried.k) }, prose(say)))),
    el("div", { class: one && open(one, tried) && !tried.holds ? "told past" : "told", role: "status", "aria-live": "polite" },
      one ? [one.asks.map((ask, n) => question(ask, n, tried)), open(one, tried) ? told(one, tried) : null] : null)); // prettier-ignore
}

/** Whether a prompt moves the figure now: when every question of it is answered. */
export const open = ({ asks }, { bets }) => asks.every((_, n) => bets[n] !== undefined);

function question([ask, options, right], n, { bets }) {
  const chosen = bets[n];
  const mark = (k) => (chosen === undefined ? "" : k === right ? " ✓" : k === chosen ? " ✗" : "");
  return el("div", { class: "bet", role: "group", "aria-label": "What do you expect?" },
    el("span", { class: "words" }, ask ? prose(ask) : "What do you expect?"),
    options.map((option, k) =>
      el("button", { type: "button", "data-action": `bet:${n}:${k}`, "aria-pressed": String(k === chosen), "aria-disabled": chosen === undefined ? null : "true" },
        prose(option), mark(k)))); // prettier-ignore
}

function told({ asks, then }, { bets }) {
  const hits = asks.filter(([, , right], n) => bets[n] === right).length;
  const verdict = !asks.length ? "" : hits === asks.length ? "Right. " : asks.length > 1 ? `${hits} of ${asks.length} right. ` : "Not so. ";
  return el("p", null, verdict ? el("b", null, verdict) : null, prose(then));
}
