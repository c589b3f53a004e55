"""Whether two changes that the answer box says together make a wrong line right."""

import ast
import re
from collections.abc import Iterator
from typing import Any

import numpy as np

from tests.widgets.answer_points import agree, mode, parts, right_forms, text_of, value
from tests.widgets.truth_rows import rewritten, rules, truth
from tests.widgets.truths import Place, of_value


def holds(slip: Any, said: dict[str, Any]) -> str:
    """The same as `truth`, also of a verdict with two changes."""
    if said["key"] != "two":
        return truth(slip, said)
    first, second = said["first"], said["second"] | {"fault": said["fault"].split("Second: ")[1]}
    found = by_row(slip, first, second) if first.get("says") else by_change(slip, first, second)
    return "true" if found else "false"


def by_row(slip: Any, first: dict[str, Any], second: dict[str, Any]) -> bool:
    """Whether the second change turns the reader's line into one with a row's mistake."""
    at = mode(slip.mode)
    seen: list[np.ndarray] = []
    for form in right_forms(slip.name):
        lines = [*wrong(form, first["says"])]
        for target in (value(text_of(line), at) for line in lines):
            if not any(agree(target, one) for one in seen):
                seen.append(target)
    return any(of_value(Place(slip.text, at, second["at"], one), second, slip) for one in seen)


def wrong(form: ast.expr, says: str) -> Iterator[ast.expr]:
    """The right line with a row's mistake: at one place, at all, for every gate."""
    every = form
    for old, new in rules(says):
        yield from rewritten(form, old, new)
        *_, every = rewritten(every, old, new)
    yield every


def by_change(slip: Any, first: dict[str, Any], second: dict[str, Any]) -> bool:
    """Whether the second change makes a line right in which the first was taken back."""
    at, (start, end) = mode(slip.mode), first["at"]
    piece = slip.text[start:end]
    shift = dict(sign=3, swap=0).get(first["key"], 0)
    if first["key"] == "function-extra":
        shift = -opening(piece)
    for put in instead(first["key"], piece, slip):
        text = slip.text[:start] + put + slip.text[end:]
        place = moved(second["at"], (start, end), len(put) - len(piece), shift)
        for target in targets(first, piece, slip):
            try:
                if of_value(Place(text, at, place, target), second, slip):
                    return True
            except SyntaxError:  # the second place was in what is gone
                continue
    return False


def moved(place: list[int], gone: tuple[int, int], by: int, shift: int) -> list[int]:
    """Where a place lies once another one is longer or shorter, with signs more in its front."""
    start, end = place
    if [*gone] == place:
        return [start, end + by]
    if gone[0] <= start and end <= gone[1]:
        return [start + shift, end + shift]
    return [start + (by if start >= gone[1] else 0), end + (by if end >= gone[1] else 0)]


def instead(key: str, piece: str, slip: Any) -> Iterator[str]:
    """What may stand at the place of the first change, as text."""
    head, inner = {"/": ("*", piece[1:]), "-": ("+", piece), "+": ("+", piece[1:])}.get(
        piece[:1], ("", piece)
    )
    if key == "factor-extra":
        yield f"{head}(1)"
    elif key in ("term-extra", "parenthesis"):
        yield f"{head}(0)"
    elif key == "sign":
        yield f"{head}(-({inner}))"
    elif key == "exponent":
        base = inner if piece[:1] == "/" else inner[: inner.rindex("**")]
        yield head + base + ")" * (base.count("(") - base.count(")"))
    elif key == "function-extra":
        inside = piece[opening(piece) :]
        yield inside[: len(inside) - inside.count(")") + inside.count("(")]
    elif key == "swap":
        yield from (f"({one})" for one in parts(slip.name, slip.mode)[0] if one.isidentifier())


def opening(piece: str) -> int:
    """Where the argument of the function at a place begins."""
    found = re.search(r"\w\(", piece)
    assert found
    return found.end() - 1


def targets(first: dict[str, Any], piece: str, slip: Any) -> Iterator[np.ndarray]:
    """What the rest of the line must be: the right line, less a term that stands outside."""
    at = mode(slip.mode)
    right = at[slip.name]
    if first["key"] != "parenthesis":
        yield right
        return
    term = value(piece.lstrip("+"), at)
    for beside in [np.ones_like(term), *parts(slip.name, slip.mode)[1]]:
        yield right - term * beside
