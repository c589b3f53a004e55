"""What a reader's hands do with the living cell.

They drag, switch, push, hold, turn it into a table, and go through it by keyboard.
"""

from collections.abc import Callable
from itertools import pairwise

import pytest

from tests.browser.figure import (
    COUNTS,
    FOCUSED,
    FORWARDS,
    Figure,
    assert_clean,
    assert_numpy_agrees,
    numpy_says,
)

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("pages")]

Opened = Callable[..., Figure]


def test_a_weight_under_the_fold_moves_the_numbers(figure: Opened) -> None:
    cell = figure()
    cell.click(".fold summary")
    cell.drag("w_ix", 0.5, 0.8)
    cell.focus('input[data-input="w_ix"]')
    cell.press("ArrowRight")
    shown = cell.numbers()
    assert shown["values"]["w_ix"] == cell.slider("w_ix") > 1
    assert_numpy_agrees(shown, **COUNTS[False])


def test_a_gate_is_dragged_on_its_own_node(figure: Opened) -> None:
    cell = figure()
    before = cell.numbers()["values"]["o"]
    box = cell.page.box(cell.node("o"))
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    cell.page.call(
        "mouse", steps=[["move", x, y], ["down"], ["move", x, y - 8], ["move", x, y - 12], ["up"]]
    )
    cell.settle()
    shown = cell.numbers()
    assert shown["values"]["o"] > before
    assert_numpy_agrees(shown, **COUNTS[False])


def test_the_switch_shows_and_hides_the_gradients(figure: Opened) -> None:
    cell = figure("index")
    assert cell.numbers()["bars"]
    cell.click("[data-action=backward]")
    assert cell.numbers()["bars"] == {}
    cell.click("[data-action=backward]")
    assert_numpy_agrees(cell.numbers(), **COUNTS[False])


def test_a_chapter_before_the_gradients_has_no_switch(figure: Opened) -> None:
    cell = figure(FORWARDS[0])
    assert cell.count("[data-action=backward]") == 0


@pytest.mark.parametrize(
    ("name", "action", "step"), [("x", "push-up", 0.1), ("w_gx", "push-down", -0.1)]
)
def test_a_push_moves_the_loss_by_what_really_happens(
    name: str, action: str, step: float, figure: Opened
) -> None:
    cell = figure()
    before = numpy_says(cell.numbers()["values"])
    cell.pin(name)
    cell.click(f"[data-action={action}]")
    after = numpy_says({**before, name: before[name] + step})
    said = {}
    for role in ("change", "predicted"):
        shown = cell.at(f"[data-role={role}]")
        said[role] = float(cell.page.js(f"document.querySelector('{shown}').dataset.value"))
    assert said["change"] == pytest.approx(after["L"] - before["L"], abs=1e-13)
    assert said["predicted"] == pytest.approx(step * before[f"{name}_bar"], abs=1e-13)


def test_a_lock_holds_a_value_and_the_ripple_stops_there(figure: Opened) -> None:
    cell = figure()
    before = cell.numbers()["values"]
    cell.pin("c")
    cell.click("[data-action=lock]")
    cell.drag("x", 0.6, 0.2)
    after = cell.numbers()["values"]
    assert after["x"] != before["x"]
    assert after["c"] == before["c"]
    assert after["h"] != before["h"], "o is not held, and h is made of it"
    cell.click("[data-action=release]")
    assert_numpy_agrees(cell.numbers(), **COUNTS[False])


@pytest.mark.parametrize("chapter", ["backwards", *FORWARDS])
def test_the_table_holds_every_number_of_the_picture(chapter: str, figure: Opened) -> None:
    cell = figure(chapter)
    picture = cell.numbers()
    cell.click("[data-action=more]")
    cell.click("[data-action=table]")
    table = cell.table()
    for kind in "values", "bars":
        assert picture[kind].items() <= table[kind].items()
    assert_numpy_agrees(table, **COUNTS[chapter in FORWARDS])
    cell.click("[data-action=table]")
    assert cell.numbers() == picture


def test_the_keyboard_walks_the_graph(figure: Opened) -> None:
    cell = figure(height=1600)
    here = "document.activeElement.dataset.name"
    options = f"[...document.querySelectorAll('{cell.at('[role=option]')}')]"
    stops = f"{options}.filter(node => node.tabIndex === 0).length"
    assert cell.page.js(stops) == 1
    cell.focus("[role=option][tabindex='0']")
    scrolled = cell.page.js("scrollY")
    walked = [cell.page.js(here)]
    for key in ["ArrowLeft"] * 3 + ["ArrowUp", "ArrowDown", "ArrowRight"]:
        cell.press(key)
        walked.append(cell.page.js(here))
    assert walked[0] == "L"
    assert all(a != b for a, b in pairwise(walked)), walked
    assert walked[-2] == walked[-4], f"down undoes up: {walked}"
    assert cell.page.js("scrollY") == scrolled, (
        "the arrow keys walk the graph and leave the page where it is"
    )
    assert cell.page.js(stops) == 1
    pinned = f"document.querySelector('{cell.at('[aria-selected=true]')}')?.dataset.name ?? ''"
    cell.press("Enter")
    assert cell.page.js(pinned) == walked[-1]
    cell.press("Escape")
    assert cell.page.js(pinned) == ""
    assert_clean(cell.page)


def tabbed(cell: Figure) -> set[str]:
    """What Tab reaches from here to the end of the figure, by name.

    Each must show that it has the focus.
    """
    reached = set()
    for _ in range(60):
        cell.press("Tab")
        name, inside, look = cell.page.js(FOCUSED, cell.root)
        if not inside:
            return reached
        assert look, f"the focus on {name} is not seen"
        reached.add(name)
    raise AssertionError(f"Tab never leaves the figure: {reached}")


def test_every_control_is_reached_by_tab_and_its_focus_is_seen(figure: Opened) -> None:
    cell = figure("index")
    cell.focus("[data-action=backward]")
    handles = {*"ifogxy", "All the weights"}
    assert {"more", "L", *handles} <= tabbed(cell)
    cell.focus("[role=option][tabindex='0']")
    cell.press("ArrowLeft")
    cell.press("Enter")
    assert {"tab:steps", "tab:paths", "nudge", "push-down", "push-up", "lock", *handles} <= tabbed(
        cell
    )
