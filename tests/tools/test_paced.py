"""Minutes are counted as they are promised, and a chapter that does not breathe is named."""

import pytest

from lstm_edu.course import start
from tools.judge import paced
from tools.judge.paced import checked
from tools.read import chapter as reading
from tools.read import places
from tools.read.counts import counted, formula_lines
from tools.read.minutes import SECONDS, WRITING, minutes, promised, seconds

WORDS = "word " * 50
FOLD = "```{admonition} Hint\n:class: dropdown\n%s\n```\n"


def test_the_fast_route_takes_what_is_promised() -> None:
    assert promised("route") == sum(map(promised, places.fast())) <= paced.ROUTE == 130
    assert promised("book") > promised("route")
    with pytest.raises(ValueError, match="'zebra' has no minutes"):
        promised("zebra")


def test_the_homework_is_the_route_part_c_and_the_writing() -> None:
    part_c = promised("forgetting") + promised("carousel")
    assert promised("part-c") == part_c
    assert promised("homework") == promised("route") + part_c + WRITING
    assert not {*places.PART_C} & {*places.fast()}
    index = places.source("index")
    assert WRITING == 30 and "Add half an hour to write your answers down." in index
    for what in ("homework", "route", *places.PART_C):
        assert f"{{minutes}}`{what}`" in index


def test_the_first_page_says_the_rates() -> None:
    index = places.source("index")
    assert round(60 / SECONDS.words) == 150 and "one minute for 150 words" in index
    assert f"{SECONDS.lines} seconds for a displayed line" in index
    assert f"{SECONDS.inline} seconds for a formula inside a sentence" in index
    assert f"{SECONDS.code} seconds for a line of code" in index
    assert SECONDS.figures == 60 and "Each figure adds one minute" in index
    assert SECONDS.buttons == 30 and "each button in it half a minute" in index
    assert f"checks {SECONDS.questions / 60} minutes" in index


def cell(code: str, tag: str = "remove-input") -> str:
    return f"```{{code-cell}}\n:tags: [{tag}]\n{code}\n```\n"


ADDED = {
    "150 words": ("word " * 150, 60),
    "inline": ("$a$", 1.5),
    "code in a sentence": ("`a`", 60 / 150),
    "display": ("$$a = b$$", 8),
    "two lines": ("$$\\begin{aligned}a &= b \\\\ c &= d\\end{aligned}$$", 16),
    "listing": ("```python\na = 1\n\nb = 2\n```", 8),
    "code": ("```{code-cell}\na = 1\nb = 2\n```", 8),
    "code and its table": ("```{code-cell}\ntable.numbers(rows)\n```", 12),
    "table": (cell("table.numbers(rows)", "hide-input"), 8),
    "nothing is shown": (cell("chapter.equations('c')", "remove-cell"), 0),
    "equations": (cell("chapter.equations('c', 'h')"), 16),
    "names made": (cell("chapter.equations(*[f'z_{k}' for k in 'ifo'])"), 24),
    "derivation": (cell("chapter.derive('o_bar')"), 32),
    "derivation of one's own": (cell("chapter.derive('o_bar', program=mine)"), 32),
    "numbers": (cell("chapter.worked('c', 'h', at=s)"), 16),
    "question": (cell("Answer.choice('Which?', right, wrong)"), 90),
    "figure": (cell("Cell(backward=True)"), 60),
    "plot": (cell("plots.arrows(arrows)"), 60),
    "figure with a button": (cell("Cell(prompts=[first])"), 90),
    "figure with two": (cell("Cell(prompts=[first, push('i')])"), 120),
    "buttons made before": (cell("tries = [prompt('A', a), prompt('B', b)]"), 60),
    "exercise": ("## Exercises\n\n" + WORDS, 0),
    "fold": (FOLD % WORDS, 0),
}


@pytest.mark.parametrize("what", ADDED)
def test_what_is_added_takes_its_seconds(what: str) -> None:
    text, takes = ADDED[what]
    before = "\n\n".join([WORDS, cell("Cell(prompts=[one])"), "$$x$$", ""])
    assert seconds(before + text) - seconds(before) == pytest.approx(takes)


def test_minutes_are_whole_and_at_least_one() -> None:
    assert minutes("word") == 1 and minutes(WORDS * 9) == 3
    assert seconds(WORDS * 9) == pytest.approx(180)


def test_lines_of_a_formula_are_counted_without_its_frame() -> None:
    assert formula_lines("\\begin{aligned}\na \\\\[2pt]\nb \\\\\n\\end{aligned}") == 2


def test_the_first_pages_questions_are_counted() -> None:
    made = sum(
        callable(getattr(start, name)) and f"start.{name}()" in places.source("index")
        for name in vars(start)
    )
    read = [block for block in reading.blocks(places.source("index")) if not block.skipped]
    # and the box for a line of one's own
    assert sum(counted(block).questions for block in read) == made + 1 == 6


@pytest.mark.parametrize("page", places.teaching())
def test_every_button_of_a_chapter_is_counted(page: str) -> None:
    read = [block for block in reading.blocks(places.source(page)) if not block.skipped]
    counts = [counted(block) for block in read]
    given = sum("prompts=" in block.text for block in read if block.kind == "cell")
    assert sum(one.buttons for one in counts) >= 2 * given


@pytest.mark.parametrize("page", places.teaching())
def test_every_chapter_breathes_and_one_that_does_not_is_caught(page: str) -> None:
    text = places.source(page)
    assert checked(text) == []
    [said] = checked(text + "\n\n" + "\n\n".join(["A few words more. " * 10] * 12))
    assert "words with nothing to do or to look at, from" in said


def test_long_paragraphs_and_long_stretches_are_named() -> None:
    assert "the median paragraph has 61 words" in checked("word " * 61)[0]
    assert not checked("\n\n".join([WORDS] * 8))
    assert len(checked("\n\n".join([WORDS] * 9))) == 1
    table = "| a |\n|---|\n| b |\n"
    assert not checked("\n\n".join([WORDS] * 5 + [table] + [WORDS] * 5))
    hidden = "```{code-cell}\n:tags: [remove-input]\nx = 1\n```\n"
    assert len(checked("\n\n".join([WORDS] * 5 + [hidden] + [WORDS] * 5))) == 1
    assert not checked("\n\n".join([WORDS] * 5 + [hidden.replace("x = 1", "x")] + [WORDS] * 5))


def test_a_route_that_is_too_long_fails(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert paced.main() == 0
    monkeypatch.setattr(paced, "ROUTE", promised("route") - 1)
    assert paced.main() == 1
    assert "The fast route takes" in capsys.readouterr().err
