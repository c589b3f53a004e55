"""Stacks, segments and PyTorch's layout."""

import tracemalloc
from itertools import pairwise

import numpy as np
import pytest

from lstm_edu.models import layers, lstm
from lstm_edu.models.cell import shapes


def case(T=9, B=3, sizes=(2, 4, 3), seed=0, mask=False, dtype=np.float64):
    """Layers, xs, h0, c0, mask and the loss's gradients by h, hT and cT.

    sizes = (D, H of layer 0, H of layer 1 …).
    """
    rng = np.random.default_rng(seed)
    ps = [
        {name: 0.5 * rng.normal(size=shape).astype(dtype) for name, shape in shapes(*pair).items()}
        for pair in pairwise(sizes)
    ]
    each = lambda: [rng.normal(size=(B, H)).astype(dtype) for H in sizes[1:]]  # noqa: E731
    seen = rng.random((T, B)) < 0.6 if mask else None
    xs, h_bar_loss = (rng.normal(size=(T, B, n)).astype(dtype) for n in (sizes[0], sizes[-1]))
    return dict(ps=ps, xs=xs, h0=each(), c0=each(), mask=seen), dict(
        h_bar_loss=h_bar_loss, hT_bar=each(), cT_bar=each()
    )


def run(given, upstream, **how):
    tape = layers.forward(**given, **how)
    return tape, layers.backward(given["ps"], tape, **upstream)


def leaves(tree):
    if isinstance(tree, dict):
        return [leaf for name in sorted(tree) for leaf in leaves(tree[name])]
    return (
        [leaf for branch in tree for leaf in leaves(branch)] if isinstance(tree, list) else [tree]
    )


def assert_equal(got, want, tolerance=0.0):
    size = max(np.abs(value).max(initial=0) for value in leaves(want))
    for a, b in zip(leaves(got), leaves(want), strict=True):
        assert a.shape == b.shape
        assert np.abs(a - b).max(initial=0) <= tolerance * size


def test_one_layer_is_lstm():
    given, upstream = case(sizes=(2, 4), mask=True)
    tape, bars = run(given, upstream)
    p, h0, c0 = given["ps"][0], given["h0"][0], given["c0"][0]
    alone = lstm.forward(p, given["xs"], h0, c0, given["mask"])
    want = lstm.backward(
        p, alone, upstream["h_bar_loss"], upstream["hT_bar"][0], upstream["cT_bar"][0]
    )
    assert_equal([tape["h"], tape["hT"], tape["cT"]], [alone["h"], [alone["hT"]], [alone["cT"]]])
    assert_equal(
        [bars["xs_bar"], bars["h0_bar"], bars["c0_bar"]],
        [want["xs_bar"], [want["h0_bar"]], [want["c0_bar"]]],
    )
    assert_equal(bars["p_bar"], [{f"{name}_bar": want[f"{name}_bar"] for name in p}])


def test_a_layer_hands_its_h_up_and_gets_the_gradient_of_it_back():
    given, upstream = case()
    tape, bars = run(given, upstream)
    low, high = given["ps"]
    below = lstm.forward(low, given["xs"], given["h0"][0], given["c0"][0])
    above = lstm.forward(high, below["h"], given["h0"][1], given["c0"][1])
    top = lstm.backward(
        high, above, upstream["h_bar_loss"], upstream["hT_bar"][1], upstream["cT_bar"][1]
    )
    bottom = lstm.backward(low, below, top["xs_bar"], upstream["hT_bar"][0], upstream["cT_bar"][0])
    assert_equal(tape["h"], above["h"])
    assert_equal(bars["xs_bar"], bottom["xs_bar"])
    assert_equal(bars["h0_bar"], [bottom["h0_bar"], top["h0_bar"]])
    assert_equal(bars["c0_bar"], [bottom["c0_bar"], top["c0_bar"]])


