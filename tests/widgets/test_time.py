"""The figure through time: every number that it shows is NumPy's.

Both models learn on the page as in NumPy.
Longer than 300 lines because one process of node, asked once, answers all of them.
"""

import math
from functools import cache
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from lstm_edu.lab import recall
from lstm_edu.models import bptt, rnn
from lstm_edu.widgets import Time
from lstm_edu.widgets.time.numbers import LSTM, RNN, numbers
from tests.node import ask, ask_each
from tests.widgets.living import Seen

OWN = [*LSTM, *RNN, "y", "T", "t", "k", "xs", "losses", "handles", "training"]
FIRST: dict[str, Any] = {name: getattr(Time(), name) for name in OWN}
CUT = FIRST | dict(k=12, b_f=2.0)
VIEWS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "first": (FIRST, {}),
    "narrow": (FIRST, {"width": 350}),
    "narrow, plain RNN": (FIRST, {"width": 350, "rnn": True}),
    "open": (FIRST | dict(b_f=4.0), {}),
    "cut": (CUT, {}),
    "one step": (FIRST | dict(k=1, handles=["k"]), {}),
    "every": (FIRST | dict(losses="every", T=20, k=3, y=0.3), {}),
    "zero": (FIRST | dict(w_ox=0.0, w_gx=0.0, b_g=0.0, y=0.0), {}),
    "T = 1": (FIRST | dict(T=1), {}),
    "gates": (FIRST, {"gates": True}),
    "sweeping": (FIRST | dict(t=30), {"sweep": "plays"}),
    "training": (FIRST | dict(training=True), {}),
}
GESTURES = {
    "slide": (FIRST, [["input", "b_f", 4.0]]),
    "scrub": (FIRST, [["input", "t", 7]]),
    "switch": (FIRST, [["button", "losses"]]),
    "gates": (FIRST, [["button", "gates"], ["button", "rnn"]]),
}
THICK = {1e-12: 0, 1e-8: 1, 1e-4: 7, -1e-4: 7, 1: 13, 50: 13}
JOBS = [
    dict(model="LSTM", T=6, k=6, b_f=1.0, updates=60),
    dict(model="LSTM", T=8, k=3, b_f=0.0, updates=40),
]
JOBS += [dict(model="RNN", T=6, k=6, b_f=0.0, updates=60)]


def drawn(rng: np.random.Generator) -> dict[str, Any]:
    """A state somewhere in the figure, its pre-activations within 8."""
    weights = {name: float(rng.uniform(-1.3, 1.3)) for name in [*LSTM, *RNN, "y"]}
    T, losses = (
        int(rng.integers(1, 51 if rng.random() < 0.2 else 13)),
        str(rng.choice(["last", "every"])),
    )
    k = int(rng.integers(1, T + 1)) if rng.random() < 0.6 else 50
    xs = rng.normal(size=50).clip(-2, 2).tolist()
    return FIRST | weights | dict(T=T, t=int(rng.integers(1, 51)), k=k, xs=xs, losses=losses)


# `make check` looks at the first ones
SOME_AND_THE_REST = pytest.mark.parametrize(
    "part",
    [slice(40), pytest.param(slice(40, None), marks=pytest.mark.slow)],
    ids=["some", "the rest"],
)
STATES = [FIRST, CUT, *(drawn(np.random.default_rng(seed)) for seed in range(200))]


@cache
def alive() -> dict[str, Any]:
    gestures = [dict(state=state, moves=moves) for state, moves in GESTURES.values()]
    states = ask_each("tests/time", "states", STATES)
    for state, answer in zip(STATES[:40], states, strict=False):
        answer["table"] = ask("time/time", "still", state, {"table": True})
    views = [ask("time/time", "still", state, ui) for state, ui in VIEWS.values()]
    return dict(
        states=states,
        views=dict(zip(VIEWS, views, strict=True)),
        thick=ask_each("time/lanes", "thickness", THICK),
        gestures=dict(zip(GESTURES, ask_each("tests/time", "gestures", gestures), strict=True)),
        trained=ask_each("tests/time", "trained", JOBS),
        draws=ask("tests/time", "draws", 4000),
    )


# Numbers


def numpy_says(state: dict[str, Any], whole: bool) -> dict[str, dict[str, np.ndarray]]:
    """Every value and bar of every step of both models, (T,) each."""
    found = {}
    for model, module, names in (("lstm", bptt, LSTM), ("plain", rnn, RNN)):
        p = {n.replace("w", "W"): np.full((1, 1)[: 1 + (n[0] == "w")], state[n]) for n in names}
        tape = module.forward(p, np.array(state["xs"][: state["T"]])[:, None])
        misses = tape["h"] - state["y"]
        if state["losses"] == "last":
            misses[:-1] = 0
        bars = module.backward(p, tape, misses, carry=None if whole else state["k"])
        found[model] = {name: np.ravel(a) for name, a in (tape | bars).items()}
    return found


