"""Copies of the project in which a test may break things.

Programs run in them as a reader would run them.
"""

import os
import shutil
import subprocess
from pathlib import Path

from tools.make import sources

ROOT = Path(__file__).resolve().parents[1]


def copy(to: Path, *links: str) -> Path:
    """A copy of the project at `to`.

    `links` (".venv", "node_modules") are borrowed from the real tree.
    """
    for file in sources.files():
        (to / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / file, to / file)
    for link in links:
        (to / link).symlink_to(ROOT / link)
    return to


def run(
    *command: object, cwd: Path, seconds: float = 1800, **env: str | None
) -> subprocess.CompletedProcess[str]:
    """A finished program: its exit code and, as `stdout`, all that it said.

    A variable given as None is unset.
    What runs longer than `seconds` hangs; a busy machine gets by with far less.
    """
    return subprocess.run(
        [str(word) for word in command], cwd=cwd, env=environment(**env), timeout=seconds,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip


def environment(**env: str | None) -> dict[str, str]:
    """The variables of a reader's shell: without those of the `make` that runs the tests."""
    inherited = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("MAKE") and name != "LITE"  # which our Makefile exports
    }
    return {name: value for name, value in {**inherited, **env}.items() if value is not None}


def edit(file: Path, old: str, new: str) -> None:
    """Change `old`, which must be there, to `new` in a file."""
    text = file.read_text("utf-8")
    assert old in text, f"{file.name} does not hold {old!r}"
    file.write_text(text.replace(old, new, 1), "utf-8")


def said(done: subprocess.CompletedProcess[str], *words: str) -> str:
    """What a program that had to fail said, once it is known to be a sentence with these words."""
    assert done.returncode not in (0, None), f"it passed, and said: {done.stdout}"
    assert "Traceback" not in done.stdout, done.stdout
    for word in words:
        assert word in done.stdout, f"{word!r} is missing in: {done.stdout}"
    return done.stdout
