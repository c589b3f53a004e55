"""How the figures look, wide and narrow, light and dark, in every state; screenshots stay for people to look at."""

from collections.abc import Callable

import pytest

from tests.browser.figure import WITH_FIGURE, Figure
from tests.tree import ROOT

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("pages")]


LOOKS = (ROOT / "tests" / "browser" / "looks.js").read_text("utf-8")


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("chapter", WITH_FIGURE)
def test_figures_look_right_in_every_state(chapter: str, width: int, theme: str, figure: Callable[..., Figure]) -> None:
    cell = figure(chapter, width=width, dark=theme == "dark")
    shots = ROOT / "_build" / "screenshots"
    shots.mkdir(parents=True, exist_ok=True)
    cell.page.screenshot(shots / f"{chapter}-{width}-{theme}-page.png", whole=True)
    faults = []
    for state, gesture in STATES.items():
        gesture(cell)
        cell.page.box(cell.at(".widget"))
        cell.page.call("mouse", steps=[["move", 1, 1]])  # else the scrolled page has another node under the mouse
        cell.settle()
        cell.page.screenshot(shots / f"{chapter}-{width}-{theme}-{state}.png")
        faults += [f"{state}: {fault}" for fault in cell.page.js(LOOKS, cell.root)]
        assert cell.page.js("document.documentElement.scrollWidth") <= width, f"{state}: the page scrolls sideways"
    assert not faults, "\n".join(faults)


STATES: dict[str, Callable[[Figure], object]] = {
    "first": lambda cell: None,
    "pinned": lambda cell: cell.pin("c"),
    "pushed": lambda cell: cell.click("[data-action=push-up]"),
    "held": lambda cell: cell.click("[data-action=lock]"),
    "weights": lambda cell: cell.click(".fold summary"),
    "table": lambda cell: cell.click("[data-action=table]"),
}
