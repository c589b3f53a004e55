"""How many bytes a reader fetches for each page, with everything that it loads to its end."""

import re
import statistics
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from tests.browser.figure import CHAPTERS, Open
from tests.browser.test_access import WAKE
from tools.judge import weight

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("access")]

HEAVIEST, MEDIAN = 300_000, 220_000  # bytes as sent: texts gzipped


def loaded(name: str, open_page: Open, site: Path, address: str) -> set[Path]:
    """What a browser loads of a page that is read to its end."""
    page = open_page(f"{address}{name}")
    page.js(f"({WAKE})()")
    page.js("document.fonts.ready.then(() => 1)")
    files = {
        unquote(urlsplit(url).path).lstrip("/")
        for url in page.seen()["requests"]
        if url.startswith(address)
    }
    page.close()
    return {site / file for file in files}


def test_every_chapter_is_light(open_page: Open, site: Path, address: str) -> None:
    files = {name: loaded(f"book/{name}.html", open_page, site, address) for name in CHAPTERS}
    totals = {name: weight.total(found) for name, found in files.items()}
    for name, total in sorted(totals.items(), key=lambda one: -one[1]):
        print(f"{name:12} {total / 1000:6.1f} kB in {len(files[name])} files")
    heaviest = max(totals, key=lambda name: totals[name])
    parts = {file.name: weight.sent(file) for file in files[heaviest]}
    assert totals[heaviest] <= HEAVIEST, f"{heaviest} weighs {totals[heaviest]} bytes: {parts}"
    assert statistics.median(totals.values()) <= MEDIAN, totals
    # what the page for instructors reckons with is what a browser loads
    for name, found in files.items():
        assert weight.loaded(site / "book" / f"{name}.html") == found, name
    said = re.findall(
        r'data-of="heaviest">([\d.]+) kB<', (site / "book" / "teaching.html").read_text("utf-8")
    )
    assert said == [f"{totals[heaviest] / 1000:.0f}"]


def test_nothing_is_shipped_that_no_page_needs(site: Path) -> None:
    shipped = [file for file in site.rglob("*") if file.is_file()]
    leftovers = {".map", ".ttf", ".woff", ".po", ".mo", ".txt"}
    assert not [
        file for file in shipped if file.suffix in leftovers and "_sources" not in file.parts
    ]
    pages = "".join(file.read_text("utf-8") for file in shipped if file.suffix == ".html")
    sheets = "".join(file.read_text("utf-8") for file in shipped if file.suffix == ".css")
    for file in (site / "_static").glob("*.*"):
        assert file.name in pages + sheets, f"{file.name} is shipped, and nothing names it"
    for trace in ("thebe", "fontawesome", "ethical-ad", "sourceMappingURL"):
        assert trace not in pages, trace


def test_what_a_browser_may_keep_for_ever_is_named_by_what_it_holds(site: Path) -> None:
    names = [
        file.stem
        for file in (site / "_static").rglob("*")
        if file.suffix in {".css", ".js", ".woff2"}
    ]
    plain = {"host", "searchtools", "language_data"}  # these carry a digest in the address
    assert len(names) > 10
    assert not [name for name in names if name not in plain and name[-9:-8] != "-"]
