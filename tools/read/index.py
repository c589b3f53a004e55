"""The index of the book: by chapter, the sections that introduce a term or speak of it most.

Nothing is typed for it. It follows from what `introductions` knows; Sphinx sorts it and makes the
page.
"""

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from lstm_edu.text.notation import NAMES
from tools.read import places
from tools.read.chapter import ABOUT
from tools.read.introductions import introductions
from tools.read.mentions import Book

OFTEN = 3  # blocks of a section that speak of a term, so that the section is worth a look
LETTERS = {
    "t": "t, the number of a step", "T": "T, the number of steps", "D": "D, the number of inputs",
    "H": "H, the number of units", "B": "B, the number of sequences side by side",
    "k": "k, any of the gates",
    "sigma": "σ, the logistic function", "eps": "ε, the size of a push",
    "z_i": "z, a pre-activation", "w_ix": "w, a weight", "b_i": "b, a bias",
}  # fmt: skip
SYMBOLS = {
    name: LETTERS.get(name) or f"{name}, the {NAMES[name].words}"
    for name in [*LETTERS, *"xhcifogyL"]
}


class Entry(NamedTuple):
    """One line of the index: a term, and the section of a chapter that it leads to.

    It is `main` where the term is introduced.
    """

    term: str
    section: int  # which heading of the page, from 0
    main: bool


def entries(page: str, pages: Mapping[str, str]) -> list[Entry]:
    """The lines of the index that lead to a page: for each term and symbol one section at most."""
    book, section = Book(pages), -1
    told: dict[str, int] = {}
    counts: Counter[tuple[str, int]] = Counter()
    for block, mentioned in book.read(page):
        section += block.kind == "heading"
        for name in introductions(book, page, block):
            told.setdefault(name, section)
        if not block.skipped and block.box != ABOUT:
            counts.update((name, section) for name in mentioned if name in book.terms)
    best = {
        name: (number, section)
        for (name, section), number in sorted(counts.items(), key=lambda one: one[1])
    }
    found = [
        Entry(name, told[name], True) for name in told if name in book.terms or name in SYMBOLS
    ]
    found += [
        Entry(name, at, False)
        for name, (number, at) in best.items()
        if number >= OFTEN and name not in told
    ]
    return [entry._replace(term=SYMBOLS.get(entry.term, entry.term)) for entry in found]


def of(page: str) -> list[Entry]:
    """The lines of the index that lead to a page of the book; none where it does not teach."""
    if page not in places.teaching():
        return []
    return entries(page, {name: places.source(name) for name in places.order()})


def everywhere() -> dict[str, list[Entry]]:
    """The lines of the index for every chapter that teaches."""
    return {page: of(page) for page in places.teaching()}
