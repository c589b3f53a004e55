"""The theme's scripts, mended where they count on what a browser may refuse."""

import re

MENDS = [
    # the storage, by storage.js
    (r"\b(?:window\.)?(local|session)Storage\b", r"\1Store"),
    # the page's entry in the history, in which figures keep their state
    (r'(?<=replaceState\(){}(?=, "", url)', "history.state"),
]


def mended(code: str) -> str:
    """A script of the theme with its faults mended."""
    for pattern, instead in MENDS:
        code = re.sub(pattern, instead, code)
    return code
