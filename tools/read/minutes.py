"""How long a chapter takes to read, in minutes: words / 200, and more for what is to be done.

A figure takes one minute more, and a question that the page asks and checks takes two. Read are
the words of text and code outside of folded boxes and of the exercises, which take a time of their
own; a formula counts as one word.
"""

from lstm_edu import widgets
from tools.read import chapter as reading
from tools.read import places
from tools.read.chapter import Block, calls

WORDS_A_MINUTE = 200
FIGURE, QUESTION = 1, 2  # minutes


def minutes(text: str) -> int:
    """How many minutes a chapter takes to read, its exercises and what is folded apart."""
    read = [block for block in reading.blocks(text) if not block.skipped]
    words = sum(block.words for block in read)
    figures, questions = map(sum, zip(*map(asks, read), strict=True)) if read else (0, 0)
    return max(1, round(words / WORDS_A_MINUTE + FIGURE * figures + QUESTION * questions))


def promised(what: str) -> int:
    """The minutes of a page, by its name, of the fast route ("route") or of the book.

    Raises ValueError for anything else.
    """
    pages = {"route": places.fast(), "book": ["index", *places.teaching()]}.get(what, [what])
    if unknown := {*pages} - {*places.order()}:
        raise ValueError(f"{unknown.pop()!r} has no minutes; give a page's name, 'route' or 'book'")
    return sum(minutes(places.source(page)) for page in pages)


def said(what: str) -> str:
    """The minutes as the role `minutes` says them in a chapter: "12 minutes"."""
    return f"{promised(what)} minute{'s' * (promised(what) != 1)}"


def asks(block: Block) -> tuple[int, int]:
    """How many figures a block shows, and how many questions it asks and checks."""
    called = calls(block.text) if block.kind == "cell" else []
    drawn = [
        name
        for name in called
        if (name in (one.__name__ for one in widgets.WIDGETS) and name != "Answer")
        or name.startswith("plots.")
    ]
    return len(drawn), sum(name.split(".")[0] in {"Answer", "start"} for name in called)
