// How a line is read, typeset with the letters of the book; and the line itself with a mark where
// it cannot be read.

import { symbol } from "../kit/letters.mjs";
import { el } from "../kit/tree.mjs";

const FUNCTIONS = { sigma: "σ", "sigma'": "σ′", "tanh'": "tanh′" };

/** The tree of a line, typeset; the part at `at` is marked. */
export function typeset(node, at, inside = "") {
  const body = formula(node, at, inside);
  const marked = at && node.at[0] === at[0] && node.at[1] === at[1];
  return marked ? el("mark", null, body) : el("span", null, body);
}

function formula(node, at, inside) {
  const { op, v, a } = node;
  const group = (body, when) => (when ? ["(", body, ")"] : body);
  if (op === "num") return String(v);
  if (op === "name") return group(symbol(v), inside === "power" || (inside && v.endsWith("_next")));
  if (op === "call") return [FUNCTIONS[v] ?? v, "(", typeset(a[0], at), ")"];
  if (op === "neg") return group(["−", typeset(a[0], at, "product")], inside);
  if (op === "pow" && v === -1) return group(["1/", typeset(a[0], at, "power")], inside);
  if (op === "pow")
    return [
      typeset(a[0], at, a[0].op === "call" ? "" : "power"),
      el("sup", null, String(v).replace("-", "−")),
    ];
  if (op === "sum")
    return group(
      a.map((part, k) => term(part, at, k)),
      inside,
    );
  return group(
    a.map((part, k) => factor(part, at, k)),
    inside === "power",
  );
}

function term(part, at, k) {
  if (part.op !== "neg") return [k ? " + " : "", typeset(part, at)];
  const whole = at && part.at[0] === at[0] && part.at[1] === at[1];
  return el(whole ? "mark" : "span", null, k ? " − " : "−", typeset(part.a[0], at, "product"));
}

function factor(part, at, k) {
  if (k && part.op === "pow" && part.v < 0) {
    const below = part.v === -1 ? part.a[0] : { ...part, v: -part.v };
    return ["/", typeset(below, at, "power")];
  }
  return [k ? "\u2009" : "", typeset(part, at, "product")];
}

/** The text of a line as it was typed, with a mark at what cannot be read. */
export function pointed(text, [from, to]) {
  const end = Math.max(to, from + 1);
  return el(
    "span",
    null,
    text.slice(0, from),
    el("mark", null, text.slice(from, end) || "\u2002"),
    text.slice(end),
  );
}
