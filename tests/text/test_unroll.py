import numpy as np
import pytest
from sympy import Symbol, exp

from lstm_edu.models import bptt
from lstm_edu.models.cell import one_unit
from lstm_edu.text import unroll
from lstm_edu.text.equations import BACKWARD, FORWARD, inputs, parse
from lstm_edu.text.functions import sigma
from lstm_edu.text.proof import ProofError

WEIGHTS = [v for v in inputs(parse(FORWARD)) if v[0] in "wb"]


def numbers(T, weights=None, seed=0):
    """Inputs for T steps, by the unrolled program's names, and every value that they lead to."""
    rng = np.random.default_rng(seed)
    given = {name: rng.normal() for name in inputs(unroll.unrolled(T))} | (weights or {})
    values = {Symbol(name): value for name, value in given.items()}
    for name, line in unroll.unrolled(T).items():
        values[Symbol(name)] = float(
            line.expr.xreplace(values).replace(sigma, lambda z: 1 / (1 + exp(-z)))
        )
    return values


def value(e, values):
    return float(e.xreplace(values))


def test_two_steps_are_the_cells_equations_with_numbers_on():
    program = unroll.unrolled(2, losses=[2])
    assert program["z_i_1"].text == "w_ix * x_1 + w_ih * h_0 + b_i"
    assert program["z_i_2"].text == "w_ix * x_2 + w_ih * h_1 + b_i"
    assert program["c_2"].text == "f_2 * c_1 + i_2 * g_2"
    assert list(program)[-2:] == ["L_2", "L"] and "L_1" not in program
    assert unroll.unrolled(2)["L"].text == "L_1 + L_2"


@pytest.mark.parametrize(
    ("T", "of", "to", "count"),
    [
        (2, "c_0", "h_2", 5),
        (2, "h_0", "h_2", 19),
        (3, "h_0", "h_3", 91),
        (3, "w_ix", "h_3", 30),
        (2, "c_1", "c_2", 4),
    ],
)
def test_the_number_of_paths(T, of, to, count):
    found = unroll.paths(T, of, to)
    assert len({path.names for path in found}) == len(found) == count
    assert all(path.names[0] == of and path.names[-1] == to for path in found)


def test_the_derivative_of_c_by_the_c_before_is_f_and_three_more_paths():
    ones = dict.fromkeys(WEIGHTS, 1.0) | {name: 0.0 for name in WEIGHTS if name.startswith("b")}
    values = numbers(2, ones | dict(x_1=0.5, x_2=0.5, h_0=0.0, c_0=0.3))
    terms = {path.names: value(path.term, values) for path in unroll.paths(2, "c_1", "c_2")}
    assert terms["c_1", "c_2"] == values[Symbol("f_2")] == pytest.approx(0.685, abs=5e-4)
    assert sum(terms.values()) == pytest.approx(1.004, abs=5e-4)


@pytest.mark.parametrize(
    ("T", "losses", "count"),
    [
        (1, [1], 21),
        pytest.param(2, [2], 116, marks=pytest.mark.slow),
        pytest.param(2, [1, 2], 137, marks=pytest.mark.slow),
    ],
)
def test_the_recurrence_is_the_direct_derivative_term_by_term(T, losses, count):
    assert unroll.prove(T, losses) == count


@pytest.mark.prove
@pytest.mark.parametrize("losses", [[3], [1, 2, 3]])
def test_the_recurrence_is_the_direct_derivative_term_by_term_for_three_steps(losses):
    assert unroll.prove(3, losses) == {1: 571, 3: 708}[len(losses)]


BROKEN = {
    "h_bar = h_bar_loss + h_bar_next": ["h_bar = h_bar_loss", "h_bar = h_bar_loss - h_bar_next"],
    "(1 - tanh(c)**2) + c_bar_next": ["(1 - tanh(c)**2)", "(1 - tanh(c)**2) + 2 * c_bar_next"],
    "c_bar_prev = c_bar * f": ["c_bar_prev = c_bar"],
    " + z_o_bar * w_oh": [""],
}


