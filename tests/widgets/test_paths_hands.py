"""What the reader's hand does in the figure of paths, and what its traits refuse."""

import re
from typing import Any

import numpy as np
import pytest

from lstm_edu.lab import paths
from tests.node import ask
from tests.widgets.asked import FIRST, THREE
from tests.widgets.test_paths import view

# Hands


def play(state: dict[str, Any], *moves: list[Any]) -> dict[str, Any]:
    return ask("tests/paths", "play", dict(state=state, moves=moves))["values"]


def test_rows_and_nodes_switch_paths() -> None:
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


@pytest.mark.parametrize(
    ("damage", "words"),
    [(dict(of="constructor"), "of is constructor"), (dict(to="h_3"), "to is h_3")],
)
def test_an_end_that_is_none_of_these_steps_is_a_sentence(damage: dict, words: str) -> None:
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
