"""The value of a program's equations at a point, from their text."""

import math
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from numbers import Real
from typing import Any

import numpy as np
from sympy import lambdify

from lstm_edu.models.cell import EXAMPLE
from lstm_edu.text.equations import BACKWARD, FORWARD, Line, lookup, parse

Point = Mapping[str, float | np.ndarray]


Values = dict[str, np.ndarray]


@lru_cache
def _function(line: Line) -> Callable[..., np.ndarray]:
    return lambdify(line.uses, line.expr, [{"sigma": _sigma}, "numpy"])


def evaluated(line: Line, values: Point) -> np.ndarray:
    """The value of one equation, given the values of what it uses."""
    return _function(line)(*(values[name] for name in line.uses))


def run(
    lines: Iterable[Line],
    point: Mapping[str, Any],
    nudge: Mapping[str, Any] = {},
    lock: Mapping[str, Any] = {},
) -> dict[str, Any]:
    """Every value by name: those of `point`, then those of the equations, line by line.

    A value is a number or an array.
    Raises ValueError for a point that lacks one.
    """
    v = {name: lock.get(name, value) + nudge.get(name, 0.0) for name, value in point.items()}
    for line in lines:
        if missing := [name for name in line.uses if name not in v]:
            raise ValueError(f"the point has no {missing[0]}, which {line.name} is computed from")
        value = evaluated(line, v)
        own = value if np.ndim(value) else float(value)
        v[line.name] = lock.get(line.name, own) + nudge.get(line.name, 0.0)
    return v


def _sigma(z: np.ndarray) -> np.ndarray:
    """σ, written otherwise than in `cell`, so that it is a witness: exp(−log(1 + exp(−z)))."""
    if np.iscomplexobj(z):  # the complex step's; logaddexp takes real numbers alone
        return (1 + np.tanh(z / 2)) / 2
    return np.exp(-np.logaddexp(0, -z))


def values(
    point: Mapping[str, float] = EXAMPLE,
    nudge: Mapping[str, float] = {},
    lock: Mapping[str, float] = {},
) -> dict[str, float]:
    """Every value and every gradient of one unit at `point`, by name, from the equations' text.

    A name in `lock` keeps its value whatever it is computed from;
    what `nudge` gives is added on top.
    Raises ValueError for a name that no equation has, or a point that lacks one.
    """
    lines = parse(FORWARD) | parse(BACKWARD)
    for name, value in [*point.items(), *nudge.items(), *lock.items()]:
        if not isinstance(value, Real) or not math.isfinite(value):
            raise ValueError(
                f"{name} is {value!r}; every value, nudge and lock is one finite number"
            )
    if computed := [name for name in point if name in lines]:
        raise ValueError(
            f"{computed[0]} is computed, so a point cannot give it; "
            f"hold it with lock={{{computed[0]!r}: …}}"
        )
    for name in (*nudge, *lock):
        if name not in point:
            lookup(lines, name, "quantity")
    return run(lines.values(), point, nudge, lock)
