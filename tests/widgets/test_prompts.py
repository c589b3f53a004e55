"""Prompts that keep their promise, and what every figure's corner holds.

The corner holds reset, a link, and the state as Python.
"""

import json
import tempfile
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from lstm_edu.widgets import Cell
from lstm_edu.widgets.kit import modules
from lstm_edu.widgets.kit.prompts import Prompt, prompt
from tests.widgets.living import node


def falls(before: dict, after: dict) -> bool:
    return abs(after["c_bar"]) < 0.02 * abs(before["c_bar"])


def stays(before: dict, after: dict) -> bool:
    return not falls(before, after)


CLOSE = dict(
    say="Close the output gate",
    set=dict(b_o=-5.5),
    holds=falls,
    then="{c_bar}: {before.c_bar}, {after.c_bar}",
)
BET = CLOSE | dict(options={"{c_bar} dies": falls, "it stays": stays})


def test_a_prompt_becomes_plain_data_with_the_numbers_of_the_build() -> None:
    cell = Cell(prompts=[prompt(**CLOSE), prompt(**BET)])
    close = dict(
        say="Close the output gate",
        set=dict(b_o=-5.5),
        then="{c_bar}: −0.473, −0.00476",
    )
    bet = [["", ["{c_bar} dies", "it stays"], 0]]
    assert cell.prompts == [dict(close, asks=[]), dict(close, asks=bet)]
    json.dumps(cell.prompts)
    assert cell.b_o == Cell().b_o, "a prompt that is tried leaves the figure as it was"


def test_numbers_look_as_the_figure_prints_them() -> None:
    then = "{after.h_bar} {before.h_bar} {after.w_ix_bar} {before.f} {after.b_f}"
    states = [dict(y=-0.19), dict(x=0.0)]
    cell = Cell(
        prompts=[prompt("Try", state, lambda before, after: True, then) for state in states]
    )
    first, second = (told["then"].split() for told in cell.prompts)
    assert first == ["+6.04·10⁻⁴", "−0.689", "−8.99·10⁻⁵", "0.505", "0.900"]
    assert second[2] == "0"


def test_several_questions_make_a_vote() -> None:
    votes = {"{i}": {"open": stays, "close": falls}, "{f}": {"open": falls, "close": stays}}
    asks = Cell(prompts=[prompt(**CLOSE | dict(options=votes))]).prompts[0]["asks"]
    assert asks == [["{i}", ["open", "close"], 1], ["{f}", ["open", "close"], 0]]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        (
            dict(holds=stays),
            "'Close the output gate' is not kept: with {'b_o': -5.5} its claim does not hold",
        ),
        (dict(set=dict(b_p=1)), "unknown trait 'b_p'; did you mean"),
        (dict(then="{cbar} falls"), "unknown symbol 'cbar'; did you mean 'c_bar'"),
        (dict(say="{nothing like it}"), None),
        (
            dict(options={"a": falls, "b": falls}),
            "exactly one must be right; right are \\['a', 'b'\\]",
        ),
        (dict(options={"a": stays, "b": stays}), "right are none"),
        (dict(options={"a": falls}), "exactly one must be right"),
    ],
)
def test_a_prompt_that_does_not_hold_stops_the_build(changed: dict, words: str | None) -> None:
    made: Prompt = prompt(**CLOSE | changed)
    if words is None:
        assert Cell(prompts=[made]).prompts[0]["say"] == "{nothing like it}", (
            "braces around no name are plain text"
        )
        return
    with pytest.raises(ValueError, match=words):
        Cell(prompts=[made])


def test_a_figure_knows_its_first_state_and_an_exercise_has_none() -> None:
    cell = Cell(backward=True, x=0.5)
    cell.x = 1.5
    assert (cell.first["x"], cell.first["backward"], cell.first["lock"]) == (0.5, True, {})
    assert {"prompts", "first", "layout", "tooltip"}.isdisjoint(cell.first)


# In the browser

STATE = {
    k: v
    for k, v in Cell(backward=True, prompts=[prompt(**CLOSE), prompt(**BET)]).get_state().items()
    if k[0] != "_"
}
HOLD = {"c": -0.26}
GAMES = {
    "press": dict(hash="", presses=["try:0"]),
    "press and move": dict(hash="", presses=["try:0", 'set:{"x": 0.2}']),
    "press and pin": dict(hash="", presses=["try:0", 'set:{"pinned": "c"}']),
    "press after moving": dict(hash="", presses=['set:{"x": 0.2}', "try:0"]),
    "predict": dict(hash="", presses=["try:1", "bet:0:1", "bet:0:0"]),
    "reset": dict(hash="", presses=["try:1", "bet:0:0", "reset"]),
    "link": dict(hash="", presses=['set:{"x": 0.2}', "more", "link"]),
    "table": dict(hash="", presses=["table", "push-up"]),
    "keep": dict(hash="", presses=['set:{"x": 0.2, "nudge": 0.1}', "more", "keep"]),
    "use": dict(hash="", kept={"lstm-cell": '{"x": 0.2, "b_o": -5.5}'}, presses=["more", "mine"]),
    "use what is bad": dict(hash="", kept={"lstm-cell": '{"x": 1000}'}, presses=["more", "mine"]),
    "use nonsense": dict(
        hash="",
        kept={"lstm-cell": '{"x": "<b>", "lock": {}, "__proto__": 1}'},
        presses=["more", "mine"],
    ),
    "arrive": dict(hash="#cell-2=x:0.7,b_o:-5.5", presses=[]),
    "another figure's": dict(hash="#cell-1=x:0.7", presses=[]),
    "impossible": dict(hash="#cell-2=x:1000", presses=[]),
}
ATTACKS = [
    "#cell-1=x:%3Cimg%20src=x%20onerror=alert(1)%3E",
    '#cell-1=pinned:1,x:"1",x:true,x:null,x:1e999,x:[1]',
    "#cell-1=__proto__:{},constructor:2,prompts:[],first:{},_esm:%22a%22",
    '#cell-1=lock:[1],lock:{"c":"a"},lock:null,backward:1',
    "#cell-1=x:%E0%A4%A",
    "#cell-1=,,:,x,x:",
    "#cell-1=x:0.5," + "a:1," * 2000,
    "#what-is-still-missing",
    "",
]
SNIPPETS = [
    {},
    dict(x=-2.5, b_o=-5.5),
    dict(pinned="i", nudge=0.1),
    dict(lock=HOLD, y=0.1),
    dict(backward=False, x=1e-7),
]


