// What a name means beside the other names of its line.

import { called } from "./calls.mjs";
import { meaning } from "./names.mjs";

// what a gradient on the right was before, if the line gives it a new value
const EARLIER = {
  c_bar: ["c_bar_next", "c_bar(t+1)"],
  h_bar: ["h_bar_next", "h_bar_loss"],
};
const ASSIGNED = /<-|←|:=|\\(?:leftarrow|gets)/;

/** A meaning, and what else it may be where the left side of its reader names a gradient. */
export function beside(found, reader, at) {
  const [left = ""] = reader.left;
  const { name, means } = found;
  if (name === "h" && /^w_.h_bar/.test(left) && !timed(reader.source, at))
    return { id: "h of a weight", means: reader.known(["h_prev", "h"]) };
  const earlier = reader.known(EARLIER[left] ?? []);
  const same = means.includes(left);
  const met = same || means.includes(left.replace("bar", "bar_prev"));
  if (!earlier.length || !met || (name && !ASSIGNED.test(reader.source))) return found;
  const others = means.filter((one) => one !== left);
  if (others.some((one) => earlier.includes(one)))
    return { id: `${found.id} but ${left}`, means: others };
  return { id: `old ${left}`, means: [...others, ...earlier, ...(same ? [left] : [])] };
}

// what an unknown word may stand for
const GRADIENTS = ["h_bar", "c_bar", "h_bar_loss", "c_bar_next", "h_bar_next"];
const VALUES = ["x", "c", "c_prev", "h", "h_prev", "i", "f", "o", "g"];

/** What an unknown word may stand for: nothing, if it is not the only one of its line. */
export function guess(word, key, { tokens, lexicon, kind }) {
  const others = tokens
    .filter((one) => one.kind === "word" && one.text !== word && !called(one.text))
    .map(({ text }) => meaning(text, lexicon).means.length);
  if (kind === "open" || !others.length || others.includes(0)) return [];
  if (key === "name-gradient" || /grad|err|delta|carry/i.test(word)) return GRADIENTS;
  return /^name(?:-word)?$/.test(key) && word.length > 2 ? VALUES : [];
}

// whether a time is written at a name
const timed = (source, [from, to]) =>
  to - from > 1 || /^\S*?[_^{(<[\s]*[tₜᵗ⁽]/u.test(source.slice(to - 1, to + 4));
