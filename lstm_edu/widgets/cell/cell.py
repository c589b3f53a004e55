"""The living cell: one step of one unit, every number of it a trait, drawn by cell.mjs."""

import traitlets

from lstm_edu.lab import evaluate
from lstm_edu.models.cell import EXAMPLE, one_unit, step, step_bar
from lstm_edu.widgets.kit.base import Graph, Widget
from lstm_edu.widgets.kit.traits import number

PARAMETERS = [name for name in EXAMPLE if name[0] in "wb"]
# every value that can be pinned, pushed and held
COMPUTED = ["z_i", "z_f", "z_o", "z_g", *"ifogch", "L"]
NODES = [*PARAMETERS, "x", "h_prev", "c_prev", "y", *COMPUTED]


class Cell(Graph, Widget):
    """One LSTM step, drawn, pushed and differentiated in the browser.

    Its traits are the letters of the equations.
    """

    module, nodes = "cell/cell", NODES
    w_ix, w_ih, b_i, w_fx, w_fh, b_f = (
        number(EXAMPLE[n]) for n in ["w_ix", "w_ih", "b_i", "w_fx", "w_fh", "b_f"]
    )
    w_ox, w_oh, b_o, w_gx, w_gh, b_g = (
        number(EXAMPLE[n]) for n in ["w_ox", "w_oh", "b_o", "w_gx", "w_gh", "b_g"]
    )
    x, h_prev, c_prev, y = (number(EXAMPLE[n]) for n in ["x", "h_prev", "c_prev", "y"])
    h_bar_next, c_bar_next = number(), number()
    backward = traitlets.Bool(False, help="gradients are shown").tag(sync=True)
    forward_only = traitlets.Bool(False, help="there are no gradients to show, and no switch").tag(
        sync=True
    )

    @property
    def values(self) -> dict[str, float]:
        """Every value and every gradient of the step by name, from NumPy.

        If one is pushed or held, there are only the values.
        """
        v = {name: getattr(self, name) for name in EXAMPLE}
        if self.lock or (self.pinned and self.nudge):
            moved = evaluate.values(v, {self.pinned: self.nudge} if self.pinned else {}, self.lock)
            return {name: value for name, value in moved.items() if "_bar" not in name or name in v}
        p = one_unit(**{name: v[name] for name in PARAMETERS})
        one = p["b_i"] ** 0  # (1,)
        s = step(p, v["x"] * one, v["h_prev"] * one, v["c_prev"] * one)
        v |= {name: value.item() for name, value in s.items()}
        v |= {"L": (v["h"] - v["y"]) ** 2 / 2, "h_bar_loss": v["h"] - v["y"]}
        v["h_bar"] = v["h_bar_loss"] + v["h_bar_next"]
        bars = step_bar(p, s, v["h_bar"] * one, v["c_bar_next"] * one)
        return v | {name.replace("W", "w"): bar.item() for name, bar in bars.items()}
