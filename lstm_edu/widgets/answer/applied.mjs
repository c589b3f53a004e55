// The functions of a line: the book's own with their powers and primes, and those of programs.

import { BOOK, slopes } from "./calls.mjs";
import { notation } from "./notation.mjs";
import { Named } from "./named.mjs";
import { GATES } from "./states.mjs";
import { CLOSES, wrong } from "./tokens.mjs";

/** What `called` finds, applied to what follows. */
export class Applied extends Named {
  bare = null; // a function whose argument has no parentheses
  call(token, { kind, slope }) {
    const raised = this.raisedBy();
    const prime = this.kind === "prime" && this.next();
    if (prime && !["tanh", "sigma"].includes(kind))
      throw wrong("prime", [token.at[0], prime.at[1]]);
    if (prime) return this.applied(token, `${kind}'`, raised);
    if (!slope && BOOK.includes(kind)) return this.applied(token, kind, raised);
    if (kind === "each") return this.each(token);
    const args = this.arguments();
    if (!args.length && kind !== "ones" && kind !== "zeros")
      throw wrong("argument", token.at, token.text);
    if (kind === "partial") return this.partial(args[0], args[1], token);
    if (slope) {
      const of = slopes(kind, args[0]);
      if (args[0].op === "name" && args[0].v.startsWith("z_")) return of[1];
      return of[this.decide(`slope:${kind}`, 2, { key: "slope", at: token.at, what: token.text })];
    }
    return this.program(kind, args, token);
  }
  raisedBy() {
    const [digit, after] = [this.tokens[this.k], this.tokens[this.k + 1]];
    if (this.kind === "power") return this.exponent();
    if (digit?.kind !== "number" || !digit.joined || after?.kind !== "open") return 0;
    this.decide(`squared@${digit.at}`, 1, { key: "squared", at: digit.at });
    return Number(this.next().text);
  }
  applied(token, name, raised) {
    const power = raised || (this.kind === "power" ? this.exponent() : 0);
    const open = this.kind === "open" ? this.next() : null;
    if (!open && !["word", "number"].includes(this.kind))
      throw wrong("argument", token.at, token.text);
    /** @type {any} */
    const self = this;
    const inner = open ? self.group(open) : self.atom();
    if (name.endsWith("'") && inner.op === "name" && GATES.includes(inner.v)) {
      const means = slopes(name.slice(0, -1), inner);
      return means[this.decide(`slope of ${name}`, 2, { key: "slope", at: token.at, what: name })];
    }
    const call = this.node("call", token.at[0], name, [inner]);
    // tanh c f, tanh c²: read by one reader so, by the next one otherwise
    if (!open) this.bare = call;
    return power ? this.node("pow", token.at[0], power, [call]) : call;
  }
  arguments() {
    const open = this.next();
    const found = [];
    for (;;) {
      if (this.kind === "word" && this.tokens[this.k + 1]?.kind === "equals") this.skip();
      else found.push(/** @type {any} */ (this).sum());
      if (this.kind !== "comma") break;
      this.next();
    }
    if (this.next()?.text !== CLOSES[open.text]) throw wrong("open", open.at);
    return found;
  }
  // axis=0, keepdims=True
  skip() {
    while (!["comma", "close", "end"].includes(this.kind)) this.next();
  }
  // g.map(x => 1 - x * x): the formula with x standing for g
  each(token) {
    /** @type {any} */
    const self = this;
    this.next();
    const of = self.sum();
    const [, variable] = [this.next(), this.next(), this.next()];
    if (variable?.kind !== "word") throw wrong("argument", token.at, token.text);
    this.bound = Object.assign(Object.create(null), this.bound, { [variable.text]: of });
    const made = self.sum();
    if (this.next()?.kind !== "close") throw wrong("open", token.at);
    return { ...made, at: token.at };
  }
  // ∂c/∂i, which is g, or by way of others ∂c/∂z_i
  partial(of, by, { at }) {
    const text = of?.op === "name" && by?.op === "name" ? derivative(of.v, by.v) : "";
    if (!text) throw wrong("ratio", at);
    return this.parsed(text, at);
  }
  program(kind, args, token) {
    const [a, b] = args;
    const made = PROGRAM[kind]?.(a, b, args);
    if (!made) throw wrong("argument", token.at, token.text);
    return { ...made, at: [token.at[0], this.tokens[this.k - 1].at[1]] };
  }
}

const number = (v) => ({ op: "num", v });
const pow = (a, v) => ({ op: "pow", v, a: [a] });

/** What a function of programs makes of its arguments; nothing where they do not fit. */
const PROGRAM = {
  zeros: () => number(0),
  ones: () => number(1),
  same: (a) => a,
  square: (a) => a && pow(a, 2),
  power: (a, b) => b?.op === "num" && /^[1-9]$/.test(b.v) && pow(a, b.v),
  product: (a, b, all) => b && { op: "product", a: all },
  add: (a, b, all) => b && { op: "sum", a: all },
  subtract: (a, b) => b && { op: "sum", a: [a, { op: "neg", a: [b], at: b.at }] },
  divide: (a, b) => b && { op: "product", a: [a, { ...pow(b, -1), at: b.at }] },
};

// the derivative of a value by another as text, along every path; empty where there is none
function derivative(of, by) {
  const through = Object.entries(notation.partials[of] ?? {}).map(([name, slope]) => {
    const rest = name === by ? "1" : derivative(name, by);
    return rest && (rest === "1" ? slope : `(${slope})*(${rest})`);
  });
  return through.filter(Boolean).join(" + ");
}
