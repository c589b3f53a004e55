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

/** A longer line is not read, nor one with more parentheses inside each other. */
export const LENGTH = 400;
const DEPTH = 24;

const FUNCTIONS = {
  tanh: "tanh",
  σ: "sigma",
  sigma: "sigma",
  sigmoid: "sigma",
  logistic: "sigma",
  exp: "exp",
  log: "log",
  ln: "log",
  sqrt: "sqrt",
  cosh: "cosh",
  sinh: "sinh",
  sech: "sech",
};
const RAISED = { "²": 2, "³": 3, "⁴": 4, "⁻¹": -1, "⁻²": -2 };
const MINUS = "[-−–‐‑‒]";
const TIME = `\\(\\s*t\\s*(?:(?<sign>${MINUS}|\\+)\\s*1\\s*)?\\)`;
const RAISED_TIME = `\\s*\\^?\\s*(?:\\{\\s*)?${TIME}(?:\\s*\\})?`;
const LOWERED_TIME = `_\\{\\s*t\\s*(?:(?<sign2>${MINUS}|\\+)\\s*1\\s*)?\\}`;
const WORD = "(?:[A-Za-z]+|\\{[A-Za-z]+\\})";
const UNDER_BAR = "\\\\bar\\s*\\{?\\s*(?<under>[A-Za-z])\\s*\\}?";
const WITH_BAR = "(?<letter>[A-Za-z])[\\u0304\\u0305]";
const PARTS = {
  space: "(?:\\s|\\\\left|\\\\right|\\\\[,;:! ])+",
  number: "\\d+(?:[.,]\\d+)?|[.,]\\d+",
  call: `\\\\?(?<named>${Object.keys(FUNCTIONS).join("|")})(?![A-Za-z_])(?<prime>['′’])?`,
  over: "(?:∂|d|\\\\partial\\s*)L\\s*/\\s*(?:∂|d(?=[A-Za-z])|\\\\partial\\s*)",
  barred: `(?:${UNDER_BAR}|${WITH_BAR})(?:_(?<sub>${WORD}))?`,
  plain: `(?:[A-Za-z](?![\u0304\u0305]))+(?:_(?!\\{\\s*t\\s*[}+−-])${WORD})*`,
  times: "\\*(?!\\*)|[·×⋅∙∗]|\\\\cdot|\\\\times",
  power: "\\*\\*|\\^",
  raised: "⁻?[¹²³⁴]",
  plus: "\\+",
  minus: MINUS,
  over2: "[/÷∕]",
  open: "[([{]",
  close: "[)\\]}]",
  equals: "=",
};
const TOKEN = new RegExp(
  Object.entries(PARTS)
    .map(([kind, form]) => `(?<${kind}>${form})`)
    .join("|"),
  "uy",
);
const SUFFIX = new RegExp(`${RAISED_TIME}|${LOWERED_TIME}`, "uy");
const CLOSES = { "(": ")", "[": "]", "{": "}" };

/**
 * What cannot be read, thrown inside this file: the key of its sentence, what is meant, and where
 * it stands.
 */
const wrong = (key, at, what = "") => ({ key, at, what });

/**
 * The tree of a line, { tree, text }, or what is wrong with it, { wrong, text }.
 * @param {string} line
 * @param {string[]} names
 * @returns {{ text: string, tree?: any, wrong?: { key: string, at: number[], what: string } }}
 */
export function read(line, names, longest = LENGTH) {
  const given = String(line);
  if (given.length > longest) return { text: "", wrong: wrong("long", [0, 0]) };
  const text = given.normalize("NFD");
  try {
    const tokens = split(text, known(names));
    if (!tokens.length) return { text, wrong: wrong("empty", [0, 0]) };
    return { text, tree: new Reader(tokens, text).line() };
  } catch (error) {
    if (!error.key) throw error;
    return { text, wrong: error };
  }
}

// every name as it may be typed: without its underscores, in either case
function known(names) {
  const spelled = Object.fromEntries(
    names.map((name) => [name.replaceAll("_", "").toLowerCase(), name]),
  );
  const later = names.filter((name) => name === "f" || name === "c_bar" || /^z_._bar$/.test(name));
  for (const name of later) spelled[`${name}(t+1)`] = `${name}(t+1)`;
  for (const name of later)
    if (name !== "c_bar") spelled[`${name.replaceAll("_", "")}next`] = `${name}(t+1)`;
  return Object.assign(Object.create(null), spelled);
}

