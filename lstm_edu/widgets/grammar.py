"""What a notebook may give the answer box: SymPy expressions and Python functions, made into lines that can be judged.

SymPy's own parser is never called, since it runs what it reads: an expression is printed, and the print is read by
Python's grammar without being run.
"""

import ast
import inspect
from collections.abc import Callable
from typing import Any

import numpy as np

from lstm_edu.widgets.judge import Question, prepare, used
from lstm_edu.widgets.states import Node, read

LENGTH = 4000


class Unread(ValueError):
    """An answer that cannot be judged; `key` is its sentence in mistakes.mjs, `what` fills it."""

    def __init__(self, key: str, what: str = "") -> None:
        super().__init__(key)
        self.key, self.what = key, what


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
        text = other.text if isinstance(other, Traced) else repr(other if isinstance(other, int) else float(other))
        return Traced(f"({text} {sign} {one.text})" if swapped else f"({one.text} {sign} {text})")

    return operate


for _name, _sign in dict(add="+", sub="-", mul="*", truediv="/", pow="**").items():
    setattr(Traced, f"__{_name}__", _two(_sign, False))
    setattr(Traced, f"__r{_name}__", _two(_sign, True))
for _name in ("tanh", "exp", "log", "sqrt", "cosh", "sinh"):  # what NumPy asks an object for
    setattr(Traced, _name, lambda one, name=_name: Traced(f"{name}({one.text})"))


def line_of(answer: Any, question: Question) -> tuple[Node, str]:
    """The line of a SymPy expression or a function of named quantities, and its text. Raises Unread."""
    if hasattr(answer, "free_symbols"):
        text = str(answer)
    elif inspect.isfunction(answer):
        names = list(inspect.signature(answer).parameters)
        _known(names, question)
        try:
            text = ast.unparse(ast.parse(answer(*(Traced(name) for name in names)).text, mode="eval"))
        except (TypeError, AttributeError):  # math.tanh and the like want numbers
            return _numbers(answer, names, question), ""
    else:
        raise Unread("type")
    if len(text) > LENGTH:
        raise Unread("long")
    try:
        tree = read(text)
    except (ValueError, SyntaxError):
        raise Unread("type") from None
    except (RecursionError, MemoryError):
        raise Unread("deep") from None
    _known(used(tree), question)
    return tree, text


def _known(names: list[str], question: Question) -> None:
    if strangers := [name for name in names if name not in prepare(question).at]:
        raise Unread("name", strangers[0])


def _numbers(answer: Callable[..., float], names: list[str], question: Question) -> Node:
    """A line of which only the values are known."""
    at = prepare(question).at
    rows = zip(*(at[name].tolist() for name in names), strict=True)
    y = np.array([float(answer(*row)) for row in rows])
    return Node("box", y=y, e=1e-13 * np.maximum(1, np.abs(y)))
