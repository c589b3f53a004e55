"""What the page for instructors says of the chapters, and what they weigh.

It is read from them when the book is built.

    ```{syllabi}
    One lecture: cell pushes
    ```

makes a table of courses: how long each takes to read, how many exercises it has, and how long these
take. `{objectives}` makes a table of what each chapter teaches, and by which exercises that is
tested. The role {measured} stands for a number of bytes: `heaviest`, `median`, `book` or `site`
(see `sizes`), which may be multiplied, as in `book * 500`.
"""

import re
import statistics
from abc import abstractmethod
from pathlib import Path
from typing import Any, NamedTuple

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.util.docutils import SphinxDirective, SphinxRole

from tools.judge import weight
from tools.read import exercises, minutes, places
from tools.read.chapter import objectives

MEASURED = re.compile(r'(<span class="measured" data-of="([\w* ]+)">)[^<]*')
# Exercises that end in a number which only the chapter's own code gives, or in such code.
IN_A_NOTEBOOK = {
    "forgetting-hold", "forgetting-find-the-bug", "numpy-order", "trust-blind",
    "trust-find-the-bug", "truncation-half-lives", "truncation-chunks",
}  # fmt: skip


class Chapter(NamedTuple):
    """A chapter and its exercises.

    It has its name, how long it takes to read, and what a reader can do afterwards.
    """

    name: str
    minutes: int
    objectives: dict[str, str]
    exercises: list[exercises.Exercise]


def chapter(name: str) -> Chapter:
    """What the text of a chapter says of it."""
    text = places.source(name)
    return Chapter(name, minutes.minutes(text), objectives(text), [*exercises.read(text)])


def means(exercise: exercises.Exercise) -> str:
    """What an exercise is done with.

    A function is written in a notebook, a box judges on the page.
    """
    if exercise.task or exercise.label in IN_A_NOTEBOOK:
        return "notebook"
    return "page" if exercise.boxes else "pencil"  # the solution is in the book


class Table(SphinxDirective):
    """A table in MyST, made from the chapters; the page is made anew where one of them changes."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """What a page shows."""
        for name in places.teaching():
            self.env.note_dependency(str(places.BOOK / f"{name}.md"))
        rows = ["| " + " | ".join(row) + " |" for row in self.rows()]
        rows.insert(1, "|" + "---|" * rows[0].count(" | ") + "---|")
        place = nodes.Element()
        self.state.nested_parse(StringList(rows, self.env.docname), self.content_offset, place)
        return place.children

    @abstractmethod
    def rows(self) -> list[list[str]]:
        """The head of the table and its rows."""


class Syllabi(Table):
    """Courses: a line each, its name and its chapters."""

    def rows(self) -> list[list[str]]:
        """The chapters of each course, how long they are and how many exercises they have."""
        rows = [["course", "chapters", "reading", "exercises", "they take", "checked on the page"]]
        for line in self.content:
            course, _, names = line.partition(": ")
            chosen = [chapter(name) for name in names.split()]
            tasks = [one for part in chosen for one in part.exercises]
            minutes = sum(part.minutes for part in chosen)
            links = ", ".join(f"[]({part.name}.md)" for part in chosen)
            checked = sum(means(one) == "page" for one in tasks)
            effort = sum(one.minutes or 0 for one in tasks)
            times = f"{minutes} min", str(len(tasks)), f"{effort} min"
            rows.append([f"**{course}**", links, *times, str(checked)])
        return rows


class Objectives(Table):
    """What each chapter teaches."""

    def rows(self) -> list[list[str]]:
        """Every objective, and the exercises that test it."""
        rows = [["", "afterwards a reader can", "tested by"]]
        for part in map(chapter, places.teaching()):
            rows.append([f"**{part.minutes} min**", f"**[]({part.name}.md)**", ""])
            for code, says in part.objectives.items():
                asked = [
                    f"{one.title} ({means(one)}, {one.difficulty}, {one.minutes} min)"
                    for one in part.exercises
                    if code in one.objectives
                ]
                rows.append([code, says, ", ".join(asked) or "–"])
        return rows


class Measured(SphinxRole):
    """The place of a number that is known when all pages are written."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """The place, for `fill` to find."""
        return [
            nodes.raw("", f'<span class="measured" data-of="{self.text}"></span>', format="html")
        ], []


def sizes(site: Path) -> dict[str, float]:
    """The bytes of the heaviest page, the median one, all chapters and the whole site.

    All chapters are counted as one reader loads them.
    """
    pages = weight.book(site).values()
    files = sum(file.stat().st_size for file in site.rglob("*") if file.is_file())
    return {
        "heaviest": max(pages),
        "median": statistics.median(pages),
        "book": weight.whole(site),
        "site": files,
    }


def readable(size: float) -> str:
    """A number of bytes with two digits or three: 180 kB, 1.3 MB."""
    for unit in "kB", "MB", "GB":
        size /= 1000
        if size < 999.5 or unit == "GB":
            break
    return f"{size:.0f} {unit}" if size >= 9.95 else f"{size:.1f} {unit}"


def fill(app: Sphinx, exception: Exception | None) -> None:
    """Write the measured numbers into the pages that ask for them.

    Raises ExtensionError for what is not measured.
    """
    if exception is not None or app.builder.format != "html":
        return
    known = sizes(Path(app.outdir))

    def number(found: re.Match[str]) -> str:
        name, _, times = found[2].partition(" * ")
        if name not in known:
            raise ExtensionError(f"{name} is not measured; a page may ask for {', '.join(known)}")
        return found[1] + readable(known[name] * float(times or 1))

    for page in Path(app.outdir, "book").glob("*.html"):
        html = page.read_text("utf-8")
        if MEASURED.search(html):
            page.write_text(MEASURED.sub(number, html), "utf-8")


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the directives and the role, and what fills them in when the pages are light."""
    app.add_directive("syllabi", Syllabi)
    app.add_directive("objectives", Objectives)
    app.add_role("measured", Measured())
    app.connect("build-finished", fill, priority=960)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
