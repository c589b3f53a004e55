"""Who takes part in the benchmark, and the race.

Everyone takes turns; what counts is the processor time of one thread.
"""

# ruff: noqa: E402
# NumPy reads the limits on threads when it is loaded, so they are set before.
import os

for limit in (
    "OPENBLAS_NUM_THREADS",
    "OMP_NUM_THREADS",
    "MKL_NUM_THREADS",
    "VECLIB_MAXIMUM_THREADS",
):
    os.environ[limit] = "1"

import time
from collections.abc import Callable
from importlib import import_module
from typing import Any

import numpy as np

from lstm_edu.models import bptt, cell, layers, lstm

# (D, H, T, B)
SIZES = {
    "tiny1": (1, 1, 20, 1),
    "tiny2": (8, 16, 50, 1),
    "small": (32, 64, 100, 16),
    "medium": (128, 256, 128, 32),
    "large": (256, 512, 256, 64),
}
TURN = 0.02  # seconds that one turn of a contestant lasts at least


def contestants(name: str, dtype: type[np.floating]) -> dict[str, Callable[[], Any]]:
    """Everyone who takes part at a size, by name: one call is forward and backward."""
    D, H, T, B = SIZES[name]
    rng = np.random.default_rng(0)
    p = {
        k: (rng.uniform(-1, 1, size) / H**0.5).astype(dtype)
        for k, size in cell.shapes(D, H).items()
    }
    xs, h_bar_loss = (
        rng.normal(size=(T, B, D)).astype(dtype),
        rng.normal(size=(T, B, H)).astype(dtype),
    )
    last: dict[str, Any] = {}

    def reused() -> Any:
        last["tape"] = tape = lstm.forward(p, xs, reuse=last.get("tape"))
        return tape["h"], lstm.backward(p, tape, h_bar_loss)

    def new() -> Any:
        tape = lstm.forward(p, xs)
        return tape["h"], lstm.backward(p, tape, h_bar_loss)

    def one_by_one() -> Any:
        for b in range(B):
            bptt.backward(p, bptt.forward(p, xs[:, b]), h_bar_loss[:, b])

    here: dict[str, Callable[[], Any]] = {
        "lstm": reused,
        "lstm, new memory": new,
        "bare products": products(name, dtype),
    }
    here |= {"bptt": one_by_one} if T * B <= 2000 else {}
    return here | pytorch(p, xs, h_bar_loss)


def products(name: str, dtype: type[np.floating]) -> Callable[[], Any]:
    """The floor: the matrix products of one call and nothing else.

    Their operands lie in memory in the order that is quickest for them.
    """
    D, H, T, B = SIZES[name]
    draw = np.random.default_rng(0).normal
    K = D + 1 + H
    W, W_h_T, W_x, x1h, z_bar, rows, inputs = (
        draw(size=size).astype(dtype)
        for size in (
            (4 * H, K),
            (H, 4 * H),
            (4 * H, D),
            (K, B),
            (4 * H, B),
            (T * B, 4 * H),
            (T * B, K),
        )
    )
    z, h_bar, W_bar, xs_bar = (
        np.empty(size, dtype) for size in ((4 * H, B), (H, B), (4 * H, K), (T * B, D))
    )

    def run() -> None:
        for _ in range(T):
            W.dot(x1h, z)
        for _ in range(T):
            W_h_T.dot(z_bar, h_bar)
        rows.T.dot(inputs, W_bar)
        rows.dot(W_x, xs_bar)

    return run


def pytorch(
    p: dict[str, np.ndarray], xs: np.ndarray, h_bar_loss: np.ndarray
) -> dict[str, Callable[[], Any]]:
    """PyTorch's nn.LSTM with the same weights, where it is installed."""
    try:
        torch = import_module("torch")
    except ImportError:
        return {}
    torch.set_num_threads(1)
    H, D = p["W_ix"].shape
    net = torch.nn.LSTM(D, H).to(torch.from_numpy(xs).dtype)
    net.load_state_dict(
        {name: torch.from_numpy(value) for name, value in layers.to_pytorch([p]).items()}
    )
    x, upstream = torch.from_numpy(xs).requires_grad_(), torch.from_numpy(h_bar_loss)

    def run() -> Any:
        x.grad = None
        net.zero_grad(set_to_none=True)
        h, _ = net(x)
        h.backward(upstream)
        return h, x.grad

    tape = lstm.forward(p, xs)
    want = lstm.backward(p, tape, h_bar_loss)["xs_bar"]
    error = np.abs(run()[1].numpy() - want).max() / np.abs(want).max()
    assert error < (1e-4 if xs.dtype == np.float32 else 1e-11), (
        f"PyTorch's x gradient differs by {error:.1e}"
    )
    return {"PyTorch": run}


def race(runners: dict[str, Callable[[], Any]], rounds: int) -> dict[str, list[float]]:
    """Processor seconds of one call of each, once a round, all taking turns."""
    calls = {}
    for name, run in runners.items():
        run()  # not counted: memory is fetched, pages are touched
        start = time.process_time()
        run()
        calls[name] = max(1, round(TURN / max(1e-6, time.process_time() - start)))
    times: dict[str, list[float]] = {name: [] for name in runners}
    for _ in range(rounds):
        for name, run in runners.items():
            if calls[name] > 1:
                run()  # not counted either: whoever follows PyTorch would find the caches emptied
            start = time.process_time()
            for _ in range(calls[name]):
                run()
            times[name].append((time.process_time() - start) / calls[name])
    return times
