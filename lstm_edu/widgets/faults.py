"""The search for what is wrong in a line: faults.mjs in Python.

It asks of each place what would have to stand there for the whole to be right, working back from the right values as
through the steps of a sum, and knows it when it sees it. `q` is what `judge.prepare` made of the question.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from lstm_edu.widgets.states import CALLS, Node

CROWD = 16  # parts of one sum or product; no line of the book has more, and looking into them takes its time


@dataclass(frozen=True)
class Verdict:
    """What is found: the key of its sentence, the place, and what fills the sentence's gaps."""

    key: str
    right: bool = False
    at: tuple[int, int] = (0, 0)
    cost: float = 9
    says: str = ""
    name: str = ""
    found: str = ""
    number: float | None = None
    part: Node | None = None
    function: str = ""
    sign: bool = False


def close(a: np.ndarray | float, b: np.ndarray | float) -> bool:
    """Whether two columns are the same, up to what the search itself rounds off."""
    return bool(np.all(np.abs(a - b) <= 1e-7 * (np.abs(a) + np.abs(b)) + 1e-14))


def faults(tree: Node, right: np.ndarray, q: Any, fit: np.ndarray) -> list[Verdict]:
    """Every single change that makes the line right, the simplest first."""
    found: list[Verdict] = []
    columns = {name: q.at[name][fit] for name in q.free}
    parts = [(part, part.y[fit]) for part in q.parts]

    def add(cost: float, key: str, node: Node, **more: object) -> None:
        found.append(Verdict(key, cost=cost, at=node.at, **more))  # type: ignore[arg-type]

    def visit(node: Node, need: np.ndarray, folded: bool) -> None:
        """Under an even power only the size of what is needed is known: `folded`."""
        if not np.all(np.isfinite(need)):
            return
        y, root, crowded = node.y[fit], node is tree, len(node.a) > CROWD

        def equal(x: np.ndarray | float, wanted: np.ndarray = need) -> bool:
            return close(np.abs(wanted), np.abs(x)) if folded else close(wanted, x)

        def constant(x: np.ndarray) -> bool:
            return bool(np.isfinite(x[0])) and close(x, x[0])

        ratio, rest = need / y, need - y
        if equal(-y):
            add(0 if root else 1.2, "negative" if root else "sign", node)
        elif root and constant(ratio):
            add(0.9, "multiple", node, number=1 / ratio[0])
        if node.op == "num" and constant(need):
            add(1.3, "number", node)
        if node.op in ("name", "num"):
            cost, key = (1, "swap") if node.op == "name" else (1.7, "number-for-quantity")
            for name, column in columns.items():
                if equal(column):
                    add(cost, key, node, name=name, found=str(node.v))
        if node.op == "name" and constant(need) and not equal(0.0) and not equal(1.0):
            add(1.4, "swap", node, found=str(node.v))
        powers = [(y, n) for n in (2, 3, -1, -2) if node.op != "num"]
        powers += [(node.a[0].y[fit], n) for n in (1, 2, 3, -1, -2) if node.op == "pow"]
        for base, n in powers:
            if equal(base ** float(n)):
                add(1.3, "exponent", node)
        for f in ("tanh", "sigma"):
            if equal(CALLS[f][0](y)):
                add(1.5, "function-missing", node, function=f)
        if node.op == "call":
            inner = node.a[0].y[fit]
            if equal(inner):
                add(1.5, "function-extra", node)
            for f in ("tanh", "sigma", "sigma'", "tanh'"):
                if equal(CALLS[f][0](inner)):
                    add(1.5, "function-other", node)
        if node.op in ("product", "sum") and not crowded:
            operators(node, y, equal)
        for part, x in parts:
            cost, name = (0.0 if part.op == "name" else 0.2), str(part.v) if part.op == "name" else ""
            if part.op != "num" and equal(x, ratio):
                add(2 + cost, "factor-missing", node, name=name, part=part)
            if equal(x, rest) or close(rest, -x):
                add(
                    2.1 + cost, "term-missing" if node.op == "sum" else "term-missing-alone", node, name=name, part=part
                )
            if not root and part.op != "num" and equal(x):
                add(2.6 + cost, "factor-wrong", node, name=name, part=part)
        if not crowded:
            descend(node, need, y, folded)

    def operators(node: Node, y: np.ndarray, equal: Callable[[np.ndarray], bool]) -> None:
        a = [part.y[fit] for part in node.a]
        bare = [p.a[0].y[fit] if p.op == "neg" or (p.op == "pow" and p.v == -1) else p.y[fit] for p in node.a]
        for j, part in enumerate(node.a):
            product = node.op == "product"
            if equal(np.prod([*a[:j], *a[j + 1 :]], axis=0) if product else y - a[j]):
                add(1.5, "factor-extra" if product else "term-extra", part)
            if j == 0:
                continue
            pair = Node("pair", at=(node.a[j - 1].at[0], part.at[1]))
            x, z = a[j - 1], a[j]
            for sign in (1, -1):
                if product and equal(np.prod(a[:j], axis=0) + sign * np.prod([bare[j], *a[j + 1 :]], axis=0)):
                    add(1.8, "product-for-sum", node)
                if not product and (equal(y - x - z + sign * x * z) or equal(y - x - z + sign * x / z)):
                    add(1.8, "sum-for-product", pair)

    def descend(node: Node, need: np.ndarray, y: np.ndarray, folded: bool) -> None:
        a = [part.y[fit] for part in node.a]
        if node.op == "sum" and not folded:
            for part, x in zip(node.a, a, strict=True):
                visit(part, need - (y - x), False)
        if node.op == "product":
            for j, part in enumerate(node.a):
                visit(part, need / np.prod([*a[:j], *a[j + 1 :]], axis=0), folded)
        if node.op == "neg":
            visit(node.a[0], -need, folded)
        if node.op == "call" and len(CALLS[str(node.v)]) > 2 and not (folded and node.v != "tanh"):
            visit(node.a[0], CALLS[str(node.v)][2](need), folded)
        if node.op == "pow":
            n = float(node.v)
            root = np.sign(need) * np.abs(need) ** (1 / n) if n % 2 else need ** (1 / n)
            visit(node.a[0], root, folded or n % 2 == 0)

    visit(tree, right[fit], False)
    return sorted(found, key=lambda one: one.cost)
