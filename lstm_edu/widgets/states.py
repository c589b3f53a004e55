"""States of a cell at which a line is tried, and the value of a line at them, with a bound of its rounding error.

states.mjs says the same for the browser: the same states, the same arithmetic. `read` makes a tree of an author's text
or of what SymPy prints, by Python's own grammar; nothing of it is run, and a reader's string never comes here.
"""

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache

import numpy as np

from lstm_edu.equations import BACKWARD, FORWARD, inputs, parse
from lstm_edu.notation import GATES

POOL, EPS = 40, 2.0**-52
State = Mapping[str, np.ndarray]


def sigma(z: np.ndarray) -> np.ndarray:
    """σ(z)."""
    return (1 + np.tanh(z / 2)) / 2


# of each function: itself, the size of its slope from its value and its argument, its inverse
CALLS: dict[str, tuple[Callable, ...]] = {
    "tanh": (np.tanh, lambda v, x: 1 - v * v, np.arctanh),
    "sigma": (sigma, lambda v, x: v * (1 - v), lambda v: np.log(v / (1 - v))),
    "sigma'": (lambda z: sigma(z) * (1 - sigma(z)), lambda v, x: 1),
    "tanh'": (lambda z: 1 - np.tanh(z) ** 2, lambda v, x: 1),
    "exp": (np.exp, lambda v, x: v, np.log),
    "log": (np.log, lambda v, x: 1 / x, np.exp),
    "sqrt": (np.sqrt, lambda v, x: 1 / v, lambda v: v * v),
    "cosh": (np.cosh, lambda v, x: v),
    "sinh": (np.sinh, lambda v, x: np.cosh(x)),
    "sech": (lambda x: 1 / np.cosh(x), lambda v, x: 1),
}


@dataclass(eq=False)
class Node:
    """A part of a line: op is num, name, call, pow, neg, sum, product or box, a bare column of numbers; v its value."""

    op: str
    v: str | float = ""
    a: list["Node"] = field(default_factory=list)
    at: tuple[int, int] = (0, 0)
    y: np.ndarray = field(default_factory=lambda: np.zeros(0))
    e: np.ndarray = field(default_factory=lambda: np.zeros(0))

    @property
    def id(self) -> str:
        """What the node says, wherever it stands."""
        return f"{self.op}{self.v}({','.join(part.id for part in self.a)})"


def read(text: str) -> Node:
    """The tree of a formula in Python's spelling. Raises ValueError, with the part, for what is no formula."""
    tree = ast.parse(text, mode="eval").body
    return _node(tree, text)


def _node(node: ast.expr, text: str) -> Node:
    start, end = node.col_offset, node.end_col_offset or 0
    made = _made(node, text)
    before, after = text[:start].rstrip(), text[end:].lstrip()
    while before.endswith("(") and after.startswith(")"):  # a part's place has its own parentheses in it
        start, end = len(before) - 1, len(text) - len(after) + 1
        before, after = text[:start].rstrip(), text[end:].lstrip()
    made.at = (start, end)
    return made


def _made(node: ast.expr, text: str) -> Node:
    match node:
        case ast.Name(id=name):
            return Node("name", name)
        case ast.Constant(value=int() | float() as number):
            return Node("num", number)
        case ast.UnaryOp(op=ast.USub(), operand=a):
            return Node("neg", "", [_node(a, text)])
        case ast.Call(func=ast.Name(id=name), args=[a], keywords=[]):
            if ast.unparse(a) == "t + 1":
                return Node("name", f"{name}(t+1)")
            if (name := name.replace("_prime", "'")) in CALLS:
                return Node("call", name, [_node(a, text)])
        case ast.BinOp(left=a, op=ast.Pow(), right=b):
            exponent = ast.literal_eval(b)
            if isinstance(exponent, int):
                return Node("pow", exponent, [_node(a, text)])
        case ast.BinOp(op=ast.Add() | ast.Sub() | ast.Mult() | ast.Div()):
            return _chain(node, text)
    raise ValueError(f"{ast.unparse(node)} is not understood")


