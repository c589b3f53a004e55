"""What every widget is made of: ES modules, one style sheet, and traits that explain themselves."""

import math
from collections.abc import Iterable, Sequence
from numbers import Real
from typing import Any

import anywidget
import numpy as np
import traitlets

from lstm_edu.text import notation
from lstm_edu.widgets.kit.modules import loaded, sheet
from lstm_edu.widgets.kit.prompts import Prompt, kept

LIMIT = 10.0
"""Nothing that a reader sets is larger than this.

σ(10) is 1 to four digits, so beyond it there is nothing to see.
"""


def finite(name: str, value: Any, limit: float = LIMIT) -> float:
    """The number as a float.

    Raises TraitError, with what was given and what is allowed, unless it fits.
    """
    try:
        real = isinstance(value, Real) and not isinstance(value, bool)
        number = float(value) if real else math.nan
    except OverflowError:  # an integer of more than 308 digits
        number = math.inf
    if not math.isfinite(number) or abs(number) > limit:
        allowed = (
            f"a finite number from −{limit:g} to {limit:g}"
            if math.isfinite(limit)
            else "a finite number"
        )
        raise traitlets.TraitError(f"{name} = {value!r} is not possible; give {allowed}")
    return number


class Widget(anywidget.AnyWidget):
    """A widget of the book: synced traits, and the module whose stem is `module`."""

    module = ""
    prompts: traitlets.List = traitlets.List(help="what to try: sentences that set a state").tag(
        sync=True
    )
    first: traitlets.Dict = traitlets.Dict(help="the state that *reset* comes back to").tag(
        sync=True
    )

    def __init__(self, *, prompts: Iterable[Prompt] = (), **traits: Any) -> None:
        # set here: anywidget takes a property that fails for one that is not there, and shows a
        # module of its own
        self._esm, self._css = loaded(self.module), sheet()
        for name in traits:
            known("trait", name, [*self.traits(sync=True)])
        super().__init__(**traits)
        if hasattr(
            type(self), "values"
        ):  # a figure: it has numbers, so its sentences can be held to them
            own = {*self.trait_names(sync=True)} - {
                *anywidget.AnyWidget.class_trait_names(),
                "prompts",
                "first",
            }
            self.first = {name: getattr(self, name) for name in sorted(own) if name[0] != "_"}
            self.prompts = kept(self, prompts)


class Number(traitlets.Float):
    """A trait that is a finite number from −10 to 10.

    It says so to whoever gives it something else.
    """

    def validate(self, obj: Any, value: Any) -> float:
        """The number as a float. Raises TraitError with what was given and what is allowed."""
        return finite(str(self.name), value)


def number(default: float = 0.0) -> Number:
    """A synced number."""
    return Number(default).tag(sync=True)


class Whole(traitlets.Int):
    """A trait that is a whole number of steps.

    It says so to whoever gives it something else.
    """

    def validate(self, obj: Any, value: Any) -> int:
        """The number as an int. Raises TraitError with what was given and what is allowed."""
        whole = isinstance(value, int | np.integer) and not isinstance(value, bool)
        if not whole or not 1 <= value <= self.max:
            allowed = f"give a whole number from 1 to {self.max}"
            raise traitlets.TraitError(f"{self.name} = {value!r} is not possible; {allowed}")
        return int(value)


def whole(longest: int, default: int = 0) -> Whole:
    """A synced number of steps, from 1 to the longest; without a default it is the longest."""
    return Whole(default or longest, max=longest).tag(sync=True)


def known(kind: str, name: Any, names: list[str]) -> None:
    """Raise TraitError, with the nearest known name, unless `name` is one of `names`."""
    if name not in names:
        raise traitlets.TraitError(notation.unknown(kind, str(name), names))


class Graph(traitlets.HasTraits):
    """What a widget has beside its own traits whose values can be pinned, pushed and held.

    The values are named in `nodes`.
    """

    nodes: Sequence[str] = ()
    pinned = traitlets.Unicode("", help="the value in the card, or ''").tag(sync=True)
    nudge = number()
    lock = traitlets.Dict(help="what is held, by name, and the value it is held at").tag(sync=True)

    @traitlets.validate("pinned")
    def _known_pin(self, proposal: Any) -> str:
        if proposal["value"]:
            known("value to pin", proposal["value"], [*self.nodes])
        return proposal["value"]

    @traitlets.validate("lock")
    def _known_lock(self, proposal: Any) -> dict[str, float]:
        for name, value in proposal["value"].items():
            known("value to hold", name, [*self.nodes])
            finite(f"lock[{name!r}]", value, math.inf)
        return proposal["value"]
