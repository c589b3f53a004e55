"""The cell unrolled through time beside a plain RNN on the same inputs, whole or cut short.

It is drawn by time.mjs.
"""

import math
from typing import Any

import numpy as np
import traitlets

from lstm_edu.widgets.kit.base import Widget, finite, known, number
from lstm_edu.widgets.time.numbers import LSTM, RNN, numbers

LONGEST = 50
HANDLES = ["T", "k", *LSTM, *RNN, "y"]


class Whole(traitlets.Int):
    """A trait that is a whole number of steps.

    It says so to whoever gives it something else.
    """

    def validate(self, obj: Any, value: Any) -> int:
        """The number as an int. Raises TraitError with what was given and what is allowed."""
        if (
            isinstance(value, bool)
            or not isinstance(value, int | np.integer)
            or not 1 <= value <= LONGEST
        ):
            raise traitlets.TraitError(
                f"{self.name} = {value!r} is not possible; give a whole number, 1 to {LONGEST}"
            )
        return int(value)


class Time(Widget):
    """One LSTM unit and one plain RNN unit through T steps, with every gradient at every step.

    The gradients are whole or cut at k steps.
    """

    module = "time/time"
    w_ix, w_ih, w_fx, w_fh = number(-0.5), number(0.5), number(0.5), number(0.5)
    w_ox, w_oh, w_gx, w_gh = number(0.5), number(0.5), number(0.5), number(0.5)
    b_i, b_f, b_o, b_g = (number() for _ in "ifog")
    w_hx, w_hh, b_h, y = number(1), number(1), number(), number(-1)
    T, t, k = (Whole(steps).tag(sync=True) for steps in (LONGEST, 40, LONGEST))
    xs: Any = traitlets.List([math.sin(1.3 * t) for t in range(1, LONGEST + 1)]).tag(sync=True)
    losses = traitlets.Unicode("last", help="steps that have a loss: last or every").tag(sync=True)
    handles: Any = traitlets.List(["T", "b_f"], help="sliders at first sight").tag(sync=True)
    training = traitlets.Bool(False, help="there is a panel in which both models are trained").tag(
        sync=True
    )

    @traitlets.validate("xs")
    def _inputs(self, proposal: Any) -> list[float]:
        if len(proposal["value"]) > LONGEST:
            raise traitlets.TraitError(
                f"xs holds {len(proposal['value'])} inputs; give {LONGEST} at most"
            )
        given = [finite(f"xs[{n}]", x) for n, x in enumerate(proposal["value"])]
        return given + [0.0] * (LONGEST - len(given))

    @traitlets.validate("losses", "handles")
    def _known(self, proposal: Any) -> Any:
        value, name = proposal["value"], proposal["trait"].name
        for one in [value] if name == "losses" else value:
            known(f"word in {name}", one, ["last", "every"] if name == "losses" else HANDLES)
        return value

    @property
    def values(self) -> dict[str, float]:
        """Both models' numbers at step t and at step 1.

        Every weight's gradient is among them, whole and cut, and the angle between the two.
        """
        return numbers(self)
