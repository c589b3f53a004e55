"""The equations as lines of NumPy, found by the LaTeX that a page shows of them."""

import re
from functools import cache

from sympy import Expr

from lstm_edu.text.equations import parse
from lstm_edu.text.forms import PROGRAMS
from lstm_edu.text.notation import NAMES, RNN_NAMES
from lstm_edu.text.python import NumPy
from lstm_edu.text.show import latex

NEWLINE = re.compile(r"\\\\(?:\[[^\]]*\])?")
LAYOUT = re.compile(r"\\displaystyle|\\(?:begin|end)\{aligned\}|[&\s]")


class WrittenOut(NumPy):
    """The same formula in NumPy, with σ written out, so that it can stand alone."""

    def call(self, e: Expr, raised: str = "") -> str:
        """A call, with parentheses always."""
        if e.func.__name__ != "sigma":
            return super().call(e, raised)
        text = f"1 / (1 + np.exp(-{self.show(e.args[0], 'power')}))"
        return f"({text}){raised}" if raised else text


def of_latex(formula: str) -> str | None:
    """The lines of NumPy of a displayed formula, None unless each of its lines is an equation.

    The equations are those of the forms of the book, as `show.latex` prints them.
    """
    lines = [_known().get(LAYOUT.sub("", line)) for line in NEWLINE.split(formula)]
    return None if None in lines else "\n".join(line for line in lines if line)


@cache
def _known() -> dict[str, str]:
    """Each equation as a line of NumPy, by its LaTeX without layout."""
    found = {}
    for form, programs in PROGRAMS.items():
        names = RNN_NAMES if form == "rnn" else NAMES
        for program in programs:
            for name, line in parse(program, names).items():
                text = f"{name} = {WrittenOut(names).show(line.printed)}"
                found[LAYOUT.sub("", latex(name, *programs, names=names))] = text
    return found
