"""The edition for a class: no solution is left in what it is made from, and everything else is."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from lstm_edu.widgets import Answer
from tests.ext.test_extensions import host
from tests.test_layout import cells
from tests.tree import ROOT
from tools.make import notebooks
from tools.read import edition
from tools.read.chapter import blocks

CHAPTERS = sorted((ROOT / "book").glob("*.md"))


@pytest.fixture
def off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOLUTIONS", "off")


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: chapter.stem)
def test_without_solutions_a_chapter_keeps_all_the_rest(chapter: Path, off: None) -> None:
    text = chapter.read_text("utf-8")
    left = edition.edited(text)
    assert "{solution" not in left and "one.solved" not in left
    titles, kept = (
        [one.text for one in blocks(of) if one.kind == "heading"] for of in (text, left)
    )
    assert kept == [title for title in titles if title != "The key"]
    for kept in (r"^```\{exercise\}.*", r"^````\{admonition\} Hint.*"):
        assert re.findall(kept, left, re.M) == re.findall(kept, text, re.M)
    assert left.count("Answer") == text.count("Answer")


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: chapter.stem)
def test_no_cell_needs_what_only_a_solution_defines(
    chapter: Path, off: None, tmp_path: Path
) -> None:
    (tmp_path / "left.md").write_text(edition.edited(chapter.read_text("utf-8")))
    code = "\n\n".join(cells(tmp_path / "left.md"))
    command = [sys.executable, "-m", "ruff", "check", "--isolated", "--select", "F821", "-"]
    done = subprocess.run(command, input=code, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_whole_book_is_as_it_is_written() -> None:
    text = "````{solution} a\nb\n````\n"
    assert edition.edited(text) == text


def test_a_solution_goes_with_its_cells_and_a_fence_inside_it(off: None) -> None:
    start, end = "````{solution-start} a\n:class: dropdown\n````\n", "````{solution-end}\n````\n\n"
    assert (
        edition.edited(f"One.\n\n{start}\n```{{code-cell}}\n1\n```\n\n{end}Two.\n")
        == "One.\n\nTwo.\n"
    )
    assert edition.edited("````{solution} a\n```\nb\n```\n````\n\nTwo.\n") == "Two.\n"
    assert edition.edited("% solutions\nKey\n% to here\n\nTwo.\n") == "Two.\n"


def test_a_notebook_of_a_class_has_no_solution(off: None) -> None:
    text = "\n".join(cell.source for cell in notebooks.notebook("time").cells)
    assert (
        "Exercise: Two readers" in text
        and "Solution" not in text
        and "assert said.right" not in text
    )


def test_another_setting_gets_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOLUTIONS", "of")
    with pytest.raises(ValueError, match="SOLUTIONS is 'of'; give on or off"):
        edition.edited("")


def test_a_box_of_a_class_has_no_answer_to_show(monkeypatch: pytest.MonkeyPatch) -> None:
    box = {"_anywidget_id": Answer("c_bar")._anywidget_id, "ask": "a", "solution": "b"}
    page = {"body": json.dumps({"state": {"m": {"state": box}}})}
    assert host.models(page)["m"][1] == {"ask": "a", "solution": "b"}
    monkeypatch.setenv("SOLUTIONS", "off")
    assert host.models(page)["m"][1] == {"ask": "a"}
