// The two sides of a line: which of several formulas is read, and what the left side names.

import { notation } from "./notation.mjs";
import { wrong } from "./tokens.mjs";

/** The tokens of one of several statements. */
export function statement(tokens, decide) {
  const all = parted(tokens, "semi")
    .filter((part) => part.length)
    .flatMap(listed);
  if (!all.length) throw wrong("ends", tokens[0].at);
  if (all.length === 1) return all[0];
  const at = [all[1][0].at[0], tokens.at(-1).at[1]];
  return all[decide("statement@", all.length, { key: "statement", at })];
}

// several equations with commas between them
function listed(tokens) {
  const parts = parted(tokens, "comma");
  return parts.every((part) => part.some(({ kind }) => kind === "equals")) ? parts : [tokens];
}

// the tokens between signs of a kind that stand in no parentheses
function parted(tokens, kind) {
  const parts = [[]];
  let depth = 0;
  for (const token of tokens) {
    if (token.kind === "open") depth += 1;
    if (token.kind === "close") depth -= 1;
    if (token.kind === kind && depth <= 0) parts.push([]);
    else parts.at(-1).push(token);
  }
  return parts;
}

/** The tree of a statement's formula, and what its left side may mean: { tree, left, summed }. */
export function told(tokens, known, decide, reader) {
  const [first, ...rest] = parted(tokens, "equals");
  const named = rest.length && first.length ? nameIn(first, known) : null;
  const whole = (some) => {
    const one = reader(
      some.filter((token) => !trailing(token, some)),
      named?.means,
    );
    return { tree: one.whole(), summed: one.summed };
  };
  if (!rest.length) return whole(first);
  const signs = tokens.filter((token) => token.kind === "equals");
  if (rest.some((side) => !side.length)) throw wrong("missing", signs[0].at);
  const sides = (named || !first.length ? rest : [...rest, first]).filter(
    (side, k, all) => all.length === 1 || !again(side, named, known),
  );
  if (!named) sides.sort((a, b) => Number(a.length === 1) - Number(b.length === 1));
  const at = signs.at(-1).at;
  const k = sides.length === 1 ? 0 : decide("equals@", sides.length, { key: "equals", at });
  const right = whole(sides.at(named ? -1 - k : k));
  if (!named) return right;
  const { means } = named;
  const tree = updated(signs[0].text[0], means, right.tree, first[0].at, decide);
  return { ...right, tree, left: { ...named, at: first[0].at } };
}

// ∂L/∂c on the right of c̄ only says what c̄ is
const again = (side, named, known) =>
  side.length === 1 &&
  side[0].kind === "word" &&
  named?.means.includes(notation.meaning(side[0].text, known).means[0]);

// what a left side names, whatever else stands there, null where it is a formula
function nameIn(side, known) {
  const words = side.filter(({ kind }) => kind === "word");
  const all = words.map(({ text }) => notation.meaning(text, known));
  const formula = words.length > 1 && all.every(({ means }) => means.length);
  if (formula) return null;
  const named = all.at(-1) ?? { means: [] };
  const primed = side.at(-1).kind === "prime" && named.means[0] === "c_bar";
  return primed ? { means: ["z_g_bar", "g_bar", "c_bar_next"] } : named;
}

const trailing = (token, some) =>
  token === some.at(-1) && (token.kind === "comma" || token.text === ".");

const NEXT = { c_bar: "c_bar_next", h_bar: "h_bar_next" };

// what is added to, or multiplies, what stood on the left
function updated(sign, means, tree, at, decide) {
  const old = before(sign, means);
  if (!old) return tree;
  const count = sign === "+" ? 2 : 1;
  const k = decide(`updated${sign}@`, count, { key: "updated", at });
  if (sign === "+" && k === 0) return tree;
  const name = { op: "name", v: old, at };
  return { op: sign === "+" ? "sum" : "product", a: [name, tree], at: [at[0], tree.at[1]] };
}

function before(sign, means) {
  if (sign === "+") return means.map((one) => NEXT[one]).find(Boolean) ?? "";
  return sign === "*" ? (means[0] ?? "").replace(/^z_(.)_bar$/, "$1_bar") : "";
}
