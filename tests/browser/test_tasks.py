"""Five tasks by keyboard alone, prompts and links, in a real browser.

The cell's numbers are compared in many states.
"""

from collections.abc import Callable

import pytest

from lstm_edu.models.cell import EXAMPLE
from tests.browser.figure import (
    COUNTS,
    FOCUSED,
    KEY,
    READ,
    WALK,
    Figure,
    Keys,
    assert_clean,
    assert_numpy_agrees,
)
from tests.widgets.living import STATES

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("pages")]

Opened = Callable[..., Figure]


# Five tasks by keyboard alone, from the figure's first control


def keys_of(figure: Opened) -> Keys:
    return Keys(figure("backwards"), "[data-action=backward]")


def at(keys: Keys, name: str) -> Keys:
    """Go to the graph, and in it from the loss to h or to the forget gate."""
    keys.until("L").press("ArrowLeft")
    return keys if name == "h" else keys.press("ArrowLeft", "ArrowUp")


def test_keyboard_reads_f_bar(figure: Opened) -> None:
    keys = at(keys_of(figure), "f")
    said = keys.figure.page.js("document.activeElement.textContent.replace(/\\s+/g, ' ')")
    assert "forget gate" in said and "gradient −0.142" in said
    assert keys.count <= 12


def test_keyboard_pushes_f(figure: Opened) -> None:
    keys = at(keys_of(figure), "f").press("Enter").until("nudge").press("ArrowRight")
    assert keys.count <= 12
    report = keys.figure.text(".report")
    assert "predicted −0.00142" in report


def test_keyboard_locks_h(figure: Opened) -> None:
    keys = at(keys_of(figure), "h").press("Enter").until("lock").press("Enter")
    assert keys.count <= 12
    assert keys.figure.count("[data-name=h] .padlock") == 1


def test_keyboard_steps_the_derivation(figure: Opened) -> None:
    keys = at(keys_of(figure), "h").press("Enter")
    keys.until("tab:steps").press("Enter").until("next").press("Enter")
    assert keys.count <= 12
    assert "line 2 of 4" in keys.figure.text(".turns")


def test_keyboard_resets(figure: Opened) -> None:
    keys = keys_of(figure).press(" ")
    assert keys.figure.numbers()["bars"] == {}
    keys.until("reset").press("Enter")
    assert keys.count <= 12
    assert keys.figure.numbers()["bars"]
    inside = keys.figure.page.js(FOCUSED, keys.figure.root)[1]
    assert inside, "the button is gone, and the focus stays in the figure"


# Prompts, links, and numbers in many states


def test_a_prediction_moves_the_figure_only_once_it_is_made(figure: Opened) -> None:
    cell = figure("backwards")
    before = cell.numbers()
    cell.click("[data-action='try:0']")
    assert cell.numbers() == before
    cell.click("[data-action='bet:0:0']")
    after = cell.numbers()
    assert abs(after["bars"]["c_bar"]) < abs(before["bars"]["c_bar"]) / 50
    told = cell.text(".told")
    assert "Right." in told and "−0.473" in told
    cell.click("[data-action=reset]")
    assert cell.numbers() == before
    assert_clean(cell.page)


def test_every_prompt_of_every_figure_can_be_pressed(figure: Opened) -> None:
    cell = figure("backwards")
    count = cell.count(".tries button")
    assert count >= 3
    for k in range(count):
        cell.click(f"[data-action='try:{k}']")
        if cell.count(".bet button"):
            cell.click("[data-action='bet:0:0']")
        assert_numpy_agrees(cell.numbers(), **COUNTS[False])
        assert (
            cell.page.js(f"document.querySelector({cell.at('.told p')!r}).textContent.length") > 20
        )
    assert_clean(cell.page)


def test_a_link_brings_the_state_to_another_page(figure: Opened) -> None:
    cell = figure("backwards")
    cell.drag("x", 0.6, 0.2)
    cell.click("[data-action=more]")
    cell.click("[data-action=link]")
    address = cell.page.js("location.href")
    assert "x:" in address
    here = cell.numbers()
    assert here == figure_at(cell, address).numbers()


def figure_at(cell: Figure, address: str) -> Figure:
    page = cell.page.browser.open(address)
    return Figure(page)


def test_200_random_states_are_those_of_numpy(figure: Opened) -> None:
    cell = figure("backwards")
    states = [{name: round(state[name], 6) for name in EXAMPLE} for state in STATES[1:]]
    shown = cell.page.js(WALK, [cell.root, cell.page.js(KEY, cell.root), states, READ])
    assert len(shown) == 200
    for state, numbers in zip(states, shown, strict=True):
        assert {name: numbers["values"][name] for name in state} == state
        assert_numpy_agrees(numbers, **COUNTS[False])
