"""Cases: one form for what the four models take, and their losses and gradients in it."""

import math

import numpy as np
import pytest

from lstm_edu.lab import cases
from lstm_edu.models import bptt, cell, layers, lstm, rnn

MODELS = list(cases.MODELS.values())


@pytest.mark.parametrize("model", MODELS, ids=list(cases.MODELS))
def test_a_drawn_case_is_what_the_model_takes(model):
    case = cases.drawn(model, T=4, D=2, H=3)
    grads = cases.gradients(model, case)
    paths = list(cases.paths(grads))
    assert len(paths) == {bptt: 15, rnn: 5, lstm: 15, layers: 29}[model]
    assert all(np.shape(cases.at(grads, path)) == np.shape(cases.at(case, path)) for path in paths)


@pytest.mark.parametrize("model", MODELS, ids=list(cases.MODELS))
def test_the_upstream_gradients_are_the_gradients_of_the_loss(model):
    """The loss is linear in them: it is what they are when h, hT and cT are put in their place."""
    case = cases.drawn(model)
    tape = cases.forward(model, case)
    doubled = case | {
        name: [2 * a for a in v] if isinstance(v, list) else 2 * v
        for name, v in case.items()
        if "bar" in name
    }
    assert cases.loss(model, doubled) == pytest.approx(2 * cases.loss(model, case), rel=1e-12)
    only = case | {
        name: [0 * a for a in v] if isinstance(v, list) else 0 * v
        for name, v in case.items()
        if "T_bar" in name
    }
    assert cases.loss(model, only) == pytest.approx(
        np.sum(case["h_bar_loss"] * tape["h"]), rel=1e-12
    )


@pytest.mark.parametrize("model", [lstm, layers])
@pytest.mark.parametrize("hidden", ["nothing", "ends", "a whole sequence"])
def test_the_loss_by_bptt_is_the_models_own(model, hidden):
    case = cases.drawn(model, T=5, B=3)
    mask = np.ones((5, 3), bool)
    if hidden == "ends":
        mask[3:, 1] = mask[0, 2] = False
    elif hidden == "a whole sequence":
        mask[:, 0] = False
    case["mask"] = mask
    complex_case = dict(case, xs=case["xs"] + 0j)
    assert cases.loss(model, complex_case) == pytest.approx(cases.loss(model, case), rel=1e-12)


def test_a_path_is_read_and_written_and_nothing_else_changes():
    case = cases.drawn(layers)
    new = cases.put(case, ("p", 1, "W_ix"), "here")
    assert cases.at(new, ("p", 1, "W_ix")) == "here"
    assert isinstance(case["p"][1]["W_ix"], np.ndarray)
    assert cases.at(new, ("p", 0, "W_ix")) is case["p"][0]["W_ix"]
    assert cases.bar(("p", 1, "W_ix")) == "W_ix_bar of layer 1" and cases.bar(("xs",)) == "xs_bar"


@pytest.mark.parametrize("losses", ["every", "last"])
def test_units_that_do_not_talk_are_cells_of_their_own(losses):
    N, T = 3, 4
    case = cases.sequences(T, N, losses, b_f=1.0)
    together = cases.forward(bptt, case)
    bars = cases.gradients(bptt, case)
    for n in range(N):
        p = {
            name: a[n : n + 1, n : n + 1] if name[0] == "W" else a[n : n + 1]
            for name, a in case["p"].items()
        }
        assert {name: a.shape for name, a in p.items()} == cell.shapes(1, 1)
        one = dict(p=p, xs=case["xs"][:, n : n + 1], h_bar_loss=case["h_bar_loss"][:, n : n + 1])
        assert cases.forward(bptt, one)["h"][:, 0] == pytest.approx(together["h"][:, n], abs=1e-15)
        assert cases.gradients(bptt, one)["p"]["W_ix"][0, 0] == pytest.approx(
            bars["p"]["W_ix"][n, n], abs=1e-15
        )
    assert (
        bool(case["h_bar_loss"][:-1].any()) == (losses == "every") and case["h_bar_loss"][-1].all()
    )


def test_a_bias_is_added_to_the_forget_gates_alone():
    plain, open_ = cases.sequences(2, 5), cases.sequences(2, 5, b_f=3.0)
    moved = {name for name in plain["p"] if not np.array_equal(plain["p"][name], open_["p"][name])}
    assert moved == {"b_f"} and np.allclose(open_["p"]["b_f"] - plain["p"]["b_f"], 3)


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (
            lambda: cases.drawn(math),
            r"is no model; give one of the modules bptt, rnn, lstm, layers",
        ),
        (lambda: cases.forward(cell, cases.drawn(bptt)), "is no model"),
        (
            lambda: cases.sequences(3, losses="first"),
            "losses is 'first'; a loss stands at every step or at the last",
        ),
    ],
)
def test_bad_input_gets_a_sentence(call, sentence):
    with pytest.raises(ValueError, match=sentence):
        call()
