"""How the cell looks on its page, wide and narrow, light and dark.

Screenshots stay for people to look at.
"""

from collections.abc import Callable

import pytest

from tests.browser.figure import KEY, WITH_FIGURE, Figure
from tests.tree import ROOT

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("looks")]


LOOKS = (ROOT / "tests" / "browser" / "looks.js").read_text("utf-8").strip().removesuffix(";")


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_cell_looks_right_after_every_gesture(
    width: int, theme: str, figure: Callable[..., Figure]
) -> None:
    cell = figure("backwards", width=width, dark=theme == "dark")
    shots = ROOT / "_build" / "screenshots"
    shots.mkdir(parents=True, exist_ok=True)
    cell.page.screenshot(shots / f"backwards-{width}-{theme}-page.png", whole=True)
    faults = []
    for state, gesture in STATES.items():
        gesture(cell)
        cell.settle()
        cell.page.box(cell.at(".widget"))
        # else the scrolled page has another node under the mouse
        cell.page.call("mouse", steps=[["move", 1, 1]])
        cell.settle()
        cell.page.screenshot(shots / f"backwards-{width}-{theme}-{state}.png")
        faults += [f"{state}: {fault}" for fault in cell.page.js(LOOKS, cell.root)]
        assert cell.page.js("document.documentElement.scrollWidth") <= width, (
            f"{state}: the page scrolls sideways"
        )
    assert not faults, "\n".join(faults)


def link(cell: Figure, state: str) -> None:
    """Bring the figure to a state, as a link does."""
    cell.page.js(
        "hash => { location.hash = hash; return 1; }", f"{cell.page.js(KEY, cell.root)}={state}"
    )
    cell.settle()


def tab(cell: Figure, name: str, view: str) -> None:
    """Pin a value and turn its card, where the page has gradients."""
    cell.pin(name)
    action = f"[data-action='tab:{view}']"
    if cell.count(action):
        cell.click(action)


def told(cell: Figure) -> None:
    """Press the first prompt, where the page's figure has any."""
    first = "[data-action='try:0']"
    if cell.count(first):
        cell.click(first)


EXTREME = "x:10,w_ix:-10,w_fx:10,w_ox:10,w_gx:-10,c_prev:-10,y:-10,h_bar_next:10,c_bar_next:-10"
STATES: dict[str, Callable[[Figure], object]] = {
    "first": lambda cell: None,
    "pinned": lambda cell: cell.pin("c"),
    "pushed": lambda cell: cell.click("[data-action=push-up]"),
    "held": lambda cell: cell.click("[data-action=lock]"),
    "all paths": lambda cell: tab(cell, "h_prev", "paths"),
    "line by line": lambda cell: tab(cell, "x", "steps"),
    "extreme": lambda cell: link(cell, EXTREME),
    "zero": lambda cell: link(cell, "w_gx:0,w_gh:0,b_g:0,c_prev:0,y:0,x:0"),
    "told": lambda cell: [cell.click("[data-action=reset]"), told(cell)],
    "menu": lambda cell: [cell.click("[data-action=more]"), cell.click("[data-action=python]")],
    "table": lambda cell: cell.click("[data-action=table]"),
}

CONTROLS = """root => [...document.querySelectorAll(`${root} :is(input, select, textarea, button)`)]
    .filter(one => one.checkVisibility() && !one.closest(".tries"))
    .map(one => one.dataset.input ?? one.dataset.action)"""


@pytest.mark.parametrize("chapter", WITH_FIGURE)
def test_the_first_sight_has_at_most_seven_controls(
    chapter: str, figure: Callable[..., Figure]
) -> None:
    cell = figure(chapter)
    controls = cell.page.js(CONTROLS, cell.root)
    assert 0 < len(controls) <= 7, controls
