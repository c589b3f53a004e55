"""Differentiates FORWARD and derives each gradient step by step.

The steps are those of the homework, chain rule included.
u is a user of v when v stands in u's line. The bar of v is the sum over its users
of (bar of u) × ∂u/∂v, plus what comes in from the next step. σ′ and tanh′ are written with the
line's own name: ∂i/∂z_i = i (1 − i).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sympy import Add, Expr, Function, Mul, Symbol, diff, tanh

from lstm_edu.text.equations import BACKWARD, FORWARD, Line, Program, inputs, lookup, parse
from lstm_edu.text.functions import exp, sigma

LOSS = "L"
SLOPE = Function("sigma_prime")  # σ′ where it is named and not carried out


@dataclass(frozen=True)
class Term:
    """One path from v to the loss: (gradient of the user u) × ∂u/∂v.

    `adjoint` is None where u is the loss, whose gradient is 1.
    """

    user: str
    of: str
    adjoint: str | None
    function: Expr  # the user's line, as written
    partial: Expr

    @property
    def edge(self) -> tuple[str, str]:
        """(u, v): the user and what it uses."""
        return self.user, self.of

    @property
    def product(self) -> Expr:
        """The term multiplied out, the bar first."""
        return (
            self.partial
            if self.adjoint is None
            else _as_is(Mul, Symbol(self.adjoint), *_factors(self.partial))
        )


@dataclass(frozen=True)
class Step:
    """One line of a derivation: its kind and its edges (u, v).

    The kind is definition, product, function, slope or result.
    """

    kind: str
    edges: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Steps:
    """The derivation of one gradient, as data."""

    name: str
    of: str  # what it is a gradient of
    # "L" or "t" where the name is one share of that gradient, the loss's or step t's, else ""
    only: str
    terms: tuple[Term, ...]
    incoming: str | None  # the name of what step t+1 sends back
    slope: Expr | None  # the result with σ′(…) not carried out, where its argument is written out
    result: Expr
    lines: tuple[Step, ...]


def bar(name: str) -> str:
    """The name of ∂L/∂name: `c_bar` of `c`, `h_bar_prev` of `h_prev`."""
    return f"{name.removesuffix('_prev')}_bar{'_prev' * name.endswith('_prev')}"


def states(program: Program) -> list[str]:
    """What a program carries from step to step: every v that it makes and uses as `v_prev`."""
    used = {name for line in program.values() for name in line.uses}
    return [v for v in program if f"{v}_prev" in used]


def seeds_of(program: Program) -> dict[str, str]:
    """What reaches each state from step t+1: `h_bar_next` for h."""
    return {v: f"{bar(v)}_next" for v in states(program)}


def partials(program: Program) -> dict[str, dict[str, Expr]]:
    """∂(line)/∂(name) for every line and every name in it."""
    return {line.name: {v: _partial(line, v) for v in line.uses} for line in program.values()}


def terms(program: Program, of: str) -> tuple[Term, ...]:
    """The paths from `of` to the loss: one for each line that uses it, in order."""
    users = [line for line in program.values() if of in line.uses]
    return tuple(
        Term(u.name, of, None if u.name == LOSS else bar(u.name), u.printed, _partial(u, of))
        for u in users
    )


def leading_to(program: Program, *ends: str) -> set[str]:
    """All names from which one of `ends` comes, `ends` among them."""
    found = set(ends)
    for line in reversed([*program.values()]):
        found |= set(line.uses) if line.name in found else set()
    return found


def carried(program: Program) -> set[str]:
    """The names from which a state comes, the states among them."""
    return leading_to(program, *states(program))


def shares(program: Program, of: str) -> tuple[Term, ...]:
    """The paths from `of` to this step's loss that leave the cell: through users no state needs."""
    inside = carried(program)
    return tuple(term for term in terms(program, of) if term.user not in inside)


def sweep(program: Program, seeds: Mapping[str, str] | None = None) -> dict[str, Expr]:
    """Reverse sweep: every gradient, from the loss back to the inputs.

    A gradient is written in terms of the gradients of its users.
    `seeds` names what reaches a line from outside; without it, every state gets its own.
    """
    seeds = seeds_of(program) if seeds is None else seeds
    order = [v for v in reversed([*inputs(program), *program]) if v != LOSS]
    return {
        bar(v): Add(*(t.product for t in terms(program, v)), *_seed(program, v, seeds))
        for v in order
    }


