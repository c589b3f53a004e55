// In which notation a line is read: in the book's own spelling alone, until foreign.mjs is here.

import { Mapped } from "./mapped.mjs";

/**
 * How a text is spelled plainly, which names there are, and what a word means.
 * @type {Record<string, any>}
 */
export const notation = {
  all: false, // whether every notation is read
  authors: [], // whose letters may be chosen
  partials: {}, // of each value its derivatives by others, as text
  plainly(text) {
    const mapped = new Mapped();
    text.split("").forEach((sign, k) => mapped.add(sign, [k, k + 1]));
    return mapped.replaced(/\(t\+1\)/dgu, "_tp1");
  },
  /** @returns {any} */
  lexicon(names) {
    const later = names.map((name) => [`${name}_tp1`, `${name}(t+1)`]);
    return {
      sure: new Map([...names.map((name) => [name, name]), ...later]),
      names: new Set(names),
    };
  },
  /** @returns {{ name?: string, id: string, means: string[] }} */
  meaning(word, { sure }) {
    const name = sure.get(word);
    return { name, id: "", means: name ? [name] : [] };
  },
  beside: (found) => found,
  /** @returns {string[]} */
  guess: () => [],
};
