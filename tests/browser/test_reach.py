"""What a page says where something does not come: Python's host, or a script of its own."""

import http.server
import re
import shutil
import socket
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from lstm_edu.widgets import Cell
from tests.browser.figure import Open
from tests.browser.test_host import GAP, made
from tests.tree import ROOT
from tools.make import lite, serve

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("pages")]

PAGE = """<!doctype html><meta charset="utf-8"><title>Notebook</title>
<script src="reach.js" data-python="{python}" data-seconds="{seconds}" defer></script>"""
SAID = "(document.querySelector('[role=alert]')?.textContent ?? '')"
LATE = "getComputedStyle(document.querySelector('{0}'), '::before')"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the script that watches for Python."""
    place = tmp_path_factory.mktemp("reach")
    shutil.copy(lite.REACH, place)
    (place / "pyodide.mjs").write_text("export {};")
    return place


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    """Where the folder is served."""
    handler = partial(serve.Quiet, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def silent() -> Iterator[str]:
    """A host that takes every call and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}/pyodide.mjs"


@pytest.mark.parametrize(
    ("python", "says"),
    [
        ("https://example.org/pyodide.mjs", "example.org does not answer."),
        ("gone.mjs", "answers “404”."),
        ("SILENT", "has not answered for 0.1 seconds."),
    ],
)
def test_a_python_that_cannot_be_had_is_said_and_what_works_without_it(
    python: str, says: str, folder: Path, address: str, silent: str, open_page: Open
) -> None:
    html = PAGE.format(python=python.replace("SILENT", silent), seconds=0.1)
    (folder / "index.html").write_text(html, "utf-8")
    page = open_page(f"{address}/index.html?path=cell.ipynb")
    page.wait(f"{SAID}.includes({says!r})")
    assert "Python cannot be reached" in page.js(SAID)
    href = page.js("document.querySelector('[role=alert] a').getAttribute('href')")
    assert (ROOT / "book" / Path(href).with_suffix(".md").name).exists()


def test_nothing_is_said_of_a_python_that_answers(
    folder: Path, address: str, open_page: Open
) -> None:
    html = PAGE.format(python="pyodide.mjs", seconds=600)
    (folder / "index.html").write_text(html, "utf-8")
    page = open_page(f"{address}/index.html")
    page.js("fetch('pyodide.mjs').then(() => new Promise(done => setTimeout(done, 100)))")
    assert page.js(SAID) == ""


# ten seconds are a tenth of one
HASTY = """<script>
const real = setTimeout;
setTimeout = (call, wait, ...rest) => real(call, wait / 100, ...rest);
</script>"""


def test_a_figure_says_that_it_still_waits(tmp_path: Path, silent: str, open_page: Open) -> None:
    def change(html: str) -> str:
        never = html.replace('data-scripts="', f'data-scripts="{silent} ')
        return never.replace("<main", f"{HASTY}{GAP}<main")

    page = open_page(made(tmp_path, [Cell()], change=change))
    page.js("document.querySelector('.lstm-view').scrollIntoView()")
    page.wait("document.querySelector('.lstm-view .complaint')")
    said = page.js("document.querySelector('.lstm-view').textContent")
    assert "still waits for its script" in said and "cell state" in said, "the still stands below"


def test_a_page_says_that_its_scripts_are_missing(site: Path, open_page: Open) -> None:
    html = (site / "book" / "cell.html").read_text("utf-8")
    gone = re.sub(r'(<script defer[^>]*src=")', r"\1gone/", html)
    (site / "book" / "without-scripts.html").write_text(gone, "utf-8")
    page = open_page((site / "book" / "without-scripts.html").as_uri())
    (site / "book" / "without-scripts.html").unlink()
    for place, words in (".bd-article", "script of this page"), (".lstm-view", "of this figure"):
        assert words in page.js(f"{LATE.format(place)}.content")
        # the ten seconds are over
        page.js("document.getAnimations().forEach(one => one.finish())")
        assert page.js(f"{LATE.format(place)}.visibility") == "visible"
    alive = open_page((site / "book" / "cell.html").as_uri())
    for place in ".bd-article", ".lstm-view":
        assert alive.js(f"{LATE.format(place)}.content") in ("none", "normal"), place
