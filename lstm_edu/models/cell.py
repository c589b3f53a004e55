"""One step of an LSTM layer, forwards and backwards, line for line as the book writes it.

D inputs, H units. x (D,); h, c and every gate (H,); W_kx (H, D), W_kh (H, H), b_k (H,)
for k in i f o g.
One unit, the cell of the equations, is D = H = 1. A name ending in `_bar` is ∂L/∂(that name).
"""

from collections.abc import Mapping
from numbers import Real

import numpy as np

Arrays = Mapping[str, np.ndarray]

# The worked example of the whole book: round numbers, x ≠ 1 so that w̄ ≠ b̄, and a gradient of
# its own size for every gate.
EXAMPLE = dict(
    w_ix=0.1, w_ih=-1.3, b_i=0.4,
    w_fx=-0.5, w_fh=-1.4, b_f=0.9,
    w_ox=0.6, w_oh=1.0, b_o=0.1,
    w_gx=-0.8, w_gh=-0.4, b_g=0.1,
    x=1.2, h_prev=0.2, c_prev=0.3, y=0.5, h_bar_next=0.0, c_bar_next=0.0,
)  # fmt: skip


def sigma(z: np.ndarray) -> np.ndarray:
    """σ(z) = 1 / (1 + exp(−z)), written with tanh.

    So written it overflows nowhere and takes complex steps.
    """
    return (1 + np.tanh(z / 2)) / 2


def step(p: Arrays, x: np.ndarray, h_prev: np.ndarray, c_prev: np.ndarray) -> dict[str, np.ndarray]:
    """Every value of one step, by name, from the parameters `p`, the input and the previous state.

    x (D,), h_prev (H,), c_prev (H,).
    Raises ValueError for a missing parameter, a wrong shape, NaN or infinity.
    """
    x, h_prev, c_prev = accepted(p, x=x, h_prev=h_prev, c_prev=c_prev)

    z_i = p["W_ix"] @ x + p["W_ih"] @ h_prev + p["b_i"]  # (H,)
    z_f = p["W_fx"] @ x + p["W_fh"] @ h_prev + p["b_f"]
    z_o = p["W_ox"] @ x + p["W_oh"] @ h_prev + p["b_o"]
    z_g = p["W_gx"] @ x + p["W_gh"] @ h_prev + p["b_g"]
    i = sigma(z_i)
    f = sigma(z_f)
    o = sigma(z_o)
    g = np.tanh(z_g)
    c = f * c_prev + i * g
    h = o * np.tanh(c)

    return dict(x=x, h_prev=h_prev, c_prev=c_prev, z_i=z_i, z_f=z_f, z_o=z_o, z_g=z_g,
                i=i, f=f, o=o, g=g, c=c, h=h)  # fmt: skip


def step_bar(
    p: Arrays, s: Arrays, h_bar: np.ndarray, c_bar_next: np.ndarray
) -> dict[str, np.ndarray]:
    """Every gradient of one step, by name, from its values and what reaches h and c from outside.

    `s` is what `step` returned; h_bar (H,) is the whole of ∂L/∂h; c_bar_next (H,) is c̄(t+1)
    f(t+1), what the next step sends back along c.
    Raises ValueError for a missing value, a wrong shape, NaN or infinity.
    """
    x, h_prev, c_prev, i, f, o, g, c, h_bar, c_bar_next = accepted(
        p, **_of_step(s), h_bar=h_bar, c_bar_next=c_bar_next
    )

    o_bar = h_bar * np.tanh(c)  # (H,)
    c_bar = h_bar * o * (1 - np.tanh(c) ** 2) + c_bar_next
    i_bar = c_bar * g
    g_bar = c_bar * i
    f_bar = c_bar * c_prev
    z_i_bar = i_bar * i * (1 - i)
    z_f_bar = f_bar * f * (1 - f)
    z_o_bar = o_bar * o * (1 - o)
    z_g_bar = g_bar * (1 - g**2)
    x_bar = (  # (D,)
        p["W_ix"].T @ z_i_bar
        + p["W_fx"].T @ z_f_bar
        + p["W_ox"].T @ z_o_bar
        + p["W_gx"].T @ z_g_bar
    )
    h_bar_prev = (
        p["W_ih"].T @ z_i_bar
        + p["W_fh"].T @ z_f_bar
        + p["W_oh"].T @ z_o_bar
        + p["W_gh"].T @ z_g_bar
    )
    c_bar_prev = c_bar * f

    return dict(
        o_bar=o_bar, c_bar=c_bar, i_bar=i_bar, g_bar=g_bar, f_bar=f_bar,
        z_i_bar=z_i_bar, z_f_bar=z_f_bar, z_o_bar=z_o_bar, z_g_bar=z_g_bar,
        W_ix_bar=np.outer(z_i_bar, x), W_ih_bar=np.outer(z_i_bar, h_prev),
        W_fx_bar=np.outer(z_f_bar, x), W_fh_bar=np.outer(z_f_bar, h_prev),
        W_ox_bar=np.outer(z_o_bar, x), W_oh_bar=np.outer(z_o_bar, h_prev),
        W_gx_bar=np.outer(z_g_bar, x), W_gh_bar=np.outer(z_g_bar, h_prev),
        b_i_bar=z_i_bar, b_f_bar=z_f_bar, b_o_bar=z_o_bar, b_g_bar=z_g_bar,
        x_bar=x_bar, h_bar_prev=h_bar_prev, c_bar_prev=c_bar_prev,
    )  # fmt: skip


