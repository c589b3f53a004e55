"""Everything that the README tells a newcomer to type is typed here.

Everything it points at is there.
"""

import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from tests import tree
from tools.make import book, browser

PAGES = [
    tree.ROOT / name for name in ("README.md", "CONTRIBUTING.md") if (tree.ROOT / name).exists()
]
README = (tree.ROOT / "README.md").read_text("utf-8") if (tree.ROOT / "README.md").exists() else ""
TARGETS = set(re.findall(r"^([a-z-]+):", (tree.ROOT / "Makefile").read_text("utf-8"), flags=re.M))
PROGRAMS = ("make ", "git ", "cd ", "python", "pip ", "apt ", ".venv/")
NOT_OURS = ("git clone", "cd ", "apt ")
TYPED_ELSEWHERE = {"make lite": "tests/tools/test_lite.py"}


def tokens(markdown: str, kind: str) -> list[Token]:
    """The parts of a Markdown text of one kind.

    The kind is "fence", "code_block", "code_inline", "link_open" …
    """
    flat = [
        part
        for token in MarkdownIt().enable("table").parse(markdown)
        for part in (token, *(token.children or ()))
    ]
    return [token for token in flat if token.type == kind]


def commands(markdown: str) -> list[str]:
    """The command lines that a text shows, without prompts and comments.

    Those are left out that are not ours.
    A block of another kind must be one that nobody would type: a
    picture in letters, or in a named language.
    """
    lines = [
        code.content for code in tokens(markdown, "code_inline") if code.content.startswith("make ")
    ]
    for block in tokens(markdown, "code_block") + tokens(markdown, "fence"):
        shown = [
            line.strip().removeprefix("$ ") for line in block.content.splitlines() if line.strip()
        ]
        if shown[0].startswith(PROGRAMS):
            lines += shown
        else:
            assert block.info or "─" in block.content, f"is this to be typed? {block.content}"
    plain = (shlex.join(shlex.split(line, comments=True)) for line in lines)
    return list(dict.fromkeys(line for line in plain if line and not line.startswith(NOT_OURS)))


def python_blocks(markdown: str) -> list[str]:
    """The Python that a text shows."""
    return [block.content for block in tokens(markdown, "fence") if block.info.startswith("py")]


# Quick: what is written


def test_the_readme_shows_both_commands() -> None:
    assert {"make book", "make test"} <= set(commands(README)), (
        "README.md shows no `make book` and `make test`"
    )


def test_commands_are_found() -> None:
    text = "```sh\ngit clone x\n$ make book  # builds\n\n```\nor\n\n"
    text += "    make serve PORT=9000   # shows\n\n`make lab`, `x`"
    assert commands(text) == ["make lab", "make serve PORT=9000", "make book"]
    assert python_blocks("```python\n1\n```\n") == ["1\n"]
    with pytest.raises(AssertionError, match="is this to be typed"):
        commands("    do something\n")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_make_target_that_is_named_exists(page: Path) -> None:
    code = [
        part.content
        for kind in ("code_block", "fence", "code_inline")
        for part in tokens(page.read_text("utf-8"), kind)
    ]
    named = set(re.findall(r"^(?:\$ )?make ([a-z-]+)", "\n".join(code), flags=re.M))
    assert named, f"{page.name} names no command"
    assert named <= TARGETS, (
        f"{page.name} names {sorted(named - TARGETS)}, which the Makefile lacks"
    )


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_relative_link_leads_somewhere(page: Path) -> None:
    text = page.read_text("utf-8")
    links = [str(link.attrs["href"]) for link in tokens(text, "link_open")]
    links += [str(picture.attrs["src"]) for picture in tokens(text, "image")]
    heads = {
        re.sub(r"[^\w -]", "", head).strip().lower().replace(" ", "-")
        for head in re.findall(r"^#+ (.*)", text, re.M)
    }
    for link in links:
        path, _, anchor = link.partition("#")
        if re.match(r"[a-z]+:", link):
            continue
        assert (page.parent / path).exists(), f"{page.name} links to {link}, which is not there"
        assert path or anchor in heads, f"{page.name} links to #{anchor}, and has no such heading"


# Slow: what is typed


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory, site: Path) -> Path:
    """A copy of the project to type the commands in, its book built as that of the tests is."""
    copy = tree.copy(tmp_path_factory.mktemp("readme") / "project", ".venv", "node_modules")
    shutil.copytree(site, copy / "_build" / "html")
    shutil.copy(book.STAMP, copy / "_build")
    return copy


def typed(command: str) -> list[str]:
    """A command's words.

    Where the README has a path to be filled in, this machine's Python and browser stand.
    """
    words = [
        re.sub(r"(?<=PYTHON=)/path/to/\S+", sys.executable, word) for word in shlex.split(command)
    ]
    return [re.sub(r"(?<=BROWSER=)/path/to/\S+", browser.find() or "", word) for word in words]


@pytest.mark.slow
@pytest.mark.xdist_group("readme")
@pytest.mark.parametrize("command", [one for one in commands(README) if one not in TYPED_ELSEWHERE])
def test_a_command_of_the_readme_works(
    command: str, project: Path, served: Callable[[list[str]], str]
) -> None:
    words = typed(command)
    if words[0] == "make" and {"serve", "lab"} & {*words}:
        assert served(words)
        return
    # the tests that `make test` and `make check` would run are
    # running now: there they are only collected;
    # of the measurements, which take minutes, there are fewer
    done = tree.run(*words, cwd=project, PYTEST_ADDOPTS="--collect-only", ARGS="--quick")
    assert done.returncode == 0, done.stdout


@pytest.fixture
def served(project: Path, tmp_path: Path) -> Iterator[Callable[[list[str]], str]]:
    """A function that starts a server, waits for the address it prints, and asks there.

    Ctrl-C stops it.
    """
    config = tmp_path / "jupyter_server_config.json"
    config.write_text('{"ServerApp": {"open_browser": false, "allow_root": true}}')
    home = dict(
        JUPYTER_CONFIG_DIR=str(tmp_path),
        JUPYTER_RUNTIME_DIR=str(tmp_path),
        JUPYTER_DATA_DIR=str(tmp_path),
    )
    running: list[subprocess.Popen[str]] = []

    def start(words: list[str]) -> str:
        log = tmp_path / "log"
        with open(log, "w") as out:
            running.append(
                subprocess.Popen(
                    words,
                    cwd=project,
                    env={**os.environ, **home},
                    stdout=out,
                    stderr=out,
                    text=True,
                    start_new_session=True,
                )
            )
        for _ in range(6000):
            if address := re.search(
                r"http://(?:127\.0\.0\.1|localhost):\d+/\S*(?=\s)", log.read_text()
            ):
                # a server may print its address a moment before it answers
                with suppress(urllib.error.URLError), urllib.request.urlopen(address[0]) as answer:
                    return answer.read().decode()
            assert running[0].poll() is None, log.read_text()
            time.sleep(0.1)
        raise AssertionError(f"no address was printed that answers: {log.read_text()}")

    yield start
    for process in running:
        os.killpg(process.pid, signal.SIGINT)
        time.sleep(0.5)
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=600)


@pytest.mark.slow
@pytest.mark.parametrize("code", python_blocks(README) or ["import lstm_edu"])
def test_a_python_block_of_the_readme_runs(code: str) -> None:
    done = tree.run(sys.executable, "-c", code, cwd=tree.ROOT, PYTHONPATH=str(tree.ROOT))
    assert done.returncode == 0, done.stdout
