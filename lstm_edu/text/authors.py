"""The letters of other authors, from the table in letters.json.

`marks`, `letters` and `noise` are the parts that a name is read by, `same` the spellings that mean
one thing to everybody, `offered` those that may mean several, and `authors` what each author means.
"""

import json
from importlib.resources import files
from typing import Any

LETTERS: dict[str, Any] = json.loads((files(__package__) / "letters.json").read_text("utf-8"))
AUTHORS: dict[str, dict[str, dict[str, str]]] = LETTERS["authors"]


def spelled(whose: str, name: str) -> str:
    """How an author writes a quantity of the book, empty where no letter of theirs says it."""
    return next((own for own, means in AUTHORS[whose]["letters"].items() if means == name), "")
