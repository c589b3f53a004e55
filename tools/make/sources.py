"""Which files the project is made of, and one SHA-256 of some of them.

`make book` and the tests' copies go by them.
"""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# Made, never written by hand; asked only where there is no git, which knows from .gitignore.
MADE = {
    ".git", ".venv", ".venv-before", "_build", "node_modules", "__pycache__",
    ".ipynb_checkpoints", ".hypothesis",
}  # fmt: skip
PRODUCT = ("lstm_edu/", "requirements.txt")  # what the code of a chapter runs


def files(root: Path = ROOT) -> list[Path]:
    """Every file that git tracks and every new one that it does not ignore.

    They are paths from `root`, sorted.
    Where there is no git, or it knows nothing of this folder, every file but what is made.
    """
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    try:
        listed = subprocess.run(
            command, cwd=root, capture_output=True, text=True, check=False
        ).stdout
    except OSError:
        listed = ""
    if listed:
        return sorted(
            Path(name) for name in {*listed.split("\0")} if name and (root / name).is_file()
        )
    found = []
    for folder, inside, names in os.walk(root):
        inside[:] = [name for name in inside if name not in MADE and "_cache" not in name]
        found += [Path(folder, name).relative_to(root) for name in names]
    return sorted(file for file in found if (root / file).is_file())


def digest(wanted: Iterable[Path], *more: str, root: Path = ROOT) -> str:
    """One SHA-256 of the names and contents of files, and of what else is said."""
    total = hashlib.sha256("\0".join(more).encode())
    for file in wanted:
        total.update(
            f"\0{file.as_posix()}\0".encode() + hashlib.sha256((root / file).read_bytes()).digest()
        )
    return total.hexdigest()


def is_text(file: Path) -> bool:
    """Whether a file is a chapter or its references: Sphinx itself sees which of them changed."""
    return file.parent == Path("book") and file.suffix in {".md", ".bib"}


def of_pages() -> list[Path]:
    """What the pages are made of: all but the tests and the measurements."""
    return [file for file in files() if file.parts[0] not in {"tests", "bench"}]


def of_product() -> str:
    """One SHA-256 of the package, of the versions of what it needs and of Python."""
    return digest((file for file in files() if file.as_posix().startswith(PRODUCT)), sys.version)
