"""The index leads from each term and symbol to where it is introduced.

The built one does so by links that work.
"""

import re
from pathlib import Path

import pytest

from tools.judge import index as indexed
from tools.judge import introduced, paced
from tools.judge.index import Entry, entries
from tools.make import notebooks
from tools.read import chapter as reading
from tools.read.mentions import Book

PAGES = {page: reading.source(page) for page in reading.order()}


def test_every_term_and_every_letter_has_a_line_of_its_own() -> None:
    terms = Book(PAGES).terms
    found = {entry.term for lines in indexed.everywhere().values() for entry in lines}
    assert {*terms, *indexed.SYMBOLS.values()} <= found | {"gradient"}, (
        "the first page introduces the gradient"
    )


def test_a_line_leads_to_the_section_that_introduces_or_else_to_the_one_that_says_most() -> None:
    told = (
        "# Page\n\nA gate.\n\n## Here\n\nA **gate**. A loss.\n\n"
        "## There\n\nLoss.\n\nLoss.\n\nLoss.\n\n- Gates.\n"
    )
    glossary = "```{glossary}\ngate\n  A number.\n\nloss\n  A number.\n```\n"
    assert entries("page", {"page": told, "sheet": glossary}) == [
        Entry("gate", 1, True),
        Entry("loss", 2, False),
    ]
    folded = "# Page\n\n```{admonition} Hint\n:class: dropdown\nLoss.\n\nLoss.\n\nLoss.\n```\n"
    assert entries("page", {"page": folded, "sheet": glossary}) == []


@pytest.mark.slow
def test_the_built_index_leads_into_the_chapters(site: Path) -> None:
    html = (site / "genindex.html").read_text("utf-8")
    for page, lines in indexed.everywhere().items():
        title, text = notebooks.title(page), (site / "book" / f"{page}.html").read_text("utf-8")
        links = re.findall(
            rf'<a href="book/{page}\.html#([\w-]+)">(?:<strong>)?{re.escape(title)}', html
        )
        assert len(links) == len(lines), f"{page}: {len(links)} links for {len(lines)} lines"
        assert not [one for one in links if f'id="{one}"' not in text]
    for term in introduced.places(Book(PAGES)):
        if term in Book(PAGES).terms:
            assert f'href="book/sheet.html#term-{term.replace(" ", "-")}"' in html


@pytest.mark.slow
def test_every_page_lists_the_index_and_says_its_counted_minutes(site: Path) -> None:
    for page in reading.order():
        text = (site / "book" / f"{page}.html").read_text("utf-8")
        assert re.search(
            r'<a class="reference internal" href="\.\./genindex\.html">\s*Index', text
        ), page
        assert page not in reading.teaching() or f"<strong>{paced.said(page)}.</strong>" in text
    assert f"{paced.said('route')} with this page" in (site / "book" / "index.html").read_text(
        "utf-8"
    )
