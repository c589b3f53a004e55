"""Equations with numbers put in: symbol = numbers = result."""

import math
from collections.abc import Iterable, Mapping

from sympy import Expr, Float, Function, Pow, Symbol, exp

from lstm_edu.text.equations import Line, Program, lookup, sigma
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
        printer = WithNumbers(v, _digits(line, v))
        # one number would stand there twice
        shown = (plain if line.printed.is_Symbol else printer).show(line.printed)
        rows.append(f"{plain.symbol(name)} &= {shown} = {_rounded(v[name], '_bar' in name)}")
    return Formula("\\begin{aligned}\n" + " \\\\\n".join(rows) + "\n\\end{aligned}")


class WithNumbers(Latex):
    """A formula in LaTeX with a number of so many digits for every symbol."""

    space = r" \cdot "

    def __init__(self, v: Mapping[str, float], digits: int = 3) -> None:
        super().__init__()
        self.v, self.digits = v, digits

    def symbol(self, name: str) -> str:
        """The number, in parentheses if it is negative."""
        text = _rounded(self.v[name], digits=self.digits)
        return f"({text})" if text.startswith("-") else text

    def call(self, e: Expr, raised: str = "") -> str:
        """A call with parentheses always."""
        argument = e.args[0]
        lone = isinstance(argument, Symbol)
        text = _rounded(self.v[argument.name], digits=self.digits) if lone else self.show(argument)
        return f"{self.calls[e.func.__name__]}{raised}({text})"

    def power(self, e: Pow) -> str:
        """A power of a number, which needs no parentheses of its own."""
        if isinstance(e.base, Function):
            return self.call(e.base, self.raised(str(e.exp)))
        return self.show(e.base, "power") + self.raised(str(e.exp))


def _digits(line: Line, v: Mapping[str, float]) -> int:
    """How many digits the numbers of a line need, three at least, to give the printed result."""
    wanted = f"{v[line.name]:.3g}"
    for digits in range(3, 8):
        shown = {Symbol(name): Float(_short(v[name], digits)) for name in line.uses}
        number = line.expr.xreplace(shown).replace(sigma, lambda z: 1 / (1 + exp(-z)))
        if f"{float(number):.3g}" == wanted:
            return digits
    return 3  # the value is held or pushed, so no digits would do


def _short(value: float, digits: int = 3) -> str:
    """A value to so many digits, or to one more where that says it exactly."""
    exact = math.isclose(value, float(f"{value:.{digits + 1}g}"), rel_tol=1e-12)
    return f"{value:.{digits + exact}g}"


def _rounded(value: float, signed: bool = False, digits: int = 3) -> str:
    text = "+" * (signed and value > 0) + _short(value, digits)
    if "e" in text:
        mantissa, exponent = text.split("e")
        text = rf"{mantissa} \times 10^{{{int(exponent)}}}"
    return "0" if value == 0 else text
