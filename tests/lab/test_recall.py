"""The memory task: its gradients are those of bptt and rnn, and a cut one is truncated.

Training is the same each time.
"""

import numpy as np
import pytest

from lstm_edu.lab import recall
from lstm_edu.models import bptt, rnn

RNG = np.random.default_rng(3)


def parameters(gates):
    return {n: RNG.normal(size=(1, 1, 1)) for k in gates for n in (f"w_{k}x", f"w_{k}h", f"b_{k}")}


@pytest.mark.parametrize("model, module, gates", [("LSTM", bptt, "ifog"), ("RNN", rnn, "h")])
@pytest.mark.parametrize("k", [7, 3])
def test_its_gradients_are_those_of_the_numpy_model(model, module, gates, k):
    p, xs = parameters(gates), RNG.normal(size=(7, 1, 1))
    tape = recall._forward(model, p, xs)
    found = recall._backward(model, p, tape, tape["h"][-1] - 0.5, k)
    ours = {n.replace("w", "W"): a[0] if n[0] == "w" else a[0, 0] for n, a in p.items()}
    truth = module.forward(ours, xs[:, 0])
    loss = np.zeros((7, 1))
    loss[-1] = truth["h"][-1] - 0.5
    bars = module.backward(ours, truth, loss, carry=k)
    for name in p:
        assert found[name] == pytest.approx(
            bars[f"{name.replace('w', 'W')}_bar"].reshape(1, 1, 1), rel=1e-10
        ), name


def test_starts_do_not_talk_to_each_other_and_sequences_are_averaged():
    xs, y = recall._drawn(np.random.default_rng(0), T=3, S=2, B=4)
    assert xs.shape == (3, 2, 4) and sorted(y) == [-0.5, -0.5, 0.5, 0.5]
    assert np.abs(xs[0] - 2 * y).max() < 2 and np.abs(xs[1:]).mean() < 0.4
    p = {name: np.concatenate([a, 2 * a], axis=1) for name, a in parameters("h").items()}
    tape = recall._forward("RNN", p, xs)
    both = recall._backward("RNN", p, tape, tape["h"][-1] - y, 3)
    for s in 0, 1:
        one = {name: a[:, s : s + 1] for name, a in p.items()}
        tape = recall._forward("RNN", one, xs[:, s : s + 1])
        alone = recall._backward("RNN", one, tape, tape["h"][-1] - y, 3)
        assert all(both[name][:, s] == pytest.approx(alone[name][:, 0]) for name in p)


def test_biases_trained_side_by_side_are_each_trained_as_alone():
    how = dict(T=4, updates=30, S=3)
    found = recall.compared([0.0, 3.0], **how)
    for b_f, one in found.items():
        alone = recall.train("LSTM", b_f=b_f, **how)
        assert np.array_equal(one.loss, alone.loss) and np.array_equal(one.right, alone.right)
    assert not np.array_equal(found[0.0].loss, found[3.0].loss)


def test_guessing_solves_a_few_in_a_hundred_and_tiny_weights_say_less():
    assert 0.02 < np.mean(recall.guessed(T=20) >= 0.95) < 0.08
    assert np.mean(recall.guessed(T=20, within=0.1) >= 0.95) == 0


def test_an_easy_task_is_solved_and_the_loss_falls():
    easy = recall.train("LSTM", T=2, b_f=1.0, updates=200, S=6)
    assert easy.loss.shape == (200, 6) and easy.right.shape == (6,)
    assert easy.solved == 6 and np.all(easy.loss[-1] < easy.loss[0] / 5)


def test_without_an_update_nobody_has_solved_it_and_a_second_training_is_the_same():
    one, two = (recall.train("RNN", T=3, updates=1, S=4, seed=2) for _ in range(2))
    assert np.array_equal(one.right, two.right) and np.array_equal(one.loss, two.loss)


@pytest.mark.parametrize("bad", [dict(model="GRU"), dict(k=0), dict(T=5, k=6), dict(T=0)])
def test_bad_input_gets_a_sentence(bad):
    with pytest.raises(ValueError, match="give 'LSTM' or 'RNN', and 1 <= k <= T"):
        recall.train(**bad)
