"""The printed JavaScript, run by node.

There is one process for all points of a test session, and one for each special request.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

import numpy as np

from lstm_edu.lab import witnesses
from lstm_edu.text import javascript

FOLDER = tempfile.TemporaryDirectory()
HOMEWORK = {k: np.zeros(64) for k in ("b_i", "b_f", "b_o", "b_g", "h_bar_next", "c_bar_next")}
POINTS = {
    "ordinary": witnesses.points(1000, seed=11),
    "saturated": witnesses.points(1000, seed=12, saturated=True),
    "homework": witnesses.points(64, seed=13) | HOMEWORK,
}


def module(text: str | None = None) -> str:
    """A file with the module, the book's own unless another one's text is given."""
    text = javascript.module() if text is None else text
    path = Path(FOLDER.name) / f"{abs(hash(text))}.mjs"
    path.write_text(text)
    return str(path)


def program() -> str:
    """Where node is: beside Python in the locked environment, or the system's."""
    found = shutil.which("node", path=Path(sys.executable).parent) or shutil.which("node")
    assert found, "node is missing; `make test` installs it with the locked environment"
    return found


def node(requests: list[dict]) -> list[dict]:
    """The answers of the printed module; a number that is not finite arrives as None."""
    script = Path(__file__).with_name("equations_node.mjs")
    done = subprocess.run(
        [program(), script], input=json.dumps(requests), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@cache
def everywhere() -> dict[str, dict[str, np.ndarray]]:
    """Every value and every gradient by name, at all points of POINTS, by the printed module."""
    rows = {}
    for kind, p in POINTS.items():
        columns = [values.tolist() for values in p.values()]
        rows[kind] = [dict(zip(p, row, strict=True)) for row in zip(*columns, strict=True)]
    path = module()
    answers = iter(node([{"module": path, "v": v} for kind in rows for v in rows[kind]]))
    return {kind: _columns([next(answers) for _ in rows[kind]]) for kind in rows}


def _columns(answers: list[dict]) -> dict[str, np.ndarray]:
    merged = [answer["values"] | answer["bars"] for answer in answers]
    return {name: np.array([row[name] for row in merged], dtype=float) for name in merged[0]}