PARTS = {
    "h_bar": ["h_bar_loss", "h_bar_next"],
    "c_bar": ["c_bar_own", "c_bar_next"],
    "rnn_h_bar": ["rnn_h_bar_loss", "rnn_h_bar_next"],
}


def assert_shown(state: dict[str, Any], shown: list[dict[str, Any]]) -> None:
    """Assert that each number of the figure is that of the widget in Python.

    The numbers are those in the picture, the card and the plane (their `data-…`).
    """
    values = numbers(SimpleNamespace(**state))
    for one in shown:
        value = float(one["value"] or "nan")
        if (name := one.get("bar") or one.get("now")) is not None:
            largest = max(abs(values[part]) for part in PARTS.get(name, [name]))
            assert value == pytest.approx(values[name], rel=1e-6, abs=1e-6 * largest), name
        elif (name := one.get("first")) is not None:
            wanted = {
                values[f"{said}{name}_first"]
                for said in ("", "rnn_")
                if f"{said}{name}_first" in values
            }
            assert any(value == pytest.approx(one, rel=1e-6, abs=0) for one in wanted), name
        elif (role := one.get("role")) in ("angle", "ratio"):
            assert value == pytest.approx(values[str(role)], rel=1e-6, abs=1e-7), role


def test_a_wrong_number_is_seen_even_if_it_is_tiny() -> None:
    state = FIRST | dict(b_f=-4.0)
    tiny = Time(**state).values["c_bar_first"]
    assert 0 < abs(tiny) < 1e-19
    assert_shown(state, [dict(first="c_bar", value=tiny)])
    with pytest.raises(AssertionError, match="c_bar"):
        assert_shown(state, [dict(first="c_bar", value=tiny * (1 + 1e-5))])


@SOME_AND_THE_REST
def test_the_card_says_what_the_cut_has_taken_away(part: slice) -> None:
    for state, answer in [*zip(STATES, alive()["states"], strict=True)][part]:
        seen = [one for one in Seen(answer["first"]).all(cls="num") if one.get("data-whole")]
        assert len(seen) == (3 if state["k"] < state["T"] else 0)
        truth = numpy_says(state, True)
        for one in seen:
            model, bar = str(one["data-whole"]).split()
            lane = truth["lstm" if model == "LSTM" else "plain"][bar]
            wanted = lane[min(state["t"], state["T"]) - 1]
            assert float(one["data-value"] or "") == pytest.approx(
                wanted, rel=1e-6, abs=1e-10 * np.abs(lane).max()
            )


@SOME_AND_THE_REST
def test_every_number_on_the_page_is_the_python_widgets(part: slice) -> None:
    for state, answer in [*zip(STATES, alive()["states"], strict=True)][part]:
        shown = [
            {n[5:]: v for n, v in a.items() if n[:5] == "data-"}
            for a in Seen(answer["first"]).all(cls="num")
        ]
        assert len(shown) > 20
        assert_shown(state, shown)


def test_the_table_has_every_step_and_every_weight() -> None:
    for state, answer in zip(STATES[:40], alive()["states"], strict=False):
        cells = Seen(answer["table"]).all(cls="num")
        shown = {
            name: [float(c["data-value"] or "") for c in cells if c.get("data-cell") == name]
            for name in {c.get("data-cell") for c in cells}
        }
        truth, both = numpy_says(state, False), numpy_says(state, True)
        names = "c h c_bar c_bar_next h_bar h_bar_loss h_bar_next rnn_h rnn_h_bar"
        for name in names.split():
            wanted = truth["plain"][name[4:]] if name[:4] == "rnn_" else truth["lstm"][name]
            assert shown[name] == pytest.approx(
                wanted, rel=1e-6, abs=1e-10 * np.abs(wanted).max()
            ), name
        for name in LSTM:
            bar = name.replace("w", "W") + "_bar"
            assert shown[f"{name}_bar"] == pytest.approx(truth["lstm"][bar], rel=1e-6, abs=1e-9), (
                name
            )
            assert shown[f"{name}_bar_whole"] == pytest.approx(
                both["lstm"][bar], rel=1e-6, abs=1e-9
            ), name


def test_parts_add_up_to_their_sums() -> None:
    for answer in alive()["states"]:
        for bar, own in zip(answer["lstm"]["bars"], answer["lstm"]["own"], strict=True):
            assert own + bar["c_bar_next"] == pytest.approx(
                bar["c_bar"], rel=1e-12, abs=1e-14 * (abs(own) + 1e-300)
            )


def test_a_small_angle_is_told_exactly() -> None:
    wanted = Time(b_f=2.0, k=30, w_gh=-1.5).values
    assert 0 < wanted["angle"] < 1e-5, "a cosine would say 0 or 1e-6"
    answer = ask("time/numbers", "compute", FIRST | dict(b_f=2.0, k=30, w_gh=-1.5))
    assert answer["plane"]["angle"] == pytest.approx(wanted["angle"], rel=1e-6)


