"""The error of a difference against ε, for the right gradient and for nine mistakes.

It is drawn by vcurve.mjs.
"""

from typing import Any

import traitlets

from lstm_edu.lab.mistakes import MISTAKES
from lstm_edu.widgets.kit.base import Widget
from lstm_edu.widgets.kit.traits import Number, Word, whole
from lstm_edu.widgets.vcurve.numbers import floors, printed

LONGEST, TIGHTEST = 20, -9.0  # a power of ten: no difference sees what is smaller


class VCurve(Widget):
    """The V of a gradient check, its floor under each of nine mistakes, and a tolerance.

    The tolerance is the one that lets them pass.
    """

    module = "vcurve/vcurve"
    mistake = Word(["", *MISTAKES], "mistake", help="'' for the right gradient").tag(sync=True)
    tolerance = Number(
        -1.0, min=TIGHTEST, max=0.0, help="the relative error that passes, as a power of ten"
    ).tag(sync=True)
    T = whole(LONGEST, 10)
    last_only = traitlets.Bool(False, help="the loss stands at the last step only").tag(sync=True)
    equal_biases = traitlets.Bool(False, help="all four biases are 0").tag(sync=True)

    @classmethod
    def printed(cls) -> str:
        """The rules, and the mistakes."""
        return super().printed() + printed()

    @property
    def values(self) -> dict[str, Any]:
        """From NumPy: the `floors` of all mistakes by name, and what the tolerance lets through.

        `floor` is the chosen mistake's, `passes` how many pass, and their names say which.
        """
        found = floors(self.T, self.last_only, self.equal_biases)
        passes = [name for name, error in found.items() if error < 10**self.tolerance]
        return dict(
            floors=found, floor=found.get(self.mistake, 0.0), passes=len(passes), passing=passes
        )
