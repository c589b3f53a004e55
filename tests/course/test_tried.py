"""A reader's function that is not written yet, stops, or returns something else.

It gets a sentence, and never an error.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from lstm_edu.course import tasks, tried


def stops(*_: Any) -> None:
    raise KeyError("z_i")


@pytest.mark.parametrize(
    ("mine", "says"),
    [
        (lambda *_: {}, "Next comes o_bar, which your function does not return yet."),
        (lambda *_: dict(o_bar=...), "Next comes o_bar"),
        (lambda *_: None, "Your function returned None. It should return numbers by name"),
        (lambda *_: "x" * 99, "…. It should return"),
        (lambda *_: dict(o_bar="?"), "o_bar is '?', which is no number."),
        (lambda *_: dict(o_bar=float("nan")), "o_bar is nan; it should be finite."),
        (lambda *_: dict(o_bar=[1.0, 2.0]), "o_bar has 2 numbers; for one unit it is one."),
        (lambda: {}, "Your function stopped: TypeError"),
        (stops, "Your function stopped: KeyError, 'z_i'."),
        (3, "Your function stopped: TypeError"),
    ],
)
def test_a_function_that_is_none_yet_gets_a_sentence(mine: Any, says: str) -> None:
    said = tasks.one_step(mine)
    assert says in said and not said.right


def test_a_function_gets_copies() -> None:
    held = np.zeros(2)

    def writes(v: dict[str, np.ndarray]) -> dict[str, float]:
        v["a"][:] = 1
        v["b"] = v.pop("a")
        return {}

    assert tried.returned(writes, dict(a=held)) == {} and not held.any()


@pytest.mark.parametrize(
    ("yours", "truth", "shown"),
    [
        (0.02204, 0.02201, "+0.02204 where it is +0.02201"),
        (-1.0, 2.0, "−1 where it is +2"),
        (1.0, 1.0, "+1 where"),
    ],
)
def test_both_numbers_have_the_digits_that_tell_them_apart(
    yours: float, truth: float, shown: str
) -> None:
    assert shown in tried.first("c_bar", [], yours, truth)


def test_a_value_is_printed_without_a_plus_and_what_is_right_comes_first() -> None:
    assert tried.first("c", ["i", "f"], 1.0, 2.0, "Why.") == (
        "Right so far: i, f. First wrong: c. Yours is 1 where it is 2. Why."
    )
    assert tried.so_far(list("ifogc")) == "Right so far: i to c. "


def test_what_is_said_is_shown_by_a_notebook() -> None:
    def right(_: Callable) -> str:
        return "Right."

    assert tried.spoken(right)(print)._repr_html_() == '<p class="said">✓ Right.</p>'
