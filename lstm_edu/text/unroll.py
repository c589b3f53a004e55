"""The steps written out, T = 1, 2, 3 …, as one program.

It shows what a gradient through time is made of, path by path.

A name gets the number of its step: c_2 = f_2 c_1 + i_2 g_2. Given are x_1 … x_T, y_1 … y_T, h_0,
c_0 and the weights, which have no number since every step uses the same. The loss L is the sum of
the steps' own losses, or of some of them.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from sympy import QQ, Expr, Function, Integer, Mul, Symbol, diff, tanh
from sympy.polys.rings import PolyElement, PolyRing

from lstm_edu.text.derive import composed, gradients, partials
from lstm_edu.text.equations import BACKWARD, FORWARD, Program, inputs, lookup, parse
from lstm_edu.text.proof import ProofError


@dataclass(frozen=True)
class Path:
    """One path from a name to another, and the term that it makes.

    The term is the product of one partial derivative for each of the path's edges.
    """

    names: tuple[str, ...]
    partials: tuple[Expr, ...]

    @property
    def term(self) -> Expr:
        """The product, in terms of the values along the path."""
        return Mul(*self.partials)


def at(name: str, t: int) -> str:
    """The name that a step's quantity has in the unrolled program.

    At step 2 it is `c_2` for `c` and `c_1` for `c_prev`.
    """
    shared = name in inputs(parse(FORWARD)) and name not in ("x", "y", "h_prev", "c_prev")
    return name if shared else f"{name.removesuffix('_prev')}_{t - name.endswith('_prev')}"


def unrolled(T: int, losses: Collection[int] | None = None) -> Program:
    """FORWARD for the steps 1 … T as one program; its last line is the loss L.

    L is the sum of L_t over the steps t in `losses`.
    All steps have a loss where `losses` is left out.
    Raises ValueError for none, or for a step that is not 1 … T.
    """
    chosen = tuple(sorted(set(range(1, T + 1) if losses is None else losses)))
    if not chosen or not set(chosen) <= set(range(1, T + 1)):
        raise ValueError(
            f"losses are {list(chosen)}; name at least one step, each from 1 to T = {T}"
        )
    return dict(_unrolled(T, chosen))


def direct(T: int, of: str, losses: Collection[int] | None = None) -> Expr:
    """∂L/∂of, by differentiating the loss as one formula of the inputs.

    It uses no chain rule of ours and no recurrence.
    `of` is an input of the unrolled program, as `w_ix` or `c_0`.
    The formula swells many times over with every step.
    Raises ValueError with the nearest name for another.
    """
    program = unrolled(T, losses)
    lookup(dict.fromkeys(inputs(program)), of, "input")
    return diff(composed(program)[Symbol("L")], Symbol(of))


def carried(T: int, losses: Collection[int] | None = None) -> dict[str, Expr]:
    """∂L/∂name for every name, by BACKWARD from step T down to step 1.

    Each step sends back what the one before receives.
    The weights' are summed over the steps. In terms of the values of the unrolled program.
    """
    program, backward = unrolled(T, losses), parse(BACKWARD)
    of = gradients(parse(FORWARD), backward)
    bars: dict[str, Expr] = {}
    h_bar_next = c_bar_next = Integer(0)  # nothing comes from after the last step
    for t in reversed(range(1, T + 1)):
        known: dict[Expr, Expr] = {
            Symbol("h_bar_next"): h_bar_next,
            Symbol("c_bar_next"): c_bar_next,
        }
        known |= {Symbol(v): Symbol(at(v, t)) for v in [*inputs(parse(FORWARD)), *parse(FORWARD)]}
        for name, line in backward.items():
            silent = name == "h_bar_loss" and f"L_{t}" not in program
            known[Symbol(name)] = Integer(0) if silent else line.expr.xreplace(known)
            place = at(of[name], t)
            every_step = place == of[name]  # a weight: each step adds its share
            bars[place] = known[Symbol(name)] + (bars.get(place, Integer(0)) if every_step else 0)
        h_bar_next, c_bar_next = known[Symbol("h_bar_prev")], known[Symbol("c_bar_prev")]
    return bars


def paths(T: int, of: str, to: str = "L", losses: Collection[int] | None = None) -> list[Path]:
    """Every path from one name to another: ∂to/∂of is the sum of their terms.

    From h_0 to h_2 there are 19.
    Raises ValueError with the nearest name for one that the unrolled program does not have.
    """
    program = unrolled(T, losses)
    for name in (of, to):
        lookup(dict.fromkeys([*inputs(program), *program]), name, "name")
    edges = partials(program)

    def onwards(v: str) -> list[Path]:
        if v == to:
            return [Path((v,), ())]
        users = [u for u in edges if v in edges[u]]
        return [Path((v, *p.names), (edges[u][v], *p.partials)) for u in users for p in onwards(u)]

    return onwards(of)


def alone(T: int, path: Path, losses: Collection[int] | None = None) -> Expr:
    """The path's term once more, differentiated directly while all that is off the path is held."""
    program = unrolled(T, losses)
    first, *rest = path.names
    # only where the path starts: a weight's other uses are held too
    moved = value = Symbol(f"{first}_moved")
    known: dict[Expr, Expr] = {}
    for v, u in zip(path.names, rest, strict=False):
        value = program[u].expr.xreplace({Symbol(v): value})
        known[Symbol(u)] = value
    return _in_values(diff(value, moved), known).xreplace({moved: Symbol(first)})


