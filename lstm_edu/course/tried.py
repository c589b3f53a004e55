"""A reader's function, tried: called with copies, read by name and compared.

What is wrong with it is said in one sentence.
What is right is said first, then the first quantity that is not, with both numbers.
"""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

import numpy as np

from lstm_edu.lab import measure
from lstm_edu.models.cell import shapes
from lstm_edu.widgets.answer.answer import Said

Mine = Callable[..., Any]


class Wrong(Exception):
    """The sentence on a function that is not right."""


def spoken(task: Callable[[Mine], str]) -> Callable[[Mine], Said]:
    """The task as one that returns what it has to say, whether or not the function is right."""

    @wraps(task)
    def said(mine: Mine) -> Said:
        try:
            return Said(task(mine), right=True)
        except Wrong as wrong:
            return Said(str(wrong))

    return said


def called(mine: Mine, *given: Any) -> Any:
    """What the function returns.

    It gets copies, so that it may write into what it is given. Raises Wrong.
    """
    copies = [
        {n: np.copy(a) if np.ndim(a) else a for n, a in g.items()} if isinstance(g, Mapping) else g
        for g in given
    ]
    try:
        return mine(*copies)
    except Exception as error:
        raise Wrong(f"Your function stopped: {type(error).__name__}, {error}.") from error


def returned(mine: Mine, *given: Any) -> Mapping[str, Any]:
    """The numbers that the function returns, by name. Raises Wrong."""
    found = called(mine, *given)
    if not isinstance(found, Mapping):
        raise Wrong(
            f"Your function returned {short(found)}. "
            "It should return numbers by name, as in dict(c_bar=c_bar)."
        )
    return found


def array(found: Mapping[str, Any], name: str, right: list[str]) -> np.ndarray:
    """The numbers of this name.

    `right` are the names that were right before. Raises Wrong where there are no numbers.
    """
    value = found.get(name, ...)
    if value is ... or value is None:
        raise Wrong(f"{so_far(right)}Next comes {name}, which your function does not return yet.")
    try:
        made = np.asarray(value, float)
    except (TypeError, ValueError):
        raise Wrong(f"{so_far(right)}{name} is {short(value)}, which is no number.") from None
    if not made.size or not np.all(np.isfinite(made)):
        raise Wrong(f"{so_far(right)}{name} is {short(value)}; it should be finite.")
    return made


def number(found: Mapping[str, Any], name: str, right: list[str]) -> float:
    """The one number of this name. Raises Wrong."""
    value = array(found, name, right)
    if value.size != 1:
        raise Wrong(f"{so_far(right)}{name} has {value.size} numbers; for one unit it is one.")
    return float(value.ravel()[0])


def same(yours: Mapping, right: Mapping, before: str, known: Mapping[str, Mapping]) -> None:
    """Raise the first of 12 gradients of one unit that differs.

    What is said of a known mistake that gives `yours` is said too.
    """
    names, done = [f"{name}_bar" for name in shapes(1, 1)], list[str]()
    flat, truth = [number(yours, name, []) for name in names], measure.flat(right)
    if np.allclose(flat, truth, rtol=1e-8, atol=1e-12):
        return
    named = next(
        (says for says, wrong in known.items() if np.allclose(flat, measure.flat(wrong))), ""
    )
    for name, a, b in zip(names, flat, truth, strict=True):
        if not np.isclose(a, b, rtol=1e-8, atol=1e-12):
            raise Wrong(before + first(name, done, a, b, named))
        done.append(name)


def first(name: str, right: list[str], yours: float, truth: float, says: str = "") -> str:
    """The sentence on the first wrong quantity.

    It says what was right before it, both numbers, and what is known of the wrong one.
    """
    plus = "+" if "_bar" in name else ""  # a gradient is printed with its sign
    both = next(
        pair
        for d in range(3, 18)
        if len(set(pair := [f"{v:{plus}.{d}g}" for v in (yours, truth)])) > 1 or d == 17
    )
    a, b = (text.replace("-", "−") for text in both)
    return f"{so_far(right)}First wrong: {name}. Yours is {a} where it is {b}." + f" {says}" * bool(
        says
    )


def shaped(
    name: str, right: list[str], yours: tuple[int, ...], truth: tuple[int, ...], says: str = ""
) -> str:
    """The sentence on the first quantity of a wrong shape."""
    rule = (
        f"Its shape is {yours}, "
        f"and a gradient has the shape of what it is the gradient of, here {truth}."
    )
    return f"{so_far(right)}First wrong: {name}. {rule}" + f" {says}" * bool(says)


def so_far(right: list[str]) -> str:
    """Which quantities are right, or nothing."""
    if not right:
        return ""
    return f"Right so far: {', '.join(right) if len(right) < 5 else f'{right[0]} to {right[-1]}'}. "


def short(value: Any) -> str:
    """The value as Python writes it, cut where it is long."""
    text = repr(value)
    return text if len(text) < 60 else text[:57] + "…"
