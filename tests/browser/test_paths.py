"""The figure of paths in real browsers: its numbers, five tasks by keyboard."""

from collections.abc import Callable

import numpy as np
import pytest

from lstm_edu.lab import paths
from lstm_edu.widgets.kit.prompts import prompt
from tests.browser.bridge import Page
from tests.browser.figure import FOCUSED, WALK, assert_clean, settle
from tests.browser.gallery import View, root
from tests.widgets.asked import THREE, drawn
from tests.widgets.test_paths import assert_close

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("paths")]

AT = root(1)
TRY = prompt(
    "Switch off the path along c",
    {"off": [4]},
    lambda before, after: after["total_bar"] < 0 < before["total_bar"],
    "There is {after.total_bar} left.",
    {
        "more": lambda a, b: b["total_bar"] > a["total_bar"],
        "less": lambda a, b: b["total_bar"] < a["total_bar"],
    },
)
Opened = Callable[..., Page]


@pytest.fixture
def alone(opened: Opened) -> Opened:
    """A function that opens a page with nothing but this figure, in each browser."""
    return lambda **traits: opened([View("paths", traits)], height=1400)


def said(page: Page, selector: str = ".path-verdict") -> str:
    return page.js(f"document.querySelector({f'{AT} {selector}'!r})?.textContent ?? ''")


# Numbers

SHOWN = """root => {
    const all = selector => [...document.querySelectorAll(`${root} ${selector}`)];
    const numbers = all(".num").map(({ dataset }) => ({ ...dataset }));
    const rows = all("[role=option] .product-of").map(one => one.textContent);
    return { numbers, rows };
}"""


def test_200_random_states_are_those_of_numpy(alone: Opened) -> None:
    rng = np.random.default_rng(11)
    page = alone()
    states = [drawn(rng) for _ in range(200)]
    sent = [{n: v for n, v in t.items() if n not in ("grouped", "steps")} for t in states]
    for t, shown in zip(states, page.js(WALK, [AT, "paths-1", sent, SHOWN]), strict=True):
        terms = paths.terms(t["T"], t["of"], t["to"], t)
        largest = max(map(abs, terms), default=1.0)
        found = {int(one["path"]): float(one["value"]) for one in shown["numbers"] if "path" in one}
        assert len(found) == len(shown["rows"]) == min(12, len(terms))
        for k, value in found.items():
            assert value == pytest.approx(terms[k], rel=1e-12, abs=0)
        by_role = {one["role"]: float(one["value"]) for one in shown["numbers"] if "role" in one}
        left = [0.0 if k in t["off"] else term for k, term in enumerate(terms)]
        aim = paths.gradient(t["T"], t["of"], t["to"], t)
        assert_close(by_role.get("aim", 0.0), aim, max(largest, abs(aim)), "the gradient")
        if terms:
            assert_close(by_role["total"], sum(left), largest, "the total")
        if "rest" in by_role:
            assert_close(
                by_role["rest"],
                sum(x for k, x in enumerate(left) if k not in found),
                largest,
                "the rest",
            )


# Tasks: each by keyboard alone, from the first control, in at most twelve presses


def read_a_path(page: Page) -> tuple[list[str], Callable[[], bool]]:
    text = "document.activeElement.textContent"
    return ["Tab"] * 7 + [
        "ArrowDown"
    ], lambda: "−0.0260" in page.js(text) and "0.645" in page.js(text)


def switch_a_path_off(page: Page) -> tuple[list[str], Callable[[], bool]]:
    return ["Tab"] * 7 + [
        "Enter"
    ], lambda: "1 of 5 paths off" in said(page) and "known mistake" in said(page)


def hold_h_1(page: Page) -> tuple[list[str], Callable[[], bool]]:
    keys = ["Tab"] * 6 + ["ArrowUp", "ArrowLeft", "ArrowDown", "Enter"]
    return keys, lambda: "4 of 5 paths off" in said(page) and "+0.162" in said(page)


