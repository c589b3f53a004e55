// The one alphabet that the box reads: letters without style, plain signs, Greek as LaTeX commands,
// what is raised or lowered as ^{…} or _{…}.

import { Mapped, alike } from "./mapped.mjs";

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
  if (alike(sign) || sign < "\u0080") return sign;
  const folded = sign.normalize(/[\p{L}\p{N}\uff01-\uff5e⁺⁻⁽⁾₊₋₍₎]/u.test(sign) ? "NFKD" : "NFC");
  return [...folded].map((one) => FOLDED[one] ?? one).join("");
}
