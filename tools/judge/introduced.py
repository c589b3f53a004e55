"""Every symbol and every term is introduced before it is used, along the whole book and along the fast route.

The symbols are those of `notation` (and `pushes`, on its page) and a few letters more; the terms are the glossary's. A
term is introduced where it first stands in bold in the running text; a symbol, or a term in other words, where the
source says so, before the paragraph, table, listing or cell that really shows it:

    % introduces: x, w_[ifog]x, half-life, vanishing gradient = vanishes

A bar over a symbol needs no line of its own once bars are introduced. Uses are counted in the running text, in
formulas, in the code that is shown, and in what the machine prints: the equations and what figures and questions say.
A heading or an objective may name what its own chapter introduces. Two things can be said of a page:

    % ahead: NAME, …      is used here before its chapter, to which this page leads with a link
    % ordinary: WORD, …   is here the ordinary word, until it is introduced as a term
"""

import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from itertools import takewhile
from typing import NamedTuple

from tools.read import chapter as reading
from tools.read.chapter import PROSE, Block
from tools.read.mentions import Book, is_term, needed

SAYS = re.compile(r"(introduces|ahead|ordinary): (.+)")


class Place(NamedTuple):
    """Where something is introduced."""

    page: str
    section: str


def main() -> int:
    """Check both routes and say what was seen; 1 with a sentence for each use that comes too early."""
    book = Book({page: reading.source(page) for page in reading.order()})
    faults = checked(book, reading.order())
    faults += [one for one in checked(book, reading.fast(), hurry=True) if one not in faults]
    print("\n".join(faults), file=sys.stderr, end="\n" if faults else "")
    known = places(book)
    symbols = sum(name not in book.terms for name in known)
    print(
        f"Introduced before they are used: {symbols} symbols and {len(known) - symbols} terms, on both routes."
    )
    return bool(faults)


def checked(book: Book, route: Sequence[str], hurry: bool = False) -> list[str]:
    """A sentence for each symbol or term that a route uses before it introduces it, and for each wrong declaration.

    In a hurry nothing folded is read, and no exercise.
    """
    known, where, faults = set[str](), places(book), list[str]()
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
        says += [] if hurry else idle(book, page, said, {*found}, where)
        faults += [f"book/{page}.md: {one}" for one in says]
    strangers = [term for term in book.terms if term not in where and not hurry]
    return [
        *faults,
        *(f"{term!r} is in the glossary, and no chapter introduces it" for term in strangers),
    ]


def early(
    book: Book, page: str, read: Sequence[tuple[Block, frozenset[str]]], known: set[str]
) -> dict[str, Block]:
    """What a page uses before it is introduced, and where first; what it introduces itself is added to `known`.

    A use in a heading or an objective counts only where there is no other.
    """
    found: dict[str, Block] = {}
    for block, mentioned in read:
        known |= {*introductions(book, page, block)}
        for name in sorted({one for shown in mentioned for one in needed(book, shown)} - known):
            if name not in found or found[name].names_only:
                found[name] = block
    return found


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


def wrong(book: Book, page: str, read: Sequence[tuple[Block, frozenset[str]]]) -> Iterator[str]:
    """A sentence for each declaration before the first block that does not hold in it, or in its list or table."""
    block = read[0][0]
    rest = takewhile(
        lambda one: one[0].kind == block.kind and block.kind in {"item", "row"}, read[1:]
    )
    shown = read[0][1].union(*(mentioned for _, mentioned in rest))
    for name, words in declared(book, page, block):
        if name not in book.names(page) and name not in book.terms:
            yield f"{name!r} is declared as introduced, and is neither a symbol nor a term of the glossary"
        elif block.skipped:
            yield f"{name} is introduced in an exercise or a folded box, which not everyone reads"
        elif words not in block.text or (not words and name not in shown):
            yield f"{words or name} is declared as introduced and does not stand in {block.text.strip()[:60]!r}"


def told(book: Book, page: str) -> dict[str, set[str]]:
    """What a page says of itself: what it uses ahead of its chapter, and which words are ordinary in it."""
    said: dict[str, set[str]] = {"ahead": set(), "ordinary": set()}
    for block in reading.blocks(book.pages[page]):
        for remark in block.remarks:
            if (found := SAYS.fullmatch(remark)) and found[1] in said:
                said[found[1]] |= {*found[2].split(", ")}
    return said


def idle(
    book: Book, page: str, said: dict[str, set[str]], used: set[str], where: Mapping[str, Place]
) -> Iterator[str]:
    """A sentence for each thing said of a page that is not so."""
    for name in sorted((said["ahead"] | said["ordinary"]) - used):
        yield f"{name} is declared as ahead or ordinary, and is not used before its introduction; remove it"
    for name in sorted(said["ahead"] & used):
        if name in where and not re.search(rf"\({where[name].page}\.md", book.pages[page]):
            yield f"{name} is used ahead, and no link leads to book/{where[name].page}.md, which introduces it"


def places(book: Book) -> dict[str, Place]:
    """Where each symbol and each term is introduced first, along the whole book."""
    found: dict[str, Place] = {}
    for page in book.pages:
        for block in reading.blocks(book.pages[page]):
            for name in introductions(book, page, block):
                found.setdefault(name, Place(page, block.section))
    return found


if __name__ == "__main__":
    sys.exit(main())
