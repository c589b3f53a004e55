"""What the machine refuses a command is a sentence: a full disk, a closed folder or home."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import tree
from tests.tree import said
from tools.make import causes

# Disks of the test's own, in a world that ends with the program: on one of 12 MB the environment
# has no room, and the other is read-only.
DISK = """
set -e
mount -t tmpfs -o size=12m none {disk}
cp -r {project}/. {disk}
cd {disk}
{then}
exec {python} tools/make/environment.py
"""


def on_a_disk(project: Path, then: str) -> "subprocess.CompletedProcess[str]":
    """What environment.py says on a small disk after `then`."""
    disk = project.with_name("disk")
    disk.mkdir()
    words = dict(disk=disk, project=project, then=then, python=Path(sys.executable).resolve())
    if tree.run("unshare", "-rm", "mount", "-t", "tmpfs", "none", disk, cwd=project).returncode:
        pytest.skip("this machine lets no program have a disk of its own")
    return tree.run("unshare", "-rm", "sh", "-c", DISK.format(**words), cwd=project)


@pytest.mark.parametrize(
    ("then", "why"), [("", "The disk is full"), ("mount -o remount,ro .", "cannot be written")]
)
def test_a_disk_that_takes_nothing_more_is_said(bare: Path, then: str, why: str) -> None:
    if not sys.platform.startswith("linux"):
        pytest.skip("other systems have other means to make a disk")
    assert "-venv" not in said(on_a_disk(bare, then), why), "another cause is named besides"


def test_a_home_that_cannot_be_written_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    assert causes.cause() == ""
    monkeypatch.setenv("HOME", os.devnull)
    assert f"HOME is {os.devnull}" in causes.cause()


def test_what_a_machine_refuses_is_told_and_a_fault_of_the_program_is_not_hidden(
    capsys: pytest.CaptureFixture[str],
) -> None:
    def full() -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "page.html")

    assert causes.told(full) == 1
    assert capsys.readouterr().err == f"\npage.html: {os.strerror(errno.ENOSPC)}.\n"
    with pytest.raises(FileNotFoundError):
        causes.told(lambda: len(os.listdir("/nowhere")))
    assert causes.told(lambda: 3) == 3


def test_a_program_that_fails_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert causes.told(lambda: subprocess.run(["false", "here"], check=True).returncode) == 1
    assert "false here failed" in capsys.readouterr().err
