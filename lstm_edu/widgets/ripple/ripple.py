"""Push and hold the letters of a small program: the graph of `pushes`, drawn by ripple.mjs."""

import traitlets

from lstm_edu.lab import pushes
from lstm_edu.text import javascript
from lstm_edu.text.equations import parse
from lstm_edu.widgets.kit.base import Graph, Widget
from lstm_edu.widgets.kit.traits import number

NODES = [*pushes.EXAMPLE, *parse(pushes.FORWARD, pushes.NAMES)]


class Ripple(Graph, Widget):
    """u = a b, v = u + a, L = ½ v² as a graph that is pushed, held and differentiated.

    All of it is done in the browser.
    """

    module, nodes = "ripple/ripple", NODES
    a, b = (number(value) for value in pushes.EXAMPLE.values())
    backward = traitlets.Bool(True, help="gradients are shown").tag(sync=True)

    @classmethod
    def printed(cls) -> str:
        """The rules, and the program."""
        program = javascript.module(pushes.FORWARD, pushes.BACKWARD, pushes.NAMES)
        return super().printed() + program

    @property
    def values(self) -> dict[str, float]:
        """Every value as it is now, pushed and held, and every gradient before the push."""
        point = {name: getattr(self, name) for name in pushes.EXAMPLE}
        nudge = {self.pinned: self.nudge} if self.pinned else {}
        rest = pushes.values(point, lock=self.lock)
        return rest | {
            name: v
            for name, v in pushes.values(point, nudge, self.lock).items()
            if "_bar" not in name
        }
