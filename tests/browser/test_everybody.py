"""Every figure where the system sets all colours, at more contrast, and enlarged to 400 %.

A window 1280 pixels wide has 320 at 400 %, and 225 of its 900 lines.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.browser.bridge import Browser, Page
from tests.browser.figure import Open, assert_clean
from tests.browser.gallery import FIGURES, Gallery, View, axe, root

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("states")]

KINDS = [*FIGURES]
SIGHTS: dict[str, dict[str, Any]] = {
    "forced, dark": dict(forced=True, theme="dark", dark=True),
    "forced, light": dict(forced=True),
    "contrast": dict(contrast=True),
    "enlarged": dict(width=320, height=225, scale=4),
}
# Each control is moved by its smallest step and looked at; then the figure is set back.
MOVED = """async (root) => {
    const figure = document.querySelector(root);
    const frame = () => new Promise(done => requestAnimationFrame(done));
    const said = () => figure.querySelector(".aloud").textContent;
    const drawn = () => [...figure.querySelectorAll("[data-value]")]
        .map(one => one.dataset.value).join();
    const told = (one, type) => one.dispatchEvent(new Event(type, { bubbles: true }));
    const move = {
        range: (one) => {
            const last = Number(one.value) + Number(one.step) > Number(one.max);
            if (last) one.stepDown();
            else one.stepUp();
            told(one, "input");
        },
        "select-one": (one) => {
            one.selectedIndex = one.selectedIndex ? 0 : 1;
            told(one, "input");
        },
        checkbox: (one) => one.click(),
    };
    const own = ["gates", "rnn"]; // belong to the view, not to the state
    for (const fold of figure.querySelectorAll("details.fold")) fold.open = true;
    const all = "input[data-input]:enabled, select, .switch input";
    const controls = [...figure.querySelectorAll(all)]
        .filter(one => !own.includes(one.dataset.action))
        .map(({ dataset: { input, action } }) =>
            input ? `[data-input="${input}"]` : `[data-action="${action}"]`);
    const faults = [];
    for (const name of controls) {
        const one = figure.querySelector(`:is([data-input], .switch input)${name}`);
        const [before, numbers] = [said(), drawn()];
        move[one.type](one);
        await frame().then(frame);
        if (said() === before) faults.push(`${name}: the words stay`);
        if (drawn() === numbers && one.type === "range") faults.push(`${name}: the figure stays`);
        figure.querySelector("[data-action=reset]")?.click();
        await frame().then(frame);
        if (said() !== before) faults.push(`${name}: the words do not come back`);
    }
    return { faults, names: controls };
}"""
Opened = Callable[..., Page]


@pytest.fixture
def opened(gallery: Gallery, chrome: Browser) -> Iterator[Opened]:
    """A function that opens a page with the six figures as somebody sees it."""
    pages: list[Page] = []

    def start(**sight: Any) -> Page:
        pages.append(gallery.open(chrome, [View(kind) for kind in KINDS], **sight))
        return pages[-1]

    yield start
    for page in pages:
        page.close()


@pytest.mark.parametrize("sight", SIGHTS)
def test_every_figure_moves_and_says_so_however_it_is_seen(sight: str, opened: Opened) -> None:
    page = opened(**SIGHTS[sight])
    for k, kind in enumerate(KINDS, 1):
        found = page.js(MOVED, root(k))
        assert found["faults"] == [], kind
        assert len(found["names"]) >= 2, kind
    assert axe(page) == []
    assert page.js("document.documentElement.scrollWidth <= innerWidth")
    assert_clean(page)


# what is a ground and no letter, and would be gone where the system sets all grounds
MARKS = {
    "cell": [".switch input", ".gauge", ".sign.is", ".meter", "input[type=range]"],
    "time": [".switch input", ".h .swatch", ".c .swatch", "input[type=range]"],
    "carousel": [".track", "input[type=range]"],
    "paths": [".switch input", ".sum-bar", ".tread"],
    "vcurve": [".switch input", "input[type=range]"],
    "ripple": [".meter", "input[type=range]"],
}
AROUND = 3  # pixels


def colours(page: Page, selector: str, shot: Path) -> int:
    """How many colours stand in and around an element, each on a hundredth of it or more."""
    assert page.js("s => !!document.querySelector(s)", selector), f"there is no {selector}"
    box = page.box(selector)
    page.screenshot(shot)
    left, top = box["x"] - AROUND, box["y"] - AROUND
    place = (left, top, left + box["width"] + 2 * AROUND, top + box["height"] + 2 * AROUND)
    seen = Image.open(shot).convert("RGB").crop(tuple(round(edge) for edge in place))
    most = seen.getcolors(2**20) or []
    return sum(count >= seen.width * seen.height / 100 for count, _ in most)


def test_what_is_a_ground_is_seen_where_the_system_sets_all_grounds(
    opened: Opened, tmp_path: Path
) -> None:
    page = opened(**SIGHTS["forced, dark"])
    for k, kind in enumerate(KINDS, 1):
        for mark in MARKS[kind]:
            seen = colours(page, f"{root(k)} {mark}", tmp_path / "shot.png")
            assert seen >= 2, f"{kind}: {mark} is one colour"


def test_the_letter_under_a_bar_is_seen_where_the_system_sets_all_grounds(
    open_page: Open, site: Path, tmp_path: Path
) -> None:
    page = open_page((site / "book" / "backwards.html").as_uri(), forced=True, dark=True)
    letters = ".bd-article li .katex .accent .mord"
    assert colours(page, letters, tmp_path / "shot.png") >= 2
    with_bar = page.js("s => document.querySelectorAll(s).length", letters)
    assert with_bar > 3
    assert_clean(page)
