"""Every chapter that teaches has its shape, and each part that is taken away is missed."""

import re

import pytest

from tools.judge import shaped
from tools.judge.shaped import checked
from tools.read import chapter as reading

PAGES = reading.teaching()


@pytest.mark.parametrize("page", PAGES)
def test_every_chapter_is_in_shape(page: str) -> None:
    assert checked(page, reading.source(page)) == []


@pytest.mark.parametrize(
    ("part", "instead", "said"),
    [
        (r"\*\*The question\.\*\*", "Today:", "its first paragraph is no"),
        (r"Needs:", "", "does not begin with"),
        (r"\{minutes\}`\w+`", "9 minutes", "does not begin with"),
        (r"Afterwards you can\n", "", "does not say: Afterwards you can"),
        (r"(\*\*\w+)\.2\*\*", r"\1.9**", "its objectives are not numbered"),
        (r"Two questions to warm up", "To warm up", "does not have one paragraph"),
        (
            r"\{admonition\} Answers\n:class: dropdown",
            "{admonition} Answers",
            "do not follow in a folded box",
        ),
        (r"## What people get wrong here", "## Mistakes", "its sections are not"),
        (
            r"(## What people get wrong here\n)(.|\n)*?(\n## Exercises)",
            r"\1\nNothing.\n\3",
            "nothing in",
        ),
        (r"(## Exercises\n)(.|\n)*?(\n## |\n\([\w-]+\)=)", r"\1\nNone.\n\3", "no exercise tests"),
        (r"(## Summary\n\n)", r"\1One more. ", "its summary has 4 sentences"),
        (r"\Z", "\n## Afterword\n\nMore.\n", "something comes after"),
    ],
)
def test_what_is_missing_is_named(part: str, instead: str, said: str) -> None:
    for page in PAGES[1::4]:
        text, count = re.subn(part, instead, reading.source(page), count=1)
        assert count == 1
        assert any(said in fault for fault in checked(page, text)), (page, checked(page, text))


def test_the_command_fails_with_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert shaped.main() == 0
    source = reading.source
    monkeypatch.setattr(
        reading, "source", lambda page: source(page).replace("## Summary", "## End")
    )
    assert shaped.main() == 1
    assert "book/cell.md: its sections are not" in capsys.readouterr().err
