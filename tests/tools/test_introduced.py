"""The check of introductions: the book passes it.

In every chapter one use that comes too early is caught.
"""

import re

import pytest

from lstm_edu.text.notation import NAMES, RNN_NAMES
from tools.judge import introduced
from tools.judge.introduced import checked, places
from tools.read import chapter as reading
from tools.read.mentions import LETTERS, Book

PAGES = {page: reading.source(page) for page in reading.order()}
BOOK = Book(PAGES)
GLOSSARY = "```{glossary}\ngate\n  A number.\n\nbar\n  An answer.\n\nloss\n  Another.\n```\n"


def small(*pages: str, terms: str = GLOSSARY) -> list[str]:
    """What the check says of a book of these pages, whose glossary stands at its end."""
    book = Book({f"page{k}": text for k, text in enumerate([*pages, terms])})
    return [
        fault
        for fault in checked(book, list(book.pages))
        if "no chapter introduces it" not in fault
    ]


def with_(page: str, text: str) -> Book:
    return Book({**PAGES, page: text})


def test_the_book_introduces_everything_before_it_is_used_on_both_routes() -> None:
    assert checked(BOOK, reading.order()) == []
    assert checked(BOOK, reading.fast(), hurry=True) == []
    assert reading.fast() == ["index", "cell", "pushes", "backwards", "weights", "time"]
    named = {name for name in NAMES if not name.endswith("_bar")}
    assert named <= places(BOOK).keys(), f"no chapter introduces {named - places(BOOK).keys()}"


@pytest.mark.parametrize("page", [page for page in reading.order() if page != "references"])
def test_an_early_use_is_caught_in_every_chapter(page: str) -> None:
    title = f"# {reading.blocks(PAGES[page])[0].text}\n"
    unknown = {
        **PAGES,
        "sheet": PAGES["sheet"].replace("```{glossary}\n", "```{glossary}\nzebra\n  A horse.\n\n"),
    }
    unknown[page] = unknown[page].replace(title, f"{title}\nA zebra, striped.\n", 1)
    said = f"book/{page}.md: zebra is used before it is introduced, in 'A zebra, striped.'"
    assert said in checked(Book(unknown), reading.order())
    own = [name for name, place in places(BOOK).items() if place.page == page and name in NAMES]
    for name in own[-1:]:  # a symbol of its own, used in its first line
        text = PAGES[page].replace(title, f"{title}\nHere is ${NAMES[name].latex}$.\n", 1)
        said = f"book/{page}.md: {name} is used before it is introduced, in 'Here is"
        assert any(fault.startswith(said) for fault in checked(with_(page, text), reading.order()))


@pytest.mark.parametrize("page", [page for page in reading.fast() if page != "index"])
def test_what_only_an_exercise_introduces_is_missing_on_the_fast_route(page: str) -> None:
    use = "This is $w_{hh}$."
    text = f"{PAGES[page]}\n## Exercises\n\n% introduces: w_hh\n\n{use}\n\n## After\n\n{use}\n"
    faults = checked(with_(page, text), reading.fast(), hurry=True)
    assert f"book/{page}.md: w_hh is used before it is introduced, in {use!r}" in faults
    assert any(
        "which not everyone reads" in fault for fault in checked(with_(page, text), reading.order())
    )


@pytest.mark.parametrize(
    ("use", "name"),
    [
        ("Here is $c^{(t)}$.", "c"),
        ("$$c^{(t-1)} = 0$$", "c_prev"),
        ("In code `c_bar_next`.", "c_bar_next"),
        ("```{code-cell}\nv['z_i']\n```", "z_i"),
        ("```{code-cell}\n:tags: [remove-input]\nchapter.equations('c')\n```", "i"),
        (
            "```{code-cell}\n:tags: [remove-input]\nchapter.derive('c_bar', program=changed)\n```",
            "c",
        ),
        (
            "```{code-cell}\n:tags: [remove-input]\n"
            "prompt('Say', {}, f, 'Now {after.o_bar}.')\n```",
            "o",
        ),
        (
            "```{literalinclude} ../lstm_edu/models/cell.py\n"
            ":start-at: 'c = f'\n:end-at: h = o\n```",
            "g",
        ),
        ("````{admonition} Hint\n:class: dropdown\n```{note}\n- The gates.\n```\n````", "gate"),
        ("| | |\n|---|---|\n| the loss | |", "loss"),
        ("```{code-cell}\n---\nmystnb:\n  figure:\n    caption: Two losses.\n---\n1\n```", "loss"),
    ],
)
def test_a_use_is_seen_wherever_it_stands(use: str, name: str) -> None:
    assert any(
        f": {name} is used before it is introduced" in fault
        for fault in small(f"# Page\n\n{use}\n")
    )


