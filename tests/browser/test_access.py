"""Every page, wide and narrow, light and dark, for readers who listen or use keys.

There is nothing that axe-core finds, and nothing wider than its column.
"""

import os
from pathlib import Path

import pytest

from tests.browser.bridge import Page
from tests.browser.figure import CHAPTERS, Open, assert_clean
from tests.tree import ROOT

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("access")]

ALONE = ["search.html", "genindex.html", "404.html"]
PAGES = [*(f"book/{name}.html" for name in CHAPTERS), *ALONE]
WAKE = """async () => {
    const all = document.createElement("style");
    const asleep = ".rests, .katex-display, .highlight pre";
    all.textContent = `${asleep} { content-visibility: visible !important; }`;
    document.head.append(all);
    const pause = ms => new Promise(done => setTimeout(done, ms));
    const views = [...document.querySelectorAll(".lstm-view")];
    for (const view of views.filter(one => one.checkVisibility())) {
        view.scrollIntoView({ block: "center", behavior: "instant" });
        for (let k = 0; k < 20000 && !view.dataset.alive; k++) await pause(30);
    }
    scrollTo(0, 0);
    dispatchEvent(new Event("resize")); // what was forced to be laid out is told to nobody else
    await new Promise(done => setTimeout(done, 450)); // the theme asks 300 ms after it
}"""
ASLEEP = """[...document.querySelectorAll(".lstm-view")]
    .filter(one => one.checkVisibility() && one.dataset.alive !== "true")
    .map(one => one.dataset.kind)"""
# a preload would fetch the sheet again, which no page opened by double-click may
FIND = """axe.run(document, { preload: false, resultTypes: ["violations"] })
    .then(({ violations }) => {
        const said = ({ any, all, none }) => [...any, ...all, ...none][0]?.message ?? "";
        return violations.flatMap(({ id, nodes }) => nodes.map(node =>
            `${id} at ${node.target}: ${node.html.slice(0, 120)} (${said(node)})`));
    })"""
LATE = """async () => {
    const late = [...document.querySelectorAll(".katex-display, .highlight pre")]
        .filter(one => one.checkVisibility());
    const before = late.map(one => one.offsetHeight);
    for (const one of late) {
        one.scrollIntoView({ block: "center", behavior: "instant" });
        await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
    }
    const wide = late.filter(one => one.scrollWidth > one.clientWidth + 1);
    const words = one => one.textContent.trim().slice(-50);
    return {
        count: late.length,
        moved: late
            .map((one, k) => [before[k], one.offsetHeight, words(one)])
            .filter(([was, is]) => Math.abs(is - was) > 6),
        scrolling: wide.length,
        unreached: wide.filter(one => one.tabIndex < 0).map(words),
    };
}"""
WIDE = """() => [...document.querySelectorAll(
    ".katex-display, .highlight pre, .bd-article table, .bd-article img")]
    .filter(one => one.checkVisibility())
    .flatMap(one => {
        const scrollers = ".katex-display, pre, .cell_output, .lstm, "
            + ".pst-scrollable-table-container";
        const scroller = one.closest(scrollers);
        const box = (scroller ?? one).getBoundingClientRect();
        const column = document.querySelector(".bd-article").getBoundingClientRect();
        const scrolls = scroller && scroller.scrollWidth > scroller.clientWidth + 1;
        const words = one.textContent.trim().slice(0, 60);
        if (box.right > column.right + 1) return [`${words} is wider than its column`];
        if (!scrolls) return [];
        const cut = getComputedStyle(scroller).overflowX === "visible";
        if (cut) return [`${words} does not scroll`];
        const reached = scroller.closest(".lstm") || scroller.tabIndex >= 0;
        if (!reached) return [`no key reaches ${words}`];
        return [];
    })"""


# what would cut the outline, 4 pixels wide, of what is focused at the edge of a figure
CUTTING = """[...document.querySelectorAll(".lstm-view")]
.filter(one => one.checkVisibility()).flatMap(view => {
    const found = [];
    for (let one = view.parentElement; one; one = one.parentElement) {
        const hides = getComputedStyle(one).overflowX !== "visible";
        const clips = hides || one.classList.contains("rests");
        const [edge, own] = [one.getBoundingClientRect(), view.getBoundingClientRect()];
        const near = edge.left > own.left - 4 || edge.right < own.right + 4;
        if (clips && near) found.push(one.className);
    }
    return found;
})"""


def test_every_page_is_looked_at(site: Path) -> None:
    built = {
        str(file.relative_to(site)) for file in [*site.glob("*.html"), *site.glob("book/*.html")]
    }
    assert built == {*PAGES, "index.html"}


# Two of them at every `make test`, since each takes seconds; all of them in `make audit`.
SIGHTS = {"1280-light": dict(width=1280), "390-dark": dict(width=390, dark=True)}
if os.environ.get("AUDIT"):
    SIGHTS |= {
        "1280-dark": dict(width=1280, dark=True),
        "390-light": dict(width=390),
        "1280-forced": dict(width=1280, dark=True, forced=True),
        "320-enlarged": dict(width=320, height=225, scale=4),
    }


@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_for_everybody(name: str, sight: str, open_page: Open, site: Path) -> None:
    page = open_page((site / name).as_uri(), **SIGHTS[sight])
    page.js(f"({WAKE})()")
    assert page.js(ASLEEP) == []
    assert page.js("document.documentElement.scrollWidth <= innerWidth"), (
        "the page scrolls sideways"
    )
    assert page.js(f"({WIDE})()") == []
    assert page.js(CUTTING) == []
    assert faults(page) == []
    assert_clean(page)


def test_what_is_laid_out_late_keeps_its_place_and_is_reached_by_keys(
    open_page: Open, site: Path
) -> None:
    page = open_page((site / "book" / "time.html").as_uri(), width=390)
    late = page.js(f"({LATE})()")
    assert late["count"] > 10
    assert late["moved"] == [], (
        "book/_ext/light/reserve.py says another height than the browser finds"
    )
    assert late["scrolling"] > 1
    assert late["unreached"] == []


def test_a_planted_fault_is_found(open_page: Open, site: Path) -> None:
    page = open_page((site / "book" / "cell.html").as_uri(), width=390)
    plant = '<img src="data:,"><b style="color: silver">faint</b>'
    page.js("html => { document.querySelector('.bd-article p').innerHTML = html; }", plant)
    found = " ".join(faults(page))
    assert "image-alt" in found, found
    assert "color-contrast" in found, found


def faults(page: Page) -> list[str]:
    """What axe-core finds wrong with a page as it stands."""
    page.call(
        "evaluate",
        code=(ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8") + ";1",
    )
    found: list[str] = page.js(FIND)
    return found