def composed(program: Program, pushes: Mapping[str, Symbol] | None = None) -> dict[Expr, Expr]:
    """The value of every line, by its symbol, in the inputs only.

    Where there are pushes, each line has its push added.
    """
    values: dict[Expr, Expr] = {}
    for name, line in program.items():
        values[Symbol(name)] = line.expr.xreplace(values) + (pushes[name] if pushes else 0)
    return values


def steps(
    name: str, program: str = FORWARD, backward: str | None = None,
    seeds: Mapping[str, str] | None = None, names: Collection[str] | None = None,
) -> Steps:  # fmt: skip
    """The derivation of the gradient `name`, from its definition to its result.

    Its steps are the definition, the product of partials, the local function under ∂, the result.

    The result is the author's line where `backward` has one (for
    FORWARD that is BACKWARD), else it is worked out.
    Raises ValueError with the nearest name for an unknown gradient.
    """
    forward = parse(program, names)
    written = parse(BACKWARD if backward is None and program == FORWARD else backward or "", names)
    of = lookup(gradients(forward, written), name)
    only = "L" if name.endswith("_loss") else "t" if of.endswith("_prev") else ""
    ways = shares(forward, of) if only == "L" else terms(forward, of)
    seeds = seeds_of(forward) if seeds is None else seeds
    incoming = _seed(forward, of, {} if only == "L" else seeds)
    slope = _slope(ways[0]) if len(ways) == 1 else None
    result = (
        written[name].printed
        if name in written
        else _as_is(Add, *(t.product for t in ways), *incoming)
    )
    kinds = (
        ["product"] * bool(incoming or any(t.adjoint for t in ways))
        + ["function"]
        + ["slope"] * bool(slope)
    )
    lines = [Step(kind, tuple(t.edge for t in ways)) for kind in (*kinds, "result")]
    lines.insert(0, Step("definition", _downstream(forward, of)))
    return Steps(
        name, of, only, ways, incoming[0].name if incoming else None, slope, result, tuple(lines)
    )


def gradients(program: Program, written: Program) -> dict[str, str]:
    """What each gradient is a gradient of.

    `h` for `h_bar` and for `h_bar_loss` too; `h_prev` for `h_bar_prev`.
    """
    known = {bar(v): v for v in [*inputs(program), *program] if v != LOSS}
    return known | {
        name: name.removesuffix("_bar_loss") for name in written if name.endswith("_bar_loss")
    }


def _seed(program: Program, v: str, seeds: Mapping[str, str]) -> list[Symbol]:
    return [Symbol(seeds[v])] if v in seeds and v in program else []


def _partial(line: Line, of: str) -> Expr:
    """∂(line)/∂of, in which the line's own name stands for its value.

    Of a lone σ(…), tanh(…) or exp(…) the outer derivative comes first.
    """
    if not isinstance(line.expr, sigma | tanh | exp):
        return diff(line.expr, Symbol(of))
    outer = line.expr.fdiff().xreplace({line.expr: Symbol(line.name)})
    return _as_is(Mul, *_factors(outer), *_factors(diff(line.expr.args[0], Symbol(of))))


def _slope(term: Term) -> Expr | None:
    """The term with σ′(…) in place of its value, where it is σ of a formula that is written out."""
    if not isinstance(term.function, sigma) or term.function.args[0].is_Symbol:
        return None
    slope = SLOPE(term.function.args[0])
    adjoint = [Symbol(term.adjoint)] if term.adjoint else []
    return _as_is(Mul, *adjoint, slope, *_factors(diff(slope.args[0], Symbol(term.of))))


def _factors(e: Expr) -> tuple[Expr, ...]:
    """The factors of a product, none for 1."""
    return e.args if isinstance(e, Mul) else () if e == 1 else (e,)


def _as_is(kind: type[Add] | type[Mul], *parts: Expr) -> Expr:
    """The sum or product of the parts, in the order given."""
    return parts[0] if len(parts) == 1 else kind(*parts, evaluate=False)


def _downstream(program: Program, of: str) -> tuple[tuple[str, str], ...]:
    """Every edge on a path from `of` to the loss."""
    reached, edges = {of}, []
    for line in program.values():
        found = [(line.name, v) for v in line.uses if v in reached]
        edges += found
        reached |= {line.name} if found else set()
    return tuple(edges)
