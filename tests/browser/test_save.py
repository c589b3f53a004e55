"""A figure as SVG and PNG: it stands alone, and a program that knows no page draws the same."""

import base64
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree

import numpy as np
import pytest
from matplotlib.image import imread

from tests.browser.bridge import Browser, Page
from tests.browser.gallery import FIGURES, MOVES, Gallery, View, settle

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("save")]

CATCH = """HTMLAnchorElement.prototype.click = function () {
    globalThis.saved = [this.download, this.href];
}"""
HIDE = """document.head.append(Object.assign(document.createElement("style"), { textContent:
    ".corner, .prompts, .switch, button, select, summary, .choice { visibility: hidden }" }))"""
# where a picture lies on the page, and where its words do: another font draws them otherwise
PLACE = """place => {
    const figure = document.querySelector(place);
    const box = ({ left, top, right, bottom }) =>
        [left + scrollX, top + scrollY, right + scrollX, bottom + scrollY];
    const words = [];
    const walker = document.createTreeWalker(figure, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const range = document.createRange();
        range.selectNodeContents(walker.currentNode);
        words.push(...[...range.getClientRects()].map(box));
    }
    return [box(figure.getBoundingClientRect()), words];
}"""
STATES = [("light", False), ("light", True), ("dark", True)]
NEAR = 2  # pixels


def views(moved: bool) -> list[View]:
    """Each figure as it is first, or with a number moved; the cell with its gradients."""
    more = {"cell": {"backward": True, "pinned": "c"}}
    return [
        View(kind, {MOVES[kind]: 2 if kind in ("paths", "vcurve") else 0.7} | more.get(kind, {}))
        if moved
        else View(kind)
        for kind in FIGURES
    ]


def saved(page: Page, number: int, kind: str) -> str:
    """What is saved of a figure, as the address of a file."""
    page.js("globalThis.saved = null")
    page.click(f"#view-{number} [data-action='save:{kind}']")
    page.wait("globalThis.saved")
    name, address = page.js("globalThis.saved")
    assert re.fullmatch(rf"\w+\.{kind}", name)
    return address


def ink(picture: Any) -> Any:
    """Where a picture is not paper, which is its first pixel."""
    return np.abs(picture[..., :3] - picture[0, 0, :3]).max(axis=2) > 0.25


def widened(marks: Any) -> Any:
    """Marks and all that is near them."""
    wide = marks.copy()
    for axis in (0, 1):
        once = wide.copy()
        for step in range(1, NEAR + 1):
            wide |= np.roll(once, step, axis) | np.roll(once, -step, axis)
    return wide


def without(marks: Any, boxes: list[list[float]], left: float, top: float) -> Any:
    """Marks but for those in boxes of the page."""
    for x1, y1, x2, y2 in boxes:
        rows = slice(max(0, int(y1 - top) - 3), int(y2 - top) + 4)
        marks[rows, max(0, int(x1 - left) - 9) : int(x2 - left) + 10] = False
    return marks


def assert_stands_alone(svg: str) -> None:
    root = ElementTree.fromstring(svg)
    tags = {one.tag.rpartition("}")[2] for one in root.iter()}
    assert not tags & {"foreignObject", "image", "use", "script", "style"}
    names = [one.get("id") for one in root.iter() if one.get("id")]
    assert len(names) == len({*names})
    assert {*re.findall(r"url\(#([^)]+)\)", svg)} <= {*names}
    assert not re.search(
        r"var\(|color-mix|color\(|href|class=|https?:(?!//www.w3.org/2000/svg)", svg
    )
    assert "text" in tags and "NaN" not in svg and "undefined" not in svg


@pytest.mark.parametrize(("theme", "moved"), STATES)
def test_every_figure_is_saved_as_the_page_shows_it(
    theme: str, moved: bool, gallery: Gallery, browser: Browser, tmp_path: Path
) -> None:
    page = gallery.open(browser, views(moved), theme=theme)
    page.js(CATCH)
    for number, kind in enumerate(FIGURES, 1):
        page.click(f"#view-{number} [data-action=more]")
        settle(page)
        svg = unquote(saved(page, number, "svg").partition(",")[2])
        assert_stands_alone(svg)
        (tmp_path / f"{kind}.svg").write_text(svg, "utf-8")
        png = base64.b64decode(saved(page, number, "png").partition(",")[2])
        (tmp_path / f"{kind}.png").write_bytes(png)
        page.click(f"#view-{number} [data-action=more]")
        settle(page)
    page.js(HIDE)
    settle(page)
    page.screenshot(tmp_path / "page.png", whole=True)
    shot = imread(tmp_path / "page.png")
    places = [page.js(PLACE, f"#view-{k} .widget") for k in range(1, len(FIGURES) + 1)]
    page.close()
    if not (converter := shutil.which("rsvg-convert")):
        pytest.skip("rsvg-convert is not installed; the pictures were looked at, and not drawn")
    for kind, (box, words) in zip(FIGURES, places, strict=True):
        file = tmp_path / f"{kind}.svg"
        subprocess.run([converter, file, "-o", tmp_path / "drawn.png"], check=True)
        left, top, *_ = box
        drawn = ink(imread(tmp_path / "drawn.png"))
        height, width = drawn.shape
        shown = ink(shot[round(top) : round(top) + height, round(left) : round(left) + width])
        for marks, others, what in ((shown, drawn, "missing"), (drawn, shown, "too much")):
            far = without(marks & ~widened(others), words, left, top)
            assert far.sum() <= marks.sum() / 1000, f"{kind}: {what} at {np.argwhere(far)[:9]}"
