"""The printed JavaScript, run by node.

There is one process for all points of a test session, and one for each special request.
"""

from functools import cache

import numpy as np

from lstm_edu.lab import witnesses
from lstm_edu.text import show
from lstm_edu.text.derive import Steps, steps
from tests import node

PRINTED = "printed/equations"
HOMEWORK = {k: np.zeros(64) for k in ("b_i", "b_f", "b_o", "b_g", "h_bar_next", "c_bar_next")}
POINTS = {
    "ordinary": witnesses.points(1000, seed=11),
    "saturated": witnesses.points(1000, seed=12, saturated=True),
    "homework": witnesses.points(64, seed=13) | HOMEWORK,
}


def module(text: str) -> str:
    """The name of a module with this text."""
    return node.module(f"text_{abs(hash(text))}", text)


def answer(module: str, v: dict, nudge: dict | None = None, lock: dict | None = None) -> dict:
    """What a printed module computes; a number that is not finite arrives as None.

    Raises RuntimeError where the module throws.
    """
    values = node.ask(module, "forward", v, nudge or {}, lock or {})
    bars, partials = (node.ask(module, name, values) for name in ("backward", "partials"))
    return dict(values=values, bars=bars, partials=partials)


def derivation_html(made: str | Steps) -> list[dict]:
    """The derivation of a gradient in HTML: each step's kind, its edges (u, v) and its text."""
    made = steps(made) if isinstance(made, str) else made
    html = show.Html()
    return [
        dict(kind=one.kind, edges=one.edges, html=" + ".join(show._step(one, made, html)))
        for one in made.lines
    ]


@cache
def everywhere() -> dict[str, dict[str, np.ndarray]]:
    """Every value and every gradient by name, at all points of POINTS, by the printed module."""
    rows = {}
    for kind, p in POINTS.items():
        columns = [values.tolist() for values in p.values()]
        rows[kind] = [dict(zip(p, row, strict=True)) for row in zip(*columns, strict=True)]
    return {kind: _columns([answer(PRINTED, v) for v in rows[kind]]) for kind in rows}


def _columns(answers: list[dict]) -> dict[str, np.ndarray]:
    merged = [answer["values"] | answer["bars"] for answer in answers]
    return {name: np.array([row[name] for row in merged], dtype=float) for name in merged[0]}
