// LaTeX, and the scripts and accents of Unicode that were made into it, in the plain spelling.

import { any, command, raw, rules } from "./respell.mjs";

const NAME = raw`[A-Za-z]\w*`;
const TIME = raw`(?:[:\w]+\s*,\s*)*t`; // t, and in an array's index :, t
const TIMED = raw`(?:\s*,\s*[:\w]+)*\s*`;
const LOSS = raw`(?:L|E|J|l|\\ell|[Ll]oss|cost|[Ee]rror)(?:_t|\s*\(t\))?(?!\w)`;
const D = raw`(?:\\partial|\\Delta|\bd)\s*`;
const FRAC = raw`\\[dtc]?frac\s*`;
const IN = raw`(?:\{\s*(\w+)\s*\}|([A-Za-z]))`; // what an accent stands over
const UP = raw`\s*[_^]?\s*\{?\s*`;
// a time in parentheses, raised or lowered or beside a name
const up = (later) => {
  const time = raw`[(<[]\s*${TIME}${later}${TIMED}[)>\]]`;
  return raw`\s*[_^]?\s*(?:\{\s*${time}\s*\}|${time})\s*`;
};
const TAKES = raw`\\(?:[dtc]?frac|sqrt|bar|overline|(?:wide)?(?:tilde|hat))`;
const WORDS = "tanh sigma sigmoid exp log ln cosh sinh sech delta Delta Gamma gamma epsilon";

/** What only sets a line, and commands that are a sign. */
export const LATEX = rules(
  [raw`^\s*\\boxed\s*\{(.*)\}\s*$`, " $1 "],
  [raw`\\${any("tag label ref eqref v?phantom [hv]space color")}\*?\s*\{[^{}]*\}`, " "],
  [raw`(?:\\math(?:rel|bin)\s*)?\{+\s*\+\s*\}*\s*(?:\\!\s*)*(?:\\math\w+\s*)?\{?=\}*`, "+="],
  [raw`\\text[a-z]*\s*\{[^{}]*[A-Za-z] [^{}]*\}|\\in\s*\\mathbb.*$|\\forall.*$`, " "],
  [raw`(?<![A-Za-z\\])([dδ]?[cghCGH])~(?=\s*(?:[_^)*=,;]|$))`, "$1_tilde "],
  [raw`\\(?:stackrel|overset)\s*\{(?:[^{}]|\{[^{}]*\})*\}\s*\{\s*=\s*\}`, "="],
  [raw`\\htmlData\s*\{[^{}]*\}|\\(?:begin|end)\s*\{[^{}]*\}`, " "],
  [raw`\\\\(?:\[[^\]]*\])?`, " ; "],
  [raw`[,\s]*\\\s*$`, " "],
  [raw`\\[\[\]()]|[$&~]|\\[,;:! ]|\\q?quad(?![A-Za-z])`, " "],
  [raw`\\(?:left|right|middle)\s*\.`, " "],
  [command("left right [bB]igg?[lrm]? (?:display|text|script)style nonumber notag limits"), " "],
  [command(raw`boxed math[a-z]+ text[a-z]* operatorname\*? boldsymbol bm pmb rm bf it`), " "],
  [command("(?:big)?(?:odot|circ|cdot|times|otimes|ast|star|bullet|cdotp)"), "*"],
  [command("leftarrow gets coloneqq equiv triangleq doteq approx"), "="],
  [command("langle lt"), "<"],
  [command("rangle gt"), ">"],
  [raw`\\(?:\{|lbrace|lbrack|lparen)`, "("],
  [raw`\\(?:\}|rbrace|rbrack|rparen)`, ")"],
  [raw`\^\s*\{?\s*\\(?:top|intercal|mathsf|dagger)\s*\{?T?\}?\s*\}?`, " "],
  [raw`\^\s*\{?\s*(?:\\prime|')\s*\}?`, "'"],
  [raw`${command("tau")}|τ`, "t"],
  [command("part"), raw`\partial `],
  [raw`\\var(?=epsilon)`, "\\"],
  [command("imath"), "i"],
  [command("omega"), " w "],
  [command("hbar"), " h_bar "],
);

