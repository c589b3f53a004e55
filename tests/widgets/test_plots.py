"""The carousel and the V curve: every number against NumPy, and prompts that are kept.

Damaged states get sentences.
Longer than 300 lines because the two share their axes, and one node answers for both.
"""

import re
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from lstm_edu.lab import measure, reach
from lstm_edu.lab.mistakes import MISTAKES
from lstm_edu.models import bptt
from lstm_edu.models.cell import shapes
from lstm_edu.widgets import Carousel, VCurve
from lstm_edu.widgets.kit.prompts import prompt
from lstm_edu.widgets.vcurve import numbers as vcurvenumbers
from tests import close
from tests.node import ask, ask_each
from tests.widgets.living import Seen

CAROUSEL = dict(b_f=0.0, b_i=0.0, b_o=0.0, T=100)
VCURVE = dict(mistake="", tolerance=-1.0, T=10, last_only=False, equal_biases=False)
# of the powers of ten of ε: from here on the chord's error is larger than what rounding does to it
FAR = 4


LENGTHS = [100, 1, 2, 3, 7, 20, 41, 64, 83, 99]


def carousels(each: int) -> list[dict[str, Any]]:
    """For every length as many cells, so that NumPy runs them side by side."""
    biases = np.random.default_rng(3).uniform(-6, 6, (len(LENGTHS), each, 3)).round(1)
    biases[0, 0] = 0
    return [
        dict(b_f=f, b_i=i, b_o=o, T=T)
        for T, of in zip(LENGTHS, biases.tolist(), strict=True)
        for f, i, o in of
    ]


def vcurves(count: int) -> list[dict[str, Any]]:
    rng = np.random.default_rng(5)
    return [VCURVE] + [
        dict(mistake=str(rng.choice(["", *MISTAKES])), tolerance=float(rng.uniform(-9, 0)),
             T=int(rng.choice([1, 2, 3, 5, 10, 20])), last_only=bool(rng.random() < 0.5),
             equal_biases=bool(rng.random() < 0.5))
        for _ in range(count)
    ]  # fmt: skip


EACH = 21
RUNS, CURVES = carousels(EACH), vcurves(200)
DEEP = [dict(b_f=-9.0, b_i=-2.0, b_o=0.0, T=100), dict(b_f=-10.0, b_i=-10.0, b_o=-10.0, T=100)]
VIEWS: dict[str, tuple[str, dict[str, Any], dict[str, Any]]] = {
    "carousel": ("carousel", CAROUSEL, {}),
    "carousel narrow": ("carousel", CAROUSEL, {"width": 350}),
    "carousel table": ("carousel", CAROUSEL, {"table": True}),
    "carousel closed": (
        "carousel",
        CAROUSEL | dict(b_f=5.0, b_i=-5.0, b_o=-5.0),
        {"first": CAROUSEL},
    ),
    "carousel full": ("carousel", CAROUSEL | dict(b_f=6.0, b_i=6.0, b_o=6.0), {}),
    "carousel deep": ("carousel", DEEP[0], {}),
    "carousel one": ("carousel", CAROUSEL | dict(T=1), {}),
    "vcurve": ("vcurve", VCURVE, {}),
    "vcurve narrow": ("vcurve", VCURVE, {"width": 350}),
    "vcurve wrong": ("vcurve", VCURVE | dict(mistake="σ for σ′", tolerance=-6.0), {}),
    "vcurve table": ("vcurve", VCURVE | dict(mistake="overwritten"), {"table": True}),
    "vcurve one": ("vcurve", VCURVE | dict(mistake="c carry dropped", T=1), {}),
}
LABELS = [
    [[10, 34], [12, 34], [14, 18]],
    [[299, 34], [300, 18]],
    [[-5, 20], [150, 20], [151, 20], [152, 20]],
]


@cache
def alive() -> dict[str, Any]:
    """What node says to all of this, once."""
    return dict(
        carousel=ask_each("tests/plots", "carousel", [*RUNS, *DEEP]),
        vcurve=ask_each("tests/plots", "vcurve", CURVES),
        eps=ask("vcurve/numbers", "EPS"),
        names=ask("vcurve/numbers", "NAMES"),
        views=[ask(f"{widget}/{widget}", "still", t, ui) for widget, t, ui in VIEWS.values()],
        spread=[ask("plot/axes", "spread", labels, 0, 300) for labels in LABELS],
        tens=[ask("plot/axes", "tens", *of) for of in ([-30, 0], [-1, 0], [-14, 1, 8])],
    )


def view(name: str) -> str:
    return alive()["views"][[*VIEWS].index(name)]


def assert_close(said: Any, wanted: Any, what: str, largest: float = 1.0) -> None:
    close.assert_close(said, wanted, what, largest)


# Numbers of the carousel


