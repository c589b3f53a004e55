"""The equations of one unit at one step, forwards and backwards, as text; everything else is made from these lines.

Both texts are in book order. FORWARD is given; every line of BACKWARD is proved from it (`derive.prove`).
A bar is ∂L/∂(its name); `h_bar_next` and `c_bar_next` are what step t+1 sends back, 0 at the last step.
"""

import ast
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache

import sympy
from sympy import Add, Expr, Integer, Mul, Pow, Symbol, tanh

from lstm_edu.notation import NAMES, unknown

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


class sigma(sympy.Function):  # noqa: N801  # the name that the equations use
    """σ, of which the proofs need one fact only: σ′ = σ (1 − σ)."""

    nargs = 1

    def fdiff(self, argindex: int = 1) -> Expr:
        """The derivative of σ, in terms of σ itself."""
        return self * (1 - self)


@dataclass(frozen=True)
class Line:
    """One equation: `name = text`, its value to calculate with, and the same as written, to print in the author's order."""

    name: str
    text: str
    expr: Expr  # evaluated by SymPy, which sorts it
    printed: Expr  # not evaluated: the author's order
    uses: tuple[str, ...]  # the names in it, in order of appearance


Program = Mapping[str, Line]


def parse(text: str, names: Collection[str] = NAMES) -> dict[str, Line]:
    """The lines of a program, by name, in order; a name that no line assigns is an input.

    Raises ValueError, with the line's number and text, for a name that is not in `names`, any call but sigma and tanh,
    any operator but + - * / **, an assignment to a given quantity or to a name twice, a use before the definition.
    """
    given = frozenset(n for n in names if isinstance(names, Mapping) and getattr(names[n], "given", False))
    return dict(_parse(text, tuple(names), given))


def inputs(program: Program) -> list[str]:
    """The names that a program uses and does not assign, in order of appearance."""
    return list(dict.fromkeys(u for line in program.values() for u in line.uses if u not in program))


def lookup(program: Program, name: str, kind: str = "gradient") -> Line:
    """The line that assigns `name`. Raises ValueError with the nearest name when there is none."""
    if name not in program:
        raise ValueError(unknown(kind, name, program))
    return program[name]


def inlined(text: str, names: Collection[str] = (), zero: Collection[str] = ()) -> str:
    """The program with the lines of `names` written into the lines that use them, and with the names in `zero` set to 0.

    `inlined(FORWARD, ["z_i", …], zero=["b_i", …])` is the homework's own form, without z and without biases.
    """
    lines = {ast.unparse(node.targets[0]): node.value for node in ast.parse(text).body if isinstance(node, ast.Assign)}
    for name in [*names, *zero]:
        if name not in lines and name not in zero:
            raise ValueError(unknown("line", name, lines))
    known: dict[str, ast.expr] = {name: ast.Constant(0) for name in zero}
    out = {name: _Inline(known, names).take(name, value) for name, value in lines.items()}
    return "\n".join(f"{name} = {ast.unparse(value)}" for name, value in out.items() if name not in names)


class _Inline(ast.NodeTransformer):
    """Puts known values in place of names, and drops the + 0 that this leaves."""

    def __init__(self, known: dict[str, ast.expr], names: Collection[str]) -> None:
        self.known, self.names = known, names

    def take(self, name: str, value: ast.expr) -> ast.expr:
        value = self.visit(value)
        if name in self.names:
            self.known[name] = value
        return value

    def visit_Name(self, node: ast.Name) -> ast.expr:  # noqa: N802  # ast's own spelling
        return self.known.get(node.id, node)

    def visit_BinOp(self, node: ast.BinOp) -> ast.expr:  # noqa: N802
        self.generic_visit(node)
        left, right = (isinstance(side, ast.Constant) and side.value == 0 for side in (node.left, node.right))
        if isinstance(node.op, ast.Mult) and (left or right):
            return ast.Constant(0)
        if isinstance(node.op, ast.Add) and left:
            return node.right
        return node.left if isinstance(node.op, ast.Add | ast.Sub) and right else node


