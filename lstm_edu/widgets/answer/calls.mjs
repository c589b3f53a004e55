// The functions of a line: those that the book knows under every name, and what programs call.

const NAMES = {
  tanh: "tanh tanhf th",
  sigma: "sigma sigmoid sigm sig logistic expit σ sigma_g",
  exp: "exp expf",
  log: "log ln logf",
  sqrt: "sqrt sqrtf",
  cosh: "cosh",
  sinh: "sinh",
  sech: "sech",
  product: "dot matmul outer multiply mul mm bmm inner hadamard elemmult cmul emul",
  power: "pow power powf",
  square: "square sqr",
  same:
    "transpose ravel array asarray float tensor variable squeeze expand_dims reshape diag sum " +
    "atleast_2d",
  ones: "ones ones_like oneslike",
  zeros: "zeros zeros_like zeroslike",
  add: "add",
  subtract: "subtract sub",
  divide: "divide div",
  partial: "partial",
  each: "eachof",
};
const KINDS = Object.fromEntries(
  Object.entries(NAMES).flatMap(([kind, names]) => names.split(" ").map((name) => [name, kind])),
);
Object.setPrototypeOf(KINDS, null);

/** The functions that stand in a tree under their own name. */
export const BOOK = ["tanh", "sigma", "exp", "log", "sqrt", "cosh", "sinh", "sech"];
// a function with what else may stand in its name: it is one only before a parenthesis, since it
// might be a quantity
const NAMED = /(?<![a-z])(d?)(tanh|sigm?|sigmoid|sigma|logistic)(d|p|f|fn)?(?![a-z])/;
const DERIVED = /^(?:d|p|f?prime|deriv\w*|diff|slope|backward|bwd|back)$|^grad/;
const PLAIN =
  /^(?:f|fn|func|function|act|activation|fast|my|vec|layer|forward|from|of|by|y|x|output|value)$/;

/**
 * What a word calls: { kind, slope, sure }, slope where it says that it is the function's
 * derivative, sure where it is the function's own name.
 */
export function called(word) {
  const name = word.toLowerCase();
  if (name in KINDS) return { kind: KINDS[name], slope: false, sure: true };
  const joined = /_(mul|multiply|dot|matmul|hadamard|product|outer|add|sub)$/.exec(name);
  if (joined) return { kind: KINDS[joined[1]] ?? "product", slope: false };
  const apart = word
    .replace(/(?<=[a-z])(?=[A-Z])/g, "_")
    .toLowerCase()
    .replace(/(tanh|sigmoid)(?=[a-z]{2})/, "$1_");
  const found = NAMED.exec(apart);
  if (!found) return null;
  const [whole, d, of, after = ""] = found;
  const others = [d, after, ...apart.replace(whole, "").split("_")].filter(Boolean);
  if (!others.every((one) => DERIVED.test(one) || PLAIN.test(one))) return null;
  return { kind: KINDS[of], slope: others.some((one) => DERIVED.test(one)) };
}

/** The derivative of a function, from the value of the function or from its argument. */
export const slopes = (kind, x) => {
  const one = { op: "num", v: 1, at: x.at };
  const minus = (a) => ({ op: "sum", a: [one, { op: "neg", a: [a], at: x.at }], at: x.at });
  const own =
    kind === "tanh"
      ? minus({ op: "pow", v: 2, a: [x], at: x.at })
      : { op: "product", a: [x, minus(x)], at: x.at };
  return [own, { op: "call", v: `${kind}'`, a: [x], at: x.at }];
};
