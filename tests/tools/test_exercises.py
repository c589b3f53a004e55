"""The check of the exercises: every chapter passes it.

It sees what is taken away from any of them.
"""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from lstm_edu.widgets.answer.titles import TITLES
from tests.tree import ROOT
from tools.judge import exercises
from tools.judge.exercises import DEFEATS, checked
from tools.read import places
from tools.read.chapter import blocks, objectives
from tools.read.exercises import read


def text(chapter: str) -> str:
    return (ROOT / "book" / f"{chapter}.md").read_text("utf-8")


@pytest.mark.parametrize("chapter", DEFEATS)
def test_a_chapter_has_all_that_it_must(chapter: str) -> None:
    count, faults = checked(chapter, text(chapter))
    assert not faults
    assert (
        count["exercises"] >= 5
        and count["boxes"] >= 2
        and count["defeated"] == len(DEFEATS[chapter])
    )


def test_the_ten_chapters_with_objectives_are_those_that_are_checked() -> None:
    with_objectives = {
        file.stem for file in (ROOT / "book").glob("*.md") if objectives(text(file.stem))
    }
    assert with_objectives == DEFEATS.keys() and len(DEFEATS) == 10


def test_among_them_are_functions_to_write_and_proofs() -> None:
    all_of_them = [one for chapter in DEFEATS for one in read(text(chapter))]
    assert sum(one.task for one in all_of_them) >= 3
    book = "\n".join(text(chapter) for chapter in DEFEATS)
    assert len(re.findall(r"\b(?:Prove|Show) that\b", book)) >= 3
    assert "(pencil.md)" in text("time"), (
        "two steps with pencil and paper are an exercise of the time chapter"
    )


def test_an_exercise_says_its_effort_and_of_two_times_the_longer_counts() -> None:
    by_label = {one.label: one for one in read(text("time"))}
    assert (by_label["time-page"].difficulty, by_label["time-page"].minutes) == (2, 60)
    assert (by_label["time-carry"].difficulty, by_label["time-carry"].minutes) == (3, 25)
    everywhere = {one.difficulty for chapter in DEFEATS for one in read(text(chapter))}
    assert everywhere == {1, 2, 3}


def taken(pattern: str, put: str = "") -> Callable[[str], str]:
    """Take away the first thing among the exercises that a pattern finds."""

    def change(whole: str) -> str:
        at = whole.index("## Exercises")
        changed, count = re.subn(pattern, put, whole[at:], count=1, flags=re.M | re.S)
        assert count, pattern
        return whole[:at] + changed

    return change


BROKEN = {
    "hint": (taken(r"^````\{admonition\} Hint\n.*?^````\n"), "it has no hint"),
    "hints in order": (taken("Hint 2", "Hint 3"), r"call them Hint, or Hint 1, Hint 2"),
    "graded": (
        lambda t: re.sub(r"^````\{admonition\} Hint [2-9]\n.*?^````\n", "", t, flags=re.M | re.S),
        "graded hints",
    ),
    "solution": (
        taken(r"^````\{solution-start\}.*?\{solution-end\}\n````\n"),
        "it has no folded solution",
    ),
    "its own label": (
        taken(r"\{solution-start\} ", "{solution-start} not-"),
        "it has no folded solution",
    ),
    "folded": (
        taken(r"(\{solution-start\} [^\n]*\n):class: dropdown\n", r"\1"),
        "it has no folded solution",
    ),
    "cell": (
        taken(
            r"(\{solution-start\}.*?)^```\{code-cell\}.*?^```\n"
            r"(?=\n(?:[^`\n]*\n)*?\n?````\{solution-end\})",
            r"\1",
        ),
        "its solution has no cell",
    ),
    "objective": (taken(r"^\((\w+\.\d+)[^)]*\) "), "it names no objective"),
    "stranger": (taken(r"^\((\w+)\.\d+", r"(\1.9"), "is no objective of this chapter"),
    "effort": (taken(r"^\*Difficulty [^\n]*\n"), "does not say how hard it is and how long"),
    "difficulty": (taken(r"Difficulty \d", "Difficulty 4"), "does not say how hard it is"),
    "minutes": (taken(r", [\d to]+ minutes", ""), "does not say how hard it is and how long"),
    "bug": (
        lambda t: t.replace("{exercise} Find the bug", "{exercise} Find it"),
        "no exercise is called Find the bug",
    ),
    "boxes": (
        lambda t: t.replace("Answer", "Nothing"),
        "exercises have an answer box; two are wanted",
    ),
}


