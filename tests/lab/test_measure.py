"""Measuring gradients: every model passes its check, and what is wrong does not.

A V has the slopes that it should.
"""

import numpy as np
import pytest

from lstm_edu.lab import cases, measure
from lstm_edu.models import bptt, layers, lstm, rnn


@pytest.mark.parametrize("model", [bptt, rnn, lstm, layers])
def test_every_model_passes_with_one_call(model):
    report = measure.gradient_check(model)
    assert all(
        float(step) <= 1e-13 and float(differences) <= 1e-9
        for _, _, step, differences in report.rows
    )
    assert len(report.rows) == len(list(cases.paths(cases.gradients(model, cases.drawn(model)))))


@pytest.mark.parametrize("model", [lstm, layers])
def test_hidden_steps_and_float32_are_checked_too(model):
    mask = np.array([[True, True], [True, False], [False, False]])
    measure.gradient_check(model, dict(measure.drawn(model, T=3), mask=mask))
    report = measure.gradient_check(model, measure.drawn(model, T=3, dtype=np.float32))
    assert 1e-9 < max(float(row[2]) for row in report.rows) < 1e-5


def test_large_arrays_are_checked_along_random_directions():
    case = measure.drawn(lstm, T=6, B=3, D=5, H=7)
    checked = {
        row[0].strip("`"): row[1] for row in measure.gradient_check(lstm, case, directions=3).rows
    }
    assert (
        checked["W_ix_bar"] == "all 35"
        and checked["W_ih_bar"] == "3 directions of 49"
        and checked["xs_bar"] == "3 directions of 90"
    )


@pytest.mark.parametrize("model", [bptt, rnn, lstm, layers])
@pytest.mark.parametrize("size", [dict(), dict(H=8)])
def test_one_wrong_number_is_found_and_named(model, size):
    case = measure.drawn(model, **size)
    path = {layers: ("p", 1), bptt: (), lstm: (), rnn: ()}[model]
    name = "W_hh" if model is rnn else "W_gh"

    def spoilt(*args, **kwargs):
        bars = model.backward(*args, **kwargs)
        layer = bars["p_bar"][1] if path else bars
        layer[f"{name}_bar"] = layer[f"{name}_bar"].copy()
        layer[f"{name}_bar"][1, 0] += 1e-6
        return bars

    with pytest.raises(
        AssertionError, match=rf"^{name}_bar.* by the given backward, .* by the complex step"
    ):
        measure.gradient_check(model, case, backward=spoilt)


@pytest.mark.parametrize("name", ["xs_bar", "h0_bar", "c0_bar"])
def test_wrong_ends_are_found_too(name):
    def spoilt(*args, **kwargs):
        return {
            key: 1.001 * v if key == name else v
            for key, v in bptt.backward(*args, **kwargs).items()
        }

    with pytest.raises(AssertionError, match=f"^{name} is "):
        measure.gradient_check(bptt, backward=spoilt)


def test_a_gradient_that_is_no_number_does_not_pass():
    def spoilt(*args, **kwargs):
        return {
            key: np.nan * v if key == "b_f_bar" else v
            for key, v in bptt.backward(*args, **kwargs).items()
        }

    with pytest.raises(AssertionError):
        measure.gradient_check(bptt, backward=spoilt)


def test_a_report_is_a_table_with_a_row_for_every_gradient():
    table = measure.gradient_check(rnn)
    assert [row[0] for row in table.rows] == [
        f"`{name}_bar`" for name in ("W_hx", "W_hh", "b_h", "xs", "h0")
    ]
    assert table.caption.startswith("`rnn` passes") and table.rows[1][1] == "all 9"


def gradient(case):
    return measure.flat(
        bptt.backward(
            case["p"], cases.forward(bptt, case), case["h_bar_loss"], case["hT_bar"], case["cT_bar"]
        )
    )


def test_flat_is_in_the_order_of_numerical():
    case = measure.drawn(bptt, T=4, D=2, H=3)
    assert (
        measure.flat(bptt.backward(case["p"], cases.forward(bptt, case), case["h_bar_loss"])).size
        == 72
    )
    assert measure.numerical(case, 1e-30, "complex") == pytest.approx(gradient(case), abs=1e-14)
    assert np.array_equal(measure.flat(measure.gradients(bptt, case)), gradient(case))


@pytest.mark.parametrize(("scheme", "order"), [("one-sided", 1), ("central", 2), ("complex", 2)])
def test_the_error_falls_with_the_order_of_the_scheme(scheme, order):
    case = measure.drawn(bptt, T=4, D=1, H=1)
    coarse, fine = measure.vcurve(gradient(case), case, np.array([1e-2, 1e-3]), scheme)
    assert np.log10(coarse / fine) == pytest.approx(order, abs=0.1)


def test_differences_lose_digits_where_the_complex_step_loses_none():
    case = measure.drawn(bptt, T=4, D=1, H=1)
    tiny = np.array([1e-12, 1e-30])
    assert measure.vcurve(gradient(case), case, tiny[:1])[0] > 1e-7
    assert measure.vcurve(gradient(case), case, tiny, "complex").max() < 1e-15


def test_a_wrong_formulas_v_has_a_floor():
    case = measure.drawn(bptt, T=4, D=1, H=1)
    eps = np.array([1e-3, 1e-5, 1e-7])
    wrong = gradient(case) * np.where(np.arange(12) == 3, 1.01, 1)
    errors = measure.vcurve(wrong, case, eps)
    floor = 0.01 * abs(gradient(case)[3]) / np.linalg.norm(wrong)
    assert errors == pytest.approx(floor, rel=1e-2)


def test_distance_is_relative_and_the_cosine_blind_to_length():
    case = measure.sequences(6, 4)
    right = bptt.backward(case["p"], cases.forward(bptt, case), case["h_bar_loss"])
    twice = {name: 2 * a for name, a in right.items()}
    error, cosine = measure.distance(twice, right)
    assert error == pytest.approx(np.ones(4)) and cosine == pytest.approx(np.ones(4))
    minus = measure.distance({name: -a for name, a in right.items()}, right)
    assert minus.error == pytest.approx(2 * np.ones(4)) and minus.cosine == pytest.approx(
        -np.ones(4)
    )


@pytest.mark.parametrize("losses", ["every", "last"])
def test_a_cut_gradient_is_exact_where_nothing_is_cut_off(losses):
    assert np.all(measure.cut(measure.sequences(1, 5, losses), 1).error == 0)
    assert np.all(measure.cut(measure.sequences(7, 5, losses), 7).error == 0)
    one, two, six = (
        np.median(measure.cut(measure.sequences(7, 50, losses), k).error) for k in (1, 2, 6)
    )
    assert one > two > six > 0


def test_an_unknown_scheme_gets_a_sentence():
    with pytest.raises(ValueError, match="did you mean 'central'"):
        measure.numerical(measure.drawn(bptt, D=1, H=1), 1e-5, "centrall")
