"""The answer box in a real JupyterLab: typed into, and read and asked from Python."""

import json
import urllib.request
from collections.abc import Callable

import nbformat
import pytest

from tests.browser.bridge import Page
from tests.browser.test_lab import TOKEN, Notebook, lab

__all__ = ["lab"]
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("lab")]

CELLS = [
    "from lstm_edu.widgets import Answer\nbox = Answer('w_oh_bar')\nbox",
    "import sympy\nprint(box.answer, '|', box.check(sympy.Symbol('z_o_bar') * sympy.Symbol('x')))",
]


def notebook(lab: str) -> str:
    """The address of a notebook with these cells, put into the running JupyterLab."""
    cells = [nbformat.v4.new_code_cell(code) for code in CELLS]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    content = nbformat.v4.new_notebook(cells=cells, metadata=kernel)
    body = json.dumps({"type": "notebook", "content": content}).encode()
    wanted = urllib.request.Request(f"{lab}api/contents/box.ipynb?token={TOKEN}", body, method="PUT")
    urllib.request.urlopen(wanted).close()
    return f"{lab}lab/tree/box.ipynb?reset&token={TOKEN}"


def test_the_box_lives_in_jupyterlab(lab: str, open_page: Callable[..., Page]) -> None:
    page = open_page(notebook(lab), height=1400)
    here = Notebook(page)
    here.run(0)
    page.wait("document.querySelector('.jp-OutputArea-output .ab-formula')", 60)
    field, said = ".ab-formula [data-ab-field]", "document.querySelector('.ab-formula [role=status]').innerText"
    page.click(field)
    page.type("z_o_bar x")
    page.press("Enter")
    wrong = page.js(said)
    assert "multiplied by the hidden state" in wrong
    page.js(
        f"const field = document.querySelector('{field}'); field.value = ''; field.dispatchEvent(new Event('input'))"
    )
    page.click(field)
    page.type("z̄_o h(t-1)")  # letters that JupyterLab would take as commands
    page.press("Enter")
    assert "Right" in page.js(said)
    typed, answer = here.run(1).split(" | ")
    assert typed == "z̄_o h(t-1)"
    assert answer.split() == wrong.replace("→", "").split()  # the same words
    assert not page.seen()["outside"]
