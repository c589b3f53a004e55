"""What is asked of the text before the book is built."""

import sys
from collections.abc import Callable

from tools.read import places


def report(summary: str, faults: list[str]) -> int:
    """Say what was seen, and a sentence for each fault; 1 where there is one."""
    for fault in faults:
        print(fault, file=sys.stderr)
    print(summary)
    return bool(faults)


def everywhere(pages: list[str], checked: Callable[[str, str], list[str]]) -> list[str]:
    """The faults of these pages, each with its file; `checked` gets a page's name and its text."""
    return [
        f"book/{page}.md: {fault}" for page in pages for fault in checked(page, places.source(page))
    ]
