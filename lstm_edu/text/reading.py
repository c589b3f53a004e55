"""Reads a cell that somebody typed, and says in one sentence what is wrong with it.

A cell is its forward lines, the loss last; everything else is told by the names (`table`).
"""

import ast
import re
from collections.abc import Mapping
from difflib import get_close_matches
from keyword import iskeyword

from lstm_edu.text import table
from lstm_edu.text.derive import LOSS, leading_to, states
from lstm_edu.text.equations import Program, inputs, parse
from lstm_edu.text.functions import CALLS
from lstm_edu.text.source import GRADIENT, Source, split

TYPED = str.maketrans({"σ": "sigma", "^": "**", "·": "*", "⋅": "*", "×": "*", "−": "-"})
CORNERS = {"relu", "abs", "max", "min", "sign", "step", "leaky_relu", "hardtanh"}
# What printed programs call their own, and words of JavaScript that are no words of Python.
TAKEN = {
    "given", "put", "nudge", "lock", "values", "np", "others", "new", "var", "let", "const",
    "function", "this", "typeof", "void", "switch", "case", "default", "delete", "do", "enum",
    "export", "extends", "super", "throw", "instanceof", "null", "true", "false",
}  # fmt: skip
LAST = "L = (h - y)**2 / 2"
KINDS = "A parameter begins with w_ or b_, the input is x, the target y"
TIME = re.compile(r"(\w+)\s*[\[({]\s*t\s*-\s*1\s*[\])}]")


def typed(text: str) -> Source:
    """The forward lines of a typed cell, in the spelling of the texts, with what names are called.

    Raises ValueError with one sentence for the first fault, which names the line it stands on.
    """
    plain = text.translate(TYPED)
    numbers = {k: line.split("#")[0].strip() for k, line in enumerate(plain.splitlines(), 1)}
    numbers = {k: line for k, line in numbers.items() if line}
    if not numbers:
        raise ValueError(f"There is no equation yet. Write one a line, the loss last: {LAST}.")
    made: dict[str, int] = {}
    uses = {k: _line(k, line, made) for k, line in numbers.items()}
    for k, names in uses.items():
        for name in names:
            _known(k, name, made, uses)
    _loss(made, uses)
    found = split(plain)
    try:
        parse(found.forward, table.of(found))  # what is left, such as a power or a division by 0
    except ValueError as error:
        at, _, said = str(error).partition("': ")
        k = [*numbers][int(at.split(",")[0].removeprefix("line ")) - 1]
        raise ValueError(f"Line {k}: {said}.") from None
    return found


def notes(program: Program) -> list[str]:
    """What is worth saying of a cell that is right: what leads nowhere, and what it lacks."""
    needed = leading_to(program, LOSS, *states(program))
    said = [
        f"{v} is made, and neither L nor a state comes of it: its gradient is 0."
        for v in program
        if v not in needed
    ]
    if not states(program):
        said.append(
            "No line uses a value of step t−1, such as h_prev: this cell remembers nothing."
        )
    return said


def said(program: Program) -> str:
    """What was understood of a cell: what it carries, learns, receives and is to say."""
    given = inputs(program)
    kinds: Mapping[str, list[str]] = {
        "carries": states(program),
        "learns": [v for v in given if table.is_parameter(v)],
        "receives": [v for v in given if table.is_input(v)],
        "is to say": [v for v in given if table.is_target(v)],
    }
    parts = [f"{verb} {_listed(names)}" for verb, names in kinds.items() if names]
    return f"This cell {_listed(parts)}."


def _listed(parts: list[str]) -> str:
    return " and ".join([", ".join(parts[:-1])] * (len(parts) > 1) + parts[-1:])


def _line(k: int, line: str, made: dict[str, int]) -> list[str]:
    """The names that a line uses, once what it makes is added to `made`."""
    if time := TIME.search(line):
        raise ValueError(
            f"Line {k}: write {time[1]}_prev for {time[0]}; "
            "a name without a time belongs to this step."
        )
    try:
        body = ast.parse(line).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        body = []
    match body:
        case [ast.Assign(targets=[ast.Name(id=name)], value=value)]:
            pass
        case _:
            raise ValueError(_no_equation(k, line))
    for call in (node for node in ast.walk(value) if isinstance(node, ast.Call)):
        _function(k, ast.unparse(call.func))
    if any(isinstance(node, ast.IfExp | ast.Compare | ast.BoolOp) for node in ast.walk(value)):
        raise ValueError(
            f"Line {k}: a formula has no conditions: {line!r} would jump where the condition "
            "changes. Write it with smooth functions."
        )
    _makes(k, name, made)
    called = {id(node.func) for node in ast.walk(value) if isinstance(node, ast.Call)}
    nodes = [n for n in ast.walk(value) if isinstance(n, ast.Name) and id(n) not in called]
    return list(dict.fromkeys(n.id for n in sorted(nodes, key=lambda n: n.col_offset)))