@pytest.mark.parametrize("what", BROKEN)
def test_what_is_taken_away_is_missed(what: str) -> None:
    change, says = BROKEN[what]
    chapter = "pushes" if what in ("cell", "hint") else "truncation"
    faults = checked(chapter, change(text(chapter)))[1]
    assert any(re.search(says, fault) for fault in faults), faults


@pytest.mark.parametrize(
    ("chapter", "words"), [(chapter, words) for chapter in DEFEATS for words in DEFEATS[chapter]]
)
def test_a_misconception_that_no_feedback_names_is_missed(chapter: str, words: str) -> None:
    faults = checked(chapter, text(chapter).replace(f"“{words}”", words))[1]
    assert faults == [f"no wrong answer of a box is told “{words}”"]


def test_an_objective_without_an_exercise_and_too_few_exercises_are_missed() -> None:
    whole = text("numpy")
    faults = checked("numpy", whole.replace("(numpy.3)", "(numpy.1)"))[1]
    assert faults == ["the objective numpy.3 has no exercise that names it"]
    few = whole[: whole.index("```{exercise}", whole.index("## Exercises") + 200)]
    assert "exercises; a chapter has at least five" in checked("numpy", few)[1][0]


def test_praise_does_not_count_as_feedback_to_a_wrong_answer() -> None:
    cell = "right = ('a', '“b”')\nwrong = {'c': '“d” ' + x}"
    assert exercises.feedback(cell).strip() == "“d”"


def test_a_task_whose_verdict_is_not_asserted_is_missed() -> None:
    faults = checked("cell", text("cell").replace("assert said.right, said\n", ""))[1]
    assert faults == ["cell-write: its solution does not assert what the task says of it"]


def test_the_build_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "page.md").write_text("# A page without exercises\n")
    monkeypatch.setattr(places, "BOOK", tmp_path)
    monkeypatch.setattr(places, "order", lambda: ["page"])
    assert exercises.main() == 0
    (tmp_path / "page.md").write_text("# Page\n\n## Exercises\n")
    assert exercises.main() == 1
    assert "book/page.md: 0 exercises; a chapter has at least five" in capsys.readouterr().err


PAGES = {page: places.source(page) for page in places.order()}


def test_every_exercise_and_question_has_an_id_of_its_own() -> None:
    start = exercises.ids(exercises.START.read_text("utf-8"))
    assert not exercises.misnamed(PAGES, start)
    assert len(start) == 5


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (', id="cell-by-hand"', "", 'the id "" .* must begin with "cell-by-hand"'),
        ('id="cell-by-hand"', 'id="by-hand"', '"by-hand" .* must begin with "cell-by-hand"'),
        ('id="cell-which-way.f"', 'id="cell-which-way.i"', '"cell-which-way.i" stands 2 times'),
        (":label: cell-silent", ":label: silent", '"silent" .* must begin with "cell-"'),
        (":label: cell-silent", ":label: cell-counter", '"cell-counter" stands 2 times'),
    ],
)
def test_an_id_that_is_missing_or_not_its_own_is_named(old: str, new: str, says: str) -> None:
    assert old in PAGES["cell"]
    faults = exercises.misnamed(PAGES | {"cell": PAGES["cell"].replace(old, new)}, [])
    assert any(re.search(says, fault) for fault in faults), faults


def test_every_title_of_an_earlier_edition_leads_to_a_question_of_this_one() -> None:
    cells = [
        block.text for text in PAGES.values() for block in blocks(text) if block.kind == "cell"
    ]
    now = {
        one for cell in [*cells, exercises.START.read_text("utf-8")] for one in exercises.ids(cell)
    }
    menu = {
        f"index-line.{name}" for name in ("o_bar", "c_bar", "i_bar", "g_bar", "f_bar", "w_ix_bar")
    }
    assert {*TITLES.values()} <= now | menu
    assert len(TITLES) == 73, "a title that is gone loses what a reader did"


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["cell", "time", "carousel", "paths", "vcurve", "ripple"])
def test_the_book_asks_three_things_of_each_figure_and_one_beforehand(
    kind: str, site: Path
) -> None:
    found = rf'data-kind="{kind}"[^>]*>\s*<script type="application/json"[^>]*>(.*?)</script>'
    pages = [page.read_text("utf-8") for page in (site / "book").glob("*.html")]
    asked = [
        json.loads(state).get("prompts", [])
        for page in pages
        for state in re.findall(found, page, re.DOTALL)
    ]
    assert any(len(prompts) >= 3 and any(one["asks"] for one in prompts) for prompts in asked), (
        asked
    )
