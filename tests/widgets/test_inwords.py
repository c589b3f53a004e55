"""The state of a figure in words: whatever changes it changes them, with signs and units."""

import re
from typing import Any

import pytest

from lstm_edu.lab.mistakes import MISTAKES
from lstm_edu.widgets import Carousel, Cell, Paths, Ripple, Time, VCurve
from lstm_edu.widgets.kit.base import Widget
from tests.node import ask

FIGURES: dict[str, Widget] = {
    "carousel": Carousel(),
    "cell": Cell(backward=True, pinned="f", nudge=0.2),
    "paths": Paths(),
    "ripple": Ripple(backward=True, pinned="a", nudge=0.1),
    "time": Time(T=6, t=3, k=4),
    "vcurve": VCurve(),
}
# of what is no number or switch: another value that the reader's hand can give it
OTHER: dict[str, Any] = {
    "pinned": "",
    "lock": {"L": 0.5},
    "losses": "every",
    "of": "h_0",
    "to": "c_2",
    "off": [0],
    "mistake": next(iter(MISTAKES)),
}
# what the author of a page chooses, not the reader
GIVEN = {"handles", "training", "forward_only", "ys"}
UNITS = {
    "carousel": "powers of ten",
    "cell": "changes the loss by",
    "paths": "products",
    "ripple": "changes the loss by",
    "time": "degrees",
    "vcurve": "10 steps",
}


def said(kind: str, state: dict[str, Any]) -> list[str]:
    """The sentences that a figure says of a state."""
    html = ask(f"{kind}/{kind}", "still", state)
    inside = re.search(r'<output class="spoken aloud"[^>]*>(.*?)</output>', html)
    assert inside, html[:500]
    return re.findall(r"<span>(.*?) ?</span>", inside[1])


def moved(name: str, value: Any) -> Any:
    """A value that the reader's hand can reach from this one."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value - 1 if value > 2 else value + 1
    if name == "xs":
        return [x + 0.1 for x in value]
    return value + 0.1 if isinstance(value, float) else OTHER[name]


@pytest.mark.parametrize("kind", FIGURES)
def test_whatever_the_hand_changes_changes_the_words(kind: str) -> None:
    first = FIGURES[kind].first
    before = said(kind, first)
    assert all(one.endswith(".") for one in before if one), before
    for name in first.keys() - GIVEN:
        after = said(kind, first | {name: moved(name, first[name])})
        assert after != before, f"{name} is moved and nothing else is said"
        assert len(after) == len(before), "a sentence that is empty keeps its place"


@pytest.mark.parametrize("kind", FIGURES)
def test_the_words_have_units_and_signs_and_no_letter_without_a_name(kind: str) -> None:
    words = " ".join(said(kind, FIGURES[kind].first))
    assert UNITS[kind] in words, words
    assert re.search("[−+⁻]", words), words
    assert not re.search(r"undefined|null|NaN|object|_|<", words), words


def test_one_step_is_not_many() -> None:
    for kind, traits in {"carousel": {"T": 1}, "time": {"T": 1}, "vcurve": {"T": 1}}.items():
        words = " ".join(said(kind, FIGURES[kind].first | traits))
        assert "1 step" in words and "1 steps" not in words, words