def test_the_first_sight_is_the_gulf_that_its_caption_describes() -> None:
    values = Carousel().values
    assert (
        f"{values['product']:.2e} {values['truth']:.2e} {values['gulf']:.1f}"
        == "4.46e-29 2.69e-15 13.8"
    )
    html = view("carousel")
    said = (
        "what came through ",
        "step t: ∂c(T)/∂c(t) with h(t) held",
        "derivative of c(T) by c(t), with h(t) held",
    )
    for words in ("+2.69·10⁻¹⁵", "4.46·10⁻²⁹", ">13.8</span>", *said):
        assert words in html, words
    assert "within 1 %" not in html


@pytest.mark.parametrize("k", range(len(LENGTHS)))
def test_every_number_of_the_carousel_is_numpys(k: int) -> None:
    runs = slice(k * EACH, (k + 1) * EACH)
    states, said = RUNS[runs], alive()["carousel"][runs]
    p = {name: np.eye(EACH) if name[0] == "W" else np.zeros(EACH) for name in shapes(1, 1)}
    p |= {name: np.array([t[name] for t in states]) for name in ("b_f", "b_i", "b_o")}
    xs = np.repeat(reach.wave(LENGTHS[k]), EACH, axis=1)
    tape = bptt.forward(p, xs)
    bars = bptt.backward(p, tape, np.ones_like(tape["h"]))
    lines = {f"{of}_{by}": reach.back(p, xs, of, by) for of in "ch" for by in "ch"}
    lines["product"] = reach.forget_product(p, xs)
    for n, (t, one) in enumerate(zip(states, said, strict=True)):
        for name, numbers in one["tape"].items():
            assert_close(numbers, tape[name][:, n], f"{name} at {t}")
        for name, line in lines.items():
            # else it is not shown, since rounding is all it is
            if name[0] != "h" or one["full"] <= 8:
                assert_close([point["v"] for point in one[name]], line[:, n], f"{name} at {t}")
        truth, product = lines["c_c"][0, n], lines["product"][0, n]
        assert_close(one["gulf"], abs(np.log10(abs(truth / product))), f"gulf at {t}", 300)
        assert one["within"] == (abs(truth / product - 1) < 0.01)
        for gate in "fio":
            gates = tape[gate][:, n]
            assert_close(
                [*one["gates"][gate].values()],
                [gates.min(), gates.mean(), gates.max()],
                f"{gate} at {t}",
            )
        for name, bar in one["price"].items():
            assert_close(
                bar,
                np.diag(np.atleast_2d(bars[name.replace("w", "W")]).T * np.eye(EACH))[n],
                f"{name} at {t}",
            )


@pytest.mark.parametrize("n", range(0, len(RUNS), 30))
def test_values_are_the_numbers_that_are_shown(n: int) -> None:
    values, said = Carousel(**RUNS[n]).values, alive()["carousel"][n]
    assert_close(
        [values["truth"], values["product"]],
        [said["c_c"][0]["v"], said["product"][0]["v"]],
        "values",
    )
    assert_close(
        [values["c_h"], values["gulf"]], [said["c_h"][0]["v"], said["gulf"]], "values", 300
    )
    gates = said["gates"]
    shown = [gates["f"]["low"], gates["i"]["mean"], gates["o"]["high"]]
    assert_close([values["f_low"], values["i_mean"], values["o_high"]], shown, "values")
    assert_close([values[name] for name in said["price"]], [*said["price"].values()], "values")


@pytest.mark.parametrize("k", range(len(DEEP)))
def test_what_is_too_small_for_a_number_keeps_its_power_of_ten(k: int) -> None:
    """Against numbers with a range of thousands of powers of ten.

    They are the product of all steps' 2 by 2 matrices.
    """
    t, said = DEEP[k], alive()["carousel"][len(RUNS) + k]
    tape = bptt.forward(reach.unit(b_f=t["b_f"], b_i=t["b_i"], b_o=t["b_o"]), reach.wave(t["T"]))
    whole, wide = np.eye(2, dtype=np.longdouble), np.longdouble
    if np.finfo(wide).minexp > -2000:
        pytest.skip("this machine has no numbers of a wider range")
    for i, f, o, g, c, c_prev in zip(
        *(tape[name][:, 0] for name in ("i", "f", "o", "g", "c", "c_prev")), strict=True
    ):
        by_h = c_prev * f * (1 - f) + g * i * (1 - i) + i * (1 - g**2)  # all weights are 1
        shown = o * (1 - np.tanh(c) ** 2)
        step = [[f, by_h], [shown * f, shown * by_h + np.tanh(c) * o * (1 - o)]]
        whole = np.array(step, dtype=wide) @ whole
    for key, number in (
        ("c_c", whole[0, 0]),
        ("c_h", whole[0, 1]),
        ("h_c", whole[1, 0]),
        ("h_h", whole[1, 1]),
    ):
        assert said[key][0]["log"] == pytest.approx(float(np.log10(abs(number))), abs=1e-8), key
        assert said[key][0]["minus"] == (number < 0)
    product = np.log10(tape["f"]).sum()
    assert product < -300
    assert said["product"][0]["log"] == pytest.approx(product, rel=1e-10)
    assert said["product"][0]["v"] < 1e-300


