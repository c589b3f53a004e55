"""Prints the equations: as LaTeX for the pages, as HTML for the widgets.

Both are dialects of one printer, as is JavaScript, so the author's order is the same in all of
them. `mark` gives every symbol of a page's mathematics its name.
"""

from collections.abc import Iterable, Mapping
from typing import ClassVar

from sympy import Add, Expr, Function, Integer, Mul, Pow, Rational, Symbol

from lstm_edu.text.derive import Step, Steps, Term, steps
from lstm_edu.text.equations import BACKWARD, FORWARD, lookup, parse
from lstm_edu.text.notation import NAMES, Name
from lstm_edu.text.notation import mark as mark  # part of this module's offer

Names = Mapping[str, Name]


class Latex:
    """A formula in LaTeX as a teacher would write it.

    With `marked`, every symbol carries its name for the site.
    """

    space, apart, minus, times = r" \, ", " ", "-", r" \times "
    calls: ClassVar = {
        "sigma": r"\sigma", "sigma_prime": r"\sigma'",
        "tanh": r"\tanh", "exp": r"\exp", "log": r"\log",
    }  # fmt: skip

    def __init__(self, names: Names = NAMES, marked: bool = False) -> None:
        self.names, self.marked = names, marked

    def show(self, e: Expr, inside: str = "") -> str:
        """The formula, in parentheses where what it stands inside asks for them.

        `inside` is a "product", a "power" or empty.
        """
        if isinstance(e, Symbol):
            return self.symbol(e.name)
        if isinstance(e, Integer) and e >= 0:
            return str(e)
        if isinstance(e, Function):
            return self.call(e)
        if isinstance(e, Pow) and e.exp.is_positive:
            return self.power(e)
        if isinstance(e, Add):
            text = self.show(e.args[0]) + "".join(
                self.term(part, joined=True) for part in e.args[1:]
            )
            return self.group(text) if inside else text
        text = self.term(e)
        return (
            self.group(text)
            if inside == "power" or (inside and text.startswith(self.minus))
            else text
        )

    def term(self, e: Expr, joined: bool = False) -> str:
        """A product, its sign first: the factors side by side, over those that divide."""
        negative, above, below = _factors(e)
        text = self.fraction(above, below) if below else self.product(above)
        if joined:
            return f" {self.minus if negative else '+'} {text}"
        return self.minus + text if negative else text

    def product(self, factors: list[Expr]) -> str:
        """The factors side by side, 1 if there are none.

        LaTeX itself sets tall parentheses and tanh apart.
        """
        text = self.space.join(self.show(f, "product") for f in factors) or "1"
        return text.replace(r" \, \left", r" \left").replace(r" \, \tanh", r" \tanh")

    def symbol(self, name: str) -> str:
        """One name of the table."""
        text = self.names[name].latex
        return rf"\htmlData{{name={name}}}{{{text}}}" if self.marked else text

    def group(self, text: str) -> str:
        """The text in parentheses."""
        return rf"\left({text}\right)"

    def fraction(self, above: list[Expr], below: list[Expr]) -> str:
        """A quotient, whose bar does for parentheses."""
        parts = (above, below)
        top, bottom = (self.show(p[0]) if len(p) == 1 else self.product(p) for p in parts)
        return rf"\frac{{{top}}}{{{bottom}}}"

    def call(self, e: Expr, raised: str = "") -> str:
        """σ(z), or without parentheses tanh c, the power after the function's name."""
        argument = self.show(e.args[0])
        lone = e.func.__name__ == "tanh" and isinstance(e.args[0], Symbol)
        return (
            self.calls[e.func.__name__]
            + raised
            + (f"{self.apart}{argument}" if lone else f"({argument})")
        )

    def power(self, e: Expr) -> str:
        """A power with a whole exponent.

        A symbol that has a superscript already goes in parentheses.
        """
        raised = self.raised(str(e.exp))
        if isinstance(e.base, Function):
            return self.call(e.base, raised)
        text = self.show(e.base, "power")
        crowded = isinstance(e.base, Symbol) and "^" in self.names[e.base.name].latex
        return (self.group(text) if crowded else text) + raised

    def raised(self, exponent: str) -> str:
        """An exponent."""
        return f"^{exponent}" if len(exponent) == 1 else f"^{{{exponent}}}"

    def ratio(self, of: str, by: str, only: str = "") -> str:
        """∂of/∂by, or the part of it that goes through `only`."""
        text = rf"\frac{{\partial {self.symbol(of)}}}{{\partial {self.symbol(by)}}}"
        return rf"\left.{text}\right\vert_{{{only}}}" if only else text

    def operand(self, function: Expr) -> str:
        """A function as it stands, any other formula in parentheses."""
        text = self.show(function)
        return text if isinstance(function, Function) else self.group(text)

    def operator(self, by: str, function: Expr) -> str:
        """∂/∂by of a formula, not yet carried out."""
        return rf"\frac{{\partial}}{{\partial {self.symbol(by)}}} {self.operand(function)}"


