"""The numbers of the V curve by NumPy, and the nine mistakes as a module for the browser.

The module is printed from the mistakes' text.
The case is the book's cell through T steps from empty states: x(t) = sin 1.3t, y(t) = cos 0.7t.
"""

import json
from functools import cache

import numpy as np

from lstm_edu.lab import measure
from lstm_edu.lab.cases import Case
from lstm_edu.lab.mistakes import MISTAKES
from lstm_edu.lab.reach import wave
from lstm_edu.models import bptt
from lstm_edu.models.cell import EXAMPLE, one_unit
from lstm_edu.text.equations import BACKWARD, inputs, parse
from lstm_edu.text.javascript import JavaScript
from lstm_edu.text.notation import NAMES
from lstm_edu.text.show import Html

MODULE = """\
// Printed from the mistakes of lstm_edu; change them there.
const sigma = (z) => (1 + Math.tanh(z / 2)) / 2;
export const mistakes = @mistakes;
export const given = @given;

// Every gradient of a step by name, from what forward returned.
// Some lines read otherwise where a mistake is named.
export function mistaken(values, mistake) {
  const { @used } = values;
@lines
  return { @bars };
}
"""


def printed() -> str:
    """The ES module of the mistakes.

    It has names, words, formulas, and their backward step, `mistaken(values, mistake)`.
    """
    right, js = parse(BACKWARD), JavaScript(NAMES)
    wrong = {
        name: {line.name: line for line in mistake.program()} for name, mistake in MISTAKES.items()
    }
    lines = []
    for line in right.values():
        others = [(m, program[line.name]) for m, program in wrong.items() if line.name in program]
        turns = [
            f"mistake === {json.dumps(m)} ? {js.show(o.printed)} : "
            for m, o in others
            if o.text != line.text
        ]
        lines.append(f"  const {line.name} = {''.join(turns)}{js.show(line.printed)};")
    cell = {name: v for name, v in EXAMPLE.items() if name[0] in "wb"}
    parts = {
        "mistakes": json.dumps([_told(name) for name in MISTAKES], ensure_ascii=False, indent=1),
        "given": json.dumps(cell),
        "used": ", ".join(inputs(right)),
        "lines": "\n".join(lines),
        "bars": ", ".join(right),
    }
    text = MODULE
    for name, part in parts.items():
        text = text.replace(f"@{name}", part)
    return text


def _told(name: str) -> dict[str, str]:
    """What the figure says of a mistake.

    It is its name, its words, and its last wrong line in letters, or else in code.
    """
    mistake, html = MISTAKES[name], Html(NAMES)
    # the last one is the most telling
    wrong = [line.split(" = ")[0] for line in mistake.lines.splitlines()][-1:]
    lines = [line for line in mistake.program() if line.name in wrong]
    formula = "".join(f"{html.symbol(line.name)} = {html.show(line.printed)}" for line in lines)
    return dict(
        name=name, words=mistake.words, formula=formula, code=mistake.code, total=mistake.total
    )


def case(T: int, last_only: bool, equal_biases: bool) -> Case:
    """The case as `measure` takes it, and its targets `ys`; `equal_biases` makes all four 0."""
    given = {
        name: 0.0 if equal_biases and name[0] == "b" else v
        for name, v in EXAMPLE.items()
        if name[0] in "wb"
    }
    p, ys = one_unit(**given), np.cos(0.7 * np.arange(1, T + 1))[:, None]
    h_bar_loss = bptt.forward(p, wave(T))["h"] - ys
    if last_only:
        h_bar_loss[:-1] = 0
    return dict(p=p, xs=wave(T), h_bar_loss=h_bar_loss, ys=ys)


def claimed(c: Case, mistake: str) -> np.ndarray:
    """The gradient of the 12 parameters, right for "" and else with this mistake, (12,)."""
    backward = MISTAKES[mistake].backward if mistake else bptt.backward
    return measure.flat(backward(c["p"], bptt.forward(c["p"], c["xs"]), c["h_bar_loss"]))


def apart(a: np.ndarray, b: np.ndarray) -> float:
    """The length of what parts two gradients over that of the longer."""
    return float(np.linalg.norm(a - b) / max(np.linalg.norm(a), np.linalg.norm(b)))


@cache
def floors(T: int, last_only: bool, equal_biases: bool) -> dict[str, float]:
    """How far each mistake is from the truth: the floor of its V."""
    c = case(T, last_only, equal_biases)
    return {name: apart(claimed(c, name), claimed(c, "")) for name in MISTAKES}
