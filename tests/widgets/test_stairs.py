"""Products as staircases, sums as bars end to end."""

import re

import pytest

from tests.node import ask, ask_each
from tests.widgets.living import Seen

# Staircases and sums


def test_a_staircase_goes_down_and_up_and_flips_its_sign() -> None:
    steps = ask("tests/paths", "levels", [0.1, 1, -100, -0.01])
    assert [step["sign"] for step in steps] == [1, 1, -1, 1]
    assert [step["level"] for step in steps] == pytest.approx([-1, -1, 1, -1])
    zero, bad = ask_each("tests/paths", "levels", [[0.5, 0, 3], [0.5, "#NaN", 3]])
    assert [step["level"] for step in zero][1:] == [None, None]
    assert [step["level"] for step in bad][1:] == ["NaN", "NaN"]


def test_zero_is_a_ring_and_what_is_not_finite_is_crossed() -> None:
    products = [0.5, -2], [0.5, 0, 3], [0.5, "#Infinity", 3], [1e-6, 1e-5]
    pictures = [ask("tests/paths", "stairs", values, {}) for values in products]
    first, zero, bad, tiny = map(Seen, pictures)
    assert [len(first.all("tread")), len(first.all("minus")), len(first.all("sum-ring"))] == [
        2,
        1,
        0,
    ]
    assert [len(zero.all("tread")), len(zero.all("sum-ring")), len(zero.all("cross"))] == [1, 1, 0]
    assert [len(bad.all("tread")), len(bad.all("cross"))] == [1, 1]
    assert "not finite" in (bad.all("stairs")[0]["aria-label"] or "")
    assert [len(tiny.all("tread")), len(tiny.all("off"))] == [2, 1]


def test_a_long_staircase_is_turned_on_a_narrow_page() -> None:
    wide, narrow = (
        ask("tests/paths", "stairs", [0.5] * 6, dict(width=width)) for width in (660, 350)
    )
    assert 'class="stairs"' in wide and 'class="stairs turned"' in narrow


def test_bars_lie_end_to_end_on_one_scale() -> None:
    html = ask("tests/paths", "sums", [0.4, -0.6, 0, 0.1], dict(aim=-0.1))
    styles = " ".join(bar["style"] or "" for bar in Seen(html).all("sum-bar"))
    left = [float(x) for x in re.findall(r"left:([\d.]+)%", styles)]
    right = [a + float(x) for a, x in zip(left, re.findall(r"max\(([\d.]+)%", styles), strict=True)]
    assert len(left) == 4, "three parts that are not 0, and the total"
    assert right[0] == pytest.approx(right[1], abs=0.01), (
        "a minus goes back from where the last one ended"
    )
    assert left[1] == pytest.approx(left[2], abs=0.01)
    assert right[2] == pytest.approx(left[3], abs=0.01), "the total ends where the last part does"
    assert right[3] == pytest.approx(left[0], abs=0.01), "and begins at 0"
    assert (
        len(Seen(html).all("minus")),
        len(Seen(html).all("sum-ring")),
        len(Seen(html).all("sum-aim")),
    ) == (2, 1, 5)


@pytest.mark.parametrize("values", [[0.0], [1e-30, -3e-30], [5e8], [0.0223, -0.111], [-1.0, -2.0]])
def test_a_linear_scale_holds_0_and_everything(values: list[float]) -> None:
    scale = ask("plot/sums", "linear", values)
    assert scale["low"] < min(0, *values, 0) and scale["high"] > max(0, *values, 0)
    assert 2 - (values == [0.0]) <= len(scale["ticks"]) <= 7, scale
    assert any(abs(tick) < 1e-12 * (scale["high"] - scale["low"]) for tick in scale["ticks"])
