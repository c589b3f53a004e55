// The picture as a table: every value, its gradient, and the parts that the gradient is the sum of.

import { short } from "./nodes.mjs";
import { number, signed } from "./numbers.mjs";
import { el } from "./tree.mjs";

/** Tables of every number, in a region that scrolls by itself. */
export const tabular = (...tables) =>
  el(
    "div",
    { class: "tabular", tabindex: "0", role: "region", "aria-label": "The figure as a table" },
    tables,
  );

/** One table: its heads, each a text or a list of children, its rows, and the names that its columns show, if any. */
export const grid = (heads, rows, names = []) =>
  el(
    "table",
    null,
    el(
      "thead",
      null,
      el(
        "tr",
        null,
        heads.map((head, k) => el("th", { scope: "col", "data-name": names[k] }, head)),
      ),
    ),
    el("tbody", null, rows),
  );

/** A row that has a name, and properties of its own, if any. */
export const row = (name, cells, props) =>
  el(
    "tr",
    props,
    el("th", { scope: "row" }, name),
    cells.map((cell) => el("td", null, cell)),
  );

/** The table of `names`; `parts(name)` lists what a gradient is the sum of, as pairs (words, number). */
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
      el("span", { class: "sym", html: short(html, name) }),
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
        bar === undefined ? "" : number(bar, signed(bar)),
      ),
    );
    cells.push(
      el(
        "td",
        null,
        parts(name).map(([words, v]) =>
          el("span", { class: "part" }, `${words} `, number(v, signed(v))),
        ),
      ),
    );
  }
  return el("tr", { "data-name": name, class: name === s.lit ? "lit" : undefined }, cells);
}
