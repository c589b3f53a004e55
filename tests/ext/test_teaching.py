"""The page for instructors says of the chapters what stands in them.

Of the site it says what it weighs.
"""

import re
import sys
from pathlib import Path

import pytest

from tests.tree import ROOT

sys.path.insert(0, str(ROOT / "book" / "_ext" / "words"))
import teaching

from tools.judge import exercises, weight
from tools.make import launches
from tools.read import places

TEXT = (ROOT / "book" / "teaching.md").read_text("utf-8")
CHAPTERS = [teaching.chapter(name) for name in places.teaching()]
TASK = """## Exercises

```{exercise} One
:label: a-one

(a.1, a.2) Why?
```
"""
CELL = "```{{code-cell}}\n{}\n```\n"
HINT = "````{admonition} Hint\n:class: dropdown\nAn Answer.\n````\n"


def test_every_chapter_is_told_with_its_objectives_and_exercises() -> None:
    assert len(CHAPTERS) == 10
    for part in CHAPTERS:
        text = places.source(part.name)
        assert len(part.exercises) == text.count("```{exercise}")
        assert len(part.objectives) == text.count(f"- **{part.name}.")
        assert {code for one in part.exercises for code in one.objectives} == {*part.objectives}, (
            part.name
        )


def test_what_an_exercise_is_done_with() -> None:
    def done_with(text: str) -> str:
        return teaching.means(next(exercises.read(text)))

    assert done_with(TASK + HINT) == "pencil"
    assert done_with(TASK + CELL.format("Answer.choice()") + HINT) == "page"
    assert done_with(TASK + CELL.format("tasks.loop(mine)") + HINT) == "notebook"
    assert done_with(TASK.replace("a-one", "trust-blind") + HINT) == "notebook"
    others = {one.label for part in CHAPTERS for one in part.exercises if not one.task}
    assert others >= teaching.IN_A_NOTEBOOK


@pytest.mark.parametrize(
    ("size", "said"),
    [
        (99_400, "99 kB"),
        (1_340_000, "1.3 MB"),
        (999_600, "1.0 MB"),
        (37.4e9, "37 GB"),
        (2e12, "2000 GB"),
    ],
)
def test_bytes_are_said_in_the_unit_that_fits(size: float, said: str) -> None:
    assert teaching.readable(size) == said


def test_a_page_is_weighed_with_what_it_loads_and_a_book_each_file_once(tmp_path: Path) -> None:
    (tmp_path / "book").mkdir()
    widgets = tmp_path / "_static" / "widgets"
    widgets.mkdir(parents=True)
    for file in "host.js", "cell-1.js", "sheet.css", "never.js":
        (widgets / file).write_text(file * 99)
    (tmp_path / "_static" / "still.png").write_bytes(b"x" * 1000)
    page = """<link rel="stylesheet" href="../_static/widgets/sheet.css?v=1">
        <link rel="next" href="two.html">
        <script defer src="../_static/widgets/host.js?v=2"></script>
        <img alt="" src="../_static/still.png">
        <div data-scripts="cell-1"></div><a href="../_static/widgets/never.js">x</a>"""
    for name in "one", "two":
        (tmp_path / "book" / f"{name}.html").write_text(page)
    loads = weight.loaded(tmp_path / "book" / "one.html")
    assert {file.name for file in loads} == {
        "one.html",
        "sheet.css",
        "host.js",
        "still.png",
        "cell-1.js",
    }
    assert weight.sent(tmp_path / "_static" / "still.png") == 1000
    pages = weight.book(tmp_path)
    assert pages["one"] == weight.total(loads)
    assert weight.whole(tmp_path) == pages["one"] + weight.sent(tmp_path / "book" / "two.html")


def test_what_jupyterlite_downloads_is_said_as_the_button_says_it() -> None:
    said = re.search(r"downloads about (\d+) MB from your host.*? would be (\d+) GB", TEXT)
    assert said
    assert int(said[2]) == int(said[1]) * 50_000 // 1000
    # where the book has such a button
    assert int(said[1]) == getattr(launches, "LITE_MB", int(said[1]))
