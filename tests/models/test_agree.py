"""Every way to compute the same gradient, on configurations that hypothesis draws.

They agree, or a number says how far off.
`lstm` (stacked, with and without segments), `bptt`, complex steps,
`autograd`, and PyTorch where it is installed.
"""

from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lstm_edu.models import bptt, layers
from lstm_edu.models.cell import shapes
from tests import oracle


class Case(NamedTuple):
    """One configuration of a stack of layers.

    It has the layers ps, xs (T, B, D), states [(h0, c0), …], mask, and the loss's gradients.
    """

    ps: list
    xs: np.ndarray
    states: list
    mask: np.ndarray | None
    h_bar_loss: np.ndarray
    ends_bar: list


@st.composite
def cases(draw, most=8, steps=30, deep=3):
    T, B, D, L = (draw(st.integers(1, n)) for n in (steps, most, most, deep))
    sizes = [D, *(draw(st.integers(1, most)) for _ in range(L))]
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    size = draw(st.sampled_from([0.1, 0.5, 1.0]))
    ps = [
        {name: size * rng.normal(size=shape) for name, shape in shapes(*sizes[n : n + 2]).items()}
        for n in range(L)
    ]
    states = [
        tuple(draw(st.sampled_from([0.0, 1.0])) * rng.normal(size=(2, B, H))) for H in sizes[1:]
    ]
    mask = {
        "none": None,
        "lengths": np.arange(T)[:, None] < rng.integers(0, T + 1, B),
        "holes": rng.random((T, B)) < 0.7,
    }[draw(st.sampled_from(["none", "lengths", "holes"]))]
    lossy = {
        "every": np.ones(T),
        "last": np.arange(T) == T - 1,
        "some": rng.random(T) < 0.4,
        "none": np.zeros(T),
    }
    h_bar_loss = (
        rng.normal(size=(T, B, sizes[-1]))
        * lossy[draw(st.sampled_from(sorted(lossy)))][:, None, None]
    )
    ends_bar = [
        tuple(draw(st.sampled_from([0.0, 1.0])) * rng.normal(size=(2, B, H))) for H in sizes[1:]
    ]
    return Case(ps, rng.normal(size=(T, B, D)), states, mask, h_bar_loss, ends_bar)


def tree(p_bar, xs_bar, h0_bar, c0_bar):
    """All gradients in the form (layers, xs, states) that oracle.loss takes its inputs in."""
    named = [{name.removesuffix("_bar"): value for name, value in p.items()} for p in p_bar]
    return named, xs_bar, list(zip(h0_bar, c0_bar, strict=True))


def by_lstm(case, dtype=np.float64, segment=None):
    cast = lambda values: [value.astype(dtype) for value in values]  # noqa: E731
    h0, c0 = (cast(values) for values in zip(*case.states, strict=True))
    hT_bar, cT_bar = (cast(values) for values in zip(*case.ends_bar, strict=True))
    ps = [{name: value.astype(dtype) for name, value in p.items()} for p in case.ps]
    tape = layers.forward(ps, case.xs.astype(dtype), h0, c0, case.mask, segment)
    return tree(**layers.backward(ps, tape, case.h_bar_loss.astype(dtype), hT_bar, cT_bar))


def by_bptt(case):
    """Layer on layer, one sequence at a time, its hidden steps taken out."""
    p_bar = [{f"{name}_bar": np.zeros(value.shape) for name, value in p.items()} for p in case.ps]
    xs_bar = np.zeros(case.xs.shape)
    states_bar = [tuple(np.zeros((2, *h.shape))) for h, _ in case.states]
    for b in range(case.xs.shape[1]):
        seen = np.ones(len(case.xs), bool) if case.mask is None else case.mask[:, b]
        xs, tapes = case.xs[seen, b], []
        for p, (h0, c0) in zip(case.ps, case.states, strict=True):
            tapes.append(bptt.forward(p, xs, h0[b], c0[b]))
            xs = tapes[-1]["h"]
        from_above = case.h_bar_loss[seen, b]
        for n in reversed(range(len(tapes))):
            bars = bptt.backward(
                case.ps[n], tapes[n], from_above, *(value[b] for value in case.ends_bar[n])
            )
            from_above = bars["xs_bar"]
            states_bar[n][0][b], states_bar[n][1][b] = bars["h0_bar"], bars["c0_bar"]
            for name in p_bar[n]:
                p_bar[n][name] += bars[name]
        xs_bar[seen, b] = from_above
    return tree(p_bar, xs_bar, *zip(*states_bar, strict=True))


def by_autograd(case):
    return oracle.gradient(*asked(case))


def asked(case):
    """What oracle.loss takes: the inputs, the loss's gradients by the outputs, the mask."""
    return (case.ps, case.xs, case.states), dict(hs=case.h_bar_loss, ends=case.ends_bar), case.mask


def scale(case, gradients):
    """The largest gradient or upstream gradient: what an error is measured by."""
    return max(
        np.abs(value).max() for value in (*oracle.leaves(gradients), *oracle.leaves(asked(case)[1]))
    )


