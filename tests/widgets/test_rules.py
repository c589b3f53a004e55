"""Every figure holds every trait to one rule, in Python and in the browser alike."""

import json
from typing import Any

import pytest
import traitlets

from lstm_edu.widgets import WIDGETS, Carousel, Cell, Paths, Time, VCurve
from lstm_edu.widgets.kit import modules
from lstm_edu.widgets.kit.base import Graph, Widget, own
from lstm_edu.widgets.kit.traits import rule
from tests.node import ask

FIGURES = [figure for figure in WIDGETS if hasattr(figure, "values")]
STRANGE: list[Any] = [None, "<img src=x>", [1.0], {"a": 1.0}]  # no number, no word, no switch
RULES = [
    pytest.param(figure, name, rule(trait), id=f"{figure.__name__}, {name}")
    for figure in FIGURES
    for name, trait in own(figure).items()
    if rule(trait)
]


def beyond(held: dict[str, Any]) -> list[Any]:
    """Values that a rule does not allow."""
    match held["kind"]:
        case "number" | "whole":
            far = [held["low"] - 1, held["high"] + 0.01, "#NaN", "#Infinity", 10**400, True]
            return [*STRANGE, *far, "1", *[held["low"] + 0.5] * (held["kind"] == "whole")]
        case "numbers":
            count = held["count"]
            far = [[0.0] * (count + 1), [0.0] * (count - 1) + ["#NaN"], [held["low"] - 1] * count]
            return [*STRANGE[:2], STRANGE[3], *far]
        case "word":
            return [*STRANGE, "constructor", held["words"][-1] + "s"]
        case "switch":
            return [*STRANGE, "true"]
    return [None, 1.0, "abc"]


def within(held: dict[str, Any]) -> list[Any]:
    """The values at the ends of what a rule allows."""
    match held["kind"]:
        case "number" | "whole":
            return [held["low"], held["high"]]
        case "numbers":
            return [[held["low"]] * held["count"], [held["high"]] * held["count"]]
        case "word":
            return held["words"]
        case "switch":
            return [False, True]
    return [[]]


def folder(figure: type[Widget]) -> str:
    return figure.module.partition("/")[0]


def complaint(figure: type[Widget], state: dict[str, Any]) -> str:
    return ask(f"{folder(figure)}/numbers", "complaint", state)


@pytest.mark.parametrize(("figure", "name", "held"), RULES)
def test_what_a_rule_does_not_allow_is_refused_with_a_sentence(
    figure: type[Widget], name: str, held: dict[str, Any]
) -> None:
    made = figure()
    before, first = getattr(made, name), made.first
    for value in beyond(held):
        in_python = json.loads(json.dumps(value).replace('"#', '"').replace('"NaN"', "NaN"))
        in_python = float("inf") if in_python == "Infinity" else in_python
        with pytest.raises(traitlets.TraitError, match=name):
            setattr(made, name, in_python)
        assert getattr(made, name) == before
        if not isinstance(value, int) or value < 1e300:  # JSON has no such number
            said = complaint(figure, first | {name: value})
            assert said.startswith(f"This figure cannot be drawn: {name} is "), value
            assert "It must be " in said and said.endswith(".") and len(said) < 260, said


@pytest.mark.parametrize(("figure", "name", "held"), RULES)
def test_what_a_rule_allows_is_taken(figure: type[Widget], name: str, held: dict[str, Any]) -> None:
    made = figure()
    for value in within(held):
        setattr(made, name, value)
        said = complaint(figure, made.first | {name: value})
        assert not said or (held["kind"] == "whole" and " is " in said), said  # of another T


@pytest.mark.parametrize("figure", FIGURES)
def test_a_sentence_stands_in_the_place_of_the_figure(figure: type[Widget]) -> None:
    html = ask(figure.module, "still", figure().first | {next(iter(own(figure))): "<img src=x>"})
    assert 'role="alert">This figure cannot be drawn: ' in html and "is &lt;img src=x&gt;." in html
    assert "<svg" not in html and "data-input" not in html


@pytest.mark.parametrize("figure", [figure for figure in FIGURES if issubclass(figure, Graph)])
def test_what_is_held_is_a_finite_number_of_a_known_name(figure: type[Widget]) -> None:
    for value in ("<b>", "#NaN", None):
        said = complaint(figure, figure().first | dict(lock={"L": value}))
        assert "L is held at" in said and said.endswith("It must be a finite number.")
    with pytest.raises(traitlets.TraitError, match=r"lock\['L'\] = nan .* give a finite number"):
        figure(lock={"L": float("nan")})
    for names in (dict(pinned="h_pre"), dict(lock={"LL": 1.0}), dict(pinnd="L")):
        with pytest.raises(traitlets.TraitError, match=r"known|did you mean"):
            figure(**names)


def test_the_rules_are_printed_as_they_are_held() -> None:
    for figure in FIGURES:
        rules = ask(f"printed/{folder(figure)}", "rules")
        assert rules == {name: rule(trait) for name, trait in own(figure).items()}
        assert f"printed/{folder(figure)}" in modules.texts(figure.module)


@pytest.mark.parametrize(
    ("figure", "traits", "words"),
    [
        (Cell, dict(w_ix=11), "w_ix = 11 is not possible; give a finite number from −10 to 10"),
        (Carousel, dict(T=2.0), "T = 2.0 is not possible; give a whole number from 1 to 100"),
        (VCurve, dict(mistake="c carry"), "did you mean 'c carry dropped'"),
        (VCurve, dict(tolerance=0.1), "from −9 to 0: the relative error that passes, as a power"),
        (Time, dict(xs=[0.0] * 51), "give 50 numbers at most"),
        (Time, dict(handles=["b_ff"]), "did you mean 'b_f'"),
        (Paths, dict(xs=[1.0]), "give 3 numbers: one number a step"),
        (Paths, dict(of="c0"), "unknown end of a path 'c0'; did you mean 'c_0'"),
    ],
)
def test_a_sentence_says_what_was_given_and_what_is_allowed(
    figure: type[Widget], traits: dict[str, Any], words: str
) -> None:
    with pytest.raises(traitlets.TraitError, match=words):
        figure(**traits)
