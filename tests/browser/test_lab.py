"""The living cell in a real JupyterLab: drawn, moved from Python, and moving Python's numbers by mouse and by key."""

import json
import os
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import nbformat
import pytest

from tests import tree
from tests.browser.bridge import Page
from tests.browser.figure import Figure, assert_numpy_agrees

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("lab")]

TOKEN = "a-token-of-this-test"
CELLS = [
    "from lstm_edu.widgets import Cell\nw = Cell(backward=True)\nw",
    "w.w_ix = 0.5",
    "w.x, w.b_f, w.values['f']",
    "w.x, w.b_f, w.values['f']",
]


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a JupyterLab that `make lab` started on a copy of the project, with settings of its own."""
    home = tmp_path_factory.mktemp("lab")
    project = tree.copy(home / "project", ".venv", "node_modules")
    cells = [nbformat.v4.new_code_cell(code) for code in CELLS]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=kernel), project / "book" / "try.ipynb")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = dict(ip="127.0.0.1", port=port, port_retries=0, open_browser=False, allow_root=True)
    config = {"ServerApp": server, "IdentityProvider": {"token": TOKEN}}
    (home / "config").mkdir()
    (home / "config" / "jupyter_server_config.json").write_text(json.dumps(config))
    own = dict(
        JUPYTER_CONFIG_DIR="config", JUPYTER_DATA_DIR="data", JUPYTER_RUNTIME_DIR="runtime", IPYTHONDIR="ipython",
        JUPYTERLAB_SETTINGS_DIR="settings", JUPYTERLAB_WORKSPACES_DIR="workspaces", HOME=".",
    )  # fmt: skip
    env = {**os.environ, **{name: str(home / folder) for name, folder in own.items()}}
    with open(home / "log", "w") as log:
        running = subprocess.Popen(
            ["make", "lab"], cwd=project, env=env, stdout=log, stderr=subprocess.STDOUT, start_new_session=True
        )
    address = f"http://127.0.0.1:{port}/"
    try:
        answers(f"{address}api/status?token={TOKEN}", running, home / "log")
        yield address
    finally:
        os.killpg(running.pid, signal.SIGTERM)
        running.wait(timeout=30)


def answers(address: str, running: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until a server that was started answers."""
    for _ in range(300):
        try:
            urllib.request.urlopen(address).close()
            return
        except OSError:
            assert running.poll() is None, log.read_text()
            time.sleep(0.1)
    raise AssertionError(f"no answer from {address}: {log.read_text()}")


class Notebook:
    """A notebook that is open in JupyterLab."""

    def __init__(self, page: Page) -> None:
        self.page = page
        page.wait("document.querySelector('.jp-Notebook .jp-Cell')", 60)
        self.idle()

    def idle(self) -> None:
        """Wait until the kernel has nothing to do, and a second more: it says so a little early."""
        self.page.wait("document.querySelector('.jp-Notebook-ExecutionIndicator[data-status=idle]')", 60)
        self.page.js("new Promise(done => setTimeout(done, 1000, 1))")

    def run(self, number: int) -> str:
        """Run a code cell with Shift+Enter, as a reader does, and give the text of its output.

        First what a figure has to tell Python must have arrived: it is sent one message after the other.
        """
        self.idle()
        cell = f"[...document.querySelectorAll('.jp-CodeCell')][{number}]"
        self.page.js(f"{cell}.querySelector('.cm-content').id = 'editor-{number}'")
        for seconds in (20, 40, 60):  # a kernel that is just starting again loses what it was asked
            self.page.click(f"#editor-{number}")
            self.page.press("Shift", "Enter")
            try:
                self.page.wait(f"/\\[\\d+\\]/.test({cell}.querySelector('.jp-InputPrompt').textContent)", seconds)
                break
            except RuntimeError:
                if seconds == 60:
                    raise
        self.idle()
        assert not self.page.js(f"{cell}.querySelectorAll('[data-mime-type*=error], [data-mime-type*=stderr]').length")
        return self.page.js(f"{cell}.querySelector('.jp-OutputArea-output')?.innerText ?? ''")


def test_the_cell_lives_in_jupyterlab(lab: str, open_page: Callable[..., Page]) -> None:
    page = open_page(f"{lab}lab/tree/try.ipynb?reset&token={TOKEN}", height=1400)
    notebook = Notebook(page)
    notebook.run(0)
    cell = Figure(page, ".jp-OutputArea-output .lstm")
    assert_numpy_agrees(cell.numbers(), values=29, bars=25)

    notebook.run(1)  # Python moves the figure
    shown = cell.numbers()
    assert shown["values"]["w_ix"] == cell.slider("w_ix") == 0.5
    assert_numpy_agrees(shown, values=29, bars=25)

    cell.drag("f", 0.5, 0.9)  # the mouse moves Python
    cell.drag("x", 0.6, 0.2)
    shown = cell.numbers()["values"]
    x, b_f, f = eval(notebook.run(2))
    assert x == shown["x"] == cell.slider("x") < 0
    assert b_f == shown["b_f"] > 0.9
    assert f == pytest.approx(shown["f"], abs=1e-13)

    cell.focus('input[data-input="x"]')  # an arrow key moves Python
    for _ in range(3):
        cell.press("ArrowRight")
        assert page.js(f"document.activeElement.matches({cell.input('x')!r})"), "JupyterLab took the key"
    x_by_key, _, _ = eval(notebook.run(3))
    assert x_by_key == cell.slider("x") == pytest.approx(x + 0.3)
    assert not page.seen()["outside"]


def test_a_chapter_opens_as_a_notebook_and_its_figure_lives(lab: str, open_page: Callable[..., Page]) -> None:
    page = open_page(f"{lab}lab/tree/backwards.md?reset&token={TOKEN}", height=1400)
    notebook = Notebook(page)
    for seconds in (20, 40, 60):  # a kernel that is just starting again loses what it was asked
        page.js("[...document.querySelectorAll('.lm-MenuBar-item')].find(item => item.innerText == 'Run').id = 'run'")
        page.click("#run")
        page.wait("document.querySelector('[data-command=\"runmenu:run-all\"]')")
        page.click('[data-command="runmenu:run-all"]')
        try:
            page.wait("document.querySelector('.jp-OutputArea-output .lstm [data-value]')", seconds)
            break
        except RuntimeError:
            if seconds == 60:
                raise
    # all of them: an output that comes later moves the figure away under the hand
    prompts = "[...document.querySelectorAll('.jp-CodeCell .jp-InputPrompt')]"
    page.wait(f"{prompts}.every(prompt => /\\[\\d+\\]/.test(prompt.textContent))", 60)
    notebook.idle()
    errors = "[...document.querySelectorAll('.jp-RenderedText[data-mime-type*=error]')].map(e => e.innerText)"
    assert page.js(errors) == []
    cell = Figure(page, ".jp-OutputArea-output .lstm:has(.widget.backward)")
    cell.drag("x", 0.6, 0.2)
    assert cell.slider("x") < 0
    assert_numpy_agrees(cell.numbers(), values=29, bars=25)
