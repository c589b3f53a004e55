"""Equations with numbers put in: symbol = numbers = result."""

from collections.abc import Iterable, Mapping

from sympy import Expr, Function, Pow, Symbol

from lstm_edu.text.equations import Program, lookup
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
    printer, plain, rows = WithNumbers(v), Latex(known), []
    for name in names:
        line = lookup(lines, name, "quantity")
        # one number would stand there twice
        shown = (plain if line.printed.is_Symbol else printer).show(line.printed)
        rows.append(f"{plain.symbol(name)} &= {shown} = {_rounded(v[name], '_bar' in name)}")
    return Formula("\\begin{aligned}\n" + " \\\\\n".join(rows) + "\n\\end{aligned}")


class WithNumbers(Latex):
    """A formula in LaTeX with a number for every symbol."""

    space = r" \cdot "

    def __init__(self, v: Mapping[str, float]) -> None:
        super().__init__()
        self.v = v

    def symbol(self, name: str) -> str:
        """The number, in parentheses if it is negative."""
        text = _rounded(self.v[name])
        return f"({text})" if text.startswith("-") else text

    def call(self, e: Expr, raised: str = "") -> str:
        """A call with parentheses always."""
        argument = e.args[0]
        text = (
            _rounded(self.v[argument.name]) if isinstance(argument, Symbol) else self.show(argument)
        )
        return f"{self.calls[e.func.__name__]}{raised}({text})"

    def power(self, e: Pow) -> str:
        """A power of a number, which needs no parentheses of its own."""
        if isinstance(e.base, Function):
            return self.call(e.base, self.raised(str(e.exp)))
        return self.show(e.base, "power") + self.raised(str(e.exp))


def _rounded(value: float, signed: bool = False) -> str:
    text = f"{value:+.3g}" if signed else f"{value:.3g}"
    if "e" in text:
        mantissa, exponent = text.split("e")
        text = rf"{mantissa} \times 10^{{{int(exponent)}}}"
    return "0" if value == 0 else text