@pytest.mark.parametrize(
    ("line", "broken"), [(line, broken) for line, all_ in BROKEN.items() for broken in all_]
)
def test_a_broken_carry_is_found(monkeypatch, line, broken):
    assert BACKWARD.count(line) == 1
    monkeypatch.setattr(unroll, "BACKWARD", BACKWARD.replace(line, broken))
    with pytest.raises(
        ProofError, match="carried through 2 steps, less the direct derivative, leaves"
    ):
        unroll.prove(2)


def test_a_broken_partial_is_found_and_its_path_named(monkeypatch):
    real = unroll.partials

    def broken(program):
        edges = real(program)
        edges["c_2"]["c_1"] *= 2
        return edges

    monkeypatch.setattr(unroll, "partials", broken)
    with pytest.raises(
        ProofError,
        match=r"the path w_ix → z_i_1 → i_1 → c_1 → c_2 → h_2 → L_2 → L: its term is off by",
    ):
        unroll.prove(2)


def test_a_missing_path_is_found(monkeypatch):
    real = unroll.paths
    monkeypatch.setattr(unroll, "paths", lambda *args, **how: real(*args, **how)[1:])
    with pytest.raises(ProofError, match="w_ix: no path makes this part of the direct derivative"):
        unroll.prove(2)


@pytest.mark.parametrize("losses", [[1, 2, 3], [3], [1, 3]])
def test_what_is_carried_in_symbols_is_what_bptt_computes(losses):
    values = numbers(3)
    at = {str(name): number for name, number in values.items()}
    p = one_unit(**{name: at[name] for name in WEIGHTS})
    stack = lambda name: np.array([[at[f"{name}_{t}"]] for t in (1, 2, 3)])  # noqa: E731
    tape = bptt.forward(p, stack("x"), np.array([at["h_0"]]), np.array([at["c_0"]]))
    np.testing.assert_allclose(tape["h"], stack("h"), rtol=1e-12)
    lossy = np.isin([[1], [2], [3]], losses)
    got = bptt.backward(p, tape, lossy * (stack("h") - stack("y")))
    bars = {name: value(e, values) for name, e in unroll.carried(3, losses).items()}
    for name in WEIGHTS:
        assert got[f"{name.replace('w', 'W')}_bar"].item() == pytest.approx(
            bars[name], rel=1e-10, abs=1e-15
        ), name
    for t in (1, 2, 3):
        for name in ("h", "c", "i", "z_g"):
            assert got[f"{name}_bar"][t - 1, 0] == pytest.approx(
                bars[f"{name}_{t}"], rel=1e-10, abs=1e-15
            )
        assert got["xs_bar"][t - 1, 0] == pytest.approx(bars[f"x_{t}"], rel=1e-10, abs=1e-15)
    assert got["h0_bar"].item() == pytest.approx(bars["h_0"], rel=1e-10)
    assert got["c0_bar"].item() == pytest.approx(bars["c_0"], rel=1e-10)


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (
            lambda: unroll.unrolled(2, []),
            r"losses are \[\]; name at least one step, each from 1 to T = 2",
        ),
        (lambda: unroll.unrolled(2, [0, 1]), r"losses are \[0, 1\]"),
        (lambda: unroll.unrolled(0), "from 1 to T = 0"),
        (lambda: unroll.direct(2, "w_iy"), "unknown input 'w_iy'; did you mean 'w_i[xh]'"),
        (lambda: unroll.direct(2, "h_1"), "unknown input 'h_1'"),
        (lambda: unroll.paths(2, "c_7"), "unknown name 'c_7'"),
    ],
)
def test_what_is_not_there_is_refused_with_a_sentence(ask, message):
    with pytest.raises(ValueError, match=message):
        ask()