def assert_agree(case, got, want, tolerance, who):
    size = scale(case, want)
    for a, b in zip(oracle.leaves(got), oracle.leaves(want), strict=True):
        error = np.abs(a - b).max() / size if size else np.abs(a - b).max()
        assert error <= tolerance, f"{who}: {error:.1e} of {size:.1e}, allowed {tolerance}"


def all_agree(case, rng):
    want = by_lstm(case)
    assert_agree(case, by_bptt(case), want, 1e-12, "bptt")
    assert_agree(case, by_autograd(case), want, 1e-12, "autograd")
    assert_agree(case, by_lstm(case, segment=0), want, 1e-12, "lstm in segments")
    assert_agree(case, by_lstm(case, np.float32), want, 1e-4, "lstm in float32")
    inputs, upstream, mask = asked(case)
    for _ in range(8):
        way = [rng.normal(size=value.shape) for value in oracle.leaves(inputs)]
        length = np.sqrt(sum(np.sum(d**2) for d in way))
        way = [d / length for d in way]
        slope = sum(np.sum(g * d) for g, d in zip(oracle.leaves(want), way, strict=True))
        assert_agree(
            case, [oracle.along(inputs, way, upstream, mask)], [slope], 1e-12, "complex step"
        )


quiet = dict(deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


@pytest.mark.parametrize(
    "count",
    [8, pytest.param(60, marks=pytest.mark.slow), pytest.param(500, marks=pytest.mark.prove)],
)
def test_all_ways_to_the_gradient_agree(count):
    @settings(max_examples=count, **quiet)
    @given(case=cases(), seed=st.integers(0, 2**32 - 1))
    def agree(case, seed):
        all_agree(case, np.random.default_rng(seed))

    agree()


@settings(max_examples=30, **quiet)
@given(case=cases(most=3, steps=4, deep=2))
def test_every_single_number_has_the_slope_that_a_complex_step_finds(case):
    want = by_lstm(case)
    inputs, upstream, mask = asked(case)
    size = scale(case, want) or 1
    for j, (values, slopes) in enumerate(
        zip(oracle.leaves(inputs), oracle.leaves(want), strict=True)
    ):
        for place in np.ndindex(values.shape):
            way = [np.zeros(value.shape) for value in oracle.leaves(inputs)]
            way[j][place] = 1
            error = abs(oracle.along(inputs, way, upstream, mask) - slopes[place]) / size
            assert error <= 1e-12, f"input {j} at {place}: {error:.1e}"


@pytest.mark.slow
@settings(max_examples=60, **quiet)
@given(case=cases(), lengths=st.booleans())
@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::UserWarning")
def test_pytorch_agrees_where_it_is_installed(case, lengths):
    torch = pytest.importorskip("torch")
    (T, B, D), H = case.xs.shape, len(case.ps[0]["b_i"])
    if any(len(p["b_i"]) != H for p in case.ps):
        # PyTorch's layers have one H: keep the lowest alone
        case = case._replace(ps=case.ps[:1], states=case.states[:1], ends_bar=case.ends_bar[:1])
        case = case._replace(h_bar_loss=np.resize(case.h_bar_loss, (T, B, H)))
    ends = np.random.default_rng(T).integers(1, T + 1, B) if lengths else None
    case = case._replace(mask=None if ends is None else np.arange(T)[:, None] < ends)
    for dtype, tolerance in ((np.float64, 1e-12), (np.float32, 1e-4)):

        def tensor(value, dtype=dtype):
            return torch.tensor(np.asarray(value, dtype), requires_grad=True)

        net = torch.nn.LSTM(D, H, len(case.ps)).to(
            torch.float64 if dtype is np.float64 else torch.float32
        )
        net.load_state_dict(
            {name: torch.tensor(value) for name, value in layers.to_pytorch(case.ps).items()}
        )
        assert_agree(
            case,
            layers.from_pytorch({name: value.detach() for name, value in net.state_dict().items()}),
            case.ps,
            1e-7,
            "the weights, there and back,",
        )
        xs, h0, c0 = (
            tensor(case.xs),
            *(tensor(np.stack(values)) for values in zip(*case.states, strict=True)),
        )
        pack, unpack = (
            torch.nn.utils.rnn.pack_padded_sequence,
            torch.nn.utils.rnn.pad_packed_sequence,
        )
        given_xs = xs if ends is None else pack(xs, torch.tensor(ends), enforce_sorted=False)
        hs, (hT, cT) = net(given_xs, (h0, c0))
        hs = hs if ends is None else unpack(hs, total_length=T)[0]
        hT_bar, cT_bar = (np.stack(values) for values in zip(*case.ends_bar, strict=True))
        pairs = ((hs, case.h_bar_loss), (hT, hT_bar), (cT, cT_bar))
        sum((value * torch.tensor(bar.astype(dtype))).sum() for value, bar in pairs).backward()
        p_bar = layers.from_pytorch({name: value.grad for name, value in net.named_parameters()})
        for p in p_bar:
            # both biases have it
            p.update({name: value / 2 for name, value in p.items() if name.startswith("b")})
        got = tree(p_bar, xs.grad.numpy(), h0.grad.numpy(), c0.grad.numpy())
        assert_agree(case, got, by_lstm(case), tolerance, f"PyTorch in {np.dtype(dtype)}")
