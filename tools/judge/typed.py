r"""Check every gradient that an author typed into a chapter: it is judged against the equations, like a reader's line.

A formula counts when it has a bar or a ∂ and says that something equals something. What is wrong on purpose, or belongs
to another program than the cell, is declared in the chapter, where it stands, in a comment line with the very formula:

    % typed wrong: \bar{h} = y - h
    % typed elsewhere: \bar{o} = \bar{h}\, c

A formula that is declared wrong must be wrong; what is declared and stands nowhere is an error, too.
A chapter on another program names its module, which has FORWARD, BACKWARD and NAMES:

    % typed program: lab.pushes
"""

import re
import sys
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from sympy import Expr, Symbol

from lstm_edu.course import chapter
from lstm_edu.text.equations import BACKWARD, parse
from lstm_edu.widgets.answer.judge import question
from lstm_edu.widgets.answer.judge import verdict as judged
from tools.read.latex import Unreadable, spelled

BOOK = Path(__file__).resolve().parents[2] / "book"
CODE = re.compile(r"^(`{3,})(?:\{(?:code-cell|literalinclude)\}|python).*?^\1", re.M | re.S)
FORMULA = re.compile(
    r"\$\$(.+?)\$\$|(?<![\\$])\$([^$]+?)\$|^`{3}\{math\}\n(?::[^\n]*\n)*(.+?)^`{3}", re.M | re.S
)
DECLARED = re.compile(r"^% typed (wrong|elsewhere): (.+)$", re.M)
MADE = re.compile(r"\bchapter\.(?:equations|derive|in_full|worked|product)\(")
SAYS = re.compile(r"=|\\approx")
APART = re.compile(r",\s*\\q?quad|\\\\")
NUMBER = re.compile(r"\s*([-+]?\d+(?:\.(\d*))?)\s*")
PARTIAL = re.compile(
    r"\s*(?:\\partial L\s*/\s*\\partial (.+?)|\\t?frac\{\\partial L\}\{\\partial (.+?)\})\s*"
)
OVER_TIME = re.compile(r"\\sum_\{?t(?:=1)?\}?(?:\^\{?T\}?)?")
PROGRAM = re.compile(r"^% typed program: ([\w.]+)$", re.M)


class Count(NamedTuple):
    """How many gradients a chapter types, by what became of them, and how many the machine prints."""

    right: int = 0
    wrong: int = 0
    elsewhere: int = 0
    made: int = 0


def main() -> int:
    """Check all chapters and say what was seen; 1 with a sentence for each formula that does not hold."""
    counts, faults = Count(), []
    for file in sorted(BOOK.glob("*.md")):
        count, found = checked(file.read_text("utf-8"))
        counts = Count(*(a + b for a, b in zip(counts, count, strict=True)))
        faults += [f"book/{file.name}: {fault}" for fault in found]
    print("\n".join(faults), file=sys.stderr, end="\n" if faults else "")
    print(
        f"Gradients in the chapters: {counts.made} displays printed by the machine; of {sum(counts[:3])} typed, "
        f"{counts.right} agree with the equations, {counts.wrong} are wrong as declared, "
        f"{counts.elsewhere} belong to another program."
    )
    return bool(faults)


def checked(text: str) -> tuple[Count, list[str]]:
    """How many gradients a chapter's text has, and a sentence for each that does not hold."""
    declared = {squeezed(formula): kind for kind, formula in DECLARED.findall(text)}
    bare = DECLARED.sub("", CODE.sub("", text))
    program = PROGRAM.search(text)
    typed = [
        part.strip()
        for found in FORMULA.findall(bare)
        for part in APART.split(next(filter(None, found)))
    ]
    typed = [
        formula
        for formula in typed
        if re.search(r"\\bar|\\partial", formula) and SAYS.search(formula)
    ]
    seen, faults = {"right": 0, "wrong": 0, "elsewhere": 0}, []
    for formula in typed:
        kind, said = (
            declared.get(squeezed(formula), "right"),
            verdict(formula, program[1] if program else ""),
        )
        seen[kind] += not (kind == "right" and said)
        if kind == "right" and said:
            faults.append(f"${formula}$ {said}")
        if kind == "wrong" and not said:
            faults.append(f"${formula}$ is declared wrong, and it is right")
    stale = declared.keys() - {squeezed(formula) for formula in typed}
    faults += [
        f"${formula}$ is declared and stands nowhere; remove its % line" for formula in stale
    ]
    return Count(**seen, made=len(MADE.findall(text))), faults


def squeezed(formula: str) -> str:
    """The formula without the spaces that do not matter."""
    return re.sub(r"\s+", "", formula)


def verdict(formula: str, program: str = "") -> str:
    """What is wrong with a typed gradient, or nothing."""
    left, *sides = re.split(r"(=|\\approx)", OVER_TIME.sub(r"\\sum ", formula.rstrip(" .,")))
    sides = [side.strip() for side in sides]
    try:
        if defines(left, sides[1]):
            return ""
        name = "" if program else gradient(left)
        for k, (sign, side) in enumerate(zip(sides[::2], sides[1::2], strict=True)):
            if k and sign != "=" and NUMBER.fullmatch(side):
                continue  # "≈ 0" after a side that was judged
            if not (same(program, left, side) if program else holds(name, side)):
                return f"is not what the equations give for {name or program}; mend it, or declare it: % typed wrong: …"
    except (Unreadable, SyntaxError, ValueError, KeyError) as error:
        return f"cannot be judged ({error}); print it by the machine, or declare it: % typed elsewhere: …"
    return ""


def defines(left: str, side: str) -> bool:
    """Whether a formula only says what a bar is: the bar of v is ∂L/∂v."""
    found = PARTIAL.fullmatch(side)
    return found is not None and f"{spelled(next(filter(None, found.groups())))}_bar" == spelled(
        left
    )


def gradient(left: str) -> str:
    """The gradient that the left side names, as a bar or as ∂L/∂ of something."""
    found = PARTIAL.fullmatch(left)
    name = f"{spelled(next(filter(None, found.groups())))}_bar" if found else spelled(left)
    name = name.replace("_prev_bar", "_bar_prev")
    if name not in parse(BACKWARD):
        raise Unreadable(f"{name} is no gradient of the cell")
    return name


def holds(name: str, side: str) -> bool:
    """Whether the equations give this side, at any or the last step, with or without biases; a number, at EXAMPLE."""
    if number := NUMBER.fullmatch(side):
        return abs(chapter.values()[name] - float(number[1])) <= 0.50001 * 10.0 ** -len(
            number[2] or ""
        )
    line = spelled(side.replace(r"\sum ", "") if name[0] in "wb" else side).replace(
        "_prime", "'"
    )  # a step's share, of a sum over all
    asked = [question(name, homework, last) for homework in (False, True) for last in (False, True)]
    return any(judged(line, one).right for one in asked)


def same(program: str, left: str, side: str) -> bool:
    """Whether two sides are the same in another program, all written in its inputs."""
    module = import_module(f"lstm_edu.{program}")
    lines = {**parse(module.FORWARD, module.NAMES), **parse(module.BACKWARD, module.NAMES)}
    values: dict[Expr, Expr] = {}
    for name, line in lines.items():
        values[Symbol(name)] = line.expr.xreplace(values)
    a, b = (
        parse(f"L = {spelled(text)}", module.NAMES)["L"].expr.xreplace(values)
        for text in (left, side)
    )
    return (a - b).expand() == 0


if __name__ == "__main__":
    sys.exit(main())
