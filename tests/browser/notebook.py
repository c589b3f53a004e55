"""A real JupyterLab for the tests, and a notebook that is open in it."""

import json
import os
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import nbformat

from tests import tree
from tests.browser.bridge import Page

TOKEN = "a-token-of-this-test"


@contextmanager
def started(home: Path) -> Iterator[str]:
    """The address of a JupyterLab that `make lab` started on a copy of the project.

    Its settings are its own.
    """
    project = tree.copy(home / "project", ".venv", "node_modules")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = dict(ip="127.0.0.1", port=port, port_retries=0, open_browser=False, allow_root=True)
    config = {"ServerApp": server, "IdentityProvider": {"token": TOKEN}}
    (home / "config").mkdir()
    (home / "config" / "jupyter_server_config.json").write_text(json.dumps(config))
    own = dict(
        JUPYTER_CONFIG_DIR="config", JUPYTER_DATA_DIR="data", JUPYTER_RUNTIME_DIR="runtime",
        JUPYTERLAB_SETTINGS_DIR="settings", JUPYTERLAB_WORKSPACES_DIR="workspaces",
        IPYTHONDIR="ipython", HOME=".",
    )  # fmt: skip
    env = {**os.environ, **{name: str(home / folder) for name, folder in own.items()}}
    with open(home / "log", "w") as log:
        running = subprocess.Popen(
            ["make", "lab"],
            cwd=project,
            env=env,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    address = f"http://127.0.0.1:{port}/"
    try:
        answers(f"{address}api/status?token={TOKEN}", running, home / "log")
        yield address
    finally:
        os.killpg(running.pid, signal.SIGTERM)
        running.wait(timeout=600)


def answers(address: str, running: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until a server that was started answers."""
    for _ in range(6000):
        try:
            urllib.request.urlopen(address).close()
            return
        except OSError:
            assert running.poll() is None, log.read_text()
            time.sleep(0.1)
    raise AssertionError(f"no answer from {address}: {log.read_text()}")


def put(lab: str, name: str, *cells: str) -> str:
    """The address of a new notebook with these code cells, in the running JupyterLab."""
    made = [nbformat.v4.new_code_cell(code) for code in cells]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    content = nbformat.v4.new_notebook(cells=made, metadata=kernel)
    body = json.dumps({"type": "notebook", "content": content}).encode()
    wanted = urllib.request.Request(
        f"{lab}api/contents/{name}.ipynb?token={TOKEN}", body, method="PUT"
    )
    urllib.request.urlopen(wanted).close()
    return f"{lab}lab/tree/{name}.ipynb?reset&token={TOKEN}"


class Notebook:
    """A notebook that is open in JupyterLab."""

    def __init__(self, page: Page) -> None:
        self.page = page
        page.wait("document.querySelector('.jp-Notebook .jp-Cell')", 600)
        self.idle()

    def idle(self) -> None:
        """Wait until the kernel has nothing to do, and a second more: it says so a little early."""
        self.page.wait(
            "document.querySelector('.jp-Notebook-ExecutionIndicator[data-status=idle]')", 600
        )
        self.page.js("new Promise(done => setTimeout(done, 1000, 1))")

    def run(self, number: int) -> str:
        """Run a code cell with Shift+Enter, as a reader does, and give the text of its output.

        First what a figure has to tell Python must have arrived: it
        is sent one message after the other.
        """
        self.idle()
        cell = f"[...document.querySelectorAll('.jp-CodeCell')][{number}]"
        self.page.js(f"{cell}.querySelector('.cm-content').id = 'editor-{number}'")
        for seconds in (
            60,
            120,
            600,
        ):  # a kernel that is just starting again loses what it was asked
            self.page.click(f"#editor-{number}")
            self.page.press("Shift", "Enter")
            try:
                self.page.wait(
                    f"/\\[\\d+\\]/.test({cell}.querySelector('.jp-InputPrompt').textContent)",
                    seconds,
                )
                break
            except RuntimeError:
                if seconds == 600:
                    raise
        self.idle()
        assert not self.page.js(
            f"{cell}.querySelectorAll('[data-mime-type*=error], [data-mime-type*=stderr]').length"
        )
        return self.page.js(f"{cell}.querySelector('.jp-OutputArea-output')?.innerText ?? ''")
