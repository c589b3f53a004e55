"""Traits that say what they allow, to Python and, as data, to the browser."""

import math
from collections.abc import Sequence
from numbers import Real
from typing import Any

import numpy as np
import traitlets

from lstm_edu.text import notation

LIMIT = 10.0
"""Nothing that a reader sets is larger than this.

σ(10) is 1 to four digits, so beyond it there is nothing to see.
"""


def refused(name: str, value: Any, allowed: str, meaning: str = "") -> traitlets.TraitError:
    """What is said of a value that a trait cannot have: what was given, what is allowed."""
    meant = f": {meaning}" if meaning else ""
    return traitlets.TraitError(f"{name} = {value!r} is not possible; give {allowed}{meant}")


def between(kind: str, low: float, high: float) -> str:
    """What a number must be, in words: "a finite number from −10 to 10"."""
    limits = f" from {low:g} to {high:g}".replace("-", "−") if math.isfinite(high) else ""
    return f"{kind}{limits}"


def finite(
    name: str, value: Any, low: float = -math.inf, high: float = math.inf, meaning: str = ""
) -> float:
    """The number as a float.

    Raises TraitError, with what was given and what is allowed, unless it fits.
    """
    try:
        real = isinstance(value, Real) and not isinstance(value, bool)
        number = float(value) if real else math.nan
    except OverflowError:  # an integer of more than 308 digits
        number = math.inf
    if not math.isfinite(number) or not low <= number <= high:
        raise refused(name, value, between("a finite number", low, high), meaning)
    return number


class Number(traitlets.Float):
    """A trait that is a finite number between its limits.

    It says so to whoever gives it something else.
    """

    def validate(self, obj: Any, value: Any) -> float:
        """The number as a float. Raises TraitError with what was given and what is allowed."""
        return finite(str(self.name), value, self.min, self.max, self.help)


def number(default: float = 0.0) -> Number:
    """A synced number from −10 to 10."""
    return Number(default, min=-LIMIT, max=LIMIT).tag(sync=True)


class Whole(traitlets.Int):
    """A trait that is a whole number between its limits.

    It says so to whoever gives it something else.
    """

    def validate(self, obj: Any, value: Any) -> int:
        """The number as an int. Raises TraitError with what was given and what is allowed."""
        whole = isinstance(value, int | np.integer) and not isinstance(value, bool)
        if not whole or not self.min <= value <= self.max:
            allowed = between("a whole number", self.min, self.max)
            raise refused(str(self.name), value, allowed, self.help)
        return int(value)


def whole(longest: int, default: int = 0) -> Whole:
    """A synced number of steps, from 1 to the longest; without a default it is the longest."""
    return Whole(default or longest, min=1, max=longest).tag(sync=True)


class Numbers(traitlets.List):
    """A trait that is a list of numbers from −10 to 10, as long as its default.

    `shorter` lists are filled up with zeros where they are allowed.
    """

    def __init__(self, default: list[float], shorter: bool = False, **options: Any) -> None:
        super().__init__(default, minlen=0 if shorter else len(default), **options)
        self.count = len(default)

    def validate(self, obj: Any, value: Any) -> list[float]:
        """The numbers as floats. Raises TraitError with what was given and what is allowed."""
        values = list(value) if isinstance(value, list | tuple) else [value]
        if not self._minlen <= len(values) <= self.count:
            allowed = f"{self.count} numbers" + (" at most" if self._minlen == 0 else "")
            raise refused(str(self.name), value, allowed, self.help)
        given = [finite(f"{self.name}[{n}]", v, -LIMIT, LIMIT) for n, v in enumerate(values)]
        return given + [0.0] * (self.count - len(given))


class Word(traitlets.Unicode):
    """A trait that is one of some words; `kind` is what an unknown one is called."""

    def __init__(self, words: Sequence[str], kind: str, default: str = "", **options: Any) -> None:
        super().__init__(default or words[0], **options)
        self.words, self.kind = [*words], kind

    def validate(self, obj: Any, value: Any) -> str:
        """The word. Raises TraitError with the nearest one that is known."""
        known(self.kind, value, self.words)
        return value


def known(kind: str, name: Any, names: list[str]) -> None:
    """Raise TraitError, with the nearest known name, unless `name` is one of `names`."""
    if name not in names:
        raise traitlets.TraitError(notation.unknown(kind, str(name), names))


def rule(trait: traitlets.TraitType) -> dict[str, Any]:
    """What the browser holds a trait to, as data; {} where it holds it to nothing.

    That is its kind, its limits, and what it must be, in words.
    """
    match trait:
        case Number():
            must = between("a finite number", trait.min, trait.max)
            return dict(kind="number", low=trait.min, high=trait.max, must=must)
        case Whole():
            must = between("a whole number", trait.min, trait.max)
            return dict(kind="whole", low=trait.min, high=trait.max, must=must)
        case Numbers():
            must = between(f"{trait.count} finite numbers", -LIMIT, LIMIT)
            return dict(kind="numbers", count=trait.count, low=-LIMIT, high=LIMIT, must=must)
        case Word():
            must = "empty or one of: " if "" in trait.words else "one of: "
            must += ", ".join(word for word in trait.words if word)
            return dict(kind="word", words=trait.words, must=must)
        case traitlets.Bool():
            return dict(kind="switch", must="true or false")
        case traitlets.List():
            return dict(kind="list", must="a list")
    return {}
