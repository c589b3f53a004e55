"""The lines of NumPy that a reader copies: they run as they stand, and give the book's numbers."""

import numpy as np
import pytest

from lstm_edu.course import chapter
from lstm_edu.lab.evaluate import values
from lstm_edu.text import as_numpy
from lstm_edu.text.equations import BACKWARD, FORWARD, parse
from lstm_edu.text.notation import mark, unmarked

NAMES = [*parse(FORWARD), *parse(BACKWARD)]


def run(text: str | None, given: dict[str, float]) -> dict[str, float]:
    """What lines of NumPy compute from the names that they use."""
    assert text
    names = dict(given)
    exec(text, {"np": np}, names)
    return names


@pytest.mark.parametrize("form", ["any", "last"])
def test_every_equation_of_a_page_gives_the_numbers_of_the_book(form: str) -> None:
    v = values()
    for name in parse(FORWARD) | parse(BACKWARD):
        if form == "last" and name == "h_bar_loss":
            continue  # the last step has no such line
        formula = chapter.equations(name, form=form)._repr_latex_().strip("$")
        given = {other: value for other, value in v.items() if other != name}
        found = run(as_numpy.of_latex(formula), given)[name]
        assert found == pytest.approx(v[name], rel=1e-12), name


def test_a_block_is_as_many_lines_and_the_homeworks_form_runs() -> None:
    text = as_numpy.of_latex(str(chapter.equations("c", "h")))
    assert text == "c = f * c_prev + i * g\nh = o * np.tanh(c)"
    v = values()
    found = run(as_numpy.of_latex(str(chapter.equations("i", form="homework"))), v)
    z = v["w_ix"] * v["x"] + v["w_ih"] * v["h_prev"]
    assert found["i"] == pytest.approx(1 / (1 + np.exp(-z)), rel=1e-12)


@pytest.mark.parametrize("formula", ["c = 1", "", str(chapter.derive("f_bar"))])
def test_what_is_no_equation_of_the_book_has_no_lines(formula: str) -> None:
    assert not as_numpy.of_latex(formula)


def test_names_come_off_as_they_were_put_on() -> None:
    for name in NAMES:
        formula = str(chapter.equations(name))
        assert unmarked(mark(formula)) == formula != mark(formula)
