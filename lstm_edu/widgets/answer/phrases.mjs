// Words as they are typed on a phone, in the plain spelling.

import { raw, rules } from "./respell.mjs";

const NAME = raw`[A-Za-z]\w*`;
const GRADIENT = raw`(?:grad(?:ient)?|derivative|error|delta)`;

export const PHRASES = rules(
  [raw`^\s*(?:so|thus|hence|then|therefore|now|and|where|let|compute|here)\b,?`, " "],
  [raw`\bsum over (?:all )?(?:time ?steps? )?([a-z])(?: of)?\b`, "sum_$1 "],
  [raw`\b(?:cell state|memory cell|cell)\b`, "c"],
  [raw`\bhidden (?:state|layer)?\b`, "h"],
  [raw`\b(?:input|update) gate\b`, "i"],
  [raw`\bforget gate\b`, "f"],
  [raw`\boutput gate\b`, "o"],
  [raw`\bcandidate(?: (?:gate|memory|state|value))?\b`, "g"],
  [raw`\bt minus (?:1|one)\b`, "t-1"],
  [raw`\bt plus (?:1|one)\b`, "t+1"],
  [raw`\b(${NAME}) (?:at|of) (?:time )?\(?t\s*-\s*1\)?(?!\w)`, "$1_tm1 "],
  [raw`\b([a-zA-Z])(?:_|-| )?(bar|tilde|hat)\b`, "$1_$2"],
  [raw`\b([a-zA-Z]) ([ifog]) bar\b`, "$1_$2_bar"],
  [raw`\b(${NAME}) (prev(?:ious)?|next)\b(?! [a-z]\b)`, "$1_$2"],
  [raw`\b(prev(?:ious)?|next|old)(?: the)? (${NAME})\b`, "$2_$1"],
  [raw`\bthe\b`, " "],
  [raw`\s+`, " "],
  [raw`\b${GRADIENT}s? (?:of loss )?(?:of|on|for|at|wrt|with respect to) (${NAME})`, " d_$1 "],
  [raw`\b(?!is\b)(${NAME}) (?:gradient|grad|delta|error)\b`, "d_$1"],
  [raw`\bis (?:then )?(?=multiplied)`, " "],
  [raw`\b(?:times|multiplied (?:only )?(?:by|with))\b`, "*"],
  [raw`\b(?:divided by|over)\b`, "/"],
  [raw`\bplus\b`, "+"],
  [raw`\bminus\b`, "-"],
  [raw`\b(?:equals|is equal to|is(?: then)?|gets|becomes)\b`, "="],
  [raw`\bsquared\b`, "^2"],
  [raw`\bone\b`, "1"],
  [raw`\b(tanh|sigmoid|sigma|exp|log) of\b`, "$1"],
  [raw`\belement-?wise\b|\.\s*$|(?<=\*.*), [a-z]+ .*$`, " "],
);
