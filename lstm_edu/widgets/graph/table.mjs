// A graph as a table: every value, its gradient, and the parts that the gradient is the sum of.

import { math, short } from "../kit/letters.mjs";
import { number, signedNumber } from "../kit/numbers.mjs";
import { grid, tabular } from "../kit/table.mjs";
import { el } from "../kit/tree.mjs";

/**
 * The table of `names`; `parts(name)` lists what a gradient is the sum of, as pairs (words,
 * number).
 */
export function table(layout, html, s, names, parts) {
  const heads = s.backward
    ? ["Name", "Value", "Gradient", "Parts of the gradient"]
    : ["Name", "Value"];
  return tabular(
    grid(
      heads,
      names.map((name) => valueRow(layout, html, s, name, parts)),
    ),
  );
}

function valueRow(layout, html, s, name, parts) {
  const bar = layout.barNames[name] ? s.bars[name] : undefined;
  const cells = [
    el(
      "th",
      { scope: "row" },
      math(short(html, name)),
      " ",
      el("span", { class: "words" }, html[name].words),
      name in s.lock ? " (held)" : "",
    ),
    el("td", null, name in s.p ? number(s.p[name]) : ""),
  ];
  if (s.backward) {
    cells.push(
      el(
        "td",
        { "data-bar": layout.barNames[name] ?? "" },
        bar === undefined ? "" : signedNumber(bar),
      ),
    );
    cells.push(
      el(
        "td",
        null,
        parts(name).map(([words, v]) =>
          el("span", { class: "part" }, `${words} `, signedNumber(v)),
        ),
      ),
    );
  }
  return el("tr", { "data-name": name, class: name === s.lit ? "lit" : undefined }, cells);
}
