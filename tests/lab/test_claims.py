"""What the chapters on memory say in words, held against the numbers that they speak of."""

import numpy as np
import pytest

from lstm_edu.lab import measure, reach
from lstm_edu.models import bptt, cell, layers, rnn

WAVE, FAR = reach.wave(50), reach.wave(100)


def start(p, xs, of="h"):
    return abs(reach.back(p, xs, of)[0].item())


def many(w, N=100):
    units = dict(W_hx=np.eye(N), W_hh=w * np.eye(N), b_h=np.zeros(N))
    return abs(reach.back(units, np.random.default_rng(0).normal(size=(50, N)))[0])


def test_forgetting_not_one_of_a_hundred_explodes_but_silence_does_and_a_whisper_ends_it():
    assert not any((many(w) > 1).any() for w in (1.1, 1.5, 2.0, 5.0))
    assert np.median(many(2.0)) < 1e-9 * np.median(many(1.0))
    whisper = np.zeros((50, 1))
    assert start(reach.plain(2.0), whisper) == 2.0**50
    whisper[0] = 1e-6
    assert start(reach.plain(2.0), whisper) < 1e-10


def test_carousel_zero_biases_forget_like_a_plain_rnn():
    assert 1 < start(reach.unit(), WAVE, "c") / start(reach.plain(), WAVE) < 100


def test_carousel_a_message_is_nearly_half_after_a_hundred_steps_and_stays_off_h():
    p = reach.unit(b_f=5, b_i=-5, b_o=-5)
    assert 0.4 < start(p, FAR, "c") < 0.5
    bars = bptt.backward(p, bptt.forward(p, FAR), np.zeros((100, 1)), cT_bar=np.ones(1))
    assert abs(bars["h_bar"][49]) < 0.01 * abs(bars["c_bar"][49])


def test_truncation_segments_are_exact_and_zeros_at_a_border_are_not():
    case = measure.drawn(layers, T=60, B=2, D=3, H=4, L=1)
    one, two = (
        layers.backward(
            case["p"], layers.forward(case["p"], case["xs"], segment=n), case["h_bar_loss"]
        )["p_bar"][0]
        for n in (None, 8)
    )
    assert all(np.abs(one[n] - two[n]).max() < 1e-12 * np.abs(one[n]).max() for n in one)
    p = cell.one_unit(**{n: w for n, w in cell.EXAMPLE.items() if n[0] in "wb"} | {"b_f": 3.0})
    gap = bptt.forward(p, WAVE)["h"][29] - bptt.forward(p, WAVE[25:])["h"][4]
    assert abs(gap) > 0.01


def test_forgetting_a_settled_memory_has_a_flat_gradient():
    h = rnn.forward(reach.plain(2.0), np.zeros((200, 1)), h0=np.array([0.1]))["h"][-1, 0]
    assert h == pytest.approx(0.957, abs=1e-3) and 2 * (1 - h**2) == pytest.approx(0.17, abs=5e-3)


def test_truncation_doubling_k_shows_how_far_the_arrow_still_turns():
    cells = measure.sequences(50, N=100, b_f=3)
    given = cells["p"], bptt.forward(cells["p"], cells["xs"]), cells["h_bar_loss"]
    turn = [
        np.median(reach.turned(*(bptt.backward(*given, carry=n) for n in (k, 2 * k))).degrees)
        for k in (1, 5, 20)
    ]
    assert turn[0] > turn[1] > turn[2]


def test_what_stops_and_what_drops_a_complex_number() -> None:
    floats, z, n = np.zeros(1), np.array([0.5 + 1e-30j]), 0.5 + 1e-30j
    put = floats.__setitem__
    for drop in (
        lambda: z.astype(float),
        lambda: put(slice(None), z),
        lambda: put(0, z[0]),
        lambda: float(z[0]),
    ):
        with pytest.warns(np.exceptions.ComplexWarning):
            drop()
    for stop in (lambda: put(0, n), lambda: float(n), lambda: n > 0):
        with pytest.raises(TypeError):
            stop()