def choose_a_known_mistake(page: Page) -> tuple[list[str], Callable[[], bool]]:
    return ["Tab"] * 5 + ["ArrowDown"], lambda: "along c is left out" in said(page, ".harm")


def merge_the_paths(page: Page) -> tuple[list[str], Callable[[], bool]]:
    return ["Tab"] * 4 + [" "], lambda: "This is backpropagation" in said(page)


TASKS = [read_a_path, switch_a_path_off, hold_h_1, choose_a_known_mistake, merge_the_paths]


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.__name__)
def test_a_task_takes_at_most_twelve_presses(task: Callable, alone: Opened) -> None:
    page = alone()
    page.js(f"document.querySelector({f'{AT} select'!r}).focus()")
    keys, done = task(page)
    assert not done(), "it was done before it began"
    assert len(keys) <= 12
    for key in keys:
        page.press(key)
        settle(page)
        name, inside, look = page.js(FOCUSED, AT)
        assert inside and look, f"the focus on {name} is not seen"
    assert done(), said(page)
    assert_clean(page)


def test_reset_brings_the_first_state_back_in_three_presses(alone: Opened) -> None:
    page = alone()
    before = said(page)
    page.js(f"document.querySelector({f'{AT} select'!r}).focus()")
    page.press("ArrowDown")
    settle(page)
    assert said(page) != before
    for key in ["Tab", "Tab", "Enter"]:
        page.press(key)
        settle(page)
    assert said(page) == before


# By mouse


def test_pointing_at_a_row_lights_its_path_and_its_box_switches_it(alone: Opened) -> None:
    page = alone()
    lit = f"[...document.querySelectorAll('{AT} .trail')].length"
    first = page.js(lit)
    box = page.box(f"{AT} [data-name=p3] .chain")
    page.call("mouse", steps=[["move", box["x"] + 5, box["y"] + 5]])
    settle(page)
    assert page.js(lit) == 5 > first == 3
    page.call("mouse", steps=[["click", box["x"] + 5, box["y"] + 5]])
    settle(page)
    assert said(page).startswith("5 paths."), "a look switches nothing"
    page.click(f"{AT} [data-name=p3] .check")
    settle(page)
    assert said(page).startswith("1 of 5 paths off")
    page.click(f"{AT} [data-name=h_1]")
    settle(page)
    assert said(page).startswith("4 of 5 paths off")


def test_a_drag_of_the_counter_moves_nothing_else(alone: Opened) -> None:
    page = alone(prompts=[TRY])
    others = (
        f"[...document.querySelectorAll('main > p, {AT} .prompts, {AT} .fold, {AT} .path-row')]"
    )
    places = f"JSON.stringify({others}.map(one => one.getBoundingClientRect().top + scrollY))"
    before = page.js(places)
    counts = []
    for place in (0.0, 0.5, 1.0):
        page.drag(f"{AT} input[data-input=steps]", 0.3, place)
        settle(page)
        counts.append(said(page, ".counter > span"))
        assert page.js(places) == before
    assert len({*counts}) == 3
    assert "2.30·10³³" in counts[-1]


def test_a_prediction_moves_nothing_until_it_is_made(alone: Opened) -> None:
    page = alone(prompts=[TRY])
    before = said(page)
    page.click(f"{AT} [data-action='try:0']")
    settle(page)
    assert said(page) == before
    page.click(f"{AT} [data-action='bet:0:1']")
    settle(page)
    assert said(page).startswith("1 of 5 paths off")
    assert "Right." in said(page, ".told")


def test_twelve_rows_and_the_rest_are_drawn_for_three_steps(alone: Opened) -> None:
    page = alone(T=3, of="w_ix", to="L")
    assert page.js(f"document.querySelectorAll('{AT} .path-list [role=option]').length") == 13
    assert len(paths.listed(3, "w_ix", "L")) == THREE["T"] * 12 + 1
