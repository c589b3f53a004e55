// The tokens of a line of mathematics: signs, numbers, functions, and the names of the book in
// plain letters, under a bar, as LaTeX, as ∂L/∂…, at a step (t+1) or (t−1).

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

/** What cannot be read, thrown: the key of its sentence, where it stands, and what is meant. */
export const wrong = (key, at, what = "") => ({ key, at, what });

/** Every name as it may be typed, without its underscores, in lower case: { hbar: "h_bar", … }. */
export function known(names) {
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

/** The tokens of a text: { kind, text, name, at }. `spelled` holds the names; see `known`. */
export function split(text, spelled) {
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
  return kind === "call"
    ? { ...token, name: functionOf(groups.named, groups.prime, token.at) }
    : token;
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

function functionOf(named, prime, at) {
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
