"""How long a chapter takes to read, in minutes, for someone who follows every line of it.

The rates are below. Folded boxes and the exercises are not read: they take a time of their own.
"""

from tools.read import chapter as reading
from tools.read import places
from tools.read.counts import Counts, counted

SECONDS = Counts(words=60 / 150, inline=1.5, lines=8, code=4, buttons=30, questions=90, figures=60)
"""The seconds that one of each takes."""

WRITING = 30
"""The minutes to write the answers to the homework down: an estimate."""


def seconds(text: str) -> float:
    """How many seconds a chapter takes to read, its exercises and what is folded apart."""
    read = (counted(block) for block in reading.blocks(text) if not block.skipped)
    return sum(many * each for counts in read for many, each in zip(counts, SECONDS, strict=True))


def minutes(text: str) -> int:
    """How many minutes a chapter takes to read, its exercises and what is folded apart."""
    return max(1, round(seconds(text) / 60))


def promised(what: str) -> int:
    """The minutes of a page, by its name, or of several pages.

    "route" is the fast route, "part-c" is what 2(c) needs besides, "homework" is both and writing
    the answers down, and "book" is all.
    Raises ValueError for anything else.
    """
    if what == "homework":
        return promised("route") + promised("part-c") + WRITING
    several = {
        "route": places.fast(),
        "part-c": places.PART_C,
        "book": ["index", *places.teaching()],
    }
    pages = several.get(what, [what])
    if unknown := {*pages} - {*places.order()}:
        raise ValueError(
            f"{unknown.pop()!r} has no minutes; "
            "give a page's name, 'route', 'part-c', 'homework' or 'book'"
        )
    return sum(minutes(places.source(page)) for page in pages)


def said(what: str) -> str:
    """The minutes as the role `minutes` says them in a chapter: "12 minutes"."""
    return f"{promised(what)} minute{'s' * (promised(what) != 1)}"
