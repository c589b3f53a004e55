"""A formula that is printed from the equations' text is read back to the same formula.

It is copied as LaTeX, as NumPy, and as the text that a page of KaTeX gives, which holds it twice.
"""

import html
import re

import pytest

from lstm_edu.text import as_numpy, show
from lstm_edu.text.equations import BACKWARD, FORWARD, parse
from lstm_edu.text.forms import LAST
from tests.node import ask, module
from tests.tree import ROOT
from tests.widgets.answer_cases import question

KATEX = f"""
import katex from "{(ROOT / "node_modules/katex/dist/katex.mjs").as_uri()}";
export const set = (latex) => katex.renderToString(latex, {{ displayMode: true }});
"""
PROGRAMS = {"any step": BACKWARD, "last step": LAST}
EACH = [(step, name) for step, program in PROGRAMS.items() for name in parse(program)]


def page(latex: str) -> str:
    """The text of a formula as a browser copies it: its MathML, then its HTML."""
    shown = re.sub(r"<annotation.*?</annotation>", "", ask(module("katex", KATEX), "set", latex))
    return html.unescape(re.sub(r"<[^>]*>", "", shown))


@pytest.mark.parametrize(("step", "name"), EACH)
def test_a_printed_equation_is_read_back(step: str, name: str) -> None:
    asked = question(name, last=step == "last step")
    latex = show.latex(name, FORWARD, PROGRAMS[step])
    forms = [latex, show.latex(name, FORWARD, PROGRAMS[step], marked=True), f"${latex}$"]
    for form in [*forms, as_numpy.of_latex(latex), page(latex)]:
        said = ask("answer/verdict", "line", form, asked)
        assert said.get("right"), f"{form!r}: {said['fault']}"
