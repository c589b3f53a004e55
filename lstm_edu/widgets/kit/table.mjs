// Tables of numbers, in a region that scrolls by itself.

import { el } from "./tree.mjs";

/** Tables of every number, in a region that scrolls by itself. */
export const tabular = (...tables) =>
  el(
    "div",
    { class: "tabular", tabindex: "0", role: "region", "aria-label": "The figure as a table" },
    tables,
  );

/**
 * One table: its heads, each a text or a list of children, its rows, and the names that its columns
 * show, if any.
 */
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
