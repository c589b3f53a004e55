"""The living cell in a real JupyterLab.

It is drawn, moved from Python, and moves Python's numbers by mouse and by key.
"""

from collections.abc import Callable

import pytest

from tests.browser.bridge import Page
from tests.browser.figure import Figure, assert_numpy_agrees
from tests.browser.notebook import TOKEN, Notebook, put

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("lab")]

CELLS = [
    "from lstm_edu.widgets import Cell\nw = Cell(backward=True)\nw",
    "w.w_ix = 0.5",
    "w.x, w.b_f, w.values['f']",
    "w.x, w.b_f, w.values['f']",
]


def test_the_cell_lives_in_jupyterlab(lab: str, open_page: Callable[..., Page]) -> None:
    page = open_page(put(lab, "try", *CELLS), height=1400)
    notebook = Notebook(page)
    notebook.run(0)
    cell = Figure(page, ".jp-OutputArea-output .lstm")
    assert_numpy_agrees(cell.numbers(), values=29, bars=25)

    notebook.run(1)  # Python moves the figure
    shown = cell.numbers()
    assert shown["values"]["w_ix"] == cell.slider("w_ix") == 0.5
    assert_numpy_agrees(shown, values=29, bars=25)

    cell.drag("f", 0.5, 0.9)  # the mouse moves Python
    cell.drag("x", 0.6, 0.2)
    shown = cell.numbers()["values"]
    x, b_f, f = eval(notebook.run(2))
    assert x == shown["x"] == cell.slider("x") < 0
    assert b_f == shown["b_f"] > 0.9
    assert f == pytest.approx(shown["f"], abs=1e-13)

    cell.focus('input[data-input="x"]')  # an arrow key moves Python
    for _ in range(3):
        cell.press("ArrowRight")
        assert page.js(f"document.activeElement.matches({cell.input('x')!r})"), (
            "JupyterLab took the key"
        )
    x_by_key, _, _ = eval(notebook.run(3))
    assert x_by_key == cell.slider("x") == pytest.approx(x + 0.3)
    assert not page.seen()["outside"]


def test_a_chapter_opens_as_a_notebook_and_its_figure_lives(
    lab: str, open_page: Callable[..., Page]
) -> None:
    page = open_page(f"{lab}lab/tree/backwards.md?reset&token={TOKEN}", height=1400)
    notebook = Notebook(page)
    for seconds in (60, 120, 600):  # a kernel that is just starting again loses what it was asked
        page.js(
            "[...document.querySelectorAll('.lm-MenuBar-item')]"
            ".find(item => item.innerText == 'Run').id = 'run'"
        )
        page.click("#run")
        page.wait("document.querySelector('[data-command=\"runmenu:run-all\"]')")
        page.click('[data-command="runmenu:run-all"]')
        try:
            page.wait("document.querySelector('.jp-OutputArea-output .lstm [data-value]')", seconds)
            break
        except RuntimeError:
            if seconds == 600:
                raise
    # all of them: an output that comes later moves the figure away under the hand
    prompts = "[...document.querySelectorAll('.jp-CodeCell .jp-InputPrompt')]"
    page.wait(f"{prompts}.every(prompt => /\\[\\d+\\]/.test(prompt.textContent))", 600)
    notebook.idle()
    found = "[...document.querySelectorAll('.jp-RenderedText[data-mime-type*=error]')]"
    errors = f"{found}.map(e => e.innerText)"
    assert page.js(errors) == []
    cell = Figure(page, ".jp-OutputArea-output .lstm:has(.widget.backward)")
    cell.drag("x", 0.6, 0.2)
    assert cell.slider("x") < 0
    assert_numpy_agrees(cell.numbers(), values=29, bars=25)