@pytest.mark.parametrize("segment", [0, 1, 2, 4, 9, 100])
@pytest.mark.parametrize("mask", [False, True])
def test_segments_change_no_gradient(segment, mask):
    given, upstream = case(mask=mask)
    (whole, want), (tape, got) = run(given, upstream), run(given, upstream, segment=segment)
    for name in ("h", "hT", "cT"):
        assert_equal(tape[name], whole[name])
    assert_equal(got, want, 1e-13)
    given |= dict(h0=None, c0=None)
    some = dict(h_bar_loss=None, hT_bar=None, cT_bar=[None, upstream["cT_bar"][1]])
    assert_equal(run(given, some, segment=segment)[1], run(given, some)[1], 1e-13)


@pytest.mark.parametrize("segment", [None, 0, 3])
def test_no_step_at_all_hands_back_what_came(segment):
    given, upstream = case(T=0)
    tape, bars = run(given, upstream, segment=segment)
    assert tape["h"].shape == (0, 3, 3) and bars["xs_bar"].shape == (0, 3, 2)
    assert_equal([tape["hT"], tape["cT"]], [given["h0"], given["c0"]])
    assert_equal([bars["h0_bar"], bars["c0_bar"]], [upstream["hT_bar"], upstream["cT_bar"]])
    assert not any(value.any() for value in leaves(bars["p_bar"]))


@pytest.mark.parametrize("segment", [None, 0])
def test_what_a_call_returned_is_never_changed_by_the_next(segment):
    given, upstream = case()
    tape, bars = run(given, upstream, segment=segment)
    returned = leaves([tape["h"], tape["hT"], tape["cT"], bars])
    before = [value.copy() for value in returned]
    other, up = case(seed=1)
    later, _ = run(other, up, segment=segment, reuse=tape)
    layers.backward(other["ps"], later, up["h_bar_loss"])
    assert all(np.array_equal(a, b) for a, b in zip(returned, before, strict=True))


@pytest.mark.parametrize("segment", [None, 2])
def test_a_reused_tape_changes_no_number(segment):
    given, upstream = case()
    _, want = run(given, upstream, segment=segment)
    for sizes in ((2, 4, 3), (2, 4), (2, 5, 3, 3)):
        old, _ = run(*case(seed=1, sizes=sizes))
        assert_equal(run(given, upstream, segment=segment, reuse=old)[1], want)


@pytest.mark.parametrize("segment", [None, 0])
def test_inputs_are_never_written_to(segment):
    given, upstream = case(mask=True)
    for value in (*leaves(given), *leaves(upstream)):
        value.flags.writeable = False
    run(given, upstream, segment=segment)


def peak(T, H, segment):
    """The most memory in use during forward and backward, in units of B·H numbers; and bars.

    What was given does not count.
    """
    given, upstream = case(T=T, B=1, sizes=(H, H))
    tracemalloc.start()
    _, bars = run(given, upstream, segment=segment)
    units = tracemalloc.get_traced_memory()[1] / (8 * H)
    tracemalloc.stop()
    return units, bars


def test_memory_is_linear_in_steps_and_with_segments_far_below():
    (whole, _), (more, _) = peak(2000, 32, None), peak(4000, 32, None)
    # a step's [x; 1; h] 2, i f o g c 5, z_bar 4, h 1 and xs_bar 1
    assert 12 < (more - whole) / 2000 < 14
    cut, _ = peak(4000, 32, 0)
    assert cut - 2 * 4000 < 60 * 4000**0.5  # beyond h and xs_bar, which are returned


