"""Speed and memory of the NumPy layers in one run.

They are told as times, and as ratios to PyTorch and to the bare matrix products.
One call is forward and backward over all steps: a gradient upstream of every h(t), gradients of the
weights, b and x. Medians, with the quartiles as the spread. `make bench` runs it; `--quick` takes
fewer rounds and not the largest size.
"""

import argparse
import platform
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Iterable
from importlib import import_module, metadata
from statistics import median, quantiles
from typing import Any

from contestants import SIZES, contestants, race  # before NumPy: this sets the number of threads

# isort: split
import numpy as np

from lstm_edu.models import cell, layers

DTYPES = (np.float32, np.float64)
RATIOS = ("PyTorch", "bare products", "lstm, new memory", "bptt")


def table(title: str, head: Iterable[str], rows: Iterable[Iterable[object]]) -> None:
    """Prints a Markdown table."""
    head = list(head)
    print(f"\n## {title}\n\n| {' | '.join(head)} |\n|{'---|' * len(head)}")
    for row in rows:
        print(f"| {' | '.join(map(str, row))} |", flush=True)


def spread(times: list[float] | None) -> str:
    """The median and the quartiles, in milliseconds."""
    if times is None:
        return "–"
    low, _, high = quantiles(times, n=4)
    return f"{median(times) * 1e3:.3g} ({low * 1e3:.3g}–{high * 1e3:.3g})"


def speed(sizes: list[str], rounds: int) -> None:
    """Prints the times, the ratios, and the microseconds per step of one sequence."""
    times = {}
    for dtype in DTYPES:
        for name in sizes:
            print(f"{np.dtype(dtype)} {name} …", file=sys.stderr)
            times[np.dtype(dtype).name, name] = race(
                contestants(name, dtype), rounds if name != "large" else rounds // 3
            )
    who = ["lstm", *RATIOS]
    rows = ([*where, *(spread(t.get(w)) for w in who)] for where, t in times.items())
    table("Milliseconds of one call: median (quartiles)", ["dtype", "size", *who], rows)

    def ratio(t: dict[str, list[float]], a: str, b: str) -> str:
        return f"{median(t[a]) / median(t[b]):.3g}" if a in t and b in t else "–"

    rows = (
        [*where, *(ratio(t, "lstm", w) for w in RATIOS), ratio(t, "bare products", "PyTorch")]
        for where, t in times.items()
    )
    head = ["dtype", "size", *(f"lstm ÷ {w}" for w in RATIOS), "bare products ÷ PyTorch"]
    table("Ratios of times: below 1, lstm is faster", head, rows)

    rows = (
        [
            *where,
            *(
                f"{median(t[w]) / SIZES[where[1]][2] * 1e6:.1f}" if w in t else "–"
                for w in ("lstm", "bptt", "PyTorch")
            ),
        ]
        for where, t in times.items()
        if SIZES[where[1]][3] == 1
    )
    table(
        "Microseconds per step of one sequence (B = 1), forward and backward",
        ["dtype", "size", "lstm", "bptt", "PyTorch"],
        rows,
    )


def copying(rounds: int) -> None:
    """Prints what it costs to copy h out of the working memory.

    It is copied because a later call may write over that memory.
    """

    def share(name: str) -> str:
        D, H, T, B = SIZES[name]
        x1h = np.ones((T + 1, B, D + 1 + H), np.float32)
        lstm = contestants(name, np.float32)["lstm"]
        times = race({"copy": lambda: x1h[1:, :, D + 1 :].copy(), "lstm": lstm}, rounds)
        return f"{median(times['copy']) / median(times['lstm']):.1%}"

    rows = ([name, share(name)] for name in ("tiny1", "tiny2", "small", "medium"))
    table(
        "Copying h out of the working memory, as a share of the call (float32)",
        ["size", "share"],
        rows,
    )


