import math

import pytest

from lstm_edu.models.cell import EXAMPLE
from lstm_edu.widgets import Cell
from tests.widgets.living import FIRST, HELD, STATES, alive, assert_close

# Arithmetic in the browser


def test_the_browser_computes_what_numpy_computes() -> None:
    for state, answer in zip(STATES, alive()["computed"], strict=True):
        values = Cell(**{name: state[name] for name in EXAMPLE}).values
        shown = answer["v"] | {
            alive()["barNames"][n]: bar
            for n, bar in answer["bars"].items()
            if n in alive()["barNames"]
        }
        shown["h_bar_loss"] = answer["named"]["h_bar_loss"]
        assert shown.keys() == values.keys()
        assert_close(shown, values)


def test_a_wrong_number_is_seen_even_if_it_is_tiny() -> None:
    values = Cell(b_o=-7.5).values
    assert_close(values, values)
    tiny = min((abs(value), name) for name, value in values.items() if value)[1]
    with pytest.raises(AssertionError, match=tiny):
        assert_close(values | {tiny: values[tiny] * (1 + 3e-6)}, values)


def test_the_sweep_over_local_derivatives_is_the_texts_backward_pass() -> None:
    for answer in alive()["computed"]:
        for name, bar in answer["bars"].items():
            assert answer["swept"][name] == pytest.approx(bar, rel=1e-12, abs=1e-13), name


def test_gradients_with_values_held_are_what_pushes_measure() -> None:
    for state, answer in zip(HELD, alive()["held"], strict=True):
        for name in alive()["names"]:
            bar, slope = answer["bars"].get(name, 0), answer["slopes"][name]
            assert bar == pytest.approx(slope, rel=1e-6, abs=1e-8), (
                f"{name}, with {[*state['lock']]} held"
            )


def test_nothing_flows_back_past_a_held_value() -> None:
    flows = alive()["held"][0]["flows"]  # c is held
    assert [flows[wire][0] for wire in ("keep", "f", "i", "g", "add", "c_prev", "z_i")] == [0] * 7
    assert flows["o"][0] != 0
    assert flows["out"][0] != 0  # it reaches c and stops there


def test_a_lane_carries_the_sum_of_what_joined_it() -> None:
    no_lock = next(n for n, state in enumerate(HELD) if not state["lock"])
    bars, flows = alive()["held"][no_lock]["bars"], alive()["held"][no_lock]["flows"]
    assert flows["h_lane_f"][0] == pytest.approx(bars["h_prev"])
    assert flows["x_lane_f"][0] == pytest.approx(bars["x"])
    assert flows["squash"][0] + flows["c_next"][0] == pytest.approx(flows["out"][0])
    assert flows["loss"][0] + flows["h_next"][0] == pytest.approx(bars["h"])


def test_a_push_of_i_does_what_the_book_says() -> None:
    html = alive()["views"]["pushed"]
    assert "ΔL " in html and "+0.0353</span>, predicted " in html and "+0.0348</span>" in html


# Hands


def test_sliders_set_traits() -> None:
    played = alive()["gestures"]["slide x"]
    assert played["values"] == FIRST | dict(x=0.7)
    assert played["saved"] == 1


def test_a_gate_that_is_moved_solves_for_its_bias_and_says_so() -> None:
    played = alive()["gestures"]["close f"]
    assert played["moved"]["f"] == pytest.approx(0.01)
    assert played["values"] == FIRST | dict(b_f=pytest.approx(math.log(0.01 / 0.99) + 0.88))
    assert played["ui"]["said"].endswith("is now −3.72")
    dragged = alive()["gestures"]["drag g"]
    assert dragged["grips"][0] == pytest.approx(Cell().values["g"])
    assert dragged["moved"]["g"] == pytest.approx(0.3)


def test_a_bias_stops_at_its_limit_and_says_so() -> None:
    played = alive()["gestures"]["beyond the limit"]
    assert played["values"]["b_i"] == -10
    assert played["ui"]["said"].endswith("stops at −10.0")


def test_pushes_add_up_on_the_pinned_value() -> None:
    played = alive()["gestures"]["push"]
    assert (played["values"]["pinned"], played["values"]["nudge"]) == ("i", 0.1)
    assert round(played["change"], 4) == 0.0353


def test_locks_close_and_open() -> None:
    gestures = alive()["gestures"]
    assert gestures["lock"]["values"]["lock"] == {"c": pytest.approx(Cell().values["c"])}
    assert gestures["unlock"]["values"]["lock"] == {"h": 0.1}
    assert gestures["release"]["values"]["lock"] == {}
    assert gestures["held gate"]["grips"] == [None, pytest.approx(Cell().values["f"])]


def test_pins_come_and_go() -> None:
    gestures = alive()["gestures"]
    assert (gestures["free"]["values"]["pinned"], gestures["free"]["values"]["nudge"]) == ("", 0)
    assert gestures["pin again"]["values"]["pinned"] == ""
    assert gestures["switch"]["values"]["backward"] is True
