"""Minutes are counted as they are promised, and a chapter that does not breathe is named."""

import pytest

from lstm_edu.course import start
from tools.judge import paced
from tools.judge.paced import checked, minutes
from tools.read import chapter as reading

WORDS = "word " * 50
FOLD = "```{admonition} Hint\n:class: dropdown\n%s\n```\n"


def test_the_fast_route_takes_at_most_seventy_minutes() -> None:
    assert paced.promised("route") == sum(map(paced.promised, reading.fast())) <= paced.ROUTE == 70
    assert paced.promised("book") > paced.promised("route")
    with pytest.raises(ValueError, match="'zebra' has no minutes"):
        paced.promised("zebra")


def test_minutes_are_words_figures_and_questions() -> None:
    assert minutes(WORDS * 8) == 2
    figure = "```{code-cell}\nCell(backward=True)\n```\n"
    plot = "```{code-cell}\nplots.arrows(arrows)\n```\n"
    question = "```{code-cell}\n:tags: [remove-input]\nAnswer.choice('Which?', right, wrong)\n```\n"
    assert minutes(f"{WORDS * 8}\n\n{figure}\n{plot}") == 4
    assert minutes(f"{WORDS * 8}\n\n{question}") == 4
    assert minutes(f"{WORDS * 8}\n\n## Exercises\n\n{WORDS * 8}\n\n{question}") == 2
    assert minutes(f"{WORDS * 8}\n\n{FOLD % (WORDS * 8)}") == 2


def test_the_first_pages_questions_are_counted() -> None:
    made = sum(
        callable(getattr(start, name)) and f"start.{name}()" in reading.source("index")
        for name in vars(start)
    )
    read = [block for block in reading.blocks(reading.source("index")) if not block.skipped]
    # and the box for a line of one's own
    assert sum(paced.asks(block)[1] for block in read) == made + 1 == 6


@pytest.mark.parametrize("page", reading.teaching())
def test_every_chapter_breathes_and_one_that_does_not_is_caught(page: str) -> None:
    text = reading.source(page)
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
    monkeypatch.setattr(paced, "ROUTE", paced.promised("route") - 1)
    assert paced.main() == 1
    assert "The fast route takes" in capsys.readouterr().err
