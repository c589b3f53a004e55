// The cell through time in words.

import { count, listed } from "../kit/aloud.mjs";
import { plain, signed } from "../kit/numbers.mjs";
import { degrees } from "./plane.mjs";

const VALUES = ["x", "f", "i", "o", "g", "c", "h"];
const LANES = [
  ["LSTM, gradient of the cell state", "lstm", "c_bar"],
  ["LSTM, gradient of the hidden state", "lstm", "h_bar"],
  ["Plain RNN, gradient of the hidden state", "plain", "h_bar"],
];

/** The state as sentences; `s` is what `compute` gives. */
export function inWords(s) {
  const losses = s.every ? "a loss at every step" : "a loss at the last step";
  const here = s.lstm.tape[s.at - 1];
  return [
    `${count(s.T, "step")}, ${losses}. Loss of the LSTM ${plain(s.lstm.loss)}, ` +
      `of the plain RNN ${plain(s.plain.loss)}.`,
    ...LANES.map(([name, model, bar]) =>
      lane(
        name,
        s[model].bars.map((one) => one[bar]),
      ),
    ),
    cut(s),
    `Step ${s.at} of ${s.T}: ${listed(VALUES.map((name) => [name, plain(here[name])]))}.`,
  ];
}

const lane = (name, bars) =>
  `${name}: from ${signed(bars.at(-1))} at the last step back to ${signed(bars[0])} at step 1.`;

function cut({ k, T, plane }) {
  if (k >= T) return "Nothing is cut.";
  const flows = `Each loss flows back through ${count(k, "step")}`;
  if (!Number.isFinite(plane.angle)) return `${flows}.`;
  return (
    `${flows}: the gradient is turned by ${degrees(plane.angle)} degrees ` +
    `and ${plain(plane.ratio)} times as long.`
  );
}
