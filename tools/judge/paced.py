"""How long a chapter takes and how it breathes: minutes counted from its text, short paragraphs, no long stretch bare.

Minutes are words / 200, one more for each figure and two for each question that the page asks and checks. Read are
the words of text and code outside of folded boxes and of the exercises, which take a time of their own; a formula
counts as one word.
"""

import ast
import statistics
import sys
from collections.abc import Iterable
from functools import lru_cache

from lstm_edu import widgets
from tools.read import chapter as reading
from tools.read.chapter import PROSE, Block

WORDS_A_MINUTE = 200
FIGURE, QUESTION = 1, 2  # minutes
ROUTE = 70  # minutes that the fast route may take
PARAGRAPH = 60  # words, in the median of a chapter
STRETCH = 400  # words with nothing to do or to look at


def main() -> int:
    """Say how long every chapter takes; 1 with a sentence for each that has too long paragraphs or stretches."""
    pages = reading.order()
    faults = [
        f"book/{page}.md: {fault}" for page in pages for fault in checked(reading.source(page))
    ]
    took = {page: promised(page) for page in pages}
    if (route := promised("route")) > ROUTE:
        faults.append(f"The fast route takes {route} minutes, and at most {ROUTE} are promised")
    print("\n".join(faults), file=sys.stderr, end="\n" if faults else "")
    print(
        f"Minutes: {', '.join(f'{page} {took[page]}' for page in pages)}; the fast route {route}."
    )
    return bool(faults)


@lru_cache(maxsize=128)
def minutes(text: str) -> int:
    """How many minutes a chapter takes to read, its exercises and what is folded apart."""
    read = [block for block in reading.blocks(text) if not block.skipped]
    words = sum(block.words for block in read)
    figures, questions = map(sum, zip(*map(asks, read), strict=True)) if read else (0, 0)
    return max(1, round(words / WORDS_A_MINUTE + FIGURE * figures + QUESTION * questions))


def promised(what: str) -> int:
    """The minutes of a page, by its name, of the fast route ("route") or of the book. Raises ValueError otherwise."""
    pages = {"route": reading.fast(), "book": ["index", *reading.teaching()]}.get(what, [what])
    if unknown := {*pages} - {*reading.order()}:
        raise ValueError(f"{unknown.pop()!r} has no minutes; give a page's name, 'route' or 'book'")
    return sum(minutes(reading.source(page)) for page in pages)


def said(what: str) -> str:
    """The minutes as the role `minutes` says them in a chapter: "12 minutes"."""
    return f"{promised(what)} minute{'s' * (promised(what) != 1)}"


def asks(block: Block) -> tuple[int, int]:
    """How many figures a block shows, and how many questions it asks and checks."""
    called = list(calls(block))
    drawn = [
        name
        for name in called
        if (name in (one.__name__ for one in widgets.WIDGETS) and name != "Answer")
        or name.startswith("plots.")
    ]
    return len(drawn), sum(name.split(".")[0] in {"Answer", "start"} for name in called)


def calls(block: Block) -> Iterable[str]:
    """What a cell calls, as `Cell` or `plots.arrows`."""
    if block.kind == "cell":
        for node in ast.walk(ast.parse(block.text)):
            if isinstance(node, ast.Call):
                yield ast.unparse(node.func)


def checked(text: str) -> list[str]:
    """A sentence for each way in which a chapter does not breathe."""
    faults, parts = [], [block for block in reading.blocks(text) if not block.folded]
    lengths = [block.words for block in parts if block.kind == "paragraph"]
    if lengths and (median := statistics.median(lengths)) > PARAGRAPH:
        faults.append(
            f"the median paragraph has {median:g} words; at most {PARAGRAPH} are read with ease"
        )
    bare, start = 0, ""
    for block in parts:
        if shows(block):
            bare, start = 0, ""
        elif block.kind in PROSE:
            bare, start = bare + block.words, start or block.text
            if bare - block.words <= STRETCH < bare:
                faults.append(
                    f"{bare} words with nothing to do or to look at, from {start[:50]!r} on"
                )
    return faults


def shows(block: Block) -> bool:
    """Whether a block is something to do or to look at: a formula, a table, code, a figure, a question."""
    if block.kind != "cell":
        return block.kind in {"display", "listing", "row"}
    lines = ast.parse(block.text).body
    says = bool(lines) and isinstance(lines[-1], ast.Expr | ast.For | ast.With | ast.Try)
    brings = all(isinstance(line, ast.Import | ast.ImportFrom) for line in lines)
    return says or not (block.hidden or brings)


if __name__ == "__main__":
    sys.exit(main())
