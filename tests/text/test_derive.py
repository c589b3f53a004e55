import pytest
from sympy import Add, Function, Mul, Symbol, diff, expand, tanh

from lstm_edu.text.derive import (
    bar,
    composed,
    partials,
    seeds_of,
    steps,
    sweep,
    terms,
)
from lstm_edu.text.equations import BACKWARD, FORWARD, inlined, inputs, parse
from lstm_edu.text.functions import sigma
from lstm_edu.text.notation import GATES

LINES = parse(BACKWARD)
HOMEWORK = inlined(FORWARD, [f"z_{k}" for k in GATES], zero=[f"b_{k}" for k in GATES])
TWO = {name: None for name in ("a", "b", "u", "v", "L", "a_bar", "b_bar", "u_bar", "v_bar")}
TWO_FORWARD = "u = a * b\nv = u + a\nL = v**2 / 2"
TWO_BACKWARD = "v_bar = v\nu_bar = v_bar\na_bar = u_bar * b + v_bar\nb_bar = u_bar * a"


def test_the_sweep_is_the_derivative_of_the_loss() -> None:
    """The sweep's gradients, composed, against SymPy's derivative of L + what comes in.

    They are compared for every input.
    """
    program = parse(FORWARD)
    found = sweep(program)
    value = composed(program)
    total = value[Symbol("L")] + Add(
        *(Symbol(seed) * value[Symbol(v)] for v, seed in seeds_of(program).items())
    )
    for name, bar_of in found.items():
        value[Symbol(name)] = bar_of.xreplace(value)
    for v in inputs(program):
        assert expand(value[Symbol(bar(v))] - diff(total, Symbol(v))) == 0, v


def test_without_seeds_nothing_comes_in() -> None:
    alone = sweep(parse(FORWARD), seeds={})
    assert alone["h_bar"] == Symbol("h") - Symbol("y")
    assert Symbol("c_bar_next") not in alone["c_bar"].free_symbols


def test_partials_are_in_the_names_of_the_line() -> None:
    i, g, c, o, f, c_prev = (Symbol(n) for n in ("i", "g", "c", "o", "f", "c_prev"))
    local = partials(parse(FORWARD))
    assert local["c"] == {"f": c_prev, "c_prev": f, "i": g, "g": i}
    assert local["i"] == {"z_i": i * (1 - i)}
    assert local["g"] == {"z_g": 1 - g**2}
    assert local["h"] == {"o": tanh(c), "c": o * (1 - tanh(c) ** 2)}
    weights = {v: Symbol(w) for v, w in (("w_ix", "x"), ("x", "w_ix"), ("w_ih", "h_prev"))}
    assert local["z_i"] == weights | {"h_prev": Symbol("w_ih"), "b_i": 1}


@pytest.mark.parametrize(
    ("name", "is_named"), [("c", "c_bar"), ("h_prev", "h_bar_prev"), ("w_ix", "w_ix_bar")]
)
def test_the_bar_of_a_name(name: str, is_named: str) -> None:
    assert bar(name) == is_named


@pytest.mark.parametrize("name", LINES)
def test_steps_end_in_the_authors_line_and_add_up_to_it(name: str) -> None:
    made = steps(name)
    assert made.result == LINES[name].printed
    parts = [t.product for t in made.terms] + ([Symbol(made.incoming)] if made.incoming else [])
    share = {Symbol("h_bar_loss"): LINES["h_bar_loss"].expr}
    assert expand(Add(*parts) - LINES[name].expr.xreplace(share if name == "h_bar" else {})) == 0
    kinds = [step.kind for step in made.lines]
    assert kinds == [
        "definition",
        *([] if name == "h_bar_loss" else ["product"]),
        "function",
        "result",
    ]


@pytest.mark.parametrize("name", LINES)
def test_steps_speak_of_edges_of_the_program(name: str) -> None:
    program, made = parse(FORWARD), steps(name)
    edges = {(line.name, v) for line in program.values() for v in line.uses}
    for step in made.lines:
        assert set(step.edges) <= edges
    assert (
        made.lines[-1].edges
        == tuple(t.edge for t in made.terms)
        == tuple((t.user, made.of) for t in made.terms)
    )
    reached = {made.of}
    for user, used in made.lines[0].edges:
        assert used in reached, "the definition lights whole paths to the loss"
        reached.add(user)
    assert "L" in reached


def test_steps_of_c_bar_are_the_homeworks_four_lines_and_what_comes_back() -> None:
    made = steps("c_bar")
    (term,) = made.terms
    assert (made.of, made.only, made.incoming, made.slope) == ("c", "", "c_bar_next", None)
    assert (term.user, term.adjoint, term.edge) == ("h", "h_bar", ("h", "c"))
    assert term.function == parse(FORWARD)["h"].printed
    assert term.partial == Symbol("o") * (1 - tanh(Symbol("c")) ** 2)
    assert steps("c_bar", seeds={}).incoming is None


def test_shares_say_whose_they_are() -> None:
    assert (steps("h_bar_loss").only, steps("h_bar_loss").of, steps("h_bar_loss").incoming) == (
        "L",
        "h",
        None,
    )
    assert (steps("h_bar_prev").only, steps("c_bar_prev").only, steps("h_bar").only) == (
        "t",
        "t",
        "",
    )
    assert [t.user for t in steps("h_bar_prev").terms] == [f"z_{k}" for k in GATES]


def test_the_homeworks_weight_goes_through_sigma_of_a_sum() -> None:
    made = steps("w_ix_bar", HOMEWORK, seeds={})
    i_bar, i, x = (Symbol(n) for n in ("i_bar", "i", "x"))
    written = parse(HOMEWORK)["i"].printed
    assert [step.kind for step in made.lines] == [
        "definition",
        "product",
        "function",
        "slope",
        "result",
    ]
    assert made.terms[0].function == written == sigma(written.args[0])
    assert made.slope == Mul(i_bar, Function("sigma_prime")(written.args[0]), x, evaluate=False)
    assert expand(made.result - i_bar * i * (1 - i) * x) == 0
    assert steps("w_gx_bar", HOMEWORK, seeds={}).slope is None


def test_two_users_give_two_terms() -> None:
    made = steps("a_bar", TWO_FORWARD, names=TWO)
    assert [t.edge for t in made.terms] == [("u", "a"), ("v", "a")]
    assert made.result == parse("a_bar = u_bar * b + v_bar", TWO)["a_bar"].printed, (
        "in the program's order"
    )
    assert [t.adjoint for t in terms(parse(TWO_FORWARD, TWO), "v")] == [None], (
        "the bar of the loss is 1"
    )


def test_an_unknown_gradient_is_told_the_nearest() -> None:
    with pytest.raises(ValueError, match=r"unknown gradient 'c_ba'; did you mean 'c_bar'\?"):
        steps("c_ba")
