"""Reads the equations of one unit at one step, forwards and backwards, from their text.

The texts stand in `cells/` and `outputs/`; the book's own are FORWARD and BACKWARD, in book order.
FORWARD is given; every line of BACKWARD is proved from it (`proof.prove`).
A bar is ∂L/∂(its name); `h_bar_next` and `c_bar_next` are what
step t+1 sends back, 0 at the last step.
"""

import ast
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from sympy import Add, Expr, Integer, Mul, Pow, Symbol

from lstm_edu.text.functions import CALLS
from lstm_edu.text.notation import NAMES, Name, unknown
from lstm_edu.text.source import join, load

# The book's own program, and the plain RNN to compare with; both end in half a square.
FORWARD, BACKWARD = join(load("cells", "lstm"), load("outputs", "half_square"))[:2]
RNN_FORWARD, RNN_BACKWARD = join(load("cells", "rnn"), load("outputs", "half_square"))[:2]


@dataclass(frozen=True)
class Line:
    """One equation, `name = text`: evaluated to calculate with, and as written to print."""

    name: str
    text: str
    expr: Expr  # evaluated
    printed: Expr  # as written
    uses: tuple[str, ...]  # the names in it, in order of appearance


Program = Mapping[str, Line]
Found = TypeVar("Found")


def parse(text: str, names: Collection[str] | None = None) -> dict[str, Line]:
    """The lines of a program, by name, in order.

    A name that no line assigns is an input. `names` is the book's table.

    Raises ValueError, with the line's number and text, for a name that is not in `names`, any call
    but those of `functions`, any operator but + - * / **, an assignment to a given quantity or to a
    name twice, a use before the definition.
    """
    names = NAMES if names is None else names
    table = names if isinstance(names, Mapping) else {}
    given = [n for n, one in table.items() if isinstance(one, Name) and one.given]
    return dict(_parse(text, tuple(names), tuple(given)))


def inputs(program: Program) -> list[str]:
    """The names that a program uses and does not assign, in order of appearance."""
    used = (v for line in program.values() for v in line.uses)
    return list(dict.fromkeys(v for v in used if v not in program))


def lookup(known: Mapping[str, Found], name: str, kind: str = "gradient") -> Found:
    """What is known by `name`. Raises ValueError with the nearest name when there is nothing."""
    if name not in known:
        raise ValueError(unknown(kind, name, known))
    return known[name]


def inlined(text: str, names: Collection[str] = (), zero: Collection[str] = ()) -> str:
    """The program with some lines written out where they are used, and some names set to 0.

    `names` are the lines that are written out, `zero` the names that are set to 0.
    `inlined(FORWARD, ["z_i", …], zero=["b_i", …])` is the homework's own form.
    Raises ValueError with the nearest name for one that no line assigns.
    """
    known: dict[str, ast.expr] = {name: ast.Constant(0) for name in zero}
    try:
        body = ast.parse(text).body
    except SyntaxError as error:
        raise ValueError(
            f"line {error.lineno}, {(error.text or '').strip()!r}: this is no equation"
        ) from None
    lines = {
        ast.unparse(node.targets[0]): node.value for node in body if isinstance(node, ast.Assign)
    }
    if other := [node for node in body if not isinstance(node, ast.Assign)]:
        raise ValueError(f"{ast.unparse(other[0])!r} is no equation; write one `name = formula`")
    if strangers := [name for name in names if name not in lines]:
        raise ValueError(unknown("line", strangers[0], lines))
    for name, value in lines.items():
        lines[name] = _Inline(known).visit(value)
        known |= {name: lines[name]} if name in names else {}
    return "\n".join(
        f"{name} = {ast.unparse(value)}" for name, value in lines.items() if name not in names
    )


class _Inline(ast.NodeTransformer):
    """Puts known formulas in place of names, and drops the + 0 and products with 0 left."""

    def __init__(self, known: dict[str, ast.expr]) -> None:
        self.known = known

    def visit_Name(self, node: ast.Name) -> ast.expr:
        return self.known.get(node.id, node)

    def visit_BinOp(self, node: ast.BinOp) -> ast.expr:
        self.generic_visit(node)
        left, right = _is_zero(node.left), _is_zero(node.right)
        match node.op:
            case ast.Mult() if left or right:
                return ast.Constant(0)
            case ast.Add() if left:
                return node.right
            case ast.Add() | ast.Sub() if right:
                return node.left
        return node


