// The V of a gradient check in words.

import { count } from "../kit/aloud.mjs";
import { plain } from "../kit/numbers.mjs";
import { mistakes } from "../printed/vcurve.mjs";
import { EPS, NAMES, size } from "./numbers.mjs";

/** The state as sentences; `s` is what `compute` gives. */
export function inWords(s, t) {
  const loss = t.last_only ? "a loss at the last step only" : "a loss at every step";
  const biases = t.equal_biases ? "all biases 0" : "biases that differ";
  return [
    `${count(t.T, "step")}, ${loss}, ${biases}: the loss is ${plain(s.loss)}.`,
    `The right gradient is nearest to differences with pushes of ${size(EPS[s.best])}: ` +
      `an error of ${plain(s.right[s.best])}.`,
    t.mistake ? wrong(s, t.mistake) : "",
    `With an allowed error of ${size(s.allowed)} a check passes ${passed(s.passing)}.`,
  ];
}

function wrong({ floor, passing }, name) {
  const { words } = mistakes.find((one) => one.name === name) ?? { words: "" };
  const verdict = passing.includes(name) ? "it passes" : "it is caught";
  return `The gradient with a mistake, ${name}: ${words} Its floor is ${plain(floor)}; ${verdict}.`;
}

const passed = (names) =>
  names.length
    ? `${names.length} of the ${NAMES.length} mistakes: ${names.join(", ")}`
    : `none of the ${NAMES.length} mistakes`;
