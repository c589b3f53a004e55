"""The numbers of the figure through time by NumPy.

Its prompts and its tests compare them with the browser's.
"""

from typing import Any

import numpy as np

from lstm_edu.models import bptt, rnn
from lstm_edu.models.cell import shapes

LSTM, RNN = [name.replace("W", "w") for name in shapes(1, 1)], ["w_hx", "w_hh", "b_h"]


def numbers(given: Any) -> dict[str, float]:
    """Every number of the card and of the plane, by name, for an object with the traits of `Time`.

    Values and gradients of the LSTM at step t stand under their own names, and under `c_bar_own`
    what c̄ has through its own h; those of the plain RNN have `rnn_` before their names.
    Names that end in `_first` are of step 1. `w_ix_bar` … are the gradients with the cut, those
    that end in `_whole` without it; `angle` (degrees) and `ratio` compare the two over the LSTM's
    twelve.
    """
    at = min(given.t, given.T) - 1
    tapes, bars, whole = {}, {}, {}
    for model, names, said in ((bptt, LSTM, ""), (rnn, RNN, "rnn_")):
        p = {
            n.replace("w", "W"): np.full((1,) * (1 + (n[0] == "w")), getattr(given, n))
            for n in names
        }
        tapes[said] = model.forward(p, np.reshape(given.xs[: given.T], (-1, 1)))
        misses = tapes[said]["h"] - given.y
        if given.losses == "last":
            misses[:-1] = 0
        bars[said] = model.backward(p, tapes[said], misses, carry=given.k)
        whole[said] = model.backward(p, tapes[said], misses)
    found: dict[str, float] = {}
    for said in bars:
        steps = {
            name: a for name, a in (tapes[said] | bars[said]).items() if a.shape == (given.T, 1)
        }
        found |= {said + name.replace("xs_", "x_"): a[at].item() for name, a in steps.items()}
        firsts = {name: steps[name][0].item() for name in ("h_bar", "c_bar") if name in steps}
        found |= {f"{said}{name}_first": first for name, first in firsts.items()}
        for name in RNN if said else LSTM:
            bar = name.replace("w", "W") + "_bar"
            found |= {
                f"{name}_bar": bars[said][bar].item(),
                f"{name}_bar_whole": whole[said][bar].item(),
            }
    found["c_bar_own"] = found["h_bar"] * found["o"] * (1 - float(np.tanh(found["c"])) ** 2)
    cut, full = (np.array([found[f"{name}_bar{end}"] for name in LSTM]) for end in ("", "_whole"))
    return found | _apart(full, cut)


def _apart(full: np.ndarray, cut: np.ndarray) -> dict[str, float]:
    lengths = np.linalg.norm(full), np.linalg.norm(cut)
    if not all(lengths):
        return dict(angle=np.nan, ratio=0.0 if lengths[0] else np.nan)
    a, b = full / lengths[0], cut / lengths[1]
    apart, together = np.linalg.norm(a - b), np.linalg.norm(a + b)
    return dict(
        angle=float(np.degrees(2 * np.arctan2(apart, together))),
        ratio=float(lengths[1] / lengths[0]),
    )
