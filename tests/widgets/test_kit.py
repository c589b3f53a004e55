from pathlib import Path
from typing import Any

import numpy as np
import pytest

from lstm_edu import widgets
from lstm_edu.models.cell import EXAMPLE
from lstm_edu.text import notation
from lstm_edu.widgets import Answer, Cell
from lstm_edu.widgets.cell.cell import NODES
from lstm_edu.widgets.kit import base, modules
from tests.node import run as node

FOLDER = Path(base.__file__).parent
MODULES = sorted(FOLDER.parent.glob("*/*.mjs"))
NAMES = [file.relative_to(FOLDER.parent).with_suffix("").as_posix() for file in MODULES]


# The modules of a kernel's page, and the sheet

# node imports no blob, so a file stands for each
LOAD = """
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
const folder = mkdtempSync(`${process.argv[1]}/`);
let count = 0;
globalThis.Blob = class { constructor(parts) { this.text = parts.join(""); } };
URL.createObjectURL = (blob) => {
  const file = `${folder}/${(count += 1)}.mjs`;
  writeFileSync(file, blob.text);
  return pathToFileURL(file).href;
};
const loaded = await import(URL.createObjectURL(new Blob([readFileSync(process.argv[2], "utf8")])));
process.stdout.write(`${typeof loaded.default.render} ${count}`);
"""


@pytest.mark.parametrize("make", widgets.WIDGETS, ids=lambda make: make.__name__)
def test_a_kernels_page_loads_each_module_of_a_figure_once(make: Any, tmp_path: Path) -> None:
    figure = make("c_bar") if make is Answer else make()
    (tmp_path / "sent.mjs").write_text(figure._esm, "utf-8")
    answer = node("--input-type=module", "-e", LOAD, tmp_path, tmp_path / "sent.mjs")
    assert answer == f"function {len(modules.texts(figure.module)) + 1}"


def test_every_module_is_of_a_figure() -> None:
    found = {name for make in widgets.WIDGETS for name in modules.texts(make.module)}
    assert found == {*modules.names()} - {"kit/loader"}
    assert {*NAMES} <= {*modules.names()}


def test_a_module_is_sent_in_the_letters_of_its_file_but_for_the_names_it_imports() -> None:
    for name, text in modules.texts("cell/cell").items():
        for line, kept in zip(text.splitlines(), modules.source(name).splitlines(), strict=True):
            imports = ' from "' in line or 'import("' in line
            assert line == kept or (imports and "../" not in line and "./" not in line)


def test_the_site_is_built_without_the_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(modules.SITE, "1")
    assert len(Cell()._esm) < 100


def test_the_sheet_has_every_colour_light_and_dark() -> None:
    light, dark = Cell()._css.splitlines()[:2]
    for token, (in_light, in_dark) in notation.COLOURS.items():
        assert f"--lstm-{token}: {in_light};" in light
        assert f"--lstm-{token}: {in_dark};" in dark
    for sign in ('html[data-theme="dark"]', 'body[data-jp-theme-light="false"]', ".vscode-dark"):
        assert sign in dark


def test_the_sheet_takes_every_colour_of_a_system_that_sets_them() -> None:
    forced = Cell()._css.split("forced-colors: active")[1].splitlines()[0]
    assert notation.FORCED.keys() == notation.COLOURS.keys()
    for token, colour in notation.FORCED.items():
        assert f"--lstm-{token}: {colour};" in forced
    assert "forced-color-adjust: none" in forced


def test_modules_that_import_each_other_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    held = {"x/a": 'import { b } from "../y/b.mjs";\n', "y/b": 'import { a } from "../x/a.mjs";\n'}
    monkeypatch.setattr(modules, "source", held.__getitem__)
    monkeypatch.setattr(modules, "names", lambda: [*held])
    with pytest.raises(ValueError, match="x/a → y/b → x/a: modules import each other"):
        modules.texts.__wrapped__("x/a")


# Traits


def test_values_are_those_of_the_worked_example() -> None:
    values = Cell().values
    bars = dict(h_bar=-0.689, o_bar=0.178, c_bar=-0.473, i_bar=0.348, g_bar=-0.267)
    bars |= dict(f_bar=-0.142, w_ix_bar=0.103)
    forward = dict(f=0.505, i=0.565, g=-0.735, o=0.735, c=-0.264, h=-0.189, L=0.238)
    assert {name: round(values[name], 3) for name in bars | forward} == bars | forward
    assert {name: values[name] for name in EXAMPLE} == EXAMPLE


def test_values_follow_the_traits() -> None:
    cell = Cell(h_bar_next=0.4, c_bar_next=-0.2)
    assert cell.values["h_bar"] == pytest.approx(Cell().values["h_bar"] + 0.4)
    assert cell.values["c_bar"] != Cell().values["c_bar"]
    cell.y = cell.values["h"]
    assert cell.values["L"] == 0


def test_integers_and_numpy_numbers_are_numbers() -> None:
    cell = Cell(x=2, y=np.float64(0.5), w_ix=np.int64(-10))
    assert (cell.x, cell.y, cell.w_ix) == (2.0, 0.5, -10.0)
    assert all(type(value) is float for value in (cell.x, cell.y, cell.w_ix))


def test_every_node_can_be_pinned_and_held() -> None:
    for name in NODES:
        assert Cell(pinned=name, lock={name: 12.5}).lock == {name: 12.5}
