"""The fast layer against `bptt`, in every shape and on every kind of array that it may be given.

Longer than 300 lines because one fixture and one reference serve all of them.
"""

import numpy as np
import pytest

from lstm_edu.models import bptt, lstm
from lstm_edu.models.cell import shapes

NAMES = ("p", "xs", "h0", "c0", "mask", "h_bar_loss", "hT_bar", "cT_bar")


def case(T=6, B=3, D=2, H=4, seed=0, dtype=np.float64, mask=None, size=1.0):
    """Every input of a layer, by name, drawn; mask None, "lengths" or "holes"."""
    rng = np.random.default_rng(seed)
    draw = lambda *shape: (size * rng.normal(size=shape)).astype(dtype)  # noqa: E731
    seen = {
        "lengths": np.arange(T)[:, None] < rng.integers(0, T + 1, B),
        "holes": rng.random((T, B)) < 0.6,
    }.get(mask)
    p = {name: draw(*shape) for name, shape in shapes(D, H).items()}
    values = (p, draw(T, B, D), draw(B, H), draw(B, H), seen, draw(T, B, H), draw(B, H), draw(B, H))
    return dict(zip(NAMES, values, strict=True))


def run(p, xs, h0, c0, mask, h_bar_loss, hT_bar, cT_bar, reuse=None):
    tape = lstm.forward(p, xs, h0, c0, mask, reuse)
    return tape, lstm.backward(p, tape, h_bar_loss, hT_bar, cT_bar)


def by_bptt(p, xs, h0, c0, mask, h_bar_loss, hT_bar, cT_bar):
    """The same states and gradients from `bptt`, one sequence at a time.

    A hidden step is taken out.
    """
    T, B, _ = xs.shape
    h, hT, cT = np.zeros(h_bar_loss.shape), np.zeros(h0.shape), np.zeros(c0.shape)
    bars = {f"{name}_bar": np.zeros(np.shape(value)) for name, value in p.items()}
    bars |= dict(xs_bar=np.zeros(xs.shape), h0_bar=np.zeros(h0.shape), c0_bar=np.zeros(c0.shape))
    for b in range(B):
        seen = np.ones(T, bool) if mask is None else mask[:, b]
        tape = bptt.forward(p, xs[seen, b], h0[b], c0[b])
        one = bptt.backward(p, tape, h_bar_loss[seen, b], hT_bar[b], cT_bar[b])
        h[seen, b] = tape["h"]
        hT[b], cT[b] = (tape["h"][-1], tape["c"][-1]) if seen.any() else (h0[b], c0[b])
        for name in p:
            bars[f"{name}_bar"] += one[f"{name}_bar"]
        bars["xs_bar"][seen, b], bars["h0_bar"][b], bars["c0_bar"][b] = (
            one["xs_bar"],
            one["h0_bar"],
            one["c0_bar"],
        )
    return dict(h=h, hT=hT, cT=cT), bars


def assert_equal(got, want, tolerance):
    size = max([1e-300, *(np.abs(value).max(initial=0) for value in want.values())])
    for name, value in want.items():
        assert got[name].shape == value.shape, name
        error = np.abs(got[name] - value).max(initial=0) / size
        assert error <= tolerance, f"{name}: {error:.1e} of the largest value, allowed {tolerance}"


@pytest.mark.parametrize("mask", [None, "lengths", "holes"])
@pytest.mark.parametrize(("dtype", "tolerance"), [(np.float64, 1e-13), (np.float32, 1e-4)])
@pytest.mark.parametrize(
    ("T", "B", "D", "H"),
    [
        (1, 1, 1, 1),
        (7, 1, 3, 2),
        (2, 5, 1, 4),
        (9, 3, 5, 1),
        (0, 2, 2, 3),
        (4, 2, 0, 3),
        (4, 0, 2, 3),
        (40, 40, 2, 64),
    ],
)
def test_states_and_gradients_are_those_of_bptt(T, B, D, H, dtype, tolerance, mask):
    given = case(T, B, D, H, dtype=dtype, mask=mask, size=0.5)
    tape, bars = run(**given)
    exact = {
        n: {k: w.astype(float) for k, w in v.items()} if n == "p" else v for n, v in given.items()
    }
    states, want = by_bptt(**exact)
    assert_equal(tape, states, tolerance)
    assert_equal(bars, want, tolerance)
    assert all(bars[name].dtype == dtype for name in want)


def test_blocks_of_steps_do_not_show(monkeypatch):
    given = case(T=11, mask="holes")
    _, want = run(**given)
    for block in (1, 8 * 12, 8 * 36, 8 * 100):
        monkeypatch.setattr(lstm, "BLOCK", block)
        _, got = run(**given)
        assert all(np.array_equal(got[name], want[name]) for name in want)


def test_what_is_left_out_is_zeros():
    given = case()
    zeros = {
        name: np.zeros_like(given[name]) for name in ("h0", "c0", "h_bar_loss", "hT_bar", "cT_bar")
    }
    for name in zeros:
        (_, want), (_, got) = run(**given | {name: zeros[name]}), run(**given | {name: None})
        assert all(np.array_equal(got[key], want[key]) for key in want), name