@lru_cache
def _parse(text: str, names: tuple[str, ...], given: frozenset[str]) -> dict[str, Line]:
    program: dict[str, Line] = {}
    first_use: dict[str, int] = {}
    for number, source in enumerate(text.splitlines(), 1):
        if not source.strip():
            continue
        try:
            line = _line(source.strip(), names)
            if line.name in given:
                raise ValueError(f"{line.name} is given to the step, so no equation may assign it")
            if line.name in program:
                raise ValueError(f"{line.name} is assigned twice; give the second quantity its own name")
            if line.name in (*first_use, *line.uses):
                used = first_use.get(line.name, number)
                raise ValueError(f"{line.name} is used on line {used} before it is defined; move its equation up")
        except ValueError as error:
            raise ValueError(f"line {number}: {source.strip()!r}: {error}") from None
        first_use |= {name: number for name in line.uses if name not in first_use}
        program[line.name] = line
    return program


def _line(source: str, names: tuple[str, ...]) -> Line:
    try:
        body = ast.parse(source).body
    except SyntaxError:
        body = []
    if len(body) != 1 or not isinstance(body[0], ast.Assign) or not isinstance(body[0].targets[0], ast.Name):
        raise ValueError("this is no equation; write one `name = formula`, with * for every product")
    if len(body[0].targets) > 1:
        raise ValueError("one line assigns one name")
    name, value = body[0].targets[0].id, body[0].value
    found = sorted((n for n in ast.walk(value) if isinstance(n, ast.Name)), key=lambda n: n.col_offset)
    calls = {n.func for n in ast.walk(value) if isinstance(n, ast.Call)}
    uses = tuple(dict.fromkeys(n.id for n in found if n not in calls))
    if strangers := [n for n in (name, *uses) if n not in names]:
        raise ValueError(unknown("name", strangers[0], names))
    return Line(name, source.split("=", 1)[1].strip(), _build(value, True), _build(value, False), uses)


def _build(node: ast.expr, evaluate: bool) -> Expr:
    """The SymPy tree of a formula; nothing is executed, so a formula can do no more than it says."""
    match node:
        case ast.Name(id=name):
            return Symbol(name)
        case ast.Constant(value=int(number)) if not isinstance(number, bool):
            return Integer(number)
        case ast.Constant(value=number):
            raise ValueError(f"{number!r} is not a whole number; write fractions as 1 / 2, so that proofs stay exact")
        case ast.UnaryOp(op=ast.USub(), operand=a):
            return Mul(-1, _build(a, evaluate), evaluate=evaluate)
        case ast.BinOp(left=a, op=ast.Add() | ast.Sub() | ast.Mult() | ast.Div() | ast.Pow() as op, right=b):
            return _combine(op, _build(a, evaluate), _build(b, evaluate), evaluate)
        case ast.Call(func=ast.Name(id="sigma" | "tanh" as name), args=[a], keywords=[]):
            return {"sigma": sigma, "tanh": tanh}[name](_build(a, evaluate), evaluate=evaluate)
        case ast.Call():
            raise ValueError(f"{ast.unparse(node)} is no call of the book; it has sigma(…) and tanh(…) of one argument")
    hint = (
        "write ** for a power" if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitXor) else "use + - * / **"
    )
    raise ValueError(f"{ast.unparse(node)} is not understood; {hint}")


def _combine(op: ast.operator, a: Expr, b: Expr, evaluate: bool) -> Expr:
    match op:
        case ast.Add():
            return Add(a, b, evaluate=evaluate)
        case ast.Sub():
            return Add(a, Mul(-1, b, evaluate=evaluate), evaluate=evaluate)
        case ast.Mult():
            return Mul(a, b, evaluate=evaluate)
        case ast.Div():
            return Mul(a, Pow(b, -1, evaluate=evaluate), evaluate=evaluate)
    return Pow(a, b, evaluate=evaluate)
