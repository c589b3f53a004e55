"""The store of the answer boxes: what is right stays known, whatever the browser's storage does."""

import json
from typing import Any

import pytest

from lstm_edu.widgets import Answer
from tests.node import ask

DAY = "2026-01-02"
A, B = ["note", "cell-silent", DAY], ["note", "cell-counter", DAY]


def told(steps: list[list[Any]], given: dict[str, Any] | None = None, broken: str = "") -> Any:
    kept = {key: json.dumps(value) for key, value in (given or {}).items()}
    return ask("tests/progress", "told", kept, broken, steps)


def right(one: list[Any]) -> set[str]:
    return {*one[0]}


def test_what_is_noted_in_one_tab_is_known_in_the_other_and_after_a_reload() -> None:
    done = told([["one", *A], ["two", *B], ["one", "solved"], ["three", "solved"]])
    assert all(kept for _, kept in done["said"])
    assert [*map(right, done["said"])] == [
        {"cell-silent"},
        *[{"cell-silent", "cell-counter"}] * 3,
    ]


@pytest.mark.parametrize("broken", ["denied", "full"])
def test_a_storage_that_refuses_loses_nothing_while_the_page_is_open(broken: str) -> None:
    done = told(
        [
            ["one", *A],
            ["one", "broken", broken],
            ["one", *B],
            ["one", "solved"],
            ["one", "broken", ""],
            ["one", "note", "cell-by-hand", DAY],
            ["two", "solved"],
        ]
    )
    kept = [kept for _, kept in done["said"]]
    assert kept == [True, broken != "denied", False, False, False, True, True]
    assert right(done["said"][3]) == {"cell-silent", "cell-counter"}
    assert right(done["said"][-1]) == {"cell-silent", "cell-counter", "cell-by-hand"}


def test_what_the_browser_forgets_is_kept_again_and_what_a_reader_clears_is_not() -> None:
    wiped = told([["one", *A], ["two", "wipe"], ["one", *B], ["two", "solved"]])
    assert right(wiped["said"][-1]) == {"cell-silent", "cell-counter"}
    assert all(kept for _, kept in wiped["said"])
    cleared = told([["one", *A], ["two", "clear"], ["one", *B], ["two", "solved"]])
    assert right(cleared["said"][-1]) == {"cell-counter"}
    refused = told([["one", *A], ["one", "broken", "full"], ["one", *B], ["one", "clear"]])
    assert right(refused["said"][-1]) == set()


OLD = {"cell.3, silent": "2025-03-01", "a question that is gone": "2025-03-02"}


def test_progress_under_titles_is_read_and_none_of_it_is_lost() -> None:
    was = Answer("c_bar", id="cell-silent").was
    assert was == {"cell.3, silent": "cell-silent"}
    steps = [["one", "solved"], ["one", "rename", was], ["one", *A], ["one", *B], ["two", "solved"]]
    done = told(steps, {"lstm-answers": OLD})
    assert done["said"][0] == [OLD, True]
    days = {"cell-silent": "2025-03-01", "a question that is gone": "2025-03-02"}
    assert [one[0] for one in done["said"][1:3]] == [days, days], "the first day stands"
    assert done["said"][-1][0] == days | {"cell-counter": DAY}
    assert json.loads(done["held"]["lstm-answers"]) == OLD, "an earlier edition may still be read"


def test_clearing_takes_the_titles_too() -> None:
    done = told([["one", "clear"], ["two", "solved"]], {"lstm-answers": OLD})
    assert done["said"][-1] == [{}, True] and "lstm-answers" not in done["held"]


def test_a_later_edition_is_not_overwritten_and_its_tries_stay() -> None:
    later = {"version": 2, "other": 1}
    done = told([["one", *A]], {"lstm-progress": later})
    assert done["said"] == [[{"cell-silent": DAY}, False]]
    assert json.loads(done["held"]["lstm-progress"]) == later
    tries = {"cell-counter": {"tries": [["first", "own-factor-f"]]}}
    done = told([["one", *A], ["one", *B]], {"lstm-progress": {"version": 1, "questions": tries}})
    kept = json.loads(done["held"]["lstm-progress"])["questions"]
    assert kept == {
        "cell-silent": {"right": DAY},
        "cell-counter": {"right": DAY, **tries["cell-counter"]},
    }


@pytest.mark.parametrize("text", ["5", '"x"', "[1]", '{"questions": 3}', '{"questions": {"a": 1}}'])
def test_what_is_not_ours_in_the_storage_does_no_harm(text: str) -> None:
    done = told([["one", *A]], {"lstm-progress": json.loads(text), "lstm-answers": 7})
    assert done["said"] == [[{"cell-silent": DAY}, True]]


def test_a_menu_asks_one_question_a_line() -> None:
    box = Answer("c_bar", id="index-line", menu=["o_bar"])
    assert box.was["the line of o\u0304(t)"] == "index-line.o_bar" and len(box.was) == 6

    def name(menu: dict[str, str]) -> str:
        return ask("answer/progress", "idOf", dict(id=box.id, menu=menu, name="o_bar"))

    assert (name(box.menu), name({})) == ("index-line.o_bar", "index-line")
