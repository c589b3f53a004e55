"""The browser's steps through time against NumPy's.

Every value and every gradient of every step is compared, whole and cut.
"""

from typing import Any

import numpy as np

from lstm_edu.models import bptt, rnn
from tests.close import assert_close
from tests.node import ask, ask_each

MODELS: dict[str, Any] = {"lstm": bptt, "rnn": rnn}
GATES = {"lstm": "ifog", "rnn": "h"}


def drawn(rng: np.random.Generator) -> dict[str, Any]:
    """A model, its weights, inputs and targets, a cut, and what arrives from beyond.

    A target is null where a step has no loss.
    """
    model, T = str(rng.choice([*MODELS])), int(rng.integers(1, 13))
    names = [name for k in GATES[model] for name in (f"w_{k}x", f"w_{k}h", f"b_{k}")]
    p = {
        name: float(rng.normal(scale=1.5))
        for name in [*names, "h_prev", *["c_prev"] * (model == "lstm")]
    }
    ys = [
        float(y) if keep else None
        for y, keep in zip(rng.normal(size=T), rng.random(T) < 0.5, strict=True)
    ]
    arriving = {"h_bar_next": float(rng.normal())} | (
        {"c_bar_next": float(rng.normal())} if model == "lstm" else {}
    )
    carry = None if rng.random() < 0.5 else int(rng.integers(1, T + 2))
    return dict(
        model=model, p=p, xs=rng.normal(size=T).tolist(), ys=ys, carry=carry, arriving=arriving
    )


def numpy_says(case: dict[str, Any]) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
    """The tape and the bars of the same case by NumPy."""
    p = {
        name.replace("w", "W"): np.array([[v]]) if name[0] == "w" else np.array([v])
        for name, v in case["p"].items()
    }
    start = [p.pop(name) for name in ("h_prev", "c_prev") if name in p]
    tape = MODELS[case["model"]].forward(p, np.array(case["xs"])[:, None], *start)
    goal = np.array(
        [h if y is None else y for y, h in zip(case["ys"], tape["h"][:, 0], strict=True)]
    )
    arriving = [np.array([bar]) for bar in case["arriving"].values()]
    bars = MODELS[case["model"]].backward(
        p, tape, tape["h"] - goal[:, None], *arriving, carry=case["carry"]
    )
    return tape, bars


def test_every_value_and_bar_of_every_step_is_numpys() -> None:
    rng = np.random.default_rng(7)
    cases = [drawn(rng) for _ in range(250)]
    answers = ask_each("tests/unrolled", "unrolled", cases)
    for case, answer in zip(cases, answers, strict=True):
        tape, bars = numpy_says(case)
        for name, values in tape.items():
            assert_close([v[name] for v in answer["tape"]], values, name, floor=1e-9)
        for name in answer["bars"][0].keys() - answer["sums"].keys() - {"c_bar_next"} | (
            {"c_bar_next"} & bars.keys()
        ):
            assert_close(
                [bar[name] for bar in answer["bars"]],
                bars[name.replace("x_bar", "xs_bar")],
                name,
                0.0,
                1e-9,
            )
        sums = {name.replace("W", "w"): bar for name, bar in bars.items() if name[0] in "Wb"}
        assert answer["sums"].keys() == sums.keys()
        for name, bar in sums.items():
            assert_close([answer["sums"][name]], bar, name, floor=1e-9)


def test_an_empty_run_is_empty() -> None:
    case = drawn(np.random.default_rng(1)) | dict(xs=[], ys=[], carry=None)
    answer = ask("tests/unrolled", "unrolled", case)
    assert answer == dict(tape=[], bars=[], sums={})
