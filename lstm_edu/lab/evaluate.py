"""The value of a program's equations at a point, from their text."""

import math
from collections.abc import Callable, Mapping
from functools import lru_cache
from numbers import Real

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


def _sigma(z: np.ndarray) -> np.ndarray:
    """σ, written otherwise than in `cell`, so that it is a witness: exp(−log(1 + exp(−z)))."""
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
    v = dict(point)
    for name in (*nudge, *lock):
        if name not in v:
            lookup(lines, name, "quantity")
    for name in [*v, *lines]:
        if name in lines:
            missing = [n for n in lines[name].uses if n not in v]
            if missing:
                raise ValueError(f"the point has no {missing[0]}, which {name} is computed from")
            v[name] = float(evaluated(lines[name], v))
        v[name] = lock.get(name, v[name]) + nudge.get(name, 0.0)
    return v
