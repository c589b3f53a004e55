"""The graph of pushes on its page by keys and by slider, as a reader uses it.

The first page's menu of lines is used likewise.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from lstm_edu.lab import pushes
from tests.browser.bridge import Browser, Page
from tests.browser.figure import Figure
from tests.browser.test_answer import Box

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("pages")]

SECOND = """() => {
    const view = [...document.querySelectorAll(".lstm-view[data-kind=ripple]")][1];
    view.dataset.test = "roads";
    view.scrollIntoView({ block: "center", behavior: "instant" });
}"""

SHARES = """root => [...document.querySelectorAll(root + " [data-share]")]
    .map(element => [element.dataset.share, Number(element.dataset.value)])"""


def opened(open_page: Callable[..., Page], site: Path, **media: Any) -> Figure:
    """The figure of the two roads, on the page opened by double-click."""
    page = open_page(f"{site.as_uri()}/book/pushes.html", **media)
    page.wait("document.querySelectorAll('.lstm-view[data-kind=ripple]').length === 2")
    page.js(f"({SECOND})()")
    return Figure(page, ".lstm-view[data-test=roads] .lstm")


@pytest.fixture
def roads(open_page: Callable[..., Page], site: Path, browser: Browser) -> Figure:
    """The figure at its first sight, in each browser."""
    return opened(open_page, site, browser=browser)


def text(figure: Figure, selector: str) -> str:
    return figure.page.js(
        "selector => document.querySelector(selector).innerText", figure.at(selector)
    )


def test_keys_alone_walk_to_u_hold_it_and_push_a(roads: Figure) -> None:
    roads.focus("[role=option][tabindex='0']")
    roads.press("ArrowRight", "Enter")  # from a to u
    assert roads.page.js("document.activeElement.dataset.name") == "u"
    roads.focus("[data-action=lock]")
    roads.press("Enter")
    assert roads.count(".padlock") == 1
    roads.focus("[role=option][data-name=u]")
    roads.press("ArrowLeft", "Enter")
    roads.focus("[data-action=push-up]")
    roads.press("Enter")
    held = pushes.values(nudge={"a": 0.1}, lock={"u": pushes.values()["u"]})
    moved = float(
        roads.page.js(
            "s => document.querySelector(s).dataset.value", roads.at("[data-role=change]")
        )
    )
    assert moved == pytest.approx(held["L"] - pushes.values()["L"])
    assert text(roads, "[data-role=predicted]") == "−0.0600"


def test_a_slider_moves_every_answer(roads: Figure) -> None:
    roads.drag("b", 0.27, 0.9)
    values = pushes.values({"a": 1.5, "b": roads.slider("b")})
    shares = dict(roads.page.js(SHARES, roads.root))
    assert roads.slider("b") > 1
    assert shares["a>v"] == pytest.approx(values["v_bar"])
    assert sum(shares.values()) == pytest.approx(values["a_bar"])


def test_a_prediction_is_asked_before_anything_moves(roads: Figure) -> None:
    roads.click("[data-action='try:1']")
    assert not roads.count(".padlock")
    roads.click("[data-action='bet:0:0']")
    assert "Not so." in text(roads, ".told") and "−0.600" in text(roads, ".told")
    assert roads.count(".padlock")


def test_the_menu_of_lines_asks_for_one_and_keeps_the_others(
    open_page: Callable[..., Page], site: Path
) -> None:
    box = Box(open_page(f"{site.as_uri()}/book/index.html"), "formula")
    assert "Right" in box.answer("h̄ tanh c")
    box.page.click(box.at("[data-typed=c_bar]"))
    assert box.said() == "" and "Right" not in box.answer("h̄ tanh c")
    assert "last step only" in box.answer("h_bar*o*(1-tanh(c)^2)")
    box.page.click(box.at("[data-typed=o_bar]"))
    assert (
        box.page.js("selector => document.querySelector(selector).value", box.at("[data-ab-field]"))
        == "h̄ tanh c"
    )
    pressed = box.page.js(
        "s => [...document.querySelectorAll(s)].map(e => e.dataset.typed)",
        box.at("[aria-pressed=true]"),
    )
    assert pressed == ["o_bar"]
