"""The cell unrolled through time beside a plain RNN on the same inputs, whole or cut short.

It is drawn by time.mjs.
"""

import math
from typing import Any

import traitlets

from lstm_edu.widgets.kit.base import Widget
from lstm_edu.widgets.kit.traits import Numbers, Word, known, number, whole
from lstm_edu.widgets.time.numbers import LSTM, RNN, numbers

LONGEST = 50
HANDLES = ["T", "k", *LSTM, *RNN, "y"]


class Time(Widget):
    """One LSTM unit and one plain RNN unit through T steps, with every gradient at every step.

    The gradients are whole or cut at k steps.
    """

    module = "time/time"
    T, t, k = (whole(LONGEST, steps) for steps in (LONGEST, 40, LONGEST))
    w_ix, w_ih, b_i, w_fx, w_fh, b_f = (number(v) for v in (-0.5, 0.5, 0, 0.5, 0.5, 0))
    w_ox, w_oh, b_o, w_gx, w_gh, b_g = (number(v) for v in (0.5, 0.5, 0) * 2)
    w_hx, w_hh, b_h, y = number(1), number(1), number(), number(-1)
    losses = Word(["last", "every"], "word in losses", help="steps that have a loss").tag(sync=True)
    xs: Any = Numbers([math.sin(1.3 * t) for t in range(1, LONGEST + 1)], shorter=True).tag(
        sync=True
    )
    handles: Any = traitlets.List(["T", "b_f"], help="sliders at first sight").tag(sync=True)
    training = traitlets.Bool(False, help="there is a panel in which both models are trained").tag(
        sync=True
    )

    @traitlets.validate("handles")
    def _known(self, proposal: Any) -> Any:
        for one in proposal["value"]:
            known("word in handles", one, HANDLES)
        return proposal["value"]

    @property
    def values(self) -> dict[str, float]:
        """Both models' numbers at step t and at step 1.

        Every weight's gradient is among them, whole and cut, and the angle between the two.
        """
        return numbers(self)
