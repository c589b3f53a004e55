"""Wheels for a Python that runs in the browser.

They are the package's own, and what it needs that Pyodide lacks.
"""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
STORE = ROOT / "_build" / "wheels"  # what was downloaded, and need not be again
PROGRAMS = Path(sys.executable).parent
# What the package needs and Pyodide lacks. Each is the version that the environment has, as
# JupyterLite's extensions are: the two halves of a widget must be of one version.
NEEDED = ["anywidget", "comm", "ipywidgets", "jupyterlab-widgets", "psygnal"]
PURE = [
    "--only-binary=:all:",
    "--platform=any",
    "--implementation=py",
    "--abi=none",
    "--python-version=3.14",
]


class Wrong(Exception):
    """Something that is needed is not there; the message says what to do."""


def package(work: Path) -> Path:
    """The package's wheel, made from a copy.

    So it leaves nothing in the tree and takes nothing old from it.
    """
    copy = work / "package"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(
        ROOT / "lstm_edu", copy / "lstm_edu", ignore=shutil.ignore_patterns("__pycache__")
    )
    for name in ("pyproject.toml", "README.md", "LICENSE", "LICENSE-CONTENT"):
        shutil.copy(ROOT / name, copy)
    command: list[object] = [PROGRAMS / "uv", "build", "--quiet", "--wheel", "--no-build-isolation"]
    run(
        "The wheel could not be made",
        [*command, "--python", sys.executable, "--out-dir", copy / "dist", copy],
    )
    return next((copy / "dist").glob("*.whl"))


def needed() -> list[Path]:
    """The wheels of NEEDED as requirements.txt pins them."""
    pins = (ROOT / "requirements.txt").read_text("utf-8").split()
    return fetch([pin for pin in pins if pin.split("==")[0] in NEEDED])


def fetch(pins: list[str]) -> list[Path]:
    """The pure wheels of these pins (`name==version`), each downloaded once.

    Raises Wrong where a download fails.
    """
    if missing := [pin for pin in pins if not stored(pin)]:
        download = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
        run(
            "A wheel could not be downloaded; check the network, then run the command again",
            [*download, *PURE, "--dest", STORE, *missing],
        )
    return [stored(pin)[0] for pin in pins]


def stored(pin: str) -> list[Path]:
    """The file of a pinned wheel, where it is in STORE."""
    name, version = pin.split("==")
    return [*STORE.glob(f"{name.replace('-', '_')}-{version}-*.whl")]


def run(trouble: str, command: list[object], where: Path = ROOT) -> None:
    """Run a command, silent where it succeeds. Raises Wrong with what it said where it fails."""
    done = subprocess.run(
        [*map(str, command)], cwd=where, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise Wrong(f"{trouble}. It said:\n{(done.stdout + done.stderr).strip()[-2000:]}")
