"""The error of a difference against ε, for the right gradient and for nine mistakes.

It is drawn by vcurve.mjs.
"""

from typing import Any

import numpy as np
import traitlets

from lstm_edu.lab.mistakes import MISTAKES
from lstm_edu.widgets.kit.base import Widget, finite, known
from lstm_edu.widgets.kit.modules import PRINTED
from lstm_edu.widgets.vcurve.numbers import floors, printed

PRINTED["printed/mistaken"] = printed

LONGEST, TIGHTEST = 20, -9  # a power of ten: no difference sees what is smaller


class VCurve(Widget):
    """The V of a gradient check, its floor under each of nine mistakes, and a tolerance.

    The tolerance is the one that lets them pass.
    """

    module = "vcurve/vcurve"
    mistake = traitlets.Unicode("", help="one of the nine, or '' for the right gradient").tag(
        sync=True
    )
    tolerance = traitlets.Float(-1.0, help="the relative error that passes, as a power of ten").tag(
        sync=True
    )
    T = traitlets.Any(10, help="the number of steps").tag(sync=True)
    last_only = traitlets.Bool(False, help="the loss stands at the last step only").tag(sync=True)
    equal_biases = traitlets.Bool(False, help="all four biases are 0").tag(sync=True)

    @traitlets.validate("mistake")
    def _known_mistake(self, proposal: Any) -> str:
        if proposal["value"]:
            known("mistake", proposal["value"], [*MISTAKES])
        return proposal["value"]

    @traitlets.validate("tolerance")
    def _power(self, proposal: Any) -> float:
        power = finite("tolerance", proposal["value"], -TIGHTEST)
        if power > 0:
            raise traitlets.TraitError(
                f"tolerance = {power!r} is a power of ten; give one from {TIGHTEST} to 0"
            )
        return power

    @traitlets.validate("T")
    def _whole(self, proposal: Any) -> int:
        T = proposal["value"]
        if isinstance(T, bool) or not isinstance(T, int | np.integer) or not 1 <= T <= LONGEST:
            raise traitlets.TraitError(
                f"T = {T!r} is not possible; give a whole number from 1 to {LONGEST}"
            )
        return int(T)

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
