"""The fast layer: the lines of `cell` for many sequences at once, through time.

They go forwards and backwards.
T steps, B sequences, D inputs, H units; float32 or float64.
The same numbers as `bptt`, for real work.
What is there for speed alone is marked "Trick". Inside, the gates i f o g of a step lie in a row,
then c_prev. The mathematics is `forward`, `backward` and `_local`; in them the weights are
packed, and what does not fit is refused.
"""

from collections.abc import Mapping
from itertools import repeat

import numpy as np

Arrays = Mapping[str, np.ndarray]
# i = 0, f = 1, o = 0: with these gates c stays as it is, to the last bit
WAITS = np.array([[[0]], [[1]], [[0]]])
# bytes of each local derivative that are made in one go: many steps, and all still in the cache
BLOCK = 2**17


def forward(
    p: Arrays,
    xs: np.ndarray,
    h0: np.ndarray | None = None,
    c0: np.ndarray | None = None,
    mask: np.ndarray | None = None,
    reuse: dict[str, np.ndarray] | None = None,
) -> dict[str, np.ndarray]:
    """The tape: the states `h` (T, B, H), the last ones `hT`, `cT` (B, H), what `backward` needs.

    p: the 12 parameters of `cell`; xs (T, B, D); h0, c0 (B, H), zeros where left out.
    All of one dtype.
    mask (T, B), booleans: False hides a step, as after the end of a short sequence.
    A hidden step does not take place: h and c wait, and `h` reads 0 there.
    reuse: an old tape, done with.
    Its working memory is written over (Trick); its `h`, `hT`, `cT` are left alone.
    Raises ValueError for a missing parameter, a wrong shape, NaN or
    infinity, TypeError for a wrong dtype.
    """
    W, (H, D) = _packed(p), np.shape(p["W_ix"])
    if np.ndim(xs) != 3 or np.shape(xs)[2] != D:
        raise ValueError(
            f"xs has shape {np.shape(xs)}, expected (T, B, {D}): steps, sequences, inputs"
        )
    T, B = np.shape(xs)[:2]
    hidden = None
    if mask is not None:
        hidden = ~_fits("mask (T, B)", mask, (T, B), np.dtype(bool))[:, :, None]
    xs = _finite("xs", _fits("xs", xs, (T, B, D), W.dtype), hidden)
    h0, c0 = _state("h0 (B, H)", h0, (B, H), W.dtype), _state("c0 (B, H)", c0, (B, H), W.dtype)

    sizes = dict(x1h=(T + 1, B, D + 1 + H), ifogc=(T + 1, 5, B, H), z_bar=(T, B, 4 * H))
    tape = {name: _memory(name, size, W.dtype, reuse) for name, size in sizes.items()}
    x1h, s = tape["x1h"], tape["ifogc"]  # of every step: [x; 1; h_prev], and i f o g c_prev
    x1h[:T, :, :D], x1h[T, :, :D], x1h[:, :, D] = xs, 0, 1
    hs, cs = x1h[:, :, D + 1 :], s[:, 4]
    hs[0], cs[0], s[T, :3], s[T, 3] = h0, c0, WAITS, 0  # nothing takes place after the end

    W[: 3 * H] *= 0.5  # Trick: σ(z) = (1 + tanh(z/2)) / 2, so that one tanh serves all four gates
    # Trick: the product is quicker on the one order or the other
    W_T = W.T.copy() if W.itemsize == 4 else W.T
    half, part, tanh_c = (
        np.array(0.5, W.dtype),
        np.empty((2, B, H), W.dtype),
        np.empty((B, H), W.dtype),
    )
    ig, fc = part
    z = np.empty((B, 4 * H), W.dtype)
    z_ifog = z.reshape(B, 4, H).swapaxes(0, 1)  # the same memory, seen as (4, B, H)
    # Trick: each result has its place beforehand, and zip cuts these places out quicker than an
    # index in the loop.
    views = (x1h, s[:, :4], s[:, :3], s[:, :2], s[:, 3:], s[:, 2], cs[1:], hs, hs[1:])
    steps = zip(*views, repeat(None) if hidden is None else hidden, strict=False)
    for x_1_h, ifog, ifo, i_f, g_c, o, c, h_prev, h, waits in steps:
        x_1_h.dot(W_T, z)  # z = W [x; 1; h_prev] for all gates. Trick: one product
        np.tanh(z_ifog, ifog)  # g = tanh(z_g)
        np.multiply(ifo, half, ifo)
        np.add(ifo, half, ifo)  # i, f, o = σ(z_i), σ(z_f), σ(z_o)
        if waits is not None:
            np.copyto(ifo, WAITS, where=waits)
        np.multiply(i_f, g_c, part)  # Trick: i g and f c_prev, one call
        np.add(ig, fc, c)  # c = f c_prev + i g
        np.tanh(c, tanh_c)
        np.multiply(o, tanh_c, h)  # h = o tanh(c)
        if waits is not None:
            np.copyto(h, h_prev, where=waits)

    tape |= dict(h=hs[1:].copy(), hT=hs[T].copy(), cT=cs[T].copy())
    if hidden is not None:
        tape["hidden"] = hidden
        np.copyto(tape["h"], 0, where=hidden)
    return tape


