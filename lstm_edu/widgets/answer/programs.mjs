// Lines of programs, in Python, Matlab, C++, Rust, Lua, in the plain spelling.

import { any, raw, rules } from "./respell.mjs";

const NAME = raw`[A-Za-z]\w*`;
const LIBRARIES = any(
  "np numpy torch tf F nn math Math jnp xp cp K functional vec mat Vector Matrix Mat",
);
const PRODUCTS = any(
  "dot mul mul_ matmul mm bmm outer multiply times hadamard cwiseProduct component_mul cmul",
);
const GRADS = any("d grads? gradients? deltas? errors?");
const OUT = any("W_?h?y W_?out W_?hq W_?v V"); // the weights from h to the output
const DY = raw`(d_?y\w*(?:\[[^\]]*\])?)`;
const SQUASH = raw`((?:[Ss]igm|[Tt]anh)\w*|σ)`;
const SLOPES = any(raw`d deriv\w* grad\w* prime backward`);
const FIELD = raw`(?=(?!grad|delta|diff|error)[A-Za-z]\w*(?![\w(]))`; // of a structure
const STACKS = any("[hv]stack concat concatenate cat stack column_stack row_stack");
const SHAPES = any(`
  t transpose ravel flatten copy clone detach numpy item array matrix eval contiguous unsqueeze
  squeeze reshape view expand float double sum noalias i_mut u_mut`);
// of a unit, an example, an axis, never of a time
const UNIT = raw`[jklmnbpqrs\d]|i(?=\s*[,\]])|\.\.\.|None|np\.newaxis|[\s,:]`;
// a quantity of the book is an index only beside another one
const INDEX = raw`(?:(?:${UNIT})+|(?:(?![cfghox]\s*\])|(?=.*\[)|(?<=\[.+))[A-Za-z]\w*)\s*`;
// where a remark begins
const DASHED = raw`\s{2,}-+\s+(?:[A-Za-z]{4}|[a-z]{2,3} [a-z]{4})[^=*+()_]*$`;
const NOTE = raw`\s[-=]>|→|⇒|⟶|\s{2,}[([][A-Za-z][^()=]*[)\]]\s*$|${DASHED}`;