def test_a_hidden_step_may_hold_anything_and_says_nothing():
    given = case(mask="lengths", seed=3)
    hidden = ~given["mask"]
    assert hidden.any() and not hidden.all()
    tape, want = run(**given)
    assert not tape["h"][hidden].any() and not want["xs_bar"][hidden].any()
    for name in ("xs", "h_bar_loss"):
        padded = given[name].copy()
        padded[hidden] = np.nan
        _, got = run(**given | {name: padded})
        assert all(np.array_equal(got[key], want[key]) for key in want), name


def test_a_mask_that_hides_everything_hands_the_states_through():
    given = case() | dict(mask=np.zeros((6, 3), bool))
    tape, bars = run(**given)
    assert np.array_equal(tape["hT"], given["h0"]) and np.array_equal(tape["cT"], given["c0"])
    assert np.array_equal(bars["h0_bar"], given["hT_bar"]) and np.array_equal(
        bars["c0_bar"], given["cT_bar"]
    )
    assert not any(bars[f"{name}_bar"].any() for name in given["p"])
    assert not tape["h"].any() and not bars["xs_bar"].any()


def test_a_mask_that_hides_nothing_changes_nothing():
    given = case()
    (_, want), (_, got) = run(**given), run(**given | dict(mask=np.ones((6, 3), bool)))
    assert all(np.array_equal(got[name], want[name]) for name in want)


def arrays(given):
    return [
        *given["p"].values(),
        *(value for name, value in given.items() if name != "p" and value is not None),
    ]


@pytest.mark.parametrize("mask", [None, "holes"])
def test_read_only_and_scattered_arrays_are_read_right_and_never_written_to(mask):
    given = case(mask=mask)
    _, want = run(**given)

    def scattered(value):
        if value is None:
            return None
        wide = np.zeros(tuple(3 * n for n in value.shape), value.dtype)
        view = np.asfortranarray(wide)[tuple(slice(1, None, 3) for _ in value.shape)]
        view[...] = value
        view.flags.writeable = False
        return view

    strange = {
        name: {k: scattered(w) for k, w in value.items()} if name == "p" else scattered(value)
        for name, value in given.items()
    }
    _, got = run(**strange)
    assert_equal(got, want, 1e-14)
    for a, b in zip(arrays(strange), arrays(given), strict=True):
        assert np.array_equal(a, b)


@pytest.mark.parametrize("reuse", [False, True])
def test_what_a_call_returned_is_never_changed_by_the_next(reuse):
    tape, bars = run(**case(seed=1))
    returned = {name: tape[name] for name in ("h", "hT", "cT")} | bars
    before = {name: value.copy() for name, value in returned.items()}
    given = case(seed=2)
    again, later = run(**given, reuse=tape if reuse else None)
    lstm.backward(given["p"], again, given["h_bar_loss"])
    assert all(np.array_equal(returned[name], before[name]) for name in returned)
    kept = [again["h"], again["hT"], again["cT"], *later.values()]
    assert not any(
        np.shares_memory(a, b) for a in returned.values() for b in (*kept, *arrays(given))
    )


def test_two_tapes_live_side_by_side_and_a_tape_serves_twice():
    one, two = case(seed=1), case(seed=2)
    _, want = run(**one)
    tape = lstm.forward(one["p"], one["xs"], one["h0"], one["c0"])
    run(**two)
    for _ in range(2):
        got = lstm.backward(one["p"], tape, one["h_bar_loss"], one["hT_bar"], one["cT_bar"])
        assert all(np.array_equal(got[name], want[name]) for name in want)


@pytest.mark.parametrize(
    "other", [{}, dict(T=5), dict(B=2), dict(H=3), dict(dtype=np.float32), dict(mask="holes")]
)
def test_a_reused_tape_changes_no_number_and_cannot_be_used_by_mistake(other):
    old, _ = run(**case(seed=1))
    given = case(seed=2, **other)
    (_, want), (_, got) = run(**given), run(**given, reuse=old)
    assert all(np.array_equal(got[name], want[name]) for name in want)
    with pytest.raises(
        ValueError, match=r"memory went to a later forward\(reuse=...\); call backward before"
    ):
        lstm.backward(given["p"], old)


