from collections.abc import Callable

import pytest
from sympy import Symbol

from lstm_edu.lab import pushes
from lstm_edu.text.derive import bar, composed, sweep
from lstm_edu.text.equations import parse
from lstm_edu.text.proof import ProofError, prove

POINTS = [pushes.EXAMPLE, {"a": 0.7, "b": 2.0}, {"a": -3.0, "b": -1.0}, {"a": 0.0, "b": 0.5}]
TWICE = "u = a * b\nv = u * a\nL = v**2 / 2"


def slope(name: str, point: dict, program: str = pushes.FORWARD, **how: dict) -> float:
    """What a small push of `name` does to the loss, per unit."""
    up, down = (pushes.values(point, {name: d}, program=program, **how)["L"] for d in (1e-5, -1e-5))
    return (up - down) / 2e-5


def test_every_gradient_is_proved() -> None:
    prove(pushes.FORWARD, pushes.BACKWARD, pushes.NAMES)
    for name in parse(pushes.BACKWARD, pushes.NAMES):
        wrong = pushes.BACKWARD.replace(f"{name} = ", f"{name} = -")
        with pytest.raises(ProofError, match=name):
            prove(pushes.FORWARD, wrong, pushes.NAMES)


def test_the_example_is_one_that_can_be_done_by_hand() -> None:
    values = {name: round(value, 9) for name, value in pushes.values().items()}
    bars = {"a_bar": 0.24, "b_bar": -0.9, "u_bar": -0.6, "v_bar": -0.6}
    assert values == {"a": 1.5, "b": -1.4, "u": -2.1, "v": -0.6, "L": 0.18} | bars


@pytest.mark.parametrize("program", [pushes.FORWARD, TWICE])
@pytest.mark.parametrize("point", POINTS)
def test_a_gradient_is_the_answer_to_a_push(point: dict, program: str) -> None:
    values = pushes.values(point, program=program)
    for name in ("a", "b", "u", "v"):
        assert values[bar(name)] == pytest.approx(slope(name, point, program), abs=1e-6)


def test_with_a_value_held_the_gradient_is_the_answer_that_is_left() -> None:
    held = {"u": -2.1}
    values = pushes.values(lock=held)
    assert (
        values["a_bar"]
        == pytest.approx(slope("a", pushes.EXAMPLE, lock=held))
        == pytest.approx(-0.6)
    )
    assert values["b_bar"] == slope("b", pushes.EXAMPLE, lock=held) == 0
    assert pushes.values(lock={"L": 0.18})["v_bar"] == 0


def test_values_agree_with_what_sympy_composes() -> None:
    program = parse(pushes.FORWARD, pushes.NAMES)
    at = {Symbol(name): value for name, value in pushes.EXAMPLE.items()}
    known = {symbol: expr.xreplace(at) for symbol, expr in composed(program).items()}
    known |= at
    values = pushes.values()
    for name, expr in sweep(program, {}).items():
        known[Symbol(name)] = expr.xreplace(known)
    assert values == pytest.approx({str(symbol): float(value) for symbol, value in known.items()})


def test_what_is_printed() -> None:
    assert (
        pushes.equations("u", "L")
        == "\\begin{aligned}\nu &= a \\, b \\\\\nL &= \\frac{v^2}{2}\n\\end{aligned}"
    )
    assert pushes.derive("a_bar").endswith(r"\bar{u} \, b + \bar{v}" + "\n\\end{aligned}")
    assert pushes.derive("a_bar", TWICE).endswith(
        r"\bar{u} \, b + \bar{v} \, u" + "\n\\end{aligned}"
    )
    assert r"\bar{a} &= (-0.6) \cdot (-1.4) + (-0.6) = +0.24" in pushes.worked("a_bar")


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: pushes.values({"a": 1.0}), "the point has no b, which u is computed from"),
        (lambda: pushes.values(lock={"w": 1.0}), "unknown name 'w'"),
        (lambda: pushes.derive("c_bar"), "unknown gradient 'c_bar'"),
        (lambda: pushes.equations("w"), "unknown equation 'w'"),
    ],
)
def test_a_stranger_is_refused_with_a_sentence(call: Callable[[], object], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        call()


def test_each_wrong_rule_is_as_often_wrong_as_its_own_region_is_large() -> None:
    # a_bar is a (1 + b)², the direct path a (1 + b), that through u a
    # b (1 + b); b is uniform on four units
    wrong = pushes.harm(seeds=(7,), count=40_000)
    assert wrong["direct path only"] == [pytest.approx(0.25, abs=0.01)]
    assert wrong["through u only"] == [pytest.approx(0.25, abs=0.01)]
    assert wrong["multiplied"] == [pytest.approx(0.5, abs=0.01)]  # of b's sign, where a_bar has a's


# What the chapter's answers say


def test_with_v_held_nothing_reaches_the_loss_and_with_u_held_a_keeps_one_road() -> None:
    held = {name: pushes.values(lock={name: pushes.values()[name]}) for name in "uv"}
    assert [held["v"][f"{name}_bar"] for name in "abu"] == [0, 0, 0]
    assert held["u"]["b_bar"] == 0 and held["u"]["a_bar"] == pytest.approx(-0.6)


def test_in_the_other_program_the_two_answers_are_equal() -> None:
    values = pushes.values(program=TWICE)
    assert values["u_bar"] * values["b"] == pytest.approx(values["v_bar"] * values["u"])
    assert values["a_bar"] == pytest.approx(2 * values["v_bar"] * values["u"])


@pytest.mark.parametrize("size", [1e-3, 0.1, 1, 10])
def test_half_the_difference_of_two_pushes_is_the_bar_of_a_parabola(size: float) -> None:
    up, down = (pushes.values(nudge={"b": d})["L"] for d in (size, -size))
    assert (up - down) / (2 * size) == pytest.approx(pushes.values()["b_bar"])


def test_a_whole_unit_of_b_says_the_opposite_of_its_bar() -> None:
    assert (
        pushes.values(nudge={"b": 1.0})["L"] > pushes.values()["L"] and pushes.values()["b_bar"] < 0
    )


def test_a_step_against_the_partial_derivative_raises_the_loss() -> None:
    rest, held = pushes.values(), pushes.values(lock={"u": pushes.values()["u"]})
    assert pushes.values(nudge={"a": -0.1 * held["a_bar"]})["L"] > rest["L"]
    assert pushes.values(nudge={"a": -0.1 * rest["a_bar"]})["L"] < rest["L"]
