"""A task for long memory: recall after T noisy steps whether the first input was +1 or −1.

One unit is trained by the equations' own backward lines, from many starts at once.
T steps, S starts, B sequences; every value of a step is (S, B), every parameter (S, 1).
"""

from functools import lru_cache
from types import CodeType
from typing import NamedTuple

import numpy as np

from lstm_edu.models.cell import sigma
from lstm_edu.text.equations import BACKWARD, FORWARD, RNN_BACKWARD, RNN_FORWARD, Program, parse
from lstm_edu.text.notation import RNN_NAMES

TARGET, NOISE, RATE, FRESH = 0.5, 0.3, 0.03, 200
CALLS = dict(sigma=sigma, tanh=np.tanh)
Values = dict[str, np.ndarray]


class Trained(NamedTuple):
    """What came of each start.

    It has the loss along the updates, (updates, S), and the share of fresh sequences it gets right.
    """

    loss: np.ndarray
    right: np.ndarray

    @property
    def solved(self) -> int:
        """How many starts give the right sign for at least 95 of 100 fresh sequences.

        Fresh sequences are those that a start was not trained on.
        """
        return int(np.sum(self.right >= 0.95))


def train(
    model: str = "LSTM", T: int = 20, b_f: float = 0.0, k: int | None = None,
    updates: int = 400, S: int = 40, B: int = 16, seed: int = 0,
) -> Trained:  # fmt: skip
    """Train one unit from S random starts by Adam on the loss (h(T) − y)² / 2.

    Each start draws B sequences of its own.
    model: "LSTM" or "RNN". b_f: the bias that the forget gate starts with; other biases start at 0,
    weights are normal with a spread of 0.3. k: the loss flows back through the last k steps only.
    Raises ValueError for anything else.
    """
    if model not in ("LSTM", "RNN") or not 1 <= (T if k is None else k) <= T:
        raise ValueError(
            f"model is {model!r}, T {T} and k {k}; give 'LSTM' or 'RNN', and 1 <= k <= T"
        )
    rng = np.random.default_rng(seed)
    p = {
        name: 0.3 * rng.normal(size=(S, 1)) if name[0] == "w" else np.zeros((S, 1))
        for z in (["i", "f", "o", "g"] if model == "LSTM" else ["h"])
        for name in (f"w_{z}x", f"w_{z}h", f"b_{z}")
    }
    if model == "LSTM":
        p["b_f"] += b_f
    (xs, y), losses = _drawn(rng, T, S, B), []
    mean, square = ({name: np.zeros((S, 1)) for name in p} for _ in range(2))
    for update in range(1, updates + 1):
        tape = _forward(model, p, xs)
        losses.append(np.mean((tape[-1]["h"] - y) ** 2 / 2, axis=1))
        bars = _backward(model, p, tape[T - (k or T) :], (tape[-1]["h"] - y) / B)
        for name in p:  # Adam
            mean[name] = 0.9 * mean[name] + 0.1 * bars[name]
            square[name] = 0.999 * square[name] + 0.001 * bars[name] ** 2
            size = np.sqrt(square[name] / (1 - 0.999**update)) + 1e-8
            p[name] = p[name] - RATE * mean[name] / (1 - 0.9**update) / size
    xs, y = _drawn(rng, T, S, FRESH)
    return Trained(np.array(losses), np.mean(_forward(model, p, xs)[-1]["h"] * y > 0, axis=1))


def _drawn(rng: np.random.Generator, T: int, S: int, B: int) -> tuple[np.ndarray, np.ndarray]:
    """The inputs of B sequences for each start, (T, S, B), and their targets (B,).

    Half of the sequences are +1 and half −1.
    """
    sign = np.where(np.arange(B) % 2, 1.0, -1.0)
    xs = NOISE * rng.normal(size=(T, S, B))
    xs[0] += sign
    return xs, TARGET * sign


def _forward(model: str, p: Values, xs: np.ndarray) -> list[Values]:
    h = c = np.zeros(xs.shape[1:])
    tape = []
    for x in xs:
        v = dict(p, x=x, h_prev=h, c_prev=c)
        exec(_lines(model)[0], CALLS, v)
        h, c = v["h"], v.get("c", c)
        tape.append(v)
    return tape


def _backward(model: str, p: Values, tape: list[Values], h_bar: np.ndarray) -> Values:
    """The gradient of every parameter, (S, 1), of a loss at the last step of the tape."""
    bars = {name: np.zeros_like(a) for name, a in p.items()}
    v = dict(h_bar_loss=h_bar, h_bar_prev=np.zeros_like(h_bar), c_bar_prev=np.zeros_like(h_bar))
    for step in reversed(tape):
        c_bar_next = v.get("c_bar_prev", h_bar)  # the RNN has no c
        arriving = dict(h_bar_next=v["h_bar_prev"], c_bar_next=c_bar_next)
        v = dict(step, h_bar_loss=v["h_bar_loss"], **arriving)
        exec(_lines(model)[1], CALLS, v)
        for name in bars:
            bars[name] += v[f"{name}_bar"].sum(axis=1, keepdims=True)
        v["h_bar_loss"] = np.zeros_like(h_bar)  # the steps before have no loss
    return bars


@lru_cache
def _lines(model: str) -> tuple[CodeType, CodeType]:
    """The equations of a model as Python that computes them in place.

    It has all lines but the loss and the loss's own part of h_bar.
    An equation is a line of Python; running the text as it stands is twice as fast as line by line.
    """
    if model == "LSTM":
        return _compiled(parse(FORWARD)), _compiled(parse(BACKWARD))
    return _compiled(parse(RNN_FORWARD, RNN_NAMES)), _compiled(parse(RNN_BACKWARD, RNN_NAMES))


def _compiled(program: Program) -> CodeType:
    lines = [f"{n} = {line.text}" for n, line in program.items() if n not in ("L", "h_bar_loss")]
    return compile("\n".join(lines), "the equations", "exec")
