"""Check the exercises of the chapters: enough of them, each with hints and a solution that runs, none of it untested.

Of every chapter with exercises: at least five, one of them a bug to find; each names the objectives that it tests, and
each objective is tested; each has a hint, two have graded ones; two are answered in the page; every solution is folded
and holds a cell, which the build runs; a task's solution asserts its verdict. And what a chapter sets out to defeat,
below, is a wrong answer of some box, whose feedback names it in quotation marks.
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

BOOK = Path(__file__).resolve().parents[2] / "book"
DEFEATS = {
    "cell": ["The forget gate at 1 forgets", "h is the memory"],
    "pushes": ["A bar is an average", "Multiply along everything", "∂ and d are the same letter"],
    "backwards": ["A closed gate has no gradient", "h̄ = y − h"],
    "weights": ["σ(i)(1 − σ(i))", "Where is the sigmoid in i(1 − i)?"],
    "time": ["∂c(t)/∂c(t−1) = f(t)", "The + is a fudge factor"],
    "forgetting": ["|w| > 1 explodes"],
    "carousel": ["LSTMs solve vanishing gradients"],
    "numpy": ["W for Wᵀ", "A product for the outer product"],
    "trust": ["Smaller ε is better", "A cosine of 0.99 is right", "It trains"],
    "truncation": ["detach is free"],
}
"""What each chapter sets out to defeat."""

SECTION = re.compile(r"^## Exercises\n(.*?)(?=^## |\Z)", re.M | re.S)
OBJECTIVE = re.compile(r"^- \*\*(\w+\.\d+)\*\*", re.M)
EXERCISE = re.compile(
    r"^```\{exercise\} (?P<title>[^\n]*)\n:label: (?P<label>[^\n]*)\n(?P<body>.*?)(?=^```\{exercise\}|\Z)",
    re.M | re.S,
)
HINT = re.compile(r"^````\{admonition\} Hint ?(\d*)\n:class: dropdown\n", re.M)
SOLUTION = re.compile(
    r"^````\{solution-start\} ([^\n]*)\n:class: dropdown\n````\n(.*?)^````\{solution-end\}\n````",
    re.M | re.S,
)
CELL = re.compile(
    r"^```\{code-cell\}[^\n]*\n(?:---\n.*?^---\n|(?::[\w-]+:[^\n]*\n)*)(.*?)^```", re.M | re.S
)


class Exercise(NamedTuple):
    """One exercise of a chapter, as its text has it."""

    title: str
    label: str
    objectives: list[str]
    hints: list[str]  # their numbers, or "" for a single one
    cells: list[ast.Module]  # before the solution: boxes, and the stub of a task
    solution: list[ast.Module] | None

    @property
    def boxes(self) -> list[ast.Module]:
        """The cells with an answer box."""
        return [cell for cell in self.cells if any("Answer" in called for called in calls(cell))]

    @property
    def task(self) -> bool:
        """Whether a function of the reader's own is asked for and checked."""
        return any(called.startswith("tasks.") for cell in self.cells for called in calls(cell))


class Count(NamedTuple):
    """How many there are of what a chapter must have."""

    exercises: int = 0
    boxes: int = 0
    tasks: int = 0
    objectives: int = 0
    defeated: int = 0


def main() -> int:
    """Check all chapters and say what was seen; 1 with a sentence for each thing that is missing."""
    total, faults, chapters = Count(), [], 0
    for file in sorted(BOOK.glob("*.md")):
        text = file.read_text("utf-8")
        if "\n## Exercises\n" in text:
            count, found = checked(file.stem, text)
            total, chapters = (
                Count(*(a + b for a, b in zip(total, count, strict=True))),
                chapters + 1,
            )
            faults += [f"book/{file.name}: {fault}" for fault in found]
    print("\n".join(faults), file=sys.stderr, end="\n" if faults else "")
    print(
        f"Exercises: {total.exercises} in {chapters} chapters, {total.boxes} with a box in the page, {total.tasks} "
        f"asking for a function; {total.objectives} objectives tested, {total.defeated} misconceptions named; "
        "every solution runs."
    )
    return bool(faults)


