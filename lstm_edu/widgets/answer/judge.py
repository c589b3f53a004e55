"""What the answer box says, asked of its own JavaScript.

An expression or a function that a notebook gives is made into a line that the box can read; SymPy's
own parser is never called, since it runs what it reads.
"""

import inspect
from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

import numpy as np

from lstm_edu.lab import witnesses
from lstm_edu.text.equations import BACKWARD, parse
from lstm_edu.widgets.kit import engine

LONGEST = 4000  # signs of an expression


class Verdict(NamedTuple):
    """What is found: the key of its sentence, what is right, and the sentence itself.

    `says` is filled where a row of the table knows it, `write` where a line has several readings.
    """

    key: str
    right: bool = False
    praise: str = ""
    fault: str = ""
    says: str = ""
    write: str = ""


def question(
    name: str, homework: bool = False, last: bool = False, in_time: bool = False
) -> dict[str, Any]:
    """Which gradient is asked for.

    It is without biases (`homework`), at the last step (`last`), or at any step of a sequence, of a
    weight over all of them (`in_time`).
    """
    lines = {one: line.text for one, line in parse(BACKWARD).items()}
    return dict(name=name, homework=homework, last=last, in_time=in_time, lines=lines)


@cache
def states(
    homework: bool = False, last: bool = False, in_time: bool = False
) -> dict[str, np.ndarray]:
    """The states of a cell at which a line is tried, by name.

    They are random where there is no JavaScript engine.
    """
    if not engine.there():
        return witnesses.computed(witnesses.points(40, seed=20))
    rows = engine.ask("rows", dict(homework=homework, last=last, in_time=in_time))
    return {name: np.array([row[name] for row in rows]) for name in rows[0]}


def verdict(answer: Any, asked: dict[str, Any]) -> Verdict:
    """The verdict on an answer.

    An answer is a text, a SymPy expression, a function of named quantities, or its values at
    `states`.
    """
    if isinstance(answer, np.ndarray):
        finite = [one if np.isfinite(one) else None for one in answer.tolist()]  # JSON has no NaN
        found = engine.ask("values", finite, asked)
    else:
        text = answer if isinstance(answer, str) else _written(answer, asked)
        if isinstance(text, Verdict | np.ndarray):
            return verdict(text, asked) if isinstance(text, np.ndarray) else text
        found = engine.ask("line", text, asked, LONGEST)
    return Verdict(**{name: found[name] for name in Verdict._fields if name in found})


class Traced:
    """A quantity that writes down what is done with it."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __neg__(self) -> "Traced":
        return Traced(f"(-{self.text})")


def _two(sign: str, swapped: bool) -> Callable[[Traced, Any], Traced]:
    def operate(one: Traced, other: Any) -> Traced:
        if not isinstance(other, Traced | int | float | np.number):
            return NotImplemented
        text = (
            other.text
            if isinstance(other, Traced)
            else repr(other if isinstance(other, int) else float(other))
        )
        return Traced(f"({text} {sign} {one.text})" if swapped else f"({one.text} {sign} {text})")

    return operate


for _name, _sign in dict(add="+", sub="-", mul="*", truediv="/", pow="**").items():
    setattr(Traced, f"__{_name}__", _two(_sign, False))
    setattr(Traced, f"__r{_name}__", _two(_sign, True))
for _name in ("tanh", "exp", "log", "sqrt", "cosh", "sinh"):  # what NumPy asks an object for
    setattr(Traced, _name, lambda one, name=_name: Traced(f"{name}({one.text})"))


def _written(answer: Any, asked: dict[str, Any]) -> str | np.ndarray | Verdict:
    """An expression or a function as a line, or as its values where it wants numbers.

    What is neither gets a verdict.
    """
    if hasattr(answer, "free_symbols"):
        return str(answer)
    if not inspect.isfunction(answer):
        return Verdict("type", fault=engine.ask("say", "type"))
    at = states(*(asked[one] for one in ("homework", "last", "in_time")))
    names = list(inspect.signature(answer).parameters)
    if strangers := [name for name in names if name not in at]:
        return Verdict("name", fault=engine.ask("say", "name", dict(what=strangers[0])))
    try:
        return answer(*(Traced(name) for name in names)).text
    except (TypeError, AttributeError):  # math.tanh and the like want numbers
        return np.array(
            [
                float(answer(*row))
                for row in zip(*(at[name].tolist() for name in names), strict=True)
            ]
        )
