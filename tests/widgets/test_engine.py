"""One verdict, whichever engine is asked: QuickJS in a kernel, node in a build, the page itself.

Where there is none, a sentence says what to install.
"""

import json
from collections.abc import Iterator
from typing import Any

import pytest
import sympy
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lstm_edu.course import tasks
from lstm_edu.text import digits
from lstm_edu.text.equations import BACKWARD, parse
from lstm_edu.widgets import Answer
from lstm_edu.widgets.answer.judge import states
from lstm_edu.widgets.kit import engine
from tests.node import ask
from tests.widgets.answer_cases import mutants, question

BOX = Answer("i_bar")
FACTORS = st.floats(1e-9, 1e9) | st.floats(0.001, 2000)


@settings(deadline=None, derandomize=True, max_examples=60)
@given(FACTORS)
@example(1000.0)
@example(1e-5)
@example(0.0001234)
@example(999.6)
@example(1234.5)
def test_a_factor_is_printed_as_everywhere_on_the_page(factor: float) -> None:
    line = f"{factor:.20f} * c_bar * g"
    said = ask("answer/verdict", "line", line, question("i_bar"))
    assert engine.ask("line", line, question("i_bar"))["fault"] == said["fault"]
    if said["key"] == "multiple":
        printed = said["fault"].split("It is ")[1].split(" times")[0]
        assert printed == digits.bare(digits.plain(said["number"]))
    else:
        assert said["right"] and factor == pytest.approx(1)


def told(found: dict[str, Any]) -> list[Any]:
    return [found.get(name) for name in ("key", "right", "praise", "fault", "at", "name", "found")]


def test_node_and_quickjs_judge_alike() -> None:
    by_node = engine.node()
    for mutant in mutants(150, seed=31):
        job = ["line", mutant.text, question(mutant.name)]
        page = told(ask("answer/verdict", *job))
        assert told(engine.ask(*job)) == page, mutant
        assert told(json.loads(by_node(json.dumps(job)))) == page, mutant


@pytest.fixture
def no_engine(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    def missing(*_: str) -> Any:
        raise engine.Missing(engine.INSTALL)

    states.cache_clear()
    monkeypatch.setattr(engine, "engine", missing)
    yield
    states.cache_clear()


@pytest.mark.usefixtures("no_engine")
def test_without_an_engine_every_exercise_is_made_and_says_what_to_install() -> None:
    made = [
        Answer("c_bar", wrong={"h_bar * o": "last-step-c"}, menu=["o_bar"]),
        Answer.number("?", "z_i_bar", 0.001, {"i_bar": "That is another."}),
        Answer.choice("?", ("a", "Yes."), {"b": "No."}),
        Answer.bug("?", ["i_bar = c_bar * g", "g_bar = c_bar * g"]),
        Answer.predict("?", ("a", "Yes."), {"b": "No."}, {"o": 0.01}, ["h"], lambda v, w: True),
    ]
    for box in made:
        said = box.check(sympy.Symbol("h_bar"))
        assert said == engine.INSTALL and not said.right
    assert "pip install quickjs-ng" in engine.INSTALL


def backwards(s: dict[str, float], h_bar: float, c_bar_next: float, slip: str = "") -> dict:
    found = s | dict(h_bar=h_bar, c_bar_next=c_bar_next)
    for name, line in parse(BACKWARD).items():
        if name in tasks.ONE_STEP:
            known = {"tanh": sympy.tanh, "sigma": lambda z: 1 / (1 + sympy.exp(-z))}
            found[name] = float(eval(line.text, known, found)) * (-1 if name == slip else 1)
    return {name: found[name] for name in tasks.ONE_STEP}


@pytest.mark.usefixtures("no_engine")
def test_without_an_engine_a_task_says_which_gradient_is_wrong_and_what_a_hint_needs() -> None:
    said = tasks.one_step(lambda *given: backwards(*given, slip="g_bar"))
    assert "First wrong: g_bar" in said and said.endswith(
        "For a hint at the mistake, run “pip install quickjs-ng” and restart the kernel."
    )
    assert tasks.one_step(backwards).right


def test_with_an_engine_the_same_task_gives_a_hint() -> None:
    said = tasks.one_step(lambda *given: backwards(*given, slip="g_bar"))
    assert "First wrong: g_bar" in said and "exactly the negative" in said
