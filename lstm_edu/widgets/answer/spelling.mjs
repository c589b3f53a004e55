// A text as people write it, in the book's plain spelling: each rule only respells what means one
// thing to everybody.

import { fold } from "./fold.mjs";
import { Mapped } from "./mapped.mjs";
import { COPIED, LATEX, LEFT, RATIOS, SCRIPTS } from "./latex.mjs";
import { PHRASES } from "./phrases.mjs";
import { PROGRAMS } from "./programs.mjs";
import { respelled, rules as by } from "./respell.mjs";

const DEEPEST = 12; // scripts within scripts
const PROGRAM = new RegExp(
  [
    "[.'\"@#%[\\]>`:;→⇒]|\\*\\*|//|/\\*|->|_(?!\\w)|\\d[fF]|^\\s*\\(\\d| {2}-|e\\*",
    "(?:^|[-+*/=(,;])\\s*_|[chCH]_?0|[Tt]rue|\\?",
    "\\b(?:as|if|for|cdiv|cmul|[hv]?stack|con?cat\\w*)\\b",
    "\\^\\s*[({]?\\s*T|[UWuw]_?[a-z]T|d[LEJ]/(?!d)",
  ].join("|"),
  "u",
);
const SCRIPTED = /[\\{}_^[(<|]|\bd\s*[A-Za-z_]+\s*\/\s*d|(?<![A-Za-z_])d [A-Za-z]|[\u0302-\u0304]/u;
const COPY = /\u02c9|[\u{1d400}-\u{1d7ff}]/u; // signs of a page's mathematics, not of a keyboard
const PHRASE = new RegExp(
  [
    " (?:bar|tilde|hat|times|minus|plus|over|of|at|by|squared|equals|is|gets|becomes)\\b",
    " (?:gradient|grad|delta|error)\\b",
    "^\\s*(?:so|thus|hence|then|therefore|now|and|where|let|compute|here)\\b",
    "\\b(?:the|one|grad|gradient|previous|prev|next|[a-z]-bar)\\b",
  ].join("|"),
  "iu",
);

/** A text in the plain spelling, with the places of its signs. */
export function plainly(given) {
  let text = fold(given);
  const apply = (met, rules) => {
    if (met.test(text.text)) text = respelled(text, rules);
  };
  if (COPY.test(given)) text = respelled(once(text), COPIED);
  apply(PROGRAM, PROGRAMS);
  apply(/[\\$&~τ]/u, LATEX);
  apply(PHRASE, PHRASES);
  text = numbered(text);
  if (!SCRIPTED.test(text.text)) return text;
  for (let k = 0, before = ""; k < DEEPEST && before !== text.text; k++) {
    before = text.text;
    text = respelled(respelled(text, SCRIPTS), RATIOS);
  }
  return respelled(text, LEFT);
}

// a number as the time of the left side, as in c_2, is t in the whole line
function numbered(text) {
  const left = /^[^=]*[^t](?:_\s*\{?|\^\s*\{?\s*[(<[])\s*(\d)[\s)\]}>]*[-+:]?=/.exec(text.text);
  if (!left) return text;
  const time = (n) =>
    `_\\s*(?:\\{\\s*${n}\\s*\\}|${n}(?!\\w))|\\^\\s*\\{\\s*[(<]\\s*${n}\\s*[)>]\\s*\\}`;
  const n = Number(left[1]);
  return respelled(text, by([time(n), " "], [time(n - 1), "_tm1 "], [time(n + 1), "_tp1 "]));
}

// the first half of a formula that a page has copied twice: two halves alike, or from the second
// left side on, where fractions and sums stand in another order
function once(text) {
  const signs = [...text.text.matchAll(/\S/gu)];
  const word = signs.map(([sign]) => sign).join("");
  const left = word.slice(0, word.indexOf("=") + 1);
  const again = left ? word.indexOf(left, left.length) : -1;
  const half = again > 0 ? again : word.length / 2;
  if (!word || (again < 0 && word.slice(0, half) !== word.slice(half))) return text;
  const first = new Mapped();
  first.keep(text, 0, signs[half].index);
  return first;
}