def memory(steps: Iterable[int] = (100, 1000, 10_000)) -> None:
    """Prints the peak memory of a call against T.

    It is taken with a whole tape and in segments of about √T steps.
    """
    D = H = 32
    rng = np.random.default_rng(0)
    p = {k: rng.uniform(-1, 1, size) / H**0.5 for k, size in cell.shapes(D, H).items()}

    def run(xs: np.ndarray, segment: int | None) -> Any:
        return layers.backward([p], layers.forward([p], xs, segment=segment), xs)

    def peak(xs: np.ndarray, segment: int | None) -> int:
        tracemalloc.start()
        run(xs, segment)
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    def row(T: int) -> list[str]:
        xs = rng.normal(size=(T, 1, D))
        whole, cut = peak(xs, None), peak(xs, 0)
        times = race({"whole": lambda: run(xs, None), "cut": lambda: run(xs, 0)}, 5)
        sizes = [f"{whole / 1e6:.2f} MB", f"{whole / (8 * T * H):.1f}", f"{cut / 1e6:.2f} MB"]
        return [
            str(T),
            *sizes,
            f"{(cut - 16 * T * H) / 1e6:.2f} MB",
            *(spread(t) for t in times.values()),
        ]

    head = [
        "T",
        "whole tape",
        "per step, in H numbers",
        "in segments of √T",
        "of it beyond h and xs_bar",
        "ms whole",
        "ms segments",
    ]
    table(
        "Peak memory and time against T (D = H = 32, B = 1, float64, inputs not counted)",
        head,
        map(row, steps),
    )


def symbolic(most: int) -> None:
    """Prints what a derivation costs in symbols.

    One step is derived once and for all, the unrolled loss for each T.
    """
    derive, unroll = import_module("lstm_edu.text.derive"), import_module("lstm_edu.text.unroll")
    start = time.process_time()
    bars = derive.sweep(derive.parse(derive.FORWARD))
    rows = [
        [
            "one step, all gradients, for any T",
            time.process_time() - start,
            sum(e.count_ops() for e in bars.values()),
        ]
    ]
    for T in range(1, most + 1):
        start = time.process_time()
        result = unroll.direct(T, "w_ix", [T])
        rows.append(
            [f"T = {T} unrolled, w_ix alone", time.process_time() - start, result.count_ops()]
        )
    shown = ([what, f"{seconds:.3f}", f"{ops:,}"] for what, seconds, ops in rows)
    table(
        "Derivation in symbols, loss at the last step",
        ["what", "seconds", "operations in the result"],
        shown,
    )


def waits(rounds: int) -> None:
    """Prints how long a new kernel works until gradients are proved and compared.

    The time stands beside that of SymPy's import alone.
    """

    def seconds(work: str) -> float:
        script = f"import time; t = time.process_time(); {work}; print(time.process_time() - t)"
        return float(
            subprocess.run(
                [sys.executable, "-c", script], capture_output=True, text=True, check=True
            ).stdout
        )

    works = {
        "import sympy": "import sympy",
        "the whole proof": "from lstm_edu.text.proof import prove; prove()",
        "the book's first check": "from lstm_edu.lab.witnesses import everything; everything()",
    }
    took = {what: min(seconds(work) for _ in range(rounds)) for what, work in works.items()}
    rows = ([what, f"{s:.2f}", f"{s / took['import sympy']:.1f}"] for what, s in took.items())
    table(
        "What a new kernel works before it shows anything",
        ["what", "seconds", "of SymPy's import"],
        rows,
    )


def main() -> None:
    """Prints every table of bench/README.md."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument(
        "--quick", action="store_true", help="fewer rounds, and not the largest size"
    )
    quick = parser.parse_args().quick
    installed = {dist.metadata["Name"].lower(): dist.version for dist in metadata.distributions()}
    versions = [
        f"{name} {installed.get(name, 'not installed')}" for name in ("numpy", "sympy", "torch")
    ]
    built = np.show_config(mode="dicts")["Build Dependencies"]  # type: ignore[call-overload, index]
    blas = built["blas"]
    print(
        f"Python {platform.python_version()}, {', '.join(versions)}, "
        f"{blas['name']} {blas['version']}; one thread"
    )
    speed([name for name in SIZES if not quick or name != "large"], 5 if quick else 21)
    copying(5 if quick else 21)
    memory()
    symbolic(4 if quick else 5)
    waits(1 if quick else 5)


if __name__ == "__main__":
    main()
