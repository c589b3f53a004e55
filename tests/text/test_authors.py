"""The table of other authors' letters: what stands in it is true of the book's names."""

import re

import pytest

from lstm_edu.models.packings import STYLES
from lstm_edu.text.authors import AUTHORS, LETTERS, spelled
from lstm_edu.text.notation import NAMES

ROWS = [
    *(row for row in LETTERS["same"]),
    *(row for row in LETTERS["offered"]),
    *([own, means] for one in AUTHORS.values() for own, means in one["letters"].items()),
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_every_letter_means_quantities_of_the_book(row: list[str]) -> None:
    for means in row[1:]:
        words = re.findall(r"[A-Za-z]\w*", re.sub(r"\(t\+1\)|tanh", "", means).replace("K", "i"))
        assert words and {*words} <= {*NAMES}, means


def test_no_letter_is_listed_twice() -> None:
    written = [row[0] for row in (*LETTERS["same"], *LETTERS["offered"])]
    assert sorted(written) == sorted({*written})


def test_an_author_is_one_whose_arrays_can_be_unpacked() -> None:
    assert AUTHORS.keys() == STYLES.keys()
    assert spelled("CS231n", "h") == "next_h" and spelled("PyTorch", "h_prev") == ""