# What the first sight says


def test_at_first_sight_both_fade_and_an_open_forget_gate_lights_the_blue_lane() -> None:
    first, late = Time().values, Time(b_f=4.0).values
    assert abs(first["c_bar_first"]) < 1e-8 and abs(first["rnn_h_bar_first"]) < 1e-7
    lane = numpy_says(FIRST | dict(b_f=4.0), True)["lstm"]["c_bar"]
    assert min(lane) > 4e-3 and max(lane) / min(lane) < 8, "flat, and lit to the left edge"
    assert late["rnn_h_bar_first"] == first["rnn_h_bar_first"]


def test_one_step_is_the_one_step_answer() -> None:
    cut = Time(k=1, losses="every", T=9)
    for t in range(1, 10):
        cut.t = t
        assert cut.values["h_bar_next"] == cut.values["c_bar_next"] == 0


# The picture


def test_thickness_is_the_power_of_ten() -> None:
    assert alive()["thick"] == pytest.approx(list(THICK.values()))


def test_a_lane_says_minus_nothing_little_and_cut_without_colour() -> None:
    def marks(view: str) -> set[str]:
        picture = alive()["views"][view].split('class="legend"')[0]
        return {
            name for tag, _, classes in Seen(picture).elements if tag == "path" for name in classes
        }

    assert {"plus", "off"} <= marks("first") and not {"minus", "grey", "zero", "cut"} & marks(
        "first"
    )
    assert {"plus", "grey", "cut"} <= marks("cut")
    assert "zero" in marks("zero")
    assert "points" in marks("every") and "cut" not in marks("every"), (
        "each loss has a cut of its own"
    )


def test_first_sight_has_at_most_seven_controls() -> None:
    for view in ("first", "narrow", "training"):
        seen = Seen(alive()["views"][view])
        hidden = {*LSTM, *RNN, "y", "k", "gates"} - {"b_f"}  # in the fold
        shown = [
            name
            for name in seen.controls()
            if name not in hidden and name not in ("python", "link", "table")
        ]
        strips = seen.all(cls="strip")
        assert len(shown) + len(strips) <= 7, (view, shown)


def test_a_narrow_page_shows_every_step_of_both_models() -> None:
    for view in ("first", "narrow", "narrow, plain RNN"):
        seen = Seen(alive()["views"][view])
        assert seen.all(cls="strip")[0]["data-count"] == "50", view
        assert len(seen.all(cls="lane")) - 6 == 3, view  # six are the scale's


def test_inputs_that_are_not_given_are_zero() -> None:
    assert Time(xs=[1, -2], T=2).xs == [1.0, -2.0, *[0.0] * 48]


# Hands


def test_sliders_and_switches_set_traits() -> None:
    played = alive()["gestures"]
    assert played["slide"]["values"] == FIRST | dict(b_f=4.0)
    assert played["scrub"]["values"]["t"] == 7 and played["scrub"]["ui"]["sweep"] == ""
    assert played["switch"]["values"]["losses"] == "every"
    assert played["gates"]["ui"] == dict(gates=True, rnn=True)


# Training


class Drawer:
    """mulberry32 and sums of twelve of its numbers, in NumPy's place.

    `training.mjs` draws them so.
    """

    def __init__(self, seed: int) -> None:
        self.a = seed

    def uniform(self) -> float:
        self.a = (self.a + 0x6D2B79F5) & 0xFFFFFFFF
        t = (self.a ^ self.a >> 15) * (1 | self.a) & 0xFFFFFFFF
        t = (t + ((t ^ t >> 7) * (61 | t) & 0xFFFFFFFF) & 0xFFFFFFFF) ^ t
        return (t ^ t >> 14) / 4294967296

    def normal(self, size: tuple[int, ...]) -> np.ndarray:
        return np.array(
            [sum((self.uniform() for _ in range(12)), -6.0) for _ in range(math.prod(size))]
        ).reshape(size)


def test_the_pages_random_numbers_are_pythons_and_normal() -> None:
    draws = np.array(alive()["draws"])
    assert np.array_equal(draws, Drawer(1).normal((4000,)))
    assert abs(draws.mean()) < 0.05 and draws.std() == pytest.approx(1, abs=0.04)


def test_both_models_learn_on_the_page_as_they_do_in_numpy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(np.random, "default_rng", Drawer)
    for job, answer in zip(JOBS, alive()["trained"], strict=True):
        twin = recall.train(
            job["model"], job["T"], job["b_f"], job["k"], updates=job["updates"], S=8, B=16, seed=1
        )
        assert np.array(answer["losses"]) == pytest.approx(twin.loss, rel=1e-6)
        assert answer["right"] == pytest.approx(twin.right)
        assert answer["solved"] == twin.solved
