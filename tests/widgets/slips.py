"""Wrong lines with one slip, or two: what a hand does to a line of the book.

A factor or a term is dropped, doubled or added, a sign turned, a letter swapped, a slope or a time
is the wrong one. Nothing here knows how a line is judged.
"""

import ast
import random
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from tests.widgets.answer_cases import LINES, depends, inlined, inside_call, nodes, replaced
from tests.widgets.answer_points import LATER, agree, mode, value, written_out

HOMEWORK = ["o_bar", "c_bar", "i_bar", "g_bar", "f_bar", "w_ix_bar"]
BOXES = [(name, "homework") for name in HOMEWORK] + [
    (name, "last") for name in ("f_bar", "h_bar", "w_oh_bar")
]
"""What the boxes of the book ask: a line, and of what cell."""
IN_TIME = [(name, "in_time") for name in ("h_bar", "c_bar", "o_bar", "i_bar", "z_f_bar")]
"""Lines through time, with what step t+1 sends back written out."""

PARAMETERS = [f"w_{k}{v}" for k in "ifog" for v in "xh"]
VALUES = ["x", "h_prev", "c_prev", "y", "c", "h", *"ifog", *(f"z_{k}" for k in "ifog")]
SLOPES = {f"{k} * (1 - {k})": k for k in "ifo"} | {"1 - g ** 2": "g", "1 - tanh(c) ** 2": "tanh(c)"}
SIGMA = "1 - K ** 2 | 1 - K | K | K ** 2 | K * (1 + K) | sigma(K) | sigma(K) * (1 - sigma(K))"
TANH = "1 - G | 1 + G ** 2 | G * (1 - G) | G | 1 - tanh(G) ** 2 | 1 - A ** 2 | (1 - G) ** 2"
INSIDE = {"g": "z_g", "tanh(c)": "c"}
TIMES = {
    "c_prev": ["c"], "c": ["c_prev"], "h_prev": ["h"], "h": ["h_prev"], "f": ["f__nxt"],
    "x": ["h_prev", "h"], "c_bar_next": ["c_bar__nxt", "c_bar__nxt * f", "c_bar_next * f__nxt"],
    "h_bar": ["h_bar_loss", "h_bar_next"], "c_bar": ["c_bar_next"],
}  # fmt: skip
"""Of a name the same at another time; `f__nxt` stands for f(t+1)."""


class Slip(NamedTuple):
    """A wrong line, which one it is for, the cell's mode, and the kind of its slips."""

    name: str
    mode: str
    text: str
    kind: str


def parsed(text: str) -> ast.expr:
    """The syntax tree of a line."""
    return ast.parse(text, mode="eval").body


def written(tree: ast.expr) -> str:
    """A syntax tree as a reader types it."""
    return ast.unparse(ast.fix_missing_locations(tree)).replace(LATER, "(t+1)")


def chain(node: ast.expr, op: type[ast.operator]) -> list[ast.expr]:
    """The factors of a product, or the terms of a sum."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, op):
        return [*chain(node.left, op), *chain(node.right, op)]
    return [node]


def joined(parts: list[ast.expr], op: type[ast.operator]) -> ast.expr:
    """The product of some factors, or the sum of some terms."""
    first, *rest = parts
    for part in rest:
        first = ast.BinOp(first, op(), part)
    return first


def of_parts(
    node: ast.expr, rng: random.Random, names: list[str]
) -> Iterator[tuple[str, ast.expr]]:
    """Slips in which a factor or a term is missing, twice there, or one too many."""
    for op, word in ((ast.Mult, "factor"), (ast.Add, "term")):
        parts = chain(node, op)
        k = rng.randrange(len(parts))
        if len(parts) > 1:
            yield f"{word} dropped", joined(parts[:k] + parts[k + 1 :], op)
        yield f"{word} doubled", joined([*parts[: k + 1], *parts[k:]], op)
        yield f"{word} added", joined([*parts, parsed(rng.choice(names))], op)
    yield "slope added", ast.BinOp(node, ast.Mult(), parsed(rng.choice([*SLOPES])))
    yield "sign", ast.UnaryOp(ast.USub(), node)
    yield "number", ast.BinOp(parsed(rng.choice(["2", "3", "(1 / 2)"])), ast.Mult(), node)
    yield "power", ast.BinOp(node, ast.Pow(), ast.Constant(rng.choice([2, 2, 3])))


def of_names(
    node: ast.Name, rng: random.Random, names: list[str]
) -> Iterator[tuple[str, ast.expr]]:
    """Slips in a name: another one, another time or gate, no bar, a function around it."""
    name = node.id
    yield "letter", parsed(rng.choice(names))
    if name in TIMES:
        yield "time", parsed(rng.choice(TIMES[name]))
    if gates := [k for k in "ifog" if name in (k, f"{k}_bar", f"w_{k}x", f"w_{k}h", f"z_{k}_bar")]:
        yield (
            "gate",
            parsed(
                name.replace(gates[0], rng.choice([j for j in "ifog" if j != gates[0]]))
                if len(name) == 1
                else other_gate(name, gates[0], rng)
            ),
        )
    if name.endswith("_bar"):
        yield "bar", parsed(name[:-4])
    yield "function added", parsed(f"{rng.choice(['tanh', 'sigma'])}({name})")


def other_gate(name: str, gate: str, rng: random.Random) -> str:
    """A gate's gradient or weight, of another gate."""
    other = rng.choice([j for j in "ifog" if j != gate])
    return name.replace(f"_{gate}", f"_{other}") if "_" + gate in name else other + name[1:]


