"""What the reader's hand does in the figure of ways, and what its traits refuse."""

import re
from typing import Any

import numpy as np
import pytest
import traitlets

from lstm_edu.lab import paths
from lstm_edu.widgets import Paths
from lstm_edu.widgets.kit.prompts import prompt
from tests.node import ask
from tests.widgets.asked import FIRST, THREE
from tests.widgets.test_paths import view

# Hands


def play(state: dict[str, Any], *moves: list[Any]) -> dict[str, Any]:
    return ask("tests/paths", "play", dict(state=state, moves=moves))["values"]


def test_rows_and_nodes_switch_ways() -> None:
    assert play(FIRST, ["pin", "p3"])["off"] == [3]
    assert play(FIRST, ["pin", "p3"], ["pin", "p0"], ["pin", "p3"])["off"] == [0]
    through = [k for k, names in enumerate(paths.listed(2, "c_0", "h_2")) if "h_1" in names]
    assert play(FIRST, ["pin", "h_1"])["off"] == through
    assert play(FIRST, ["pin", "h_1"], ["pin", "h_1"])["off"] == []
    assert play(FIRST, ["pin", "h_2"])["off"] == [], "the ends of a way cannot be switched off"
    assert play(FIRST, ["button", "flip:p2"], ["free"])["off"] == []
    later = [k for k, names in enumerate(paths.listed(3, "w_ix", "L")) if names[1] == "z_i_2"]
    assert play(THREE, ["pin", "w_ix@2"])["off"] == later
    smallest = np.argsort(np.abs(paths.terms(3, "w_ix", "L", THREE)))[:-12]
    assert play(THREE, ["pin", "rest"])["off"] == sorted(smallest.tolist())


def test_a_look_at_a_row_switches_nothing() -> None:
    answer = ask("tests/paths", "play", dict(state=FIRST, moves=[["button", "look:p3"]]))
    assert (answer["values"]["off"], answer["ui"]["stop"]) == ([], "p3")


def test_menus_choose_the_ends_and_what_to_leave_out() -> None:
    assert play(FIRST, ["input", "of", 1])["of"] == "h_0"
    assert play(FIRST, ["input", "to", 4])["to"] == "L"
    assert play(FIRST, ["input", "leave", 1])["off"] == [
        k for k, names in enumerate(paths.listed(2, "c_0", "h_2")) if "h_1" not in names
    ]
    assert play(FIRST, ["input", "leave", 1], ["input", "leave", 0])["off"] == []
    assert play(FIRST, ["input", "leave", 1], ["input", "of", 1])["off"] == []


def test_steps_move_the_ends_along() -> None:
    three = play(FIRST, ["button", "T"])
    assert (three["T"], three["of"], three["to"]) == (3, "c_0", "h_3")
    assert (play(three, ["button", "T"])["to"], play(three, ["button", "T"])["T"]) == ("h_2", 2)
    last = play(three | dict(of="h_2"), ["button", "T"])
    assert (last["of"], last["to"]) == ("h_1", "h_2")
    assert play(FIRST, ["pin", "p0"], ["button", "grouped"])["off"] == []


@pytest.mark.parametrize("state", [FIRST, THREE, THREE | dict(to="h_3", of="c_1")])
def test_the_arrow_keys_reach_every_node(state: dict[str, Any]) -> None:
    found = ask("tests/paths", "reached", state)
    assert found["seen"] == found["nodes"]


# Damage

BAD: dict[str, tuple[dict[str, Any], str]] = {
    "NaN": (dict(w_ix="#NaN"), "w_ix is NaN"),
    "infinite": (dict(h_0="#Infinity"), "h_0 is Infinity"),
    "a word": (dict(c_0="<img src=x onerror=alert(1)>"), "c_0 is &lt;img"),
    "two inputs": (dict(xs=[1, 2]), "xs is 1,2"),
    "no steps": (dict(T=0), "T is 0"),
    "four steps": (dict(T=4), "a whole number from 2 to 3"),
    "a strange end": (dict(of="constructor"), "of is constructor"),
    "an end of another T": (dict(to="h_3"), "to is h_3"),
    "no list": (dict(off=None), "off is null"),
    "half a step": (dict(steps=2.5), "steps is 2.5"),
}


@pytest.mark.parametrize("what", BAD)
def test_a_damaged_state_is_a_sentence(what: str) -> None:
    damage, words = BAD[what]
    html = view(FIRST | damage)
    assert words in html and html.count("complaint") == 1
    assert len(re.sub("<[^>]+>", "", html)) < 400


@pytest.mark.parametrize(
    "state",
    [
        dict(of="c_1", to="c_1"),
        dict(off=[99, -1, 1.5]),
    ],
)
def test_what_no_one_knows_is_passed_over(state: dict[str, Any]) -> None:
    assert "complaint" not in view(FIRST | state)


def test_the_state_as_python_runs_and_agrees() -> None:
    state = THREE | dict(off=[0, 4], w_ix=1.5, xs=[1.0, -2.0, 0.5])
    code = ask("tests/paths", "python", state, FIRST)
    assert "off=[" in code
    exec(code, {})


# Traits


@pytest.mark.parametrize(
    ("trait", "value", "words"),
    [
        ("T", 4, "T"),
        ("T", "2", "T"),
        ("of", "c0", "did you mean 'c_0'"),
        ("to", "<b>", "unknown end of a path"),
        ("xs", [1.0], "give 3 numbers: one number a step"),
        ("ys", [1.0, float("nan"), 0.0], r"ys\[1\] = nan is not possible"),
        ("w_ix", float("inf"), "finite number from −10 to 10"),
        ("off", ["a"], "off"),
        ("steps", 51, "steps"),
        ("ofs", "c_0", "did you mean 'of"),
    ],
)
def test_a_bad_trait_is_refused_with_a_sentence(trait: str, value: Any, words: str) -> None:
    with pytest.raises(traitlets.TraitError, match=words):
        Paths(**{trait: value})


def test_a_promise_that_is_not_kept_stops_the_build() -> None:
    with pytest.raises(ValueError, match="is not kept"):
        never = prompt(
            "Off.",
            {"off": [0]},
            lambda before, after: after["total_bar"] == before["total_bar"],
            "",
        )
        Paths(prompts=[never])
