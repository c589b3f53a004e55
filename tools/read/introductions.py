"""What each page introduces, and where: as its bold terms and its comment lines say.

The comment lines are explained in tools/judge/introduced.py.
"""

import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import NamedTuple

from tools.read import chapter as reading
from tools.read.chapter import PROSE, Block
from tools.read.mentions import Book, is_term

SAYS = re.compile(r"(introduces|ahead|ordinary): (.+)")


class Place(NamedTuple):
    """Where something is introduced."""

    page: str
    section: str


def introductions(book: Book, page: str, block: Block) -> Iterator[str]:
    """What a block introduces. Nothing is introduced where not everyone reads."""
    if block.skipped:
        return
    yield from (name for name, _ in declared(book, page, block))
    if block.kind in PROSE:
        yield from (term for bold in block.bold for term in book.terms if is_term(bold, term))


def declared(book: Book, page: str, block: Block) -> Iterator[tuple[str, str]]:
    """What the lines before a block declare: each name, and the words that stand for it."""
    for remark in block.remarks:
        if (found := SAYS.fullmatch(remark)) and found[1] == "introduces":
            for one in found[2].split(", "):
                pattern, _, words = (part.strip() for part in one.partition("="))
                names = [name for name in book.names(page) if fnmatchcase(name, pattern)] or [
                    pattern
                ]
                yield from ((name, words) for name in names)


def told(book: Book, page: str) -> dict[str, set[str]]:
    """What a page uses ahead of its chapter, and which words are ordinary in it, as it says."""
    said: dict[str, set[str]] = {"ahead": set(), "ordinary": set()}
    for block in reading.blocks(book.pages[page]):
        for remark in block.remarks:
            if (found := SAYS.fullmatch(remark)) and found[1] in said:
                said[found[1]] |= {*found[2].split(", ")}
    return said


def where(book: Book) -> dict[str, Place]:
    """Where each symbol and each term is introduced first, along the whole book."""
    found: dict[str, Place] = {}
    for page in book.pages:
        for block in reading.blocks(book.pages[page]):
            for name in introductions(book, page, block):
                found.setdefault(name, Place(page, block.section))
    return found
