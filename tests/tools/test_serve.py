"""What `make serve` does where its port is taken, is none, or where there is nothing to show."""

import os
import re
import socket
import subprocess
import sys
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from tests import tree
from tests.tree import said


@pytest.fixture
def built(bare: Path) -> Path:
    """A project whose site is one page."""
    (bare / "_build" / "html").mkdir(parents=True)
    (bare / "_build" / "html" / "index.html").write_text("here")
    return bare


def taken(port: int) -> socket.socket:
    """A port that is in use until the socket is closed."""
    return socket.create_server(("127.0.0.1", port))


def free_ports(count: int) -> int:
    """The first of `count` ports in a row that are free."""
    for first in range(20000, 60000, count):
        with ExitStack() as stack:
            try:
                for port in range(first, first + count):
                    stack.enter_context(closing(taken(port)))
            except OSError:
                continue
        return first
    raise OSError("no free ports")


def test_a_taken_port_is_passed_over(built: Path) -> None:
    first = free_ports(2)
    with closing(taken(first)):
        server = subprocess.Popen(
            [sys.executable, "tools/make/serve.py"],
            cwd=built,
            env=dict(os.environ, PORT=str(first)),
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            assert server.stdout is not None
            assert re.search(rf"http://127\.0\.0\.1:{first + 1}/", server.stdout.readline())
        finally:
            server.terminate()
            server.communicate()


def test_twenty_taken_ports_are_a_sentence(built: Path) -> None:
    first = free_ports(20)
    with ExitStack() as stack:
        for port in range(first, first + 20):
            stack.enter_context(closing(taken(port)))
        done = tree.run(sys.executable, "tools/make/serve.py", cwd=built, PORT=str(first))
    said(done, f"Ports {first} to {first + 19} are all taken", "make serve PORT=")


@pytest.mark.parametrize("port", ["eighty", "70000", "-1", "0"])
def test_a_port_that_is_none_is_a_sentence(built: Path, port: str) -> None:
    said(
        tree.run(sys.executable, "tools/make/serve.py", cwd=built, PORT=port),
        f"PORT={port}",
        "1 to 65535",
    )


def test_serving_a_site_that_is_not_built_is_a_sentence(bare: Path) -> None:
    said(
        tree.run(sys.executable, "tools/make/serve.py", cwd=bare),
        "not built",
        "make book",
    )
