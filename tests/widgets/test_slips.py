"""What the answer box says of lines with one slip is true, or it says less."""

from collections import Counter

import pytest

from tests.node import ask
from tests.widgets.answer_cases import LINES, question
from tests.widgets.slips import BOXES, IN_TIME, Slip, slips
from tests.widgets.truth_pairs import holds

GENERAL = [(name, "general") for name in LINES if name != "h_bar_loss"]


def said(slip: Slip, by: str = "line") -> dict:
    """The verdict on a line, with the words of it."""
    modes = ("homework", "last", "in_time")
    asked = question(slip.name, **{one: slip.mode == one for one in modes})
    return ask("answer/verdict", by, slip.text, asked)


def counted(made: list[Slip]) -> tuple[Counter[str], list[str]]:
    """How many verdicts are true, say less and are false; and the false ones."""
    told = [(slip, said(slip)) for slip in made]
    assert not [slip for slip, one in told if one.get("right") or one.get("unread")]
    found = [(holds(slip, one), f"{slip}: {one['fault']}") for slip, one in told]
    return Counter(word for word, _ in found), [text for word, text in found if word == "false"]


@pytest.mark.parametrize(
    ("count", "asked", "seed"),
    [
        (200, BOXES, 1),
        (200, GENERAL, 2),
        (100, IN_TIME, 3),
        pytest.param(4000, BOXES, 3, marks=pytest.mark.prove),
        pytest.param(4000, GENERAL, 4, marks=pytest.mark.prove),
        pytest.param(4000, IN_TIME, 5, marks=pytest.mark.prove),
    ],
)
def test_what_is_said_of_one_slip_is_true(
    count: int, asked: list[tuple[str, str]], seed: int
) -> None:
    words, wrong = counted(list(slips(count, seed, asked)))
    assert words["true"] >= 0.97 * count, words
    assert len(wrong) <= 2, wrong


@pytest.mark.parametrize(
    ("count", "asked", "seed"),
    [
        (60, BOXES, 5),
        pytest.param(500, BOXES, 6, marks=pytest.mark.prove),
        pytest.param(500, GENERAL, 7, marks=pytest.mark.prove),
    ],
)
def test_two_slips_are_named(count: int, asked: list[tuple[str, str]], seed: int) -> None:
    words, wrong = counted(list(slips(count, seed, asked, times=2)))
    assert words["true"] >= 0.7 * count, words
    assert len(wrong) <= 0.01 * count, wrong


@pytest.mark.parametrize("count", [100, pytest.param(7000, marks=pytest.mark.prove)])
@pytest.mark.parametrize("times", [1, 2, 3])
def test_no_wrong_line_is_accepted(count: int, times: int) -> None:
    made = slips(count, 8 + times, [*BOXES, *GENERAL, *IN_TIME], times)
    assert not [slip for slip in made if said(slip, "begun").get("right")]
