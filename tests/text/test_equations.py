import re

import pytest
from sympy import Integer, Symbol, latex, symbols, tanh

from lstm_edu.text.equations import BACKWARD, FORWARD, inlined, inputs, lookup, parse
from lstm_edu.text.functions import sigma
from lstm_edu.text.notation import GATES, Glyph, Name

TWO = {letter: Name((Glyph(letter),), letter) for letter in "abuvL"}


def test_the_texts_are_in_book_order() -> None:
    assert list(parse(FORWARD)) == [*(f"z_{k}" for k in GATES), *GATES, "c", "h", "L"]
    assert list(parse(BACKWARD))[:7] == [
        "h_bar_loss",
        "h_bar",
        "o_bar",
        "c_bar",
        "i_bar",
        "g_bar",
        "f_bar",
    ]
    assert list(parse(BACKWARD))[-3:] == ["x_bar", "h_bar_prev", "c_bar_prev"]


def test_a_line_has_its_text_its_value_and_the_order_of_its_author() -> None:
    line = parse(BACKWARD)["c_bar"]
    h_bar, o, c, c_bar_next = symbols("h_bar o c c_bar_next")
    assert line.text == "h_bar * o * (1 - tanh(c)**2) + c_bar_next"
    assert line.expr == h_bar * o * (1 - tanh(c) ** 2) + c_bar_next
    assert line.printed.args[-1] == c_bar_next
    assert line.uses == ("h_bar", "o", "c", "c_bar_next")


def test_inputs_are_what_is_used_and_not_assigned() -> None:
    assert inputs(parse(FORWARD)) == [
        "w_ix", "x", "w_ih", "h_prev", "b_i", "w_fx", "w_fh", "b_f",
        "w_ox", "w_oh", "b_o", "w_gx", "w_gh", "b_g", "c_prev", "y",
    ]  # fmt: skip


def test_any_program_is_read_with_a_table_of_its_own() -> None:
    program = parse("u = a * b\nv = u + a\nL = v**2 / 2", TWO)
    a, b, v = symbols("a b v")
    assert [line.expr for line in program.values()] == [a * b, Symbol("u") + a, v**2 / 2]
    assert inputs(program) == ["a", "b"]
    with pytest.raises(ValueError, match="unknown name 'c'"):
        parse("u = a * c", TWO)


@pytest.mark.parametrize(
    "name", ["S", "N", "E", "Q", "O", "I", "beta", "gamma", "zeta", "re", "im"]
)
def test_names_that_mean_something_to_sympy_are_plain_symbols(name: str) -> None:
    assert parse(f"u = {name} * {name}", ["u", name])["u"].expr == Symbol(name) ** 2


def test_numbers_stay_exact_and_signs_are_read() -> None:
    assert parse("u = -a / 3 + 1 / 2", TWO)["u"].expr == -Symbol("a") / 3 + Integer(1) / 2


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            "\nc = f * c_prv",
            "line 2, 'c = f * c_prv': unknown name 'c_prv'; did you mean 'c_prev'?",
        ),
        ("cc = f", "unknown name 'cc'; did you mean 'c'?"),
        ("c = cos(f)", "cos(f) is not understood; the functions are sigma, tanh, exp, log"),
        ("c = sigma(f, g)", "sigma(f, g) is not understood; the functions are"),
        ("c = f.real(g)", "f.real(g) is not understood; the functions are"),
        ("x = f", "x is given to the step, so no equation assigns it"),
        ("c_bar_next = f", "c_bar_next is given to the step"),
        (
            "z_i = x\nz_i = y",
            "line 2, 'z_i = y': z_i is assigned twice; give the second quantity a name of its own",
        ),
        (
            "c = f * c_prev\nf = sigma(z_f)",
            "line 2, 'f = sigma(z_f)': f is used on line 1 already; move",
        ),
        ("c = f * c", "c is used on line 1 already"),
        ("c = 2x", "this is no equation; write one `name = formula`, with * for every product"),
        ("c == f", "this is no equation"),
        ("c = h = f", "this is no equation"),
        ("c += f", "this is no equation"),
        ("c = f; h = o", "this is no equation"),
        ("c = f ^ 2", "f ^ 2 is not understood; write + - * / and ** for a power"),
        ("c = f if f else g", "f if f else g is not understood"),
        (
            "c = 0.5 * f",
            "0.5 is no whole number; write 1 / 2 for a half, so that proofs stay exact",
        ),
        ("c = f ** g", "f ** g is not understood; an exponent is a whole number such as 2"),
        ("c = f ** -1", "f ** (-1) is not understood; an exponent"),
        ("c = True", "True is no whole number"),
        ("c = [f][0]", "[f][0] is not understood"),
    ],
)
def test_a_line_that_cannot_be_read_gets_a_sentence(text: str, says: str) -> None:
    with pytest.raises(ValueError) as error:
        parse(text)
    assert says in str(error.value)
    assert str(error.value).startswith("line ")


