"""A latch problem: say after T noisy steps whether +1 or −1 was added to the first input.

After Bengio, Simard and Frasconi (1994): two classes, a first input that tells them apart, then
noise. Here all inputs are normal with spread NOISE, and the target is ±TARGET with the sign of the
class; an answer is right when its sign is. One unit is trained from many starts at once.
T steps, F forget biases, S starts, B sequences; K gates, i, f, o and g of the LSTM, h of the plain
RNN. A value of a step is (F, S, B), of all gates (K, F, S, B); a parameter is (F, S, 1), of all
gates (K, F, S, 1).
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from lstm_edu.models.cell import sigma
from lstm_edu.text.notation import GATES

TARGET, NOISE, RATE, FRESH = 0.5, 0.3, 0.03, 200
LETTERS = {"LSTM": GATES, "RNN": "h"}
Values = dict[str, np.ndarray]


class Trained(NamedTuple):
    """What came of each start.

    It has its loss, (updates, S), and the share of fresh sequences it gets right, (S,).
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
    return compared([b_f], model, T, k, updates, S, B, seed)[b_f]


def compared(
    b_f: Sequence[float], model: str = "LSTM", T: int = 20, k: int | None = None,
    updates: int = 400, S: int = 40, B: int = 16, seed: int = 0,
) -> dict[float, Trained]:  # fmt: skip
    """What `train` gives for several forget biases, trained side by side from the same draws.

    Raises what `train` raises.
    """
    if model not in ("LSTM", "RNN") or not 1 <= (T if k is None else k) <= T:
        raise ValueError(
            f"model is {model!r}, T {T} and k {k}; give 'LSTM' or 'RNN', and 1 <= k <= T"
        )
    rng, each = np.random.default_rng(seed), (len(b_f), 1, 1)
    p = {
        name: np.tile(0.3 * rng.normal(size=(S, 1)) if name[0] == "w" else np.zeros((S, 1)), each)
        for gate in LETTERS[model]
        for name in _names(gate)
    }
    if model == "LSTM":
        p["b_f"] += np.reshape(b_f, (-1, 1, 1))
    (xs, y), losses = _drawn(rng, T, S, B), []
    mean, square = ({name: np.zeros_like(p[name]) for name in p} for _ in range(2))
    for update in range(1, updates + 1):
        tape = _forward(model, p, xs)
        losses.append(np.mean((tape["h"][-1] - y) ** 2 / 2, axis=-1))
        bars = _backward(model, p, tape, (tape["h"][-1] - y) / B, k or T)
        for name in p:  # Adam
            mean[name] = 0.9 * mean[name] + 0.1 * bars[name]
            square[name] = 0.999 * square[name] + 0.001 * bars[name] ** 2
            size = np.sqrt(square[name] / (1 - 0.999**update)) + 1e-8
            p[name] = p[name] - RATE * mean[name] / (1 - 0.9**update) / size
    xs, y = _drawn(rng, T, S, FRESH)
    right = np.mean(_forward(model, p, xs)["h"][-1] * y > 0, axis=-1)
    return {one: Trained(np.array(losses)[:, n], right[n]) for n, one in enumerate(b_f)}


def guessed(T: int = 20, S: int = 1000, within: float = 10.0, seed: int = 0) -> np.ndarray:
    """The share of fresh sequences that a plain RNN gets right whose parameters are guessed, (S,).

    The parameters are two weights and a bias.
    Each is drawn evenly between −within and within.
    Nothing is trained: this says how hard the task is.
    """
    rng = np.random.default_rng(seed)
    p = {name: rng.uniform(-within, within, size=(S, 1)) for name in ("w_hx", "w_hh", "b_h")}
    xs, y = _drawn(rng, T, S, FRESH)
    h = _forward("RNN", {name: a[None] for name, a in p.items()}, xs)["h"]
    return np.mean(h[-1, 0] * y > 0, axis=-1)


