"""The equations as a module of JavaScript."""

import json
import re
from typing import ClassVar

from sympy import Expr

from lstm_edu.text.derive import partials
from lstm_edu.text.equations import BACKWARD, FORWARD, Program, inputs, parse
from lstm_edu.text.notation import NAMES
from lstm_edu.text.show import Html, Names


class JavaScript(Html):
    """The same formula in JavaScript, every name spelled as in Python."""

    space, minus, over = " * ", "-", " / "
    calls: ClassVar = {"sigma": "sigma", "tanh": "Math.tanh", "exp": "Math.exp", "log": "Math.log"}

    def symbol(self, name: str) -> str:
        """The name itself."""
        return name

    def call(self, e: Expr, raised: str = "") -> str:
        """A call, with parentheses always."""
        return f"{self.calls[e.func.__name__]}({self.show(e.args[0])}){raised}"

    def power(self, e: Expr) -> str:
        """A power, grouped wherever a sign might stand before it: JavaScript refuses -x ** 2."""
        return f"{self.show(e.base, 'power')} ** {e.exp}"

    def term(self, e: Expr, joined: bool = False) -> str:
        """A product, its sign first."""
        text = super().term(e, joined)
        return f"-({text[1:]})" if not joined and text.startswith("-") and "**" in text else text


MODULE = """\
// Printed from the equations of lstm_edu; change them there.
const sigma = (z) => (1 + Math.tanh(z / 2)) / 2;

export const inputs = @inputs;

// Every value by name. A name in lock takes its locked value, then its nudge is added.
export function forward(given, nudge = {}, lock = {}) {
  const put = (name, value) => {
    if (value === undefined) {
      throw new Error(`${name} is missing; forward needs ${inputs.join(", ")}`);
    }
    return (name in lock ? lock[name] : value) + (nudge[name] ?? 0);
  };
@forward
  return { @values };
}

// Every gradient by name, from what forward returned.
export function backward(values) {
  const { @used } = values;
@backward
  return { @bars };
}

// The derivative of each line by each name in it, from what forward returned.
export function partials(values) {
  const { @values } = values;
  return {
@partials
  };
}

export const html = @html;
"""


def module(
    forward: str = FORWARD, backward: str = BACKWARD, names: Names = NAMES, shown: bool = True
) -> str:
    """The ES module that a widget computes with.

    It exports `inputs`, `forward`, `backward`, `partials`, and `html` to show.
    What `backward` takes from outside the step, such as `h_bar_next`, passes through `forward` and
    is 0 by default. `html` is empty unless `shown`.
    """
    program, written, js = parse(forward, names), parse(backward, names), JavaScript(names)
    given = inputs(program)
    incoming = [name for name in inputs(written) if name not in program and name not in given]
    values = {n: f"given.{n}" for n in given} | {n: f"given.{n} ?? 0" for n in incoming}
    values |= {name: js.show(line.printed) for name, line in program.items()}
    html = _rows(program, written, [*given, *incoming], names)
    rows = {
        u: ", ".join(f"{v}: {js.show(e)}" for v, e in row.items())
        for u, row in partials(program).items()
    }
    parts = {
        "inputs": json.dumps(given),
        "forward": "\n".join(
            f'  const {name} = put("{name}", {text});' for name, text in values.items()
        ),
        "values": ", ".join(values),
        "used": ", ".join(inputs(written)),
        "backward": "\n".join(
            f"  const {name} = {js.show(line.printed)};" for name, line in written.items()
        ),
        "bars": ", ".join(written),
        "partials": "\n".join(f"    {u}: {{ {row} }}," for u, row in rows.items()),
        "html": json.dumps(html if shown else {}, ensure_ascii=False, indent=1),
    }
    return re.sub(r"@(\w+)", lambda found: parts[found[1]], MODULE)


def _rows(
    program: Program, written: Program, given: list[str], names: Names
) -> dict[str, dict[str, object]]:
    """What a widget shows of each name.

    That is its symbol, words, lane, formula, and the formula's derivatives.
    """
    printer, local = Html(names), partials(program)
    return {
        name: {
            "symbol": printer.symbol(name),
            "words": names[name].words,
            "lane": names[name].lane,
            "rhs": printer.show(line.printed) if line else None,
            "partials": {v: printer.show(e) for v, e in local.get(name, {}).items()},
        }
        for name, line in {**dict.fromkeys(given), **program, **written}.items()
    }
