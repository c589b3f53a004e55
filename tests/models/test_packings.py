"""Other people's letters, checked with each author's own forward step.

On the arrays that we pack, it gives our numbers.
"""

import numpy as np
import pytest

from lstm_edu.course import letters
from lstm_edu.lab import measure
from lstm_edu.models import bptt, cell, packings

CASE = measure.drawn(bptt, T=4, D=3, H=2)
P, X, H_PREV, C_PREV = CASE["p"], CASE["xs"][0], CASE["h0"], CASE["c0"]
S = cell.step(P, X, H_PREV, C_PREV)


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def pytorch(q):
    z = q["weight_ih_l0"] @ X + q["bias_ih_l0"] + q["weight_hh_l0"] @ H_PREV + q["bias_hh_l0"]
    i, f, g, o = np.split(z, 4)
    c = sigmoid(f) * C_PREV + sigmoid(i) * np.tanh(g)
    return sigmoid(o) * np.tanh(c), c


def cs231n(q):
    ai, af, ao, ag = np.split(X @ q["Wx"] + H_PREV @ q["Wh"] + q["b"], 4)
    next_c = sigmoid(af) * C_PREV + sigmoid(ai) * np.tanh(ag)
    return sigmoid(ao) * np.tanh(next_c), next_c


def d2l(q):
    a = {k: X @ q[f"W_x{k}"] + H_PREV @ q[f"W_h{k}"] + q[f"b_{k}"] for k in "ifoc"}
    c = sigmoid(a["f"]) * C_PREV + sigmoid(a["i"]) * np.tanh(a["c"])
    return sigmoid(a["o"]) * np.tanh(c), c


def karpathy(q):
    ifog = np.concatenate([[1.0], X, H_PREV]) @ q["WLSTM"]
    d = len(ifog) // 4
    gates, g = sigmoid(ifog[: 3 * d]), np.tanh(ifog[3 * d :])
    c = gates[:d] * g + gates[d : 2 * d] * C_PREV
    return gates[2 * d :] * np.tanh(c), c


def coursera(q):
    concat = np.concatenate([H_PREV, X])[:, None]
    a = {k: q[f"W{k}"] @ concat + q[f"b{k}"] for k in "fico"}
    c = sigmoid(a["f"]) * C_PREV[:, None] + sigmoid(a["i"]) * np.tanh(a["c"])
    return (sigmoid(a["o"]) * np.tanh(c)).ravel(), c.ravel()


STEPS = {
    "PyTorch": pytorch,
    "CS231n": cs231n,
    "d2l": d2l,
    "Karpathy": karpathy,
    "Coursera": coursera,
}
EACH = pytest.mark.parametrize("whose", STEPS)


def test_every_author_is_tested():
    assert STEPS.keys() == packings.STYLES.keys()


@EACH
def test_their_own_step_on_our_numbers_gives_our_states(whose):
    h, c = STEPS[whose](packings.pack(P, whose))
    assert h == pytest.approx(S["h"], abs=1e-14) and c == pytest.approx(S["c"], abs=1e-14)


@EACH
def test_there_and_back_is_the_same(whose):
    back = packings.unpack(packings.pack(P, whose), whose)
    assert list(back) == list(P) and all(np.array_equal(back[name], P[name]) for name in P)


def test_both_biases_of_pytorch_count():
    theirs = packings.pack(P, "PyTorch")
    theirs["bias_hh_l0"] = theirs["bias_hh_l0"] + 1
    assert packings.unpack(theirs, "PyTorch")["b_o"] == pytest.approx(P["b_o"] + 1)


def test_packing_leaves_the_original_alone():
    theirs = packings.pack(P, "d2l")
    theirs["b_i"][:] = 7
    assert not np.any(P["b_i"] == 7)


def test_the_table_has_a_column_for_each_author_and_its_orders_are_those_of_the_arrays():
    table = letters.table()
    assert table.head[2:] == list(packings.STYLES) and all(
        len(row) == len(table.head) for row in table.rows
    )
    order = dict(zip(table.head, table.rows[-1], strict=True))
    b = dict(zip("ifog", (1.0, 2.0, 3.0, 4.0), strict=True))
    one = cell.one_unit(
        **{f"w_{k}{s}": 0.0 for k in "ifog" for s in "xh"}, **{f"b_{k}": b[k] for k in "ifog"}
    )
    for whose, array in {"PyTorch": "bias_ih_l0", "CS231n": "b", "Karpathy": "WLSTM"}.items():
        placed = packings.pack(one, whose)[array].ravel()[:4]
        assert [b[k] for k in order[whose].split(", ")] == placed.tolist(), whose
    for whose in "d2l", "Coursera":
        theirs = [n[-1] for n in packings.pack(one, whose) if n.lower().startswith("b")]
        assert order[whose].split(", ") == theirs


@pytest.mark.parametrize(
    "call, sentence",
    [
        (lambda: packings.pack(P, "Pytorch"), "did you mean 'PyTorch'"),
        (lambda: packings.unpack({}, "CS231n"), "Wx, Wh, b; Wx is missing"),
        (
            lambda: packings.unpack(packings.pack(P, "d2l") | {"W_q": 1}, "d2l"),
            "W_q is missing or is none of them",
        ),
        (
            lambda: packings.unpack(packings.pack(P, "CS231n") | {"b": np.zeros(5)}, "CS231n"),
            r"b has shape \(5,\), exp",
        ),
        (lambda: packings.unpack({"WLSTM": np.zeros(8)}, "Karpathy"), "it must be a matrix"),
        (lambda: packings.pack({}, "d2l"), "W_ix is missing"),
        (lambda: packings.unpack({}, "PyTorch"), "found nothing"),
    ],
)
def test_bad_input_gets_a_sentence(call, sentence):
    with pytest.raises(ValueError, match=sentence):
        call()
