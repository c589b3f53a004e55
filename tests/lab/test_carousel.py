"""The two lines of part (c): proved, and obeyed by runs of `bptt`.

They are within their bounds, and typed so.
"""

import re

import numpy as np
import pytest
from sympy import Symbol, expand, sympify, tanh

from lstm_edu.lab import carousel, measure, reach
from lstm_edu.models import bptt
from lstm_edu.text.equations import parse
from lstm_edu.text.proof import ProofError
from tests.tree import ROOT

BOX = re.compile(r"^````\{admonition\} Part \(c\), to copy\n(.*?)^````$", re.M | re.S)
SIGNS = [sign for line in carousel.CARRY.splitlines() for sign in re.findall(r" [-+] ", line)]


def turned(text: str, k: int) -> str:
    """The text with its k-th + or − turned round."""
    at = [m.start() + 1 for m in re.finditer(r" [-+] ", text)][k]
    return text[:at] + {"+": "-", "-": "+"}[text[at]] + text[at + 1 :]


def test_both_lines_are_proved_from_the_equations() -> None:
    carousel.prove()


@pytest.mark.parametrize("k", range(len(SIGNS)))
def test_no_sign_may_be_turned(k: int) -> None:
    with pytest.raises(
        ProofError, match=r"_bar_t = .* is wrong: less what BACKWARD gives, it leaves"
    ):
        carousel.prove(turned(carousel.CARRY, k))


def test_a_run_of_random_cells_obeys_them() -> None:
    case = measure.sequences(6, N=200)
    tape = bptt.forward(case["p"], case["xs"])
    bars = bptt.backward(case["p"], tape, case["h_bar_loss"])
    v = carousel.along(case["p"], tape, bars)
    for name in "h_bar", "c_bar":
        assert np.abs(v[f"{name}_t"] - bars[name][:-1]).max() < 1e-13 * np.abs(bars[name]).max()
    assert (
        v["eps"].shape == (5, 200) and (np.abs(v["c_bar_t"] - v["factor"] * v["c_bar"]) > 0).any()
    )


def test_the_bounds_hold_on_ten_thousand_states_and_are_close_on_some() -> None:
    v = carousel.bounded(10_000)
    assert v["eps"].shape == (10_000,)
    eps, delta = carousel.limits(v)
    assert (np.abs(v["eps"]) / eps).max() > 0.9 and (np.abs(v["delta"]) / delta).max() > 0.9
    shut = np.maximum.reduce([v["i"], v["o"], 1 - v["f"]]) < 0.02
    wide = np.abs([v[f"w_{k}h"] for k in "ifog"]).sum(axis=0) * np.maximum(1, np.abs(v["c_prev"]))
    assert shut.any() and np.all(np.abs(v["eps"])[shut] <= (0.02 * wide)[shut])


@pytest.mark.parametrize("name", ["i", "o"])
def test_a_bound_that_is_too_tight_is_found(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    real = carousel.limits
    monkeypatch.setattr(carousel, "limits", lambda v: real(v | {name: v[name] / 2}))
    with pytest.raises(
        AssertionError, match=r"(eps|delta) is .* in state \d+, and may be .* at most"
    ):
        carousel.bounded(1000)


def test_the_gates_of_the_carousel_make_the_carried_parts_small() -> None:
    p, xs = reach.unit(b_f=6, b_i=-6, b_o=-6), reach.wave(50)
    tape = bptt.forward(p, xs)
    v = carousel.along(p, tape, bptt.backward(p, tape, tape["h"] - 0.5))
    assert (
        np.abs(v["eps"]).max() < 0.008
        and np.abs(v["delta"]).max() < 0.0004
        and v["factor"].max() < 1
    )


# What the chapter types


def read(latex: str) -> dict[str, object]:
    """The five equations of the box by name, each as an expression in the names of `carousel`."""
    named = [
        (r"\\bar\{(\w)\}\^\{\(t\+1\)\}", r"\1_bar"), (r"\\bar\{(\w)\}\^\{\(t\)\}", r"\1_bar_t"),
        (r"\\tanh\^2 c\^\{\(t\)\}", "tanh(c_prev)^{2}"), (r"\\tanh\(c\)", "tanh(c)"),
        (r"o\^\{\(t\)\}", "o_prev"), (r"c\^\{\(t\)\}", "c_prev"), (r"\\ell\^\{\(t\)\}", "ell"),
        (r"\\epsilon", "eps"), (r"\\delta", "delta"), (r"w_\{(\w)h\}", r"w_\1h"),
        (r"\^\{?2\}?", "**2"), (r"\\,", " "),
    ]  # fmt: skip
    found = {}
    for formula in re.findall(r"\$\$([^$]+? = [^$]+?)\$\$", latex):
        for pattern, name in named:
            formula = re.sub(pattern, name, formula)
        left, right = formula.strip(" .,\n").split(" = ")
        product = re.sub(
            r"(?<=[\w)]) +(?=[\w(])", " * ", re.sub(r"(?<=[\w)])(?<!tanh)\(", " * (", right)
        )
        letters = {name: Symbol(name) for name in [*carousel.GIVEN, *carousel.MADE]}
        found[left] = sympify(product, {**letters, "tanh": tanh})
    return found


def test_the_chapter_types_what_is_proved() -> None:
    [box] = BOX.findall((ROOT / "book" / "carousel.md").read_text("utf-8"))
    typed, lines = read(box), parse(carousel.CARRY, [*carousel.GIVEN, *carousel.MADE])
    assert list(typed) == ["h_bar_t", "c_bar_t", "eps", "delta", "s"]
    inner = {Symbol(name): lines[name].expr for name in ("factor", "added")}
    for name, formula in typed.items():
        assert expand(formula - lines[name].expr.xreplace(inner)) == 0, name
