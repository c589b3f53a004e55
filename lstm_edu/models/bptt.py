"""Backpropagation through time: the cell, step after step, forwards and backwards.

T steps, D inputs, H units. xs (T, D); h0, c0 (H,); each value of a
step, stacked over the steps, (T, H). `_next` is what step t+1 sends
back to step t, `_prev` what step t sends back to step t-1.
Row t of an array belongs to step t+1 of the book, since Python counts from 0.
"""

import numpy as np

from lstm_edu.models.cell import Arrays, accepted, fits, shapes, step, step_bar


def forward(
    p: Arrays, xs: np.ndarray, h0: np.ndarray | None = None, c0: np.ndarray | None = None
) -> dict[str, np.ndarray]:
    """Every value of every step, by name: the tape.

    `backward` reads it from its end to its beginning.

    xs (T, D), T = 0 allowed; h0 and c0 (H,), zeros where left out.
    Returns `x` (T, D) and `h_prev`, `c_prev`, `z_i` … `z_g`, `i`,
    `f`, `o`, `g`, `c`, `h`, each (T, H).
    Raises ValueError for a missing parameter, a wrong shape, NaN or infinity.
    """
    accepted(p)
    H, D = np.shape(p["W_ix"])
    fits("xs", xs, (len(xs) if np.ndim(xs) else 0, D), "(T, D) = ")
    h = np.zeros(H) if h0 is None else fits("h0", h0, (H,), "(H,) = ")
    c = np.zeros(H) if c0 is None else fits("c0", c0, (H,), "(H,) = ")
    # names and sizes of the values, also where there is no step at all
    like = step(p, np.zeros(D), h, c)

    tape = []
    for x in np.asarray(xs):
        s = step(p, x, h, c)
        h, c = s["h"], s["c"]
        tape.append(s)
    return {
        name: np.array([s[name] for s in tape]).reshape(len(xs), len(like[name])) for name in like
    }


def backward(
    p: Arrays,
    tape: Arrays,
    h_bar_loss: np.ndarray,
    hT_bar: np.ndarray | None = None,
    cT_bar: np.ndarray | None = None,
    carry: int | None = None,
) -> dict[str, np.ndarray]:
    """Every gradient of a loss over all steps.

    Each is the sum of what the loss says at its step and what the later steps send.

    h_bar_loss (T, H) is the loss's own part of ∂L/∂h(t), a row of zeros where the step has no loss.
    hT_bar and cT_bar (H,) are what comes from beyond the last step, zeros where left out.

    Returns the gradients of the 12 parameters (`W_ix_bar` …), summed over the
    steps; `xs_bar` (T, D); `h0_bar`, `c0_bar` (H,); and for every
    step, (T, H) each: `h_bar_loss`, `h_bar_next` and their sum `h_bar`;
    `c_bar_next` and `c_bar`; `i_bar` … `z_g_bar`; `h_bar_prev`, `c_bar_prev`.

    `carry=k` truncates: the loss at step s flows back through the k
    steps s, s-1 … s-k+1, and no further.
    k = 1 carries nothing from step to step, k >= T (or None) is the whole gradient.
    Raises ValueError for a wrong shape, NaN, infinity, or a carry below 1.
    """
    T, H = tape["h"].shape
    h_bar_loss = fits("h_bar_loss", h_bar_loss, (T, H), "(T, H) = ")
    h_bar_next = np.zeros(H) if hT_bar is None else fits("hT_bar", hT_bar, (H,), "(H,) = ")
    c_bar_next = np.zeros(H) if cT_bar is None else fits("cT_bar", cT_bar, (H,), "(H,) = ")
    if carry is not None and (not isinstance(carry, int | np.integer) or carry < 1):
        raise ValueError(
            f"carry is {carry!r}; give a whole number of steps from 1, or None for all of them"
        )
    cut = None
    if carry is not None and carry < T:
        cut = _arriving(p, tape, h_bar_loss, h_bar_next, c_bar_next, carry)

    total = {
        f"{name}_bar": np.zeros(shape) for name, shape in shapes(tape["x"].shape[1], H).items()
    }
    bars: list[dict[str, np.ndarray]] = []
    for t in reversed(range(T)):
        if cut is not None:
            h_bar_next, c_bar_next = cut[0][t], cut[1][t]
        h_bar = h_bar_loss[t] + h_bar_next
        s = {name: values[t] for name, values in tape.items()}
        s_bar = step_bar(p, s, h_bar, c_bar_next)
        for name in total:
            total[name] += s_bar.pop(name)  # every step adds its share
        s_bar |= dict(h_bar_next=h_bar_next, h_bar=h_bar, c_bar_next=c_bar_next)
        bars.append(s_bar)
        h_bar_next, c_bar_next = s_bar["h_bar_prev"], s_bar["c_bar_prev"]

    per_step = {
        name: np.array([b[name] for b in reversed(bars)]) for name in (bars[0] if bars else ())
    }
    xs_bar = per_step.pop("x_bar", np.zeros(tape["x"].shape))
    ends = dict(h0_bar=h_bar_next.copy(), c0_bar=c_bar_next.copy())
    return dict(total, xs_bar=xs_bar, **ends, h_bar_loss=h_bar_loss, **per_step)


def _arriving(
    p: Arrays,
    tape: Arrays,
    h_bar_loss: np.ndarray,
    hT_bar: np.ndarray,
    cT_bar: np.ndarray,
    carry: int,
) -> tuple[np.ndarray, np.ndarray]:
    """`h_bar_next` and `c_bar_next` (T, H) when the loss flows back through `carry` steps only.

    Each step's loss sends an upstream gradient of its own. All of them go back side by side, by
    the cell's backward lines on (n, H) arrays whose row t stands at step t, for carry - 1 rounds.
    """
    h_bar_next, c_bar_next = np.zeros_like(h_bar_loss), np.zeros_like(h_bar_loss)
    h_bar_next[-1], c_bar_next[-1] = hT_bar, cT_bar  # from beyond the end: a loss at the last step
    h_bar, c_bar_after = h_bar_loss + h_bar_next, c_bar_next.copy()
    for _ in range(carry - 1):
        names = ("i", "f", "o", "g", "c", "c_prev")
        i, f, o, g, c, c_prev = (tape[name][: len(h_bar)] for name in names)
        c_bar = h_bar * o * (1 - np.tanh(c) ** 2) + c_bar_after
        z_i_bar = c_bar * g * i * (1 - i)
        z_f_bar = c_bar * c_prev * f * (1 - f)
        z_o_bar = h_bar * np.tanh(c) * o * (1 - o)
        z_g_bar = c_bar * i * (1 - g**2)
        h_bar_prev = (
            z_i_bar @ p["W_ih"] + z_f_bar @ p["W_fh"] + z_o_bar @ p["W_oh"] + z_g_bar @ p["W_gh"]
        )
        h_bar, c_bar_after = h_bar_prev[1:], (c_bar * f)[1:]  # what step t sends stands at step t-1
        h_bar_next[: len(h_bar)] += h_bar
        c_bar_next[: len(h_bar)] += c_bar_after
    return h_bar_next, c_bar_next
