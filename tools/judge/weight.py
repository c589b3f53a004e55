"""How many bytes a reader fetches, as a web host sends them.

Texts are gzipped, and each file counts once, since names are kept.
"""

import gzip
import re
from pathlib import Path

LOADS = re.compile(
    r'<(?:link|script|img)\b[^>]*?(?:href|src)="(?!data:)([^"?#]+\.(?:css|js|svg|png))[?"]'
)
FIGURES = re.compile(r'data-scripts="([^"]*)"')
PACKED = {".woff2", ".png"}  # of the formats that are small already


def sent(file: Path) -> int:
    """The bytes of a file on its way to a reader."""
    content = file.read_bytes()
    return len(content) if file.suffix in PACKED else len(gzip.compress(content, 6))


def loaded(page: Path) -> set[Path]:
    """What a page loads when it is read to its end.

    That is itself, what it names, and the scripts of its figures.

    Of the fonts those of the first sight are in the sheet; a page that needs another is not
    foreseen, and tests/ext/test_weight.py compares with what a browser fetches.
    """
    html = page.read_text("utf-8")
    files = {(page.parent / name).resolve() for name in LOADS.findall(html)}
    widgets = next((file.parent for file in files if file.name == "host.js"), page.parent)
    scripts = {name for names in FIGURES.findall(html) for name in names.split()}
    return {page.resolve(), *files, *(widgets / f"{name}.js" for name in scripts)}


def total(files: set[Path]) -> int:
    """The bytes of several files."""
    return sum(map(sent, files))


def book(site: Path) -> dict[str, int]:
    """The bytes of each chapter's page for who opens it first, by name."""
    return {page.stem: total(loaded(page)) for page in sorted((site / "book").glob("*.html"))}


def whole(site: Path) -> int:
    """The bytes of all chapters for one reader, whose browser keeps what they share."""
    return total({file for page in (site / "book").glob("*.html") for file in loaded(page)})
