"""The answer box in a real JupyterLab: typed into, and read and asked from Python."""

from collections.abc import Callable

import pytest

from tests.browser.bridge import Page
from tests.browser.notebook import Notebook, put

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("lab")]

CELLS = [
    "from lstm_edu.widgets import Answer\nbox = Answer('w_oh_bar')\nbox",
    "import sympy\nprint(box.answer, '|', box.check(sympy.Symbol('z_o_bar') * sympy.Symbol('x')))",
]


def test_the_box_lives_in_jupyterlab(lab: str, open_page: Callable[..., Page]) -> None:
    page = open_page(put(lab, "box", *CELLS), height=1400)
    here = Notebook(page)
    here.run(0)
    page.wait("document.querySelector('.jp-OutputArea-output .ab-formula')")
    field, said = (
        ".ab-formula [data-ab-field]",
        "document.querySelector('.ab-formula [role=status]').innerText",
    )
    page.click(field)
    page.type("z_o_bar x")
    page.press("Enter")
    wrong = page.js(said)
    assert "multiplied by the hidden state" in wrong
    page.js(
        f"const field = document.querySelector('{field}'); field.value = ''; "
        "field.dispatchEvent(new Event('input'))"
    )
    page.click(field)
    page.type("z̄_o h(t-1)")  # letters that JupyterLab would take as commands
    page.press("Enter")
    assert "Right" in page.js(said)
    typed, answer = here.run(1).split(" | ")
    assert typed == "z̄_o h(t-1)"
    assert answer.split() == wrong.replace("→", "").split()  # the same words
    assert not page.seen()["outside"]
