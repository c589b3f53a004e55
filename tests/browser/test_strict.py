"""Every page's own Content-Security-Policy.

What it forbids, and that all that a page offers works under it.
"""

import re
from pathlib import Path

import pytest

from tests.browser.bridge import Browser, Page
from tests.browser.figure import Figure, Open, assert_clean, drive, url

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("pages")]

POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)"')
INLINE = re.compile(r'<script(?![^>]*(?:\ssrc=|type="application/))[^>]*>(.*?)</script>', re.S)
KNOWN = ["dataset.mode = ", "document.fonts.forEach", "Activate the search field"]
PLANT = """new Promise(done => {
    const script = document.createElement("script");
    script.textContent = "globalThis.planted = 1";
    document.head.append(script);
    setTimeout(done, 50, 1);
})"""
PLACES = ["http", "file"]


def pages(site: Path) -> list[Path]:
    return [*site.glob("*.html"), *site.glob("book/*.html")]


# What it forbids


def test_a_strict_policy_stands_in_every_page_before_anything_it_governs(site: Path) -> None:
    for page in pages(site):
        html = page.read_text("utf-8")
        found = POLICY.search(html)
        assert found, page.name
        rules = dict(rule.strip().split(" ", 1) for rule in found[1].split(";"))
        assert "unsafe-inline" not in rules["script-src"], page.name
        assert not {"'unsafe-eval'", "'unsafe-hashes'", "*", "https:", "http:"} & set(
            found[1].split()
        ), page.name
        assert rules["default-src"] == "'self'"
        assert found.start() < min(
            html.find(tag) % len(html) for tag in ("<script", "<link", "<style")
        )
        assert not re.findall(r"<[a-z][^>]*\son[a-z]+=", html), f"{page.name} has an inline handler"


def test_only_what_the_theme_writes_stands_inline(site: Path) -> None:
    for page in pages(site):
        for code in INLINE.findall(page.read_text("utf-8")):
            assert any(words in code for words in KNOWN), f"{page.name}: {code}"


@pytest.mark.parametrize("place", PLACES)
def test_a_script_from_elsewhere_does_not_run_and_the_figures_do(
    place: str, open_page: Open, site: Path, address: str
) -> None:
    page = open_page(url(place, site, address, "book/backwards.html"))
    page.js(PLANT)
    assert page.js("globalThis.planted === undefined"), "the policy is not in force"
    assert len([said for said in page.seen()["console"] if said["type"] == "error"]) == 1
    drive(Figure(page), forward_only=False)
    assert len([said for said in page.seen()["console"] if said["type"] == "error"]) == 1


@pytest.mark.xdist_group("firefox")
def test_the_same_in_firefox(open_page: Open, firefox: Browser, site: Path) -> None:
    page = open_page((site / "book" / "backwards.html").as_uri(), browser=firefox)
    drive(Figure(page), forward_only=False)
    assert_clean(page)
    page.js(PLANT)
    assert page.js("globalThis.planted === undefined"), "the policy is not in force"


# What works under it


@pytest.fixture(params=PLACES)
def page(request: pytest.FixtureRequest, open_page: Open, site: Path, address: str) -> Page:
    """A chapter with figures, code and folds, over http and by double-click."""
    return open_page(url(request.param, site, address, "book/weights.html"))


def test_print_is_called(page: Page) -> None:
    page.js("globalThis.print = () => (globalThis.printed = true)")
    page.click(".dropdown-download-buttons > button")
    page.wait("document.querySelector('.dropdown-download-buttons .show')")
    page.click(".btn-download-pdf-button")
    assert page.js("globalThis.printed") is True
    assert_clean(page)


def test_full_screen_comes_and_goes(page: Page) -> None:
    page.click(".btn-fullscreen-button")
    page.wait("document.fullscreenElement === document.documentElement")
    page.click(".btn-fullscreen-button")
    page.wait("!document.fullscreenElement")
    assert_clean(page)


def test_search_finds_a_chapter_and_marks_the_word(page: Page) -> None:
    page.click(".search-button-field")
    page.wait("document.querySelector('#pst-search-dialog').open")
    page.type("slope")
    page.press("Enter")
    results = "[...document.querySelectorAll('#search-results li a')]"
    about_weights = "(a => a.href.includes('weights.html'))"
    page.wait(f"location.pathname.endsWith('search.html') && {results}.length > 0")
    page.wait("/finished/i.test(document.querySelector('#search-results').textContent)")
    assert page.js(f"{results}.some{about_weights}")
    page.js(f"{results}.find{about_weights}.click()")
    page.wait(
        "location.pathname.endsWith('weights.html') && document.querySelector('.highlighted')"
    )
    assert_clean(page)


def test_code_is_copied(page: Page) -> None:
    page.wait("document.querySelector('button.copybtn')")
    page.js("document.querySelector('button.copybtn').style.opacity = 1")
    page.click("button.copybtn")
    page.wait("document.querySelector('button.copybtn').dataset.tooltip === 'Copied!'")
    assert_clean(page)


def test_folds_open(page: Page) -> None:
    fold = "document.querySelector('.admonition.dropdown')"
    assert page.js(f"{fold}.classList.contains('toggle-hidden')")
    height = page.js(f"{fold}.offsetHeight")
    page.click(".admonition.dropdown .toggle-button")
    page.wait(f"!{fold}.classList.contains('toggle-hidden') && {fold}.offsetHeight > {height}")
    assert_clean(page)


def test_the_mode_is_switched_and_kept(page: Page) -> None:
    seen = set()
    for _ in range(3):
        page.click(".theme-switch-button")
        seen.add(page.js("document.documentElement.dataset.mode"))
    assert seen == {"light", "dark", "auto"}
    while page.js("document.documentElement.dataset.mode") != "dark":
        page.click(".theme-switch-button")
    page.goto(page.js("location.href"))
    assert page.js("document.documentElement.dataset.theme") == "dark"
    assert_clean(page)


def test_both_sidebars_open_on_a_narrow_page(page: Page) -> None:
    page.viewport(390)
    page.wait("innerWidth === 390")
    page.goto(page.js("location.href"))  # the theme asks how wide the window is when it starts
    for button, modal in (".primary-toggle", "primary"), (".secondary-toggle", "secondary"):
        page.click(button)
        page.wait(f"document.querySelector('#pst-{modal}-sidebar-modal').open")
        assert page.js(f"document.querySelector('#pst-{modal}-sidebar-modal a').checkVisibility()")
        page.press("Escape")
        page.wait(f"!document.querySelector('#pst-{modal}-sidebar-modal').open")
    assert_clean(page)
