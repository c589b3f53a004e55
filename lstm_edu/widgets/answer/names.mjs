// What a name means: one of the book, in any spelling, or another author’s, read by its parts; what
// is a matter of convention has several meanings and is asked back.

import { keyOf, parts } from "./lexicon.mjs";
import { GATES } from "./states.mjs";

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

// the word as it stands, without the t of ct and the s of fs, and with a d for the d of dc and for
// the e of ec
function variants(word) {
  const one = parts(word);
  const some = [one];
  for (const form of [/t$/, /(?<=.)s$/, /(?<=.)t?t$/])
    if (form.test(one.rest)) some.push({ ...one, rest: one.rest.replace(form, "") });
  for (const { rest, marks } of [...some])
    if (/^(?:d.|e[ch]$)/.test(rest)) {
      const inner = parts(rest.slice(1));
      some.push({ rest: inner.rest, marks: new Set([...marks, ...inner.marks, "d"]) });
    }
  return some.filter(({ rest }) => rest);
}

const certainly = (name) => ({ name, id: "", means: [name] });

// by the table, else by what is left without one of the marks, else by what its letter stands for
function found(rest, marks, known) {
  const id = keyOf(rest, marks);
  const own = listed(id, known);
  if (own) return own;
  const without = [...marks]
    .filter((mark) => mark in WITH)
    .sort((a, b) => ORDER.indexOf(a) - ORDER.indexOf(b))
    .map((mark) => ({ mark, others: new Set([...marks].filter((one) => one !== mark)) }));
  const by = (find) => {
    for (const { mark, others } of without) {
      const value = find(rest, others, known);
      const whole = value && WITH[mark](value, id);
      if (whole?.means.length) return whole;
    }
    return null;
  };
  return (
    by((one, others) => listed(keyOf(one, others), known)) ??
    stands(rest, marks, known, id) ??
    by(found)
  );
}

function listed(id, known) {
  return known.sure.has(id) ? certainly(known.sure.get(id)) : known.rows.get(id);
}

// another author's letter with marks: its meanings, each with those marks
function stands(rest, marks, known, id) {
  const other = marks.size ? known.rows.get(rest) : null;
  const means = (other?.means ?? []).filter((one) => gate(one) || /^[hcx]$/.test(one));
  return means.length ? each({ means }, id, (one) => found(one, marks, known)?.means ?? []) : null;
}

const each = (value, id, of) => ({ id, means: [...new Set(value.means.flatMap(of))] });
const gate = (name) => GATES.includes(name);
const barOf = (name) => (/_prev$/.test(name) ? name.replace("_prev", "_bar_prev") : `${name}_bar`);

const ORDER = ["bar", "d", "pre", "ante", "tanh", "act", "total", "final"];

/** What a mark makes of a value: its gradient, its pre-activation, its tanh. */
const WITH = {
  bar: (value, id) => (value.name ? certainly(barOf(value.name)) : each(value, id, barOf)),
  d: (value, id) =>
    each(value, gate(value.name) ? "dK" : id, (one) =>
      gate(one) ? [`${one}_bar`, `z_${one}_bar`] : [one === "tanh(c)" ? "h_bar * o" : barOf(one)],
    ),
  pre: (value, id) => each(value, id, (one) => (gate(one) ? `z_${one}` : [])),
  ante: (value, id) => each(value, id, (one) => (gate(one) ? [`z_${one}`, `${one}(t+1)`] : [])),
  tanh: (value, id) => each(value, id, (one) => (one === "c" ? "tanh(c)" : [])),
  act: (value, id) => each(value, id, (one) => (one === "c" ? ["c", "tanh(c)"] : one)),
  total: (value, id) => each(value, id, (one) => (gate(one) ? [`z_${one}`, one] : one)),
  final: (value, id) => each(value, id, (one) => one),
};
