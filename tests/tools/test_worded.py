"""The book keeps to one meaning a word, and each word in a forbidden sense is named."""

from pathlib import Path

import pytest

from tools.judge import worded
from tools.judge.worded import WORDS, checked, wrong
from tools.read import places

# for each word of the table, in its order: sentences that are refused, then some that are not
PLANTED = [
    (["The gradient has a long way to go.", "Two ways lead to c.", "It fades on the way back."],
     ["By the way, it is the other way round.", "In the same way, in three ways, in this way.",
      "Any way of writing it is read.", "Always, away, halfway."]),
    (["One road leads through h."], ["So paths lead there, like two roads to the same town."]),
    (["The route from h to the loss."], ["Which route through the book?"]),
    (["Nothing comes from behind it."], []),
    (["It takes the message of step 3."], ["Read the error message.", "A short commit message."]),
    (["The messenger is c."], []),
    (["Ten neurons in a layer."], ["One component of h. Elsewhere: cell, neuron"]),
    (["On a logarithmic ruler."], []),
    (["The bars of h and c.", "Its bar is negative.", "A striped bar is a minus."],
     ["We write a gradient as a number with a bar."]),
    (["A hundred random cells.", "Of 100 cells ten fail.", "The other cells do not."],
     ["A hundred random LSTMs.", "The LSTM cell of 1997."]),
    (["Run the next cell.", "See the cell below."], ["See the code cell below."]),
    (["After one gradient step."], ["The next time step."]),
    (["The last step of the staircase."], ["The last stair of the staircase."]),
]  # fmt: skip
SAID = [(k, text) for k, (refused, _) in enumerate(PLANTED) for text in refused]
SPARED = [text for _, spared in PLANTED for text in spared]


def test_the_book_keeps_its_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert worded.main() == 0
    assert capsys.readouterr() == (
        f"One word, one meaning: {len(WORDS)} words are guarded.\n",
        "",
    )


def test_every_word_is_planted() -> None:
    assert len(PLANTED) == len(WORDS)


@pytest.mark.parametrize(("k", "text"), SAID)
def test_a_word_in_a_forbidden_sense_is_named(k: int, text: str) -> None:
    [(line, said)] = checked(f"# A page\n\nA line.\n\n{text}\n")
    assert line == 5 and said.endswith(f"say {WORDS[k].say}")
    assert said.split('"')[1] in text


@pytest.mark.parametrize("text", SPARED)
def test_the_ordinary_phrase_is_spared(text: str) -> None:
    assert not [*wrong(text)]


def test_code_and_formulas_are_spared_and_what_is_said_in_them_is_not() -> None:
    assert not checked("See `way` and $way$.\n\n```{code-cell}\nway = behind = bars\n```\n")
    cell = "```{code-cell}\nway = 1\nprompt('It lies behind.')\nf('Q?', id='two-bars')\n```\n"
    [(line, said)] = checked(cell)
    assert line == 3 and said.startswith('"behind"')
    [(line, said)] = checked("```{figure} x.svg\nThe ruler\n```\n\n| a ruler |\n|---|\n| b |\n")
    assert line == 5 and said.startswith('"ruler"')


def test_a_planted_word_is_named_with_its_file_and_line(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = places.source
    planted = source("cell") + "\n\nA neuron.\n"
    monkeypatch.setattr(places, "source", lambda page: planted if page == "cell" else source(page))
    (tmp_path / "mistakes.json").write_text('["Right.",\n "No way leads back."]\n')
    monkeypatch.setattr(places, "ROOT", tmp_path)
    monkeypatch.setattr(places, "order", lambda: ["cell", "time"])
    monkeypatch.setattr(worded, "SENTENCES", tmp_path / "mistakes.json")
    assert worded.main() == 1
    first, second = capsys.readouterr().err.splitlines()
    assert first.startswith(f'book/cell.md:{len(planted.splitlines())}: "neuron" has another sense')
    assert second.startswith('mistakes.json:2: "way" has another sense') and "say path" in second