def _drawn(rng: np.random.Generator, T: int, S: int, B: int) -> tuple[np.ndarray, np.ndarray]:
    """The inputs of B sequences for each start, (T, S, B), and their targets (B,).

    Half of the sequences are +1 and half −1.
    """
    sign = np.where(np.arange(B) % 2, 1.0, -1.0)
    xs = NOISE * rng.normal(size=(T, S, B))
    xs[0] += sign
    return xs, TARGET * sign


def _forward(model: str, p: Values, xs: np.ndarray) -> Values:
    """Every value of every step by name, each (T, F, S, B).

    `gates` are all of them, (T, K, F, S, B).
    """
    w_x, w_h, b = _stacked(model, p)
    z = w_x * xs[:, None, None]  # the part that needs no step before
    tape = {name: np.empty((len(xs), *z.shape[2:])) for name in ("c", "tanh_c", "h")}
    h = c = np.zeros(z.shape[2:])
    for t, z_t in enumerate(z):
        z_t += w_h * h
        z_t += b
        if model == "RNN":
            h = np.tanh(z_t[0], out=tape["h"][t])
            continue
        z_t[:3], z_t[3] = sigma(z_t[:3]), np.tanh(z_t[3])
        i, f, o, g = z_t
        c = np.add(f * c, i * g, out=tape["c"][t])
        h = np.multiply(o, np.tanh(c, out=tape["tanh_c"][t]), out=tape["h"][t])
    return tape | dict(x=xs[:, None], gates=z)


def _backward(model: str, p: Values, tape: Values, h_bar: np.ndarray, k: int) -> Values:
    """The gradient of every parameter, (F, S, 1), of a loss at the last step.

    The loss flows back through k steps.
    """
    w_h, T = _stacked(model, p)[1], len(tape["h"])
    z_bars, c_bar_next = np.empty((k, *tape["gates"].shape[1:])), np.zeros_like(h_bar)
    for n, z_bar in enumerate(z_bars):  # the last step first
        t = T - 1 - n
        if model == "RNN":
            np.multiply(h_bar, 1 - tape["h"][t] ** 2, out=z_bar[0])
        else:
            c_bar_next = _gates_back(tape, t, h_bar, c_bar_next, z_bar)
        h_bar = np.add.reduce(z_bar * w_h)
    h_prevs = np.concatenate([np.zeros_like(tape["h"][:1]), tape["h"][:-1]])
    x, h_prev = (a[::-1][:k, None] for a in (tape["x"], h_prevs))
    shares = (np.add.reduce(z_bars * a, axis=-1, keepdims=True) for a in (x, h_prev, 1.0))
    made = zip(LETTERS[model], *map(np.add.reduce, shares), strict=True)  # summed over the steps
    return {
        name: bar for letter, *bars in made for name, bar in zip(_names(letter), bars, strict=True)
    }


def _gates_back(
    tape: Values, t: int, h_bar: np.ndarray, c_bar_next: np.ndarray, z_bar: np.ndarray
) -> np.ndarray:
    """Put the gradients of step t's pre-activations into z_bar, (4, F, S, B).

    Returns c_bar_prev.
    """
    gates, tanh_c = tape["gates"][t], tape["tanh_c"][t]
    i, f, o, g = gates
    c_bar = h_bar * o * (1 - tanh_c**2) + c_bar_next
    np.multiply(c_bar, g, out=z_bar[0])
    np.multiply(c_bar, tape["c"][t - 1] if t else 0.0, out=z_bar[1])
    np.multiply(h_bar, tanh_c, out=z_bar[2])
    np.multiply(c_bar, i, out=z_bar[3])
    z_bar[:3] *= gates[:3]
    z_bar[:3] *= 1 - gates[:3]
    z_bar[3] *= 1 - g**2
    return c_bar * f


def _stacked(model: str, p: Values) -> list[np.ndarray]:
    """The weights of x, the weights of h and the biases of all gates, (K, F, S, 1) each."""
    names = zip(*(_names(k) for k in LETTERS[model]), strict=True)
    return [np.array([p[name] for name in row]) for row in names]


def _names(k: str) -> tuple[str, str, str]:
    return f"w_{k}x", f"w_{k}h", f"b_{k}"
