from collections.abc import Callable

import pytest
from sympy import diff, exp, simplify, symbols

from lstm_edu.course import chapter, start
from lstm_edu.models import cell
from lstm_edu.widgets import Answer


@pytest.mark.parametrize(("made", "right"), [(start.slope_of_sigma, 0.75), (start.used_twice, 16)])
def test_a_number_is_right_and_each_slip_is_named(made: Callable[[], Answer], right: float) -> None:
    box = made()
    assert box.check(right).right and not box.check(right + 0.1).right
    assert len({box.check(slip) for slip, _ in box.exercise["wrong"]}) == len(box.exercise["wrong"])


def test_the_slips_are_the_ones_that_they_are_called() -> None:
    assert [slip for slip, _ in start.slope_of_sigma().exercise["wrong"]] == [
        0.25,
        0.5,
        pytest.approx(0.705, abs=1e-3),
    ]
    assert [slip for slip, _ in start.used_twice().exercise["wrong"]] == [4, 12, 48, 8]


def test_of_every_choice_one_is_right_and_sympy_agrees() -> None:
    chosen = {}
    for made in (start.sigma_of_a_line, start.product, start.downhill):
        box = made()
        chosen[made], *more = [text for text, _, right in box.exercise["options"] if right]
        assert not more and box.check(chosen[made]).right
    a, b, x, q, r = symbols("a b x q r")
    s = 1 / (1 + exp(-(a * x + b)))
    assert (
        chosen[start.sigma_of_a_line] == "a s (1 − s)"
        and simplify(diff(s, x) - a * s * (1 - s)) == 0
    )
    assert chosen[start.product] == str(diff(q * r, q)) == "r"


def test_the_loss_falls_along_the_wrong_gradient() -> None:
    said = start.downhill().check("It is right")
    assert "from 0.238 to 0.2" in said and not said.right
    assert said.startswith("“The loss went down, so my gradient is right”"), (
        "the misconception is named"
    )


def test_a_gradient_that_is_right_is_no_example(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cell, "sigma", lambda z: z)  # then the slope is i (1 − i), which is right
    with pytest.raises(ValueError, match="choose another slip"):
        start.downhill()
    assert chapter.values()["L"] == pytest.approx(0.238, abs=1e-3)