@pytest.mark.prove
def test_ten_thousand_steps():
    T, H = 10_000, 32
    (whole, want), (cut, got) = peak(T, H, None), peak(T, H, 0)
    assert_equal(got, want, 1e-12)
    assert whole < 14 * T
    assert cut - 2 * T < 45 * T**0.5
    print(
        f"T = {T}, H = {H}: {whole:.0f} B·H numbers with the whole tape, "
        f"{cut:.0f} with segments of √T steps"
    )


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            dict(ps={}),
            r"ps must be a list of layers, each with its 12 parameters, \[p\] for a single one",
        ),
        (dict(ps=[]), "ps must be a list of layers"),
        (dict(h0=[None]), "h0 has 1 entries, expected 2"),
        (dict(hT_bar=[None] * 3), "hT_bar has 3 entries, expected 2"),
        (dict(segment=-1), "segment is -1; give a whole number of steps, 0 for about √T"),
        (dict(segment=2.5), "segment is 2.5"),
        (dict(h_bar_loss=np.zeros((8, 3, 3))), r"h_bar_loss .*has shape \(8, 3, 3\)"),
        (
            dict(h_bar_loss=np.zeros((8, 3, 3)), segment=0),
            r"h_bar_loss has shape \(8, 3, 3\), expected that of h",
        ),
        (dict(xs=np.zeros((9, 3))), r"xs has shape \(9, 3\), expected \(T, B, 2\)"),
        (dict(xs=np.zeros((9, 3)), segment=0), r"xs has shape \(\d, 3\), expected \(T, B, 2\)"),
    ],
)
def test_what_does_not_fit_is_refused_with_a_sentence(change, message):
    given, upstream = case()
    how = {"segment": None} | {name: change.pop(name) for name in ("segment",) if name in change}
    for name, value in change.items():
        (upstream if name in upstream else given)[name] = value
    with pytest.raises(ValueError, match=message):
        run(given, upstream, **how)


def test_layers_that_do_not_fit_on_each_other_are_refused():
    given, upstream = case()
    given["ps"].reverse()
    with pytest.raises(
        ValueError, match="layer 1 has D = 2 inputs, but layer 0 below it has H = 3 units"
    ):
        run(given, upstream)


def test_pytorchs_layout_has_the_gates_i_f_g_o_and_comes_back_whole():
    ps = case(sizes=(2, 3, 4))[0]["ps"]
    state = layers.to_pytorch(ps)
    assert list(state) == [
        f"{kind}_l{n}" for n in (0, 1) for kind in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
    ]
    assert state["weight_ih_l0"].shape == (12, 2) and state["weight_hh_l1"].shape == (16, 4)
    for j, k in enumerate("ifgo"):
        assert np.array_equal(state["weight_ih_l0"][3 * j : 3 * j + 3], ps[0][f"W_{k}x"])
        assert np.array_equal(state["weight_hh_l1"][4 * j : 4 * j + 4], ps[1][f"W_{k}h"])
        assert np.array_equal(state["bias_ih_l1"][4 * j : 4 * j + 4], ps[1][f"b_{k}"])
    assert_equal(layers.from_pytorch(state), ps)


def test_pytorchs_two_biases_are_added_and_may_be_missing():
    (p,) = case(sizes=(2, 3))[0]["ps"]
    state = layers.to_pytorch([p])
    state["bias_hh_l0"] = state["bias_ih_l0"] * 2
    (got,) = layers.from_pytorch(state)
    np.testing.assert_allclose(got["b_o"], 3 * p["b_o"], rtol=1e-15)
    (bare,) = layers.from_pytorch(
        {name: value for name, value in state.items() if "bias" not in name}
    )
    assert not bare["b_o"].any() and np.array_equal(bare["W_oh"], p["W_oh"])


def test_what_came_from_pytorch_is_a_copy():
    state = layers.to_pytorch(case(sizes=(2, 3))[0]["ps"])
    (p,) = layers.from_pytorch(state)
    assert not any(np.shares_memory(a, b) for a in p.values() for b in state.values())


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (dict(weight_hh_l0=None), "weight_hh_l0 is missing beside weight_ih_l0"),
        (dict(bias_hh_l0=None), "bias_hh_l0 is missing"),
        (dict(weight_ih_l0=None), "expected weight_ih_l0, weight_hh_l0"),
        (dict(weight_ih_l0_reverse=np.zeros(1)), r"found \['weight_ih_l0_reverse'\]"),
        (dict(weight_hr_l0=np.zeros(1)), r"found \['weight_hr_l0'\]"),
        (dict(weight_hh_l0=np.zeros((9, 3))), "layer 0 has .* expected 4H rows with H = 3"),
        (dict(bias_ih_l0=np.zeros(9)), "expected 4H rows with H = 3"),
    ],
)
def test_another_kind_of_state_dict_is_refused(change, message):
    state = layers.to_pytorch(case(sizes=(2, 3))[0]["ps"]) | change
    with pytest.raises(ValueError, match=message):
        layers.from_pytorch({name: value for name, value in state.items() if value is not None})
