"""Which files the project is made of, by git and without, and what the cache of a build keeps."""

import os
import subprocess
from pathlib import Path

import pytest

from tools.make import cached, sources


def git(folder: Path, *words: str) -> None:
    subprocess.run(["git", *words], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a module, a chapter, and what is made."""
    for name in ("module.py", "book/a.md", "_build/html/a.html", "made.log"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    (tmp_path / ".gitignore").write_text("/_build/\n*.log\n")
    return tmp_path


def names(folder: Path) -> list[str]:
    return [file.as_posix() for file in sources.files(folder)]


def test_what_git_tracks_counts_and_what_is_new_and_not_ignored(folder: Path) -> None:
    git(folder, "init")
    git(folder, "add", ".gitignore", "module.py")
    assert names(folder) == [".gitignore", "book/a.md", "module.py"]
    (folder / "module.py").unlink()
    (folder / "größe.py").touch()
    assert names(folder) == [".gitignore", "book/a.md", "größe.py"]


def test_without_git_all_counts_but_what_is_made(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = [".gitignore", "book/a.md", "made.log", "module.py"]
    assert names(folder) == found, "no repository"
    monkeypatch.setenv("PATH", str(folder))
    assert names(folder) == found, "no git"


def test_a_folder_that_its_repository_ignores_counts_as_one_without_git(folder: Path) -> None:
    git(folder, "init")
    assert names(folder / "_build") == ["html/a.html"]


def test_a_digest_sees_each_name_and_each_content(folder: Path) -> None:
    files = [Path("module.py"), Path("book/a.md")]
    seen = {
        sources.digest(files, root=folder),
        sources.digest(files[:1], root=folder),
        sources.digest([], "a", "b"),
    }
    (folder / "book" / "a.md").write_text("other")
    seen |= {
        sources.digest(files, root=folder),
        sources.digest([], "ab"),
        sources.digest([], "a", ""),
    }
    assert len(seen) == 6


def test_chapters_and_references_are_the_text() -> None:
    assert [sources.is_text(Path(name)) for name in ("book/cell.md", "book/references.bib")] == [
        True,
        True,
    ]
    assert not any(
        sources.is_text(Path(name)) for name in ("book/_ext/a.py", "book/_static/a.md", "README.md")
    )


def test_a_result_is_made_once_of_the_same_and_forgotten_when_nobody_asks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cached, "CACHE", tmp_path)
    made: list[str] = []

    def make() -> bytes:
        made.append("once")
        return b"result"

    for depends in (("a", b"b"), ("a", b"b"), ("ab", b"")):
        assert cached.made("kind", depends, make) == b"result"
    assert len(made) == 2, "the bounds between two parts count"
    [old, new] = sorted((tmp_path / "kind").iterdir())
    os.utime(old, (0, 0))
    cached.prune()
    assert not old.exists() and new.exists()
