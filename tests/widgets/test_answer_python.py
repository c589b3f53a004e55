"""The answer box in Python: the same words as in the browser.

Exercises are tried, and expressions and functions are judged.
"""

import math

import numpy as np
import pytest
import sympy

from lstm_edu.text.functions import sigma
from lstm_edu.widgets import Answer
from tests.node import ask
from tests.widgets import living

SLIP = {"h_bar * o * (1 - tanh(c)**2)": "last-step-c"}


def test_a_notebook_gives_expressions_and_functions() -> None:
    box = Answer("z_i_bar")
    i_bar, i, z_i = sympy.symbols("i_bar i z_i")
    assert box.check(i_bar * i * (1 - i)).right
    assert box.check(sympy.expand(i_bar * sigma(z_i) * (1 - sigma(z_i)))).right
    assert box.check(lambda i_bar, i: i_bar * i * (1 - i)).right
    assert box.check(lambda i_bar, i: i_bar * sigma_of(i) * (1 - sigma_of(i))).key == "sigma-twice"
    assert box.check(
        lambda i_bar, z_i: i_bar / (1 + np.exp(-z_i)) * (1 - 1 / (1 + np.exp(-z_i)))
    ).right
    assert box.check(lambda i_bar, z_i: i_bar / (2 + 2 * math.cosh(z_i))).right
    assert box.check(lambda i_bar, i: -i_bar * i * math.exp(math.log(1 - i))).key == "negative"


def sigma_of(z: object) -> object:
    return (1 + np.tanh(z / 2)) / 2


def test_what_python_cannot_judge_is_a_sentence_and_nothing_is_run(
    capsys: pytest.CaptureFixture,
) -> None:
    box = Answer("c_bar")
    symbols = sympy.Symbol("print(1)"), sympy.Symbol("v"), sympy.Abs(sympy.Symbol("c"))
    for given in (3, None, lambda q: q, *symbols):
        said = box.check(given)
        assert not said.right and said.key.partition("-")[0] in ("type", "name")
    assert box.check(sympy.Symbol("i_bar")).key == "circle"
    assert capsys.readouterr().out == ""


def test_an_exercise_is_tried_when_it_is_made() -> None:
    assert Answer("c_bar", wrong=SLIP).check(sympy.Symbol("h_bar")).key
    with pytest.raises(ValueError, match="should get 'negative' and gets 'last-step-c'"):
        Answer("c_bar", wrong=dict.fromkeys(SLIP, "negative"))
    with pytest.raises(ValueError, match="should get 'last-step-c' and gets 'right'"):
        Answer("c_bar", last=True, wrong=SLIP)
    with pytest.raises(ValueError, match="did you mean 'c_bar'"):
        Answer("c_baar")
    with pytest.raises(ValueError, match="are two numbers too close"):
        Answer.number("?", 1.0, 0.1, {1.05: "No."})
    with pytest.raises(ValueError, match="above 0"):
        Answer.number("?", 1.0, -1)
    with pytest.raises(ValueError, match="one right answer"):
        Answer.choice("?", ("a", "Yes."), {})
    with pytest.raises(ValueError, match="exactly one line must be wrong; wrong are none"):
        Answer.bug("?", ["i_bar = c_bar * g"])
    with pytest.raises(ValueError, match="wrong are none"):
        Answer.bug("?", ["c = g * i + f * c_prev"])
    with pytest.raises(ValueError, match="needs why="):
        Answer.bug("?", ["c = i * c_prev + f * g"])
    with pytest.raises(ValueError, match="do not do what"):
        Answer.predict(
            "?",
            ("a", "Yes."),
            {"b": "No."},
            {"o": 0.01},
            ["h"],
            lambda before, after: before == after,
        )


def test_homework_has_no_biases() -> None:
    without = "i_bar * sigma(w_ix * x + w_ih * h_prev) * (1 - sigma(w_ix * x + w_ih * h_prev)) * x"
    assert Answer("w_ix_bar", homework=True, wrong={without: "right"})
    assert Answer("w_ix_bar", wrong={without: "bias-missing"})


def test_numbers_and_choices_answer() -> None:
    box = Answer.number("?", "z_i_bar", 0.001, {"i_bar": "That is another."})
    assert [box.check(x).right for x in (0.0855, 0.0860, 0.087)] == [True, True, False]
    assert (
        box.check(0.348) == "That is another."
        and "sign" in box.check(-0.0855)
        and "one number" in box.check("x")
    )
    choice = Answer.choice("?", ("a", "Yes."), {"b": "No."})
    assert choice.check("a").right and choice.check("b") == "No." and not choice.check("c").right


def test_a_bug_of_the_forward_pass_is_found() -> None:
    box = Answer.bug(
        "?", ["f = sigma(z_f)", "c = i * c_prev + f * g"], why="They have changed places."
    )
    assert box.check("c = i * c_prev + f * g").right
    assert box.check("c = i * c_prev + f * g") == "They have changed places."
    assert box.check("f = sigma(z_f)") == "This line is right. The wrong one is another."


def test_every_fault_has_its_edge_of_the_cell() -> None:
    wanted = {
        "c_bar o": ["h", "c"],
        "c_bar h_bar": ["h", "c"],
        "c_bar c_bar_next": None,
        "f_bar ": ["c", "f"],
        "w_ix_bar x": ["z_i", "w_ix"],
        "x_bar w_ox": ["z_o", "x"],
        "x_bar z_g_bar": ["z_g", "x"],
        "x_bar ": None,
        "h_bar_prev w_ih": ["z_i", "h_prev"],
        "c_bar_prev f": ["c", "c_prev"],
    }  # fmt: skip
    assert [ask("answer/where", "edge", *one.split(" ")) for one in wanted] == [*wanted.values()]


def test_a_menu_offers_several_lines_and_asks_for_one() -> None:
    box = Answer("o_bar", menu=["c_bar", "w_ix_bar"], homework=True)
    assert [*box.menu] == ["o_bar", "c_bar", "w_ix_bar"] and box.menu["o_bar"] == box.solution
    assert box.check(sympy.Symbol("h_bar") * sympy.tanh(sympy.Symbol("c"))).right
    box.name = "c_bar"
    assert box.check(sympy.Symbol("h_bar") * sympy.tanh(sympy.Symbol("c"))).key != "right"
    traits = {
        name: getattr(box, name)
        for name in ("kind", "ask", "name", "lines", "exercise", "solution", "menu")
    }
    html = ask("answer/answer", "still", traits)
    pressed = [a["aria-pressed"] for a in living.Seen(html).all(data_ab="choose")]
    assert pressed == ["false", "true", "false"]
    del traits["menu"]
    assert "choose" not in ask("answer/answer", "still", traits)


def test_a_menu_knows_its_names() -> None:
    with pytest.raises(ValueError, match="did you mean 'c_bar'"):
        Answer("o_bar", menu=["cbar"])


def test_lines_of_a_program_stay_in_their_order() -> None:
    right, wrong = ("b = 2", "Yes."), {"c = 3": "No.", "a = 1": "No."}
    box = Answer.choice("Which?", right, wrong, order=["c = 3", "b = 2", "a = 1"])
    assert [text for text, _, _ in box.exercise["options"]] == ["c = 3", "b = 2", "a = 1"]
    assert [is_right for _, _, is_right in box.exercise["options"]] == [False, True, False]
    assert Answer.choice("Which?", right, wrong).exercise["options"][0][0] == "a = 1", (
        "sorted, where no order is given"
    )
    with pytest.raises(ValueError, match="order must name every answer once"):
        Answer.choice("Which?", right, wrong, order=["a = 1", "b = 2"])
