"""The answer box's judgement: right lines in any spelling, wrong ones with the right words.

Nothing breaks it.
"""

import random
from typing import Any

import pytest

from lstm_edu.widgets.kit import modules as kit
from tests.node import ask
from tests.widgets.answer_cases import KEY, LINES, Mutant, mutants, question, rewrites
from tests.widgets.answer_table import TABLE, rows

Answers = list[dict[str, Any]]
QUESTIONS = {name: question(name) for name in TABLE}
FOREIGN = [
    "\\frac{",
    "\\sum_{k}",
    "Σ",
    "\\tilde{",
    "\\sqrt{",
    "\\htmlData{",
    "\\\\",
    "$",
    "np.",
    ".T",
    "[t-1]",
    "(",
    "dc",
    "δ",
    "`",
    "//",
    "+=",
    ":=",
    "←",
    "ˉ",
    "∣",
    "𝑐",
    "⊙",
    "⁽ᵗ⁻¹⁾",
    "ₜ",
    "½",
    "e^{",
    "|",
    "'",
    "times",
    "over",
    "the",
    "gradient",
    "1,000",
    "x",
    "axis=0",
    "dtanh(",
    "pow(",
]
SIGNS = "hcifogxywz_̄ ()+-−*/^²³tanhσ01.,[]{}\\bar∂L<>&\"'`$#@;=|\n\té漢𝑐с\u202e\x00"


def told(items: list[tuple[str, str]]) -> Answers:
    """What the page's judge says to each (question, line)."""
    return [
        dict(right=False) | ask("answer/verdict", "line", line, QUESTIONS[name])
        for name, line in items
    ]


@pytest.fixture(scope="session")
def table() -> dict[tuple[str, str], dict[str, Any]]:
    """What node says to every line of the table."""
    items = [
        (name, line)
        for name in TABLE
        for line in [*rows(name)[0], *(line for _, line in rows(name)[1])]
    ]
    return dict(zip(items, told(items), strict=True))


@pytest.mark.parametrize("name", TABLE)
def test_every_spelling_is_right(name: str, table: dict) -> None:
    right, _ = rows(name)
    assert len(set(right)) >= 10
    for line in right:
        said = table[name, line]
        assert said["right"], f"{name}: {line!r} was called {said['key']}"
        assert ("share" in said["fault"]) == (name[:2] in ("w_", "b_")), (
            "a weight gets a share from every step"
        )


@pytest.mark.parametrize("name", TABLE)
def test_every_wrong_line_is_told_what_is_wrong(name: str, table: dict) -> None:
    _, wrong = rows(name)
    assert len({line for _, line in wrong}) >= 15
    for key, line in wrong:
        said = table[name, line]
        assert not said["right"] and said["key"] == key, (
            f"{name}: {line!r} was called {said['key']}: {said['fault']}"
        )
        assert (
            said["fault"].endswith((".", "?"))
            and "{" not in said["fault"]
            and "undefined" not in said["fault"]
        )


def named(mutant: Mutant, said: dict[str, Any]) -> bool:
    """Whether a verdict points at the edited term or factor, or inside it."""
    if said["key"] in ("unknown", "undefined", "circle"):
        return False
    (start, end), (a, b) = mutant.place, said["at"]
    return start - 2 <= a and b <= end + 2  # a bracket more on either side


def judged(count: int, seed: int) -> float:
    """Judges mutants; the part of those that differ whose edited place is named."""
    made = list(mutants(count, seed))
    answers = told([(mutant.name, mutant.text) for mutant in made])
    for mutant, said in zip(made, answers, strict=True):
        assert said["right"] != mutant.differs, f"{mutant} was called {said['key']}"
    differing = [pair for pair in zip(made, answers, strict=True) if pair[0].differs]
    assert len(differing) > 0.9 * count
    return sum(named(*pair) for pair in differing) / len(differing)


@pytest.mark.parametrize("count", [200, pytest.param(700, marks=pytest.mark.slow)])
def test_single_edits_are_judged_and_placed(count: int) -> None:
    assert judged(count, seed=1) >= 0.95


@pytest.mark.prove
def test_twenty_thousand_edits() -> None:
    assert judged(20_000, seed=2) >= 0.95


def assert_rewrites_are_right(count: int, seed: int) -> None:
    items = list(dict.fromkeys(rewrites(count, seed)))
    for (name, line), said in zip(items, told(items), strict=True):
        assert said["right"], f"{name}: {line} was called {said['key']}"