def test_a_reused_tape_of_the_same_size_is_used():
    old, _ = run(**case(seed=1))
    memory = old["ifogc"]
    new, _ = run(**case(seed=2), reuse=old)
    assert new["ifogc"] is memory


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("mask", [None, "holes"])
@pytest.mark.parametrize(
    "change",
    [
        lambda v: v * 0,
        lambda v: v * 1e-310,
        lambda v: v * np.array(1e-40, v.dtype),
        lambda v: v * 1000,
        lambda v: np.sign(v) * 1e4,
    ],
    ids=["zeros", "float64 denormals", "float32 denormals", "saturated", "1e4"],
)
def test_extreme_numbers_give_finite_gradients_that_are_those_of_bptt(change, dtype, mask):
    given = case(dtype=dtype, mask=mask)
    for changed in ({"xs"}, {"p"}, {"h0", "c0"}, {"xs", "p"}, {"h_bar_loss", "hT_bar", "cT_bar"}):
        these = {
            n: v if n not in changed or n == "p" else change(v).astype(dtype)
            for n, v in given.items()
        }
        if "p" in changed:
            these["p"] = {n: change(w).astype(dtype) for n, w in given["p"].items()}
        tape, bars = run(**these)
        exact = {
            n: {k: w.astype(float) for k, w in v.items()} if n == "p" else v
            for n, v in these.items()
        }
        states, want = by_bptt(**exact)
        assert all(np.isfinite(value).all() for value in bars.values())
        if dtype is np.float64:
            assert_equal(tape, states, 1e-12)
            assert_equal(bars, want, 1e-12)


@pytest.mark.parametrize(
    ("change", "error", "message"),
    [
        (dict(xs=np.zeros((6, 3))), ValueError,
         r"xs has shape \(6, 3\), expected \(T, B, 2\): steps, sequences"),
        (dict(xs=np.zeros((6, 3, 5))), ValueError,
         r"xs has shape \(6, 3, 5\), expected \(T, B, 2\)"),
        (dict(xs=np.zeros((6, 3, 2), int)), TypeError,
         "xs is int64, expected float64; convert it with .astype"),
        (dict(xs=np.zeros((6, 3, 2), np.float32)), TypeError, "xs is float32, expected float64"),
        (dict(xs=np.zeros((6, 3, 2), complex)), TypeError, "xs is complex128"),
        (dict(xs=np.full((6, 3, 2), np.nan)), ValueError, "xs holds NaN or infinity"),
        (dict(h0=np.zeros((1, 4))), ValueError,
         r"h0 \(B, H\) has shape \(1, 4\), expected \(3, 4\)"),
        (dict(c0=np.zeros(4)), ValueError, r"c0 \(B, H\) has shape \(4,\)"),
        (dict(c0=np.full((3, 4), np.inf)), ValueError, r"c0 \(B, H\) holds NaN or infinity"),
        (dict(mask=np.ones((6, 3))), TypeError, r"mask \(T, B\) is float64, expected bool"),
        (dict(mask=np.ones((3, 6), bool)), ValueError,
         r"mask \(T, B\) has shape \(3, 6\), expected \(6, 3\)"),
        (dict(h_bar_loss=np.zeros((3, 4))), ValueError,
         r"h_bar_loss \(T, B, H\) has shape \(3, 4\), expected"),
        (dict(h_bar_loss=np.full((6, 3, 4), np.nan)), ValueError, "h_bar_loss holds NaN"),
        (dict(hT_bar=np.zeros((3, 4), np.float16)), TypeError, r"hT_bar \(B, H\) is float16"),
        (dict(cT_bar=np.zeros((4, 3))), ValueError, r"cT_bar \(B, H\) has shape \(4, 3\)"),
        (dict(W_oh=None), ValueError,
         "parameter W_oh is missing; a layer has W_ix, W_ih, b_i, W_fx"),
        (dict(W_ix=np.zeros(4)), ValueError,
         r"W_ix has shape \(4,\); it must be a matrix \(H, D\)"),
        (dict(W_ix=np.zeros((4, 2), int)), TypeError,
         "W_ix is int64; the layer computes in float32 or float64"),
        (dict(W_ix=np.zeros((4, 2), np.float16)), TypeError, "W_ix is float16"),
        (dict(W_fh=np.zeros((4, 2))), ValueError, r"W_fh has shape \(4, 2\), expected \(4, 4\)"),
        (dict(b_g=np.zeros(4, np.float32)), TypeError, "b_g is float32, expected float64"),
        (dict(b_g=np.array([0, 0, np.nan, 0])), ValueError, "b_g holds NaN or infinity"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused_with_a_sentence(change, error, message):
    given = case()
    for name, value in change.items():
        if name in given:
            given[name] = value
        elif value is None:
            del given["p"][name]
        else:
            given["p"][name] = value
    with pytest.raises(error, match=message):
        run(**given)


def test_a_tape_of_another_layer_is_refused():
    tape, _ = run(**case())
    with pytest.raises(ValueError, match=r"the tape, a row for \[x; 1; h_prev\], has shape"):
        lstm.backward(case(H=5)["p"], tape)


def test_a_refused_call_takes_nothing_from_the_tape_it_may_reuse():
    given = case()
    tape, want = run(**given)
    with pytest.raises(ValueError):
        run(**given | dict(h0=np.zeros((1, 1))), reuse=tape)
    got = lstm.backward(given["p"], tape, given["h_bar_loss"], given["hT_bar"], given["cT_bar"])
    assert all(np.array_equal(got[name], want[name]) for name in want)
