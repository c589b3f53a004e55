"""One word, one meaning: a word in a sense that belongs to another word is named.

What is read is the running text, captions, and the sentences of figures and questions in cells,
and the sentences of the answer box. Formulas and code are not.
"""

import ast
import re
import sys
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tools.judge import report
from tools.read import chapter as reading
from tools.read import places
from tools.read.chapter import Block

SENTENCES = places.ROOT / "lstm_edu" / "text" / "mistakes.json"


class Word(NamedTuple):
    """A word in a forbidden sense, the phrases in which it may stand, and what to say instead."""

    pattern: str
    say: str
    allowed: str = r"(?!)"  # no phrase


MANY = r"(?:two|three|four|five|ten|hundreds?|thousands?|many|several|\d+)"
WORDS = (
    Word(
        r"\bways?\b",
        "path, for a route along edges; the backward pass, for the direction",
        r"\bby the way\b|\b(?:the other|another) way(?: round)?\b|\b(?:this|either|which) way\b"
        rf"|\bin (?:an?|any|no|some|the|that|the same|{MANY}) (?:\w+ )?ways?\b"
        r"|\bways? of \w+ing\b",
    ),
    Word(r"\broads?\b", "path", r"\blike two roads to the same town\b"),
    Word(
        r"\broutes? (?:from|to|along|back)\b",
        "path; a route leads through the book",
        r"\bA route from a quantity to the loss\b",
    ),
    Word(r"\bbehind\b", "after or before in a sequence, later or earlier in time"),
    Word(r"\bmessages?\b", "upstream gradient", r"\b(?:error|commit) messages?\b"),
    Word(r"\bmessengers?\b", "the quantity itself, h or c"),
    Word(r"\bneurons?\b", "unit", r"\bElsewhere: [^.|]*\bneurons?\b"),
    Word(r"\brulers?\b", "scale"),
    Word(
        r"\bbars\b|\b(?:its|their|whose|each|every|full|long|short|signed|striped|drawn) bar\b",
        "gradient, for a derivative; strip, for what is drawn; a bar is the line over a letter",
    ),
    Word(
        rf"\brandom cells?\b|\bcells? drawn\b|\b{MANY} (?:of the )?cells\b|\bother cells\b",
        "random LSTM, or random weights",
    ),
    Word(
        r"(?<!code )\bcells? (?:below|above)\b|\b(?:next|last|hidden|folded|notebook) cells?\b",
        "the code below, or code cell",
    ),
    Word(r"\b(?:gradient|descent|training|optimi[sz]er|learning) steps?\b", "update"),
    Word(r"\bsteps? of (?:the|a) staircase\b|\bstaircase's steps?\b", "stair"),
)


def main() -> int:
    """Say how many words are guarded; 1 with a sentence for each that stands in another sense."""
    faults = [
        f"book/{page}.md:{line}: {fault}"
        for page in places.order()
        for line, fault in checked(places.source(page))
    ]
    lines = SENTENCES.read_text("utf-8").splitlines()
    name = SENTENCES.relative_to(places.ROOT)
    faults += [f"{name}:{n}: {one}" for n, text in enumerate(lines, 1) for one in wrong(text)]
    return report(f"One word, one meaning: {len(WORDS)} words are guarded.", faults)


def checked(text: str) -> list[tuple[int, str]]:
    """The faults of a page, each with its line."""
    lines, at, faults = text.splitlines(), 0, []
    for block in reading.blocks(text):
        at = found(lines, at, (block.text.splitlines() or [""])[0])
        for said in sentences(block):
            for fault in wrong(said):
                word = fault.split('"')[1].split()[0]
                faults.append((found(lines, at, word) + 1, fault))
    return faults


def found(lines: Sequence[str], at: int, part: str) -> int:
    """The first line from `at` on that holds a part, or `at` where none does."""
    return next((n for n in range(at, len(lines)) if part in lines[n]), at)


def sentences(block: Block) -> Iterator[str]:
    """What a block says in words."""
    if block.kind == "cell":
        for node in ast.walk(ast.parse(block.text)):
            if isinstance(node, ast.Constant) and " " in str(node.value):
                yield str(node.value)
    if block.kind == "glossary":
        yield re.sub(r"\$[^$]*\$|`[^`]*`", "", block.text)
    yield block.prose


def wrong(said: str) -> Iterator[str]:
    """A sentence for each word that stands here in a forbidden sense."""
    said = re.sub(r"\s+", " ", said)
    for word in WORDS:
        fine = [one.span() for one in re.finditer(word.allowed, said, re.I)]
        for one in re.finditer(word.pattern, said, re.I):
            if not any(start <= one.start() and one.end() <= end for start, end in fine):
                yield f'"{one[0]}" has another sense in this book; say {word.say}'


if __name__ == "__main__":
    sys.exit(main())
