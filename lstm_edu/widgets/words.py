"""A verdict in words, first what is right, then one thing that is not: words.mjs in Python."""

import re
from functools import cache

import numpy as np

from lstm_edu.notation import NAMES
from lstm_edu.widgets.faults import Verdict
from lstm_edu.widgets.judge import table
from lstm_edu.widgets.states import Node

SHAPE = ["negative", "multiple"]
ALONE = ["circle", "undefined", "right", "other-line"]


@cache
def letters(name: str) -> str:
    """A name as plain text, c̄(t+1), from the letters that its equations are printed with."""
    base = name.removesuffix("(t+1)")
    text = re.sub('<i class="bar">(.)</i>', "\\1\u0304", NAMES[base].html).replace("<sub>", "_")
    text = re.sub("<[^>]*>", "", text)
    return text if base == name else text.replace("(t)", "(t+1)")


def sentence(key: str, **gaps: str) -> str:
    """The sentence of a key, its gaps filled."""
    return re.sub(r"\{(\w+)\}", lambda gap: gaps.get(gap[1], ""), dict(table("SAY"))[key])  # type: ignore[arg-type]


def words(verdict: Verdict, asked: str, text: str) -> tuple[str, str]:
    """What the verdict on a line says: what is right, or nothing, and the fault."""
    place = text[slice(*verdict.at)].strip()
    gaps = {
        "asked": letters(asked),
        "found": letters(verdict.found) if verdict.found.removesuffix("(t+1)") in NAMES else "",
        "number": "" if verdict.number is None else f"{verdict.number:.3g}".replace("-", "−"),
        "place": f"“{place[:39] + '…' if len(place) > 40 else place}”",
        "range": kind(verdict.part) if verdict.part else "",
        "function": "σ" if verdict.function == "sigma" else verdict.function,
    }
    return praise(verdict, text), verdict.says or sentence(said(verdict.key, asked), **gaps)


def said(key: str, asked: str) -> str:
    """The key of what is said: a weight's right line is one step's share of it, and is told so."""
    return "right-share" if key == "right" and asked[:2] in ("w_", "b_") else key


def signed(v: float) -> str:
    """A gradient to three digits, always with its sign, as numbers.mjs prints it."""
    return "0" if v == 0 else ("−" if v < 0 else "+") + f"{abs(v):#.3g}".rstrip(".")


def praise(verdict: Verdict, text: str) -> str:
    """What is right about a line that is not."""
    if verdict.key in ALONE:
        return ""
    if verdict.key == "unknown":
        return sentence("right-sign") if verdict.sign else ""
    if verdict.key in SHAPE:
        return sentence("right-shape")
    if verdict.at[1] - verdict.at[0] < len(text.strip()):
        return sentence("right-so-far")
    return sentence("right-parts") if verdict.key.endswith("-missing") else ""


def kind(part: Node) -> str:
    """What kind of number a part is, so that a hint need not name it."""
    if part.op == "name" and re.match("[wb]_.*(?<!bar)$", str(part.v)):
        return "a weight"
    if np.all((part.y > 0) & (part.y < 1)):
        return "a number between 0 and 1"
    return "a number between −1 and 1" if np.all(np.abs(part.y) < 1) else "a quantity that you know already"