def shapes(D: int, H: int) -> dict[str, tuple[int, ...]]:
    """The shape of each of the 12 parameters of a layer, by name, in the book's order.

    The layer has D inputs and H units.
    """
    gates = ({f"W_{k}x": (H, D), f"W_{k}h": (H, H), f"b_{k}": (H,)} for k in "ifog")
    return {name: shape for gate in gates for name, shape in gate.items()}


def one_unit(**w: float) -> dict[str, np.ndarray]:
    """The parameters of one unit (D = H = 1) from the letters of the equations.

    `w_ix` becomes `W_ix`, shape (1, 1).
    Biases that are left out are 0, as in the homework.
    Raises ValueError for an unknown or missing name.
    """
    wanted = {name.replace("W", "w"): shape for name, shape in shapes(1, 1).items()}
    if unknown := sorted(w.keys() - wanted.keys()):
        raise ValueError(f"unknown parameter {unknown[0]!r}; one unit has {', '.join(wanted)}")
    for name, value in w.items():
        if not isinstance(value, Real) or not np.isfinite(float(value)):
            raise ValueError(f"{name} is {value!r}; a parameter of one unit is one finite number")
    if missing := [name for name in wanted if name not in w and not name.startswith("b_")]:
        raise ValueError(
            f"parameter {missing[0]!r} is missing; give all eight weights, the biases default to 0"
        )
    return {
        name.replace("w", "W"): np.full(shape, w.get(name, 0.0)) for name, shape in wanted.items()
    }


def fits(
    name: str, value: np.ndarray, shape: tuple[int, ...], letters: str = "", since: str = ""
) -> np.ndarray:
    """The array with this shape, copied; the shape in letters, or since when, is for the sentence.

    Raises ValueError with its name for another shape, for what is no number, NaN or infinity.
    """
    try:
        array = np.asarray(value)
    except ValueError:  # lists of different lengths
        array = np.empty(0, object)
    if array.dtype.kind not in "biufc":
        raise ValueError(
            f"{name} holds something other than numbers; "
            f"it must be an array of numbers, shape {shape}"
        )
    if array.shape != shape:
        raise ValueError(f"{name} has shape {array.shape}, expected {letters}{shape}{since}")
    if not np.all(np.isfinite(array)):
        raise ValueError(f"{name} holds NaN or infinity; every value must be a finite number")
    return 1.0 * array  # a copy, and integers become floats


def accepted(p: Arrays, **vectors: np.ndarray) -> list[np.ndarray]:
    """The vectors as arrays, once they and the parameters fit each other and are finite.

    x has shape (D,), every other vector (H,), where (H, D) is the shape of W_ix.
    Raises ValueError with the array's name, its shape and the expected one.
    """
    if not isinstance(p, Mapping):
        raise ValueError(
            f"the parameters are {type(p).__name__}; "
            "give them by name, as one_unit does: W_ix, W_ih, b_i …"
        )
    if "W_ix" not in p or np.ndim(p["W_ix"]) != 2:
        given = "is missing" if "W_ix" not in p else f"has shape {np.shape(p['W_ix'])}"
        raise ValueError(f"W_ix {given}; it must be a matrix (H, D), H units by D inputs")
    H, D = np.shape(p["W_ix"])
    since = f", since W_ix says H = {H} and D = {D}"
    for name, shape in shapes(D, H).items():
        if name not in p:
            raise ValueError(f"parameter {name} is missing; a layer has {', '.join(shapes(D, H))}")
        fits(name, p[name], shape, since=since)
    wanted = {name: (D,) if name == "x" else (H,) for name in vectors}
    return [fits(n, a, wanted[n], since=since) for n, a in vectors.items()]


def _of_step(s: Arrays) -> dict[str, np.ndarray]:
    """The values of a step that its gradients are computed from."""
    needed = ("x", "h_prev", "c_prev", "i", "f", "o", "g", "c")
    if missing := [name for name in needed if name not in s]:
        raise ValueError(
            f"the step's values have no {missing[0]}; give step_bar what step returned"
        )
    return {name: s[name] for name in needed}