/** Accents and scripts, from the inside out: all become part of the name that they stand on. */
export const SCRIPTS = rules(
  [raw`\s{2,}`, " "], // many would take long to match
  [raw`(?<=[A-Za-z0-9])\{\s*t\s*\}`, " "],
  [raw`(?<=[A-Za-z0-9])\{\s*t\s*-\s*1\s*\}`, "_tm1 "],
  [raw`(?<=[A-Za-z0-9])\{\s*t\s*\+\s*1\s*\}`, "_tp1 "],
  [raw`_\s*[({]\s*([A-Za-z]\w*)\s*,\s*t\s*[)}]`, "_$1 "],
  [raw`\^\s*\{\s*\(?\s*\+\s*\)?\s*\}`, "_tp1 "],
  [raw`\^\s*\{\s*\(?\s*-\s*\)?\s*\}`, "_tm1 "],
  [raw`(?<=[')])\s*_\s*(?:t(?!\w)|\{\s*t\s*\})`, " "],
  [raw`_?t_?plus_?(?:1|one)(?![A-Za-z0-9])`, "_tp1 "],
  [raw`${UP}\(\s*t\s*-\s*1\s*\)\s*\}?\s*(?:\||\\vert)\s*_?\s*(?:\{\s*t\s*\}|t)`, "_prev "],
  [raw`(?:${UP}\(\s*t\s*\)\s*\}?)?\s*(?:\||\\vert)\s*_?\s*(?:\{\s*L\s*\}|L)`, "_loss "],
  [raw`(?<!(?:[_^}]|${TAKES})\s*)\{\s*(\\?\w+)\s*\}`, " $1 "],
  [raw`(?<=[_^]\s*\{)\s*\{\s*([^{}]*)\s*\}\s*(?=\})`, "$1"],
  // \delta^c_t and \epsilon^{t+1}_c: the letter may stand in the exponent or after it
  [raw`(?<=\\(?:delta|epsilon)\s*)\^\s*\{?\s*t\s*\}?\s*_\s*(?=[A-Za-z]|\{\s*[A-Za-z])`, "_"],
  [raw`(?<=\\(?:delta|epsilon)\s*)\^\s*\{\s*t\s*\+\s*1\s*\}\s*_\s*([A-Za-z])`, "_$1_tp1 "],
  [raw`(?<=\\(?:delta|epsilon)\s*)\^\s*(?:\{\s*([A-Za-z]\w*)\s*\}|([A-Za-z]))(?=\s*_)`, "_$1$2 "],
  [raw`\\(?:bar|overline)\s*${IN}`, " $1$2_bar "],
  [raw`\\(?:wide)?tilde\s*${IN}`, " $1$2_tilde "],
  [raw`\\(?:wide)?hat\s*${IN}`, " $1$2_hat "],
  [raw`([A-Za-z])\s*\u0304`, " $1_bar "],
  [raw`([A-Za-z])\s*\u0303`, " $1_tilde "],
  [raw`([A-Za-z])\s*\u0302`, " $1_hat "],
  [raw`(?<=[\w}])${UP}[(<[]\s*T\s*[)>\]]\s*\}?`, "_final "],
  [up(raw`\s*-\s*1`), "_tm1 "],
  [up(raw`\s*\+\s*1`), "_tp1 "],
  [raw`\s*[_^]\s*\{\s*t\s*-\s*1\s*\}|(?:_?t)?_minus_?(?:1|one)(?![A-Za-z0-9])`, "_tm1 "],
  [raw`\s*[_^]\s*\{\s*t\s*\+\s*1\s*\}`, "_tp1 "],
  [raw`(?<=[\w}\])]\s*)(?:${up("")})`, " "],
  [raw`\s*[_^]\s*\{\s*t\s*\}|\s*\^\s*t(?![A-Za-z0-9_]|\s*[-+]\s*1)`, " "],
  [raw`(?<=(?:delta|epsilon|\bd))\s*_t(m1|p1)?\s*\^([A-Za-z])(?!\w)`, "_$2_t$1 "],
  [raw`\\(?:under|over)brace\s*\{([^{}]*)\}\s*[_^]\s*\{[^{}]*\}`, " ($1) "],
  [raw`_\s*\{\s*(\w+)\s*,?\s*(\w*)\s*\}`, "_$1$2 "],
  [raw`(?<![A-Za-z_])e\s*\^\s*\{([^{}]*)\}`, " exp($1)"],
  [raw`\^\s*\{\s*\(?\s*([A-Za-z]\w*)\s*\)?\s*\}`, "_$1 "],
  [raw`\^\s*\{\s*(-?\s*\d+)\s*\}`, "^($1)"],
  [raw`\s+(?=[_^])|(?<=[_^])\s+`, ""],
  [raw`(?<![A-Za-z_])([zb])(_bar)? +([ifogk])(?![A-Za-z])`, "$1$2_$3"],
  [raw`(?<![A-Za-z_])w(_bar)? +([ifogk]) ?([xh])(?![A-Za-z])`, "w$1_$2$3"],
);

