import autograd.numpy as anp
import numpy as np
import pytest
from autograd import grad

from lstm_edu.models import rnn
from lstm_edu.text.equations import RNN_BACKWARD, RNN_FORWARD, parse
from lstm_edu.text.notation import RNN_NAMES
from lstm_edu.text.proof import ProofError, prove
from tests import mutants

LINES = parse(RNN_BACKWARD, RNN_NAMES)


def case(T, D=2, H=3, seed=0):
    rng = np.random.default_rng(seed)
    p = {name: rng.normal(size=shape) for name, shape in rnn.shapes(D, H).items()}
    return (
        p,
        rng.normal(size=(T, D)),
        rng.normal(size=H),
        rng.normal(size=(T, H)),
        rng.normal(size=H),
    )


def loss(inputs, h_bar_loss, hT_bar):
    p, xs, h = inputs
    total = 0.0
    for t in range(len(xs)):
        h = anp.tanh(anp.dot(p["W_hx"], xs[t]) + anp.dot(p["W_hh"], h) + p["b_h"])
        total = total + anp.sum(h * h_bar_loss[t])
    return total + anp.sum(h * hT_bar)


def witness(p, xs, h0, h_bar_loss, hT_bar):
    grads, xs_bar, h0_bar = grad(loss)((p, xs, h0), h_bar_loss, hT_bar)
    return {f"{name}_bar": value for name, value in grads.items()} | dict(
        xs_bar=xs_bar, h0_bar=h0_bar
    )


def run(p, xs, h0, h_bar_loss, hT_bar, carry=None):
    return rnn.backward(p, rnn.forward(p, xs, h0), h_bar_loss, hT_bar, carry)


@pytest.mark.parametrize("T", [1, 2, 9])
@pytest.mark.parametrize(("D", "H"), [(1, 1), (3, 2), (2, 5)])
def test_every_gradient_is_that_of_automatic_differentiation(T, D, H):
    given = case(T, D, H)
    got = run(*given)
    for name, value in witness(*given).items():
        np.testing.assert_allclose(got[name], value, rtol=1e-12, atol=1e-13, err_msg=name)


def test_a_bar_is_the_loss_now_plus_what_the_future_sends():
    bars = run(*case(5))
    assert np.array_equal(bars["h_bar"], bars["h_bar_loss"] + bars["h_bar_next"])
    np.testing.assert_allclose(bars["h_bar_next"][:-1], bars["h_bar_prev"][1:], rtol=1e-14)


@pytest.mark.parametrize("k", [1, 2, 4, 5, 6, 50])
def test_truncation_is_each_loss_flowing_back_through_k_steps(k):
    p, xs, h0, h_bar_loss, hT_bar = case(6, seed=k)
    held, want = rnn.forward(p, xs, h0)["h_prev"], None
    for s in range(6):
        first = max(0, s - k + 1)
        alone = np.zeros((s + 1 - first, 3))
        alone[-1] = h_bar_loss[s]
        bars = witness(p, xs[first : s + 1], held[first], alone, hT_bar * (s == 5))
        bars["xs_bar"] = np.pad(bars["xs_bar"], ((first, 5 - s), (0, 0)))
        bars["h0_bar"] = bars["h0_bar"] * (first == 0)
        want = bars if want is None else {name: want[name] + bars[name] for name in bars}
    got = run(p, xs, h0, h_bar_loss, hT_bar, carry=k)
    for name, value in want.items():
        np.testing.assert_allclose(got[name], value, rtol=0, atol=1e-13, err_msg=name)


def test_the_gradient_of_the_last_state_by_the_first_is_the_product_of_slopes():
    p = {"W_hx": np.array([[0.3]]), "W_hh": np.array([[2.0]]), "b_h": np.zeros(1)}
    tape = rnn.forward(p, np.sin(1.3 * np.arange(50))[:, None])
    bars = rnn.backward(p, tape, np.zeros((50, 1)), np.ones(1))
    np.testing.assert_allclose(bars["h0_bar"], np.prod(2 * (1 - tape["h"] ** 2)), rtol=1e-12)


def test_no_step_at_all_hands_back_what_came():
    p, xs, h0, h_bar_loss, hT_bar = case(0)
    bars = run(p, xs, h0, h_bar_loss, hT_bar)
    assert np.array_equal(bars["h0_bar"], hT_bar)
    assert bars["W_hx_bar"].shape == (3, 2) and not bars["W_hx_bar"].any()


def test_nothing_given_is_written_to_and_nothing_returned_is_shared():
    given = case(4)
    for array in (*given[0].values(), *given[1:]):
        array.flags.writeable = False
    tape = rnn.forward(*given[:3])
    returned = (*tape.values(), *rnn.backward(given[0], tape, *given[3:]).values())
    assert not any(
        np.shares_memory(a, b) for a in returned for b in (*given[0].values(), *given[1:])
    )


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (dict(p={}), "parameter W_hx is missing; a plain RNN has W_hx, W_hh, b_h"),
        (
            dict(p=dict(W_hx=np.zeros(3), W_hh=0, b_h=0)),
            r"W_hx has shape \(3,\); it must be a matrix \(H, D\)",
        ),
        (
            dict(p=dict(W_hx=np.zeros((3, 2)), W_hh=np.zeros((2, 2)), b_h=np.zeros(3))),
            r"W_hh has shape \(2, 2\), expected \(H, H\) = \(3, 3\)",
        ),
        (dict(xs=np.zeros((4, 5))), r"xs has shape \(4, 5\), expected \(T, D\) = \(4, 2\)"),
        (dict(h0=np.full(3, np.nan)), "h0 holds NaN"),
        (
            dict(h_bar_loss=np.zeros((3, 3))),
            r"h_bar_loss has shape \(3, 3\), expected \(T, H\) = \(4, 3\)",
        ),
        (dict(hT_bar=np.zeros(2)), r"hT_bar has shape \(2,\)"),
        (dict(carry=0), "carry is 0"),
    ],
)
def test_what_does_not_fit_is_refused_with_a_sentence(change, message):
    given = dict(zip(("p", "xs", "h0", "h_bar_loss", "hT_bar"), case(4), strict=True)) | change
    with pytest.raises(ValueError, match=message):
        run(**given)


@pytest.mark.parametrize("name", LINES)
def test_every_broken_line_of_the_plain_rnn_is_named(name: str) -> None:
    prove(RNN_FORWARD, RNN_BACKWARD, RNN_NAMES)
    for text in mutants.of(LINES[name].text):
        with pytest.raises(ProofError, match=rf"^{name} = "):
            lines = [f"{n} = {text if n == name else line.text}" for n, line in LINES.items()]
            prove(RNN_FORWARD, "\n".join(lines), RNN_NAMES)