export const PROGRAMS = rules(
  [raw`\b(${NAME})(\[[^\][]*\])?\.map\(\s*\|\s*&?(\w+)\s*\|`, "eachof($1$2,$3,"],
  [
    raw`\b(${NAME})(\[[^\][]*\])?\.map\(\s*\(?\s*(\w+)\s*(?:,\s*\w+\s*)?\)?\s*=>`,
    "eachof($1$2,$3,",
  ],
  [raw`^.*?\x60([^\x60]*=[^\x60]*)\x60.*$`, "$1"],
  [raw`\x60`, " "],
  [raw`^\s*(?:>>>|\.\.\.|//|#|%|--|\*|-\s|\d+[.)]\s)+\s*`, ""],
  [raw`^\s*(?:if|for|while)\s*\([^()]*\)\s*|^\s*(?:if|for)\s[^:=]*:\s+`, ""],
  [raw`^\s*\(\d+\w?\)(?=.*=)`, ""],
  [raw`^\s*(d[A-Za-z_]\w*|\w+_bar)\s*:\s+(?!.*=)`, "$1 = "],
  [raw`^[^=:*+?()]*:\s+(?!.*=)`, ""],
  [raw`\(\*\s.*?\s\*\)|(?<=[-+*/])\.(?=\s)`, " "],
  ["%[*o]%", "*"],
  [raw`(?<=\s)(?:e\*|\.|dot\.o?p?|cmul|hadamard|times\.o)(?=\s)`, "*"],
  [raw`\scdiv\s`, "/"],
  [raw`\s*(?:#|//|%).*$|/\*.*?\*/`, " "],
  [raw`(?<==.*)(?:${NOTE}).*$`, " "],
  [raw`\b${GRADS}\s*\[\s*["']((?!d)${NAME})["']\s*\]`, " d_$1 "],
  [raw`\b${GRADS}\s*(?:\.|->)\s*(?!d|T\b)(${NAME})(?!\s*\()`, "d_$1"],
  [raw`\bgradients?\s*\[`, "["],
  [raw`(?<![\w.])(d?[WUb])\.(?!T\b)([a-z]{1,2})(?![\w(])`, "$1_$2"],
  [raw`\.(?:T|H|data|value)\b(?!\s*\()`, " "],
  [raw`(?<![\w.])${NAME}(\[[^\][]*\])\s*(?:\.|->)\s*([A-Za-z_]\w*)(?![\w(])`, "$2$1"],
  [raw`\b(?:\w*_)?(prev|next|last|old)(?:ious)?(?:[A-Z_]\w*)?\s*(?:->|\.)\s*${FIELD}`, "$1_"],
  [raw`\b[a-z]\w*(Prev|Next|Last|Old)(?:[A-Z]\w*)?\s*(?:->|\.)\s*${FIELD}`, "$1_"],
  [raw`(?<=[A-Za-z]\w*)\[\s*t_?m(?:inus)?_?1\s*\]`, "_tm1 "],
  [raw`(?<=[A-Za-z]\w*)\[\s*t_?p(?:lus)?_?1\s*\]`, "_tp1 "],
  [raw`(?<=\w)\.(prev|next)\b(?!\s*[(.])`, "_$1"],
  [raw`(?<=[A-Za-z]\w*)\[\s*(?:t_?)?(prev|last|old|next)(?:_?t|_?step)?\s*\]`, "_$1 "],
  [raw`(?<=[A-Za-z]\w*)\[\s*[a-z]\w*\s*-\s*1\s*\]`, "_tm1 "],
  [raw`(?<=[A-Za-z]\w*)\[\s*[a-z]\w*\s*\+\s*1\s*\]`, "_tp1 "],
  [raw`(?<=[A-Za-z]\w*)\[\s*\w+\s*\*\s*[A-Za-z]\w*\s*(?:\+\s*\w+\s*)?\]`, " "],
  [raw`\b${SQUASH}\s*(?:\.|::|->)\s*${SLOPES}\s*\(`, "d_$1("],
  [raw`\b${SQUASH}\s*\(([^()]*),\s*(?:${SLOPES}\s*=\s*)?[Tt]rue\s*\)`, "d_$1($2)"],
  [raw`\b([chCH])_?0(?!\w)`, " $1_init "],
  [raw`(?<![\w.])(?:${LIBRARIES}(?:\.|::))+(?=[a-z])`, ""],
  [raw`einsum\s*\(\s*["'][^"']*["']\s*,`, "multiply("],
  [raw`@\.|(?<=[\d\s)])\.(?=[-+]\s)`, " "],
  [raw`(?<![\w.])t\(`, "("],
  [raw`bsxfun\s*\(\s*@times\s*,`, "multiply("],
  [raw`(?<=\w)\.(?=\()`, ""],
  [raw`[.:]${PRODUCTS}\s*\(`, "*("],
  [raw`\.(?:grad|gradient|delta|diff|error)\b(?!\s*\()`, "_grad"],
  [raw`\b(?:dot|matmul)\(\s*${OUT}\s*,\s*${DY}\s*\)`, " $1 "],
  [raw`\b${OUT}\s*[*@]\s*\(\s*${DY}\s*\)`, "$1"],
  [raw`\b${OUT}\s*[*@]\s*${DY}`, "$1"],
  [raw`\b${DY}\s*[*@]\s*${OUT}(?!\w)`, "$1"],
  [raw`\.pow[if]?\s*\(\s*(\d+)\s*\)`, "^$1"],
  [raw`\.square\s*\(\s*\)`, "^2"],
  [raw`\b(${NAME})\.(tanh|sigmoid|exp)_?\s*\(\s*\)`, " $2($1)"],
  [raw`[A-Za-z_]\w*:fill\(1\):add\(\s*-1\s*,\s*(${NAME})\s*\)`, "(1-$1)"],
  [raw`\.${SHAPES}\s*\([^()]*\)`, " "],
  [raw`\(\s*[*&]\s*(${NAME})\s*\)`, " $1"],
  [raw`(?<![\w.])(?:[A-Za-z_]\w*\s*(?:\.|->|::)\s*)+(?=[A-Za-z_])`, ""],
  [raw`(?<=(?:^|[-+*/=(,;])\s*)_(?=[A-Za-z])`, ""],
  [raw`\b${STACKS}\s*\(\s*[([]([^()[\]]*)[)\]](?:\s*,[^()]*)?\)`, "[$1]"],
  [raw`\b${STACKS}\s*\(([^()[\]=]*)(?:,\s*\w+\s*=[^()]*)?\)`, "[$1]"],
  [raw`\(\s*(?:float|double|real)\s*\)|\sas\s+f(?:32|64)\b`, " "],
  [raw`\s+if\s[^()]*\selse\s(?:[^()]|\([^()]*\))*`, " "],
  [raw`(?<=\()[^()?]*\?([^():]*):[^()]*(?=\))`, "$1"],
  [raw`(?<![A-Za-z])(d?_?[WUb])\s*\[\s*["']([^"'WUb]\w*)["']\s*\]`, " $1_$2 "],
  [raw`\b(?:[Ww]eights?)\s*\[\s*["']([^"'Ww]\w*)["']\s*\]`, " w_$1 "],
  [raw`\b[Bb]ias(?:es)?\s*\[\s*["']([^"'Bb]\w*)["']\s*\]`, " b_$1 "],
  [raw`\b[A-Za-z_]\w*\s*\[\s*["'](${NAME})["']\s*\]`, " $1 "],
  [raw`\b([WURwur]_?[ifogcu])\s*\[[^\][]*:[^\][]*\]`, "$1 "],
  [raw`(?<=\))\[[\s\d:,jklmn]+\]`, " "],
  [raw`(?<=[A-Za-z]\w*(?:\[[^\][]*\])*)\[\s*${INDEX}\]`, " "],
  [raw`(?<=(?!mul|dot)[A-Za-z]\w*)\(\s*[ijklmnr]\s*,\s*[ijklmnc:]\s*\)`, " "],
  [raw`(?<=\w)_+(?![\w{\\(]|\s*[{\\(])`, ""],
  [raw`\.\*\*|\.\^|\*\*`, "^"],
  [raw`\.\*|@`, "*"],
  [raw`\./`, "/"],
  [raw`\.'`, " "],
  [raw`(?<![A-Za-z_])(\d+\.?\d*)[fF](?![A-Za-z])`, "$1"],
  [raw`(?<![\w.])(\d+)\.(?!\d)`, "$1"],
  [raw`\^\s*(?:\{\s*T\s*\}|T)(?!\w)`, " "],
  [raw`\bd[LEJ]\s*/\s*(?!d|\\)(?=[A-Za-z])`, " d_"],
  [raw`\b(?:d|∂)[LEJ]_?(?:future|next)\s*/\s*(?:d|∂)(\w+)`, " d_$1_next "],
  [raw`(?<![A-Za-z_])([uwUW]_?[ifogcIFOGC])T(?!\w)`, "$1"],
);
