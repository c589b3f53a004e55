// A word in its parts, as in grad_forget_raw; the names and the table of letters, by their parts.

import { LETTERS } from "../printed/letters.mjs";
import { GATES } from "./states.mjs";

const { marks: MARKS, letters: WORDS, noise: NOISE, same: SAME, offered: OFFERED } = LETTERS;
const BY_LOSS = /^d_?(?:[lej]|loss|cost|obj|objective|err|error)_?(?:by_?|wrt_?)?d_?(?=[a-z])/i;
const IN_GATE = /(?<![a-z])in(?:put)?_?gate/i;
const OUT_GATE = /(?<![a-z])out(?:put)?_?gate/i;
const MARK = Object.fromEntries(
  Object.entries(MARKS).flatMap(([mark, words]) => words.split(" ").map((word) => [word, mark])),
);
const LETTER = Object.fromEntries(
  Object.entries(WORDS).flatMap(([letter, words]) =>
    words.split(" ").map((word) => [word, letter]),
  ),
);
const QUIET = new Set(NOISE.split(" "));
const GLUED = [
  { form: /^(.+)(bar|prev|next|tm1|tp1|tilde|hat|grad|raw)$/, kept: 1, mark: 2 },
  { form: /^(prev|next|last|grad|delta|del|tanh)(.+)$/, kept: 2, mark: 1 },
];
const lexicons = new Map();

/**
 * A word in its parts: its letters, and the marks on them: a d, a bar, a time.
 * @param {string} word
 */
export function parts(word) {
  const marks = new Set();
  const byLoss = BY_LOSS.test(word);
  if (byLoss) marks.add("bar");
  const all = word
    .replace(BY_LOSS, "")
    .replace(IN_GATE, "i")
    .replace(OUT_GATE, "o")
    .replace(/(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, "_")
    .replace(/_T(?=_|$)/, "_final")
    .toLowerCase()
    .split("_");
  let rest = "";
  for (const part of all)
    if (part in MARK && all.length > 1) marks.add(MARK[part]);
    else if (!QUIET.has(part) || all.length === 1) rest += LETTER[part] ?? part;
  if (!rest) {
    rest = all.find((part) => part === "input" || QUIET.has(part)) ?? "";
    if (rest === "input") marks.delete("pre");
  }
  for (const { form, kept, mark } of GLUED)
    for (let met = form.exec(rest); met; met = form.exec(rest)) {
      marks.add(MARK[met[mark]]);
      rest = met[kept];
    }
  return { rest, marks };
}

/** The parts as a key. */
export const keyOf = (rest, marks) => [rest, ...[...marks].sort()].join(" ");
const key = (word) => {
  const { rest, marks } = parts(word);
  return keyOf(rest, marks);
};

/** Every name by the key of its spelling, and the rows of the table of letters likewise. */
export function lexicon(names, whose = "") {
  const id = `${whose}:${names}`;
  if (!lexicons.has(id)) lexicons.set(id, made(names, whose));
  return lexicons.get(id);
}

const gated = (written) =>
  /K/.test(written) ? GATES.map((K) => (text) => text.replaceAll("K", K)) : [(text) => text];

function made(names, whose) {
  const [sure, rows] = [new Map(), new Map()];
  for (const [written, ...means] of OFFERED)
    for (const of of gated(written))
      rows.set(key(of(written)), { id: written, means: means.map(of) });
  const certain = [...Object.entries(LETTERS.authors[whose] ?? {}), ...SAME];
  for (const [written, means] of certain)
    for (const of of gated(written)) sure.set(key(of(written).replace(".", "_")), of(means));
  for (const name of names) sure.set(key(name), name);
  for (const name of names) {
    if (name.endsWith("(t+1)")) sure.set(key(`${name.slice(0, -5)}_tp1`), name);
    if (/^[hc]_prev$/.test(name)) sure.set(key(`${name[0]}_tm1`), name);
    if (!/^(?:f|c_bar|z_._bar)$/.test(name)) continue;
    sure.set(key(`${name}_tp1`), `${name}(t+1)`);
    if (name !== "c_bar") sure.set(key(`${name}_next`), `${name}(t+1)`);
  }
  return { sure, rows, names: new Set(names) };
}
