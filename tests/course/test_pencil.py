"""The sheet for pencil and paper: its key is the program's, to the printed digits.

It is computed from what is printed.
"""

import re
from pathlib import Path

import numpy as np
import pytest

from lstm_edu.course import pencil
from lstm_edu.models import bptt
from lstm_edu.models.cell import EXAMPLE

SEEDS = range(12)


def cells(html: str) -> list[list[str]]:
    """The rows of all tables, each cell as plain text."""
    rows = re.findall(r"<tr>(.*?)</tr>", html)
    return [
        [re.sub("<[^>]+>", "", cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)]
        for row in rows
    ]


def number(text: str) -> float:
    return float(text.replace("−", "-"))


def bars(made: pencil.Sheet) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
    a = made.arrays
    tape = bptt.forward(a["p"], a["xs"], a["h0"], a["c0"])
    return tape, bptt.backward(a["p"], tape, tape["h"] - a["ys"])


@pytest.mark.parametrize("seed", SEEDS)
def test_every_printed_number_of_the_key_is_the_programs_to_its_last_digit(seed: int) -> None:
    made = pencil.sheet(seed)
    tape, back = bars(made)
    rows = cells(made.page(filled=True))[10:]  # what is given stands in ten rows, with two heads
    rows = [row for row in rows if "t = 1" not in row]
    forwards, backwards, shares = rows[:11], rows[11:24], rows[24:]
    for name, (_, *printed) in zip(pencil.FORWARDS, forwards, strict=True):
        truth = (tape["h"] - made.arrays["ys"]) ** 2 / 2 if name == "L" else tape[name]
        assert [number(text) for text in printed] == pytest.approx(
            truth.ravel().tolist(), abs=0.50001e-4
        ), name
    for name, (_, *printed) in zip(pencil.BACKWARDS, backwards, strict=True):
        assert [number(text) for text in printed] == pytest.approx(
            back[name].ravel()[::-1].tolist(), abs=0.50001e-4
        )
    for name, (_, two, one, total) in zip(pencil.PARAMETERS, shares, strict=True):
        truth = back[f"{name.replace('w', 'W')}_bar"].item()
        assert number(total) == pytest.approx(truth, abs=0.50001e-4), name
        assert number(two) + number(one) == pytest.approx(truth, abs=1.0001e-4), name
        assert {total[0], one[0], two[0]} <= {"+", "−"}, "a gradient is printed with its sign"


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_printed_as_given_is_what_is_computed_with(seed: int) -> None:
    made = pencil.sheet(seed)
    rows = cells(made.page(filled=False))
    gates = {row[0]: [number(text) for text in row[1:]] for row in rows[1:5]}
    given = {row[0]: [number(text) if text else None for text in row[1:]] for row in rows[6:10]}
    assert gates == {k: [made.given[n] for n in (f"w_{k}x", f"w_{k}h", f"b_{k}")] for k in "ifog"}
    assert given["x"] == [None, made.given["x(1)"], made.given["x(2)"]]
    assert given["y"] == [None, made.given["y(1)"], made.given["y(2)"]]
    assert (given["h"][0], given["c"][0]) == (made.given["h(0)"], made.given["c(0)"])


def test_the_sheet_has_a_blank_for_every_number_of_the_key() -> None:
    made = pencil.sheet(3)
    empty, full = made.page(filled=False), made.page(filled=True)
    assert empty.count('class="pencil-blank"') == 2 * 11 + 2 * 13 + 3 * 12
    assert 'class="pencil-blank"' not in full and full.count("<td>") == empty.count("<td")
    assert not set(re.findall(r"[+−]?\d\.\d{4}", full)) & set(re.findall(r"[+−]?\d\.\d{4}", empty))


@pytest.mark.parametrize("seed", SEEDS)
def test_every_share_has_digits_to_compute(seed: int) -> None:
    key = pencil.sheet(seed).key
    assert all(
        abs(key[f"{name}_bar", t]) >= pencil.LEAST for name in pencil.PARAMETERS for t in (0, 1, 2)
    )


def test_a_seed_makes_one_sheet_and_another_seed_another() -> None:
    assert pencil.sheet(5) == pencil.sheet(5)
    assert len({tuple(pencil.sheet(seed).given.values()) for seed in SEEDS}) == len(SEEDS)


def test_weights_of_ones_own_are_rounded_and_the_key_is_of_the_rounded() -> None:
    weights = {name: EXAMPLE[name] + 0.001 for name in pencil.PARAMETERS}
    made = pencil.sheet(2, weights | {"x(1)": 1.2})
    assert {name: made.given[name] for name in weights} == pytest.approx(
        {n: EXAMPLE[n] for n in weights}
    )
    assert made.given["x(1)"] == 1.2 and "your own" in made.title
    assert made.key["z_i", 1] == pytest.approx(0.1 * 1.2 - 1.3 * made.given["h(0)"] + 0.4)


@pytest.mark.parametrize(
    ("weights", "says"),
    [
        ({"w_iy": 1.0}, "unknown number of a sheet 'w_iy'"),
        ({"x(3)": 1.0}, r"unknown number of a sheet 'x\(3\)'"),
        ({"w_ix": float("nan")}, "w_ix is nan; a number of a sheet lies between −10 and 10"),
        ({"w_ix": "1"}, "w_ix is '1'"),
    ],
)
def test_bad_numbers_get_a_sentence(weights: dict, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        pencil.sheet(1, weights)


def test_the_file_stands_alone(tmp_path: Path) -> None:
    made = pencil.sheet(4)
    made.write(tmp_path / "sheet.html")
    text = (tmp_path / "sheet.html").read_text("utf-8")
    assert (
        text.startswith("<!doctype html>") and "http" not in text and "break-before: page" in text
    )
    assert (
        text.index(made.page(filled=False))
        < text.index('<div class="pencil-next">')
        < text.index("Key: sheet 4")
    )
    made.write(tmp_path / "sheet.html", key=False)
    assert "Key: sheet 4" not in (tmp_path / "sheet.html").read_text("utf-8")


def test_every_column_says_what_it_holds() -> None:
    assert "" not in re.findall(r'<th scope="col">(.*?)</th>', pencil.sheet(4).page(filled=False))


def test_a_notebook_shows_the_sheet_and_the_key_folded() -> None:
    made = pencil.sheet(4)
    assert "Two steps by hand: sheet 4" in made._repr_html_() and "Key" not in made._repr_html_()
    assert (
        made.page(filled=True) in made.solved._repr_html_()
        and "<details" in made.solved._repr_html_()
    )
