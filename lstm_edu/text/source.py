"""The text of a cell or of an output: its forward lines, its gradients, what its names are called.

A line that makes a `…_bar` is a gradient; every other line is forwards. A comment `# u: update
gate` says what a name is called; any other comment is for people.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from lstm_edu.text.glyphs import unknown

TEXTS = files("lstm_edu.text")
MADE = re.compile(r"\s*(\w+)\s*=")
GRADIENT = re.compile(r"_bar(?:_loss|_next|_prev)?$")
WORDS = re.compile(r"^#\s*(\w+): (.+)$", re.M)


class Source(NamedTuple):
    """A text, taken apart: FORWARD, BACKWARD (empty if it has none) and words by name."""

    forward: str
    backward: str
    words: Mapping[str, str]


def split(text: str) -> Source:
    """A text, taken apart; what no line makes stays where `equations.parse` complains of it."""
    words = dict(WORDS.findall(text))
    lines = [line.split("#")[0].rstrip() for line in text.splitlines()]
    lines = [line for line in lines if line.strip()]
    backward = [line for line in lines if (made := MADE.match(line)) and GRADIENT.search(made[1])]
    forward = [line for line in lines if line not in backward]
    return Source("\n".join(forward), "\n".join(backward), words)


def names(kind: str) -> list[str]:
    """The texts of a kind, "cells" or "outputs", by name."""
    found = (TEXTS / kind).iterdir()
    return sorted(file.name.removesuffix(".txt") for file in found if file.name.endswith(".txt"))


@lru_cache
def load(kind: str, name: str) -> Source:
    """The text `name` of a kind, "cells" or "outputs". Raises ValueError with the nearest name."""
    if name not in names(kind):
        raise ValueError(unknown(f"text of {kind}", name, names(kind)))
    return split((TEXTS / kind / f"{name}.txt").read_text("utf-8"))


def join(cell: Source, output: Source) -> Source:
    """A cell with an output: h leaves the one and enters the other, `h_bar_loss` comes back.

    Raises ValueError for a name that both of them make.
    """
    made = [
        {m[1] for line in one.forward.splitlines() if (m := MADE.match(line))}
        for one in (cell, output)
    ]
    if twice := sorted(made[0] & made[1]):
        raise ValueError(
            f"the cell and the output both make {twice[0]}; give it another name in one of them"
        )
    return Source(
        f"{cell.forward}\n{output.forward}",
        f"{output.backward}\n{cell.backward}",
        {**cell.words, **output.words},
    )
