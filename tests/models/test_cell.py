"""The cell by itself, and the 13 rows of the homework: derived, computed and alive.

Longer than 300 lines because each of the 13 rows is a test with a name of its own.
"""

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


def test_row_01_input_gate() -> None:
    holds("i", "sigma(w_ix * x + w_ih * h_prev)")


def test_row_02_forget_gate() -> None:
    holds("f", "sigma(w_fx * x + w_fh * h_prev)")


def test_row_03_output_gate() -> None:
    holds("o", "sigma(w_ox * x + w_oh * h_prev)")


def test_row_04_candidate() -> None:
    holds("g", "tanh(w_gx * x + w_gh * h_prev)")


def test_row_05_cell_state() -> None:
    holds("c", "f * c_prev + i * g")


def test_row_06_hidden_state() -> None:
    holds("h", "o * tanh(c)")


def test_row_07_hidden_state_gradient() -> None:
    """The homework writes y − h, which is the direction of descent.

    The gradient of (h − y)² / 2 is h − y.
    """
    holds("h_bar", "h - y")
    values = numpy_at_the_homeworks_points()
    assert values["h_bar"] == pytest.approx(-(values["y"] - values["h"]), rel=1e-15)
    assert values["L"] == pytest.approx((values["h"] - values["y"]) ** 2 / 2, rel=1e-15)


def test_row_08_output_gate_gradient() -> None:
    holds("o_bar", "h_bar * tanh(c)")


def test_row_09_cell_state_gradient() -> None:
    holds("c_bar", "h_bar * o * (1 - tanh(c)**2)")


def test_row_10_input_gate_gradient() -> None:
    holds("i_bar", "h_bar * o * (1 - tanh(c)**2) * g", "c_bar")


def test_row_11_candidate_gradient() -> None:
    holds("g_bar", "h_bar * o * (1 - tanh(c)**2) * i", "c_bar")


def test_row_12_forget_gate_gradient() -> None:
    holds("f_bar", "h_bar * o * (1 - tanh(c)**2) * c_prev", "c_bar")


def test_row_13_one_weight() -> None:
    holds(
        "w_ix_bar",
        "h_bar * o * (1 - tanh(c)**2) * g * i * (1 - i) * x",
        "c_bar",
        "i_bar",
        "z_i_bar",
    )
    inside = r"w_{ix} \, x^{(t)} + w_{ih} \, h^{(t-1)}"
    lines = derivation(steps("w_ix_bar", HOMEWORK, seeds={}))
    assert (
        rf"&= \bar{{i}}^{{(t)}} \, \sigma'({inside}) \, x^{{(t)}} \\[0.5em]" in lines.splitlines()
    )


@pytest.mark.parametrize("k", GATES)
@pytest.mark.parametrize("source", ["x", "h"])
def test_row_13_the_other_weights_the_same_way(k: str, source: str) -> None:
    slope = f"(1 - {k}**2)" if k == "g" else f"{k} * (1 - {k})"
    factor = {"i": "g", "g": "i", "f": "c_prev"}.get(k)
    to_gate = "h_bar * tanh(c)" if k == "o" else f"h_bar * o * (1 - tanh(c)**2) * {factor}"
    name, written_out = f"w_{k}{source}_bar", ("c_bar", f"{k}_bar", f"z_{k}_bar")
    holds(name, f"{to_gate} * {slope} * {'x' if source == 'x' else 'h_prev'}", *written_out)


def test_the_books_example_has_the_numbers_of_the_book() -> None:
    values = {name: float(value[0]) for name, value in witnesses.computed(EXAMPLE).items()}
    assert {n: round(values[n], 3) for n in ("i", "f", "o", "g", "c", "h", "L")} == {
        "i": 0.565, "f": 0.505, "o": 0.735, "g": -0.735, "c": -0.264, "h": -0.189, "L": 0.238,
    }  # fmt: skip
    assert {n: round(values[f"{n}_bar"], 3) for n in ("h", "o", "c", "i", "g", "f", "w_ix")} == {
        "h": -0.689, "o": 0.178, "c": -0.473, "i": 0.348, "g": -0.267, "f": -0.142, "w_ix": 0.103,
    }  # fmt: skip


def test_one_unit_is_the_equations_letters() -> None:
    p = one_unit(**{n: v for n, v in EXAMPLE.items() if n[:2] in ("w_", "b_")})
    assert {name: value.shape for name, value in p.items()} == shapes(1, 1)
    assert p["W_ix"][0, 0] == EXAMPLE["w_ix"] and p["b_g"][0] == EXAMPLE["b_g"]


def layer(D: int, H: int, seed: int) -> tuple[Values, Values]:
    rng = np.random.default_rng(seed)
    p = {name: rng.normal(size=shape) for name, shape in shapes(D, H).items()}
    at = dict(x=rng.normal(size=D), h_prev=rng.uniform(-1, 1, H), c_prev=rng.normal(size=H))
    return p, at


@pytest.mark.parametrize(("D", "H"), [(D, H) for D in range(1, 6) for H in range(1, 6)])
def test_a_layer_agrees_with_the_complex_step(D: int, H: int) -> None:
    """Every parameter and input, entry by entry, against the complex step of J.

    J = h_bar · h + c_bar_next · c with random h_bar and c_bar_next.
    """
    p, at = layer(D, H, seed=10 * D + H)
    rng = np.random.default_rng(D + 10 * H)
    h_bar, c_bar_next = rng.normal(size=H), rng.normal(size=H)
    bars = step_bar(p, step(p, **at), h_bar, c_bar_next)
    largest = max(np.abs(bar).max() for bar in (h_bar, c_bar_next, *bars.values()))
    for name, value in {**p, **at}.items():
        slope = np.empty(value.shape)
        for k in np.ndindex(value.shape):
            moved = value.astype(complex)
            moved[k] += 1e-30j
            s = step(
                {**p, name: moved} if name in p else p,
                **{**at, **({name: moved} if name in at else {})},
            )
            slope[k] = (h_bar @ s["h"] + c_bar_next @ s["c"]).imag / 1e-30
        bar = bars[f"{name.removesuffix('_prev')}_bar{'_prev' * name.endswith('_prev')}"]
        assert bar.shape == value.shape
        assert np.abs(bar - slope).max() <= 1e-13 * largest, name


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
