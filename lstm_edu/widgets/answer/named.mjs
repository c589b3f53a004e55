// A place in the tokens of a line, and its names: what they mean, and what is asked where they may
// mean several things.

import { notation } from "./notation.mjs";
import { CLOSES, wrong } from "./tokens.mjs";

// what a prime on a name may say
const PRIMED = { c: ["g", "c"], c_bar: ["c_bar_next", "g_bar", "z_g_bar", "c_bar"] };

/**
 * One reading of some tokens. `decide(id, count, { key, at, what })` says which of several meanings
 * is taken, `parsed(text, at)` gives the tree of a meaning, `left` is what the left side may name.
 */
export class Named {
  k = 0; // the token that comes next
  gate = null; // in a sum over gates: its letter and the gate
  bound = Object.create(null); // what a variable of a function stands for
  /** @param {any} given */
  constructor({ tokens, lexicon, decide, parsed, text = "", left = [] }) {
    this.tokens = tokens;
    this.lexicon = lexicon;
    this.decide = decide;
    this.parsed = parsed;
    this.left = left;
    this.source = text; // what the reader typed
  }
  get kind() {
    return this.tokens[this.k]?.kind ?? "end";
  }
  get here() {
    const end = this.tokens.at(-1)?.at[1] ?? 0;
    return this.tokens[this.k]?.at ?? [end, end];
  }
  next() {
    return this.tokens[this.k++];
  }
  // what cannot be read is said where it stands
  readable() {
    if (this.kind === "bad") throw this.tokens[this.k].fault;
  }
  node(op, from, v, a) {
    return { op, v, a, at: [from, this.tokens[this.k - 1].at[1]] };
  }
  asked(key, at) {
    return this.decide(`${key}@${at}`, 2, { key, at }) === 1;
  }
  exponent() {
    const at = this.here;
    this.next();
    const open = this.kind === "open" ? this.next() : null;
    const minus = this.kind === "minus" && this.next();
    const number = this.kind === "number" ? this.next().text : "";
    if (!/^[1-9](?:\.0*)?$/.test(number)) throw wrong("exponent-unknown", at);
    if (open && this.next()?.text !== CLOSES[open.text]) throw wrong("exponent-unknown", at);
    return minus ? -Number(number) : Number(number);
  }
  name(token) {
    const { text, at } = token;
    if (this.bound[text]) return { ...this.bound[text], at };
    const word = this.gate ? indexed(text, ...this.gate) : text;
    const shown = { key: strange(word, this.kind), at, what: this.source.slice(...at) || text };
    const { name, id, means } = notation.beside(notation.meaning(word, this.lexicon), this, at);
    const other = this.other(name, token);
    if (other) return this.parsed(other[this.decide(other[0], 2, { ...shown, key: "offer" })], at);
    if (name && !this.lexicon.names.has(name.replace("(t+1)", ""))) return this.parsed(name, at);
    if (name) return this.stepped(name, token);
    if (!means.length) return this.letters(word, shown);
    const chosen = means[this.decide(id, means.length, { ...shown, key: "offer" })];
    return this.parsed(chosen, at);
  }
  // what a name of the book may mean where others write it: I in (I − …), a c under a bar where the
  // gradient of c is written otherwise
  other(name, { text, at }) {
    if (text === "I" && this.tokens[this.k - 2]?.kind === "open" && this.kind === "minus")
      return ["1", "i"];
    const barred = /bar|line|\u0304/.test(this.source.slice(...at).normalize("NFD"));
    return name === "c_bar" && barred && OTHER_C.test(this.source) ? ["g", "c_bar"] : null;
  }
  known(names) {
    return names.filter((one) => this.lexicon.names.has(one.replace("(t+1)", "")));
  }
  // in Matlab c' is c transposed, which in one unit is c; elsewhere C' may be the candidate
  transposed(node) {
    if (this.kind !== "prime") return node;
    const { at } = this.next();
    if (/\.[*/^]|;/.test(this.source)) return node;
    const means = node.op === "name" ? this.known(PRIMED[node.v] ?? []) : [];
    if (!means.length) throw wrong("prime", at);
    const place = [node.at[0], at[1]];
    const shown = { key: "offer", at: place, what: this.source.slice(...place) };
    return this.parsed(means[this.decide(`${node.v}'`, means.length, shown)], place);
  }
  // c_t-1 is the one of the step before, or one less
  stepped(name, { text, at }) {
    const plain = { op: "name", v: name, at };
    const [sign, one] = [this.tokens[this.k], this.tokens[this.k + 1]];
    const close = /t$/.test(text) && sign?.joined && one?.joined && one.text === "1";
    if (!close || !["minus", "plus"].includes(sign.kind)) return plain;
    const other = notation.meaning(
      `${name}_t${sign.kind === "minus" ? "m" : "p"}1`,
      this.lexicon,
    ).name;
    if (!other || this.asked("step", [at[0], one.at[1]])) return plain;
    this.k += 2;
    return this.node("name", at[0], other);
  }
  // an unknown word where all others are known
  guessed(word, shown) {
    const means = this.known(notation.guess(word, shown.key, this));
    if (!means.length) throw wrong(shown.key, shown.at, shown.what);
    const k = this.decide(`unknown ${word}`, means.length, { ...shown, key: "name-choice" });
    return this.parsed(means[k], shown.at);
  }
  // letters side by side may be a product
  letters(word, shown) {
    const each = /^[a-z]{2,4}$/i.test(word)
      ? [...word].map((one) => notation.meaning(one, this.lexicon).name)
      : [];
    if (!each.length || each.includes(undefined)) return this.guessed(word, shown);
    this.decide(`letters:${word}`, 1, { ...shown, key: "letters" });
    return { op: "product", at: shown.at, a: each.map((v) => ({ op: "name", v, at: shown.at })) };
  }
}

// where the gradient of c is written otherwise, c with a bar may be the candidate
const OTHER_C = /(?:∂|\\partial\s*|\bd_?|δ_?|\\delta[_\s]*\{?|grad_)[Cc](?![A-Za-z])/;

/** The key of what is said of an unknown word, by how it looks. */
const LOOKS = [
  { key: "time", look: /_t[mp]1/ },
  { key: "name-gradient", look: /^(?:d|delta|grad|del|epsilon)_?[A-Z_a-z]|_bar|_grad/ },
  { key: "name-weight", look: /^(?:[wur](?:_|[a-z]{0,2}$)|v_)/i },
  { key: "name-word", look: /^[a-z]{5,}$/i },
];
const strange = (word, next) =>
  next === "open" && /^[a-z_]{3,}$/i.test(word)
    ? "name-function"
    : (LOOKS.find(({ look }) => look.test(word))?.key ?? "name");

// the name of a gate's quantity from that of any gate's: z_k_bar, w_kh
const indexed = (text, letter, gate) =>
  text === letter
    ? gate
    : text.replace(
        new RegExp(`(?<=_)${letter}(?=_|$)|(?<=^[wub]?|_[wub]?)${letter}(?=[xh](?:_|$))`, "gi"),
        gate,
      );
