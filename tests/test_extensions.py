"""What the book's own Sphinx extensions promise: a module becomes a script by text alone, and typesetting starts."""

import importlib.util
import json
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import ModuleType

import pytest
from sphinx.errors import ExtensionError

from tests.tree import ROOT

NODE = Path(sys.executable).with_name("node")
# binds its socket, so that the file is there, and listens only later
LATE = """#!{python}
import socket, sys, time
server = socket.socket(socket.AF_UNIX)
server.bind(sys.argv[sys.argv.index("--socket") + 1])
time.sleep(0.3)
server.listen()
time.sleep(5)
"""


def extension(name: str) -> ModuleType:
    """A module of book/_ext."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "book" / "_ext" / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


host, kernels, pages = extension("widget_host"), extension("kernels"), extension("pages")


# widget_host.py


def test_a_module_becomes_a_script_that_registers_it() -> None:
    esm = 'const word = "export";\nfunction render() { return word; }\nexport default { render };\n'
    script = host.classic(esm)
    program = (
        f"{script}\nconsole.log(JSON.stringify([Object.keys(lstmModules), Object.values(lstmModules)[0].render()]))"
    )
    done = subprocess.run([NODE, "--input-type=commonjs", "-e", program], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == [[host.digest(esm)], "export"]


@pytest.mark.parametrize(
    "esm",
    [
        "function render() {}\n",
        "export default { a };\nexport default { b };\n",
        'import { a } from "./a.mjs";\nexport default { a };\n',
        "export const a = 1;\nexport default { a };\n",
    ],
)
def test_a_module_in_another_form_is_refused(esm: str) -> None:
    with pytest.raises(ExtensionError, match="one `export default …;` line and no other import or export"):
        host.classic(esm)


# kernels.py


@pytest.mark.parametrize(("deaths", "tries"), [(0, 1), (2, 3), (3, 3)])
def test_a_kernel_that_dies_at_its_start_is_started_again(
    deaths: int, tries: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = []

    def execute(notebook: str, timeout: int) -> str:
        tried.append((notebook, timeout))
        if len(tried) <= deaths:
            raise RuntimeError("Kernel died before replying to kernel_info")
        return "executed"

    monkeypatch.setattr(kernels, "execute", execute)
    if deaths < 3:
        assert kernels.again("chapter", timeout=5) == "executed"
    else:
        with pytest.raises(RuntimeError, match="Kernel died"):
            kernels.again("chapter", timeout=5)
    assert tried == [("chapter", 5)] * tries


# pages.py


def program(folder: Path, text: str) -> str:
    """A program, to be started in place of node."""
    (folder / "node").write_text(text)
    (folder / "node").chmod(0o755)
    return str(folder / "node")


def test_typesetting_waits_until_its_process_listens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages.katex, "NODEJS_BINARY", program(tmp_path, LATE.format(python=sys.executable)))
    process, connection = pages.start_katex(tmp_path, timeout=10)
    with process, connection:
        assert isinstance(connection, socket.socket)
        assert connection.getpeername() == str(tmp_path / "katex.sock")
        process.kill()


def test_typesetting_that_never_starts_is_an_error_and_leaves_no_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages.katex, "NODEJS_BINARY", program(tmp_path, "#!/bin/sh\nexit 1\n"))
    began = time.monotonic()
    with pytest.raises(pages.katex.KaTeXError):
        pages.start_katex(tmp_path, timeout=30)
    assert time.monotonic() - began < 10
