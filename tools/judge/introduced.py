"""Every symbol and every term is introduced before it is used.

That holds along the whole book and along the fast route.

The symbols are those of `notation` (and `pushes`, on its page) and a few letters more; the terms
are the glossary's. A term is introduced where it first stands in bold in the running text; a
symbol, or a term in other words, where the source says so, before the paragraph, table, listing or
cell that really shows it:

    % introduces: x, w_[ifog]x, half-life, vanishing gradient = vanishes

A bar over a symbol needs no line of its own once bars are introduced. Uses are counted in the
running text, in formulas, in the code that is shown, and in what the machine prints: the equations
and what figures and questions say. A heading or an objective may name what its own chapter
introduces. Two things can be said of a page:

    % ahead: NAME, …      is used here before its chapter, to which this page leads with a link
    % ordinary: WORD, …   is here the ordinary word, until it is introduced as a term
"""

import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile

from tools.judge import report
from tools.read import places
from tools.read.chapter import Block
from tools.read.introductions import Place, declared, introductions, told, where
from tools.read.mentions import Book, needed


def main() -> int:
    """Check both routes and say what was seen; 1 with a sentence for each use too early."""
    book = Book({page: places.source(page) for page in places.order()})
    faults = checked(book, places.order())
    faults += [one for one in checked(book, places.fast(), hurry=True) if one not in faults]
    known = where(book)
    terms = sum(name in book.terms for name in known)
    symbols = f"{len(known) - terms} symbols and {terms} terms"
    return report(f"Introduced before they are used: {symbols}, on both routes.", faults)


def checked(book: Book, route: Sequence[str], hurry: bool = False) -> list[str]:
    """A sentence for each symbol or term that a route uses before it introduces it.

    There is one for each wrong declaration, too. In a hurry nothing folded is read, and no
    exercise.
    """
    known, at, faults = set[str](), where(book), list[str]()
    for page in route:
        read = [one for one in book.read(page) if not (hurry and one[0].skipped)]
        said, found = told(book, page), early(book, page, read, known)
        late = {
            name: block for name, block in found.items() if not (block.names_only and name in known)
        }
        wanted = [name for name in late if name not in said["ahead"] | said["ordinary"]]
        says = [
            f"{name} is used before it is introduced, in {late[name].text.strip()[:60]!r}"
            for name in wanted
        ]
        says += [fault for k in range(len(read)) for fault in wrong(book, page, read[k:])]
        says += [] if hurry else idle(book, page, said, {*found}, at)
        faults += [f"book/{page}.md: {one}" for one in says]
    strangers = [term for term in book.terms if term not in at and not hurry]
    return [
        *faults,
        *(f"{term!r} is in the glossary, and no chapter introduces it" for term in strangers),
    ]


def early(
    book: Book, page: str, read: Sequence[tuple[Block, frozenset[str]]], known: set[str]
) -> dict[str, Block]:
    """What a page uses before it is introduced, and where first.

    What it introduces itself is added to `known`. A use in a heading or an objective counts only
    where there is no other.
    """
    found: dict[str, Block] = {}
    for block, mentioned in read:
        known |= {*introductions(book, page, block)}
        for name in sorted({one for shown in mentioned for one in needed(book, shown)} - known):
            if name not in found or found[name].names_only:
                found[name] = block
    return found


def wrong(book: Book, page: str, read: Sequence[tuple[Block, frozenset[str]]]) -> Iterator[str]:
    """A sentence for each declaration before the first block that does not hold.

    It must hold in the block, or in its list or table.
    """
    block = read[0][0]
    rest = takewhile(
        lambda one: one[0].kind == block.kind and block.kind in {"item", "row"}, read[1:]
    )
    shown = read[0][1].union(*(mentioned for _, mentioned in rest))
    for name, words in declared(book, page, block):
        if name not in book.names(page) and name not in book.terms:
            yield f"{name!r} is declared as introduced, and is neither a symbol nor a term"
        elif block.skipped:
            yield f"{name} is introduced in an exercise or a folded box, which not everyone reads"
        elif words not in block.text or (not words and name not in shown):
            here = repr(block.text.strip()[:60])
            yield f"{words or name} is declared as introduced and does not stand in {here}"


def idle(
    book: Book, page: str, said: dict[str, set[str]], used: set[str], where: Mapping[str, Place]
) -> Iterator[str]:
    """A sentence for each thing said of a page that is not so."""
    for name in sorted((said["ahead"] | said["ordinary"]) - used):
        yield f"{name} is declared as ahead or ordinary, and is not used before; remove it"
    for name in sorted(said["ahead"] & used):
        if name in where and not re.search(rf"\({where[name].page}\.md", book.pages[page]):
            home = f"book/{where[name].page}.md"
            yield f"{name} is used ahead, and no link leads to {home}, which introduces it"


if __name__ == "__main__":
    sys.exit(main())
