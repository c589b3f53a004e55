"""Lines of readers for the tests of the answer box: right, wrong, and edited at random.

The generator of edits knows the equations and nothing of the diagnosis: it edits Python's own
syntax tree, and its truth is NumPy's value at random points.
"""

import ast
import copy
import random
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import numpy as np
import sympy

from lstm_edu.lab import witnesses
from lstm_edu.text.equations import BACKWARD, FORWARD, parse

LINES = {name: line.text for name, line in parse(BACKWARD).items()}
KEY = [
    "o_bar", "c_bar", "i_bar", "g_bar", "f_bar", "z_i_bar", "z_f_bar", "z_o_bar", "z_g_bar",
    "x_bar", "h_bar_prev", "c_bar_prev", "w_ix_bar", "w_fh_bar", "b_g_bar",
]  # fmt: skip
FUNCTIONS = {"sigma": lambda z: (1 + np.tanh(z / 2)) / 2, "tanh": np.tanh, "exp": np.exp}
VALUES = ["x", "h_prev", "c_prev", "y", "c", "h", "h_bar", "c_bar_next", *"ifog"]
NAMES = [*VALUES, "w_ix", "w_fh", "w_ox", "z_i", "z_g"]


def question(name: str, **more: bool) -> dict:
    """What the judges are asked."""
    return dict(name=name, lines=LINES, **more)


class Mutant(NamedTuple):
    """An edited line.

    It has the gradient it is for, its text, whether it differs, the spans that name the edited
    place.
    """

    name: str
    text: str
    differs: bool
    kind: str
    place: tuple[int, int]


@cache
def points() -> dict[str, np.ndarray]:
    """24 points with every value and every gradient, by NumPy, none of them near 0."""
    v = witnesses.computed(witnesses.points(400, seed=5))
    good = np.all([(np.abs(v[n]) > 0.02) & (np.abs(v[n]) < 20) for n in v if n != "L"], axis=0)
    return {name: value[good][:24] for name, value in v.items()}


def value(tree: ast.expr) -> np.ndarray:
    """The value of a line at the points, by Python itself."""
    code = compile(ast.fix_missing_locations(ast.Expression(copy.deepcopy(tree))), "line", "eval")
    with np.errstate(all="ignore"):
        return np.asarray(
            eval(code, {**FUNCTIONS, **points(), "__builtins__": {}}) + 0 * points()["x"],
            dtype=float,
        )


def inlined(name: str, depth: int) -> ast.expr:
    """The right line with the bars in it written out `depth` times."""

    class Inline(ast.NodeTransformer):
        def visit_Name(self, node: ast.Name) -> ast.expr:
            return ast.parse(LINES[node.id], mode="eval").body if node.id in LINES else node

    tree = ast.parse(LINES[name], mode="eval").body
    for _ in range(depth):
        tree = Inline().visit(tree)
    return tree


def nodes(tree: ast.AST, path: tuple = ()) -> Iterator[tuple[tuple, ast.AST]]:
    """Every expression of a tree with the way to it."""
    yield path, tree
    for field, child in ast.iter_fields(tree):
        for k, one in enumerate(child) if isinstance(child, list) else [(None, child)]:
            if isinstance(one, ast.expr):
                yield from nodes(one, (*path, (field, k)))


def at(tree: ast.AST, path: tuple) -> ast.AST:
    """The expression at the end of a way."""
    for field, k in path:
        child = getattr(tree, field)
        tree = child if k is None else child[k]
    return tree


def replaced(tree: ast.expr, path: tuple, new: ast.expr) -> ast.expr:
    """A copy of the tree with another expression at the end of a way."""
    tree = copy.deepcopy(tree)
    if not path:
        return new
    parent, (field, k) = at(tree, path[:-1]), path[-1]
    if k is None:
        setattr(parent, field, new)
    else:
        getattr(parent, field)[k] = new
    return tree


def edits(rng: random.Random, node: ast.AST, names: list[str]) -> Iterator[tuple[str, ast.expr]]:
    """Every kind of edit that this place allows.

    It is one of sign, factor, name, operator, term dropped or doubled.
    """
    name = ast.Name(rng.choice(names))
    if not isinstance(node, ast.expr):
        return
    yield "sign", ast.UnaryOp(ast.USub(), node)
    yield (
        "factor",
        ast.BinOp(node, ast.Mult(), rng.choice([name, ast.Constant(2), ast.Constant(3)])),
    )
    if isinstance(node, ast.Name):
        yield "name", name
        yield "name", ast.Name(rng.choice(names))
    if isinstance(node, ast.Constant):
        yield "number", ast.Constant(node.value + 1)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub | ast.Mult | ast.Div):
        others = [op for op in (ast.Add, ast.Sub, ast.Mult, ast.Div) if not isinstance(node.op, op)]
        yield "operator", ast.BinOp(node.left, rng.choice(others)(), node.right)
        yield "dropped", node.left
        yield "dropped", node.right
        yield "doubled", ast.BinOp(node, node.op, node.right)


