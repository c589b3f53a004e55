"""The gradients of h and c through time, as the chapter derives them.

Each factor has its time, and each is true.
"""

import re

import pytest
from sympy import Add, lambdify

from lstm_edu.course import chapter
from lstm_edu.lab import cases
from lstm_edu.models import bptt
from lstm_edu.text import twosteps
from lstm_edu.text.notation import GATES
from lstm_edu.text.proof import ProofError
from tests.tree import ROOT

NEXT = "^{(t+1)}"


def known(case, t):
    """Every number of the steps t and t+1 (t from 0) of one unit, and the gradients.

    They stand by the names of the derivation.
    """
    tape = bptt.forward(case["p"], case["xs"])
    bars = bptt.backward(case["p"], tape, case["h_bar_loss"])
    v = {name.replace("W", "w"): a.item() for name, a in case["p"].items()}
    for step in (1, 2):
        v |= {
            f"{name}_{step}": a[t + step - 1].item()
            for name, a in {**tape, **bars}.items()
            if len(a) == len(tape["h"])
        }
    v["y_1"] = v["h_1"] - v["h_bar_loss_1"]  # the loss is the book's own
    return v | {"c_0": tape["c_prev"][t].item(), "h_0": tape["h_prev"][t].item()}


@pytest.mark.parametrize("homework", [False, True])
@pytest.mark.parametrize("name", ["h_bar", "c_bar"])
def test_the_result_is_what_backpropagation_gives(name, homework):
    case = cases.drawn(bptt, T=5, D=1, H=1)
    for t in range(4):
        v = known(case, t)
        result = Add(*twosteps.derived(name, homework).result)
        letters = sorted(map(str, result.free_symbols))
        assert lambdify(letters, result)(*(v[n] for n in letters)) == pytest.approx(
            v[f"{name}_1"], rel=1e-12
        )


def test_every_factor_has_its_time():
    c_bar, h_bar = (
        chapter.derive(name, "in time").replace(r" \, ", " ") for name in ("c_bar", "h_bar")
    )
    assert (
        r"\frac{\partial L}{\partial c^{(t+1)}} \times \frac{\partial c^{(t+1)}}{\partial c^{(t)}}"
        in c_bar
    )
    assert (
        r"\frac{\partial}{\partial c^{(t)}} \left(f^{(t+1)} c^{(t)} + i^{(t+1)} g^{(t+1)}\right)"
        in c_bar
    )
    assert "t-1" not in c_bar + h_bar
    for k in GATES:
        assert (
            rf"\frac{{\partial L}}{{\partial z_{k}{NEXT}}}"
            rf" \times \frac{{\partial z_{k}{NEXT}}}{{\partial h^{{(t)}}}}" in h_bar
        )
        assert rf"w_{{{k}x}} x{NEXT} + w_{{{k}h}} h^{{(t)}} + b_{k}" in h_bar
    assert r"&= h^{(t)} - y^{(t)} \\" in h_bar, "the last line has the loss's own part carried out"


def test_the_homework_has_every_gate_written_out():
    shown = (
        chapter.equations("h_bar", form="homework in time")
        .replace(r" \, ", " ")
        .replace(r"\left", "")
        .replace(r"\right", "")
    )
    for k in "ifo":
        assert rf"\bar{{{k}}}{NEXT} {k}{NEXT} (1 - {k}{NEXT}) w_{{{k}h}}" in shown
    assert (
        rf"\bar{{g}}{NEXT} (1 - (g{NEXT})^2) w_{{gh}}" in shown
        and r"\frac{\partial L^{(t)}}{\partial h^{(t)}}" in shown
    )
    assert not re.search("z_|b_", shown + chapter.derive("h_bar", "homework in time"))


@pytest.mark.parametrize(
    ("name", "form"), [("h_bar", "homework in time"), ("c_bar", "homework in time")]
)
def test_the_answer_to_be_copied_is_what_the_machine_prints(name, form):
    """A box cannot hold what a cell prints, so the chapter types it.

    This holds it to the equations.
    """

    def bare(latex):
        return re.sub(
            r"\\q?quad|\\left|\\right|\[0\.5em\]|\\\\|\\,|\s|&|\\(?:begin|end)\{aligned\}",
            "",
            latex,
        )

    answers = bare(
        (ROOT / "book" / "time.md").read_text("utf-8").split("(two-a-and-two-b-complete)=")[1]
    )
    assert bare(chapter.equations(name, form=form)) in answers


def test_another_gradient_is_refused_and_a_wrong_one_is_not_printed(monkeypatch):
    with pytest.raises(ValueError, match="unknown gradient 'o_bar'; did you mean 'h_bar'"):
        chapter.derive("o_bar", "in time")
    monkeypatch.setattr(
        twosteps,
        "BACKWARD",
        twosteps.BACKWARD.replace("c_bar_prev = c_bar * f", "c_bar_prev = c_bar"),
    )
    with pytest.raises(ProofError, match="c_bar over two steps"):
        twosteps.derived.__wrapped__("c_bar")
