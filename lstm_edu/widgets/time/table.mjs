// The figure through time as a table: every step's gradients and their parts, then every weight's
// gradient, whole and cut.

import { html } from "../printed/equations.mjs";
import { number, plain, signed } from "../kit/numbers.mjs";
import { grid, row, tabular } from "../kit/table.mjs";
import { letter } from "./card.mjs";
import { el } from "../kit/tree.mjs";

const HEADS = [
  ["t", ""],
  ["x", ""],
  ["c", "LSTM"],
  ["h", "LSTM"],
  ["c̄", "LSTM"],
  ["through h", "of c̄"],
  ["along c", "of c̄"],
  ["h̄", "LSTM"],
  ["the loss", "of h̄"],
  ["from t + 1", "of h̄"],
  ["h", "RNN"],
  ["h̄", "RNN"],
  ["the loss", "of h̄"],
  ["from t + 1", "of h̄"],
];
const NAMES = { x: "x", c: "c", h: "h", c̄: "c_bar", h̄: "h_bar" }; // of the columns that have one

/** Both tables, in a region that scrolls by itself. */
export function timeTable({ xs, lstm, plain: rnn }) {
  const steps = xs.map((x, s) => {
    const [a, b] = [lstm.bars[s], rnn.bars[s]];
    const values = [
      ["x", x],
      ["c", lstm.tape[s].c],
      ["h", lstm.tape[s].h],
    ];
    const bars = [
      ["c_bar", a.c_bar],
      ["c_bar_own", lstm.own[s]],
      ["c_bar_next", a.c_bar_next],
      ["h_bar", a.h_bar],
      ["h_bar_loss", a.h_bar_loss],
      ["h_bar_next", a.h_bar_next],
    ];
    const theirs = [
      ["rnn_h_bar", b.h_bar],
      ["rnn_h_bar_loss", b.h_bar_loss],
      ["rnn_h_bar_next", b.h_bar_next],
    ];
    const cells = [
      ...values.map(cell(plain)),
      ...bars.map(cell(signed)),
      cell(plain)(["rnn_h", rnn.tape[s].h]),
      ...theirs.map(cell(signed)),
    ];
    return row(s + 1, cells, { "data-step": s + 1 });
  });
  const weights = [lstm, rnn].flatMap(({ whole, sums }) =>
    Object.keys(whole).map((name) =>
      row(
        el("span", {
          class: "sym",
          html: html[name]?.symbol ?? `${letter(name[0], "")}<sub>${name.split("_")[1]}</sub>`,
        }),
        [
          [`${name}_whole`, whole[name]],
          [name, sums[name]],
        ].map(cell(signed)),
        { "data-step": "sum" },
      ),
    ),
  );
  return tabular(
    grid(
      HEADS.map(([name, model]) => (model ? [model, " ", name] : name)),
      steps,
      HEADS.map(([name]) => NAMES[name]),
    ),
    grid(["Gradient of", "whole", "with the cut"], weights),
  );
}

const cell =
  (text) =>
  ([name, v]) =>
    number(v, text(v), { "data-cell": name });