def test_what_is_not_drawn_is_said() -> None:
    assert "below 10⁻³⁰⁰ nothing is drawn" in view("carousel deep") and "&lt;10⁻³⁰⁰" in view(
        "carousel deep"
    )
    assert "h no longer hears c" in view("carousel full")
    assert "nothing is drawn" not in view("carousel") and "no longer hears" not in view("carousel")


def test_the_gulf_closes_where_the_caption_says() -> None:
    values = Carousel(b_f=5.0, b_i=-5.0, b_o=-5.0).values
    assert round(values["product"], 3) == 0.429 and round(values["truth"], 3) == 0.433
    assert "✓ within 1 %" in view("carousel closed") and "Rings: at first" in view(
        "carousel closed"
    )


# Numbers of the V curve


@pytest.mark.parametrize(
    "k", [0, *(pytest.param(k, marks=pytest.mark.slow) for k in (40, 80, 120, 160))]
)
def test_every_number_of_the_v_curve_is_numpys(k: int) -> None:
    """Losses, gradients, floors and the chord's error are held to NumPy.

    The arm of rounding is noise.
    """
    eps = np.array(alive()["eps"])
    far = [n for n in range(len(eps)) if eps[n] >= 10.0**-FAR and n % 2 == 0]
    for t, said in list(zip(CURVES, alive()["vcurve"], strict=True))[k : k + 40]:
        wanted = case(t["T"], t["last_only"], t["equal_biases"])
        assert_close(said["loss"], wanted["loss"], f"loss at {t}")
        claimed = vcurvenumbers.claimed(wanted["case"], t["mistake"])
        assert_close(np.sort(said["claimed"]), np.sort(claimed), f"gradient at {t}")
        assert alive()["names"] == [*MISTAKES]
        known = np.array([*wanted["floors"].values()])
        assert_close([said["floors"][name] + 1 for name in MISTAKES], known + 1, "floors")
        # else both are rounding
        exact = [name for name, floor in wanted["floors"].items() if floor > 1e-12]
        assert_close(
            [said["floors"][name] for name in exact],
            [wanted["floors"][name] for name in exact],
            "floors",
            1,
        )
        for key, gradient in (("right", wanted["truth"]), ("wrong", claimed)):
            if key == "wrong" and not t["mistake"]:
                assert said["wrong"] is None
                continue
            errors = [vcurvenumbers.apart(gradient, wanted["found"][n]) for n in far]
            assert np.abs(np.array(said[key])[far] - errors).max() < 1e-11, f"{key} at {t}"
            assert [said[key][n] for n in far] == pytest.approx(errors, rel=1e-4)
        rounding = (
            np.array(said["right"])[eps < 1e-7] * eps[eps < 1e-7] * np.linalg.norm(wanted["truth"])
        )
        assert rounding.max() < 2e-15 * max(1, wanted["loss"]) and rounding.max() > 1e-18
        assert min(said["right"]) < 1e-9, (
            "the right gradient passes at every tolerance that can be set"
        )
        passing = VCurve(**t).values
        assert said["passing"] == passing["passing"] and len(said["passing"]) == passing["passes"]
        assert_close(said["floor"] + 1, passing["floor"] + 1, f"floor at {t}")


def loss(c: dict[str, Any], last_only: bool) -> float:
    """The loss of a case with the book's own squares, which the pushes of the figure measure."""
    terms = (bptt.forward(c["p"], c["xs"])["h"] - c["ys"]) ** 2 / 2
    return float(terms[-1, 0] if last_only else terms.sum())


def differences(c: dict[str, Any], last_only: bool, eps: float) -> np.ndarray:
    """The central differences of the 12 parameters, in the order of `measure.flat`."""

    def at(name: str, push: float) -> float:
        return loss(c | dict(p=c["p"] | {name: c["p"][name] + push}), last_only)

    return np.array([(at(n, eps) - at(n, -eps)) / (2 * eps) for n in shapes(1, 1)])


@cache
def case(T: int, last_only: bool, equal_biases: bool) -> dict[str, Any]:
    """A case by NumPy, with what the curves are held to."""
    made = vcurvenumbers.case(T, last_only, equal_biases)
    eps = np.array(alive()["eps"])
    far = [n for n in range(len(eps)) if eps[n] >= 10.0**-FAR and n % 2 == 0]
    return dict(
        case=made,
        loss=loss(made, last_only),
        truth=vcurvenumbers.claimed(made, ""),
        floors=vcurvenumbers.floors(T, last_only, equal_biases),
        found={n: differences(made, last_only, eps[n]) for n in far},
    )


