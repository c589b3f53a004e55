"""Push and hold the letters of a small program: the graph of `pushes`, drawn by ripple.mjs."""

import math
from typing import Any

import traitlets

from lstm_edu import pushes
from lstm_edu.equations import parse
from lstm_edu.widgets.base import Widget, finite, known, number

NODES = [*pushes.EXAMPLE, *parse(pushes.FORWARD, pushes.NAMES)]


class Ripple(Widget):
    """u = a b, v = u + a, L = ½ v² as a graph that is pushed, held and differentiated in the browser."""

    module = "ripple"
    a, b = (number(value) for value in pushes.EXAMPLE.values())
    backward = traitlets.Bool(True, help="gradients are shown").tag(sync=True)
    pinned = traitlets.Unicode("", help="the value in the card, or ''").tag(sync=True)
    nudge = number()
    lock = traitlets.Dict(help="what is held, by name, and the value it is held at").tag(sync=True)

    @traitlets.validate("pinned")
    def _known_pin(self, proposal: Any) -> str:
        if proposal["value"]:
            known("value to pin", proposal["value"], NODES)
        return proposal["value"]

    @traitlets.validate("lock")
    def _known_lock(self, proposal: Any) -> dict[str, float]:
        for name, value in proposal["value"].items():
            known("value to hold", name, NODES)
            finite(f"lock[{name!r}]", value, math.inf)
        return proposal["value"]

    @property
    def values(self) -> dict[str, float]:
        """Every value as it is now, pushed and held, and every gradient before the push."""
        point = {name: getattr(self, name) for name in pushes.EXAMPLE}
        nudge = {self.pinned: self.nudge} if self.pinned else {}
        rest = pushes.values(point, lock=self.lock)
        return rest | {name: v for name, v in pushes.values(point, nudge, self.lock).items() if "_bar" not in name}
