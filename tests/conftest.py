"""What several test files share: the built site, a server of it, and real browsers."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests import tree
from tests.browser.bridge import Browser, Page
from tools.make import book

# jsonschema would compile 38 grammars, for a second or more, for
# kinds of addresses that no test has
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def site() -> Path:
    """The folder of the site, built first where that is due.

    One test process builds it while the others wait.
    """
    built = tree.run(sys.executable, "tools/make/book.py", cwd=tree.ROOT, PYTHONPATH=str(tree.ROOT))
    assert built.returncode == 0, built.stdout
    return book.SITE


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[[Path], str]]:
    """A function that starts tools/make/serve.py in a project and gives the site's address."""
    running: list[subprocess.Popen[str]] = []

    def start(project: Path) -> str:
        env = dict(os.environ, PORT=str(20000 + os.getpid() % 20000))
        server = subprocess.Popen(
            [sys.executable, "tools/make/serve.py"],
            cwd=project,
            env=env,
            stdout=subprocess.PIPE,
            text=True,
        )
        running.append(server)
        assert server.stdout is not None
        return server.stdout.readline().split("at ")[1].split(" ")[0]

    yield start
    for server in running:
        server.terminate()
        server.communicate()


@pytest.fixture(scope="session")
def address(site: Path, serve: Callable[[Path], str]) -> str:
    """Where `make serve` shows the site."""
    return serve(tree.ROOT)


@pytest.fixture(scope="session")
def chrome() -> Iterator[Browser]:
    """The Chromium that all tests of this process share."""
    browser = Browser("chrome")
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def firefox() -> Iterator[Browser]:
    """Firefox, for the tests that run in it too where it is installed."""
    if not (shutil.which("firefox-esr") or shutil.which("firefox")):
        pytest.skip("Firefox is not installed; the same tests ran in Chromium")
    browser = Browser("firefox")
    yield browser
    browser.close()


@pytest.fixture
def open_page(chrome: Browser) -> Iterator[Callable[..., Page]]:
    """A function that opens a page in Chromium (or in `browser`), closed when the test ends."""
    pages: list[Page] = []

    def start(url: str = "", browser: Browser = chrome, **settings: int) -> Page:
        pages.append(browser.open(url, **settings))
        return pages[-1]

    yield start
    for page in pages:
        page.close()


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A fresh copy of the project with no environment."""
    return tree.copy(tmp_path / "project")
