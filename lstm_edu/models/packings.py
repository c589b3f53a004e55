"""The same cell in other people's letters, and its parameters in the arrays that they keep them in.

D inputs, H units. Ours are twelve arrays, W_kx (H, D), W_kh (H, H), b_k (H,) for k in i f o g. Read
in: torch.nn.LSTM; CS231n, assignment 3; Dive into Deep Learning, the LSTM from scratch; Karpathy's
batched LSTM in NumPy; Coursera's "Building your recurrent neural network, step by step".
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from lstm_edu.models import layers
from lstm_edu.models.cell import Arrays, accepted, shapes
from lstm_edu.text.authors import AUTHORS
from lstm_edu.text.notation import GATES, unknown

Packed = dict[str, np.ndarray]


class Style(NamedTuple):
    """How one author keeps the cell.

    `pack` gives our arrays as theirs, `size` gives (D, H) from the shape of the array `sized_by`.
    """

    pack: Callable[[Arrays], Packed]
    sized_by: str
    size: Callable[[int, int], tuple[int, int]]


def pack(p: Arrays, whose: str) -> Packed:
    """Our twelve arrays as the arrays of another author, by their names.

    whose: "PyTorch", "CS231n", "d2l", "Karpathy" or "Coursera".
    Raises ValueError for another, and for parameters that are missing or do not fit each other.
    """
    accepted(p)
    return {name: np.array(a) for name, a in _style(whose).pack(p).items()}


def unpack(theirs: Arrays, whose: str) -> Packed:
    """Our twelve arrays from those of another author.

    PyTorch's two biases are added, since only their sum matters.

    Raises ValueError for an unknown author, and for an array that is
    missing, is not theirs, or has another shape.
    """
    style = _style(whose)
    if whose == "PyTorch":
        return layers.from_pytorch(theirs)[0]
    names = list(style.pack({name: np.zeros(shape) for name, shape in shapes(1, 1).items()}))
    if wrong := [name for name in [*names, *theirs] if name not in theirs or name not in names]:
        raise ValueError(
            f"{whose} has the arrays {', '.join(names)}; {wrong[0]} is missing or is none of them"
        )
    if np.ndim(theirs[style.sized_by]) != 2:
        raise ValueError(
            f"{style.sized_by} has shape {np.shape(theirs[style.sized_by])}; it must be a matrix"
        )
    D, H = style.size(*np.shape(theirs[style.sized_by]))
    return _read_back(theirs, style, D, H)


def _read_back(theirs: Arrays, style: Style, D: int, H: int) -> Packed:
    """Ours from theirs.

    The places are packed instead of the numbers, to see where each of them has gone.
    """
    ends = np.cumsum([0, *(int(np.prod(shape)) for shape in shapes(D, H).values())])
    places = {
        name: np.arange(start, start + np.prod(shape)).reshape(shape)
        for start, (name, shape) in zip(ends, shapes(D, H).items(), strict=False)
    }
    flat = np.empty(ends[-1], np.result_type(*(np.asarray(a) for a in theirs.values())))
    for name, place in style.pack(places).items():
        if np.shape(theirs[name]) != place.shape:
            given = f"{name} has shape {np.shape(theirs[name])}"
            raise ValueError(
                f"{given}, expected {place.shape}, since {style.sized_by} says D = {D} and H = {H}"
            )
        flat[place] = theirs[name]
    return {name: flat[place] for name, place in places.items()}


def _style(whose: str) -> Style:
    if whose not in STYLES:
        raise ValueError(unknown("author", whose, STYLES))
    return STYLES[whose]


def _order(whose: str) -> str:
    """An author's letters of the gates and the candidate, in their order."""
    return AUTHORS[whose]["sheet"]["order"]


def _in_rows(p: Arrays) -> Packed:
    """Inputs are rows, x @ Wx, and the four gates stand side by side.

    The arrays are Wx (D, 4H), Wh (H, 4H), b (4H,).
    """
    Wx, Wh, b = (
        np.concatenate([p[name.replace("k", k)] for k in GATES]).T
        for name in ("W_kx", "W_kh", "b_k")
    )
    return dict(Wx=Wx, Wh=Wh, b=b)


def _one_array(p: Arrays) -> Packed:
    """Everything in one array (1 + D + H, 4H).

    First comes the bias, then what x is multiplied by, then what h is multiplied by.
    """
    rows = _in_rows(p)
    return dict(WLSTM=np.concatenate([rows["b"][None], rows["Wx"], rows["Wh"]]))


def _one_by_one(p: Arrays) -> Packed:
    """Twelve arrays, inputs are rows: X @ W_xi (D, H) + H @ W_hi (H, H) + b_i.

    The candidate's letter is c.
    """
    theirs: Packed = {}
    for k, c in zip(GATES, _order("d2l"), strict=True):
        theirs |= {f"W_x{c}": p[f"W_{k}x"].T, f"W_h{c}": p[f"W_{k}h"].T, f"b_{c}": p[f"b_{k}"]}
    return theirs


def _side_by_side(p: Arrays) -> Packed:
    """Eight arrays, h before x: Wf @ [a_prev, xt] + bf, shapes (H, H + D) and (H, 1).

    The candidate's letter is c.
    """
    theirs: Packed = {}
    for c in _order("Coursera"):
        k = "g" if c == "c" else c
        theirs |= {f"W{c}": np.hstack([p[f"W_{k}h"], p[f"W_{k}x"]]), f"b{c}": p[f"b_{k}"][:, None]}
    return theirs


STYLES = {
    "PyTorch": Style(lambda p: layers.to_pytorch([p]), "weight_ih_l0", lambda n, D: (D, n // 4)),
    "CS231n": Style(_in_rows, "Wx", lambda D, n: (D, n // 4)),
    "d2l": Style(_one_by_one, "W_xi", lambda D, H: (D, H)),
    "Karpathy": Style(_one_array, "WLSTM", lambda rows, n: (rows - 1 - n // 4, n // 4)),
    "Coursera": Style(_side_by_side, "Wf", lambda H, n: (n - H, H)),
}
