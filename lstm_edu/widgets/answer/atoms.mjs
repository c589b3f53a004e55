// The smallest parts of a line: numbers, names, functions with their arguments, groups, sums over
// the gates, and what is raised to a power.

import { Applied } from "./applied.mjs";
import { BOOK, called } from "./calls.mjs";
import { GATES } from "./states.mjs";
import { CLOSES, wrong } from "./tokens.mjs";

/** The parts that stand alone. */
export class Atoms extends Applied {
  summed = false; // whether a sum over t was written
  power() {
    const from = this.here[0];
    let base = this.atom();
    while (this.kind === "power") {
      const into = this.bare && this.asked("bare", this.bare.at) ? this.bare : null;
      const v = this.exponent();
      if (into) into.a = [this.node("pow", into.a[0].at[0], v, into.a)];
      else base = this.node("pow", from, v, [base]);
    }
    return base;
  }
  atom() {
    this.readable();
    const from = this.here[0];
    const token = this.next();
    this.bare = null;
    if (token?.kind === "number") return this.node("num", from, Number(token.text));
    if (token?.kind === "grouped") return this.grouped(token);
    if (token?.kind === "word") return this.word(token);
    if (token?.kind === "open") return this.transposed(this.group(token));
    throw wrong(token ? "missing" : "ends", token?.at ?? this.here);
  }
  // 1,000
  grouped({ text, at }) {
    const point = this.asked("grouped", at);
    return { op: "num", v: Number(text.replaceAll(",", point ? "." : "")), at };
  }
  word(token) {
    const sum = /^(?:sum|Sum)(?:_(\w+))?$/.exec(token.text);
    if (sum && this.kind !== "open") return this.over(sum[1] ?? "", token);
    if (sum && sum[1]) return this.over(sum[1], token);
    const call = called(token.text);
    const certain = call?.sure && BOOK.includes(call.kind);
    if (certain || (call && this.kind === "open")) return this.call(token, call);
    return this.transposed(this.name(token));
  }
  group(open) {
    /** @type {any} */
    const self = this;
    const parts = [self.sum()];
    while (this.kind === "comma" && open.text === "[") {
      this.next();
      parts.push(self.sum());
    }
    this.readable();
    const inner = this.oneOf(parts, open);
    const close = this.next();
    if (close?.text !== CLOSES[open.text]) throw wrong("open", open.at);
    this.bare = null;
    return { ...inner, at: [open.at[0], close.at[1]] };
  }
  // [h, x] is what W is multiplied by where the weights of both stand in one array
  oneOf(parts, { at }) {
    if (parts.length === 1) return parts[0];
    return parts[this.decide(`packed@${at}`, parts.length, { key: "packed", at })];
  }
  // Σ over t stands for one step's share; over another letter, for the four gates
  over(letter, token) {
    /** @type {any} */
    const self = this;
    if (this.gate) throw wrong("sum", token.at);
    if (!letter && this.overGates("k")) return this.over("k", token);
    if (letter === "t" || !this.overGates(letter)) {
      if (!letter) this.decide("sum", 1, { key: "sum", at: token.at });
      this.summed = true;
      return self.product();
    }
    const from = this.k;
    const parts = GATES.map((gate) => {
      this.k = from;
      this.gate = [letter, gate];
      return self.product();
    });
    this.gate = null;
    return this.node("sum", token.at[0], undefined, parts);
  }
  // whether a sum over a letter is one of z_k and w_kx
  overGates(letter) {
    const end = this.tokens.findIndex(
      ({ kind }, k) => k > this.k && /plus|minus|equals/.test(kind),
    );
    const words = this.tokens.slice(this.k, end < 0 ? undefined : end).map(({ text }) => text);
    const indexed = new RegExp(`(?:^[wub]?|_)${letter}[xh]?(?:_|$)`, "i");
    return Boolean(letter) && words.some((word) => indexed.test(word));
  }
}