def backward(
    p: Arrays,
    tape: Arrays,
    h_bar_loss: np.ndarray | None = None,
    hT_bar: np.ndarray | None = None,
    cT_bar: np.ndarray | None = None,
) -> dict[str, np.ndarray]:
    """Every gradient of a loss, from its gradients by `h` (T, B, H), `hT` and `cT` (B, H).

    What is left out is zeros.
    p and tape: those of `forward`. Returns the 12 parameters' gradients (`W_ix_bar` …), summed over
    steps and sequences, `xs_bar` (T, B, D), `h0_bar` and `c0_bar` (B, H), in memory of their own.
    Raises ValueError for a wrong shape, NaN, infinity or a tape
    already reused, TypeError for a wrong dtype.
    """
    if "z_bar" not in tape:
        raise ValueError(
            "this tape's memory went to a later forward(reuse=...); "
            "call backward before you reuse a tape"
        )
    W, (H, D) = _packed(p), np.shape(p["W_ix"])
    x1h, s, z_bar, hidden = tape["x1h"], tape["ifogc"], tape["z_bar"], tape.get("hidden")
    T, B, _ = z_bar.shape
    _fits("the tape, a row for [x; 1; h_prev],", x1h, (T + 1, B, D + 1 + H), W.dtype)
    # c_bar c_bar h_bar c_bar: the gradients of z_i z_f z_o z_g are multiples of these
    u = np.empty((4, B, H), W.dtype)
    c_bar, h_bar, c_and_h_bar = u[1], u[2], u[1:3]
    h_bar_next = _state("hT_bar (B, H)", hT_bar, (B, H), W.dtype)
    c_bar[:] = _state("cT_bar (B, H)", cT_bar, (B, H), W.dtype)
    losses = np.broadcast_to(W.dtype.type(0), (T, B, H)) if h_bar_loss is None else h_bar_loss
    losses = _finite(
        "h_bar_loss", _fits("h_bar_loss (T, B, H)", losses, (T, B, H), W.dtype), hidden
    )

    W_x, W_h = W[:, :D].copy(), W[:, D + 1 :]
    W_h = W_h.copy() if W.itemsize == 4 else W_h.T.copy().T  # Trick: as for W_T
    z_ifog_bar = z_bar.reshape(T, B, 4, H).swapaxes(1, 2)  # the same memory, seen as (T, 4, B, H)
    part = np.empty((2, B, H), W.dtype)
    along_c, from_h = part
    n = max(1, BLOCK // max(1, B * H * W.itemsize))
    for first in reversed(range(0, T, n)):
        t = slice(first, min(first + n, T))
        # Trick: what needs no gradient is made for many steps at once
        to_c, to_z = _local(s[t], s[1:][t])
        views = [array[::-1] for array in (to_c, to_z, losses[t], z_bar[t], z_ifog_bar[t])]
        steps = zip(*views, repeat(None) if hidden is None else hidden[t][::-1], strict=False)
        for to_c_t, to_z_t, h_bar_loss_t, z_bar_t, z_ifog_bar_t, waits in steps:
            np.add(h_bar_loss_t, h_bar_next, h_bar)  # h_bar = h_bar_loss + h_bar_next
            np.multiply(c_and_h_bar, to_c_t, part)
            np.add(along_c, from_h, c_bar)  # c_bar = c_bar_next + h_bar o (1 - tanh(c)²)
            u[0] = u[3] = c_bar
            np.multiply(u, to_z_t, z_ifog_bar_t)  # z_i_bar … z_g_bar
            z_bar_t.dot(W_h, h_bar_next)  # h_bar_prev, which is the h_bar_next of the step before
            if waits is not None:
                np.copyto(h_bar_next, h_bar, where=waits)

    rows = z_bar.reshape(T * B, 4 * H)  # Trick: all steps of all sequences in one product each
    W_bar = rows.T.dot(x1h[:T].reshape(T * B, D + 1 + H)).reshape(4, H, D + 1 + H)
    bars = dict(xs_bar=rows.dot(W_x).reshape(T, B, D), h0_bar=h_bar_next, c0_bar=c_bar * s[0, 1])
    for k, W_k_bar in zip("ifog", W_bar, strict=True):
        bars |= {
            f"W_{k}x_bar": W_k_bar[:, :D],
            f"W_{k}h_bar": W_k_bar[:, D + 1 :],
            f"b_{k}_bar": W_k_bar[:, D],
        }
    return bars


def _local(s: np.ndarray, s_next: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The local derivatives that the backward pass multiplies by.

    First what multiplies (c_bar of the next step, h_bar) in c_bar, shape (n, 2, B, H); then u in
    the z_bars, shape (n, 4, B, H).
    """
    i, f, o, g, c_prev = s.swapaxes(0, 1)
    tanh_c = np.tanh(s_next[:, 4])
    to_c, to_z = np.empty_like(s[:, :2]), np.empty_like(s[:, :4])
    to_c[:, 0] = s_next[:, 1]  # c_bar_next is the next step's c_bar times its f
    np.multiply(o, 1 - tanh_c**2, to_c[:, 1])
    np.multiply(g * i, 1 - i, to_z[:, 0])  # z_i_bar = c_bar g i (1 - i)
    np.multiply(c_prev * f, 1 - f, to_z[:, 1])  # z_f_bar = c_bar c_prev f (1 - f)
    np.multiply(tanh_c * o, 1 - o, to_z[:, 2])  # z_o_bar = h_bar tanh(c) o (1 - o)
    np.multiply(i, 1 - g**2, to_z[:, 3])  # z_g_bar = c_bar i (1 - g²)
    return to_c, to_z


def _packed(p: Arrays) -> np.ndarray:
    """The 12 parameters as one matrix W (4H, D+1+H) for [x; 1; h_prev].

    The gates i f o g stand one below the other.
    """
    names = [f"{w}_{k}{v}" for k in "ifog" for w, v in (("W", "x"), ("W", "h"), ("b", ""))]
    if missing := [name for name in names if name not in p]:
        raise ValueError(f"parameter {missing[0]} is missing; a layer has {', '.join(names)}")
    if np.ndim(p["W_ix"]) != 2:
        raise ValueError(
            f"W_ix has shape {np.shape(p['W_ix'])}; it must be a matrix (H, D), H units by D inputs"
        )
    (H, D), dtype = np.shape(p["W_ix"]), np.asarray(p["W_ix"]).dtype
    if dtype not in (np.float32, np.float64):
        raise TypeError(
            f"W_ix is {dtype}; the layer computes in float32 or float64, convert it with .astype"
        )
    W = np.empty((4, H, D + 1 + H), dtype)
    parts = (W[:, :, :D], W[:, :, D + 1 :], W[:, :, D])
    for j, name in enumerate(names):
        part = parts[j % 3][j // 3]
        part[...] = _fits(name, p[name], part.shape, dtype)
    if not np.isfinite(W).all():
        for name in names:
            _finite(name, np.asarray(p[name]))
    return W.reshape(4 * H, D + 1 + H)


def _memory(
    name: str, shape: tuple[int, ...], dtype: np.dtype, reuse: dict[str, np.ndarray] | None
) -> np.ndarray:
    """Memory for an array, with anything in it.

    It is that of an old tape where it fits, and the old tape loses it.
    """
    old = None if reuse is None else reuse.pop(name, None)
    return (
        old
        if old is not None and (old.shape, old.dtype) == (shape, dtype)
        else np.empty(shape, dtype)
    )


def _state(
    name: str, value: np.ndarray | None, shape: tuple[int, ...], dtype: np.dtype
) -> np.ndarray:
    """A copy of a state or of its gradient, zeros where it is left out."""
    return (
        np.zeros(shape, dtype)
        if value is None
        else _finite(name, _fits(name, value, shape, dtype)).copy()
    )


def _fits(name: str, value: np.ndarray, shape: tuple[int, ...], dtype: np.dtype) -> np.ndarray:
    a = np.asarray(value)
    if a.dtype != dtype:
        raise TypeError(f"{name} is {a.dtype}, expected {dtype}; convert it with .astype")
    if a.shape != shape:
        raise ValueError(f"{name} has shape {a.shape}, expected {shape}")
    return a


def _finite(name: str, a: np.ndarray, hidden: np.ndarray | None = None) -> np.ndarray:
    """The array, with zeros where it is hidden, once all that is not hidden is finite."""
    a = a if hidden is None else np.where(hidden, a.dtype.type(0), a)
    if not np.isfinite(a).all():
        raise ValueError(
            f"{name} holds NaN or infinity; every value that is not hidden must be a finite number"
        )
    return a
