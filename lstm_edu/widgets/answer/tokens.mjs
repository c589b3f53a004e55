// The tokens of a line in the plain spelling: words, numbers, signs, each with its place in what
// the reader typed.

import { alike } from "./mapped.mjs";

const PARTS = {
  space: "\\s+",
  grouped: "\\d{1,3}(?:,\\d{3})+(?![\\d.])",
  number: "\\d+(?:\\.\\d+)?(?:[eE]-?\\d+)?|\\.\\d+",
  word: "[A-Za-z]+t[mp]1(?!\\w)|[A-Za-z]+(?:_[A-Za-z0-9]+)*",
  equals: "[-+*/:=]?=|<-",
  times: "\\*(?!\\*)",
  power: "\\^|\\*\\*",
  plus: "\\+",
  minus: "-",
  over2: "/",
  open: "[([{]",
  close: "[)\\]}]",
  comma: ",",
  prime: "'",
  semi: ";",
};
const TOKEN = new RegExp(
  Object.entries(PARTS)
    .map(([kind, form]) => `(?<${kind}>${form})`)
    .join("|"),
  "uy",
);
const CLOSED = ["word", "number", "close"];

/** What closes a parenthesis, by what opens it. */
export const CLOSES = { "(": ")", "[": "]", "{": "}" };

/** What cannot be read, thrown: the key of its sentence, where it stands, and what is meant. */
export const wrong = (key, at, what = "") => ({ key, at, what });

/** The tokens { kind, text, at, joined } of a text in the plain spelling. */
export function split(plain) {
  const tokens = [];
  const { text } = plain;
  for (let from = 0; from < text.length;) {
    TOKEN.lastIndex = from;
    const groups = TOKEN.exec(text)?.groups;
    if (!groups) {
      const fault = unread(plain, from);
      from += fault.length;
      tokens.push({ kind: "bad", text: fault.what, at: fault.at, fault, to: from });
      continue;
    }
    const to = TOKEN.lastIndex;
    const kind = Object.keys(PARTS).find((name) => groups[name] !== undefined);
    const joined = tokens.at(-1)?.to === from;
    if (kind !== "space")
      tokens.push({ kind, text: groups[kind], at: plain.place(from, to), to, joined });
    from = to;
  }
  return decimal(tokens);
}

// a comma between digits, or before one where no argument can come, is a decimal point
function decimal(tokens) {
  const made = [];
  for (let k = 0; k < tokens.length; k++) {
    const [token, next, last] = [tokens[k], tokens[k + 1], made.at(-1)];
    const fraction = token.kind === "comma" && next?.kind === "number" && next.joined;
    const after = last?.kind === "number" && token.joined;
    if (!fraction || !(after || !CLOSED.includes(last?.kind))) {
      made.push(token);
      continue;
    }
    const whole = after ? made.pop() : token;
    const text = `${after ? whole.text : "0"}.${next.text}`;
    made.push({ ...next, text, at: [whole.at[0], next.at[1]], joined: whole.joined });
    k += 1;
  }
  return made;
}

// what is wrong with the signs at a place, and how many they are
function unread(plain, from) {
  const at = (key, what) => ({
    ...wrong(key, plain.place(from, from + what.length), what),
    length: what.length,
  });
  const ratio = /^(?:\\partial|[\sLEJ/d])+/.exec(plain.text.slice(from));
  if (plain.text.startsWith("\\partial", from)) return at("ratio", ratio[0].trimEnd());
  const command = /^\\[A-Za-z]+/.exec(plain.text.slice(from));
  if (command) return at("command", command[0]);
  const [sign] = plain.text.slice(from);
  return at(alike(sign) ? "sign-alike" : "sign-unknown", sign);
}