def _is_zero(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value == 0


@lru_cache
def _parse(text: str, names: tuple[str, ...], given: tuple[str, ...]) -> dict[str, Line]:
    program: dict[str, Line] = {}
    used: dict[str, int] = {}  # the line that uses a name first
    for number, source in enumerate(text.splitlines(), 1):
        if not source.strip():
            continue
        try:
            line = _line(source.strip(), names)
            used = {v: number for v in line.uses} | used
            if line.name in given:
                raise ValueError(f"{line.name} is given to the step, so no equation assigns it")
            if line.name in program:
                raise ValueError(
                    f"{line.name} is assigned twice; give the second quantity a name of its own"
                )
            if line.name in used:
                raise ValueError(
                    f"{line.name} is used on line {used[line.name]} already; "
                    "move its own equation above"
                )
        except ValueError as error:
            raise ValueError(f"line {number}, {source.strip()!r}: {error}") from None
        program[line.name] = line
    return program


def _line(source: str, names: tuple[str, ...]) -> Line:
    try:
        body = ast.parse(source).body
    except SyntaxError:
        body = []
    match body:
        case [ast.Assign(targets=[ast.Name(id=name)], value=value)]:
            pass
        case _:
            raise ValueError(
                "this is no equation; write one `name = formula`, with * for every product"
            )
    if len(source) > LONGEST or _depth(value) > DEEPEST:
        raise ValueError(
            f"this is too long: {LONGEST} letters at most, "
            f"and sigma or tanh {DEEPEST} deep in each other"
        )
    expr, printed = _build(value, evaluate=True), _build(value, evaluate=False)
    calls = [node.func for node in ast.walk(value) if isinstance(node, ast.Call)]
    found = [node for node in ast.walk(value) if isinstance(node, ast.Name) and node not in calls]
    uses = dict.fromkeys(node.id for node in sorted(found, key=lambda node: node.col_offset))
    if strangers := [n for n in (name, *uses) if n not in names]:
        raise ValueError(unknown("name", strangers[0], names))
    return Line(name, source.split("=", 1)[1].strip(), expr, printed, tuple(uses))


# SymPy takes time that grows exponentially with tanh in tanh, so that
# a reader's own line could hang.
LONGEST, DEEPEST = 2000, 4


def _depth(node: ast.AST) -> int:
    """How deep calls stand in each other."""
    return isinstance(node, ast.Call) + max(map(_depth, ast.iter_child_nodes(node)), default=0)


OPERATORS: dict[type[ast.operator], Callable[..., Expr]] = {
    ast.Add: Add,
    ast.Sub: lambda a, b, **how: Add(a, Mul(-1, b, **how), **how),
    ast.Mult: Mul,
    ast.Div: lambda a, b, **how: Mul(a, Pow(b, -1, **how), **how),
    ast.Pow: Pow,
}


def _build(node: ast.expr, **how: bool) -> Expr:
    """The SymPy tree of a formula; nothing is executed, so it can do no more than it says."""
    match node:
        case ast.Name(id=name):
            return Symbol(name)
        case ast.Constant(value=int() as number) if number is not True and number is not False:
            return Integer(number)
        case ast.Constant(value=number):
            raise ValueError(
                f"{number!r} is no whole number; write 1 / 2 for a half, so that proofs stay exact"
            )
        case ast.UnaryOp(op=ast.USub(), operand=a):
            return Mul(-1, _build(a, **how), **how)
        case ast.BinOp(op=ast.Pow(), right=b) if not (
            isinstance(b, ast.Constant) and b.value in range(1, 100)
        ):
            raise ValueError(
                f"{ast.unparse(node)} is not understood; an exponent is a whole number such as 2"
            )
        case ast.BinOp(op=ast.Div(), right=b) if _build(b, evaluate=True) == 0:
            raise ValueError(f"{ast.unparse(node)} divides by 0")
        case ast.BinOp(left=a, op=op, right=b) if type(op) in OPERATORS:
            return OPERATORS[type(op)](_build(a, **how), _build(b, **how), **how)
        case ast.Call(func=ast.Name(id=name), args=[a], keywords=[]) if name in CALLS:
            return CALLS[name](_build(a, **how), **how)
        case ast.Call():
            raise ValueError(
                f"{ast.unparse(node)} is not understood; "
                f"the functions are {', '.join(CALLS)}, of one argument"
            )
    raise ValueError(f"{ast.unparse(node)} is not understood; write + - * / and ** for a power")
