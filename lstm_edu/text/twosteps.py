"""The gradients of h and c at a step that is not the last, derived from the equations of two steps.

Step t and step t+1 are one program: a name ends in _1 at step t and in _2 at step t+1. The old
memory of step t+1 is c_1, so the program itself says that step t+1 reads it. What comes after
step t+1 is in the gradients of step t+1. With `homework` there are no biases and no z, and the loss
of step t stays as it is, whatever its formula.
"""

import re
from dataclasses import dataclass
from functools import cache

from sympy import Add, Expr, Mul, Symbol

from lstm_edu.text.derive import partials
from lstm_edu.text.equations import BACKWARD, FORWARD, Program, inlined, lookup, parse
from lstm_edu.text.notation import GATES, NAMES, Glyph, Name
from lstm_edu.text.proof import ProofError
from lstm_edu.text.show import Latex
from lstm_edu.text.unroll import at

ANY_LOSS = "h_bar_loss_1"  # ∂L(t)/∂h(t), where the loss has no formula
BROKEN = " \\\\[0.5em]\n&\\qquad + "
WHEN = {"0": "t-1", "1": "t", "2": "t+1"}


@dataclass(frozen=True)
class User:
    """One line that reads a quantity.

    It has its name, the line, its derivative, and the name of its own gradient.
    """

    name: str
    function: Expr
    slope: Expr
    adjoint: str


@dataclass(frozen=True)
class Derived:
    """The gradient `name` of `of`: everything that reads `of`, and the terms of the result.

    The terms are as BACKWARD writes them.
    """

    name: str
    of: str
    users: tuple[User, ...]
    result: tuple[Expr, ...]


@cache
def derived(name: str, homework: bool = False) -> Derived:
    """The gradient `h_bar` or `c_bar` at a step t < T.

    The result is BACKWARD's, proved from the two steps.
    Raises ValueError with the nearest name for another, ProofError
    where BACKWARD says something else.
    """
    result = lookup({"h_bar": _h_bar, "c_bar": _c_bar}, name)(homework)
    program, of = forward(homework), f"{name[0]}_1"
    slopes = {u: row[of] for u, row in partials(program).items() if of in row}
    users = [
        User(u, program[u].printed, slope, f"{u[:-2]}_bar_{u[-1]}") for u, slope in slopes.items()
    ]
    terms = [u.slope if u.name == "L_1" else Mul(Symbol(u.adjoint), u.slope) for u in users]
    loss = [Symbol(ANY_LOSS)] if name == "h_bar" and homework else []
    if difference := (Add(*result) - Add(*loss, *terms)).expand():
        raise ProofError(
            f"{name} over two steps: what is written less what is derived is {difference}"
        )
    return Derived(f"{name}_1", of, tuple(users), tuple(result))


@cache
def forward(homework: bool = False) -> Program:
    """The equations of step t and step t+1 as one program.

    `homework` leaves out biases, z and the losses.
    """
    text = (
        inlined(FORWARD, [f"z_{k}" for k in GATES], zero=[f"b_{k}" for k in GATES])
        if homework
        else FORWARD
    )
    lines = [
        f"{line.name} = {line.text}"
        for line in parse(text).values()
        if not (homework and line.name == "L")
    ]
    return parse("\n".join(_numbered(line, t) for t in (1, 2) for line in lines), names())


@cache
def names() -> dict[str, Name]:
    """Every name of both steps with the book's own glyph, and its time.

    What all steps share has no time.
    """
    slope = Glyph(r"\frac{\partial L^{(t)}}{\partial h^{(t)}}")
    table = {ANY_LOSS: Name((slope,), "what the loss of step t says", lane="h"), "L": NAMES["L"]}
    for name, known in NAMES.items():
        for place in {at(name, t) for t in (1, 2)} - {*table}:
            glyph = known.glyphs[0]
            if place != name:
                glyph = glyph._replace(time=WHEN[place[-1]])
            table[place] = known._replace(glyphs=(glyph,), given=False)
    return table


def derivation(made: Derived) -> str:
    """The derivation in LaTeX, one term a line.

    It has the definition, the chain rule, the local functions under ∂, and the result.
    """
    printer = Latex(names())
    rows = [
        [printer.ratio("L", made.of)],
        _products(made, printer),
        _functions(made, printer),
        _result(made, printer),
    ]
    return _aligned(printer.symbol(made.name), [BROKEN.join(row) for row in rows])


def equation(made: Derived) -> str:
    """The result alone in LaTeX: two terms on one line, more of them one below the other."""
    printer, terms = Latex(names()), _result(made, Latex(names()))
    return _aligned(printer.symbol(made.name), [(BROKEN if len(terms) > 2 else " + ").join(terms)])


def _products(made: Derived, printer: Latex) -> list[str]:
    """Each user's gradient times how the user depends on what is asked for.

    A loss needs no gradient of its own.
    """
    ratios = {u: printer.ratio(u.name, made.of) for u in made.users}
    terms = [
        r if u.name == "L_1" else printer.times.join((printer.ratio("L", u.name), r))
        for u, r in ratios.items()
    ]
    return _loss(made, printer) + terms


def _functions(made: Derived, printer: Latex) -> list[str]:
    """The same with the users' gradients by their symbols and their lines under ∂."""
    terms = []
    for u in made.users:
        local = printer.operator(made.of, u.function)
        terms.append(
            local if u.name == "L_1" else printer.symbol(u.adjoint) + printer.space + local
        )
    return _loss(made, printer) + terms


def _result(made: Derived, printer: Latex) -> list[str]:
    return [printer.show(term) for term in made.result]


def _loss(made: Derived, printer: Latex) -> list[str]:
    """What the loss says, as one symbol, where it has no formula."""
    return [printer.symbol(ANY_LOSS)] if Symbol(ANY_LOSS) in made.result else []


def _aligned(symbol: str, lines: list[str]) -> str:
    return (
        "\\begin{aligned}\n"
        + symbol
        + " "
        + " \\\\[0.5em]\n".join(f"&= {line}" for line in lines)
        + "\n\\end{aligned}"
    )


def _h_bar(homework: bool) -> list[Expr]:
    """What the loss of step t says, and what the four gates of step t+1 send back."""
    inner = [f"z_{k}_bar" for k in GATES] if homework else []
    back = _line("h_bar_prev", 2, inlined(BACKWARD, inner))
    loss = Symbol(ANY_LOSS) if homework else _line("h_bar_loss", 1, BACKWARD)
    return [loss, *_terms(back)]


def _c_bar(homework: bool) -> list[Expr]:
    """What comes through the output of step t, and what the memory of step t+1 sends back."""
    through = inlined(BACKWARD, zero=["c_bar_next"])
    return [_line("c_bar", 1, through), _line("c_bar_prev", 2, BACKWARD)]


def _line(name: str, t: int, backward: str) -> Expr:
    """The right side of one line of BACKWARD at step t of the two, as it is written."""
    line = parse(backward)[name]
    return parse(_numbered(f"L = {line.text}", t).replace(f"L_{t} =", "L ="), names())["L"].printed


def _terms(e: Expr) -> list[Expr]:
    """The terms of a sum in the order in which they are written."""
    return [term for part in e.args for term in _terms(part)] if isinstance(e, Add) else [e]


def _numbered(line: str, t: int) -> str:
    """One equation with the number of its step at every name that has one."""
    return re.sub(
        r"[A-Za-z]\w*", lambda word: at(word[0], t) if word[0] in NAMES else word[0], line
    )
