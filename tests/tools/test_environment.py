"""A moved project makes its environment anew.

It keeps the one that it has until the new one stands.
"""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

from tests import tree
from tests.tree import ROOT, said
from tools.make.environment import NEWEST, OLDEST, RANGE

# a `venv` that makes an environment whose programs do nothing
VENV = """import pathlib, sys
[folder] = map(pathlib.Path, sys.argv[1:])
(folder / "bin").mkdir(parents=True, exist_ok=True)
for name in ("python", "uv", "npm"):
    script = "[ $1 = ci ] && mkdir -p node_modules; [ $1 = -c ] && echo 3 12; true"
    (folder / "bin" / name).write_text(f"#!/bin/sh\\n{script}")
    (folder / "bin" / name).chmod(0o755)
(folder / "pyvenv.cfg").write_text(f"command = python -m venv {folder}")
"""


@pytest.fixture
def moved(bare: Path, tmp_path: Path) -> Path:
    """A project whose environment was made, and which was moved afterwards."""
    (tmp_path / "fake" / "venv").mkdir(parents=True)
    (tmp_path / "fake" / "venv" / "__init__.py").touch()
    (tmp_path / "fake" / "venv" / "__main__.py").write_text(VENV)
    made = environment(bare)
    assert made.returncode == 0 and "Making the environment" in made.stdout, made.stdout
    assert not environment(bare).stdout, "nothing is to be done"
    (bare / ".venv" / "of-before").touch()
    return bare.rename(tmp_path / "elsewhere")


def environment(project: Path) -> "subprocess.CompletedProcess[str]":
    """What environment.py says in a project beside which there is a `venv` of the test's own."""
    fake = str(project.parent / "fake")
    return tree.run(sys.executable, "tools/make/environment.py", cwd=project, PYTHONPATH=fake)


def test_a_moved_project_makes_its_environment_anew(moved: Path) -> None:
    done = environment(moved)
    assert done.returncode == 0 and "was moved or copied" in done.stdout, done.stdout
    assert not (moved / ".venv" / "of-before").exists() and not (moved / ".venv-before").exists()
    assert str(moved) in (moved / ".venv" / "pyvenv.cfg").read_text()
    assert not environment(moved).stdout, "nothing is to be done"


def test_an_environment_stays_until_its_successor_stands(moved: Path) -> None:
    fake = moved.parent / "fake" / "venv" / "__main__.py"
    fake.write_text("raise SystemExit('ensurepip is not available')")
    said(environment(moved), "was moved or copied", "-venv")
    assert (moved / ".venv" / "of-before").exists() and not (moved / ".venv-before").exists()
    (moved / ".venv").rename(
        moved / ".venv-before"
    )  # as a run that is killed leaves it, with half a successor
    (moved / ".venv").mkdir()
    fake.write_text(VENV)
    assert environment(moved).returncode == 0
    assert not (moved / ".venv" / "of-before").exists() and not (moved / ".venv-before").exists()


def test_the_lock_pins_every_package_once_on_every_python() -> None:
    pins = [Requirement(line) for line in (ROOT / "requirements.txt").read_text().splitlines()]
    for minor in range(OLDEST[1], NEWEST[1] + 1):
        python = {"python_version": f"3.{minor}", "python_full_version": f"3.{minor}.9"}
        here = [pin.name for pin in pins if not pin.marker or pin.marker.evaluate(python)]
        assert len(here) == len({*here}) > 150 and "numpy" in here, f"3.{minor}: {here}"


def test_a_reader_may_have_a_newer_python_than_the_builders_and_both_ranges_are_said() -> None:
    asks = SpecifierSet(
        tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["requires-python"]
    )
    assert f"3.{OLDEST[1]}" in asks and f"3.{OLDEST[1] - 1}" not in asks and "3.99" in asks
    for page in "README.md", "Makefile":
        assert f"Python {RANGE}" in (ROOT / page).read_text(), page
