"""What comes out of a printer: the text alone and whole, every fold open, every figure drawn."""

import re
from pathlib import Path

import pytest

from tests.browser.figure import CHAPTERS, Open, assert_clean
from tests.tree import ROOT

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("access")]

PAPER = 718  # CSS pixels between the margins of A4, 1 cm each
ON_SCREEN = [
    ".bd-sidebar-primary", ".bd-sidebar-secondary", ".bd-header-article", "#pst-back-to-top",
    ".copybtn", ".headerlink", ".toggle-button", ".prev-next-footer", ".launch-buttons",
    ".skip-link",
]  # fmt: skip
DRAWN = """async () => {
    dispatchEvent(new Event("beforeprint"));
    const views = [...document.querySelectorAll(".lstm-view")];
    const late = () => views.some(one => !one.dataset.alive);
    for (let k = 0; k < 20000 && late(); k++) await new Promise(done => setTimeout(done, 30));
    const shown = views.filter(one => one.checkVisibility());
    return shown.map(one => [one.dataset.kind, one.dataset.alive, one.offsetHeight]);
}"""
# wider than the paper, or cut by a box of its own that a reader of paper cannot scroll
CUT = """width => [...document.querySelectorAll("main *")].flatMap(one => {
    const unseen = ".katex-mathml, .visually-hidden, .sr-only, svg *";
    if (!one.checkVisibility() || one.closest(unseen)) return [];
    const { overflowX } = getComputedStyle(one);
    const words = `${one.localName}.${one.className} ${one.textContent.trim().slice(0, 40)}`;
    if (overflowX !== "visible" && one.clientWidth > 1 && one.scrollWidth > one.clientWidth + 1)
        return [`cut: ${words} (${one.scrollWidth} in ${one.clientWidth})`];
    return one.getBoundingClientRect().right > width + 1 ? [`wide: ${words}`] : [];
})"""
LEFT = """names => names.filter(name =>
    [...document.querySelectorAll(name)].some(one => one.checkVisibility()))"""


@pytest.mark.parametrize("name", CHAPTERS)
def test_a_chapter_prints_whole(name: str, open_page: Open, site: Path) -> None:
    page = open_page((site / "book" / f"{name}.html").as_uri(), width=PAPER)
    page.call("media", type="print")
    figures = page.js(f"({DRAWN})()")
    assert figures or name in ("numpy", "pencil", "references", "sheet", "teaching"), (
        "the figures are gone"
    )
    assert all(alive == "true" and height > 30 for _, alive, height in figures), figures
    assert page.js(LEFT, ON_SCREEN) == []
    assert page.js("document.querySelectorAll('.toggle-hidden').length") == 0, (
        "paper cannot be unfolded"
    )
    assert page.js(CUT, PAPER) == []
    assert_clean(page)


def test_what_is_dark_on_the_screen_is_light_on_paper(open_page: Open, site: Path) -> None:
    page = open_page((site / "book" / "cell.html").as_uri(), width=PAPER, dark=True)
    shade = "getComputedStyle(document.body).color"
    on_screen = page.js(shade)
    page.js("['beforeprint', 'beforeprint'].forEach(type => dispatchEvent(new Event(type)))")
    light = open_page((site / "book" / "cell.html").as_uri(), width=PAPER)
    assert page.js(shade) == light.js(shade) != on_screen
    page.js("dispatchEvent(new Event('afterprint'))")
    assert page.js(shade) == on_screen


@pytest.mark.parametrize(("name", "most"), [("sheet", 2), ("weights", 20)])
def test_a_printed_page_is_as_long_as_promised(
    name: str, most: int, open_page: Open, site: Path
) -> None:
    page = open_page((site / "book" / f"{name}.html").as_uri())
    file = ROOT / "_build" / "print" / f"{name}.pdf"
    file.parent.mkdir(parents=True, exist_ok=True)
    page.call("pdf", path=str(file))
    sheets = len(re.findall(rb"/Type /Page\b", file.read_bytes()))
    assert 0 < sheets <= most
