"""The two editions of the book: whole, and for a class, without solutions (SOLUTIONS=off).

A solution is what stands in the directive of that name, or between the comment lines `% solutions`
and `% to here`.
"""

import os
import re

SOLVED = re.compile(
    r"^(`{3,})\{solution-start\}.*?\{solution-end\}\n\1\n+"
    r"|^(`{3,})\{solution\}.*?^\2 *\n+"
    r"|^% solutions\n.*?^% to here\n+",
    re.M | re.S,
)


def whole() -> bool:
    """Whether solutions are to be in the book.

    Raises ValueError for a setting that is neither on nor off.
    """
    setting = os.environ.get("SOLUTIONS") or "on"
    if setting not in ("on", "off"):
        raise ValueError(f"SOLUTIONS is {setting!r}; give on or off")
    return setting == "on"


def edited(text: str) -> str:
    """A chapter's text as this edition has it."""
    return text if whole() else SOLVED.sub("", text)