def edits(node: ast.expr, rng: random.Random, names: list[str]) -> Iterator[tuple[str, ast.expr]]:
    """Every kind of slip at one place of a line."""
    yield from of_parts(node, rng, names)
    if isinstance(node, ast.Name):
        yield from of_names(node, rng, names)
    if isinstance(node, ast.Constant):
        yield "number", ast.Constant(rng.choice([0, 2]))
    if isinstance(node, ast.Call):
        yield "function dropped", node.args[0]
        yield "function twice", ast.Call(node.func, [node], [])
        yield "function", ast.Call(ast.Name("sigma"), node.args, [])
    if isinstance(node, ast.BinOp):
        yield from of_operators(node, rng)
    text = ast.unparse(node)
    if text in SLOPES:
        k = SLOPES[text]
        forms = SIGMA.replace("K", k) if k in "ifo" else TANH.replace("A", INSIDE[k])
        others = [other for other in SLOPES if other != text]
        yield "slope", parsed(rng.choice(forms.replace("G", k).split(" | ")))
        yield "another slope", parsed(rng.choice(others))


def of_operators(node: ast.BinOp, rng: random.Random) -> Iterator[tuple[str, ast.expr]]:
    """Slips in which an operator is another one, a power is missing, parentheses are misplaced."""
    if isinstance(node.op, ast.Pow):
        yield "power dropped", node.left
        return
    others = {
        ast.Mult: [ast.Div, ast.Add],
        ast.Add: [ast.Sub, ast.Mult],
        ast.Sub: [ast.Add],
        ast.Div: [ast.Mult],
    }
    yield "operator", ast.BinOp(node.left, rng.choice(others[type(node.op)])(), node.right)
    factors = chain(node.left, ast.Mult)
    if isinstance(node.op, ast.Add) and len(factors) > 1:
        inner = ast.BinOp(factors[-1], ast.Add(), node.right)
        yield "parentheses", joined([*factors[:-1], inner], ast.Mult)


def slips(count: int, seed: int, asked: list[tuple[str, str]], times: int = 1) -> Iterator[Slip]:
    """Lines that are wrong by as many slips as `times` says, of the questions `asked`."""
    rng = random.Random(seed)
    seen = set()
    while len(seen) < count:
        name, kind = rng.choice(asked)
        tree, kinds = inlined(name, rng.choice([0, 0, 1, 2])), []
        if kind == "in_time":
            tree = written_out(tree)
        known = [*VALUES, *LINES, *PARAMETERS, "c_bar_next", "h_bar_next"]
        names = [one for one in known if not depends(one, name)]
        for _ in range(times):
            tree, made = slipped(tree, rng, names)
            kinds.append(made)
        slip = Slip(name, kind, written(tree), " and ".join(kinds))
        given = value(slip.text, mode(kind))
        if (name, kind, slip.text) in seen or not np.isfinite(given).all() or len(slip.text) > 390:
            continue
        if not agree(given, mode(kind)[name]):
            seen.add((name, kind, slip.text))
            yield slip


def slipped(tree: ast.expr, rng: random.Random, names: list[str]) -> tuple[ast.expr, str]:
    """The line with one slip, each kind as likely as any other that fits somewhere."""
    places = [pair for pair in nodes(tree) if not inside_call(tree, pair[0])]
    made: dict[str, list[tuple[tuple, ast.expr]]] = {}
    for path, node in places:
        for kind, new in edits(node, rng, names):
            made.setdefault(kind, []).append((path, new))
    kind = rng.choice(sorted(made))
    return replaced(tree, *rng.choice(made[kind])), kind