def checked(chapter: str, text: str) -> tuple[Count, list[str]]:
    """What a chapter has, and a sentence for each thing that it lacks."""
    exercises, wanted = list(read(text)), DEFEATS.get(chapter, [])
    objectives = OBJECTIVE.findall(text)
    named = {one for exercise in exercises for one in exercise.objectives}
    said = " ".join(feedback(box) for exercise in exercises for box in exercise.boxes)
    missed = [words for words in wanted if f"“{words}”" not in said]
    boxed = sum(bool(exercise.boxes) for exercise in exercises)
    graded = sum(len(exercise.hints) > 1 for exercise in exercises)
    faults = [f"{one.label}: {fault}" for one in exercises for fault in missing(one, objectives)]
    faults += [f"{len(exercises)} exercises; a chapter has at least five"] * (len(exercises) < 5)
    faults += [
        f"the objective {one} has no exercise that names it"
        for one in objectives
        if one not in named
    ]
    faults += [f"{boxed} exercises have an answer box; two are wanted"] * (boxed < 2)
    faults += [f"{graded} exercises have graded hints, Hint 1 and Hint 2; two are wanted"] * (
        graded < 2
    )
    faults += ["no exercise is called Find the bug"] * (
        "Find the bug" not in {one.title for one in exercises}
    )
    faults += [f"no wrong answer of a box is told “{words}”" for words in missed]
    tasks = sum(one.task for one in exercises)
    return Count(len(exercises), boxed, tasks, len(objectives), len(wanted) - len(missed)), faults


def read(text: str) -> Iterator[Exercise]:
    """The exercises of a chapter's text, in order."""
    section = SECTION.search(text)
    for found in EXERCISE.finditer(section[1] if section else ""):
        body = found["body"]
        solved = SOLUTION.search(body)
        before = body[: solved.start()] if solved else body
        asked = re.search(r"^\(([\w., ]+)\)", body, re.M)
        yield Exercise(
            found["title"].strip(),
            found["label"].strip(),
            asked[1].split(", ") if asked else [],
            HINT.findall(before),
            parsed(before),
            parsed(solved[2]) if solved and solved[1].strip() == found["label"].strip() else None,
        )


def missing(exercise: Exercise, objectives: list[str]) -> Iterator[str]:
    """What an exercise lacks."""
    if not exercise.objectives:
        yield "it names no objective, as in (cell.1) at the beginning of its text"
    yield from (
        f"{one} is no objective of this chapter"
        for one in exercise.objectives
        if one not in objectives
    )
    numbers = (
        [str(k) for k in range(1, len(exercise.hints) + 1)] if len(exercise.hints) != 1 else [""]
    )
    if not exercise.hints:
        yield "it has no hint"
    elif exercise.hints != numbers:
        yield f"its hints are called {exercise.hints}; call them Hint, or Hint 1, Hint 2 …"
    if exercise.solution is None:
        yield "it has no folded solution with its own label, {solution-start} to {solution-end}"
    elif not exercise.solution:
        yield "its solution has no cell, so nothing shows that it is right"
    elif exercise.task and not any(
        isinstance(node, ast.Assert) for cell in exercise.solution for node in ast.walk(cell)
    ):
        yield "its solution does not assert what the task says of it"


def parsed(text: str) -> list[ast.Module]:
    """The cells of a text, as Python reads them."""
    return [ast.parse(code) for code in CELL.findall(text)]


def calls(cell: ast.Module) -> list[str]:
    """What a cell calls, as it is written."""
    return [ast.unparse(node.func) for node in ast.walk(cell) if isinstance(node, ast.Call)]


def feedback(cell: ast.Module) -> str:
    """What is said to the wrong answers of a box: all text in the values of its dicts, and of the names used there."""
    names = {
        ast.unparse(node.targets[0]): node.value
        for node in ast.walk(cell)
        if isinstance(node, ast.Assign)
    }
    values = [
        value for node in ast.walk(cell) if isinstance(node, ast.Dict) for value in node.values
    ]
    values = [
        names.get(value.id, value) if isinstance(value, ast.Name) else value for value in values
    ]
    inside = [node for value in values for node in ast.walk(value)]
    return " ".join(
        node.value
        for node in inside
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


if __name__ == "__main__":
    sys.exit(main())
