"""What chapters show: the same equations, with numbers in them and with a node pushed or held."""

import numpy as np
import pytest

from lstm_edu.course import chapter
from lstm_edu.models import cell
from lstm_edu.text.proof import ProofError

POINT = cell.EXAMPLE | dict(h_bar_next=0.7, c_bar_next=-0.4)


def numpy_values(point):
    p = {
        name: np.full(shape, point[name.replace("W", "w")])
        for name, shape in cell.shapes(1, 1).items()
    }
    s = cell.step(p, *(np.array([point[n]]) for n in ("x", "h_prev", "c_prev")))
    bars = cell.step_bar(
        p, s, s["h"] - point["y"] + point["h_bar_next"], np.array([point["c_bar_next"]])
    )
    return {name.replace("W", "w"): value.item() for name, value in (s | bars).items()}


def test_values_are_those_of_the_numpy_cell():
    found = chapter.values(POINT)
    for name, value in numpy_values(POINT).items():
        assert found[name] == pytest.approx(value, abs=1e-14), name


def test_a_locked_name_keeps_its_value_and_a_nudge_is_added():
    held = chapter.values(lock={"i": 0.01}, nudge={"i": 0.005, "x": 0.1})
    assert held["i"] == 0.015
    assert held["x"] == cell.EXAMPLE["x"] + 0.1
    assert held["z_f"] != chapter.values()["z_f"]  # x goes on to the others
    assert held["c"] == pytest.approx(held["f"] * 0.3 + 0.015 * held["g"])


@pytest.mark.parametrize("name", ["o", "c", "h", "z_f", "w_gx", "x", "c_prev"])
def test_a_small_push_moves_the_loss_by_the_bar(name):
    eps = 1e-6
    up, down = (chapter.values(nudge={name: d})["L"] for d in (eps, -eps))
    bar = f"{name.removesuffix('_prev')}_bar" + "_prev" * name.endswith("_prev")
    assert (up - down) / (2 * eps) == pytest.approx(chapter.values()[bar], rel=1e-7)


def test_worked_shows_numbers_and_a_signed_gradient():
    shown = chapter.worked("z_i", "c_bar")
    assert r"z_i^{(t)} &= 0.1 \cdot 1.2 + (-1.3) \cdot 0.2 + 0.4 = 0.26" in shown
    assert shown.endswith("= -0.473\n\\end{aligned}")
    assert r"\left(1 - \tanh^2(-0.264)\right)" in shown
    assert chapter.worked("o_bar").count("+0.178") == 1
    assert r"\bar{b}_i &= \bar{z}_i^{(t)} = +0.0855" in chapter.worked("b_i_bar"), (
        "not one number twice"
    )


def test_a_line_can_be_computed_from_the_numbers_that_it_shows() -> None:
    assert r"h^{(t)} &= 0.735 \cdot \tanh(-0.2636) = -0.189" in chapter.worked("h")
    exact = chapter.values(cell.EXAMPLE | dict(h_prev=0.0, x=0.0, b_o=1.125))
    assert "= 1.125" in chapter.worked("z_o", at=exact), (
        "a fourth digit where it says the number exactly"
    )
    held = chapter.values(lock={"h": 0.9})
    assert r"\tanh(-0.264) = 0.9" in chapter.worked("h", at=held)


def test_a_line_shows_more_digits_where_three_lie_halfway_between_two_results() -> None:
    half = dict.fromkeys(cell.EXAMPLE, 0.0) | dict(x=1.0, c_prev=2.0, w_gx=1.0)
    shown = chapter.worked("g_bar", at=chapter.values(half))
    assert r"0.04926 \cdot 0.5 = +0.0246" in shown, "0.0493 · 0.5 is 0.02465"


def test_worked_counts_what_the_next_step_sends():
    shown = chapter.worked("c_bar", at=chapter.values(POINT))
    assert " + (-0.4) = " in shown


def test_a_formula_is_typeset_by_a_notebook():
    assert chapter.equations("c")._repr_latex_().startswith(r"$\displaystyle \begin{aligned}")


