"""The carousel: three biases against the length of a memory, drawn by carousel.mjs."""

from typing import Any

import numpy as np

from lstm_edu.lab import reach
from lstm_edu.models import bptt
from lstm_edu.widgets.kit.base import Widget
from lstm_edu.widgets.kit.traits import number, whole

LONGEST = 100


class Carousel(Widget):
    """The product of forget gates beside the derivative of c(T) by c(t), with h(t) held.

    It also shows what keeping the memory costs the weights.
    """

    module = "carousel/carousel"
    b_f, b_i, b_o = number(), number(), number()
    T = whole(LONGEST)

    @property
    def values(self) -> dict[str, Any]:
        """The numbers of the figure at t = 0 by name, from NumPy.

        The range of each gate and the gradients of the weights are among them.

        `truth` is ∂c(T)/∂c(0), `product` that of the forget gates, `gulf` what parts them in powers
        of ten; `c_h`, `h_c` and `h_h` are the derivatives of the first letter by the second; f_low,
        f_mean and f_high are of gate f.
        """
        p, xs = reach.unit(b_f=self.b_f, b_i=self.b_i, b_o=self.b_o), reach.wave(self.T)
        tape = bptt.forward(p, xs)
        found: dict[str, Any] = {
            f"{of}_{by}": reach.back(p, xs, of, by)[0].item() for of in "ch" for by in "ch"
        }
        found |= dict(truth=found["c_c"], product=reach.forget_product(p, xs)[0].item())
        with np.errstate(divide="ignore"):  # a truth of 0 is an infinite gulf
            found["gulf"] = abs(np.log10(abs(found["truth"])) - np.log10(tape["f"]).sum()).item()
        for k in "fio":
            found |= {
                f"{k}_low": tape[k].min(),
                f"{k}_mean": tape[k].mean(),
                f"{k}_high": tape[k].max(),
            }
        bars = bptt.backward(p, tape, np.ones_like(tape["h"]))  # the loss h(1) + … + h(T)
        return found | {
            name.replace("W", "w"): bar.item() for name, bar in bars.items() if name[0] in "Wb"
        }
