"""How far back a derivative reaches.

Derivatives through time are held against differences, products against factors, cuts against bptt.
"""

import numpy as np
import pytest

from lstm_edu.lab import measure, reach
from lstm_edu.models import bptt, cell, rnn

XS = reach.wave(12)
RANDOM = cell.one_unit(**{n: w for n, w in cell.EXAMPLE.items() if n[0] in "wb"})


def pushed(p, xs, of, by, eps):
    """`of` at the end when `by` at the start is eps, from a forward pass alone."""
    model = rnn if "W_hh" in p else bptt
    return model.forward(p, xs, **{f"{by}0": np.array([eps])})[of][-1]


@pytest.mark.parametrize("of, by", ["cc", "ch", "hc", "hh"])
def test_the_derivative_of_the_last_state_by_the_first_is_what_a_push_does(of, by):
    push = (pushed(RANDOM, XS, of, by, 1e-5) - pushed(RANDOM, XS, of, by, -1e-5)) / 2e-5
    assert reach.back(RANDOM, XS, of, by)[0] == pytest.approx(push, rel=1e-6)


def test_the_plain_rnn_is_the_product_of_its_slopes():
    p = reach.plain(1.3, 0.7, 0.2)
    factors = 1.3 * (1 - rnn.forward(p, XS)["h"] ** 2)
    assert reach.back(p, XS)[0] == pytest.approx(factors.prod(), rel=1e-12)
    assert reach.back(p, XS)[-2] == pytest.approx(factors[-1], rel=1e-12)
    assert reach.back(p, XS)[-1] == 1 and len(reach.back(p, XS)) == 13


def test_an_earlier_state_is_reached_by_the_shorter_sequence():
    s = bptt.forward(RANDOM, XS)
    tail = bptt.backward(
        RANDOM, {n: a[5:] for n, a in s.items()}, np.zeros((7, 1)), cT_bar=np.ones(1)
    )
    assert reach.back(RANDOM, XS, "c")[5] == pytest.approx(tail["c0_bar"], rel=1e-12)


def test_the_product_of_forget_gates_is_the_whole_where_the_other_ways_are_cut():
    p = RANDOM | {f"W_{k}h": np.zeros((1, 1)) for k in "ifog"}
    assert reach.forget_product(p, XS) == pytest.approx(reach.back(p, XS, "c"), rel=1e-12)
    assert abs(reach.forget_product(RANDOM, XS)[0] / reach.back(RANDOM, XS, "c")[0] - 1) > 0.1


def test_a_half_life_halves():
    assert 0.9 ** reach.half_life(0.9) == pytest.approx(0.5)
    assert reach.half_life(0.5) == pytest.approx(1) and reach.half_life(1.0) == np.inf


def test_a_chunk_as_long_as_the_sequence_is_the_whole_gradient_and_single_steps_carry_nothing():
    case = measure.sequences(9, N=3)
    tape = bptt.forward(case["p"], case["xs"])
    given = (case["p"], tape, case["h_bar_loss"])
    for k, carry in (9, None), (20, None), (1, 1):
        whole = bptt.backward(*given, carry=carry)
        found = reach.chunked(*given, k)
        assert all(np.allclose(found[name], whole[name], rtol=1e-12, atol=1e-15) for name in found)
    by_hand = bptt.backward(case["p"], {n: a[6:] for n, a in tape.items()}, case["h_bar_loss"][6:])[
        "b_f_bar"
    ]
    by_hand = (
        by_hand
        + bptt.backward(case["p"], {n: a[:6] for n, a in tape.items()}, case["h_bar_loss"][:6])[
            "b_f_bar"
        ]
    )
    assert reach.chunked(*given, 6)["b_f_bar"] == pytest.approx(by_hand)


def test_clipping_shortens_and_never_turns():
    case = measure.drawn(bptt, T=6, D=1, H=1)
    bars = bptt.backward(case["p"], bptt.forward(case["p"], case["xs"]), case["h_bar_loss"])
    whole, short = (measure.flat(b) for b in (bars, reach.clipped(bars, 0.1)))
    assert np.linalg.norm(short) == pytest.approx(0.1)
    assert short @ whole == pytest.approx(np.linalg.norm(short) * np.linalg.norm(whole))
    assert np.array_equal(measure.flat(reach.clipped(bars, 1e9)), whole)
    zero = {name: 0 * bar for name, bar in bars.items()}
    assert not measure.flat(reach.clipped(zero, 1.0)).any()


def test_clipping_inside_leaves_small_messages_alone_and_turns_the_rest():
    case = measure.drawn(bptt, T=9, D=1, H=1)
    given = (case["p"], bptt.forward(case["p"], case["xs"]), case["h_bar_loss"])
    whole = bptt.backward(*given)
    calm, cut = reach.clipped_inside(*given, 1e9), reach.clipped_inside(*given, 0.2)
    assert (
        all(calm[name] == pytest.approx(whole[name], rel=1e-12) for name in calm)
        and len(calm) == 12
    )
    assert reach.turned(cut, whole).degrees > 1
    # the loss's own part counts no more
    tiny = reach.clipped_inside(*given[:2], given[2] * 1e9, 1e-3)
    assert np.abs(tiny["b_o_bar"]).max() < 9 * 1e-3


def test_an_arrow_is_turned_by_its_angle_and_its_length_is_a_ratio():
    case = measure.sequences(9, N=5, b_f=2)
    given = (case["p"], bptt.forward(case["p"], case["xs"]), case["h_bar_loss"])
    whole, short = bptt.backward(*given), bptt.backward(*given, carry=2)
    degrees, length = reach.turned(short, whole)
    error, cosine = measure.distance(short, whole)
    assert np.cos(np.radians(degrees)) == pytest.approx(cosine)
    assert length**2 - 2 * length * cosine + 1 == pytest.approx(error**2)  # the law of cosines
    back, halved = (reach.turned({n: k * a for n, a in whole.items()}, whole) for k in (-1, 0.5))
    assert back.degrees == pytest.approx(180) and halved.length == pytest.approx(0.5)
    assert np.abs(halved.degrees).max() < 1e-12


@pytest.mark.parametrize(
    "call, sentence",
    [
        (lambda: reach.back(reach.plain(), XS, "c"), "'c' is no state of this model; it has h"),
        (lambda: reach.back(RANDOM, XS, "c", "x"), "'x' is no state of this model; it has c and h"),
        (lambda: reach.half_life(0.0), "above 0 and at most 1"),
        (lambda: reach.half_life(1.5), "above 0 and at most 1"),
        (
            lambda: reach.chunked(RANDOM, bptt.forward(RANDOM, XS), np.zeros((12, 1)), 0),
            "at least 1",
        ),
        (lambda: reach.clipped({}, 0.0), "give a number above 0"),
        (
            lambda: reach.clipped_inside({}, {}, np.zeros((2, 1)), 0),
            "the bound is 0; give a number above 0",
        ),
        (lambda: reach.unit(b_z=1.0), "unknown parameter 'b_z'"),
    ],
)
def test_bad_input_gets_a_sentence(call, sentence):
    with pytest.raises(ValueError, match=sentence):
        call()