def prove(T: int, losses: Collection[int] | None = None) -> int:
    """Prove that BACKWARD carried through T steps is the direct derivative, term by term.

    The proof goes input by input.

    1. What is carried equals the direct derivative of the unrolled loss.
    2. So does the sum of the paths' terms.
    3. Each path's term is the direct derivative with everything off the path held.

    Returns the number of paths.
    Raises ProofError with the input, and the path where it is one.
    """
    program = unrolled(T, losses)
    values, bars, count = composed(program), carried(T, losses), 0
    for of in inputs(program):
        if of.startswith("y"):
            continue
        truth = _polynomial(program, program, _in_values(direct(T, of, losses), values))
        if difference := _polynomial(program, program, bars[of]) - truth:
            raise ProofError(
                f"{of}: carried through {T} steps, less the direct derivative, leaves {difference}"
            )
        rest = truth
        for path in paths(T, of, losses=losses):
            count, rest = count + 1, rest - _polynomial(program, program, path.term)
            lines = {name: program[name] for name in path.names[1:]}
            if difference := _polynomial(program, lines, alone(T, path, losses) - path.term):
                raise ProofError(
                    f"the path {' → '.join(path.names)}: its term is off by {difference}"
                )
        if rest:
            raise ProofError(f"{of}: no path makes this part of the direct derivative: {rest}")
    return count


@lru_cache
def _unrolled(T: int, losses: tuple[int, ...]) -> Program:
    lines, names = [], set()
    for t in range(1, T + 1):
        for name, line in parse(FORWARD).items():
            if name != "L" or t in losses:
                words = re.split(r"(\w+)", f"{name} = {line.text}")
                lines.append(
                    "".join(at(word, t) if word in (name, *line.uses) else word for word in words)
                )
                names |= {at(v, t) for v in (name, *line.uses)}
    lines.append("L = " + " + ".join(f"L_{t}" for t in losses))
    return parse("\n".join(lines), [*names, "L"])


def _in_values(e: Expr, values: dict[Expr, Expr]) -> Expr:
    """The formula with a value's name in place of every σ(…), tanh(…) or argument of a tanh."""
    named: dict[Expr, Expr] = {}
    for name, value in values.items():
        named |= {value: name} if isinstance(value, Function) else {tanh(value): tanh(name)}
    return e.xreplace(named)


def _polynomial(everything: Program, written_out: Program, e: Expr) -> PolyElement:
    """The formula with some lines written out, as a polynomial in σ(…), tanh(…) and the rest.

    As polynomials, formulas that are equal have the same terms.
    """
    letters = {tanh(Symbol(name)): Symbol(f"tanh_{name}") for name in everything}
    e = e.xreplace(letters)
    for name, line in reversed(list(written_out.items())):
        if not isinstance(line.expr, Function):
            e = e.xreplace({Symbol(name): line.expr.xreplace(letters)})
    names = [
        Symbol(name)
        for name in [*inputs(everything), *everything]
        if not name.startswith(("z", "L"))
    ]
    return PolyRing([*names, *letters.values()], QQ).from_expr(e)
