"""The shape that every chapter that teaches has.

First comes **The question.**, which asks something; then the box About this chapter with its
minutes, what it needs and its objectives, numbered from 1; then two questions to warm up, with
folded answers. At the end stand What people get wrong here, with something computed in it,
Exercises, one at least for each objective, and a Summary of three sentences.
"""

import re
import sys
from collections.abc import Iterator

from tools.judge import everywhere, report
from tools.read import chapter as reading
from tools.read import places
from tools.read.chapter import ABOUT, Block

SENTENCE = re.compile(r"[.?!](?:[*\"”)]*)(?=\s|$)")
SECTIONS = ["What people get wrong here", "Exercises", "Summary"]


def main() -> int:
    """Check all chapters that teach; 1 with a sentence for each missing or misplaced part."""
    chapters = places.teaching()
    faults = everywhere(chapters, checked)
    return report(f"In shape, from the question to the summary: {len(chapters)} chapters.", faults)


def checked(page: str, text: str) -> list[str]:
    """A sentence for each part of a chapter that is missing or out of shape."""
    parts = [*reading.blocks(text)]
    return [*opening(page, parts), *recall(parts), *sections(page, parts)]


def opening(page: str, parts: list[Block]) -> Iterator[str]:
    """What is missing in the question or in the box below it."""
    first = next((block.text for block in parts if block.kind == "paragraph"), "")
    if not first.startswith("**The question.**") or "?" not in first:
        yield "its first paragraph is no **The question.** with a question in it"
    box = [block for block in parts if block.box == ABOUT]
    if f"{{minutes}}`{page}`" not in (head := box[0].text if box else "") or "Needs:" not in head:
        start = f"**{{minutes}}`{page}`.** and Needs:"
        yield f"its box 'About this chapter' does not begin with {start}"
    if "Afterwards you can" not in [block.text for block in box]:
        yield "its box does not say: Afterwards you can"
    numbers = [block.text.split()[0] for block in box if block.kind == "item"]
    if not numbers or numbers != [f"**{page}.{k}**" for k in range(1, len(numbers) + 1)]:
        found = ", ".join(numbers) or "there is none"
        yield f"its objectives are not numbered {page}.1, {page}.2 and so on: {found}"


def recall(parts: list[Block]) -> Iterator[str]:
    """What is missing in the two questions from before."""
    asked = [
        k for k, block in enumerate(parts) if block.text.startswith("Two questions to warm up")
    ]
    if len(asked) != 1 or parts[asked[0]].text.count("?") != 2:
        yield "it does not have one paragraph 'Two questions to warm up' with two questions"
    elif not (parts[asked[0] + 1].folded and parts[asked[0] + 1].box == "Answers"):
        yield "the answers of its two questions do not follow in a folded box"


def sections(page: str, parts: list[Block]) -> Iterator[str]:
    """What is missing in the sections that every chapter has."""
    found = [block.text for block in parts if block.kind == "heading" and block.text in SECTIONS]
    if found != SECTIONS:
        yield f"its sections are not {', '.join(SECTIONS)} in this order"
        return
    wrong, exercises, summary = (
        [block for block in parts if block.section == name] for name in SECTIONS
    )
    if not any(block.kind == "cell" for block in wrong):
        yield "nothing in 'What people get wrong here' is computed"
    aims = [
        block.text.split()[0].strip("*")
        for block in parts
        if block.box == ABOUT and block.kind == "item"
    ]
    tested = " ".join(block.text for block in exercises)
    yield from (
        f"no exercise tests {aim}" for aim in aims if not re.search(rf"{re.escape(aim)}\b", tested)
    )
    said = " ".join(block.text for block in summary if block.kind == "paragraph")
    if (count := len(SENTENCE.findall(said))) != 3:
        yield f"its summary has {count} sentences, not three"
    if parts[-1].section != "Summary":
        yield "something comes after its summary"


if __name__ == "__main__":
    sys.exit(main())
