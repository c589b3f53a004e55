// What a name means: one of the book's in any spelling, or another author's, read by its parts, as
// in grad_forget_raw; what is a matter of convention has several meanings and is asked back.

import { LETTERS } from "../printed/letters.mjs";
import { GATES } from "./states.mjs";

const { marks: MARKS, letters: WORDS, noise: NOISE, same: SAME, offered: OFFERED } = LETTERS;
const BY_LOSS = /^d_?(?:[lej]|loss|cost)_?(?:by_?|wrt_?)?d_?(?=[a-z])/i;
const IN_GATE = /(?<![a-z])in(?:put)?_?gate/i;
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
  { form: /^(prev|next|last|grad|delta|del)(.+)$/, kept: 2, mark: 1 },
];
const lexicons = new Map();

/**
 * A word in its parts: its letters, and the marks on them: a d, a bar, a time.
 * @param {string} word
 */
function parts(word) {
  const marks = new Set();
  const byLoss = BY_LOSS.test(word);
  if (byLoss) marks.add("bar");
  const all = word
    .replace(BY_LOSS, "")
    .replace(IN_GATE, "i")
    .replace(/(?<=[a-z])(?=[A-Z])/g, "_")
    .toLowerCase()
    .split("_");
  let rest = "";
  for (const part of all)
    if (part in MARK && all.length > 1) marks.add(MARK[part]);
    else if (!QUIET.has(part) || all.length === 1) rest += LETTER[part] ?? part;
  rest ||= all.find((part) => QUIET.has(part)) ?? "";
  for (const { form, kept, mark } of GLUED)
    for (let met = form.exec(rest); met; met = form.exec(rest)) {
      marks.add(MARK[met[mark]]);
      rest = met[kept];
    }
  return { rest, marks };
}

const keyOf = (rest, marks) => [rest, ...[...marks].sort()].join(" ");
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
  const certain = [...Object.entries(LETTERS.authors[whose]?.letters ?? {}), ...SAME];
  for (const [written, means] of certain)
    for (const of of gated(written)) sure.set(key(of(written)), of(means));
  for (const name of names) sure.set(key(name), name);
  for (const name of names) {
    if (/^[hc]_prev$/.test(name)) sure.set(key(`${name[0]}_tm1`), name);
    if (!/^(?:f|c_bar|z_._bar)$/.test(name)) continue;
    sure.set(key(`${name}_tp1`), `${name}(t+1)`);
    if (name !== "c_bar") sure.set(key(`${name}_next`), `${name}(t+1)`);
  }
  return { sure, rows, names: new Set(names) };
}

/**
 * What a word means: { name } where that is certain, else { id, means }, the texts of what it may
 * mean, none if it is not known.
 * @returns {{ name?: string, id: string, means: string[] }}
 */
export function meaning(word, known) {
  const all = variants(word).map(({ rest, marks }) => found(rest, marks, known));
  const best = all.find((one) => one?.name) ?? all.find(Boolean);
  const means = (best?.means ?? []).filter((one) => allowed(one, known));
  return means.length ? { ...best, means } : { id: "", means: [] };
}

const allowed = (text, { names }) => names.has(text.replace("(t+1)", "")) || /[ (]/.test(text);

// the word as it stands, without the t of ct and the s of fs, and with a d for the d of dc
function variants(word) {
  const one = parts(word);
  const some = [one];
  for (const form of [/t$/, /(?<=.)s$/, /(?<=.)t?t$/])
    if (form.test(one.rest)) some.push({ ...one, rest: one.rest.replace(form, "") });
  for (const { rest, marks } of [...some])
    if (/^d./.test(rest)) {
      const inner = parts(rest.slice(1));
      some.push({ rest: inner.rest, marks: new Set([...marks, ...inner.marks, "d"]) });
    }
  return some.filter(({ rest }) => rest);
}

const certainly = (name) => ({ name, id: "", means: [name] });

// by the table, else by what is left without one of the marks
function found(rest, marks, known) {
  const id = keyOf(rest, marks);
  if (known.sure.has(id)) return certainly(known.sure.get(id));
  if (known.rows.has(id)) return known.rows.get(id);
  const other = known.rows.get(rest);
  if (other && marks.size)
    return each(other, id, (one) =>
      gate(one) || /^[hcx]$/.test(one) ? told(one, marks, known) : [],
    );
  for (const mark of ["bar", "d", "pre", "tanh", "total"]) {
    if (!marks.has(mark)) continue;
    const value = found(rest, new Set([...marks].filter((one) => one !== mark)), known);
    if (value) return WITH[mark](value, id);
  }
  return null;
}

const told = (name, marks, known) => found(name, marks, known)?.means ?? [];
const each = (value, id, of) => ({ id, means: [...new Set(value.means.flatMap(of))] });
const gate = (name) => GATES.includes(name);
const barOf = (name) => (/_prev$/.test(name) ? name.replace("_prev", "_bar_prev") : `${name}_bar`);

/** What a mark makes of a value: its gradient, its pre-activation, its tanh. */
const WITH = {
  bar: (value, id) => (value.name ? certainly(barOf(value.name)) : each(value, id, barOf)),
  d: (value, id) =>
    each(value, gate(value.name) ? "dK" : id, (one) =>
      gate(one) ? [`${one}_bar`, `z_${one}_bar`] : [one === "tanh(c)" ? "h_bar * o" : barOf(one)],
    ),
  pre: (value, id) => each(value, id, (one) => (gate(one) ? `z_${one}` : [])),
  tanh: (value, id) => each(value, id, (one) => (one === "c" ? "tanh(c)" : [])),
  total: (value, id) => each(value, id, (one) => one),
};
