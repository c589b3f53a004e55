r"""Check every gradient that an author typed into a chapter, like a reader's line.

A formula counts when it has a bar or a ∂ and says that something equals something. What is wrong
on purpose, or belongs to another program than the cell, is declared in the chapter, where it
stands, in a comment line with the very formula:

    % typed wrong: \bar{h} = y - h
    % typed elsewhere: \bar{o} = \bar{h}\, c

A formula that is declared wrong must be wrong; what is declared and stands nowhere is an error,
too. A chapter on another program names its module, which has FORWARD, BACKWARD and NAMES:

    % typed program: lab.pushes
"""

import re
import sys
from collections import Counter
from collections.abc import Collection, Iterator
from importlib import import_module
from itertools import product

from lstm_edu.lab.evaluate import values
from lstm_edu.text.derive import composed
from lstm_edu.text.equations import BACKWARD, parse
from lstm_edu.widgets.answer.judge import question
from lstm_edu.widgets.kit import engine
from tools.judge import report
from tools.read import chapter as reading
from tools.read import places

DECLARED = re.compile(r"^% typed (wrong|elsewhere): (.+)$", re.M)
MADE = re.compile(r"\bchapter\.(?:equations|derive|in_full|worked|product)\(")
SAYS = re.compile(r"=|\\approx")
APART = re.compile(r",\s*\\q?quad|\\\\")
NUMBER = re.compile(r"\s*([-+]?\d+(?:\.(\d*))?)\s*")
FRACTION = re.compile(r"\\t?frac\{\\partial L\}\{\\partial ((?:[^{}]|\{[^{}]*\})+)\}")
OVER_TIME = re.compile(r"\\sum_\{?t(?:=1)?\}?(?:\^\{?T\}?)?")
PROGRAM = re.compile(r"^% typed program: ([\w.]+)$", re.M)
GRADIENTS = parse(BACKWARD)


def main() -> int:
    """Check all chapters and say what was seen; 1 with a sentence for each wrong formula."""
    counts, faults = Counter[str](), []
    for page in places.order():
        count, found = checked(places.source(page))
        counts += count
        faults += [f"book/{page}.md: {fault}" for fault in found]
    typed = counts.total() - counts["made"]
    return report(
        f"Gradients in the chapters: {counts['made']} displays printed by the machine; "
        f"of {typed} typed, "
        f"{counts['right']} agree with the equations, {counts['wrong']} are wrong as declared, "
        f"{counts['elsewhere']} belong to another program.",
        faults,
    )


def checked(text: str) -> tuple[Counter[str], list[str]]:
    """How many gradients a chapter's text has, by what became of them.

    There is a sentence for each that does not hold.
    Those that agree with the equations are `right`; those that the machine prints are `made`.
    """
    declared = {squeezed(formula): kind for kind, formula in DECLARED.findall(text)}
    program = PROGRAM.search(text)
    seen, faults = Counter(made=len(MADE.findall(text))), []
    typed = list(formulas(text))
    for formula in typed:
        kind = declared.get(squeezed(formula), "right")
        said = verdict(formula, program[1] if program else "")
        if kind == "right" and said:
            faults.append(f"${formula}$ {said}")
            continue
        if kind == "wrong" and not said:
            faults.append(f"${formula}$ is declared wrong, and it is right")
        seen[kind] += 1
    stale = declared.keys() - {squeezed(formula) for formula in typed}
    faults += [
        f"${formula}$ is declared and stands nowhere; remove its % line" for formula in stale
    ]
    return seen, faults


def formulas(text: str) -> Iterator[str]:
    """Every formula of a chapter that has a bar or a ∂ and says that something equals something."""
    for block in reading.blocks(text):
        for part in (part for whole in block.formulas for part in APART.split(whole)):
            if re.search(r"\\bar|\\partial", part) and SAYS.search(part):
                yield part.strip()


def squeezed(formula: str) -> str:
    """The formula without the spaces that do not matter."""
    return re.sub(r"\s+", "", formula)


def verdict(formula: str, program: str = "") -> str:
    """What is wrong with a typed gradient, or nothing."""
    left, *sides = re.split(r"(=|\\approx)", OVER_TIME.sub(r"\\sum ", plain(formula)))
    sides = [side.strip() for side in sides]
    try:
        if defines(left, sides[1]):
            return ""
        name = "" if program else gradient(left)
        for k, (sign, side) in enumerate(zip(sides[::2], sides[1::2], strict=True)):
            if k and sign != "=" and NUMBER.fullmatch(side):
                continue  # "≈ 0" after a side that was judged
            if not (same(program, left, side) if program else holds(name, side)):
                said = f"is not what the equations give for {name or program}"
                return f"{said}; mend it, or declare it: % typed wrong: …"
    except ValueError as error:
        mend = "print it by the machine, or declare it: % typed elsewhere: …"
        return f"cannot be judged ({error}); {mend}"
    return ""


def plain(formula: str) -> str:
    """The formula at step t, if it is all of one step, and ∂L/∂ of something in one line."""
    if len(set(re.findall(r"\^\{\(\d\)\}", formula))) == 1:
        formula = re.sub(r"\^\{\(\d\)\}", "", formula)
    return FRACTION.sub(r"\\partial L / \\partial \1", formula.rstrip(" .,"))


def defines(left: str, side: str) -> bool:
    """Whether a formula only says what a bar is: the bar of v is ∂L/∂v."""
    return squeezed(side) == r"\partialL/\partial" + re.sub(r"\\bar\{(\w)\}", r"\1", squeezed(left))


def spelled(latex: str, names: Collection[str]) -> str:
    """A formula in these names as Python would write it.

    Raises ValueError where the answer box cannot read it.
    """
    found = engine.ask("spell", latex, [*names])
    if "fault" in found:
        raise ValueError(found["fault"])
    return found["line"]


def gradient(left: str) -> str:
    """The gradient that the left side names, as a bar or as ∂L/∂ of something.

    Raises ValueError where it names none.
    """
    if (name := spelled(left, GRADIENTS)) not in GRADIENTS:
        raise ValueError(f"{name} is no gradient of the cell")
    return name


def holds(name: str, side: str) -> bool:
    """Whether the equations give this side, at any or the last step, with or without biases.

    A number is judged at EXAMPLE.
    """
    if number := NUMBER.fullmatch(side):
        places = len(number[2] or "")
        return abs(values()[name] - float(number[1])) <= 0.50001 * 10.0**-places
    # a step's share, of a sum over all
    line = side.replace(r"\sum ", "") if name[0] in "wb" else side
    for homework, last in product((False, True), repeat=2):
        found = engine.ask("line", line, question(name, homework, last))
        if found.get("unread"):
            raise ValueError(found["fault"])
        if found.get("right"):
            return True
    return False


def same(program: str, left: str, side: str) -> bool:
    """Whether two sides are the same in another program, all written in its inputs."""
    module = import_module(f"lstm_edu.{program}")
    known = composed(parse(module.FORWARD + module.BACKWARD, module.NAMES))
    a, b = (
        parse(f"L = {spelled(text, module.NAMES)}", module.NAMES)["L"].expr.xreplace(known)
        for text in (left, side)
    )
    return (a - b).expand() == 0


if __name__ == "__main__":
    sys.exit(main())
