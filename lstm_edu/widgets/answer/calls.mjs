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
// what is a function only before a parenthesis, since it might be a quantity
const SLOPE =
  /^d?_?(tanh|sigm|sigmoid|sigma|logistic)_?(?:d|deriv|derivative|grad|prime|backward|p)?$/;

/** What a word calls: { kind, slope }, slope where it says that it is the function's derivative. */
export function called(word) {
  const name = word.toLowerCase();
  if (name in KINDS) return { kind: KINDS[name], slope: false };
  const joined = /_(mul|multiply|dot|matmul|hadamard|product|outer|add|sub)$/.exec(name);
  if (joined) return { kind: KINDS[joined[1]] ?? "product", slope: false };
  const slope = SLOPE.exec(name);
  return slope ? { kind: KINDS[slope[1]], slope: true } : null;
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
