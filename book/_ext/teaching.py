"""What the page for instructors says of the chapters, read from them when the book is built, and what they weigh.

    ```{syllabi}
    One lecture: cell pushes
    ```

makes a table of courses: how long each takes to read, and how many exercises it has. `{objectives}` makes a table of
what each chapter teaches, and by which exercises that is tested. The role {measured} stands for a number of bytes:
`heaviest`, `median`, `book` or `site` (see `sizes`), which may be multiplied, as in `book * 500`.
"""

import re
import statistics
from pathlib import Path
from typing import Any, NamedTuple

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.util.docutils import SphinxDirective, SphinxRole

from tools import notebooks, weight

MINUTES = re.compile(r"^\*\*(\d+) minutes\.\*\*", re.M)
OBJECTIVE = re.compile(r"^- \*\*([a-z]+\.\d+)\*\* (.+?)[;.]\n(?=\n|- |```)", re.M | re.S)
EXERCISE = re.compile(r"^```\{exercise\} ([^\n]+)\n:label: (\S+)\n(.*?)(?=^```\{exercise\}|\Z)", re.M | re.S)
TESTS = re.compile(r"^\(((?:[a-z]+\.\d+(?:, )?)+)\)", re.M)
MEASURED = re.compile(r'(<span class="measured" data-of="([\w* ]+)">)[^<]*')
# Exercises that end in a program or in a number that only the chapter's own code gives.
IN_A_NOTEBOOK = {
    "time-ends", "time-sum", "time-one-step", "time-find-the-bug", "forgetting-hold", "forgetting-find-the-bug",
    "carousel-design", "numpy-order", "trust-zero", "trust-blind", "trust-find-the-bug", "truncation-half-lives",
    "truncation-chunks",
}  # fmt: skip


class Exercise(NamedTuple):
    """An exercise: its title, its label, the objectives it tests, and what it is done with."""

    title: str
    label: str
    tests: list[str]
    means: str


class Chapter(NamedTuple):
    """A chapter: its name, how long it takes to read, what a reader can do afterwards, and its exercises."""

    name: str
    minutes: int
    objectives: dict[str, str]
    exercises: list[Exercise]


def chapter(name: str) -> Chapter:
    """What the text of a chapter says of it. Raises ExtensionError where it does not say how long it takes."""
    text = (notebooks.BOOK / f"{name}.md").read_text("utf-8")
    minutes = MINUTES.search(text)
    if not minutes:
        raise ExtensionError(f"book/{name}.md does not say at its head how many minutes it takes: **10 minutes.**")
    return Chapter(name, int(minutes[1]), dict(OBJECTIVE.findall(text)), exercises(text))


def exercises(text: str) -> list[Exercise]:
    """The exercises of a chapter's text; an answer box stands between the task and its hints or solution."""
    found = []
    for title, label, rest in EXERCISE.findall(text):
        task = re.split(r"^`{3,}\{(?:admonition|solution)", rest, maxsplit=1, flags=re.M)[0]
        means = "notebook" if label in IN_A_NOTEBOOK else "page" if "Answer" in task else "pencil"
        tests = TESTS.search(task)
        found.append(Exercise(title, label, tests[1].split(", ") if tests else [], means))
    return found


def taught() -> list[str]:
    """The chapters that teach, in the reading order: those with exercises."""
    return [name for name in notebooks.chapters() if "{exercise}" in (notebooks.BOOK / f"{name}.md").read_text("utf-8")]


class Table(SphinxDirective):
    """A table in MyST, made from the chapters; the page is made anew where one of them changes."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """What a page shows."""
        for name in taught():
            self.env.note_dependency(str(notebooks.BOOK / f"{name}.md"))
        rows = ["| " + " | ".join(row) + " |" for row in self.rows()]
        rows.insert(1, "|" + "---|" * rows[0].count(" | ") + "---|")
        place = nodes.Element()
        self.state.nested_parse(StringList(rows, self.env.docname), self.content_offset, place)
        return place.children

    def rows(self) -> list[list[str]]:
        """The head of the table and its rows."""
        raise NotImplementedError


class Syllabi(Table):
    """Courses: a line each, its name and its chapters."""

    def rows(self) -> list[list[str]]:
        """The chapters of each course, how long they are and how many exercises they have."""
        rows = [["course", "chapters", "reading", "exercises", "of these checked on the page"]]
        for line in self.content:
            course, _, names = line.partition(": ")
            chosen = [chapter(name) for name in names.split()]
            tasks = [one for part in chosen for one in part.exercises]
            minutes = sum(part.minutes for part in chosen)
            links = ", ".join(f"[]({part.name}.md)" for part in chosen)
            checked = sum(one.means == "page" for one in tasks)
            rows.append([f"**{course}**", links, f"{minutes} min", str(len(tasks)), str(checked)])
        return rows


class Objectives(Table):
    """What each chapter teaches."""

    def rows(self) -> list[list[str]]:
        """Every objective, and the exercises that test it."""
        rows = [["", "afterwards a reader can", "tested by"]]
        for part in map(chapter, taught()):
            rows.append([f"**{part.minutes} min**", f"**[]({part.name}.md)**", ""])
            for code, says in part.objectives.items():
                asked = [f"{one.title} ({one.means})" for one in part.exercises if code in one.tests]
                rows.append([code, " ".join(says.split()), ", ".join(asked) or "–"])
        return rows


class Measured(SphinxRole):
    """The place of a number that is known when all pages are written."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """The place, for `fill` to find."""
        return [nodes.raw("", f'<span class="measured" data-of="{self.text}"></span>', format="html")], []


def sizes(site: Path) -> dict[str, float]:
    """The bytes of the heaviest page and of the median one, of all chapters for one reader, and of the whole site."""
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


def hide(app: Sphinx, page: str, source: list[str]) -> None:
    """Take the solutions out of a page's text, with the cells in them, where `hide_solutions` is set."""
    if app.config.hide_solutions:
        source[0] = notebooks.SOLUTION.sub("", source[0])


def fill(app: Sphinx, exception: Exception | None) -> None:
    """Write the measured numbers into the pages that ask for them. Raises ExtensionError for what is not measured."""
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
    """Register the directives, the role, and the listeners: the last when the pages are light."""
    app.add_directive("syllabi", Syllabi)
    app.add_directive("objectives", Objectives)
    app.add_role("measured", Measured())
    app.connect("source-read", hide)
    app.connect("build-finished", fill, priority=960)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