def test_nothing_that_is_read_is_executed(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ValueError, match="not understood"):
        parse("c = print('executed')")
    with pytest.raises(ValueError, match="not understood"):
        parse("c = f + (lambda: print('executed'))()")
    assert capsys.readouterr().out == ""


def test_what_is_parsed_cannot_be_spoiled_for_the_next_reader() -> None:
    parse(FORWARD).clear()
    assert "c" in parse(FORWARD)


def test_lookup_names_the_nearest_gradient() -> None:
    assert lookup(parse(BACKWARD), "c_bar").name == "c_bar"
    with pytest.raises(ValueError, match=r"unknown gradient 'c_ba'; did you mean 'c_bar'\?"):
        lookup(parse(BACKWARD), "c_ba")


def test_inlined_writes_lines_out_and_drops_zeros() -> None:
    homework = parse(inlined(FORWARD, [f"z_{k}" for k in GATES], zero=[f"b_{k}" for k in GATES]))
    assert list(homework) == ["i", "f", "o", "g", "c", "h", "L"]
    assert homework["i"].text == "sigma(w_ix * x + w_ih * h_prev)"
    assert homework["L"].expr == parse(FORWARD)["L"].expr
    last = parse(inlined(BACKWARD, ["h_bar_loss"], zero=["h_bar_next", "c_bar_next"]))
    assert last["h_bar"].text == "h - y"
    assert last["c_bar"].text == "h_bar * o * (1 - tanh(c) ** 2)"


def test_inlined_keeps_the_value_of_every_line() -> None:
    names = ["o_bar", "c_bar", "i_bar", "z_i_bar"]
    whole, short = parse(BACKWARD), parse(inlined(BACKWARD, names))
    values = {}
    for name in names:
        values[Symbol(name)] = whole[name].expr.xreplace(values)
    for name, line in short.items():
        assert (line.expr - whole[name].expr.xreplace(values)).expand() == 0, name


@pytest.mark.parametrize(
    ("formula", "left"),
    [
        ("b + u", "u"),
        ("u + b", "u"),
        ("u - b", "u"),
        ("b - u", "0 - u"),
        ("u * b + v", "v"),
        ("v - b * u", "v"),
    ],
)
def test_inlined_zero_in_sums_products_and_differences(formula: str, left: str) -> None:
    assert inlined(f"a = {formula}", zero=["b"]) == f"a = {left}"


def test_inlined_refuses_a_line_that_is_not_there() -> None:
    with pytest.raises(ValueError, match=r"unknown line 'z_j'; did you mean 'z_"):
        inlined(FORWARD, ["z_j"])


def test_sigma_knows_its_derivative_and_nothing_else() -> None:
    z = Symbol("z")
    assert sigma(z).diff(z) == sigma(z) * (1 - sigma(z))
    assert sigma(Integer(0)) != Integer(1) / 2, "opaque, so that no proof can lean on a value"
    assert latex(sigma(z)) == r"\sigma\left(z\right)"
    assert latex(sigma(z) ** 2) == r"\sigma^{2}\left(z\right)"


def test_inlined_refuses_what_is_no_equation() -> None:
    with pytest.raises(ValueError, match="line 1, 'c = = x': this is no equation"):
        inlined("c = = x")
    with pytest.raises(ValueError, match=r"'c \+= x' is no equation"):
        inlined("c += x")


@pytest.mark.parametrize(
    ("formula", "sentence"),
    [
        ("x / 0", "x / 0 divides by 0"),
        ("x / (1 - 1)", "divides by 0"),
        ("tanh(" * 5 + "x" + ")" * 5, "sigma or tanh 4 deep in each other"),
        ("x + " * 700 + "x", "this is too long"),
    ],
)
def test_what_sympy_cannot_finish_is_refused(formula: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=re.escape(sentence)):
        parse(f"c = {formula}")
