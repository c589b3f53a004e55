"""The browser's steps through time against NumPy's.

Every value and every gradient of every step is compared, whole and cut.
"""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from lstm_edu.models import bptt, rnn
from lstm_edu.widgets.kit import modules
from tests.widgets.living import node

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


def assert_close(said: list[float], wanted: np.ndarray, what: str) -> None:
    largest = np.abs(wanted).max(initial=1e-300)
    for mine, its in zip(said, wanted.ravel().tolist(), strict=True):
        assert abs(mine - its) <= 1e-12 * largest, f"{what}: the browser has {mine}, NumPy {its}"
        if abs(its) > 1e-9 * largest:  # a sum that cancels more than that has no six digits left
            assert mine == pytest.approx(its, rel=1e-6), what


def test_every_value_and_bar_of_every_step_is_numpys(tmp_path: Path) -> None:
    rng = np.random.default_rng(7)
    cases = [drawn(rng) for _ in range(250)]
    modules.write(tmp_path)
    answers = json.loads(
        node(Path(__file__).with_name("unrolled_node.mjs"), tmp_path, stdin=json.dumps(cases))
    )
    for case, answer in zip(cases, answers, strict=True):
        tape, bars = numpy_says(case)
        for name, values in tape.items():
            assert_close([v[name] for v in answer["tape"]], values, name)
        for name in answer["bars"][0].keys() - answer["sums"].keys() - {"c_bar_next"} | (
            {"c_bar_next"} & bars.keys()
        ):
            assert_close(
                [bar[name] for bar in answer["bars"]], bars[name.replace("x_bar", "xs_bar")], name
            )
        sums = {name.replace("W", "w"): bar for name, bar in bars.items() if name[0] in "Wb"}
        assert answer["sums"].keys() == sums.keys()
        for name, bar in sums.items():
            assert_close([answer["sums"][name]], bar, name)


def test_an_empty_run_is_empty(tmp_path: Path) -> None:
    modules.write(tmp_path)
    case = drawn(np.random.default_rng(1)) | dict(xs=[], ys=[], carry=None)
    [answer] = json.loads(
        node(Path(__file__).with_name("unrolled_node.mjs"), tmp_path, stdin=json.dumps([case]))
    )
    assert answer == dict(tape=[], bars=[], sums={})
