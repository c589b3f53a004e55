"""What a reader's browser makes of the built pages.

They come over http and by double-click, with no other host to be had.
"""

from pathlib import Path

import pytest

from tests.browser.bridge import Browser, Page
from tests.browser.figure import FORWARDS, WITH_FIGURE, Figure, Open, assert_clean, drive, url

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("pages")]

MISCOUNTED = """[
    [2, "munder, mover, msub, msup, mfrac, mroot"],
    [3, "munderover, msubsup"],
].flatMap(([count, kinds]) =>
    [...document.querySelectorAll(kinds)]
        .filter(one => one.children.length !== count)
        .map(one => one.outerHTML))"""
PLACES = ["http", "file"]


@pytest.mark.parametrize(("place", "theme"), [("http", "light"), ("file", "dark")])
@pytest.mark.parametrize("chapter", WITH_FIGURE)
def test_sliders_move_the_numbers_to_what_numpy_gives(
    chapter: str, place: str, theme: str, open_page: Open, site: Path, address: str
) -> None:
    page = open_page(url(place, site, address, f"book/{chapter}.html"), dark=theme == "dark")
    assert page.js("document.documentElement.dataset.theme") == theme
    drive(Figure(page), chapter in FORWARDS)
    assert_clean(page)


@pytest.mark.xdist_group("firefox")
@pytest.mark.parametrize("place", PLACES)
def test_the_same_in_firefox(
    place: str, open_page: Open, firefox: Browser, site: Path, address: str
) -> None:
    for chapter in WITH_FIGURE:
        page = open_page(url(place, site, address, f"book/{chapter}.html"), browser=firefox)
        drive(Figure(page), chapter in FORWARDS)
        assert_clean(page)


@pytest.mark.parametrize("place", PLACES)
def test_every_page_is_clean_and_its_formulas_are_typeset(
    place: str, open_page: Open, site: Path, address: str
) -> None:
    pages = sorted(
        str(file.relative_to(site)) for file in [*site.glob("*.html"), *site.glob("book/*.html")]
    )
    assert len(pages) > 4
    for name in pages:
        page = open_page(url(place, site, address, name))
        page.wait("document.readyState === 'complete'")
        assert (
            page.js("document.querySelectorAll('.katex-error, .merror, .math-error').length") == 0
        ), name
        assert page.js(
            "[...document.querySelectorAll('.katex')].every(k => k.querySelector('.katex-html'))"
        ), name
        assert page.js(MISCOUNTED) == [], name
        assert_clean(page)
        page.close()


def test_symbols_carry_their_names(open_page: Open, site: Path) -> None:
    page = open_page(f"{site.as_uri()}/book/backwards.html")
    for name in "c_bar", "h_bar", "o_bar", "f", "c_prev":
        assert page.js(f"document.querySelectorAll('.katex [data-name={name}]').length") > 0, name


def test_mathematics_has_its_own_sheet_and_fonts(open_page: Open, site: Path) -> None:
    page = open_page(f"{site.as_uri()}/book/backwards.html")
    page.js("document.fonts.ready.then(() => 1)")
    assert page.js(
        "[...document.fonts].some(f => f.family.includes('KaTeX_Math') && f.status === 'loaded')"
    )
    size = "element => parseFloat(getComputedStyle(document.querySelector(element)).fontSize)"
    assert page.js(size, ".katex .msupsub .mtight") < page.js(size, ".katex .mord"), (
        "subscripts are full size"
    )


RESTING = "document.querySelectorAll('.rests').length"
TOPS = """[...document.querySelectorAll(".bd-article h2")]
    .map(one => Math.round(one.getBoundingClientRect().top + scrollY))"""
AWAKE = "document.querySelectorAll('.rests').forEach(section => section.classList.remove('rests'))"
LAST = "[...document.querySelectorAll('.bd-article > section > section')].at(-1)"


def rested(page: Page) -> None:
    """The sections of a page rest, the last one unseen.

    Each heading stands where it stands with all awake.
    """
    page.wait(f"{RESTING} > 5")
    assert not page.js(
        f"{LAST}.querySelector('p').checkVisibility({{ contentVisibilityAuto: true }})"
    )
    tops = page.js(TOPS)
    page.js(AWAKE)
    assert page.js(TOPS) == tops


def test_sections_far_away_rest_and_nothing_moves(
    open_page: Open, browser: Browser, site: Path
) -> None:
    page = open_page(f"{site.as_uri()}/book/carousel.html", browser=browser)
    rested(page)
    page.viewport(700)
    page.wait(f"{RESTING} === 0")
    rested(page)


def test_a_link_leads_into_a_section_that_rests(open_page: Open, site: Path) -> None:
    page = open_page(f"{site.as_uri()}/book/carousel.html")
    page.wait(f"{RESTING} > 5")
    page.js(f"location.hash = {LAST}.id")
    page.wait(f"Math.abs({LAST}.getBoundingClientRect().top) < innerHeight")
    assert page.js(f"{LAST}.querySelector('p').checkVisibility({{ contentVisibilityAuto: true }})")
