"""The sheet for pencil and paper: printed, it is one page, and its key the next.

Nothing else is on paper.
"""

from pathlib import Path

import pytest

from lstm_edu.course import pencil
from tests.browser.figure import Open

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("pages")]

SEEN = """() => [...document.querySelectorAll("h1, h2, p, pre, nav, footer, aside, table")]
    .filter(one => one.checkVisibility() && !one.closest(".pencil"))
    .map(one => one.textContent.trim().slice(0, 40))"""


def test_the_page_prints_the_sheet_and_the_key_and_nothing_else(
    open_page: Open, site: Path, tmp_path: Path
) -> None:
    page = open_page(f"{site.as_uri()}/book/pencil.html")
    assert page.printed(tmp_path / "page.pdf") == 2
    page.call("media", type="print")
    assert page.js(f"({SEEN})()") == []
    assert (
        page.js(
            "[...document.querySelectorAll('.pencil')].filter(one => one.offsetHeight > 100).length"
        )
        == 2
    )


def test_the_written_file_prints_on_two_pages(open_page: Open, tmp_path: Path) -> None:
    pencil.sheet(7).write(tmp_path / "sheet.html")
    page = open_page((tmp_path / "sheet.html").as_uri())
    assert page.printed(tmp_path / "sheet.pdf") == 2
