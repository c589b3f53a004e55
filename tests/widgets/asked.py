"""The figure of paths under node: one process for all tests that ask it.

Here also stand the settings that they ask about.
"""

import atexit
import json
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from lstm_edu.widgets import Paths
from lstm_edu.widgets.kit import modules
from lstm_edu.widgets.paths.paths import WEIGHTS

FOLDER = tempfile.TemporaryDirectory()
FIRST: dict[str, Any] = dict(Paths().first)
THREE = FIRST | dict(T=3, of="w_ix", to="L")


@cache
def program() -> "subprocess.Popen[str]":
    """The node that answers, with the modules as they are now."""
    modules.write(FOLDER.name)
    command: list[str | Path] = [
        Path(sys.executable).with_name("node"),
        Path(__file__).with_name("paths_node.mjs"),
        FOLDER.name,
    ]
    started = subprocess.Popen(command, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    atexit.register(lambda: started.communicate(timeout=600))
    return started


def ask(*jobs: tuple[str, Any]) -> list[Any]:
    """The answers of node to jobs of paths_node.mjs."""
    there, back = program().stdin, program().stdout
    assert there and back
    there.write(json.dumps(jobs) + "\n")
    there.flush()
    return json.loads(back.readline())


def ends(T: int) -> list[tuple[str, str]]:
    states = [f"{letter}_{s}" for s in range(T + 1) for letter in "ch"]
    return [(of, to) for of in [*states[:-2], *WEIGHTS] for to in [*states[2:], "L"]]


def drawn(rng: np.random.Generator) -> dict[str, Any]:
    """A random setting: weights, inputs, targets, the two ends, and some ways that are off."""
    T = int(rng.integers(2, 4))
    of, to = ends(T)[rng.integers(len(ends(T)))]
    numbers = {name: float(rng.normal()) for name in [*WEIGHTS, "h_0", "c_0"]}
    lists = dict(xs=rng.normal(size=3).tolist(), ys=rng.uniform(-1, 1, 3).tolist())
    return (
        FIRST
        | numbers
        | lists
        | dict(T=T, of=of, to=to, off=sorted({int(k) for k in rng.integers(0, 12, 2)}))
    )
