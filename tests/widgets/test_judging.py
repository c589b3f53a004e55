"""What the answer box says of single lines, and where: each line once had a false verdict."""

import pytest

from lstm_edu.lab.mistakes import MISTAKES
from lstm_edu.text.equations import BACKWARD, parse
from tests.node import ask
from tests.widgets.answer_cases import question
from tests.widgets.slips import Slip
from tests.widgets.test_slips import said
from tests.widgets.truth_rows import truth

SPECIAL = [
    # what is 0 at every state belongs nowhere
    ("g_bar", "homework", "c_bar*i*(1-g^2)", "factor-extra", "(1-g^2)"),
    ("c_bar", "homework", "h_bar*o*(1-tanh(c)^2)+c_bar_next+h_bar", "term-extra", "h_bar"),
    ("f_bar", "last", "c_bar*(c_prev + x)", "term-extra", "x"),
    # the left side is compared with what is asked
    ("i_bar", "general", "h = c_bar*g", "left-side", "h"),
    ("i_bar", "general", "o_bar = c_bar*g", "left-side", "o_bar"),
    # the place of a row is where its wrong half stands
    ("w_ix_bar", "homework", "c_bar*g*(1-i)*x", "slope-half", "(1-i)"),
    ("z_i_bar", "general", "c_bar*g*(1-i)", "slope-half", "(1-i)"),
    ("z_f_bar", "general", "c_bar*c_prev*(1-f)", "slope-half", "(1-f)"),
    ("z_f_bar", "general", "c_bar*c_prev*f", "slope-other-half", "f"),
    (
        "f_bar", "general", "(h_bar*o*(1-tanh(c_prev)^2)+c_bar_next)*c_prev",
        "old-memory", "(c_prev)",
    ),
    ("c_bar", "general", "h_bar*o*(1-tanh(c)^2)+c_bar_next*f(t+1)", "carry-f-twice",
     "c_bar_next"),
    ("i_bar", "general", "c_bar*i", "own-factor-i", "i"),
    ("c_bar", "general", "h_bar*o*(1-c^2)+c_bar_next", "slope-from-c", "c"),
    # 0 everywhere
    ("i_bar", "general", "0", "zero", "0"),
    ("i_bar", "homework", "0", "zero", "0"),
    ("i_bar", "general", "c_bar*(g-g)", "zero", "c_bar*(g-g)"),
    ("z_i_bar", "general", "i_bar*(sigma(z_i)*1 - sigma(z_i))", "zero",
     "i_bar*(sigma(z_i)*1 - sigma(z_i))"),
    # parentheses
    ("c_bar", "general", "(h_bar+c_bar_next)*o*(1-tanh(c)^2)", "parenthesis", "c_bar_next"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "kind", "line", "key", "place"), SPECIAL)
def test_a_line_is_told_its_fault_and_its_place(
    name: str, kind: str, line: str, key: str, place: str
) -> None:
    found = said(Slip(name, kind, line, ""))
    assert (found["key"], line[slice(*found["at"])]) == (key, place), found["fault"]
    assert not found.get("right")


@pytest.mark.parametrize(
    ("name", "kind", "line"),
    [
        ("c_bar", "last", "h_bar*o*(1-tanh(c)^2)+c_bar_next^2"),
        ("i_bar", "homework", "c_bar*g*(1+b_i^2)"),
        ("i_bar", "general", "c_bar*g + (g-g)^2"),
        ("i_bar", "general", "c_bar*g + sqrt(0)"),
    ],
)
def test_a_power_of_nothing_has_no_error(name: str, kind: str, line: str) -> None:
    assert said(Slip(name, kind, line, "")).get("right")


def test_a_line_without_a_value_at_the_first_state_passes_the_table_by() -> None:
    """Its rows are run at one state and kept, not at all 40 at each press."""
    counts = [
        ask("tests/runs", "count", line, question("x_bar"))
        for line in ("x*x", "sqrt(x)", "z_i_bar*w_ix+log(x)", "sqrt(-x)")
    ]
    assert max(counts) < 40, counts


def test_nothing_false_is_said_of_published_mistakes() -> None:
    lines = [line for mistake in MISTAKES.values() for line in parse_lines(mistake.lines)]
    assert len(lines) >= 8
    for name, text in lines:
        slip = Slip(name, "general", text, "")
        found = said(slip)
        assert truth(slip, found) != "false", (slip, found["fault"])


def parse_lines(text: str) -> list[tuple[str, str]]:
    """The lines of a mistake that are wrong: a name, and what is written."""
    right = {name: line.text for name, line in parse(BACKWARD).items()}
    pairs = [
        tuple(part.strip() for part in line.split("=", 1)) for line in text.splitlines() if line
    ]
    return [(name, line) for name, line in pairs if right[name] != line]


def test_a_long_search_lets_keys_through_and_says_that_it_looks() -> None:
    assert ask("tests/slices", "order", 20, 12) == ["key", "slow", "key", 20]
    assert "slow" not in ask("tests/slices", "order", 2, 1)
    assert ask("tests/slices", "stopped") == []


TWO = [
    ("f_bar", "-c_bar*f", ["multiplied by the gate itself", "sign of the whole line is turned"]),
    ("c_bar", "h*o*(1-tanh(c)^2)+c_bar(t+1)*f", ["that step's own", "“h” stands where another"]),
    ("w_ix_bar", "2*c_bar*i*i*(1-i)*x", ["multiplied by the gate itself", "2 times"]),
]


@pytest.mark.parametrize(("name", "line", "says"), TWO)
def test_two_slips_are_both_told(name: str, line: str, says: list[str]) -> None:
    found = said(Slip(name, "general", line, ""))
    assert found["key"] == "two" and all(one in found["fault"] for one in says), found["fault"]


def test_all_four_gates_with_one_mistake_are_one_mistake() -> None:
    line = "i_bar*w_ix + f_bar*w_fx + o_bar*w_ox + g_bar*w_gx"
    assert said(Slip("x_bar", "general", line, ""))["key"] == "activation-for-pre"
    assert said(Slip("w_ix_bar", "general", "c_bar*g*f*(1-f)*x", ""))["key"] == "other-gate-slope"
