"""Sheets for a class: one for each seed, and no key on a sheet.

A table has every number of every key.
"""

import csv
from pathlib import Path

import pytest

from lstm_edu.course import pencil
from tools.make import homework


def test_every_seed_gets_a_sheet_and_a_key_apart(tmp_path: Path) -> None:
    homework.write([1, 7], tmp_path)
    assert {file.name for file in tmp_path.iterdir()} == {
        "sheet-1.html", "sheet-7.html", "key-1.html", "key-7.html", "keys.csv",
    }  # fmt: skip
    sheet, key = ((tmp_path / f"{kind}-7.html").read_text("utf-8") for kind in ("sheet", "key"))
    assert "Two steps by hand: sheet 7</span>" in sheet and "Key" not in sheet
    assert "Key: sheet 7" in key and 'pencil-blank"' not in key


def test_the_table_has_every_number_of_every_key(tmp_path: Path) -> None:
    homework.write([1, 7], tmp_path)
    rows = list(csv.DictReader((tmp_path / "keys.csv").read_text("utf-8").splitlines()))
    for seed in (1, 7):
        found = {
            (row["name"], int(row["step"])): row["value"]
            for row in rows
            if row["seed"] == str(seed)
        }
        assert found == {at: f"{value:.4f}" for at, value in pencil.sheet(seed).key.items()}


def test_a_seed_that_is_none_gets_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SEED", "1 two")
    assert homework.main() == 1
    assert "SEED has 'two'; give whole numbers" in capsys.readouterr().err


def test_without_a_seed_there_is_one_sheet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(homework, "FOLDER", tmp_path)
    monkeypatch.delenv("SEED", raising=False)
    assert homework.main() == 0
    assert (tmp_path / "sheet-1.html").exists()