def test_the_last_step_has_nothing_from_the_next_and_any_step_has():
    assert "t+1" not in chapter.derive("c_bar") + chapter.equations("c_bar", "h_bar", form="last")
    assert chapter.derive("c_bar", "any").count(r"\bar{c}^{(t+1)} f^{(t+1)}") == 3


def test_the_homework_has_no_bias_and_no_z():
    shown = chapter.equations(*"ifog", form="homework") + chapter.derive("w_ix_bar", "homework")
    shown = shown.replace(r" \, ", " ")
    assert "b_" not in shown and "z_" not in shown
    assert r"\sigma'(w_{ix} x^{(t)} + w_{ih} h^{(t-1)}) x^{(t)}" in shown


def test_a_gradient_written_by_hand_is_proved_before_it_is_shown():
    loss = "L = (h - y)**2"
    assert chapter.derive("h_bar", program=loss, backward="h_bar = 2 * (h - y)").endswith(
        "y\\right)\n\\end{aligned}"
    )
    with pytest.raises(ProofError, match="h_bar"):
        chapter.derive("h_bar", program=loss, backward="h_bar = 2 * (y - h)")


def test_in_full_names_no_bar_but_h_bar():
    right = chapter.in_full("w_ix_bar").split("&=")[1]
    assert right.count(r"\bar") == 1 and r"\bar{h}^{(t)} \, o^{(t)}" in right


def test_the_plain_rnn_has_a_form_of_its_own_names():
    assert (
        chapter.equations("h", form="rnn")
        == "\\begin{aligned}\nh^{(t)} &= \\tanh z_h^{(t)}\n\\end{aligned}"
    )
    assert chapter.derive("h_bar", "rnn").endswith(
        "\\vert_{L} + \\bar{z}_h^{(t+1)} w_{hh}\n\\end{aligned}"
    )


def test_a_product_has_one_factor_for_each_step_and_only_where_there_is_one_way():
    assert chapter.product("c").endswith(r"\vert_{c} = \prod_{t=1}^{T} f^{(t)}")
    assert chapter.product("h", "rnn").endswith(
        r"\prod_{t=1}^{T} \left(1 - \left(h^{(t)}\right)^2\right) \, w_{hh}"
    )
    assert r"\vert" not in chapter.product("h", "rnn")
    with pytest.raises(ValueError, match="sum over several paths"):
        chapter.product("h")
    with pytest.raises(ValueError, match="unknown form 'last'"):
        chapter.product("c", "last")


@pytest.mark.parametrize(
    "call, sentence",
    [
        (lambda: chapter.equations("c_ba"), "did you mean 'c_bar'"),
        (lambda: chapter.derive("i_baar"), "did you mean 'i_bar'"),
        (
            lambda: chapter.derive("i_bar", "first"),
            "unknown form 'first'; a chapter has any, last, homework, rnn, in",
        ),
        (lambda: chapter.values({"x": 1.0}), "the point has no w_ix, which z_i is computed from"),
        (lambda: chapter.values(lock={"ii": 1.0}), "unknown quantity 'ii'"),
        (lambda: chapter.worked("zz"), "unknown quantity 'zz'"),
        (lambda: chapter.values(cell.EXAMPLE | {"x": float("inf")}), "x is inf; every value"),
        (lambda: chapter.values(lock={"i": float("nan")}), "i is nan; every value"),
        (
            lambda: chapter.values(cell.EXAMPLE | {"i": 0.5}),
            "i is computed, so a point cannot give it",
        ),
        (
            lambda: chapter.derive("h_bar", backward="h_bar = h"),
            "gradients by hand need the program",
        ),
        (
            lambda: chapter.derive("h_bar", "any", program="L = (h - y)**2"),
            "form 'any' is one of the book's own",
        ),
    ],
)
def test_bad_input_gets_a_sentence(call, sentence):
    with pytest.raises(ValueError, match=sentence):
        call()
