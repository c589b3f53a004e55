// A typed line as a tree. Where it can be read in several ways, every one of them is offered and
// none is taken before the reader has chosen.

import { Reader } from "./grammar.mjs";
import { notation } from "./notation.mjs";
import { statement, told } from "./sides.mjs";
import { split, wrong } from "./tokens.mjs";

/** A longer line is not read. */
export const LENGTH = 400;
const MOST = 9; // readings that are offered
const TRIES = 60;

/** What was decided on letters, by id: it holds for a page. `whose` names an author. */
export const chosen = { whose: "", plan: {} };

/**
 * The tree of a line, { tree, text }; or what is wrong with it, { wrong, text }, with the readings
 * among which to choose in `offer`, if there are any. `left` is what its left side may mean.
 * @param {string} line
 * @param {string[]} names
 * @returns {{ text: string, tree?: any, wrong?: { key: string, at: number[], what: string },
 *   offer?: any[], left?: any, summed?: boolean }}
 */
export function read(line, names, longest = LENGTH, { whose, plan } = chosen) {
  const text = String(line);
  if (text.length > longest) return { text: "", wrong: wrong("long", [0, 0]) };
  try {
    const tokens = split(notation.plainly(text));
    if (!tokens.length) return { text, wrong: wrong("empty", [0, 0]) };
    return { text, ...readings(tokens, { lexicon: notation.lexicon(names, whose), plan, text }) };
  } catch (error) {
    if (!error.key) throw error;
    return { text, wrong: error };
  }
}

// every reading, by deciding one question after the other
function readings(tokens, given) {
  const queue = [{}];
  const found = [];
  let first = null; // the first question
  let failed = null;
  for (let tries = 0; queue.length && tries < TRIES && found.length < MOST; tries++) {
    const plan = queue.shift();
    const made = attempt(tokens, given, plan);
    if (made.tree) found.push({ ...made, plan });
    else if (made.question) {
      first ??= made.question;
      const { id, count } = made.question;
      const plans = Array.from({ length: count }, (_, k) => ({ ...plan, [id]: k }));
      queue.unshift(...plans);
    } else failed ??= made.wrong;
  }
  if (!found.length) throw failed ?? first;
  if (!first) return found[0];
  return { wrong: first, offer: unlike(found) };
}

// the same formula is offered once
function unlike(found) {
  const seen = new Set();
  return found.filter(({ tree }) => {
    const id = JSON.stringify(tree, (name, value) => (name === "at" ? undefined : value));
    return !seen.has(id) && seen.add(id);
  });
}

function attempt(tokens, { lexicon: known, plan: kept, text }, plan) {
  const decide = (id, count, more) => {
    const own = id.includes("@") ? `${id}:${text}` : id;
    const k = plan[own] ?? kept[own];
    if (k === undefined) throw { question: { id: own, count, what: "", ...more } };
    return k;
  };
  const reader = (some, left) =>
    new Reader({ tokens: some, lexicon: known, decide, parsed, left, text });
  // a meaning is in the book's own words: nothing of what the reader typed bears on it
  const parsed = (words, at) => {
    const plain = split(notation.plainly(words));
    return placed(new Reader({ tokens: plain, lexicon: known, decide, parsed }).whole(), at);
  };
  try {
    return told(statement(tokens, decide), known, decide, reader);
  } catch (error) {
    if (!error.question && !error.key) throw error;
    return error.question ? error : { wrong: error };
  }
}

// everything that a meaning is made of stands where its word stands
function placed(node, at) {
  return { ...node, at, ...(node.a && { a: node.a.map((part) => placed(part, at)) }) };
}
