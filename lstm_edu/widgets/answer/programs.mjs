// Lines of programs, in Python, Matlab, C++, Rust, Lua, in the plain spelling.

import { any, raw, rules } from "./respell.mjs";

const NAME = raw`[A-Za-z]\w*`;
const LIBRARIES = any("np numpy torch tf F nn math Math jnp K functional");
const PRODUCTS = any(
  "dot mul mul_ matmul mm bmm outer multiply times hadamard cwiseProduct component_mul cmul",
);
const SHAPES = any(`
  t transpose ravel flatten copy clone detach numpy item array matrix eval contiguous unsqueeze
  squeeze reshape view expand float double sum noalias i_mut u_mut`);
// of a unit, an example, an axis, never of a time
const INDEX = raw`(?:[jklmnbpqrs\d]|i(?=\s*[,\]])|\.\.\.|None|np\.newaxis|[\s,:])+`;
const NOTE = raw`\s[-=]>|→|⇒|—|⟶|\s{2,}[([][A-Za-z][^()=]*[)\]]\s*$`; // where a remark begins

export const PROGRAMS = rules(
  [raw`\b(${NAME})(\[[^\][]*\])?\.map\(\s*\|\s*&?(\w+)\s*\|`, "eachof($1$2,$3,"],
  [
    raw`\b(${NAME})(\[[^\][]*\])?\.map\(\s*\(?\s*(\w+)\s*(?:,\s*\w+\s*)?\)?\s*=>`,
    "eachof($1$2,$3,",
  ],
  [raw`^.*?\x60([^\x60]*=[^\x60]*)\x60.*$`, "$1"],
  [raw`\x60`, " "],
  [raw`^\s*(?:>>>|\.\.\.|//|#|%|--|\*|-\s|\d+[.)]\s)+\s*`, ""],
  ["%[*o]%", "*"],
  [raw`\s*(?:#|//|%).*$|/\*.*?\*/`, " "],
  [raw`(?<==.*)(?:${NOTE}).*$`, " "],
  [raw`\bgradients?\s*\[`, "["],
  [raw`\.(?:T|H|data|value)\b(?!\s*\()`, " "],
  [raw`\b(prev|next|last|old)(?:ious)?\s*(?:->|\.)\s*(?=[A-Za-z])`, "$1_"],
  [raw`(?<![\w.])${LIBRARIES}\.(?=[a-z])`, ""],
  [raw`bsxfun\s*\(\s*@times\s*,`, "multiply("],
  [raw`(?<=\w)\.(?=\()`, ""],
  [raw`[.:]${PRODUCTS}\s*\(`, "*("],
  [raw`\.grad\b`, "_grad"],
  [raw`\.pow[if]?\s*\(\s*(\d+)\s*\)`, "^$1"],
  [raw`\.square\s*\(\s*\)`, "^2"],
  [raw`\b(${NAME})\.(tanh|sigmoid|exp)_?\s*\(\s*\)`, " $2($1)"],
  [raw`[A-Za-z_]\w*:fill\(1\):add\(\s*-1\s*,\s*(${NAME})\s*\)`, "(1-$1)"],
  [raw`\.${SHAPES}\s*\([^()]*\)`, " "],
  [raw`(?<![\w.])(?:[A-Za-z_]\w*\s*(?:\.|->|::)\s*)+(?=[A-Za-z])`, ""],
  [raw`\b[A-Za-z_]\w*\s*\[\s*["'](${NAME})["']\s*\]`, " $1 "],
  [raw`(?<=[A-Za-z]\w*(?:\[[^\][]*\])*)\[\s*${INDEX}\]`, " "],
  [raw`(?<=\w)_+(?![\w{]|\s*\{)`, ""],
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