def test_the_squares_that_are_pushed_have_the_gradient_that_is_claimed() -> None:
    """`measure` pushes a linear loss, the figure the book's own squares; the gradient is one."""
    made = vcurvenumbers.case(6, False, False)
    by_squares = differences(made, False, 1e-5)
    linear = measure.numerical({name: made[name] for name in ("p", "xs", "h_bar_loss")}, 1e-5)
    assert np.abs(by_squares - linear).max() < 1e-9
    errors = measure.vcurve(vcurvenumbers.claimed(made, ""), made, np.array([1e-5]))
    assert errors[0] < 1e-8


def test_the_count_of_mistakes_that_pass_is_what_the_figure_says() -> None:
    assert [VCurve(tolerance=power).values["passes"] for power in (-1.0, -2.0, -6.0)] == [2, 0, 0]
    assert VCurve(tolerance=-2.0, last_only=True).values["passes"] == 1
    assert VCurve(tolerance=-2.0, last_only=True, equal_biases=True).values["passes"] == 2
    assert VCurve(tolerance=-9.0, T=1).values["passes"] == 6
    assert "At <span" in view("vcurve") and ">2</span></b> of the 9 mistakes" in view("vcurve")
    assert ">none</span></b> of the 9 mistakes." in view("vcurve wrong") and "is caught" in view(
        "vcurve wrong"
    )


# What is shown


@pytest.mark.parametrize("name", VIEWS)
def test_no_view_shows_what_is_not_a_number(name: str) -> None:
    assert not re.search(r"undefined|NaN|Infinity|\[object", view(name))


@pytest.mark.parametrize("name", ["carousel", "carousel narrow", "vcurve", "vcurve narrow"])
def test_the_first_sight_has_at_most_seven_controls(name: str) -> None:
    seen = Seen(view(name))
    controls = [a for tag, a, _ in seen.elements if tag in ("input", "select", "button", "summary")]
    assert 4 <= len(controls) <= 7
    assert all(
        a.get("aria-label")
        for tag, a, _ in seen.elements
        if tag == "input" and a["type"] == "range"
    )


def test_the_tables_hold_every_number_that_is_drawn() -> None:
    said = alive()["carousel"][0]
    shown = {
        float(a["data-value"] or "nan")
        for a in Seen(view("carousel table")).all()
        if "data-value" in a
    }
    drawn = [one["v"] for key in ("c_c", "c_h", "h_c", "h_h", "product") for one in said[key]]
    assert {*drawn, *said["price"].values()} <= shown
    said = VCurve(mistake="overwritten").values
    shown = {
        float(a["data-value"] or "nan")
        for a in Seen(view("vcurve table")).all()
        if "data-value" in a
    }
    assert all(
        any(abs(floor - number) < 1e-12 for number in shown) for floor in said["floors"].values()
    )
    assert {*alive()["vcurve"][0]["right"]} <= shown
    assert (
        len(Seen(view("vcurve table")).all()) and view("vcurve table").count("<tr>") == 2 + 9 + 31
    )


def test_labels_lie_beside_each_other() -> None:
    for wanted, places in zip(LABELS, alive()["spread"], strict=True):
        edges = [(y - size / 2, y + size / 2) for y, (_, size) in zip(places, wanted, strict=True)]
        assert edges[0][0] >= 0 and edges[-1][1] <= 300
        assert all(low[1] <= high[0] + 1e-9 for low, high in pairwise(edges))


def test_ticks_are_powers_of_ten_inside_the_axis() -> None:
    for ticks, (low, high) in zip(alive()["tens"], [(-30, 0), (-1, 0), (-14, 1)], strict=True):
        assert 2 <= len(ticks) <= 8 and all(low <= v <= high for v, _ in ticks)
    assert [text for _, text in alive()["tens"][1]] == ["1", "0.1"]


def test_a_prompt_that_the_figures_do_not_keep_stops_the_build() -> None:
    closed = prompt(
        "Close it",
        dict(b_f=5.0, b_i=-5.0, b_o=-5.0),
        lambda _, after: after["gulf"] < 0.005,
        "{after.gulf}",
    )
    assert Carousel(prompts=[closed]).prompts[0]["set"] == dict(b_f=5.0, b_i=-5.0, b_o=-5.0)
    with pytest.raises(ValueError, match="is not kept"):
        Carousel(
            prompts=[prompt("Open all", dict(b_f=5.0), lambda _, after: after["gulf"] < 0.005, "")]
        )
    with pytest.raises(ValueError, match="is not kept"):
        VCurve(
            prompts=[
                prompt("Tighten", dict(tolerance=-2.0), lambda _, after: after["passes"] == 1, "")
            ]
        )
