"""The equations as Python: NumPy for one unit, or for a layer and a batch.

Of a layer, every value is an array of rows, one for each sequence of the batch: x (B, D), h (B, H).
A weight w_kx (H, D) or w_kh (H, H) is a matrix, every other parameter a vector (H,). The scalar
text says all of it: in a product with one matrix, the matrix is applied to the product of the rest.
"""

from collections.abc import Iterable
from textwrap import fill
from typing import ClassVar

from sympy import Add, Expr, Mul, Symbol

from lstm_edu.text.derive import LOSS, bar, carried, gradients, seeds_of, shares, terms
from lstm_edu.text.equations import Line, Program, inputs, parse
from lstm_edu.text.functions import CALLS
from lstm_edu.text.javascript import JavaScript
from lstm_edu.text.show import Names
from lstm_edu.text.table import is_parameter, is_target


class Text(JavaScript):
    """The same formula as the texts write it."""

    calls: ClassVar = {name: name for name in CALLS}


class NumPy(JavaScript):
    """The same formula in NumPy, every name spelled as in the text."""

    calls: ClassVar = {"sigma": "sigma", "tanh": "np.tanh", "exp": "np.exp", "log": "np.log"}

    def line(self, line: Line) -> str:
        """The right-hand side of one equation."""
        return self.show(line.printed)


class Layer(NumPy):
    """The formula for a layer: products with a matrix forwards, with its transpose backwards."""

    def __init__(self, names: Names, of: dict[str, str] | None = None) -> None:
        super().__init__(names)
        self.of = of  # what each gradient is a gradient of; None forwards

    def line(self, line: Line) -> str:
        """The right-hand side of one equation; a parameter's is summed over the batch."""
        of = (self.of or {}).get(line.name, "")
        if not is_parameter(of):
            return self.show(line.printed)
        if not self._matrix(Symbol(of)):
            return f"{self._grouped(line.printed)}.sum(0)"
        terms = line.printed.args if isinstance(line.printed, Add) else [line.printed]
        return " + ".join(self._outer(term) for term in terms)

    def product(self, factors: list[Expr]) -> str:
        """The factors side by side; a matrix is applied to the product of the others."""
        matrices = [one for one in factors if self._matrix(one)]
        if not matrices:
            return super().product(factors)
        rest = [one for one in factors if one is not matrices[0]]
        text = super().product(rest)
        transposed = ".T" * (self.of is None)
        return f"{self.group(text) if len(rest) > 1 else text} @ {matrices[0].name}{transposed}"

    def _matrix(self, e: Expr) -> bool:
        name = getattr(e, "name", "")
        return is_parameter(name) and len(self.names[name].shape) == 2

    def _outer(self, term: Expr) -> str:
        """The outer products of a batch, added up: what arrives, times what was multiplied."""
        first, *rest = term.args if isinstance(term, Mul) else [term]
        return f"{self._grouped(first)}.T @ {self._grouped(Mul(*rest, evaluate=False))}"

    def _grouped(self, e: Expr) -> str:
        return self.show(e) if isinstance(e, Symbol) else self.group(self.show(e))


def backward(program: Program) -> str:
    """BACKWARD of a program, worked out, with the arriving gradient first in every product.

    What the loss says of a value that later steps need too gets a line of its own, `v_bar_loss`.
    """
    inside, seeds, lines = carried(program), seeds_of(program), list[str]()
    made = [name for name in list(program)[::-1] if name != LOSS and not is_target(name)]
    given = [name for name in inputs(program) if not is_target(name)]
    for v in [*made, *given]:
        said = shares(program, v) if v in program and v in inside else ()
        if said:
            lines.append(f"{bar(v)}_loss = {_sum(term.product for term in said)}")
        parts = [Symbol(f"{bar(v)}_loss")] * bool(said)
        parts += [term.product for term in terms(program, v) if term not in said]
        parts += [Symbol(seeds[v])] if v in seeds else []
        lines.append(f"{bar(v)} = {_sum(parts)}")
    return "\n".join(lines)


def _sum(parts: Iterable[Expr]) -> str:
    found = list(parts)
    whole = found[0] if len(found) == 1 else Add(*found, evaluate=False)
    return Text({}).show(whole) if found else "0"


MODULE = '''\
"""Printed from the equations of lstm_edu; change them there."""

import numpy as np


def sigma(z):
    return (1 + np.tanh(z / 2)) / 2


def forward({given}):
{forward}
{values}


def backward({used}):
{backward}
{bars}
'''


def module(forward: str, backward: str, names: Names, layer: bool = False) -> str:
    """A module of NumPy with `forward` and `backward`, which take and return values by name.

    With `layer`, values are rows of a batch and weights are matrices.
    """
    program, written = parse(forward, names), parse(backward, names)
    of = gradients(program, written)
    ahead, back = (Layer(names), Layer(names, of)) if layer else (NumPy(names), NumPy(names))
    return MODULE.format(
        given=_arguments(inputs(program)),
        forward=_body(program, ahead),
        values=_keywords(program),
        used=_arguments(inputs(written)),
        backward=_body(written, back),
        bars=_keywords(written),
    )


def _body(program: Program, printer: NumPy) -> str:
    return "\n".join(f"    {name} = {printer.line(line)}" for name, line in program.items())


def _arguments(names: Iterable[str]) -> str:
    return fill(", ".join(["*", *names, "**others"]), 88, subsequent_indent="    ")


def _keywords(program: Program) -> str:
    made = ", ".join(f"{name}={name}" for name in program)
    return fill(f"return dict({made})", 88, initial_indent="    ", subsequent_indent="        ")
