"""JupyterLite beside the book: a chapter opens, its kernel starts, and code is computed.

The code is what a reader types.
No other host is there. Pyodide's core is the npm package's, its pure packages are PyPI's, each of
the version that Pyodide's lock names. In place of the compiled ones (NumPy, matplotlib, …), which
only Pyodide's own host has, stand empty wheels: a chapter's first cell installs all that it would
elsewhere, and what needs no NumPy runs.
"""

import functools
import hashlib
import http.server
import json
import shutil
import threading
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from lstm_edu.text.equations import BACKWARD, parse
from tests.browser.bridge import Page
from tests.tree import ROOT
from tools.make import audit, launches, lite
from tools.make.wheels import fetch

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("lab")]

NPM = ROOT / "node_modules" / "pyodide"
CORE = ["pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip"]
# by kernel and package
ASKED = ["micropip", "ipython", "jedi", "numpy", "sympy", "matplotlib", "typing-extensions"]
EMPTY = {
    "METADATA": "Metadata-Version: 2.1\nName: {0}\nVersion: {1}\n",
    "WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    "RECORD": "",
}
SENT: dict[str, int] = {}  # bytes, by address
MISSED: list[str] = []
KERNEL = "document.querySelector('.jp-KernelName, .jp-Toolbar-kernelName')"
CELL = "document.querySelector('.jp-CodeCell')"
SAID = f"({CELL}.querySelector('.jp-OutputArea')?.innerText ?? '')"


def closure(packages: dict[str, Any], names: list[str]) -> dict[str, Any]:
    """These packages of Pyodide's lock and all that they need."""
    found: dict[str, Any] = {}
    while names := [name.lower().replace("_", "-") for name in names]:
        found |= {name: packages[name] for name in names}
        names = [
            other for name in names for other in packages[name]["depends"] if other not in found
        ]
    return found


def empty(folder: Path, name: str, version: str) -> Path:
    """A wheel with nothing in it."""
    path = folder / f"{name}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as wheel:
        for part, text in EMPTY.items():
            wheel.writestr(f"{name}-{version}.dist-info/{part}", text.format(name, version))
    return path


@pytest.fixture(scope="module")
def pyodide(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with as much of Pyodide as npm and PyPI have."""
    folder = tmp_path_factory.mktemp("pyodide")
    for name in CORE:
        shutil.copy(NPM / name, folder)
    lock = json.loads((NPM / "pyodide-lock.json").read_text("utf-8"))
    lock["packages"] = closure(lock["packages"], ASKED)
    pure = [
        name for name, one in lock["packages"].items() if one["file_name"].endswith("-none-any.whl")
    ]
    wheels = dict(
        zip(
            pure,
            fetch([f"{name}=={lock['packages'][name]['version']}" for name in pure]),
            strict=True,
        )
    )
    for name, one in lock["packages"].items():
        wheel = (
            shutil.copy(wheels[name], folder)
            if name in wheels
            else empty(folder, name, one["version"])
        )
        one.update(
            file_name=Path(wheel).name, sha256=hashlib.sha256(Path(wheel).read_bytes()).hexdigest()
        )
    (folder / "pyodide-lock.json").write_text(json.dumps(lock), "utf-8")
    return folder


class Served(audit.Packing):
    """Serves a folder, and keeps what it sent and what it missed."""

    def send_header(self, keyword: str, value: str) -> None:
        """Send a header."""
        if keyword == "Content-Length":
            SENT[self.path] = int(value)
        super().send_header(keyword, value)

    def send_error(self, code: int, *_: Any) -> None:
        """Say what is wrong."""
        MISSED.append(self.path)
        super().send_error(code)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, pyodide: Path) -> Iterator[str]:
    """Where a site with JupyterLite beside the book's pages is served."""
    folder = tmp_path_factory.mktemp("lite")
    (folder / "work").mkdir()
    lite.build(folder / "site" / launches.LITE, str(pyodide), folder / "work")
    handler = functools.partial(Served, directory=str(folder / "site"))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/book/"
    server.shutdown()
    server.server_close()


def run(page: Page, code: str, until: str) -> str:
    """Put code into the first cell, as a reader does, and run it.

    What the cell says is returned, once it has said `until`.
    """
    page.click("#first")
    if code:
        page.press("Control", "a")
        page.press("Delete")
        page.type(code)
    page.press("Control", "Enter")
    page.wait(until, 600)
    return page.js(SAID)


def test_a_chapter_is_edited_and_run_with_no_install(
    address: str, open_page: Callable[..., Page]
) -> None:
    page = open_page(address + launches.beside("backwards").url)
    page.wait(f"{KERNEL}?.innerText === 'Python (Pyodide)'", 600)
    page.wait("document.querySelector('.jp-Notebook-ExecutionIndicator[data-status=idle]')", 600)
    page.js(f"{CELL}.querySelector('.cm-content').id = 'first', 0")

    assert (
        run(page, "", f"/\\[1\\]/.test({CELL}.querySelector('.jp-InputPrompt').textContent)") == ""
    )
    fetched = sum(SENT.values()) / 1e6
    assert fetched == pytest.approx(launches.LITE_MB, rel=0.1), (
        "say in launches.py how much is downloaded"
    )

    code = "from lstm_edu.text.proof import prove; "
    code += "from lstm_edu.text.equations import BACKWARD, parse; prove(); "
    code += "print(len(parse(BACKWARD)), 'proved')"
    assert run(page, code, f"/proved|Error/.test({SAID})") == f"{len(parse(BACKWARD))} proved\n"
    code = "prove(backward=BACKWARD.replace('i_bar * i * (1 - i)', 'i_bar * (1 - i)'))"
    assert "z_i_bar" in run(page, code, f"/Error|NotProved/.test({SAID})").splitlines()[-1]
    assert "No module named 'numpy'" in run(page, "import numpy", f"/Error/.test({SAID})")

    # the two halves of a widget find each other
    esm = "export default { render({ el }) { el.id = 'alive' } }"
    code = f'import anywidget; type("W", (anywidget.AnyWidget,), {{"_esm": "{esm}"}})()'
    run(page, code, f"document.querySelector('#alive') || /Error/.test({SAID})")
    assert page.js("document.querySelector('#alive') !== null"), page.js(SAID)

    assert {*MISSED} <= {"/favicon.ico"}, "a browser asks for that one by itself"
    seen = page.seen()
    assert not seen["outside"] and not seen["errors"], seen
