import numpy as np
import pytest

from lstm_edu.models import bptt
from lstm_edu.models.cell import shapes, step
from tests import oracle


def case(T, D, H, seed=0, every=True):
    """Parameters, xs, h0, c0, h_bar_loss, hT_bar, cT_bar, all drawn.

    There is a loss at every step or only at some.
    """
    rng = np.random.default_rng(seed)
    p = {name: rng.normal(size=shape) for name, shape in shapes(D, H).items()}
    h_bar_loss = rng.normal(size=(T, H)) * (
        np.ones((T, 1)) if every else rng.integers(0, 2, (T, 1))
    )
    return (
        p,
        rng.normal(size=(T, D)),
        *rng.normal(size=(2, H)),
        h_bar_loss,
        *rng.normal(size=(2, H)),
    )


def witness(p, xs, h0, c0, h_bar_loss, hT_bar, cT_bar):
    """The same gradients by autograd, by the same names."""
    upstream = dict(hs=h_bar_loss[:, None], ends=[(hT_bar[None], cT_bar[None])])
    (layer,), xs_bar, ((h0_bar, c0_bar),) = oracle.gradient(
        ([p], xs[:, None], [(h0[None], c0[None])]), upstream
    )
    grads = {f"{name}_bar": value for name, value in layer.items()}
    return dict(grads, xs_bar=xs_bar[:, 0], h0_bar=h0_bar[0], c0_bar=c0_bar[0])


def run(p, xs, h0, c0, h_bar_loss, hT_bar, cT_bar, carry=None):
    return bptt.backward(p, bptt.forward(p, xs, h0, c0), h_bar_loss, hT_bar, cT_bar, carry)


def test_the_tape_holds_what_the_cell_says_at_each_step():
    p, xs, h0, c0, *_ = case(4, 3, 2)
    tape = bptt.forward(p, xs, h0, c0)
    h, c = h0, c0
    for t, x in enumerate(xs):
        s = step(p, x, h, c)
        assert all(np.array_equal(tape[name][t], s[name]) for name in s)
        h, c = s["h"], s["c"]


def test_left_out_states_are_zeros():
    p, xs, *_ = case(3, 2, 2)
    zero, none = bptt.forward(p, xs, np.zeros(2), np.zeros(2)), bptt.forward(p, xs)
    assert all(np.array_equal(zero[name], none[name]) for name in zero)


def test_a_bar_is_the_loss_now_plus_what_the_future_sends():
    given = case(5, 2, 3)
    bars = run(*given)
    assert np.array_equal(bars["h_bar"], bars["h_bar_loss"] + bars["h_bar_next"])
    assert np.array_equal(bars["h_bar_next"][:-1], bars["h_bar_prev"][1:])
    assert np.array_equal(bars["c_bar_next"][:-1], bars["c_bar_prev"][1:])
    assert np.array_equal(bars["h_bar_next"][-1], given[5])
    assert np.array_equal(bars["c_bar_next"][-1], given[6])
    tape = bptt.forward(*given[:4])
    own = bars["h_bar"] * tape["o"] * (1 - np.tanh(tape["c"]) ** 2)
    np.testing.assert_allclose(
        bars["c_bar"][:-1], own[:-1] + bars["c_bar"][1:] * tape["f"][1:], rtol=1e-14
    )


def cut_by_definition(k, p, xs, h0, c0, h_bar_loss, hT_bar, cT_bar):
    """The truncated gradient as its docstring says it.

    Each loss stands alone, on its last k steps, from a state that is held.
    """
    tape = bptt.forward(p, xs, h0, c0)
    T = len(xs)
    total = {
        f"{name}_bar": np.zeros(shape) for name, shape in shapes(*xs.shape[1:], len(h0)).items()
    }
    total |= dict(xs_bar=np.zeros(xs.shape), h0_bar=np.zeros(h0.shape), c0_bar=np.zeros(c0.shape))
    for s in range(T):
        first = max(0, s - k + 1)
        part = [p, xs[first : s + 1], tape["h_prev"][first], tape["c_prev"][first]]
        alone = np.zeros((s + 1 - first, len(h0)))
        alone[-1] = h_bar_loss[s]
        last = s == T - 1
        bars = witness(*part, alone, hT_bar * last, cT_bar * last)
        for name in bars:
            if name == "xs_bar":
                total[name][first : s + 1] += bars[name]
            # else that state is inside, and held
            elif first == 0 or name not in ("h0_bar", "c0_bar"):
                total[name] = total[name] + bars[name]
    return total


