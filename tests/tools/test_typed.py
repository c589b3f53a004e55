"""The check of typed gradients: it reads what chapters write, and judges it.

It catches one wrong sign in any of them.
"""

from pathlib import Path

import pytest

from lstm_edu.models.cell import EXAMPLE
from lstm_edu.text.equations import FORWARD, parse
from tests.tree import ROOT
from tools.judge.typed import GRADIENTS, checked, spelled, verdict

SYMBOLS = [*EXAMPLE, *parse(FORWARD)]
CHAPTERS = sorted((ROOT / "book").glob("*.md"))


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: chapter.stem)
def test_a_wrong_sign_is_caught_in_every_chapter(chapter: Path) -> None:
    text = chapter.read_text("utf-8")
    _, faults = checked(text)
    assert not faults
    right, wrong = (
        r"$\bar{z}_g^{(t)} = \bar{g}^{(t)} (1 - (g^{(t)})^2)$",
        r"$\bar{z}_g^{(t)} = -\bar{g}^{(t)} (1 - (g^{(t)})^2)$",
    )
    assert "program" in text or not checked(f"{text}\n{right}\n")[1]
    [fault] = checked(f"{text}\n{wrong}\n")[1]
    assert wrong in fault


@pytest.mark.parametrize(
    "formula",
    [
        r"\bar{c}^{(t)} = \bar{h}^{(t)} o^{(t)} (1 - \tanh^2 c^{(t)}) + \bar{c}^{(t+1)} f^{(t+1)}",
        r"\bar{c} = \bar{h}\, o \left(1 - \tanh(c)^2\right)",  # at the last step
        r"\bar{w}_{ix} = \sum_{t=1}^{T} \bar{z}_i^{(t)} x^{(t)}",
        r"\bar{z}_o^{(1)} = \bar{h}^{(1)} \tanh(c^{(1)})\, o^{(1)} (1 - o^{(1)})",
        r"\partial L / \partial f^{(t)} = \bar{c}^{(t)} c^{(t-1)}",
        r"\frac{\partial L}{\partial o} = \bar{h} \tanh c",
        r"\bar{z}_i = \bar{i} \, \sigma'(z_i) = \bar{i}\, i (1 - i) \approx 0",
        r"\bar{i} = +0.348",
        r"\bar{v} = \partial L / \partial v",
    ],
)
def test_what_is_right_is_right(formula: str) -> None:
    assert verdict(formula) == ""


@pytest.mark.parametrize(
    ("formula", "said"),
    [
        (r"\bar{h} = y - h", "not what the equations give for h_bar"),
        (r"\bar{f} = \bar{c}\, c", "not what the equations give for f_bar"),
        (r"\bar{i} = +0.347", "not what the equations give for i_bar"),
        (r"\bar{w}_{ix} = \sum_t \bar{z}_f x", "not what the equations give for w_ix_bar"),
        (r"\bar{q} = \bar{h}", "cannot be judged"),
        (r"\bar{i} = \bar{c} \prod_k g", "cannot be judged"),
    ],
)
def test_what_is_wrong_or_unknown_is_named(formula: str, said: str) -> None:
    assert said in verdict(formula)


def test_another_program_is_judged_by_its_own_equations() -> None:
    assert not verdict(r"\bar{b} = \bar{u}\, a", "lab.pushes")
    assert "not what the equations give" in verdict(r"\bar{b} = \bar{u}\, b", "lab.pushes")


def test_declarations_must_hold_and_must_stand_somewhere() -> None:
    slip = r"\bar{h} = y - h"
    count, faults = checked(f"% typed wrong: {slip}\n\nSome write ${slip}$.\n")
    assert not faults and count["wrong"] == 1
    assert (
        "is declared wrong, and it is right"
        in checked("% typed wrong: \\bar{h} = h - y\n\n$\\bar{h} = h - y$")[1][0]
    )
    assert "stands nowhere" in checked(f"% typed elsewhere: {slip}\n")[1][0]
    assert checked("```{code-cell}\n# $\\bar{h} = y - h$\n```\n")[0]["right"] == 0


@pytest.mark.parametrize(
    ("latex", "python"),
    [
        (r"\bar{c}^{(t)} \, g^{(t)}", "c_bar * g"),
        (r"1 - \tanh^2 c", "1 - tanh(c)**2"),
        (r"2 o (1 - o)", "2 * o * (1 - o)"),
        (r"\bar{h} \cdot w_{ix} x^{(t)} h^{(t-1)}", "h_bar * w_ix * x * h_prev"),
        (r"\bar{i}\, \sigma'\!\left(z_i\right)", "i_bar * sigma'(z_i)"),
        (r"\partial L / \partial f^{(t)}", "f_bar"),
    ],
)
def test_latex_is_spelled_as_python_would(latex: str, python: str) -> None:
    assert spelled(latex, [*SYMBOLS, *GRADIENTS]) == python


@pytest.mark.parametrize(
    ("latex", "said"),
    [
        (r"\bar{z}_o^{(1)} + \bar{z}_o^{(2)}", "exponent"),
        (r"\tanh c o", "Where does the argument"),
        (r"\bar{i}^{(t-1)}", "at step t"),
    ],
)
def test_what_cannot_be_read_is_refused_in_the_answer_boxs_words(latex: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        spelled(latex, [*SYMBOLS, *GRADIENTS])
