"""The equations of one unit at one step, forwards and backwards, as text.

The book, the proofs and the widgets all read it.
Both texts are in book order.
FORWARD is given; every line of BACKWARD is proved from it (`derive.prove`).
A bar is ∂L/∂(its name); `h_bar_next` and `c_bar_next` are what
step t+1 sends back, 0 at the last step.
Longer than 300 lines because the texts alone are 60; what reads them stands below them.
"""

import ast
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from sympy import Add, Expr, Function, Integer, Mul, Pow, Symbol, tanh

from lstm_edu.text.notation import NAMES, Name, unknown

FORWARD = """
z_i = w_ix * x + w_ih * h_prev + b_i
z_f = w_fx * x + w_fh * h_prev + b_f
z_o = w_ox * x + w_oh * h_prev + b_o
z_g = w_gx * x + w_gh * h_prev + b_g
i = sigma(z_i)
f = sigma(z_f)
o = sigma(z_o)
g = tanh(z_g)
c = f * c_prev + i * g
h = o * tanh(c)
L = (h - y)**2 / 2
"""

BACKWARD = """
h_bar_loss = h - y
h_bar = h_bar_loss + h_bar_next
o_bar = h_bar * tanh(c)
c_bar = h_bar * o * (1 - tanh(c)**2) + c_bar_next
i_bar = c_bar * g
g_bar = c_bar * i
f_bar = c_bar * c_prev
z_i_bar = i_bar * i * (1 - i)
z_f_bar = f_bar * f * (1 - f)
z_o_bar = o_bar * o * (1 - o)
z_g_bar = g_bar * (1 - g**2)
w_ix_bar = z_i_bar * x
w_ih_bar = z_i_bar * h_prev
b_i_bar = z_i_bar
w_fx_bar = z_f_bar * x
w_fh_bar = z_f_bar * h_prev
b_f_bar = z_f_bar
w_ox_bar = z_o_bar * x
w_oh_bar = z_o_bar * h_prev
b_o_bar = z_o_bar
w_gx_bar = z_g_bar * x
w_gh_bar = z_g_bar * h_prev
b_g_bar = z_g_bar
x_bar = z_i_bar * w_ix + z_f_bar * w_fx + z_o_bar * w_ox + z_g_bar * w_gx
h_bar_prev = z_i_bar * w_ih + z_f_bar * w_fh + z_o_bar * w_oh + z_g_bar * w_gh
c_bar_prev = c_bar * f
"""

# The plain RNN, to compare with; `notation.RNN_NAMES` has its names.
RNN_FORWARD = """
z_h = w_hx * x + w_hh * h_prev + b_h
h = tanh(z_h)
L = (h - y)**2 / 2
"""

RNN_BACKWARD = """
h_bar_loss = h - y
h_bar = h_bar_loss + h_bar_next
z_h_bar = h_bar * (1 - h**2)
w_hx_bar = z_h_bar * x
w_hh_bar = z_h_bar * h_prev
b_h_bar = z_h_bar
x_bar = z_h_bar * w_hx
h_bar_prev = z_h_bar * w_hh
"""


class sigma(Function):  # noqa: N801  # spelled as in the equations
    """σ, of which the proofs need one fact only: σ′ = σ (1 − σ)."""

    nargs = 1

    def fdiff(self, argindex: int = 1) -> Expr:
        """The derivative of σ, in terms of σ itself."""
        return self * (1 - self)

    # SymPy asks for LaTeX by this method.
    def _latex(self, printer, exp: str = "") -> str:  # type: ignore[no-untyped-def]
        return rf"\sigma{f'^{{{exp}}}' if exp else ''}\left({printer._print(self.args[0])}\right)"


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
    but sigma and tanh, any operator but + - * / **, an assignment to a given quantity or to a name
    twice, a use before the definition.
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
CALLS = {"sigma": sigma, "tanh": tanh}


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
                f"{ast.unparse(node)} is not understood; the calls are sigma(z) and tanh(z)"
            )
    raise ValueError(f"{ast.unparse(node)} is not understood; write + - * / and ** for a power")
