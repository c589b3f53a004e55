"""Check the exercises of the chapters: enough of them, each with hints and a solution that runs.

Of every chapter with exercises: at least five, one of them a bug to find; each says how hard it is
and how long it takes; each names the objectives that it tests, and each objective is tested; each
has a hint, two have graded ones; two are answered in the page; every solution is folded and holds a
cell, which the build runs; a task's solution asserts its verdict. And what a chapter sets out to
defeat, below, is a wrong answer of some box, whose feedback names it in quotation marks. Every
question has an id of its own, since a reader's progress is kept under it.
"""

import ast
import re
import sys
from collections import Counter
from collections.abc import Collection, Iterator, Mapping

from tools.judge import report
from tools.read import places
from tools.read.chapter import blocks, objectives
from tools.read.exercises import Exercise, feedback, ids, read

DEFEATS = {
    "cell": ["The forget gate at 1 forgets", "h is the memory"],
    "pushes": [
        "The gradient is an average",
        "Multiply along everything",
        "∂ and d are the same letter",
    ],
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

START = places.ROOT / "lstm_edu" / "course" / "start.py"  # the questions of the first page
EFFORTLESS = (
    "it does not say how hard it is and how long it takes; "
    "begin its text with a line of its own, as in *Difficulty 2 of 3, 10 minutes.*"
)


def main() -> int:
    """Check all chapters and say what was seen; 1 with a sentence for each missing thing."""
    total, faults, chapters = Counter[str](), [], 0
    for page in places.order():
        text = places.source(page)
        if "\n## Exercises\n" in text:
            count, found = checked(page, text)
            total, chapters = total + count, chapters + 1
            faults += [f"book/{page}.md: {fault}" for fault in found]
    pages = {page: places.source(page) for page in places.order()}
    faults += misnamed(pages, ids(START.read_text("utf-8")))
    return report(
        f"Exercises: {total['exercises']} in {chapters} chapters, "
        f"{total['boxes']} with a box in the page, "
        f"{total['tasks']} asking for a function, "
        f"{total['minutes']} minutes in all; {total['objectives']} objectives tested, "
        f"{total['defeated']} misconceptions named; every solution runs.",
        faults,
    )


def checked(chapter: str, text: str) -> tuple[Counter[str], list[str]]:
    """How many a chapter has of what it must have, and a sentence for each thing that it lacks."""
    exercises, wanted, aims = list(read(text)), DEFEATS.get(chapter, []), objectives(text)
    named = {one for exercise in exercises for one in exercise.objectives}
    said = " ".join(feedback(box) for exercise in exercises for box in exercise.boxes)
    missed = [words for words in wanted if f"“{words}”" not in said]
    boxed = sum(bool(exercise.boxes) for exercise in exercises)
    graded = sum(len(exercise.hints) > 1 for exercise in exercises)
    lacks = {
        f"{len(exercises)} exercises; a chapter has at least five": len(exercises) < 5,
        **{f"the objective {one} has no exercise that names it": one not in named for one in aims},
        f"{boxed} exercises have an answer box; two are wanted": boxed < 2,
        f"{graded} exercises have graded hints, Hint 1 and Hint 2; two are wanted": graded < 2,
        "no exercise is called Find the bug": "Find the bug"
        not in {one.title for one in exercises},
    }
    faults = [f"{one.label}: {EFFORTLESS}" for one in exercises if one.minutes is None]
    faults += [f"{one.label}: {fault}" for one in exercises for fault in missing(one, aims)]
    faults += [fault for fault, so in lacks.items() if so]
    faults += [f"no wrong answer of a box is told “{words}”" for words in missed]
    count = Counter(
        exercises=len(exercises),
        boxes=boxed,
        tasks=sum(one.task for one in exercises),
        minutes=sum(one.minutes or 0 for one in exercises),
        objectives=len(aims),
        defeated=len(wanted) - len(missed),
    )
    return count, faults


def missing(exercise: Exercise, aims: Collection[str]) -> Iterator[str]:
    """What an exercise lacks."""
    if not exercise.objectives:
        yield "it names no objective, as in (cell.1) at the beginning of its text"
    yield from (
        f"{one} is no objective of this chapter" for one in exercise.objectives if one not in aims
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
        isinstance(node, ast.Assert)
        for cell in exercise.solution
        for node in ast.walk(ast.parse(cell))
    ):
        yield "its solution does not assert what the task says of it"


def misnamed(pages: Mapping[str, str], start: Collection[str]) -> list[str]:
    """A sentence for each exercise and each question of the book that has no id of its own.

    `start` are the ids of the questions that the first page takes from elsewhere.
    """
    found = [("index-", one) for one in start]  # what an id begins with, and the id
    labels = []
    for page, text in pages.items():
        exercises = list(read(text))
        labels += [(f"{page}-", one.label) for one in exercises]
        label = {box: one.label for one in exercises for box in one.boxes}
        cells = [block.text for block in blocks(text) if block.kind == "cell"]
        found += [(label.get(cell, f"{page}-"), one) for cell in cells for one in ids(cell)]
    faults = []
    for names in (found, labels):
        faults += [
            f'the id "{one}" of an exercise or a question must begin with "{head}"'
            for head, one in names
            if not re.fullmatch(head + (r"[a-z0-9-]+" if head.endswith("-") else r"(\.\w+)?"), one)
        ]
        counted = Counter(one for _, one in names)
        faults += [f'the id "{one}" stands {n} times' for one, n in counted.items() if n > 1]
    return faults


if __name__ == "__main__":
    sys.exit(main())