class Html(Latex):
    """The same formula in HTML that needs no mathematics.

    It is made of letters, `<sub>` and `<sup>`, with a `data-name` on every symbol.
    """

    space, apart, minus, times, over = "\u2009", "\u2009", "−", " × ", "/"
    calls: ClassVar = {
        "sigma": "σ", "sigma_prime": "σ′", "tanh": "tanh", "exp": "exp", "log": "log",
    }  # fmt: skip

    def symbol(self, name: str) -> str:
        """One name of the table, found by its `data-name`."""
        return f'<span data-name="{name}">{self.names[name].html}</span>'

    def group(self, text: str) -> str:
        """The text in parentheses."""
        return f"({text})"

    def fraction(self, above: list[Expr], below: list[Expr]) -> str:
        """A quotient on the line."""
        lone = len(below) == 1
        bottom = self.show(below[0], "power") if lone else self.group(self.product(below))
        return self.product(above) + self.over + bottom

    def raised(self, exponent: str) -> str:
        """An exponent."""
        return f"<sup>{exponent}</sup>"

    def ratio(self, of: str, by: str, only: str = "") -> str:
        """∂of/∂by on the line, or the part of it that goes through `only`."""
        return f"∂{self.symbol(of)}/∂{self.symbol(by)}" + f"|<sub>{only}</sub>" * bool(only)

    def operator(self, by: str, function: Expr) -> str:
        """∂/∂by of a formula, not yet carried out."""
        return f"∂/∂{self.symbol(by)}{self.space}{self.operand(function)}"


def latex(name: str, *programs: str, names: Names = NAMES, marked: bool = False) -> str:
    """One equation in LaTeX, of the book or of the given programs.

    Raises ValueError with the nearest name.
    """
    return _equation(name, programs, Latex(names, marked), " = ")


def html(name: str, *programs: str, names: Names = NAMES) -> str:
    """One equation in HTML, of the book or of the given programs.

    Raises ValueError with the nearest name.
    """
    return _equation(name, programs, Html(names), " = ")


def latex_block(
    wanted: Iterable[str], *programs: str, names: Names = NAMES, marked: bool = False
) -> str:
    """Several equations in LaTeX, aligned at their equals signs."""
    return _aligned(_equation(name, programs, Latex(names, marked), " &= ") for name in wanted)


def derivation(made: str | Steps, names: Names = NAMES, marked: bool = False) -> str:
    """The derivation of a gradient (`derive.steps`, or its name) in aligned LaTeX, a step a line.

    Every step begins with `=`.
    """
    made = steps(made) if isinstance(made, str) else made
    printer = Latex(names, marked)
    lines = (" \\\\[0.5em]\n&\\qquad + ".join(_step(step, made, printer)) for step in made.lines)
    rows = (
        f"{'' if k else printer.symbol(made.name)} &= {line}".strip()
        for k, line in enumerate(lines)
    )
    return _aligned(rows, gap="[0.5em]")  # fractions stand close


def _equation(name: str, programs: tuple[str, ...], printer: Latex, equals: str) -> str:
    lines = {
        n: line
        for text in programs or (FORWARD, BACKWARD)
        for n, line in parse(text, printer.names).items()
    }
    formula = printer.show(lookup(lines, name, "equation").printed)
    return printer.symbol(name) + equals + formula


def _aligned(lines: Iterable[str], gap: str = "") -> str:
    return "\\begin{aligned}\n" + f" \\\\{gap}\n".join(lines) + "\n\\end{aligned}"


def _step(step: Step, made: Steps, printer: Latex) -> list[str]:
    """The right-hand side of one step, in pieces where it is too long for one line."""
    incoming = [printer.symbol(made.incoming)] if made.incoming else []
    match step.kind:
        case "definition":
            return [printer.ratio("L", made.of, made.only)]
        case "product" | "function" as kind:
            term = _product if kind == "product" else _function
            pieces = [term(t, printer) for t in made.terms] + incoming
            return pieces if len(pieces) > 2 else [" + ".join(pieces)]
    return [printer.show(made.slope if step.kind == "slope" else made.result)]


def _product(term: Term, printer: Latex) -> str:
    if term.adjoint is None:
        return printer.ratio(term.user, term.of, only=term.user)
    return printer.times.join((printer.ratio("L", term.user), printer.ratio(term.user, term.of)))


def _function(term: Term, printer: Latex) -> str:
    body = printer.operator(term.of, term.function)
    return body if term.adjoint is None else printer.symbol(term.adjoint) + printer.space + body


def _factors(e: Expr) -> tuple[bool, list[Expr], list[Expr]]:
    """Whether the product is negative, what it multiplies and what it divides by.

    The factors stand in the author's order.
    """
    if isinstance(e, Mul):
        parts = [_factors(f) for f in e.args]
        negative = sum(sign for sign, _, _ in parts) % 2 == 1
        return (
            negative,
            [f for _, above, _ in parts for f in above],
            [f for _, _, below in parts for f in below],
        )
    if isinstance(e, Rational):
        top, bottom = Integer(abs(e.p)), Integer(e.q)
        return bool(e < 0), [top] * (top != 1), [bottom] * (bottom != 1)
    if isinstance(e, Pow) and e.exp.is_negative:
        return False, [], [e.base if e.exp == -1 else Pow(e.base, -e.exp)]
    return False, [e], []
