"""The paths of a gradient through two or three steps: listed, switched off, merged.

They are drawn by paths.mjs.
"""

import json
import math
from typing import Any

import traitlets

from lstm_edu.lab import paths
from lstm_edu.models.cell import EXAMPLE
from lstm_edu.text import unroll
from lstm_edu.widgets.kit.base import Widget
from lstm_edu.widgets.kit.traits import Numbers, Whole, known, number, whole

WEIGHTS = [name for name in EXAMPLE if name[0] in "wb"]
XS, YS = [1.2, -0.5, 0.7], [0.5, 0.3, -0.4]


class Paths(Widget):
    """Every path from one number of a few steps to another, each a product.

    Their sum is the gradient.
    """

    module = "paths/paths"
    w_ix, w_ih, b_i, w_fx, w_fh, b_f, w_ox, w_oh, b_o, w_gx, w_gh, b_g = (
        number(EXAMPLE[name]) for name in WEIGHTS
    )
    h_0, c_0 = number(EXAMPLE["h_prev"]), number(EXAMPLE["c_prev"])
    xs, ys = (Numbers(given, help="one number a step").tag(sync=True) for given in (XS, YS))
    T = Whole(2, min=2, max=3, help="those of four steps would be too many to list").tag(sync=True)
    of = traitlets.Unicode("c_0", help="where the paths begin").tag(sync=True)
    to = traitlets.Unicode("h_2", help="where they end").tag(sync=True)
    off = traitlets.List(traitlets.Int(min=0), help="paths that are switched off, by number").tag(
        sync=True
    )
    grouped = traitlets.Bool(False, help="paths are merged where they meet").tag(sync=True)
    steps = whole(50)

    @traitlets.validate("of", "to")
    def _known_end(self, proposal: Any) -> str:
        program = unroll.unrolled(3)
        ends = (
            {*WEIGHTS, "h_0", "c_0"}
            | {name for name in program if name[:2] in ("c_", "h_")}
            | {"L"}
        )
        known("end of a path", proposal["value"], sorted(ends))
        return proposal["value"]

    @classmethod
    def printed(cls) -> str:
        """The rules, and what published mistakes leave out, each with the harm it does."""
        harms = json.dumps(paths.harms(), ensure_ascii=False)
        return f"{super().printed()}export const harms = {harms};\n"

    @property
    def values(self) -> dict[str, Any]:
        """How many paths there are, the gradient, and the sum of the paths that are not off.

        The gradient is computed by one sweep of NumPy.
        """
        given = {name: getattr(self, name) for name in [*WEIGHTS, "h_0", "c_0", "xs", "ys"]}
        terms = paths.terms(self.T, self.of, self.to, given)
        left = [term for k, term in enumerate(terms) if k not in self.off]
        bar = paths.gradient(self.T, self.of, self.to, given)
        return dict(paths=len(terms), terms=terms, total_bar=math.fsum(left), gradient_bar=bar)