def _no_equation(k: int, line: str) -> str:
    if pair := re.search(r"(\w+|\))\s+(\w+|\()", line.partition("=")[2]):
        return (
            f"Line {k}: nothing stands between {pair[1]} and {pair[2]}. Write * for every product."
        )
    return f"Line {k}, {line!r}, is no equation. Write: name = formula."


def _function(k: int, name: str) -> None:
    if name in CALLS:
        return
    if name.rpartition(".")[2].lower() in CORNERS:
        raise ValueError(
            f"Line {k}: {name} has a corner, where it has no slope. "
            f"Functions here are smooth: {', '.join(CALLS)}."
        )
    near = get_close_matches(name, CALLS, n=1)
    hint = f"Did you mean {near[0]}?" if near else f"There are {', '.join(CALLS)}."
    raise ValueError(f"Line {k}: there is no function {name}. {hint}")


def _makes(k: int, name: str, made: dict[str, int]) -> None:
    if GRADIENT.search(name):
        raise ValueError(_gradient(k, name))
    if name.endswith("_prev"):
        raise ValueError(
            f"Line {k} makes {name}, which step t−1 hands over. "
            f"Write {name.removesuffix('_prev')} = … instead."
        )
    if table.is_parameter(name) or table.is_input(name):
        kind = "a parameter" if table.is_parameter(name) else "the input"
        raise ValueError(
            f"Line {k} makes {name}, which is given as {kind} by its name. "
            "Give the result another name."
        )
    if iskeyword(name) or name in TAKEN or name in CALLS or not name.isascii():
        raise ValueError(
            f"Line {k}: {name} cannot be a name here, since programs have it as a word of their "
            "own. Write letters a–z, digits and _, such as z_1."
        )
    if name in made:
        raise ValueError(
            f"Line {k} makes {name}, which line {made[name]} makes too. "
            "Give the second a name of its own."
        )
    made[name] = k


def _gradient(k: int, name: str) -> str:
    return (
        f"Line {k}: {name} is the name of a gradient, which is worked out for you. "
        "Write the forward lines only."
    )


def _known(k: int, name: str, made: dict[str, int], uses: dict[int, list[str]]) -> None:
    """Complain of a name that no line above makes and that is not given by its kind."""
    if made.get(name, k) < k:
        return
    if GRADIENT.search(name):
        raise ValueError(_gradient(k, name))
    state = name.removesuffix("_prev")
    if state != name:
        if state not in made:
            raise ValueError(
                f"Line {k} uses {name}, and no line makes {state}. "
                f"Write a line {state} = …, or that memory never changes."
            )
    elif name in made:
        raise ValueError(_order(k, name, made, uses))
    elif not (table.is_parameter(name) or table.is_input(name) or table.is_target(name)):
        raise ValueError(f"Line {k}: nothing is called {name}. {KINDS}.")


def _order(k: int, name: str, made: dict[str, int], uses: dict[int, list[str]]) -> str:
    """The sentence for a name that is used above the line that makes it."""
    if made[name] == k:
        return (
            f"Line {k}: {name} stands on both sides. "
            f"If the {name} of step t−1 is meant, write {name}_prev."
        )
    own = next(one for one, line in made.items() if line == k)
    if own in uses[made[name]]:
        return (
            f"Lines {k} and {made[name]} go in a circle: {own} needs {name}, and {name} needs "
            f"{own}. If a value of step t−1 is meant, write {name}_prev."
        )
    return (
        f"Line {k} uses {name}, which only line {made[name]} makes. "
        f"Move line {made[name]} above it."
    )


def _loss(made: dict[str, int], uses: dict[int, list[str]]) -> None:
    if LOSS not in made:
        raise ValueError(f"No line makes the loss. Write it last: {LAST}.")
    if below := [k for k in uses if k > made[LOSS]]:
        raise ValueError(
            f"Line {made[LOSS]} makes L, and line {below[0]} stands below it. "
            "The loss is the last line."
        )
