"""The answer box on the built pages and in JupyterLab.

It is used by mouse and keys, wide and narrow, light and dark.
"""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.browser.bridge import Browser, Page
from tests.browser.test_pages import assert_clean

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("pages")]

Open = Callable[..., Page]
CHAPTERS = ["cell", "backwards", "weights"]
WAKE = """async () => {
    for (const view of document.querySelectorAll(".lstm-view")) {
        view.scrollIntoView({ block: "center", behavior: "instant" });
        const pause = () => new Promise(done => setTimeout(done, 30));
        for (let k = 0; k < 20000 && !view.dataset.alive; k++) await pause();
    }
    return document.querySelectorAll(".ab").length;
}"""


class Box:
    """The first box of a kind on a page, all of whose figures have started."""

    def __init__(self, page: Page, kind: str) -> None:
        self.page, self.root = page, f".ab-{kind}"
        self.count = page.js(f"({WAKE})()")
        page.js("root => document.querySelector(root).parentElement.id = 'box'", self.root)

    def at(self, selector: str) -> str:
        return f"#box {selector}"

    def answer(self, text: str) -> str:
        """Type a line in place of the one that stands there, and press Enter.

        What the live region says then is returned, once what it needs is fetched and the search
        for two slips is over.
        """
        self.page.js(
            "selector => document.querySelector(selector).select()", self.at("[data-ab-field]")
        )
        self.page.type(text)
        self.page.press("Enter")
        said = f"document.querySelector('{self.at('[role=status]')}').innerText"
        self.page.wait(f"{said} && !{said}.includes('Looking')")
        return self.said()

    def said(self) -> str:
        return self.page.js(
            "selector => document.querySelector(selector).innerText", self.at("[role=status]")
        )

    def shows(self, selector: str) -> bool:
        return self.page.js("selector => !!document.querySelector(selector)", self.at(selector))


@pytest.fixture
def box(open_page: Open, site: Path, browser: Browser) -> Callable[..., Box]:
    """A function that opens a chapter by double-click, in each browser, and gives a box of it."""
    return lambda chapter, kind="formula", **media: Box(
        open_page(f"{site.as_uri()}/book/{chapter}.html", browser=browser, **media), kind
    )


def drive(box: Box) -> None:
    """Answer the line of f̄ wrongly twice and then rightly."""
    assert "multiplied by the gate itself" in box.answer("c̄ f")
    assert box.shows("mark") and not box.shows("[data-ab=solution]")
    box.page.click(box.at("[data-ab=numbers]"))
    assert "yours is" in box.page.js("document.querySelector('#box .ab-numbers').innerText")
    assert "The time is wrong" in box.answer("c_bar*c")
    box.page.click(box.at("[data-ab=solution]"))
    assert box.shows(".ab-solution sup")
    assert "Right" in box.answer("∂L/∂c c(t−1)")
    assert box.shows(".ab-right") and not box.shows("[data-ab=numbers]")
    assert "1 right so far" in box.page.js(
        "document.querySelector('#box [data-ab=progress]').innerText"
    )


@pytest.mark.parametrize("media", [{}, dict(width=390, dark=True)], ids=["wide", "narrow and dark"])
def test_a_line_is_judged_on_the_page(media: dict, box: Callable[..., Box]) -> None:
    here = box("backwards", **media)
    drive(here)
    assert here.page.js("document.documentElement.scrollWidth <= innerWidth")
    assert_clean(here.page)


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_every_chapter_has_three_boxes_that_start(
    chapter: str, open_page: Open, site: Path
) -> None:
    page = open_page(f"{site.as_uri()}/book/{chapter}.html", width=390)
    assert page.js(f"({WAKE})()") >= 3
    assert page.js(
        "[...document.querySelectorAll('.lstm-view')].every(view => view.dataset.alive === 'true')"
    )
    assert page.js("document.documentElement.scrollWidth <= innerWidth")
    small = """[...document.querySelectorAll('.ab :is(button, summary, input, label.ab-option)')]
    .filter(one => {
        const target = one.type === 'radio' ? one.parentElement : one;
        const { width, height } = target.getBoundingClientRect();
        return width && (width < 24 || height < 24);
    }).map(one => one.outerHTML)"""
    assert page.js(small) == []
    unnamed = "[...document.querySelectorAll('.ab input')].filter(one => !one.labels.length).length"
    assert page.js(unnamed) == 0
    assert_clean(page)


