// A text whose signs know where they came from, and the one alphabet that the box reads: letters
// without style, plain signs, raised and lowered runs as ^{…} and _{…}, Greek as LaTeX commands.

const SIGNS = {
  "-": "−–—‐‑‒﹣",
  "*": "·⋅×∙∗•⊙∘◦○⊗⨀⨂✕✖",
  "/": "÷∕⁄",
  "'": "′’‘ʹ",
  '"': "“”",
  "=": "←≔≡≜⟵≈",
  "|": "∣",
  "<": "⟨〈‹",
  ">": "⟩〉›",
  " ": "\u00a0\u2009\u2061\u2062\u2063\n",
  "\\sigma ": "σς",
  "\\sum ": "Σ∑",
  w: "ωϖ",
  "\\partial ": "∂",
  "\\delta ": "δ",
  "\\Delta ": "Δ∆",
  "\\Gamma ": "Γ",
  "\\nabla ": "∇",
  "\\top ": "⊤",
  "\\in ": "∈",
  sqrt: "√",
  "(1/2)": "½",
  "\u0304": "\u0305\u02c9\u00af\u203e",
  "\u0303": "\u02dc",
  "\u0302": "\u02c6",
};
const FOLDED = Object.fromEntries(
  Object.entries(SIGNS).flatMap(([by, signs]) => [...signs].map((sign) => [sign, by])),
);
const HIDDEN =
  /[\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2064\u2066-\u2069\ufeff]|\p{Variation_Selector}/u;
const RAISED = /[⁰¹²³⁴-⁹⁺⁻⁽⁾ᵗᵀ]/u;
const LOWERED = /[₀-₉₊₋₍₎ₐₑₕᵢₒₓₜ]/u;
// letters of other alphabets that look like ours, and which of ours
const ALIKE = /[сСоОхХіІуУ]/u;

/** A text and, of each of its signs, the place [from, to] in what was given. */
export class Mapped {
  constructor(text = "", at = []) {
    this.text = text;
    this.at = at;
  }
  add(text, place) {
    this.text += text;
    for (let k = 0; k < text.length; k++) this.at.push(place);
  }
  /** The place in what was given of the signs from `from` to `to`. */
  place(from, to) {
    const end = this.at.at(-1)?.[1] ?? 0;
    const places = this.at.slice(from, to);
    if (!places.length) return [end, end];
    return [
      Math.min(...places.map(([start]) => start)),
      Math.max(...places.map(([, stop]) => stop)),
    ];
  }
  /** The same with `form` replaced; a group $1 of it keeps its own places. */
  replaced(form, by) {
    form.lastIndex = 0;
    if (!form.test(this.text)) return this;
    form.lastIndex = 0;
    const made = new Mapped();
    let from = 0;
    for (const found of this.text.matchAll(form)) {
      made.keep(this, from, found.index);
      from = found.index + found[0].length;
      const place = this.place(found.index, from);
      for (const part of by.split(/(\$\d)/))
        if (part[0] === "$") made.keep(this, ...(found.indices[+part[1]] ?? [0, 0]));
        else made.add(part, place);
    }
    made.keep(this, from, this.text.length);
    return made;
  }
  keep(other, from, to) {
    this.text += other.text.slice(from, to);
    for (let k = from; k < to; k++) this.at.push(other.at[k]);
  }
}

/** A text in the plain alphabet. */
export function fold(given) {
  const made = new Mapped();
  let script = "";
  const leave = (k) => {
    if (script) made.add("}", [k, k]);
    script = "";
  };
  let k = 0;
  for (const sign of given) {
    const place = [k, k + sign.length];
    const kind = scriptOf(sign);
    if (kind !== script) {
      leave(k);
      if (kind) made.add(`${kind}{`, place);
      script = kind;
    }
    const folded = plain(sign);
    if (folded !== " " || !made.text.endsWith("  ")) made.add(folded, place);
    k += sign.length;
  }
  leave(k);
  return made;
}

const scriptOf = (sign) => {
  if (RAISED.test(sign)) return "^";
  return LOWERED.test(sign) ? "_" : "";
};

function plain(sign) {
  if (sign in FOLDED) return FOLDED[sign];
  if (HIDDEN.test(sign)) return "";
  if (sign === "ħ" || sign === "ℏ") return "h\u0304";
  if (ALIKE.test(sign) || sign < "\u0080") return sign;
  const folded = sign.normalize(/[\p{L}\p{N}\uff01-\uff5e⁺⁻⁽⁾₊₋₍₎]/u.test(sign) ? "NFKD" : "NFC");
  return [...folded].map((one) => FOLDED[one] ?? one).join("");
}

/** Whether a sign only looks like one that can be read. */
export const alike = (sign) => ALIKE.test(sign);
