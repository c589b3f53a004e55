"""How a chapter breathes: short paragraphs, no long stretch with nothing to do or to look at."""

import ast
import statistics
import sys

from tools.judge import everywhere, report
from tools.read import chapter as reading
from tools.read import places
from tools.read.chapter import PROSE, Block
from tools.read.minutes import promised

ROUTE = 130  # minutes that the fast route may take
PARAGRAPH = 60  # words, in the median of a chapter
STRETCH = 400  # words with nothing to do or to look at


def main() -> int:
    """Say how long every chapter takes.

    Returns 1, with a sentence for each that has too long paragraphs or stretches.
    """
    pages = places.order()
    faults = everywhere(pages, lambda _, text: checked(text))
    if (route := promised("route")) > ROUTE:
        faults.append(f"The fast route takes {route} minutes, and at most {ROUTE} are promised")
    took = ", ".join(f"{page} {promised(page)}" for page in pages)
    return report(f"Minutes: {took}; the fast route {route}.", faults)


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
    """Whether a block is something to do or to look at.

    That is a formula, a table, code, a figure, a question.
    """
    if block.kind != "cell":
        return block.kind in {"display", "listing", "row"}
    lines = ast.parse(block.text).body
    says = bool(lines) and isinstance(lines[-1], ast.Expr | ast.For | ast.With | ast.Try)
    brings = all(isinstance(line, ast.Import | ast.ImportFrom) for line in lines)
    return says or not (block.hidden or brings)


if __name__ == "__main__":
    sys.exit(main())
