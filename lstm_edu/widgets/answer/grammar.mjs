// Reads one line of mathematics into a tree. Nothing is run: what the grammar does not know, it
// points at; what may be read in several ways, it asks.
//   line = [name =] sum
//   sum = product (± product)…
//   product = factor ([*] factor | / factor)…
//   factor = ±power
//   power = atom [^ whole number]
//   atom = number | name | function argument | ( sum ) | Σ product
// A node is { op, v, a, at }: op is num, name, call, pow, neg, sum or product; v its value; a its
// parts; at its place in the line.

import { Atoms } from "./atoms.mjs";
import { wrong } from "./tokens.mjs";

const DEPTH = 24;
const STARTS = ["word", "open", "number", "grouped"];

/** One reading of the tokens of a formula. */
export class Reader extends Atoms {
  depth = 0; // parentheses inside each other
  whole() {
    const tree = this.sum();
    this.readable();
    if (this.kind !== "end") throw wrong(this.kind === "close" ? "close" : "missing", this.here);
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
    let below = null; // what stands under the stroke of a fraction just read
    for (;;) {
      if (this.kind === "over2") below = this.under(parts);
      else if (this.kind === "times") {
        this.next();
        this.multiplied(parts);
        below = null;
      } else if (!STARTS.includes(this.kind)) break;
      else if (this.kind === "number") this.digit(parts);
      else if (below && this.asked("slash", this.here)) grow(below, this.factor());
      else {
        if (this.cross()) this.next();
        this.beside(parts);
        below = null;
      }
    }
    this.bare = null;
    return parts.length > 1 ? this.node("product", from, undefined, parts) : parts[0];
  }
  // tanh 2 * c may be meant as tanh(2 c)
  multiplied(parts) {
    const { bare } = this;
    if (bare?.a[0].op === "num" && this.asked("bare", bare.at)) grow(bare, this.factor());
    else parts.push(this.factor());
  }
  // a / b, and tanh c / 2, which may be meant as tanh(c / 2); what stands below the stroke
  under(parts) {
    const start = this.here[0];
    const { bare } = this;
    const into = bare && this.asked("bare", bare.at);
    this.next();
    const part = this.node("pow", start, -1, [this.factor()]);
    if (into) grow(bare, part);
    else parts.push(part);
    return into ? null : part;
  }
  // an x without a time between two quantities, where others have one or no product is written
  // otherwise, may be a times sign; so may an o, where a time stands after the next one
  cross() {
    const [x, after] = [this.tokens[this.k], this.tokens[this.k + 1]];
    if (
      !/^[xo]$/.test(x.text) ||
      x.joined ||
      !after ||
      after.joined ||
      !STARTS.includes(after.kind)
    )
      return false;
    const own = /^\s*[_^]?[\s({<[]*t\b/.test(this.source.slice(x.at[1]));
    const timed = x.text === "x" ? /[(_^<[]\s*t\b/ : /\so\s+[^\s()*+]*[([_^{]\s*t\b/;
    const alone = x.text === "x" && after.kind === "word" && !this.tokens.some(multiplies);
    if (own || !(alone || timed.test(this.source))) return false;
    return !this.decide(`cross@${x.text}`, 2, { key: "cross", at: x.at, what: x.text });
  }
  // two factors without a sign between them
  beside(parts) {
    const { bare } = this;
    if (!bare || !this.asked("bare", bare.at)) {
      parts.push(this.factor());
      return;
    }
    grow(bare, this.factor());
    this.bare = bare;
  }
  // c 2 may be a product or a power
  digit(parts) {
    const digit = this.tokens[this.k];
    if (!/^[1-9]$/.test(digit.text) || !this.asked("number-after", digit.at)) {
      parts.push(this.factor());
      return;
    }
    this.next();
    const base = parts.pop();
    parts.push(this.node("pow", base.at[0], Number(digit.text), [base]));
  }
  factor() {
    const from = this.here[0];
    let negative = false;
    while (this.kind === "minus" || this.kind === "plus")
      negative = (this.next().kind === "minus") !== negative;
    const inner = this.power();
    return negative ? this.node("neg", from, undefined, [inner]) : inner;
  }
}

// whether a token is multiplied with the one before it, and neither is an x
const multiplies = (token, k, all) =>
  token.kind === "times" ||
  (k > 0 &&
    STARTS.includes(token.kind) &&
    ["word", "number", "close"].includes(all[k - 1].kind) &&
    !(token.kind === "open" && token.joined) &&
    ![token.text, all[k - 1].text].includes("x"));

// a part more within a function or below a stroke
function grow(node, part) {
  const [inner] = node.a;
  const a = inner.op === "product" ? [...inner.a, part] : [inner, part];
  node.a = [{ op: "product", a, at: [inner.at[0], part.at[1]] }];
  node.at = [node.at[0], part.at[1]];
}
