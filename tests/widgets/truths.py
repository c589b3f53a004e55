"""What becomes of a wrong line where something else stands at a place of it."""

import ast
import itertools
import re
from typing import Any

import numpy as np

from tests.widgets.answer_cases import FUNCTIONS
from tests.widgets.answer_points import Values, agree, chained, parts, plain, text_of, value

NUMBERS = np.array([-3, -2, -1, -0.5, 1 / 3, 0.5, 1, 2, 3, 4])


class Place:
    """A place in a reader's line, and what the whole becomes with something else there."""

    def __init__(self, text: str, at: Values, place: list[int], target: np.ndarray) -> None:
        start, end = place
        self.slice, self.at, self.target = text[start:end].strip(), at, target
        self.whole = len(self.slice) >= len(text.strip())
        start += len(text[start:end]) - len(text[start:end].lstrip())
        end = start + len(self.slice)
        self.span = start, end
        head = {"/": "*", "-": "+", "+": "+", "*": "*"}.get(self.slice[:1], "")
        self.line = f"{text[:start]}{head}(_){text[end:]}"
        self.sign = self.slice[:1]
        self.inner = self.slice[1:].strip() if self.sign in ("/", "*", "+") else self.slice
        self.value = value(self.inner, at)
        if self.sign == "/":
            self.value = 1 / self.value

    def becomes(self, candidates: Any) -> bool:
        """Whether one of the candidates, each with a value at every point, makes the line right."""
        rows = np.atleast_2d(np.asarray(candidates, dtype=float))
        return bool(np.any(agree(value(self.line, self.at, rows), self.target)))

    @property
    def tree(self) -> ast.expr:
        """What stands at the place."""
        return ast.parse(plain(self.inner), mode="eval").body

    def wide(self, slip: Any) -> np.ndarray:
        """What may belong here by any reason."""
        _, rows = parts(slip.name, slip.mode)
        constants = NUMBERS[:, None] * np.ones(len(self.target))
        more = [self.value * rows, self.value / rows, self.value + rows, self.value - rows]
        return np.concatenate([rows, -rows, 1 / rows, constants, *more])


def quantities(slip: Any) -> np.ndarray:
    """Every quantity that is not 0 everywhere."""
    texts, rows = parts(slip.name, slip.mode)
    return rows[[text.isidentifier() for text in texts]]


def of_value(place: Place, said: dict[str, Any], slip: Any) -> bool:
    """Whether the change that a sentence without a row says makes the line right."""
    v, (texts, rows), ones = place.value, parts(slip.name, slip.mode), np.ones(len(place.target))
    constants = NUMBERS[:, None] * ones
    with np.errstate(all="ignore"):
        return {
            "negative": lambda: place.becomes(-v),
            "multiple": lambda: place.becomes(v / said["number"]),
            "sign": lambda: place.becomes(-v),
            "swap": lambda: place.becomes([*quantities(slip), *constants]),
            "number": lambda: place.becomes(constants),
            "number-for-quantity": lambda: place.becomes(quantities(slip)),
            "exponent": lambda: place.becomes(powers(place)),
            "factor-missing": lambda: place.becomes(v * signs(rows[in_range(rows, texts, said)])),
            "term-missing": lambda: place.becomes([*(v + rows), *(v - rows)]),
            "term-missing-alone": lambda: place.becomes([*(v + rows), *(v - rows)]),
            "factor-extra": lambda: place.becomes(ones),
            "term-extra": lambda: place.becomes(0 * ones),
            "factor-wrong": lambda: place.becomes([*rows, *-rows, 1 / rows[0]]),
            "place": lambda: place.becomes(place.wide(slip)),
            "parenthesis": lambda: freed(place, slip),
            "function-missing": lambda: called(place, said["function"]),
            "function-extra": lambda: place.becomes(value(text_of(place.tree.args[0]), place.at)),
            "function-other": lambda: place.becomes(others(place)),
            "product-for-sum": lambda: cut(place, ast.Mult),
            "sum-for-product": lambda: cut(place, ast.Add),
        }[said["key"]]()


def signs(rows: np.ndarray) -> np.ndarray:
    """The rows and their negatives."""
    return np.concatenate([rows, -rows])


def powers(place: Place) -> list[np.ndarray]:
    """What stands at a place, to other powers; of a power its base to others."""
    bases = [place.value]
    if isinstance(place.tree, ast.BinOp) and isinstance(place.tree.op, ast.Pow):
        bases.append(value(text_of(place.tree.left), place.at))
    return [base**n for base in bases for n in (1.0, 2, 3, -1, -2)]


def in_range(rows: np.ndarray, texts: tuple[str, ...], said: dict[str, Any]) -> np.ndarray:
    """Which parts are of the kind that the sentence says is missing."""
    fault = said["fault"]
    weight = np.array([bool(re.fullmatch(r"[wb]_\w+", one)) and "bar" not in one for one in texts])
    if "weight" in fault:
        return weight
    if "between 0 and 1" in fault:
        return np.all((rows > 0) & (rows < 1), axis=1)
    if "between −1 and 1" in fault:
        return np.all(np.abs(rows) < 1, axis=1)
    return np.ones(len(rows), bool)


def called(place: Place, function: str) -> bool:
    """Whether something at the place, or the whole of it, goes through a function first."""
    return place.becomes(FUNCTIONS["sigma" if function == "σ" else function](place.value))


def others(place: Place) -> list[np.ndarray]:
    """The argument of what stands at a place, through every function and its slope."""
    x = value(text_of(place.tree.args[0]), place.at)
    s = FUNCTIONS["sigma"](x)
    return [s, np.tanh(x), s * (1 - s), 1 - np.tanh(x) ** 2]


def cut(place: Place, op: type[ast.operator]) -> bool:
    """Whether a sum in the place of a product at the place, or the other way, makes it right."""
    text = text_of(signed(place.tree))
    source = re.sub(r"\s*/\s*", " * 1/", text) if op is ast.Mult else text
    of = chained(ast.parse(source, mode="eval").body, op)
    v = np.array([value(text_of(one), place.at) for one in of])
    runs_of = itertools.combinations(range(len(v) + 1), 3)
    return place.becomes([row for run in runs_of for row in crossed(v, *run, op)])


def crossed(v: np.ndarray, start: int, mid: int, end: int, op: type[ast.operator]) -> list:
    """Two runs of factors added, or of terms multiplied."""
    rest = np.delete(v, slice(start, end), axis=0)
    if op is ast.Mult:
        left, right = v[start:mid].prod(0), v[mid:end].prod(0)
        under = right / v[mid] ** 2  # with the slash that has gone
        return [(left + one) * rest.prod(0) for one in (right, -right, under, -under)]
    left, right = v[start:mid].sum(0), v[mid:end].sum(0)
    return [one + rest.sum(0) for one in (left * right, -left * right, left / right, -left / right)]


def freed(place: Place, slip: Any) -> bool:
    """Whether the term at the place, taken out of its parenthesis, makes the line right."""
    _, rows = parts(slip.name, slip.mode)
    ones = np.ones((1, len(place.target)))
    without = value(place.line, place.at, 0 * ones)
    inside = value(place.line, place.at, ones) - without  # what it is multiplied by
    beside = np.concatenate([ones, rows, inside / rows]) * place.value
    return bool(np.any(agree(without + beside, place.target)))


def signed(tree: ast.expr) -> ast.expr:
    """A difference as a sum."""
    if isinstance(tree, ast.BinOp) and isinstance(tree.op, ast.Sub):
        return ast.BinOp(tree.left, ast.Add(), ast.UnaryOp(ast.USub(), tree.right))
    return tree