@pytest.mark.parametrize("k", [1, 2, 3, 5, 6, 7, 100])
@pytest.mark.parametrize("every", [True, False])
def test_truncation_is_each_loss_flowing_back_through_k_steps(k, every):
    given = case(6, 2, 3, seed=k, every=every)
    got, want = run(*given, carry=k), cut_by_definition(k, *given)
    for name, value in want.items():
        np.testing.assert_allclose(
            got[name], value, rtol=0, atol=1e-13, err_msg=f"{name} at k = {k}"
        )


def test_carrying_all_steps_is_the_whole_gradient_to_the_last_bit():
    given = case(6, 2, 3)
    whole = run(*given)
    for k in (6, 7, 1000):
        cut = run(*given, carry=k)
        assert all(np.array_equal(cut[name], whole[name]) for name in whole)


def test_no_step_at_all_hands_back_what_came():
    p, xs, h0, c0, h_bar_loss, hT_bar, cT_bar = case(0, 2, 3)
    bars = run(p, xs, h0, c0, h_bar_loss, hT_bar, cT_bar)
    assert np.array_equal(bars["h0_bar"], hT_bar) and np.array_equal(bars["c0_bar"], cT_bar)
    assert not any(bars[f"{name}_bar"].any() for name in p)
    assert bars["xs_bar"].shape == (0, 2)


def test_nothing_given_is_written_to_and_nothing_returned_is_shared():
    given = case(4, 2, 3)
    for array in (*given[0].values(), *given[1:]):
        array.flags.writeable = False
    bars = run(*given)
    before = {name: value.copy() for name, value in bars.items()}
    owned = list(bars.values())
    assert not any(np.shares_memory(a, b) for a in owned for b in (*given[0].values(), *given[1:]))
    run(*given)
    assert all(np.array_equal(bars[name], before[name]) for name in bars)


def test_saturated_gates_and_huge_inputs_stay_finite():
    p, xs, h0, c0, *upstream = case(5, 2, 3)
    p = {name: value * 100 for name, value in p.items()}
    bars = run(p, xs * 1e4, h0, c0, *upstream)
    assert all(np.isfinite(value).all() for value in bars.values())


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (dict(xs=np.zeros((4, 5))), r"xs has shape \(4, 5\), expected \(T, D\) = \(4, 2\)"),
        (dict(xs=np.zeros(2)), r"xs has shape \(2,\), expected \(T, D\)"),
        (dict(xs=np.full((4, 2), np.nan)), "xs holds NaN"),
        (dict(h0=np.zeros(2)), r"h0 has shape \(2,\), expected \(H,\) = \(3,\)"),
        (dict(c0=np.zeros((1, 3))), r"c0 has shape \(1, 3\)"),
        (
            dict(h_bar_loss=np.zeros(3)),
            r"h_bar_loss has shape \(3,\), expected \(T, H\) = \(4, 3\)",
        ),
        (dict(hT_bar=np.full(3, np.inf)), "hT_bar holds NaN or infinity"),
        (dict(cT_bar=np.zeros(4)), r"cT_bar has shape \(4,\)"),
        (dict(carry=0), "carry is 0; give a whole number of steps from 1"),
        (dict(carry=1.5), "carry is 1.5"),
        (dict(p={}), "W_ix is missing"),
    ],
)
def test_what_does_not_fit_is_refused_with_a_sentence(change, message):
    names = ("p", "xs", "h0", "c0", "h_bar_loss", "hT_bar", "cT_bar")
    given = dict(zip(names, case(4, 2, 3), strict=True)) | change
    with pytest.raises(ValueError, match=message):
        run(**given)
