// The figure of paths as tables: every path with its factors, and every value with its gradient.

import { math } from "../kit/letters.mjs";
import { number, plain, signedNumber } from "../kit/numbers.mjs";
import { letter, symbolOf } from "./numbers.mjs";
import { grid, row, tabular } from "../kit/table.mjs";

const sym = (name) => math(symbolOf(name));

/** Both tables; `s` holds the numbers of `compute`. */
export function table(t, s, ui) {
  const names = Object.keys(s.bars).filter((name) => name in s.v);
  const paths = [...s.paths]
    .sort((a, b) => Math.abs(b.product) - Math.abs(a.product))
    .map((path) =>
      row(
        [...path.names].reverse().map((name, k) => [k ? " ← " : "", sym(name)]),
        [
          path.factors.map(({ value }, k) => [k ? " · " : "", number(value, plain(value))]),
          signedNumber(path.product, { "data-path": path.id }),
          path.off ? "off" : "on",
        ],
      ),
    );
  const sums = [
    ["together", s.total, "total"],
    ["the gradient, by one sweep", s.aim, "aim"],
  ].map(([words, v, role]) => row(words, [null, signedNumber(v, { "data-role": role }), null]));
  const lit = (name) => ui.names?.includes(name) || ui.pointed === letter(name);
  return tabular(
    grid(["Path, from its end", "Factors", "Product", "On or off"], [paths, sums]),
    grid(
      ["Name", "Value", "Gradient of the target"],
      names.map((name) =>
        row(sym(name), [number(s.v[name]), signedNumber(s.bars[name], { "data-bar": name })], {
          "data-name": name,
          class: lit(name) ? "lit" : undefined,
        }),
      ),
    ),
  );
}
