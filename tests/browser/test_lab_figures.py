"""Every figure in one real JupyterLab notebook, in an HBox, linked, and shown twice.

It is linked to an ordinary slider.

Three ways in which a number moves: by Python, by a hand in the
figure, by a hand on the ordinary slider.
"""

import ast
import json
from collections.abc import Callable
from typing import NamedTuple

import pytest

from tests.browser.bridge import Page
from tests.browser.notebook import Notebook, put

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("lab")]


class Linked(NamedTuple):
    """A figure, the trait that is linked to an ordinary slider, and how.

    The values are those that it is given by Python.
    """

    figure: str
    trait: str
    slider: str
    link: str
    value: float


SHOWN = [
    Linked(
        "Cell(backward=True)",
        "x",
        "FloatSlider(min=-2, max=2, step=0.1, layout=SLIM)",
        "link",
        -0.5,
    ),
    Linked("Time()", "b_f", "FloatSlider(min=-6, max=6, step=0.1, layout=SLIM)", "jslink", 3.0),
    Linked("Carousel()", "T", "IntSlider(min=1, max=100, layout=SLIM)", "link", 40),
    Linked("Paths()", "steps", "IntSlider(min=1, max=50, layout=SLIM)", "jslink", 12),
    Linked("VCurve()", "T", "IntSlider(min=1, max=20, layout=SLIM)", "jslink", 5),
    Linked("Ripple()", "a", "FloatSlider(min=-3, max=3, step=0.1, layout=SLIM)", "link", -1.5),
]
SHOW = """
from IPython.display import display
from ipywidgets import FloatSlider, HBox, IntSlider, Text, jslink, link
from lstm_edu.widgets import Answer, Carousel, Cell, Paths, Ripple, Time, VCurve

made, SLIM = [], {"width": "180px"}
def show(figure, trait, slider, join):
    join((figure, trait), (slider, "value"))
    made.append((figure, trait, slider))
    display(HBox([slider, figure]), figure)
"""
ROWS = [f"show({one.figure}, {one.trait!r}, {one.slider}, {one.link})" for one in SHOWN]
MADE = f"zip(made, {[one.value for one in SHOWN]})"
READ_BACK = "[(getattr(figure, trait), slider.value) for figure, trait, slider in made]"
CELLS = [
    SHOW + "\n".join(ROWS) + "\nshow(Answer('c_bar'), 'answer', Text(), link)",
    f"for (figure, trait, _), value in {MADE}:\n    setattr(figure, trait, value)",
    READ_BACK,
    READ_BACK,
]
VIEWS = """[...document.querySelectorAll(".jp-OutputArea-output .widget-hbox")].map((row) => {
    const second = row.closest(".jp-OutputArea-child").nextElementSibling;
    return [row, second].map((place) => place.querySelector(".lstm"));
})"""
# the card is of what this view's reader points at
READ = f"""() => {{
    const values = (of) => [...of.querySelectorAll("[data-value]:not(.about *)")];
    const read = (of) => values(of).map((one) => one.dataset.value);
    return {VIEWS}.map((views) => views.map((view) => read(view)));
}}"""
STANDS = f"""(names) => {VIEWS}.slice(0, names.length).map((views, k) => {{
    const readout = views[0].closest(".widget-hbox").querySelector(".widget-readout").textContent;
    const selector = `input[data-input="${{names[k]}}"]`;
    const inside = views.map((view) => view.querySelector(selector).value);
    return [...inside, readout.replace("−", "-")].map(Number);
}})"""
ANSWERS = """[...document.querySelectorAll('[data-ab-field], .widget-text input')]
    .map(field => field.value)"""
FOCUS = f"""(k, selector) => {{
    const inside = {VIEWS}[k][0].closest(".widget-hbox").querySelector(selector);
    inside.focus();
    return document.activeElement === inside;
}}"""


@pytest.fixture
def notebook(lab: str, open_page: Callable[..., Page]) -> Notebook:
    """A notebook whose first cell has shown every figure."""
    shown = Notebook(open_page(put(lab, "figures", *CELLS), height=1400))
    shown.run(0)
    drawn = f"{VIEWS}.flat().every(view => view?.querySelector('.widget'))"
    shown.page.wait(f"{VIEWS}.length === {len(SHOWN) + 1} && {drawn}")
    return shown


def agree(notebook: Notebook, number: int = 0, wanted: list[float] | None = None) -> list[float]:
    """Wait until figure, second view and slider of every row say one number, and return them.

    They are `wanted`, if given; Python must say the same, if asked.
    """
    names = [one.trait for one in SHOWN]
    near = "((one, other) => Math.abs(one - other) < 1e-6)"
    rows = f"({STANDS})({json.dumps(names)})"
    until = f"{rows}.every((row) => row.every((value) => {near}(value, row[0])))"
    until += f" && ({READ})().every(([one, other]) => one.join() === other.join())"
    if wanted:
        until += f" && {rows}.every(([value], k) => {near}(value, {json.dumps(wanted)}[k]))"
    notebook.page.wait(until)
    stand = notebook.page.js(STANDS, names)
    python = (
        ast.literal_eval(notebook.run(number)) if number else [(row[0], row[0]) for row in stand]
    )
    for one, here, there in zip(SHOWN, stand, python, strict=False):
        assert [*here, *there] == pytest.approx([here[0]] * 5), (
            f"{one}: {here} on the page, {there} in Python"
        )
    for one, (first, second) in zip(
        [*SHOWN, "the answer box"], notebook.page.js(f"({READ})()"), strict=True
    ):
        assert first == second, f"{one}: two views of one figure differ"
    return [row[0] for row in stand]


def test_every_figure_beside_a_slider_and_shown_twice(notebook: Notebook) -> None:
    page = notebook.page
    first = agree(notebook)

    notebook.run(1)  # Python moves all
    agree(notebook, wanted=[one.value for one in SHOWN])

    before = agree(notebook)  # a key in the figure moves Python and the slider
    for k, one in enumerate(SHOWN):
        assert page.js(FOCUS, k, f'input[data-input="{one.trait}"]'), one
        page.press("ArrowRight")
    page.click(".widget-hbox [data-ab-field]")
    page.type("h_bar o")
    page.press("Enter")
    # the ordinary field, the box, its second view
    page.wait(f"{ANSWERS}.join() === 'h_bar o,h_bar o,h_bar o'")
    by_figure = agree(notebook, 2)
    assert all(a < b for a, b in zip(before, by_figure, strict=True)), by_figure

    for k in range(len(SHOWN)):  # a key on the slider moves the figure and Python
        assert page.js(FOCUS, k, ".noUi-handle")
        page.press("ArrowRight")
        page.press("ArrowRight")
    by_slider = agree(notebook, 3)
    assert all(a < b for a, b in zip(by_figure, by_slider, strict=True)), by_slider
    assert first != by_slider

    page.viewport(900, 1400)  # a row that is narrow makes its figure narrow
    page.wait(f"{VIEWS}.every(([view]) => view.scrollWidth <= 480)")
    assert not page.seen()["outside"] + page.seen()["errors"]
