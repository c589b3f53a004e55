"""The settings of the figure of paths that the tests ask about."""

from typing import Any

import numpy as np

from lstm_edu.widgets import Paths
from lstm_edu.widgets.paths.paths import WEIGHTS

FIRST: dict[str, Any] = dict(Paths().first)
THREE = FIRST | dict(T=3, of="w_ix", to="L")


def ends(T: int) -> list[tuple[str, str]]:
    states = [f"{letter}_{s}" for s in range(T + 1) for letter in "ch"]
    return [(of, to) for of in [*states[:-2], *WEIGHTS] for to in [*states[2:], "L"]]


def drawn(rng: np.random.Generator) -> dict[str, Any]:
    """A random setting: weights, inputs, targets, the two ends, and some paths that are off."""
    T = int(rng.integers(2, 4))
    of, to = ends(T)[rng.integers(len(ends(T)))]
    numbers = {name: float(rng.normal()) for name in [*WEIGHTS, "h_0", "c_0"]}
    lists = dict(xs=rng.normal(size=3).tolist(), ys=rng.uniform(-1, 1, 3).tolist())
    return (
        FIRST
        | numbers
        | lists
        | dict(T=T, of=of, to=to, off=sorted({int(k) for k in rng.integers(0, 12, 2)}))
    )
