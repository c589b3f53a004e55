"""The paths of a gradient through time: each path's number, and mistakes that leave some out.

The mistakes were published.
Names are numbered as in `unroll`: from c_0 to h_2 there are five paths.
"""

import math
from collections.abc import Callable, Mapping
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
from sympy import Symbol, lambdify

from lstm_edu.lab.cases import sequences
from lstm_edu.lab.mistakes import LOSSES, MISTAKES, SLIPS, Mistake
from lstm_edu.models import bptt
from lstm_edu.models.cell import one_unit
from lstm_edu.text import unroll
from lstm_edu.text.derive import partials
from lstm_edu.text.equations import inputs

GATES = "ifog"


def _without(k: str) -> Mistake:
    others = " + ".join(f"z_{gate}_bar * w_{gate}h" for gate in GATES if gate != k)
    words = f"Three gates send back through h; gate {k} is forgotten."
    return Mistake(words, f"h_bar_prev = {others}")


_H_NOT_TO_C = Mistake(
    "What comes back through h does not reach the memory.",
    "c_bar = h_bar_loss * o * (1 - tanh(c)**2) + c_bar_next",
)

# What may be missing in a gradient through time, by what the figure calls the paths it drops.
LEFT_OUT: dict[str, Mistake] = {
    "what c sends back": MISTAKES["c carry dropped"],
    "what h sends back": SLIPS["what h sends back"],
    "what h sends to the memory": _H_NOT_TO_C,
    "all that crosses steps": MISTAKES["nothing carried"],
    **{f"gate {k}": _without(k) for k in GATES},
    "earlier steps’ shares": SLIPS["the other steps' shares"],
    "later steps’ shares": MISTAKES["overwritten"],
}


@cache
def harms(T: int = 20, N: int = 100) -> dict[str, dict[str, Any]]:
    """What each mistake says and does: medians of error and cosine over N random draws.

    They are told apart by where the loss stands.
    """
    drawn = [sequences(T, N, losses) for losses in LOSSES]
    found = {}
    for name, mistake in LEFT_OUT.items():
        distances = [mistake.harm(case) for case in drawn]
        medians = [[round(float(np.median(a)), 4) for a in d] for d in distances]
        found[name] = dict(words=mistake.words, T=T, N=N, **dict(zip(LOSSES, medians, strict=True)))
    return found


def terms(T: int, of: str, to: str, given: Mapping[str, Any]) -> list[float]:
    """The product of each path from `of` to `to`, in the order of `unroll.paths`.

    The factors are the proved partial derivatives.

    given: the twelve weights, h_0, c_0, and the lists xs and ys of at least T numbers.
    Raises ValueError with the nearest name for one that T steps do not have.
    """
    tape = _tape(T, given)
    v: dict[str, Any] = {
        f"{name}_{t}": a[t - 1, 0] for name, a in tape.items() for t in range(1, T + 1)
    }
    v |= {f"y_{t}": given["ys"][t - 1] for t in range(1, T + 1)}
    v |= {name: x for name, x in given.items() if name not in ("xs", "ys")}
    slopes = _slopes(T)
    values = slopes(*(v.get(name, 0.0) for name in _known(T)))
    size = dict(zip(_edges(T), values, strict=True))
    return [float(math.prod(size[edge] for edge in pairwise(names))) for names in listed(T, of, to)]


@cache
def listed(T: int, of: str, to: str) -> list[tuple[str, ...]]:
    """The names along each path from `of` to `to`, as `unroll.paths` finds them."""
    return [path.names for path in unroll.paths(T, of, to)]


def gradient(
    T: int, of: str, to: str, given: Mapping[str, Any], mistake: Mistake | None = None
) -> float:
    """∂to/∂of by one sweep backwards in NumPy, right or with a mistake.

    The arguments are those of `terms`.
    With a mistake `of` is h_0, c_0 or a weight, and `to` a hidden state or L: what starts at c
    would count as coming back along c. Raises KeyError for another name.
    """
    letter, _, step = to.partition("_")
    T = T if to == "L" else int(step)
    tape = _tape(T, given)
    said = tape["h"] - np.array(given["ys"][:T])[:, None] if to == "L" else np.zeros((T, 1))
    ends = {}
    if letter == "h":
        said[-1] = 1
    elif letter == "c":
        ends["cT_bar"] = np.ones(1)
    backward = mistake.backward if mistake else bptt.backward
    bars = backward(_weights(given), tape, said, **ends)
    if of[:2] in ("w_", "b_"):
        return float(bars[f"{of.replace('w', 'W')}_bar"].item())
    name, s = of.split("_")
    if int(s) > T:
        return 0.0
    return float(bars[f"{name}0_bar"][0] if s == "0" else bars[f"{name}_bar"][int(s) - 1, 0])


@cache
def _edges(T: int) -> list[tuple[str, str]]:
    return [(v, u) for u, slopes in partials(unroll.unrolled(T)).items() for v in slopes]


@cache
def _known(T: int) -> list[str]:
    program = unroll.unrolled(T)
    return [*inputs(program), *program]


@cache
def _slopes(T: int) -> Callable[..., list[float]]:
    """The partial derivative of every edge, as one function of all values."""
    slopes = partials(unroll.unrolled(T))
    return lambdify(
        [Symbol(name) for name in _known(T)], [slopes[u][v] for v, u in _edges(T)], "math"
    )


def _weights(given: Mapping[str, Any]) -> Mapping[str, np.ndarray]:
    return one_unit(**{name: x for name, x in given.items() if name[:2] in ("w_", "b_")})


def _tape(T: int, given: Mapping[str, Any]) -> dict[str, np.ndarray]:
    start = np.array([given["h_0"]]), np.array([given["c_0"]])
    return bptt.forward(_weights(given), np.array(given["xs"][:T])[:, None], *start)