def mutants(count: int, seed: int) -> Iterator[Mutant]:
    """Right lines, each with one random edit."""
    rng = random.Random(seed)
    right = [(name, inlined(name, depth)) for name in KEY for depth in (0, 0, 1, 2)]
    while count:
        name, tree = rng.choice(right)
        known = [n for n in [*NAMES, *LINES] if not depends(n, name)]
        path, node = rng.choice([(p, n) for p, n in nodes(tree) if not inside_call(tree, p)])
        kind, new = rng.choice(list(edits(rng, node, known)))
        text = ast.unparse(ast.fix_missing_locations(replaced(tree, path, new)))
        if len(text) > 390:
            continue
        mutant = ast.parse(text, mode="eval").body
        a, b = value(mutant), value(ast.parse(LINES[name], mode="eval").body)
        if not np.isfinite(a).all():
            continue
        count -= 1
        yield Mutant(
            name, text, not np.allclose(a, b, rtol=1e-9, atol=1e-12), kind, span(mutant, path)
        )


def inside_call(tree: ast.expr, path: tuple) -> bool:
    """Whether a place is the name of a function or an exponent, which are not edited."""
    if path and path[-1][0] == "func":
        return True
    parent = at(tree, path[:-1]) if path else None
    return (
        isinstance(parent, ast.BinOp) and isinstance(parent.op, ast.Pow) and path[-1][0] == "right"
    )


def span(tree: ast.expr, path: tuple) -> tuple[int, int]:
    """Where the innermost term or factor lies that holds the edited place.

    It is the product or sum around it.
    """
    while path:
        path = path[:-1]
        node = at(tree, path)
        if isinstance(node, ast.BinOp) and not isinstance(node.op, ast.Pow):
            break
    op = (
        ast.Add | ast.Sub
        if isinstance(getattr(at(tree, path), "op", None), ast.Add | ast.Sub)
        else ast.Mult | ast.Div
    )
    while path:  # the whole chain a * b * c, of which Python makes pairs
        above = at(tree, path[:-1])
        if not (isinstance(above, ast.BinOp) and isinstance(above.op, op)):
            break
        path = path[:-1]
    node = at(tree, path)
    return node.col_offset, node.end_col_offset


@cache
def depends(name: str, on: str) -> bool:
    """Whether a gradient is computed from another one."""
    if name == on:
        return True
    return name in LINES and any(
        depends(other, on) for other in parse(BACKWARD)[name].uses if other in LINES
    )


# Rewrites by SymPy


def rewrites(count: int, seed: int) -> Iterator[tuple[str, str]]:
    """Right lines, rewritten.

    Quantities in them are replaced by what they are computed from, then SymPy rewrites the line.
    """
    rng = random.Random(seed)
    program = parse(FORWARD) | parse(BACKWARD)
    same = {name: line.expr for name, line in program.items() if name not in ("L", "y")}
    same |= {"tanh(c)": sympy.Symbol("h") / sympy.Symbol("o")}
    while count:
        name = rng.choice(KEY)
        e = program[name].expr
        for _ in range(rng.randrange(6)):
            inside = sorted(s.name for s in e.free_symbols if s.name in same)
            if "c" in inside and rng.random() < 0.3:
                e = e.subs(sympy.tanh(sympy.Symbol("c")), same["tanh(c)"])
            elif inside:
                one = rng.choice(inside)
                e = e.subs(sympy.Symbol(one), same[one])
        for change in rng.choices(CHANGES, k=rng.randrange(1, 4)):
            if sympy.count_ops(e) < 60:
                e = change(e, rng)
        if len(str(e)) < 390:
            count -= 1
            yield name, str(e)


def _collect(e: sympy.Expr, rng: random.Random) -> sympy.Expr:
    return sympy.collect(sympy.expand(e), rng.choice(sorted(e.free_symbols, key=str)))


# the same few lines come again and again, and SymPy takes its time for these two
factor, trigsimp = cache(sympy.factor), cache(sympy.trigsimp)
CHANGES = [
    lambda e, rng: sympy.expand(e),
    lambda e, rng: sympy.factor_terms(e),
    lambda e, rng: factor(e) if sympy.count_ops(e) < 25 else e,
    _collect,
    lambda e, rng: trigsimp(e) if sympy.count_ops(e) < 12 else e,
    lambda e, rng: sympy.together(e),
    lambda e, rng: sympy.powsimp(e),
    lambda e, rng: -sympy.expand(-e),
]
