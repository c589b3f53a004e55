"""How far back a derivative reaches: the last state by each earlier one.

It is that of one unit of the LSTM or of a plain RNN.
T steps; N units that do not talk to each other stand for N cases at once. What step t hands on is
the pair c(t), h(t): a derivative by one of them holds the other, and counts every path from there
to the end, through h as well as along c.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from lstm_edu.models import bptt, rnn
from lstm_edu.models.cell import Arrays, one_unit, shapes, step_bar


class Turned(NamedTuple):
    """What became of a gradient as an arrow.

    `degrees` is its angle to the true gradient, `length` the ratio of their lengths.
    """

    degrees: np.ndarray
    length: np.ndarray


def wave(T: int) -> np.ndarray:
    """The input of the examples on long sequences: x(t) = sin 1.3t for t = 1 … T, shape (T, 1)."""
    return np.sin(1.3 * np.arange(1, T + 1))[:, None]


def unit(w: float = 1.0, **b: float) -> dict[str, np.ndarray]:
    """One unit of the LSTM whose eight weights are all w; biases that are left out are 0."""
    return one_unit(**{f"w_{k}{s}": w for k in "ifog" for s in "xh"}, **b)


def plain(w: float = 1.0, w_hx: float = 1.0, b_h: float = 0.0) -> dict[str, np.ndarray]:
    """One unit of the plain RNN; w is the weight w_hh from one step to the next."""
    return dict(W_hx=np.array([[w_hx]]), W_hh=np.array([[w]]), b_h=np.array([b_h]))


def back(p: Arrays, xs: np.ndarray, of: str = "h", by: str = "") -> np.ndarray:
    """∂of(T)/∂by(t) for t = 0 … T, shape (T + 1, H).

    `of` is "c" or "h", and so is `by`, which is `of` if left out.

    With the parameters of a plain RNN both are "h".
    Raises ValueError for another name, and what `forward` raises.
    """
    model: Any = rnn if "W_hh" in p else bptt
    states = "h" if model is rnn else "ch"
    by = by or of
    for name in (of, by):
        if name not in states or len(name) != 1:
            raise ValueError(f"{name!r} is no state of this model; it has {' and '.join(states)}")
    tape = model.forward(p, xs)
    silence, ones = np.zeros_like(tape["h"]), np.ones(tape["h"].shape[1])
    bars = model.backward(p, tape, silence, **{f"{of}T_bar": ones})
    return np.concatenate([bars[f"{by}0_bar"][None], bars[f"{by}_bar_next"]])


def forget_product(p: Arrays, xs: np.ndarray) -> np.ndarray:
    """The part of ∂c(T)/∂c(t) that never leaves c: f(t+1) … f(T) for t = 0 … T.

    Its shape is (T + 1, H).
    """
    f = bptt.forward(p, xs)["f"]
    return np.concatenate([np.cumprod(f[::-1], axis=0)[::-1], np.ones((1, f.shape[1]))])


def half_life(factor: float) -> float:
    """The number of steps after which a product of equal factors has fallen to a half.

    It is infinite for the factor 1.
    Raises ValueError for a factor that is not above 0 and at most 1.
    """
    if not 0 < factor <= 1:
        raise ValueError(f"the factor is {factor!r}; a half-life needs one above 0 and at most 1")
    return np.inf if factor == 1 else float(np.log(2) / -np.log(factor))


def chunked(p: Arrays, tape: Arrays, h_bar_loss: np.ndarray, k: int) -> dict[str, np.ndarray]:
    """The gradients of the 12 parameters when the states are cut loose every k steps.

    The chunks are the steps 1 … k, k+1 … 2k and so on.

    A loss then flows back to the beginning of its own chunk, through 1 to k steps.
    Raises ValueError for k below 1.
    """
    if not isinstance(k, int | np.integer) or k < 1:
        raise ValueError(f"k is {k!r}; a chunk has a whole number of steps, at least 1")
    starts = range(0, len(h_bar_loss), k)
    pieces = [
        bptt.backward(p, {name: a[s : s + k] for name, a in tape.items()}, h_bar_loss[s : s + k])
        for s in starts
    ]
    return {
        f"{name}_bar": np.sum([piece[f"{name}_bar"] for piece in pieces], axis=0)
        for name in shapes(1, 1)
    }


def clipped(bars: Mapping[str, np.ndarray], longest: float) -> dict[str, np.ndarray]:
    """The gradients of the 12 parameters, shortened together to `longest` where they are longer.

    Their length is that of one vector of them all.
    Their direction stays. Raises ValueError for a length that is not above 0.
    """
    if not longest > 0:
        raise ValueError(f"the longest length is {longest!r}; give a number above 0")
    names = [f"{name}_bar" for name in shapes(1, 1)]
    length = np.sqrt(sum(np.sum(bars[name] ** 2) for name in names))
    factor = min(1.0, longest / length) if length else 1.0
    return {name: bars[name] * factor for name in names}


def clipped_inside(
    p: Arrays, tape: Arrays, h_bar_loss: np.ndarray, most: float
) -> dict[str, np.ndarray]:
    """What the backward pass gives when every upstream gradient is clipped to ± most.

    Those are h_bar and c_bar_next at each step.

    The gradient of nothing; a chapter measures how far it is from one.
    Raises ValueError for a bound not above 0.
    """
    if not most > 0:
        raise ValueError(f"the bound is {most!r}; give a number above 0")
    total = {f"{name}_bar": np.zeros(np.shape(p[name])) for name in p}
    h_bar_next = c_bar_next = np.zeros(h_bar_loss.shape[1])
    for t in reversed(range(len(h_bar_loss))):
        h_bar, c_bar_next = np.clip([h_bar_loss[t] + h_bar_next, c_bar_next], -most, most)
        s_bar = step_bar(p, {name: values[t] for name, values in tape.items()}, h_bar, c_bar_next)
        for name in total:
            total[name] += s_bar[name]
        h_bar_next, c_bar_next = s_bar["h_bar_prev"], s_bar["c_bar_prev"]
    return total


def turned(bars: Mapping[str, np.ndarray], whole: Mapping[str, np.ndarray]) -> Turned:
    """The angle between two gradients of the 12 parameters and the ratio of their lengths.

    Both are computed for each of N units.
    Units do not talk to each other; both results have shape (N,).
    """
    a, b = (
        np.array([np.diag(g[f"{n}_bar"]) if n[0] == "W" else g[f"{n}_bar"] for n in shapes(1, 1)])
        for g in (bars, whole)
    )  # (12, N)
    length, true = np.linalg.norm(a, axis=0), np.linalg.norm(b, axis=0)
    along = np.sum(a * b, axis=0) / true
    across = np.linalg.norm(a - along / true * b, axis=0)  # exact also where the angle is tiny
    return Turned(np.degrees(np.arctan2(across, along)), length / true)