@cache
def played() -> dict[str, Any]:
    job = dict(state=STATE, games=list(GAMES.values()), hashes=ATTACKS, snippets=SNIPPETS)
    with tempfile.TemporaryDirectory() as folder:
        modules.write(folder)
        return json.loads(
            node(Path(__file__).with_name("keeper_node.mjs"), folder, stdin=json.dumps(job))
        )


def game(name: str) -> dict[str, Any]:
    return played()["games"][[*GAMES].index(name)]


@pytest.mark.parametrize("name", ["press", "press after moving"])
def test_a_press_sets_the_first_state_and_then_its_own(name: str) -> None:
    assert game(name)["values"] == STATE | dict(b_o=-5.5)
    assert "−0.00476" in game(name)["pictures"][-1]
    assert "−0.00476" not in game(name)["pictures"][0]


def test_what_was_said_turns_pale_once_it_need_not_be_true_any_more() -> None:
    assert 'class="told past"' not in game("press")["pictures"][-1]
    assert 'class="told past"' in game("press and move")["pictures"][-1]
    assert 'class="told past"' not in game("press and pin")["pictures"][-1]


def test_a_prediction_comes_before_anything_moves() -> None:
    asked, bet, again = game("predict")["pictures"][1:]
    assert "dies" in asked and "✓" not in asked and "−0.00476" not in asked
    assert "Not so. " in bet and "✓" in bet and "✗" in bet and "−0.00476" in bet
    assert again == bet, "the first answer counts"
    assert game("predict")["values"]["b_o"] == -5.5


def test_reset_appears_when_something_differs_and_takes_all_back() -> None:
    pictures = game("reset")["pictures"]
    assert ['data-action="reset"' in picture for picture in pictures] == [False, False, True, False]
    assert game("reset")["values"] == STATE
    assert "Right. " in pictures[2] and "Right. " not in pictures[3]


def test_a_link_holds_what_differs_and_leads_back_to_it() -> None:
    assert game("link")["replaced"] == ["#cell-2=x:0.2"]
    assert game("arrive")["values"] == STATE | dict(x=0.7, b_o=-5.5)
    for changes, found in zip(SNIPPETS, played()["there"], strict=True):
        assert found == {
            name: value for name, value in changes.items() if STATE["first"][name] != value
        }


def test_a_readers_own_numbers_follow_to_another_figure() -> None:
    kept = json.loads(game("keep")["store"]["lstm-cell"])
    assert (kept["x"], "nudge" in kept, "backward" in kept) == (0.2, False, False)
    assert game("use")["values"] == STATE | dict(x=0.2, b_o=-5.5)
    assert 'data-action="mine"' in game("use")["pictures"][1]
    assert 'data-action="mine"' not in game("link")["pictures"][2]


@pytest.mark.parametrize("name", ["use what is bad", "use nonsense"])
def test_kept_numbers_that_are_none_change_nothing(name: str) -> None:
    assert game(name)["values"] == STATE


def test_a_figure_keeps_to_its_own_key() -> None:
    assert game("another figure's")["values"] == STATE


def test_an_impossible_state_in_a_link_is_a_sentence() -> None:
    assert game("impossible")["values"] == STATE
    assert "asks for a state that this figure cannot show" in game("impossible")["pictures"][0]


@pytest.mark.parametrize("k", range(len(ATTACKS)))
def test_nothing_but_a_state_is_read_from_an_address(k: int) -> None:
    assert played()["read"][k] == {}, quote(ATTACKS[k])[:80]


def test_the_figure_leaves_to_others_what_is_not_its_own() -> None:
    assert game("table")["taken"] == [True, False]
    assert game("table")["table"] is True


@pytest.mark.parametrize("k", range(len(SNIPPETS)))
def test_the_state_as_python_runs_as_it_stands(k: int) -> None:
    text, names = played()["snippets"][k], {}
    exec(text, names)
    for name, value in SNIPPETS[k].items():
        assert getattr(names["cell"], name) == value
    assert max(map(len, text.splitlines())) <= 92
    wrong = text.replace("assert abs(cell.values[", "cell.y += 0.01\nassert abs(cell.values[")
    with pytest.raises(AssertionError):
        exec(wrong, {})
