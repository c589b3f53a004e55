"""Make the environment the project runs in.

It is .venv from requirements.txt and node_modules from package-lock.json.
The module runs on whatever Python 3 the machine has, finds one the project can
use, and does nothing when all is up to date.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))  # this file is run by its path, before there is an environment
from tools.make import causes  # noqa: E402

VENV = ROOT / ".venv"
ASIDE = ROOT / ".venv-before"
UV = "uv==0.13.9"  # installs the lock in seconds where pip takes a minute
OLDEST, NEWEST = (3, 11), (3, 15)
RANGE = "3.%d to 3.%d" % (OLDEST[1], NEWEST[1])
ROOM = 300  # MB; the largest package needs as much while it is unpacked
WINDOWS = (
    "The project's commands need a POSIX system. On Windows run them in WSL (wsl --install), in\n"
    "a folder of its own. To run the notebooks alone, nothing has to be built: pip install ."
)


class Missing(Exception):
    """Something the project needs is not there; the message says what to do."""


def main() -> int:
    """Bring .venv and node_modules up to date with their locks.

    What is missing is said in a sentence.
    """
    try:
        if sys.platform == "win32":
            raise Missing(WINDOWS)
        python = find_python()
        environment(python)
        browser_side()
    except Missing as missing:
        print("\n%s" % missing, file=sys.stderr)
        return 1
    return 0


def find_python() -> str:
    """The first Python in range among the one running, PYTHON's and those on PATH."""
    tried = [sys.executable] + [
        "python3.%d" % minor for minor in range(NEWEST[1], OLDEST[1] - 1, -1)
    ]
    for python in tried:
        if OLDEST <= version(python) <= NEWEST:
            return python
    raise Missing(
        "This is Python %d.%d; the book needs %s.\n"
        "Install one of them, then run: make book PYTHON=/path/to/python3.%d"
        % (*sys.version_info[:2], RANGE, NEWEST[1] - 1)
    )


def version(python: str) -> tuple:
    """The (major, minor) of a Python, or (0, 0) where there is none that runs."""
    if python == sys.executable:
        return sys.version_info[:2]
    ask = "import sys; print(*sys.version_info[:2])"
    try:
        words = subprocess.run(
            [python, "-c", ask], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        ).stdout.split()
    except OSError:
        words = []
    return (int(words[0]), int(words[1])) if len(words) == 2 else (0, 0)


def environment(python: str) -> None:
    """Make .venv hold exactly what requirements.txt names.

    One that does not fit any more is kept aside until its successor
    stands, and is put back where there is none.
    """
    stamp = VENV / "lock.sha256"
    wanted = digest(ROOT / "requirements.txt")
    if stamp.exists() and stamp.read_text() == wanted and fits():
        shutil.rmtree(
            str(ASIDE), ignore_errors=True
        )  # what a run left that was stopped at its very end
        return
    if VENV.exists() and not stands_here():
        print("This folder was moved or copied since its environment was made.", flush=True)
    print("Making the environment .venv (once; about 800 MB on disk) …", flush=True)
    if VENV.exists() and not fits():
        put_aside()
    try:
        fill(python)
    except BaseException:
        if ASIDE.exists():
            shutil.rmtree(str(VENV), ignore_errors=True)
            ASIDE.rename(VENV)
        raise
    stamp.write_text(wanted)
    shutil.rmtree(str(ASIDE), ignore_errors=True)


def fits() -> bool:
    """Whether the environment's Python runs and is in range, and its programs are here.

    The programs name their folder.
    """
    return OLDEST <= version(str(VENV / "bin" / "python")) <= NEWEST and stands_here()


def stands_here() -> bool:
    """Whether the environment was made for the folder in which it lies; its own file says so."""
    config = VENV / "pyvenv.cfg"
    said = config.read_text() if config.exists() else ""
    made_for = [
        line.rpartition(" -m venv ")[2]
        for line in said.splitlines()
        if line.startswith("command = ")
    ]
    return not made_for or os.path.realpath(made_for[0]) == os.path.realpath(str(VENV))


def put_aside() -> None:
    """Keep the environment that does not fit aside, unless one is kept there already."""
    if ASIDE.exists():
        shutil.rmtree(str(VENV))  # what a run that was stopped left half made
    else:
        VENV.rename(ASIDE)


def fill(python: str) -> None:
    """Make .venv with a Python, or go on with what is there.

    It then holds what requirements.txt names.
    """
    stood = fits()
    made = subprocess.run(
        [python, "-m", "venv", str(VENV)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    if made.returncode:
        if not stood:
            shutil.rmtree(str(VENV), ignore_errors=True)
        no_venv = (
            "On Debian and Ubuntu its `venv` module is a package of its own:\n"
            "  apt install python%d.%d-venv\nthen run the command again." % version(python)
        )
        raise Missing(
            "%s could not make a virtual environment. %s It said:\n%s"
            % (python, causes.cause(ROOM) or no_venv, made.stdout.decode())
        )
    fetch(
        [
            str(VENV / "bin" / "python"),
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            UV,
        ]
    )
    fetch([str(VENV / "bin" / "uv"), "pip", "sync", "--quiet", "requirements.txt"])
    quiet_kernels()


def quiet_kernels() -> None:
    """Let this environment's kernels report errors only.

    Each warns of TCP without encryption, on loopback.
    """
    config = VENV / "etc" / "ipython" / "ipython_kernel_config.py"
    config.parent.mkdir(parents=True, exist_ok=True)
    config.write_text("c.IPKernelApp.log_level = 40\n")


def browser_side() -> None:
    """Make node_modules hold exactly what package-lock.json names.

    The npm for it is the one that the environment brings.
    """
    stamp = ROOT / "node_modules" / "lock.sha256"
    wanted = digest(ROOT / "package-lock.json")
    if stamp.exists() and stamp.read_text() == wanted:
        return
    print("Fetching the browser side (KaTeX's fonts, the test driver) …", flush=True)
    fetch([str(VENV / "bin" / "npm"), "ci", "--silent", "--no-audit", "--no-fund"])
    stamp.write_text(wanted)


def fetch(command: list) -> None:
    """Run a command that downloads.

    It runs in the project's folder with the environment's programs first on PATH.
    """
    path = str(VENV / "bin") + os.pathsep + os.environ.get("PATH", "")
    env = dict(os.environ, PATH=path, VIRTUAL_ENV=str(VENV))
    if subprocess.run(command, cwd=str(ROOT), env=env).returncode:
        raise Missing(
            causes.cause(ROOM)
            or "A download failed (the last lines above say why). "
            "The project needs PyPI and the npm registry the first\n"
            "time and after a change of a lock file: "
            "check the network, or the index pip and npm are set up to use,\n"
            "then run the command again; it goes on where it stopped."
        )


def digest(path: Path) -> str:
    """The SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    sys.exit(causes.told(main))
