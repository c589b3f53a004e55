// Reads one line of mathematics into a tree. Nothing is run: what the grammar does not know, it
// points at.
//   line = [name =] sum
//   sum = product (± product)…
//   product = factor ([*] factor | / factor)…
//   factor = ±power
//   power = atom [^ whole number]
//   atom = number | name | function argument | ( sum )
// A node is { op, v, a, at }: op is num, name, call, pow, neg, sum or product; v its value; a its
// parts; at its place in the line.

import { known, split, wrong } from "./tokens.mjs";

/** A longer line is not read, nor one with more parentheses inside each other. */
export const LENGTH = 400;
const DEPTH = 24;

const RAISED = { "²": 2, "³": 3, "⁴": 4, "⁻¹": -1, "⁻²": -2 };
const CLOSES = { "(": ")", "[": "]", "{": "}" };

/**
 * The tree of a line, { tree, text, left } with the name before its equals sign, or what is wrong
 * with it, { wrong, text }.
 * @param {string} line
 * @param {string[]} names
 * @typedef {{ key: string, at: number[], what: string }} Wrong
 * @returns {{ text: string, tree?: any, left?: any, wrong?: Wrong }}
 */
export function read(line, names, longest = LENGTH) {
  const given = String(line);
  if (given.length > longest) return { text: "", wrong: wrong("long", [0, 0]) };
  const text = given.normalize("NFD");
  try {
    const tokens = split(text, known(names));
    if (!tokens.length) return { text, wrong: wrong("empty", [0, 0]) };
    const reader = new Reader(tokens, text);
    return { text, tree: reader.line(), left: reader.left };
  } catch (error) {
    if (!error.key) throw error;
    return { text, wrong: error };
  }
}

class Reader {
  k = 0; // the token that comes next
  depth = 0;
  left = null; // the name before the equals sign
  bare = null; // where a function stands whose argument has no parentheses
  constructor(tokens, text) {
    this.tokens = tokens;
    this.end = text.length;
  }
  get kind() {
    return this.tokens[this.k]?.kind ?? "end";
  }
  get here() {
    return this.tokens[this.k]?.at ?? [this.end, this.end];
  }
  next() {
    return this.tokens[this.k++];
  }
  node(op, from, v, a) {
    return { op, v, a, at: [from, this.tokens[this.k - 1].at[1]] };
  }
  line() {
    if (this.kind === "name" && this.tokens[1]?.kind === "equals") {
      this.left = this.tokens[0];
      this.k = 2;
    }
    const tree = this.sum();
    if (this.kind !== "end") throw wrong(this.kind === "close" ? "close" : "equals", this.here);
    return tree;
  }
  sum() {
    if (++this.depth > DEPTH) throw wrong("deep", this.here);
    const from = this.here[0];
    const parts = [this.product()];
    while (this.kind === "plus" || this.kind === "minus") {
      const sign = this.next();
      const part = this.product();
      parts.push(
        sign.kind === "minus" ? { op: "neg", a: [part], at: [sign.at[0], part.at[1]] } : part,
      );
    }
    this.depth -= 1;
    return parts.length > 1 ? this.node("sum", from, undefined, parts) : parts[0];
  }
  product() {
    const from = this.here[0];
    const parts = [this.factor()];
    let slash = false;
    for (;;) {
      const starts = ["name", "call", "open", "number"].includes(this.kind);
      if (this.kind === "times") this.next();
      else if (this.kind === "over2") {
        const start = this.next().at[0];
        slash = true;
        parts.push(this.node("pow", start, -1, [this.factor()]));
        continue;
      } else if (!starts) break;
      else if (this.kind === "number") throw wrong("number-after", this.here);
      else if (slash) throw wrong("slash", this.here);
      else if (this.bare) throw wrong("bare", this.bare);
      slash = false;
      parts.push(this.factor());
    }
    this.bare = null;
    return parts.length > 1 ? this.node("product", from, undefined, parts) : parts[0];
  }
  factor() {
    const from = this.here[0];
    let negative = false;
    while (this.kind === "minus" || this.kind === "plus")
      negative = (this.next().kind === "minus") !== negative;
    const inner = this.power();
    return negative ? this.node("neg", from, undefined, [inner]) : inner;
  }
  power() {
    const from = this.here[0];
    let base = this.atom();
    while (this.kind === "power" || this.kind === "raised") {
      if (this.bare) throw wrong("bare", this.bare);
      base = this.node("pow", from, this.exponent(), [base]);
    }
    return base;
  }
  exponent() {
    const at = this.here;
    const raised = this.next();
    if (raised.kind === "raised") {
      if (!(raised.text in RAISED)) throw wrong("exponent-unknown", at);
      return RAISED[raised.text];
    }
    const open = this.kind === "open" ? this.next() : null;
    const minus = this.kind === "minus" && this.next();
    const number = this.kind === "number" ? this.next().text : "";
    if (!/^[1-9]$/.test(number)) throw wrong("exponent-unknown", at);
    if (open && this.next()?.text !== CLOSES[open.text]) throw wrong("exponent-unknown", at);
    return minus ? -Number(number) : Number(number);
  }
  atom() {
    const from = this.here[0];
    const token = this.next();
    this.bare = null;
    if (token?.kind === "number")
      return this.node("num", from, Number(token.text.replace(",", ".")));
    if (token?.kind === "name") return this.node("name", from, token.name);
    if (token?.kind === "call") return this.call(token);
    if (token?.kind === "open") return this.group(token);
    throw wrong(token ? "missing" : "ends", token?.at ?? this.here);
  }
  group(open) {
    const inner = this.sum();
    const close = this.next();
    if (close?.text !== CLOSES[open.text]) throw wrong("open", open.at);
    this.bare = null;
    return { ...inner, at: [open.at[0], close.at[1]] };
  }
  call(token) {
    const raised = this.kind === "power" || this.kind === "raised" ? this.exponent() : 0;
    const open = this.kind === "open" ? this.next() : null;
    if (!open && this.kind !== "name" && this.kind !== "number")
      throw wrong("argument", token.at, token.text);
    const inner = open ? this.group(open) : this.atom();
    const call = this.node("call", token.at[0], token.name, [inner]);
    // tanh c f, tanh c²: read by one reader so, by the next one otherwise
    if (!open) this.bare = call.at;
    return raised ? this.node("pow", token.at[0], raised, [call]) : call;
  }
}
