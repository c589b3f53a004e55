"""Equations with numbers put in: symbol = numbers = result."""

import math
from collections.abc import Iterable, Mapping

from sympy import Expr, Float, Function, Pow, Symbol, exp

from lstm_edu.text import digits
from lstm_edu.text.equations import Line, Program, lookup
from lstm_edu.text.functions import sigma
from lstm_edu.text.notation import NAMES
from lstm_edu.text.show import Latex, Names


class Formula(str):
    """A formula in LaTeX that a notebook typesets."""

    def _repr_latex_(self) -> str:
        return rf"$\displaystyle {self}$"


def numbered(
    names: Iterable[str], lines: Program, v: Mapping[str, float], known: Names = NAMES
) -> Formula:
    """The equations of these names among `lines` with the numbers of `v` put in."""
    plain, rows = Latex(known), []
    for name in names:
        line = lookup(lines, name, "quantity")
        printer = WithNumbers(v, _places(line, v))
        # one number would stand there twice
        shown = (plain if line.printed.is_Symbol else printer).show(line.printed)
        result = digits.latex(v[name], "_bar" in name, _exact(v[name]))
        rows.append(f"{plain.symbol(name)} &= {shown} = {result}")
    return Formula("\\begin{aligned}\n" + " \\\\\n".join(rows) + "\n\\end{aligned}")


class WithNumbers(Latex):
    """A formula in LaTeX with a number of so many digits for every symbol."""

    space = r" \cdot "

    def __init__(self, v: Mapping[str, float], places: int = 3) -> None:
        super().__init__()
        self.v, self.places = v, places

    def number(self, name: str) -> str:
        """The number of this name."""
        return digits.latex(self.v[name], places=_exact(self.v[name], self.places))

    def symbol(self, name: str) -> str:
        """The number, in parentheses if it is negative."""
        text = self.number(name)
        return f"({text})" if text.startswith("-") else text

    def call(self, e: Expr, raised: str = "") -> str:
        """A call with parentheses always."""
        argument = e.args[0]
        lone = isinstance(argument, Symbol)
        text = self.number(argument.name) if lone else self.show(argument)
        return f"{self.calls[e.func.__name__]}{raised}({text})"

    def power(self, e: Pow) -> str:
        """A power of a number, which needs no parentheses of its own."""
        if isinstance(e.base, Function):
            return self.call(e.base, self.raised(str(e.exp)))
        return self.show(e.base, "power") + self.raised(str(e.exp))


def _places(line: Line, v: Mapping[str, float]) -> int:
    """How many digits the numbers of a line need, three at least, to give the printed result.

    What lies halfway between two printed numbers does not give it: a reader may round either way.
    """
    kept = _exact(v[line.name])
    wanted = digits.plain(v[line.name], kept)
    for places in range(3, 8):
        shown = {
            Symbol(name): Float(f"{v[name]:.{_exact(v[name], places)}g}") for name in line.uses
        }
        number = float(line.expr.xreplace(shown).replace(sigma, lambda z: 1 / (1 + exp(-z))))
        if {digits.plain(number * near, kept) for near in (1 - 1e-9, 1 + 1e-9)} == {wanted}:
            return places
    return 3  # the value is held or pushed, so no digits would do


def _exact(value: float, places: int = 3) -> int:
    """So many digits, or one more where that says the value exactly."""
    return places + math.isclose(value, float(f"{value:.{places + 1}g}"), rel_tol=1e-12)
