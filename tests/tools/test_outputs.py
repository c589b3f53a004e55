"""What a notebook stores for readers without a kernel: equations, tables and still pictures."""

import base64
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest

from lstm_edu.widgets import WIDGETS, Answer, Cell
from lstm_edu.widgets.kit import modules, pictures
from tools.make import drawn, notebooks, outputs

PNG = base64.b64encode(b"\x89PNG\r\n\x1a\n....IHDR" + bytes([0, 0, 3, 222]) + bytes(20)).decode()


def figure() -> dict[str, Any]:
    """The output of a cell that ends with a figure."""
    bundle = Cell()._repr_mimebundle_()
    assert bundle
    return dict(output_type="execute_result", data=bundle[0], metadata={}, execution_count=3)


def executed(folder: Path, *cells: tuple[str, list[dict[str, Any]]]) -> Path:
    """A folder as the build leaves it, with one executed chapter."""
    kept = [dict(cell_type="code", source=source, outputs=gave) for source, gave in cells]
    (folder / "1").mkdir()
    (folder / "1" / "base.ipynb").write_text(json.dumps(dict(cells=kept)), "utf-8")
    return folder


def test_each_cell_gets_what_it_gave_and_another_text_nothing(tmp_path: Path) -> None:
    stream = dict(output_type="stream", name="stdout", text="1\n")
    folder = executed(tmp_path, ("print(1)", [stream]), ("x = 1", []))
    assert outputs.of(["print(1)", "x = 1"], folder) == [[stream], []]
    assert outputs.of(["print(1)", "x = 2"], folder) == [[], []]


@pytest.mark.parametrize("browser", [True, False])
def test_a_figure_is_stored_as_a_picture(browser: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(modules.SITE, "1")
    monkeypatch.setattr(drawn, "pngs", lambda stills: dict.fromkeys(stills, PNG) if browser else {})
    first, second = outputs.stored([[figure()], [figure()]])
    for one in (*first, *second):
        assert outputs.VIEW not in one["data"] and one["execution_count"] is None
        assert one["data"]["text/plain"] == "Cell of lstm_edu, a widget"
        assert ("image/png" in one["data"]) == browser
    if browser:
        assert first[0]["metadata"] == {"image/png": {"width": 660}}
    else:
        assert first[0]["data"]["text/html"].startswith("<style>"), "the sheet comes once"
        assert second[0]["data"]["text/html"].startswith(pictures.BEGINS)


@pytest.mark.parametrize("cls", WIDGETS)
def test_a_widget_shows_a_picture_where_none_lives(cls: type) -> None:
    made = cls("c_bar") if cls is Answer else cls()
    data = made._repr_mimebundle_()[0]
    assert outputs.VIEW in data and " at 0x" not in data["text/plain"]
    html = data["text/html"]
    assert "<script" not in html and "<style>" in html and "<fieldset disabled" in html
    assert "data-value" in html or cls is Answer


@pytest.mark.slow
def test_a_notebook_of_the_site_is_read_without_a_kernel(site: Path, tmp_path: Path) -> None:
    for name in notebooks.chapters():
        file = site / "_sources" / "book" / f"{name}.ipynb"
        made = nbformat.read(file, as_version=4)
        gave = [one for cell in made.cells for one in cell.get("outputs", [])]
        kinds = {kind for one in gave for kind in one.get("data", {})}
        book = (Path("book") / f"{name}.md").read_text("utf-8")
        assert ("image/png" in kinds or "text/html" in kinds) and outputs.VIEW not in kinds
        prints = re.search(r"^chapter\.(equations|derive)", book, re.M)
        assert "text/latex" in kinds or not prints
        assert not re.search(r"<[^<>]* object at 0x", file.read_text("utf-8")), name
    for kind, suffix in (("html", ".html"), ("markdown", ".md"), ("script", ".py")):
        done = subprocess.run(
            [sys.executable, "-m", "nbconvert", "--to", kind, "--output-dir", tmp_path, file],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        assert (tmp_path / f"{file.stem}{suffix}").exists()