@pytest.mark.parametrize("count", [50, pytest.param(250, marks=pytest.mark.slow)])
def test_what_sympy_makes_of_a_right_line_is_right(count: int) -> None:
    assert_rewrites_are_right(count, seed=3)


@pytest.mark.prove
def test_twenty_thousand_rewrites() -> None:
    assert_rewrites_are_right(20_000, seed=4)


@pytest.mark.parametrize(
    ("line", "key", "place"),
    [
        ("", "empty", ""),
        ("h_bar *", "ends", ""),
        ("(h_bar", "open", "("),
        ("h_bar)", "close", ")"),
        ("h_bar*v", "name", "v"),
        ("ho", "offer", "ho"),
        ("sum z_i_bar*x", "sum", "sum"),
        ("Σ z_i_bar*x", "sum", "Σ"),
        ("h̄(t-1)", "offer", "h̄(t-1)"),
        ("с*g", "sign-alike", "с"),
        ("i/f o", "slash", "o"),
        ("tanh c f", "bare", "tanh c"),
        ("tanh c^2", "bare", "tanh c"),
        ("c 2", "number-after", "2"),
        ("c^x", "exponent-unknown", "^"),
        ("c^0.5", "exponent-unknown", "^"),
        ("tanh", "argument", "tanh"),
        ("h_bar = = o", "missing", "="),
        ("h_bar = o = i", "equals", "="),
        ("∂L/∂", "ratio", "∂L/∂"),
        ("exp'(c)", "prime", "exp'"),
        ("(" * 30 + "i", "deep", "("),
        ("i+" * 300, "long", ""),
        ("(i]", "open", "("),
        ("<b>o</b>", "sign-unknown", "<"),
        ("constructor", "name-word", "constructor"),
        ("__proto__", "sign-unknown", "_"),
        ("toString", "name-word", "toString"),
        ("alert(1)", "name-function", "alert"),
        ("log(-1)*h_bar", "undefined", "log(-1)*h_bar"),
        ("i_bar/g", "circle", "i_bar"),
        ("c_bar", "circle", "c_bar"),
        ("1/(c-c)", "undefined", "1/(c-c)"),
    ],
)
def test_what_cannot_be_judged_is_pointed_at(line: str, key: str, place: str) -> None:
    said = told([("c_bar", line)])[0]
    assert (said["key"], said["text"][slice(*said["at"])], said["right"]) == (key, place, False)


def noise(count: int, seed: int) -> list[tuple[str, str]]:
    """Random strings of signs that a formula has and of those that it has not.

    Pieces of right lines are among them.
    """
    rng = random.Random(seed)
    pieces = [
        *"()+-*/^ ",
        *SIGNS,
        "tanh",
        "σ(",
        "h̄",
        "c̄(t+1)",
        "\\bar{",
        "_{t-1}",
        *LINES,
        *FOREIGN,
        "<script>alert(1)</script>",
    ]
    texts = ["".join(rng.choices(pieces, k=rng.randrange(1, 40))) for _ in range(count)]
    return [(rng.choice(KEY), text) for text in texts]


def assert_answered(items: list[tuple[str, str]]) -> None:
    """Every line gets a verdict; `make bench-widgets` says how long one takes."""
    assert all(said["key"] for said in told(items))


def test_no_string_breaks_it() -> None:
    large = [
        "h_bar*" * 200_000,
        "(" * 1_000_000,
        "h̄" * 500_000,
        "-" * 399,
        "(" * 399,
        "tanh(" * 80,
        "1^9" * 130,
        "i^9^9^9^9^9*c",
    ]
    large += [
        "+".join(["z_i_bar*w_ix"] * 30),
        "*".join(["(i+f)"] * 66),
        "9" * 300 + "*h_bar",
        *("\\frac{" * 60, "_{" * 190, "\\sum_{k}" * 40, "[" * 380, "dc " * 120, "a/" * 180),
        *(" " * 390, "tanh " * 75, "dc_next " * 45, "x.y->" * 70, "| " * 190, "\\bar{" * 60),
        "1/(1/(1/(1/(1/(1/o)))))",
    ]
    assert_answered(
        [("c_bar", line) for line in large]
        + [("x_bar", line) for line in large]
        + noise(3000, seed=5),
    )


@pytest.mark.prove
def test_a_hundred_thousand_strings() -> None:
    assert_answered(noise(100_000, seed=6))


def test_a_printable_line_is_never_run() -> None:
    code = "".join(
        text for name, text in kit.texts("answer/verdict").items() if name[:7] == "answer/"
    )
    assert not [word for word in ("eval(", "Function(", "innerHTML", "import(") if word in code]
