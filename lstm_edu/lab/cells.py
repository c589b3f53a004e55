"""Any cell with any output, as an object: its gradients, its derivations, its programs.

A sequence has T steps. xs and ys give the inputs and targets of each step by name, (T,) each;
values are numbers of one unit, or arrays of one shape for N units that do not talk to each other.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from sympy import Pow

from lstm_edu.lab.evaluate import evaluated
from lstm_edu.text import javascript, python, reading, source, table
from lstm_edu.text.derive import LOSS, bar, carried, states, steps
from lstm_edu.text.equations import Line, Program, inputs, parse
from lstm_edu.text.functions import exp, log
from lstm_edu.text.glyphs import Name
from lstm_edu.text.numbered import Formula
from lstm_edu.text.proof import prove
from lstm_edu.text.python import Text
from lstm_edu.text.show import derivation

Values = Mapping[str, np.ndarray | float]


@dataclass(frozen=True)
class Cell:
    """A cell with its output: `forward` and `backward` are its equations by name."""

    text: source.Source

    def proved(self) -> "Cell":
        """The cell itself, once every line of `backward` is proved. Raises ProofError."""
        prove(self.text.forward, self.text.backward, self.names)
        return self

    @cached_property
    def names(self) -> dict[str, Name]:
        """What each name looks like and is called."""
        return table.of(self.text)

    @cached_property
    def forward(self) -> Program:
        """The forward lines, by name."""
        return parse(self.text.forward, self.names)

    @cached_property
    def backward(self) -> Program:
        """The gradients, by name."""
        return parse(self.text.backward, self.names)

    @property
    def states(self) -> list[str]:
        """What the cell carries from step to step."""
        return states(self.forward)

    @property
    def parameters(self) -> list[str]:
        """What the cell learns."""
        return [name for name in inputs(self.forward) if table.is_parameter(name)]

    def derivation(self, name: str) -> Formula:
        """The derivation of one gradient. Raises ValueError with the nearest name."""
        made = steps(name, self.text.forward, self.text.backward, names=self.names)
        return Formula(derivation(made, self.names))

    def javascript(self) -> str:
        """The module that a figure computes with."""
        return javascript.module(self.text.forward, self.text.backward, self.names)

    def python(self) -> str:
        """The same in NumPy, for one unit."""
        return python.module(self.text.forward, self.text.backward, self.names)

    def run(
        self, p: Values, xs: Values, ys: Values, start: Values | None = None
    ) -> list[dict[str, np.ndarray]]:
        """Every value of every step, from `start` (`h`, `c`, …; zeros where left out).

        Raises ValueError with one sentence where a line has no value, such as log(0).
        """
        T = len(next(iter({**xs, **ys}.values())))  # type: ignore[arg-type]
        before, tape = {v: (start or {}).get(v, 0.0) for v in self.states}, []
        for t in range(T):
            given = {name: a[t] for name, a in {**xs, **ys}.items()}  # type: ignore[index]
            point = {**p, **given, **{f"{v}_prev": before[v] for v in self.states}}
            tape.append(_valued(self.forward, point))
            before = {v: tape[-1][v] for v in self.states}
        return tape

    def gradients(
        self, p: Values, xs: Values, ys: Values,
        start: Values | None = None, losses: Sequence[int] | None = None,
    ) -> dict[str, np.ndarray]:  # fmt: skip
        """Every gradient of the loss at the steps `losses` (all where left out), by name.

        A parameter's is summed over the steps; an input's, `x_bar`, is (T,); `h_bar_prev` is that
        of the start.
        """
        tape = self.run(p, xs, ys, start)
        after, found = {f"{bar(v)}_next": 0.0 for v in self.states}, list[dict]()
        for t in reversed(range(len(tape))):
            lines = self.backward if losses is None or t in losses else self._without_loss
            found.insert(0, _valued(lines, {**tape[t], **after}))
            after = {f"{bar(v)}_next": found[0][bar(f"{v}_prev")] for v in self.states}
        total = {bar(v): sum(step[bar(v)] for step in found) for v in self.parameters}
        each = {bar(v): np.array([step[bar(v)] for step in found]) for v in xs}
        return total | each | {bar(f"{v}_prev"): found[0][bar(f"{v}_prev")] for v in self.states}

    @cached_property
    def _without_loss(self) -> Program:
        """The gradients of a step that has no loss: those of the output are 0."""
        inside = carried(self.forward)
        silent = {bar(v) for v in self.forward if v not in inside}
        silent |= {bar(v) for v in inputs(self.forward) if not self._used_inside(v, inside)}
        silent |= {f"{bar(v)}_loss" for v in inside}
        text = "\n".join(
            f"{name} = {'0' if name in silent else line.text}"
            for name, line in self.backward.items()
        )
        return parse(text, self.names)

    def _used_inside(self, v: str, inside: set[str]) -> bool:
        return any(v in line.uses and line.name in inside for line in self.forward.values())

    def __str__(self) -> str:
        return "\n".join([reading.said(self.forward), *reading.notes(self.forward)])


def _valued(lines: Program, point: Values) -> dict[str, np.ndarray]:
    """The point and the value of every line. Raises ValueError for one that has none."""
    v = {name: np.asarray(value)[()] for name, value in point.items()}
    with np.errstate(all="ignore"):
        for k, line in enumerate(lines.values(), 1):
            v[line.name] = evaluated(line, v)
            if not np.all(np.isfinite(v[line.name])):
                raise ValueError(f"Line {k}: {_why(line, v)}")
    return v


def _why(line: Line, values: Mapping[str, np.ndarray]) -> str:
    """The sentence for a line that has no value: what is too large, not positive, or 0."""
    asked = [(call, call.args[0]) for call in line.expr.atoms(exp, log)]
    asked += [(part, part.base) for part in line.expr.atoms(Pow) if part.exp.is_negative]
    for whole, part in asked:
        a = np.real(evaluated(replace(line, expr=part), values))
        text = Text({}).show(part)
        if isinstance(whole, exp) and np.any(a > 709):
            return (
                f"exp({text}) is too large for a number: {text} is {np.max(a):g} here, "
                "and 709 is the most."
            )
        if isinstance(whole, log) and np.any(a <= 0):
            return f"log({text}) has no value: {text} is {np.min(a):g} here, and must be above 0."
        if isinstance(whole, Pow) and np.any(a == 0):
            return f"{line.text} divides by 0: {text} is 0 here."
    return f"{line.text} is no finite number here."


def book(cell: str, output: str = "half_square") -> Cell:
    """A cell of the book with an output of the book. Raises ValueError with the nearest name."""
    return Cell(source.join(source.load("cells", cell), source.load("outputs", output))).proved()


def read(text: str) -> Cell:
    """A cell that somebody typed: its forward lines, the loss last; its gradients are worked out.

    Raises ValueError with one sentence that names the line and says what to write.
    """
    found = reading.typed(text)
    backward = python.backward(parse(found.forward, table.of(found)))
    return Cell(found._replace(backward=backward)).proved()


def complex_step(
    cell: Cell, p: Values, xs: Values, ys: Values,
    start: Values | None = None, losses: Sequence[int] | None = None,
) -> dict[str, np.ndarray]:  # fmt: skip
    """The same gradients as Im(loss(v + i·step)) / step: exact to rounding, BACKWARD unused.

    Source: Squire, Trapp 1998.
    """
    step, first = 1e-30, {v: (start or {}).get(v, 0.0) for v in cell.states}

    def loss(p: Values, xs: Values, start: Values) -> np.ndarray:
        tape = cell.run(p, xs, ys, start)
        steps = range(len(tape)) if losses is None else losses
        return np.imag(sum(tape[t][LOSS] for t in steps)) / step  # type: ignore[return-value]

    def pushed(values: Values, name: str, t: int | None = None) -> Values:
        a = np.array(values[name], dtype=complex)
        a[() if t is None else t] += 1j * step
        return {**values, name: a}

    found = {bar(v): loss(pushed(p, v), xs, first) for v in cell.parameters}
    for v, row in xs.items():
        each = [loss(p, pushed(xs, v, t), first) for t in range(len(row))]  # type: ignore[arg-type]
        found[bar(v)] = np.array(each)
    return found | {bar(f"{v}_prev"): loss(p, xs, pushed(first, v)) for v in cell.states}