def test_a_bar_needs_its_letter_and_the_meaning_of_bars() -> None:
    said = small("% introduces: o\n\nOpen $o$, then $\\bar{o}^{(t)}$.\n")
    assert len(said) == 2 and ": bar is used" in said[0] and ": t is used" in said[1]
    assert not small("% introduces: o, t\n\nOpen $o^{(t)}$. A **bar**:\n\n$\\bar{o}^{(t)}$.\n")
    [(_, mentioned)] = Book({"one": "$\\sum_k \\bar{z}_k^{(t+1)} w_{kh}$"}).read("one")
    assert mentioned == {"h_bar_next", "k", "t", "z_i_bar", "w_ih"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "% introduces: c\n\nThe memory.\n",
            "c is declared as introduced and does not stand in 'The memory.'",
        ),
        (
            "% introduces: loss = what is lost\n\nThe loss.\n",
            "what is lost is declared as introduced and does not",
        ),
        (
            "% introduces: zebra\n\nA zebra.\n",
            "'zebra' is declared as introduced, and is neither a symbol nor a term",
        ),
        (
            "% ordinary: loss\n\nNothing.\n",
            "loss is declared as ahead or ordinary, and is not used before",
        ),
        ("% ahead: loss\n\nThe loss.\n", "loss is used ahead, and no link leads to book/page1.md"),
    ],
)
def test_what_is_declared_must_be_so(text: str, said: str) -> None:
    assert any(said in fault for fault in small(text, "A **loss**.\n"))


def test_what_a_page_says_of_itself_is_believed() -> None:
    assert not small("% ahead: loss\n\nThe [loss](page1.md).\n", "A **loss**.\n")
    assert not small(
        "% ordinary: bar\n\nA chocolate bar.\n",
        "A **bar** and a gate.\n% introduces: gate\n\nA gate.\n",
    )[1:]


def test_headings_and_objectives_may_name_what_their_own_chapter_introduces() -> None:
    box = "```{admonition} About this chapter\n- say what a bar is\n```\n"
    assert not small(f"# The bar\n\n{box}\nA **bar**.\n")
    assert small(f"# The loss\n\n{box}\nA **bar**.\n", "A **loss**.\n")


def test_a_term_that_no_chapter_introduces_is_named() -> None:
    said = checked(Book({"one": "A **gate**.\n", "sheet": GLOSSARY}), ["one", "sheet"])
    assert (
        "'loss' is in the glossary, and no chapter introduces it" in said
        and "gate" not in " ".join(said)
    )


def test_the_command_fails_with_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert introduced.main() == 0
    assert "terms, on both routes" in capsys.readouterr().out
    monkeypatch.setattr(
        reading, "source", lambda page: PAGES[page].replace("% ahead: c,", "% ahead:", 1)
    )
    assert introduced.main() == 1
    assert "c is used before it is introduced" in capsys.readouterr().err


def test_every_symbol_of_the_book_stands_in_the_table_of_symbols() -> None:
    read = Book(PAGES).read("sheet")
    shown = {name for block, found in read if block.section == "Symbols" for name in found}
    # k is any gate
    wanted = {re.sub("_[fog](?=[xh]|$)", "_i", name) for name in [*NAMES, *RNN_NAMES]}
    missing = {name for name in wanted | {*LETTERS.values()} if not name.endswith("_bar")} - shown
    assert not missing, f"book/sheet.md, Symbols, does not explain {missing}"
