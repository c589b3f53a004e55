"""Proves BACKWARD from FORWARD, line by line and as a whole."""

from collections.abc import Collection, Mapping
from functools import lru_cache

from sympy import (
    Add,
    Dummy,
    Expr,
    Function,
    Integer,
    Symbol,
    count_ops,
    diff,
    expand,
    fraction,
    together,
)  # fmt: skip

from lstm_edu.text.derive import (
    LOSS,
    bar,
    composed,
    gradients,
    leading_to,
    seeds_of,
    shares,
    states,
    sweep,
)
from lstm_edu.text.equations import BACKWARD, FORWARD, Line, Program, parse
from lstm_edu.text.table import is_target


class ProofError(ValueError):
    """A line of BACKWARD that is not what FORWARD says."""


def prove(
    forward: str = FORWARD, backward: str = BACKWARD, names: Collection[str] | None = None
) -> None:
    """Prove every line of `backward` from `forward`: one by one, then all of them together.

    A line is proved in the bars of the lines above it, so the one
    that is wrong is named and not a later one.
    Raises ProofError with the line, what is written, what is derived and their difference.
    """
    _prove(forward, backward, None if names is None else tuple(names))


@lru_cache
def _prove(forward: str, backward: str, names: tuple[str, ...] | None) -> None:
    program, written = parse(forward, names), parse(backward, names)
    known, derived = composed(program), sweep(program)
    for share, v in gradients(program, written).items():
        if share.endswith("_loss"):
            derived[share] = Add(*(t.product for t in shares(program, v)))
            derived[bar(v)] += Symbol(share) - derived[share]
    for name, line in written.items():
        if name not in derived:
            raise ProofError(
                f"{name} = {line.text} is the gradient of no name in the forward equations"
            )
        _equal(line, line.expr, derived[name], known)
        known[Symbol(name)] = line.expr.xreplace(known)
    if missing := [bar(v) for v in _answered(program) if bar(v) not in written]:
        raise ProofError(
            f"{missing[0]} is missing: "
            "every value that is computed forwards needs its line backwards"
        )
    _prove_together(program, written, known)


def _prove_together(program: Program, written: Program, known: Mapping[Expr, Expr]) -> None:
    """All lines of BACKWARD, composed, against direct derivatives in the inputs only.

    What is differentiated is the loss and what comes in from outside the step.

    Every line gets a push of its own; the derivative by the push, at 0, is its bar.
    No sweep takes part.
    """
    pushes = {v: Symbol(f"push_{v}") for v in program}
    at_rest = {push: Integer(0) for push in pushes.values()}
    pushed = composed(program, pushes)
    loss = pushed[Symbol(LOSS)]
    total = loss + Add(*(Symbol(s) * pushed[Symbol(v)] for v, s in seeds_of(program).items()))
    of = gradients(program, written)
    for name, line in written.items():
        direct = diff(
            loss if name.endswith("_loss") else total, pushes.get(of[name], Symbol(of[name]))
        )
        _equal(line, known[Symbol(name)], direct.xreplace(at_rest), {})


def _equal(line: Line, left: Expr, right: Expr, known: Mapping[Expr, Expr]) -> None:
    if not same((left - right).xreplace(known), Integer(0)):
        difference = expand(left - right)
        raise ProofError(
            f"{line.name} = {line.text} is wrong: "
            f"derived is {right}; written − derived = {difference}"
        )


def same(left: Expr, right: Expr) -> bool:
    """Whether two formulas are equal as fractions in which every call is a letter of its own.

    What is called equal is equal. Equal formulas that differ by a law of a function, such as
    exp(a) exp(b) = exp(a + b), are not found.
    """
    e = left - right
    for call in sorted(e.atoms(Function), key=lambda one: -count_ops(one)):  # the outermost first
        e = e.xreplace({call: Dummy()})
    return bool(expand(fraction(together(e))[0]) == 0)


def _answered(program: Program) -> list[str]:
    """The values that need their line backwards: all from which the loss or a state comes.

    A target that a line makes, such as y_2 = 1 − y_1, needs none.
    """
    needed = leading_to(program, LOSS, *states(program))
    return [v for v in program if v in needed and v != LOSS and not is_target(v)]
