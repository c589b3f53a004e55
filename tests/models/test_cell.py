"""The cell by itself, and the 13 rows of the homework: derived, computed and alive."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from sympy import Symbol, expand, lambdify

from lstm_edu.lab import witnesses
from lstm_edu.lab.evaluate import Values
from lstm_edu.models import cell
from lstm_edu.models.cell import EXAMPLE, one_unit, shapes, sigma, step, step_bar
from lstm_edu.text.derive import steps, sweep
from lstm_edu.text.equations import BACKWARD, FORWARD, Line, inlined, parse
from lstm_edu.text.notation import GATES
from lstm_edu.text.show import derivation
from tests import alive

# The homework's own form: z written into the gates, no biases, one
# step, so nothing comes back from a next one.
HOMEWORK = inlined(FORWARD, [f"z_{k}" for k in GATES], zero=[f"b_{k}" for k in GATES])
ONE_STEP = inlined(BACKWARD, ["h_bar_loss"], zero=["h_bar_next", "c_bar_next"])


@cache
def numpy_at_the_homeworks_points() -> Values:
    return witnesses.computed(alive.POINTS["homework"])


def holds(name: str, homework: str, *written_out: str) -> None:
    """One row of the homework, in its three forms.

    Derived: it is the equation of the book with the lines of `written_out` put in, and the sweep of
    the homework's own program finds it. Computed and alive: NumPy and the printed JavaScript give
    what the row gives from their values.
    """
    row = parse(f"{name} = {homework}")[name]
    program = HOMEWORK if name in parse(HOMEWORK) else inlined(ONE_STEP, written_out)
    written = parse(program)[name]
    assert written.printed == row.printed, "in the homework's order"
    if program != HOMEWORK:
        found, gates = sweep(parse(HOMEWORK), seeds={}), parse(HOMEWORK)
        derived = found[name].xreplace(
            {Symbol(n): found[n] for n in ("i_bar", "f_bar", "o_bar", "g_bar") if n != name}
        )
        derived = (
            derived.xreplace({Symbol("c_bar"): found["c_bar"]}) if name != "c_bar" else derived
        )
        by_input = {Symbol(k): gates[k].expr for k in GATES}
        assert expand((derived - row.expr).xreplace(by_input)) == 0
    given = lambdify(row.uses, row.expr, [{"sigma": lambda z: 1 / (1 + np.exp(-z))}, "numpy"])
    for values in (numpy_at_the_homeworks_points(), alive.everywhere()["homework"]):
        assert values[name] == pytest.approx(
            given(*(values[n] for n in row.uses)), rel=1e-13, abs=1e-15
        )
        assert np.abs(values[name]).min() > 0


ROWS = {
    "i": "sigma(w_ix * x + w_ih * h_prev)",
    "f": "sigma(w_fx * x + w_fh * h_prev)",
    "o": "sigma(w_ox * x + w_oh * h_prev)",
    "g": "tanh(w_gx * x + w_gh * h_prev)",
    "c": "f * c_prev + i * g",
    "h": "o * tanh(c)",
    "h_bar": "h - y",
    "o_bar": "h_bar * tanh(c)",
    "c_bar": "h_bar * o * (1 - tanh(c)**2)",
    "i_bar": "h_bar * o * (1 - tanh(c)**2) * g",
    "g_bar": "h_bar * o * (1 - tanh(c)**2) * i",
    "f_bar": "h_bar * o * (1 - tanh(c)**2) * c_prev",
}


@pytest.mark.parametrize("name", ROWS)
def test_a_row_of_the_homework_is_derived_computed_and_alive(name: str) -> None:
    holds(name, ROWS[name], *["c_bar"] * (name in ("i_bar", "g_bar", "f_bar")))


def test_the_homeworks_y_minus_h_is_the_direction_of_descent() -> None:
    values = numpy_at_the_homeworks_points()
    assert values["h_bar"] == pytest.approx(-(values["y"] - values["h"]), rel=1e-15)
    assert values["L"] == pytest.approx((values["h"] - values["y"]) ** 2 / 2, rel=1e-15)


def test_row_13_is_written_out_with_its_slope() -> None:
    inside = r"w_{ix} \, x^{(t)} + w_{ih} \, h^{(t-1)}"
    lines = derivation(steps("w_ix_bar", HOMEWORK, seeds={}))
    assert (
        rf"&= \bar{{i}}^{{(t)}} \, \sigma'({inside}) \, x^{{(t)}} \\[0.5em]" in lines.splitlines()
    )


@pytest.mark.parametrize("k", GATES)
@pytest.mark.parametrize("source", ["x", "h"])
def test_row_13_is_that_of_every_weight(k: str, source: str) -> None:
    slope = f"(1 - {k}**2)" if k == "g" else f"{k} * (1 - {k})"
    factor = {"i": "g", "g": "i", "f": "c_prev"}.get(k)
    to_gate = "h_bar * tanh(c)" if k == "o" else f"h_bar * o * (1 - tanh(c)**2) * {factor}"
    name, written_out = f"w_{k}{source}_bar", ("c_bar", f"{k}_bar", f"z_{k}_bar")
    holds(name, f"{to_gate} * {slope} * {'x' if source == 'x' else 'h_prev'}", *written_out)


def test_one_unit_is_the_equations_letters() -> None:
    p = one_unit(**{n: v for n, v in EXAMPLE.items() if n[:2] in ("w_", "b_")})
    assert {name: value.shape for name, value in p.items()} == shapes(1, 1)
    assert p["W_ix"][0, 0] == EXAMPLE["w_ix"] and p["b_g"][0] == EXAMPLE["b_g"]


def layer(D: int, H: int, seed: int) -> tuple[Values, Values]:
    rng = np.random.default_rng(seed)
    p = {name: rng.normal(size=shape) for name, shape in shapes(D, H).items()}
    at = dict(x=rng.normal(size=D), h_prev=rng.uniform(-1, 1, H), c_prev=rng.normal(size=H))
    return p, at


def test_saturated_gates_overflow_nowhere() -> None:
    with np.errstate(all="raise", under="ignore"):
        z = np.array([-1e308, -745.0, -40.0, 0.0, 40.0, 745.0, 1e308])
        assert sigma(z).tolist() == [0, 0, sigma(z)[2], 0.5, 1, 1, 1]
        assert sigma(z)[2] == pytest.approx(0, abs=1e-16)


def test_nothing_that_is_given_is_written_to() -> None:
    p, at = layer(2, 3, seed=1)
    bars = np.ones(3), np.ones(3)
    for array in (*p.values(), *at.values(), *bars):
        array.flags.writeable = False
    s = step(p, **at)
    before = {name: value.copy() for name, value in s.items()}
    step_bar(p, s, *bars)
    assert all(np.array_equal(s[name], value) for name, value in before.items())


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"x": np.zeros(3)}, "x has shape (3,), expected (2,), since W_ix says H = 3 and D = 2"),
        ({"x": np.zeros((1, 2))}, "x has shape (1, 2), expected (2,)"),
        ({"x": 1.0}, "x has shape (), expected (2,)"),
        ({"h_prev": np.zeros(1)}, "h_prev has shape (1,), expected (3,)"),
        ({"c_prev": np.zeros((3, 1))}, "c_prev has shape (3, 1), expected (3,)"),
        (
            {"c_prev": np.array([0, np.nan, 0])},
            "c_prev holds NaN or infinity; every value must be",
        ),
        ({"W_oh": np.zeros((3, 2))}, "W_oh has shape (3, 2), expected (3, 3)"),
        ({"b_g": np.zeros(1)}, "b_g has shape (1,), expected (3,)"),
        ({"W_fx": np.full((3, 2), np.inf)}, "W_fx holds NaN or infinity"),
        (
            {"W_ix": np.zeros(6)},
            "W_ix has shape (6,); it must be a matrix (H, D), H units by D inputs",
        ),
        ({"W_ix": None}, "W_ix is missing; it must be a matrix"),
        ({"b_o": None}, "parameter b_o is missing; a layer has W_ix, W_ih, b_i, W_fx"),
    ],
)
def test_what_does_not_fit_is_named_with_the_expected_shape(change: dict, says: str) -> None:
    p, at = layer(2, 3, seed=2)
    everything = {name: value for name, value in {**p, **at, **change}.items() if value is not None}
    with pytest.raises(ValueError) as error:
        step({n: v for n, v in everything.items() if n not in at}, **{n: everything[n] for n in at})
    assert says in str(error.value)


def test_what_comes_back_must_fit_too() -> None:
    p, at = layer(2, 3, seed=3)
    with pytest.raises(ValueError, match=r"h_bar has shape \(1,\), expected \(3,\)"):
        step_bar(p, step(p, **at), np.zeros(1), np.zeros(3))
    with pytest.raises(ValueError, match="c_bar_next holds NaN or infinity"):
        step_bar(p, step(p, **at), np.zeros(3), np.full(3, np.inf))


def test_one_unit_refuses_what_it_does_not_know() -> None:
    weights = {n: v for n, v in EXAMPLE.items() if n.startswith("w_")}
    assert all(value == 0 for name, value in one_unit(**weights).items() if name.startswith("b_"))
    with pytest.raises(ValueError, match="unknown parameter 'w_iz'; one unit has w_ix, w_ih, b_i"):
        one_unit(**weights, w_iz=1.0)
    with pytest.raises(ValueError, match="parameter 'w_gh' is missing; give all eight weights"):
        one_unit(**{n: v for n, v in weights.items() if n != "w_gh"})


MATRIX = ("z_i", "z_f", "z_o", "z_g", "x_bar", "h_bar_prev")  # a matrix stands in these
ELSEWHERE = ("L", "h_bar_loss", "h_bar")  # the loss is not the cell's
VALUES = [
    line
    for line in [*parse(FORWARD).values(), *parse(BACKWARD).values()]
    if line.name[:2] not in ("w_", "b_")
]


@pytest.mark.parametrize(
    "line",
    [line for line in VALUES if line.name not in (*MATRIX, *ELSEWHERE)],
    ids=lambda n: n.name,
)
def test_a_line_of_the_cell_is_the_line_of_the_book(line: Line) -> None:
    """`c = f * c_prev + i * g` is the same text in the equations and in NumPy."""
    source = Path(cell.__file__).read_text("utf-8").replace("np.", "").replace(" ** ", "**")
    assert f"    {line.name} = {line.text}\n" in source.replace("  # (H,)", "")


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (
            lambda p, s: step_bar(p, {}, s["h"], s["c"]),
            "the step's values have no x; give step_bar what step returned",
        ),
        (
            lambda p, s: step_bar(p, s | {"c": np.zeros(3)}, s["h"], s["c"]),
            r"c has shape \(3,\), expected \(1,\)",
        ),
        (
            lambda p, s: step_bar(p, s | {"i": s["i"] * np.nan}, s["h"], s["c"]),
            "i holds NaN or infinity",
        ),
        (
            lambda p, s: step(None, s["x"], s["h"], s["c"]),
            "the parameters are NoneType; give them by name",
        ),
        (lambda p, s: step(p, ["a"], s["h"], s["c"]), "x holds something other than numbers"),
        (lambda p, s: step(p, [[1.0], []], s["h"], s["c"]), "x holds something other than numbers"),
        (
            lambda p, s: one_unit(w_ix="a"),
            "w_ix is 'a'; a parameter of one unit is one finite number",
        ),
        (
            lambda p, s: one_unit(b_i=float("nan")),
            "b_i is nan; a parameter of one unit is one finite number",
        ),
    ],
)
def test_what_is_no_number_or_does_not_fit_is_named(
    call: Callable[..., object], sentence: str
) -> None:
    p = {name: np.ones(shape) for name, shape in shapes(1, 1).items()}
    with pytest.raises(ValueError, match=sentence):
        call(p, step(p, np.ones(1), np.ones(1), np.ones(1)))
