"""The plain RNN, to compare with: h = tanh(W_hx x + W_hh h_prev + b_h), through time and back.

T steps, D inputs, H units. xs (T, D), h0 (H,); W_hx (H, D), W_hh (H, H), b_h (H,); each value of a
step (T, H). The interface is that of `bptt`, without c.
"""

from collections.abc import Mapping

import numpy as np

from lstm_edu.models.cell import fits

Arrays = Mapping[str, np.ndarray]


def forward(p: Arrays, xs: np.ndarray, h0: np.ndarray | None = None) -> dict[str, np.ndarray]:
    """Every value of every step, by name: `x` (T, D) and `h_prev`, `z_h`, `h`, each (T, H).

    xs (T, D), T = 0 allowed; h0 (H,), zeros where left out.
    Raises ValueError for a missing parameter, a wrong shape, NaN or infinity.
    """
    H, D = _layer(p)
    xs = fits("xs", xs, (len(xs) if np.ndim(xs) else 0, D), "(T, D) = ")
    h = np.zeros(H) if h0 is None else fits("h0", h0, (H,), "(H,) = ")

    tape = []
    for x in xs:
        h_prev = h
        z_h = p["W_hx"] @ x + p["W_hh"] @ h_prev + p["b_h"]  # (H,)
        h = np.tanh(z_h)
        tape.append((h_prev, z_h, h))
    h_prev, z_h, h = np.array(tape).reshape(len(xs), 3, H).swapaxes(0, 1).copy()
    return dict(x=xs, h_prev=h_prev, z_h=z_h, h=h)


def backward(
    p: Arrays,
    tape: Arrays,
    h_bar_loss: np.ndarray,
    hT_bar: np.ndarray | None = None,
    carry: int | None = None,
) -> dict[str, np.ndarray]:
    """Every gradient of a loss over all steps: h_bar = h_bar_loss + h_bar_next, back through tanh.

    h_bar_loss (T, H), a row of zeros where the step has no loss;
    hT_bar (H,) from beyond the last step.
    Returns `W_hx_bar`, `W_hh_bar`, `b_h_bar`, summed over the steps; `xs_bar` (T, D);
    `h0_bar` (H,); and for every step, (T, H) each: `h_bar_loss`, `h_bar_next` and their sum
    `h_bar`; `z_h_bar`; `h_bar_prev`.

    `carry=k` truncates: the loss at step s flows back through the k
    steps s, s-1 … s-k+1, and no further.
    k = 1 carries nothing from step to step, k >= T (or None) is the whole gradient.
    Raises ValueError for a wrong shape, NaN, infinity, or a carry below 1.
    """
    H, _ = _layer(p)
    T = len(tape["h"])
    h_bar_loss = fits("h_bar_loss", h_bar_loss, (T, H), "(T, H) = ")
    hT_bar = np.zeros(H) if hT_bar is None else fits("hT_bar", hT_bar, (H,), "(H,) = ")
    if carry is not None and (not isinstance(carry, int | np.integer) or carry < 1):
        raise ValueError(
            f"carry is {carry!r}; give a whole number of steps from 1, or None for all of them"
        )
    slope = 1 - tape["h"] ** 2  # (T, H), tanh′(z_h)

    h_bar_next = np.zeros_like(h_bar_loss)
    h_bar_next[-1:] = hT_bar
    if carry is None or carry >= T:
        for t in reversed(range(1, T)):
            h_bar_next[t - 1] = ((h_bar_loss[t] + h_bar_next[t]) * slope[t]) @ p["W_hh"]
    else:
        sent = h_bar_loss + h_bar_next  # upstream gradients, one from each loss, side by side
        for _ in range(carry - 1):
            sent = ((sent * slope[: len(sent)]) @ p["W_hh"])[1:]
            h_bar_next[: len(sent)] += sent

    h_bar = h_bar_loss + h_bar_next
    z_h_bar = h_bar * slope
    h_bar_prev = z_h_bar @ p["W_hh"]
    return dict(
        W_hx_bar=z_h_bar.T @ tape["x"], W_hh_bar=z_h_bar.T @ tape["h_prev"],
        b_h_bar=z_h_bar.sum(0), xs_bar=z_h_bar @ p["W_hx"],
        h0_bar=h_bar_prev[0].copy() if T else hT_bar, h_bar_loss=h_bar_loss,
        h_bar_next=h_bar_next, h_bar=h_bar, z_h_bar=z_h_bar, h_bar_prev=h_bar_prev,
    )  # fmt: skip


def shapes(D: int, H: int) -> dict[str, tuple[int, ...]]:
    """The shape of each of the 3 parameters of a plain RNN with D inputs and H units, by name."""
    return {"W_hx": (H, D), "W_hh": (H, H), "b_h": (H,)}


def _layer(p: Arrays) -> tuple[int, int]:
    for name in shapes(0, 0):
        if name not in p:
            raise ValueError(
                f"parameter {name} is missing; a plain RNN has {', '.join(shapes(0, 0))}"
            )
    if np.ndim(p["W_hx"]) != 2:
        raise ValueError(f"W_hx has shape {np.shape(p['W_hx'])}; it must be a matrix (H, D)")
    H, D = np.shape(p["W_hx"])
    for (name, shape), letters in zip(
        shapes(D, H).items(), ("(H, D)", "(H, H)", "(H,)"), strict=True
    ):
        fits(name, p[name], shape, f"{letters} = ")
    return H, D
