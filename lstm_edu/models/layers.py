"""Layers of `lstm` on top of each other, and long sequences in little memory.

PyTorch's packing of the weights is read and written too.

L layers, T steps, B sequences, D inputs; layer l has H units of its
own and takes the h of layer l-1 as its x. Parameters, states and
their gradients are lists, one entry for each layer, the lowest first.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import isqrt
from typing import Any

import numpy as np

from lstm_edu.models import lstm

Arrays = Mapping[str, np.ndarray]
States = Sequence[np.ndarray | None]


def forward(
    ps: Sequence[Arrays],
    xs: np.ndarray,
    h0: States | None = None,
    c0: States | None = None,
    mask: np.ndarray | None = None,
    segment: int | None = None,
    reuse: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """The tape of a stack of layers.

    It has `h` (T, B, H) of the top layer, every layer's last `hT` and `cT`, and what `backward`
    needs.

    ps: the 12 parameters of each layer; xs (T, B, D); h0, c0: (B, H) for each layer; mask, reuse as
    in `lstm.forward`.
    segment: keep no tape, only the states before every `segment` steps, 0 for about √T. `backward`
    then runs the segments once more, and needs T / segment states and one segment's tape at a time,
    instead of the tape of T steps. (It reads xs and mask again: leave them as they are.)
    Raises ValueError for layers that do not fit on each other or a bad segment, and what
    `lstm.forward` raises.
    """
    _stacked(ps)
    h, c = _each("h0", h0, ps), _each("c0", c0, ps)
    if segment is None:
        return _through(ps, xs, h, c, mask, reuse)
    if not isinstance(segment, int | np.integer) or segment < 0:
        raise ValueError(
            f"segment is {segment!r}; "
            "give a whole number of steps, 0 for about √T, None for a whole tape"
        )
    xs, mask = np.asarray(xs), None if mask is None else np.asarray(mask)
    T = len(xs) if xs.ndim else 0
    n = int(segment) or max(1, isqrt(T))
    hs: list[np.ndarray] = []
    starts, tape = [], reuse
    for first in range(0, max(1, T), n):
        t = slice(first, min(first + n, T))
        starts.append((t, h, c))
        tape = _through(ps, xs[t], h, c, None if mask is None else mask[t], tape)
        hs.append(tape["h"])
        h, c = tape["hT"], tape["cT"]
    return dict(h=np.concatenate(hs), hT=h, cT=c, xs=xs, mask=mask, starts=starts)


def backward(
    ps: Sequence[Arrays],
    tape: Mapping[str, Any],
    h_bar_loss: np.ndarray | None = None,
    hT_bar: States | None = None,
    cT_bar: States | None = None,
) -> dict[str, Any]:
    """Every gradient of a loss, from its gradients by the outputs of the stack.

    Those are the top `h` (T, B, H) and each layer's `hT`, `cT` (B, H).
    What is left out is zeros.
    Returns `p_bar`, `h0_bar`, `c0_bar`, one entry for each layer, and `xs_bar` (T, B, D).
    Raises what `lstm.backward` raises.
    """
    h_bar, c_bar = _each("hT_bar", hT_bar, ps), _each("cT_bar", cT_bar, ps)
    if "starts" not in tape:
        return _back_through(ps, tape, h_bar_loss, h_bar, c_bar)

    xs, mask = tape["xs"], tape["mask"]
    if h_bar_loss is not None and np.shape(h_bar_loss) != tape["h"].shape:
        raise ValueError(
            f"h_bar_loss has shape {np.shape(h_bar_loss)}, expected that of h, {tape['h'].shape}"
        )
    p_bar: list[dict[str, np.ndarray]] = []
    xs_bar, again = np.empty(np.shape(xs), tape["h"].dtype), None
    for t, h, c in reversed(tape["starts"]):
        again = _through(ps, xs[t], h, c, None if mask is None else mask[t], again)
        bars = _back_through(ps, again, None if h_bar_loss is None else h_bar_loss[t], h_bar, c_bar)
        xs_bar[t], h_bar, c_bar = bars["xs_bar"], bars["h0_bar"], bars["c0_bar"]
        # nothing to add to in the first round
        for sums, shares in zip(p_bar, bars["p_bar"], strict=False):
            for name in sums:
                sums[name] += shares[name]
        p_bar = p_bar or bars["p_bar"]
    return dict(p_bar=p_bar, xs_bar=xs_bar, h0_bar=h_bar, c0_bar=c_bar)


def from_pytorch(state: Mapping[str, Any]) -> list[dict[str, np.ndarray]]:
    """The layers' parameters from the `state_dict()` of a one-way `torch.nn.LSTM`.

    It holds arrays or CPU tensors.
    PyTorch packs the gates as i, f, g, o, one below the other, weight_ih_l0 (4H, D),
    weight_hh_l0 (4H, H), and has two biases, of which only the sum matters: b = bias_ih + bias_hh.
    Raises ValueError for names or shapes of another kind.
    """
    ps: list[dict[str, np.ndarray]] = []
    while f"weight_ih_l{len(ps)}" in state:
        kinds = ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
        wanted = [
            f"{kind}_l{len(ps)}"
            for kind in kinds
            if kind.startswith("weight") or f"bias_ih_l{len(ps)}" in state
        ]
        if missing := [name for name in wanted if name not in state]:
            raise ValueError(f"{missing[0]} is missing beside weight_ih_l{len(ps)}")
        W_x, W_h, *b = (np.asarray(state[name]) for name in wanted)
        H = W_h.shape[-1]
        if (
            W_h.shape != (4 * H, H)
            or W_x.ndim != 2
            or any(len(part) != 4 * H for part in (W_x, *b))
        ):
            raise ValueError(
                f"layer {len(ps)} has {[v.shape for v in (W_x, W_h, *b)]}, "
                f"expected 4H rows with H = {H}"
            )
        row = {k: slice(j * H, j * H + H) for j, k in enumerate("ifgo")}
        bias = sum(b, np.zeros(4 * H, W_h.dtype))
        parts = {
            k: ((f"W_{k}x", W_x[row[k]]), (f"W_{k}h", W_h[row[k]]), (f"b_{k}", bias[row[k]]))
            for k in "ifog"
        }
        ps.append({name: part.copy() for k in "ifog" for name, part in parts[k]})
    known = {
        f"{kind}_l{n}"
        for n in range(len(ps))
        for kind in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
    }
    if not ps or set(state) - known:
        strange = sorted(set(state) - known) or "nothing"
        raise ValueError(
            f"found {strange}; "
            "expected weight_ih_l0, weight_hh_l0, bias_ih_l0, bias_hh_l0 and so on"
        )
    return ps


def to_pytorch(ps: Sequence[Arrays]) -> dict[str, np.ndarray]:
    """The `state_dict()` of a one-way `torch.nn.LSTM` with these layers, as arrays.

    The gates are packed i, f, g, o, and the biases bias_hh are zeros.
    Raises ValueError for layers that do not fit on each other.
    """
    _stacked(ps)
    state = {}
    for n, p in enumerate(ps):
        state[f"weight_ih_l{n}"] = np.concatenate([p[f"W_{k}x"] for k in "ifgo"])
        state[f"weight_hh_l{n}"] = np.concatenate([p[f"W_{k}h"] for k in "ifgo"])
        state[f"bias_ih_l{n}"] = np.concatenate([p[f"b_{k}"] for k in "ifgo"])
        state[f"bias_hh_l{n}"] = np.zeros_like(state[f"bias_ih_l{n}"])
    return state


def _through(
    ps: Sequence[Arrays],
    xs: np.ndarray,
    h0: States,
    c0: States,
    mask: np.ndarray | None,
    reuse: Any,
) -> dict[str, Any]:
    old = [*(reuse or {}).get("tapes", []), *[None] * len(ps)]
    tapes = []
    for n, p in enumerate(ps):
        tapes.append(lstm.forward(p, xs, h0[n], c0[n], mask, old[n]))
        xs = tapes[-1]["h"]
    return dict(
        h=xs, hT=[tape["hT"] for tape in tapes], cT=[tape["cT"] for tape in tapes], tapes=tapes
    )


def _back_through(
    ps: Sequence[Arrays],
    tape: Mapping[str, Any],
    h_bar_loss: np.ndarray | None,
    hT_bar: States,
    cT_bar: States,
) -> dict[str, Any]:
    bars: list[dict[str, np.ndarray]] = []
    for n, p in reversed(list(enumerate(ps))):
        bars.insert(0, lstm.backward(p, tape["tapes"][n], h_bar_loss, hT_bar[n], cT_bar[n]))
        h_bar_loss = bars[0].pop("xs_bar")  # the x of this layer is the h of the one below
    h0_bar, c0_bar = ([b.pop(name) for b in bars] for name in ("h0_bar", "c0_bar"))
    return dict(p_bar=bars, xs_bar=h_bar_loss, h0_bar=h0_bar, c0_bar=c0_bar)


def _each(name: str, values: States | None, ps: Sequence[Arrays]) -> States:
    if values is not None and len(values) != len(ps):
        raise ValueError(
            f"{name} has {len(values)} entries, expected {len(ps)}, "
            "a (B, H) array or None for each layer"
        )
    return [None] * len(ps) if values is None else values


def _stacked(ps: Sequence[Arrays]) -> None:
    if isinstance(ps, Mapping) or not len(ps):
        raise ValueError(
            "ps must be a list of layers, each with its 12 parameters, [p] for a single one"
        )
    for n, (below, p) in enumerate(pairwise(ps)):
        H, D = len(below["W_ix"]), np.shape(p["W_ix"])[-1]
        if H != D:
            raise ValueError(
                f"layer {n + 1} has D = {D} inputs, but layer {n} below it has H = {H} units"
            )
