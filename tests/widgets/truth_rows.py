"""Whether what the answer box says of a wrong line is true: changing it gives the right line.

The truth is NumPy's, at points of its own. The place that is said is taken out of the reader's
line, and what the sentence allows there is put in.
"""

import ast
import itertools
import json
import re
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import numpy as np

from tests.widgets.answer_cases import FUNCTIONS, nodes, replaced
from tests.widgets.answer_points import (
    LATER,
    agree,
    chained,
    mode,
    plain,
    right_forms,
    text_of,
    value,
)
from tests.widgets.truths import Place, of_value

LESS = ("unknown", "undefined", "circle")
TINY = 1e-12


def truth(slip: Any, said: dict[str, Any]) -> str:
    """What is said of a wrong line: "true", "less" where nothing is claimed, or "false"."""
    if said["key"] in LESS:
        return "less"
    at = mode(slip.mode)
    place = Place(slip.text, at, said["at"], at[slip.name])
    if said["key"] == "zero":
        holds = not np.any(np.abs(value(slip.text, at)) > TINY)
    elif said["key"] == "other-line":
        holds = bool(agree(value(slip.text, at), at[said["found"]]))
    else:
        row = said.get("says")
        holds = of_row(slip, said, place) if row else of_value(place, said, slip)
    return "true" if holds else "false"


def table() -> list[list[str]]:
    """The rows of the table of mistakes: key, right, written, sentence."""
    return json.loads((files("lstm_edu.text") / "mistakes.json").read_text("utf-8"))["rows"]


def rules(says: str) -> Iterator[tuple[ast.expr, ast.expr]]:
    """What belongs there and what is written, of the rows with this sentence, for every gate."""
    for _, right, written, sentence in table():
        for k, j in itertools.permutations("ifog", 2) if sentence == says else ():
            pair = [one.replace("K", k).replace("J", j) for one in (right, written)]
            yield tuple(
                ast.parse(re.sub(r"\(t\+1\)", LATER, one), mode="eval").body for one in pair
            )


def rewritten(tree: ast.expr, old: ast.expr, new: ast.expr) -> Iterator[ast.expr]:
    """The tree with `new` in one place where `old` stands, and in all of them."""
    places = []
    for path, node in nodes(tree):
        of, want = ([text_of(x) for x in chained(one, ast.Mult)] for one in (node, old))
        if text_of(node) == text_of(old):
            places.append((path, new))
        elif len(want) > 1 and len(of) > len(want) and all(one in of for one in want):
            for one in want:
                of.remove(one)
            rest = ast.parse(" * ".join(f"({one})" for one in of), mode="eval").body
            places.append((path, ast.BinOp(rest, ast.Mult(), new)))
    every = tree
    for path, put in sorted(places, key=lambda pair: -len(pair[0])):
        every = replaced(every, path, put)
        yield replaced(tree, path, put)
    yield every


def of_row(slip: Any, said: dict[str, Any], place: Place) -> bool:
    """Whether a row of the table gives the reader's line, and its place is where that stands."""
    given = value(slip.text, place.at)
    for old, new in rules(said["says"]):
        was, put = (value(text_of(one), place.at) for one in (old, new))
        there = bool(agree(place.value, put)) and place.becomes(was)
        lines = (one for form in right_forms(slip.name) for one in rewritten(form, old, new))
        if not there and not any(agree(value(text_of(line), place.at), given) for line in lines):
            continue
        spots = [
            (node.col_offset, node.end_col_offset)
            for _, node in nodes(ast.parse(plain(slip.text), mode="eval").body)
            if text_of(node) not in FUNCTIONS and agree(value(text_of(node), place.at), put)
        ]
        start, end = place.span
        inside = not spots or any(a <= end and start <= b for a, b in spots)
        whole = place.whole or place.becomes(place.wide(slip))
        if there or (whole and (place.whole or inside)):
            return True
    return False