def _chain(node: ast.BinOp, text: str) -> Node:
    """Write a + b − c, or a * b / c, as one sum or product; a part in parentheses of its own stays a part."""
    kinds = (ast.Add, ast.Sub) if isinstance(node.op, ast.Add | ast.Sub) else (ast.Mult, ast.Div)
    left, right = node.left, _node(node.right, text)
    if isinstance(node.op, ast.Sub):
        right = Node("neg", "", [right], (text.rindex("-", 0, right.at[0]), right.at[1]))
    if isinstance(node.op, ast.Div):
        right = Node("pow", -1, [right], (text.rindex("/", 0, right.at[0]), right.at[1]))
    own = isinstance(left, ast.BinOp) and isinstance(left.op, kinds) and left.col_offset == node.col_offset
    first = _chain(left, text).a if own and isinstance(left, ast.BinOp) else [_node(left, text)]
    return Node("sum" if kinds[0] is ast.Add else "product", "", [*first, right])


@cache
def states(homework: bool = False, last: bool = False) -> dict[str, np.ndarray]:
    """Some states of a cell: what a step receives is drawn, alike in every language; all else is computed."""
    seed = 20

    def draw(low: float, high: float) -> float:
        nonlocal seed
        seed = (seed * 1664525 + 1013904223) % 2**32
        return low + (high - low) * (seed / 2**32)

    def signed(high: float) -> float:
        return draw(0.2, high) * (-1 if draw(-1, 1) < 0 else 1)

    rows = []
    for _ in range(POOL):
        given = {name: signed(0.9 if name == "h_prev" else 1.5) for name in inputs(parse(FORWARD))}
        later = {"f(t+1)": draw(0.2, 0.9), "c_bar(t+1)": signed(1.5)} | {f"z_{k}_bar(t+1)": signed(1) for k in GATES}
        given |= {f"b_{k}": 0.0 for k in GATES} if homework else {}
        later |= {name: 0.0 for name in later if name != "f(t+1)"} if last else {}
        given["h_bar_next"] = sum(later[f"z_{k}_bar(t+1)"] * given[f"w_{k}h"] for k in GATES)
        given["c_bar_next"] = later["c_bar(t+1)"] * later["f(t+1)"]
        rows.append((given, later))
    at, after = ({name: np.array([row[k][name] for row in rows]) for name in rows[0][k]} for k in (0, 1))
    for name, line in (parse(FORWARD) | parse(BACKWARD)).items():
        at[name] = run(read(line.text), at).y
    return at | after


def run(node: Node, at: State) -> Node:
    """The tree with its values at some states in `y` and what they may be wrong by in `e`, at every node."""
    for part in node.a:
        run(part, at)
    with np.errstate(all="ignore"):
        node.y, node.e = _step(node, at)
    return node


def _step(node: Node, at: State) -> tuple[np.ndarray, np.ndarray]:
    zero = np.zeros_like(at["x"])
    if node.op == "box":
        return node.y, node.e
    if node.op == "num":
        return zero + float(node.v), zero
    if node.op == "name":
        return at[str(node.v)], 16 * EPS * np.maximum(1, np.abs(at[str(node.v)]))
    y, e = (zero + 1, zero) if node.op == "product" else (zero, zero)
    x = node.a[0]
    match node.op:
        case "sum":
            for part in node.a:
                y = y + part.y
                e = e + part.e + EPS * np.abs(y)
        case "product":
            for part in node.a:
                y, e = y * part.y, np.abs(y) * part.e + e * np.abs(part.y) + EPS * np.abs(y * part.y)
        case "neg":
            y, e = -x.y, x.e
        case "pow":
            y = x.y ** float(node.v)
            e = np.abs(float(node.v) * y / x.y) * x.e + 4 * EPS * np.abs(y)
        case "call":
            f, slope = CALLS[str(node.v)][:2]
            y = f(x.y)
            e = np.abs(slope(y, x.y)) * x.e + 4 * EPS * np.maximum(1, np.abs(y))
    return y, e