const ABOVE = raw`\s*(?:\^\s*(?:\{\s*\w+\s*\}|\w))?`; // how far a sum goes

/** Derivatives and fractions. */
export const RATIOS = rules(
  [raw`${FRAC}\{\s*${D}${LOSS}\s*\}\s*\{\s*${D}(${NAME})\s*\}`, " $1_bar "],
  [raw`${D}${LOSS}\s*/\s*${D}(?:\(\s*)?(?:(?<=\()(${NAME})\s*\)|(?<!\()(${NAME}))`, " $1$2_bar "],
  [raw`\b(?:overline|macron|bar)\s*\(\s*(${NAME})\s*\)`, " $1_bar "],
  [raw`\b(tilde|hat)\s*\(\s*(${NAME})\s*\)`, " $2_$1 "],
  [raw`\\nabla\s*_?\s*\{?\s*(${NAME})\s*\}?\s*${LOSS}(?!\w)`, " $1_bar "],
  [raw`\bd\(\s*${LOSS}\)\s*/\s*d\(\s*(${NAME})\s*\)`, " $1_bar "],
  [raw`\b(?:delta|grad|error|err)\s*\(\s*(${NAME})\s*\)`, " d_$1 "],
  [raw`${FRAC}\{\s*${D}[cC]_tp1\s*\}\s*\{\s*${D}[cC](?:_t)?\s*\}`, " f_tp1 "],
  [raw`${D}[cC]_tp1\s*/\s*${D}[cC](?:_t)?(?!\w)`, " f_tp1 "],
  [raw`\\nabla\s*_?\s*(${NAME})`, " d_$1 "],
  [raw`${FRAC}\{\s*${D}(${NAME})\s*\}\s*\{\s*${D}(${NAME})\s*\}`, " partial($1,$2)"],
  [raw`${D}(${NAME})\s*/\s*${D}(${NAME})`, " partial($1,$2)"],
  [raw`${FRAC}\{([^{}]*)\}\s*\{([^{}]*)\}`, "(($1)/($2))"],
  [raw`${FRAC}(\d)\s*(?:(\d)|\{([^{}]*)\})`, "($1/($2$3))"],
  [raw`\\sqrt\s*\{([^{}]*)\}`, " sqrt($1)"],
  [raw`\\sum\s*_\s*(?:\{\s*([a-z])(?![a-z])[^{}]*\}|([a-z])(?![a-z]))${ABOVE}`, " sum_$1$2 "],
  [raw`\\sum(?:\s*_\s*(?:\{\s*)?[a-z]{2,}\s*\}?)?(?!\s*_)`, " sum "],
);

/** The commands and braces that are left. */
export const LEFT = rules(
  [raw`\\(${any(WORDS)})(?![A-Za-z])\s*(?=_)`, " $1"],
  [raw`\\(${any(WORDS)})(?![A-Za-z])`, " $1 "],
  [raw`(?<![A-Za-z_])(delta|Delta|epsilon|d) +(?=[A-Za-z])`, "$1_"],
  [raw`(?<!/\s*)\\partial\s*(${NAME})\b(?!\s*/)`, " d_$1 "],
  [raw`\{`, "("],
  [raw`\}`, ")"],
);

/** What a formula that is copied from a page has lost: that a 2 was raised. */
export const COPIED = rules(
  [raw`(?<=tanh)\s*(\d)`, "^$1"],
  [raw`(?<=[A-Za-z)]\s*)(?<!tanh\^)(\d)(?!\d)`, "^$1"],
  [raw`\\sum\s*([kt])`, raw`\sum_$1 `],
);
