"""The exercises of a chapter: what each asks for, its hints, its boxes and its solution."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from tools.read.chapter import calls, directives

EFFORT = re.compile(
    r"^\*Difficulty (?P<difficulty>[123]) of 3, (?:\d+ to )?(?P<minutes>[1-9]\d*) minutes\.\*$",
    re.M,
)


@dataclass
class Exercise:
    """One exercise of a chapter, as its text has it; a cell is its code."""

    title: str
    label: str
    objectives: list[str]
    hints: list[str] = field(default_factory=list)  # their numbers, or "" for a single one
    cells: list[str] = field(
        default_factory=list
    )  # before the solution: boxes, and the stub of a task
    solution: list[str] | None = None
    difficulty: int | None = None  # one to three
    minutes: int | None = None  # the most that are said

    @property
    def boxes(self) -> list[str]:
        """The cells with an answer box."""
        return [cell for cell in self.cells if any("Answer" in called for called in calls(cell))]

    @property
    def task(self) -> bool:
        """Whether a function of the reader's own is asked for and checked."""
        return any(called.startswith("tasks.") for cell in self.cells for called in calls(cell))


def read(text: str) -> Iterator[Exercise]:
    """The exercises of a chapter's text, in order.

    A solution is folded and has the label of its exercise.
    """
    one, solved = None, False
    for name, title, options, body in directives(text, "Exercises"):
        if name == "exercise":
            if one:
                yield one
            one, solved = _asked(title, options["label"], body), False
        elif one is None:
            continue
        elif name == "admonition" and re.fullmatch(r"Hint ?\d*", title) and folded(options):
            one.hints.append(title.removeprefix("Hint").strip())
        elif name == "solution-start" and title == one.label and folded(options):
            one.solution, solved = [], True
        elif name == "code-cell" and not one.solution and not solved:
            one.cells.append(body)
        elif name == "code-cell" and solved and one.solution is not None:
            one.solution.append(body)
        elif name == "solution-end":
            solved = False
    if one:
        yield one


def _asked(title: str, label: str, body: str) -> Exercise:
    """An exercise as its own box has it: the effort it says, and its objectives in parentheses."""
    asked = re.search(r"^\(([\w., ]+)\)", body, re.M)
    one = Exercise(title, label, asked[1].split(", ") if asked else [])
    if effort := EFFORT.search(body):
        one.difficulty, one.minutes = int(effort["difficulty"]), int(effort["minutes"])
    return one


def ids(cell: str) -> list[str]:
    """The id of each answer box that a cell makes; "" for one without."""
    boxes = [
        one
        for one in ast.walk(ast.parse(cell))
        if isinstance(one, ast.Call) and ast.unparse(one.func).partition(".")[0] == "Answer"
    ]
    return [
        "".join(ast.unparse(given.value) for given in one.keywords if given.arg == "id").strip("'")
        for one in boxes
    ]


def folded(options: dict) -> bool:
    """Whether a box opens at a press only."""
    return options.get("class") == "dropdown"


def feedback(cell: str) -> str:
    """What is said to the wrong answers of a box.

    It is all text in the values of its dicts, and of the names used there.
    """
    nodes = list(ast.walk(ast.parse(cell)))
    names = {ast.unparse(one.targets[0]): one.value for one in nodes if isinstance(one, ast.Assign)}
    values = [value for one in nodes if isinstance(one, ast.Dict) for value in one.values]
    inside = [one for value in values for one in ast.walk(names.get(ast.unparse(value), value))]
    texts = [one.value for one in inside if isinstance(one, ast.Constant)]
    return " ".join(text for text in texts if isinstance(text, str))
