"""Points of a cell at which NumPy values a typed line, and what a line may be made of."""

import ast
import re
from collections.abc import Iterator
from contextlib import suppress
from functools import cache

import numpy as np

from lstm_edu.lab import witnesses
from tests.widgets.answer_cases import FUNCTIONS, depends, inlined, nodes, replaced

Values = dict[str, np.ndarray]
PARTS = [
    *(f"1 - {k}" for k in "ifo"), *(f"{k} * (1 - {k})" for k in "ifo"), "1 - g**2", "g**2",
    "1 - tanh(c)**2", "tanh(c)**2", "tanh(c)", *(f"z_{k}_bar__nxt * w_{k}h" for k in "ifog"),
]  # fmt: skip
LATER = "__nxt"  # as many signs as (t+1), so that places stay


@cache
def mode(kind: str) -> Values:
    """24 points of a cell without biases ("homework"), at the last step ("last"), or of any.

    "in_time" are those of any, and a line knows step t+1 ("general" knows what that sends back).
    """
    rng = np.random.default_rng(11)
    given = witnesses.points(400, seed=6)
    later = {f"z_{k}_bar__nxt": rng.normal(size=400) for k in "ifog"}
    later["c_bar__nxt"] = rng.normal(size=400)
    if kind == "homework":
        given |= {f"b_{k}": np.zeros(400) for k in "ifog"}
    if kind == "last":
        later = {name: np.zeros(400) for name in later}
    later["f__nxt"] = rng.uniform(0.1, 0.9, 400)
    given["c_bar_next"] = later["c_bar__nxt"] * later["f__nxt"]
    given["h_bar_next"] = sum(later[f"z_{k}_bar__nxt"] * given[f"w_{k}h"] for k in "ifog")
    found = {**witnesses.computed(given), **later}
    if kind == "in_time":
        found |= gates_later(later, rng)
    far = [v for name, v in found.items() if name != "L" and np.any(v)]
    good = np.all([(np.abs(v) > 0.02) & (np.abs(v) < 20) for v in far], axis=0)
    return {name: v[good][:24] for name, v in found.items()}


def gates_later(later: Values, rng: np.random.Generator) -> Values:
    """The gates of step t+1, before and after their squashing, and the gates' gradients."""
    z = {k: rng.normal(size=400) for k in "iog"}
    z["f"] = np.log(later[f"f{LATER}"] / (1 - later[f"f{LATER}"]))
    gates = {k: FUNCTIONS["tanh" if k == "g" else "sigma"](z[k]) for k in "ifog"}
    slopes = {k: 1 - v**2 if k == "g" else v * (1 - v) for k, v in gates.items()}
    bars = {k: later[f"z_{k}_bar{LATER}"] / slopes[k] for k in "ifog"}
    return {
        name.replace("K", k) + LATER: values[k]
        for name, values in {"z_K": z, "K": gates, "K_bar": bars}.items()
        for k in "ifog"
    }


def agree(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Whether two lines have the same values, along the last axis."""
    return np.all(np.isclose(a, b, rtol=1e-8, atol=1e-11), axis=-1)


def plain(text: str) -> str:
    """A typed line in Python's spelling, every sign where it was."""
    return re.sub(r"(\w+)\(t\+1\)", rf"\1{LATER}", text)


def value(text: str, at: Values, hole: np.ndarray | None = None) -> np.ndarray:
    """A typed line at the points, by Python; `hole` is what stands where the line has a `_`."""
    code = plain(text).strip()
    with np.errstate(all="ignore"), suppress(ZeroDivisionError, NameError):
        known = {**FUNCTIONS, **at, "_": hole, "__builtins__": {}}
        return np.asarray(eval(code, known) + 0.0 * at["x"], dtype=float)
    return np.full(len(at["x"]), np.nan)  # 1 / 0, or a quantity that is not known here


@cache
def right_forms(name: str) -> tuple[ast.expr, ...]:
    """The right line, and with the gradients in it written out once and more."""
    return tuple(inlined(name, depth) for depth in range(4)) + tuple(
        written_out(inlined(name, depth)) for depth in range(3)
    )


def written_out(tree: ast.expr) -> ast.expr:
    """A line with what step t+1 sends back written out."""
    texts = {
        "h_bar_next": " + ".join(f"z_{k}_bar{LATER} * w_{k}h" for k in "ifog"),
        "c_bar_next": f"c_bar{LATER} * f{LATER}",
    }
    for path, node in list(nodes(tree)):
        if isinstance(node, ast.Name) and node.id in texts:
            tree = replaced(tree, path, ast.parse(texts[node.id], mode="eval").body)
    return tree


def text_of(tree: ast.AST) -> str:
    """A tree as text."""
    return ast.unparse(tree)


@cache
def parts(name: str, kind: str) -> tuple[tuple[str, ...], np.ndarray]:
    """What may belong into a place: quantities, slopes, pieces of the right line; with values."""
    at = mode(kind)
    known = [one for one in at if one != "L" and not depends(one, name)]
    pieces = {text_of(node) for form in right_forms(name) for _, node in nodes(form)}
    pieces = {one for one in pieces if one not in FUNCTIONS}
    texts = [*known, *PARTS, *sorted(pieces)]
    texts += [text for form in right_forms(name) for text in runs(form)]
    found = {text: value(text, at) for text in dict.fromkeys(texts)}
    found = {text: v for text, v in found.items() if np.isfinite(v).all() and np.any(v)}
    return tuple(found), np.array([*found.values()])


def runs(tree: ast.expr) -> Iterator[str]:
    """Of each product and sum of the tree every choice of one or two of its parts left out."""
    for _, node in nodes(tree):
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult | ast.Add):
            sign = " * " if isinstance(node.op, ast.Mult) else " + "
            of = chained(node, type(node.op))
            for j in range(len(of)):
                for k in range(j + 1, len(of) + 1):
                    yield sign.join(f"({text_of(one)})" for one in of[j:k])
                    if rest := of[:j] + of[k:]:
                        yield sign.join(f"({text_of(one)})" for one in rest)


def chained(node: ast.expr, op: type[ast.operator]) -> list[ast.expr]:
    """The parts of a longer product or sum."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, op):
        return [*chained(node.left, op), *chained(node.right, op)]
    return [node]