def test_markup_and_megabytes_are_only_text(box: Callable[..., Box]) -> None:
    here = box("backwards")
    for text in (
        "<img src=x onerror=window.bad=1>",
        "<script>window.bad=1</script>",
        "${window.bad=1}",
    ):
        said = here.answer(text)
        assert re.search("cannot read the sign|do not know|more than one formula", said)
        assert not here.shows(".ab-echo img, .ab-echo script, [role=status] img")
    paste = """(root, size) => {
        const field = document.querySelector(root);
        field.value = "h_bar*".repeat(size);
        field.dispatchEvent(new InputEvent("input", { bubbles: true }));
    }"""
    here.page.js(paste, here.at("[data-ab-field]"), 170_000)
    here.page.js("selector => document.querySelector(selector).focus()", here.at("[data-ab-field]"))
    here.page.press("Enter")
    assert "longer than 400" in here.said()
    assert here.page.js("window.bad") is None
    assert_clean(here.page)


def test_symbols_are_inserted_at_the_caret(box: Callable[..., Box]) -> None:
    here = box("backwards")
    here.answer("c_bar * ")
    if not here.shows(".ab-keys"):
        here.page.click(here.at("[data-ab=palette]"))
    here.page.click(here.at("[data-typed=c_prev]"))
    assert here.page.js("document.querySelector('#box [data-ab-field]').value") == "c_bar * c_prev"
    assert here.page.js("document.activeElement.matches('#box [data-ab-field]')")
    here.page.press("Enter")
    assert "Right" in here.said()


def exercise(html: str, kind: str) -> dict[str, Any]:
    """What the first box of a kind on a page asks and says."""
    states = re.findall(r'<script type="application/json">(.*?)</script>', html, re.S)
    return next(one["exercise"] for one in map(json.loads, states) if one.get("kind") == kind)


def test_choices_bugs_and_predictions_are_answered_by_keys(open_page: Open, site: Path) -> None:
    page = open_page(f"{site.as_uri()}/book/backwards.html")
    page.js(f"({WAKE})()")
    html = (site / "book" / "backwards.html").read_text("utf-8")
    for kind, index in (("bug", 1), ("bug", 0), ("predict", 2)):
        says = exercise(html, kind)["options"][index][1]
        page.js(
            "s => document.querySelector(s).focus()",
            f".ab-{kind} label:nth-of-type({index + 1}) input",
        )
        page.press(" ")
        page.press("Enter")
        shown = page.js(f"document.querySelector('.ab-{kind} [role=status]').innerText")
        plain = re.sub(r"\{\w+\}", "", says)  # the letters are typeset
        assert all(word in shown for word in plain.split()), (says, shown)
    rows = len(exercise(html, "predict")["see"])
    assert page.js("document.querySelectorAll('.ab-predict tbody tr').length") == rows


def test_progress_is_kept_shown_and_cleared(box: Callable[..., Box]) -> None:
    here = box("backwards")
    here.answer("c_bar*c_prev")
    here.page.goto(here.page.js("location.href"))
    again = Box(here.page, "formula")
    again.page.click(again.at("[data-ab=progress]"))
    assert "backwards-forget" in again.page.js("document.querySelector('#box textarea').value")
    again.page.click(again.at("[data-ab=clear]"))
    assert "0 right so far" in again.page.js(
        "document.querySelector('#box [data-ab=progress]').innerText"
    )


def test_where_lights_the_cell(box: Callable[..., Box]) -> None:
    here = box("backwards")
    here.answer("c_bar*c")
    here.page.click(here.at("[data-ab=where]"))
    here.page.wait("document.activeElement.dataset.name === 'c_prev'")


def test_a_line_through_time_and_two_slips_are_told(box: Callable[..., Box]) -> None:
    here = box("time")
    sent = " + ".join(f"z_{k}_bar(t+1) w_{k}h" for k in "ifog")
    assert "right at the last step only" in here.answer("h - y")
    here.answer(f"2*(y - h + {sent})")
    told = """selector => new Promise(done => (function look() {
        const said = document.querySelector(selector).innerText;
        if (/Two things/.test(said)) done(said); else setTimeout(look, 20);
    })())"""
    assert "sign of the loss" in here.page.js(told, here.at("[role=status]"))
    assert "Right" in here.answer(f"h - y + {sent}")
    assert_clean(here.page)
