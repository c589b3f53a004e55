// A verdict in words: first what is right, then one thing that is not.

import { plain } from "../kit/numbers.mjs";
import { html } from "../printed/equations.mjs";
import { SAY } from "../printed/mistakes.mjs";

const SHAPE = ["negative", "multiple"];
const ALONE = [
  "circle",
  "circle-time",
  "undefined",
  "right",
  "right-sum",
  "share-alone",
  "write-out",
  "other-line",
  "zero",
  "left-side",
  "two",
];

/** A name as plain text, c̄(t+1), from the letters that its equations are printed with. */
export function letters(name) {
  const [base, later] = name.endsWith("(t+1)") ? [name.slice(0, -5), true] : [name, false];
  const text = html[base].symbol
    .replace(/<i class="bar">(.)<\/i>/g, "$1\u0304")
    .replace(/<sub>/g, "_")
    .replace(/<[^>]*>/g, "");
  return later ? text.replace("(t)", "(t+1)") : text;
}

/** The sentence of a key, its gaps filled. */
export function sentence(key, gaps = {}) {
  return SAY[key].replace(/\{(\w+)\}/g, (_, gap) => gaps[gap] ?? "");
}

/**
 * What the verdict on a line says: { praise, fault }, the first empty where nothing can be said.
 */
export function words(verdict, asked, text) {
  return { praise: praise(verdict, text), fault: fault(verdict, asked, text) };
}

function fault(verdict, asked, text) {
  if (verdict.key !== "two") return verdict.says ?? one(verdict, asked, text);
  const [first, second] = [verdict.first, verdict.second].map(
    (change) => change.says ?? one({ ...change, key: paired(change) }, asked, text),
  );
  return sentence("two", { first, second });
}

// of two changes none speaks of the right line
const paired = ({ key }) => (SHAPE.includes(key) ? `two-${key}` : key);

function one(verdict, asked, text) {
  const slice = verdict.at ? text.slice(...verdict.at).trim() : "";
  const gaps = {
    asked: letters(asked),
    found: verdict.found && html[verdict.found.replace("(t+1)", "")] ? letters(verdict.found) : "",
    number: verdict.number === undefined ? "" : rounded(verdict.number),
    place: `“${slice.length > 40 ? `${slice.slice(0, 39)}…` : slice}”`,
    range: verdict.part ? range(verdict.part) : "",
    function: verdict.function === "sigma" ? "σ" : verdict.function,
  };
  return sentence(said(verdict.key, asked), gaps);
}

// a weight's right line is one step's share of it, and is told so
const said = (key, asked) => (key === "right" && /^[wb]_/.test(asked) ? "right-share" : key);

function praise(verdict, text) {
  const { key, at } = verdict;
  if (ALONE.includes(key)) return "";
  if (key === "unknown") return verdict.sign ? sentence("right-sign") : "";
  if (SHAPE.includes(key)) return sentence("right-shape");
  if (at[1] - at[0] < text.trim().length) return sentence("right-so-far");
  return key.endsWith("-missing") ? sentence("right-parts") : "";
}

// 2, 0.505, 1.5·10⁻⁵: without the zeros that only say how many digits are known
const rounded = (x) =>
  plain(x)
    .replace(/(\.\d*?)0+(?!\d)/, "$1")
    .replace(/\.(?!\d)/, "");

// what kind of number a part is, so that a hint need not name it
function range(part) {
  if (part.v && /^[wb]_/.test(part.v) && !part.v.endsWith("bar")) return "a weight";
  if (fraction(part)) return "a number between 0 and 1";
  return small(part) ? "a number between −1 and 1" : "a quantity that you know already";
}

// whether it lies between 0 and 1 in every cell: a gate, 1 − a gate, a square, products of such
function fraction({ op, v, a }) {
  if (op === "name") return /^[ifo](\(t\+1\))?$/.test(v);
  if (op === "pow") return v > 0 && (v % 2 ? fraction : small)(a[0]);
  if (op === "sum")
    return a.length === 2 && a[0].v === 1 && a[1].op === "neg" && fraction(a[1].a[0]);
  return op === "call" ? v === "sigma" : op === "product" && a.every(fraction);
}

// likewise between −1 and 1
function small(part) {
  const { op, v, a } = part;
  if (op === "name" && /^(g|h|h_prev)$/.test(v)) return true;
  if (op === "call") return /^(tanh|sigma)'?$/.test(v);
  return op === "product" || op === "neg" ? a.every(small) : fraction(part);
}