// a sum over steps or gates is not read, and a reader who writes one is told what to write
const unknown = (key, text) => (/^(sum|Σ|∑)$/i.test(text) ? "sum" : key);

function split(text, spelled) {
  const tokens = [];
  let over = null; // where a ∂L/∂ stands that waits for its name
  for (let from = 0; from < text.length;) {
    const token = tokenAt(text, from, over, spelled);
    over = token.kind === "over" ? token.at : null;
    if (token.kind !== "space" && token.kind !== "over") tokens.push(token);
    from = token.at[1];
  }
  if (over) throw wrong("ratio", over);
  return tokens;
}

function tokenAt(text, from, over, spelled) {
  TOKEN.lastIndex = from;
  const groups = TOKEN.exec(text)?.groups;
  if (!groups) {
    const [sign] = text.slice(from);
    throw wrong(unknown("sign-unknown", sign), [from, from + sign.length], sign);
  }
  const kind = Object.keys(PARTS).find((name) => groups[name] !== undefined);
  const to = TOKEN.lastIndex;
  if (kind === "plain" || kind === "barred") {
    const [time, end] = timeAt(text, to);
    const at = [from, end];
    return { kind: "name", text: groups[kind], name: nameOf(groups, time, over, spelled, at), at };
  }
  if (over) throw wrong("ratio", over);
  const token = { kind, text: groups[kind], at: [from, to] };
  return kind === "call" ? { ...token, name: functionOf(groups, token.at) } : token;
}

// which step a name is of, "" where it does not say, "t", "+" or "-", and where that ends
function timeAt(text, from) {
  SUFFIX.lastIndex = from;
  const groups = SUFFIX.exec(text)?.groups;
  if (!groups) return ["", from];
  const sign = groups.sign ?? groups.sign2;
  const time = sign === "+" ? "+" : "-";
  return [sign ? time : "t", SUFFIX.lastIndex];
}

function functionOf({ named, prime }, at) {
  const name = FUNCTIONS[named] + (prime ? "'" : "");
  if (prime && !/^(tanh|sigma)'$/.test(name)) throw wrong("prime", at);
  return name;
}

// the name that is meant by a letter under a bar or a word, at a time, perhaps as the lower half of
// ∂L/∂…
function nameOf(groups, time, over, spelled, at) {
  const word = wordOf(groups, time);
  const found = over ? barOf(word) : word;
  const name = spelled[found];
  const shown = shownOf(groups) + ({ "+": "(t+1)", "-": "(t−1)" }[time] ?? "");
  if (!name) throw wrong(unknown("name", shown), at, shown);
  if (!time || time === "t") return name;
  if (time === "-" && (name === "h" || name === "c")) return `${name}_prev`;
  if (time === "+" && spelled[`${name}(t+1)`]) return `${name}(t+1)`;
  throw wrong("time", at, shown);
}

const letterOf = ({ under, letter }) => under ?? letter;
const indexOf = ({ sub = "" }) => sub.replace(/[{}]/g, "");
const barOf = (word) => (word.endsWith("prev") ? `${word.slice(0, -4)}barprev` : `${word}bar`);

// as `known` spells names
function wordOf(groups, time) {
  const [letter, sub] = [letterOf(groups), indexOf(groups)];
  if (letter) {
    const lasting = sub === "next" || sub === "prev";
    return (letter + (lasting ? `bar${sub}` : `${sub}bar`)).toLowerCase();
  }
  const word = groups.plain.replace(/[_{}]/g, "").toLowerCase();
  return /_t$/.test(groups.plain) && !time ? word.slice(0, -1) : word;
}

function shownOf(groups) {
  const [letter, sub] = [letterOf(groups), indexOf(groups)];
  if (!letter) return groups.plain;
  return `${letter}\u0304${sub ? `_${sub}` : ""}`;
}

class Reader {
  k = 0; // the token that comes next
  depth = 0;
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
    if (this.kind === "name" && this.tokens[1]?.kind === "equals") this.k = 2;
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
