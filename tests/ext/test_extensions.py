"""What the book's own Sphinx extensions promise of modules, scripts and typesetting."""

import importlib
import socket
import sys
import time
from pathlib import Path
from types import ModuleType

import pytest
from docutils import nodes

from tests.tree import ROOT

# binds its socket, so that the file is there, and listens only later
LATE = """#!{python}
import socket, sys, time
server = socket.socket(socket.AF_UNIX)
server.bind(sys.argv[sys.argv.index("--socket") + 1])
time.sleep(0.3)
server.listen()
sys.stdin.read()
"""


for folder in ("", "figures", "light"):  # as _config.yml does for Sphinx
    sys.path.insert(0, str(ROOT / "book" / "_ext" / folder))


def extension(name: str) -> ModuleType:
    """A module of book/_ext, by its path without .py."""
    file = ROOT / "book" / "_ext" / f"{name}.py"
    spec = importlib.util.spec_from_file_location(file.stem, file)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


for folder in ("light", "figures"):  # as _config.yml does for Sphinx
    sys.path.insert(0, str(ROOT / "book" / "_ext" / folder))
host, kernels, pages = extension("figures/host"), extension("run/kernels"), extension("mathematics")
host_build = importlib.import_module("host_build")


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


def test_typesetting_waits_until_its_process_listens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        pages.katex, "NODEJS_BINARY", program(tmp_path, LATE.format(python=sys.executable))
    )
    process, connection = pages.start_katex(tmp_path, timeout=600)
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
        pages.start_katex(tmp_path, timeout=600)
    assert time.monotonic() - began < 600, "it waited for a process that had ended"


def test_no_line_begins_with_the_full_stop_after_a_formula() -> None:
    line = nodes.paragraph(
        "",
        "",
        nodes.Text("so ("),
        nodes.math(text="x"),
        nodes.Text("), and "),
        nodes.math(text="y"),
    )
    other = nodes.paragraph(
        "",
        "",
        nodes.math(text="z"),
        nodes.Text(" is"),
        nodes.math(text="w"),
        nodes.strong(text=".5"),
    )
    pages.keep_together(None, nodes.section("", line, other), "")
    assert [part.astext() for part in line] == [
        "so (" + pages.WITH,
        "x",
        pages.WITH + "), and ",
        "y",
    ]
    assert [part.astext() for part in other] == ["z", " is", "w", ".5"], (
        "other words and other elements stay"
    )
