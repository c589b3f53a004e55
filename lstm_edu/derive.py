"""Differentiates FORWARD, proves BACKWARD line by line, and tells each gradient's chain rule in the homework's four steps.

u is a user of v when v stands in u's line; the bar of v is the sum over its users of (bar of u) × ∂u/∂v, plus what comes
in from the next step. σ′ and tanh′ are written with the line's own name: ∂i/∂z_i = i (1 − i).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache

from sympy import Add, Expr, Function, Integer, Mul, Symbol, diff, expand, tanh

from lstm_edu.equations import BACKWARD, FORWARD, Line, Program, inputs, parse, sigma
from lstm_edu.notation import NAMES, unknown

SEEDS = {"h": "h_bar_next", "c": "c_bar_next"}  # what reaches h and c from outside the step
SLOPE = Function("sigma_prime")


class ProofError(ValueError):
    """A line of BACKWARD that is not the derivative of FORWARD."""


@dataclass(frozen=True)
class Term:
    """One way from v to the loss: (bar of the user u) × ∂u/∂v; `adjoint` is None where u is the loss, whose bar is 1."""

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
        """The term written out, with the adjoint first."""
        if self.adjoint is None:
            return self.partial
        return _as_is(Mul, Symbol(self.adjoint), *_factors(self.partial))


def bar(name: str) -> str:
    """The name of ∂L/∂name: `c_bar` of `c`, `h_bar_prev` of `h_prev`."""
    return f"{name.removesuffix('_prev')}_bar_prev" if name.endswith("_prev") else f"{name}_bar"


def terms(program: Program, of: str) -> list[Term]:
    """The ways from `of` to the loss, the program's last line, one for each line that uses it, in the program's order."""
    loss = list(program)[-1]
    return [
        Term(line.name, of, None if line.name == loss else bar(line.name), line.printed, _partial(line, of))
        for line in program.values()
        if of in line.uses
    ]


def sweep(program: Program, seeds: Mapping[str, str] = SEEDS) -> dict[str, Expr]:
    """Reverse sweep: every bar, from the loss back to the inputs, in terms of the bars of its users.

    `seeds` names what reaches a line from outside, such as `h_bar_next` for h.
    """
    order = [*inputs(program), *program][-2::-1]
    return {bar(v): Add(*(t.product for t in terms(program, v)), *_seed(program, v, seeds)) for v in order}


@dataclass(frozen=True)
class Step:
    """One line of a derivation: which kind it is and which edges (u, v) it speaks of."""

    kind: str
    edges: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Steps:
    """The derivation of one gradient, as data: what it is a gradient of, its terms, what comes in, and the result."""

    name: str
    of: str
    terms: tuple[Term, ...]
    incoming: str | None  # the name of what step t+1 sends back
    only: str  # "L" or "t" where the name is one share of a gradient, the loss's or this step's, else ""
    slope: Expr | None  # the result with σ′ not yet carried out, where the argument of σ is written out
    result: Expr
    lines: tuple[Step, ...]


def steps(
    name: str,
    program: str = FORWARD,
    backward: str | None = None,
    seeds: Mapping[str, str] = SEEDS,
    names: Collection[str] = NAMES,
) -> Steps:
    """The derivation of the gradient `name`: definition, product of partials, local function under ∂, result.

    The result is the author's own line where `backward` has it (BACKWARD for FORWARD), else it is worked out.
    Raises ValueError with the nearest name for an unknown gradient.
    """
    forward = parse(program, names)
    written = parse(BACKWARD if backward is None and program == FORWARD else backward or "", names)
    of = _variable(name, forward, written)
    only = "L" if name.endswith("_loss") else "t" if of.endswith("_prev") else ""
    ways = tuple(t for t in terms(forward, of) if only != "L" or t.adjoint is None)
    incoming = _seed(forward, of, {} if only == "L" else seeds)
    slope = _slope(ways[0]) if len(ways) == 1 and _is_written_out(ways[0].function) else None
    result = written[name].printed if name in written else _as_is(Add, *(t.product for t in ways), *incoming)
    kinds = ["product"] * any(t.adjoint for t in ways) + ["function"] + ["slope"] * (slope is not None) + ["result"]
    edges = tuple(t.edge for t in ways)
    lines = (Step("definition", _downstream(forward, of)), *(Step(kind, edges) for kind in kinds))
    return Steps(name, of, ways, incoming[0].name if incoming else None, only, slope, result, lines)


def _variable(name: str, forward: Program, written: Program) -> str:
    """What `name` is a gradient of."""
    known = {bar(v): v for v in [*inputs(forward), *forward][:-1]}
    known |= {n: n.removesuffix("_bar_loss") for n in written if n.endswith("_bar_loss")}
    if name not in known:
        raise ValueError(unknown("gradient", name, known))
    return known[name]


def prove(forward: str = FORWARD, backward: str = BACKWARD, names: Collection[str] = NAMES) -> None:
    """Prove every line of `backward` from `forward`: one by one, then all of them together.

    Raises ProofError naming the first line that is wrong, with what is written, what is derived and their difference.
    """
    _prove(forward, backward, tuple(names))


@lru_cache
def _prove(forward: str, backward: str, names: tuple[str, ...]) -> None:
    program, written = parse(forward, names), parse(backward, names)
    derived = sweep(program)
    inside = _values(program)
    for name, line in written.items():
        if name.endswith("_bar_loss"):
            derived[name] = Add(*(t.product for t in terms(program, name.removesuffix("_bar_loss")) if not t.adjoint))
        if name not in derived:
            raise ProofError(f"{name} = {line.text} is the gradient of no name in the forward equations")
        share = f"{name}_loss"
        right = derived[name] if share not in written else derived[name] - derived[share] + Symbol(share)
        if expand((line.expr - right).xreplace(inside)) != 0:
            raise ProofError(_sentence(line, right))
    for v in list(program)[:-1]:
        if bar(v) not in written:
            raise ProofError(f"{bar(v)} is missing: {v} is computed forwards, so it needs a line backwards")
    _prove_together(program, written)


def _prove_together(program: Program, written: Program) -> None:
    """All lines of BACKWARD, composed, against the direct derivative of the loss and what comes in, in the inputs only.

    Every line is given a push of its own; the derivative by the push, at 0, is the bar. No sweep is used.
    """
    pushes = {v: Symbol(f"push_{v}") for v in program}
    rest = {push: Integer(0) for push in pushes.values()}
    pushed = _values(program, pushes)
    value = {s: e.xreplace(rest) for s, e in pushed.items()}
    loss = pushed[Symbol(list(program)[-1])]
    total = loss + Add(*(Symbol(s) * pushed[Symbol(v)] for v, s in SEEDS.items() if v in program))
    by = {bar(v): pushes.get(v, Symbol(v)) for v in [*inputs(program), *program]}
    for name, line in written.items():
        value[Symbol(name)] = line.expr.xreplace(value)
        share = name.endswith("_bar_loss")
        right = diff(loss if share else total, by[name.removesuffix("_loss")]).xreplace(rest)
        if expand(value[Symbol(name)] - right) != 0:
            raise ProofError(_sentence(line, right))


def _sentence(line: Line, right: Expr) -> str:
    difference = expand(line.expr - right)
    return f"{line.name} is wrong: written {line.text}, derived {right}; written − derived = {difference}"


def _values(program: Program, pushes: Mapping[str, Symbol] | None = None) -> dict[Expr, Expr]:
    """The value of every line in the inputs only, each line with its push added."""
    values: dict[Expr, Expr] = {}
    for name, line in program.items():
        values[Symbol(name)] = line.expr.xreplace(values) + (pushes[name] if pushes else 0)
    return values


def _seed(program: Program, v: str, seeds: Mapping[str, str]) -> list[Symbol]:
    return [Symbol(seeds[v])] if v in seeds and v in program else []


def _partial(line: Line, of: str) -> Expr:
    """∂(line)/∂of, with the line's own name put for σ(…) or tanh(…), and the outer derivative first."""
    if not isinstance(line.expr, sigma | tanh):
        return diff(line.expr, Symbol(of))
    outer = line.expr.fdiff().xreplace({line.expr: Symbol(line.name)})
    return _as_is(Mul, *_factors(outer), *_factors(diff(line.expr.args[0], Symbol(of))))


def _is_written_out(function: Expr) -> bool:
    return isinstance(function, sigma) and not function.args[0].is_Symbol


def _slope(term: Term) -> Expr:
    """The term with σ′(…) instead of its value."""
    argument = term.function.args[0]
    adjoint = [Symbol(term.adjoint)] if term.adjoint else []
    return _as_is(Mul, *adjoint, SLOPE(argument), *_factors(diff(argument, Symbol(term.of))))


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
