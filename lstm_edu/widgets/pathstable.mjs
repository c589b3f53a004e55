// The figure of ways as tables: every way with its factors, and every value with its gradient.

import { number, plain, signed } from "./numbers.mjs";
import { letter, symbolOf } from "./pathsnumbers.mjs";
import { el } from "./tree.mjs";

const head = (words) => el("thead", null, el("tr", null, words.map((word) => el("th", { scope: "col" }, word))));
const sym = (name) => el("span", { class: "sym", html: symbolOf(name) });

/** Both tables; `s` holds the numbers of `compute`. */
export function table(t, s, ui) {
  const names = Object.keys(s.bars).filter((name) => name in s.v);
  return el("div", { class: "tabular", tabindex: "0", role: "region", "aria-label": "The figure as a table" },
    el("table", null, head(["Way, from its end", "Factors", "Product", "On or off"]), el("tbody", null,
      [...s.paths].sort((a, b) => Math.abs(b.product) - Math.abs(a.product)).map((path) => el("tr", null,
        el("th", { scope: "row" }, [...path.names].reverse().map((name, k) => [k ? " ← " : "", sym(name)])),
        el("td", null, path.factors.map(({ value }, k) => [k ? " · " : "", number(value, plain(value))])),
        el("td", null, number(path.product, signed(path.product), { "data-path": path.id })),
        el("td", null, path.off ? "off" : "on"))),
      [["together", s.total, "total"], ["the gradient, by one sweep", s.aim, "aim"]].map(([words, v, role]) => el("tr", null,
        el("th", { scope: "row" }, words), el("td"), el("td", null, number(v, signed(v), { "data-role": role })), el("td"))))),
    el("table", null, head(["Name", "Value", "Gradient of the target"]), el("tbody", null,
      names.map((name) => el("tr", { "data-name": name, class: ui.names?.includes(name) || ui.pointed === letter(name) ? "lit" : undefined },
        el("th", { scope: "row" }, sym(name)), el("td", null, number(s.v[name])), el("td", null, number(s.bars[name], signed(s.bars[name]), { "data-bar": name }))))))); // prettier-ignore
}
