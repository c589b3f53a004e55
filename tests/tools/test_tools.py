"""What the tools say where something is missing: a sentence that tells what to do.

They give an exit code, and never a traceback.
"""

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests import tree
from tests.tree import said
from tools.make import environment

DEAD = "http://127.0.0.1:9/simple"  # the discard port: nobody answers
PRETEND = """#!/bin/sh
exec {real} -c 'import runpy, sys
sys.version_info = ({version}, 0, "final", 0)
if sys.argv[1] == "-c": exec(sys.argv[2])
else: sys.argv[:] = sys.argv[1:]; runpy.run_path(sys.argv[0], run_name="__main__")' "$@"
"""


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    """An empty folder, to be the whole PATH."""
    folder = tmp_path / "programs"
    folder.mkdir()
    return folder


def program(folder: Path, name: str, text: str) -> Path:
    """A program `name` in `folder`."""
    (folder / name).write_text(text)
    (folder / name).chmod(0o755)
    return folder / name


def python(folder: Path, name: str, version: str) -> Path:
    """A Python that says it is of another version ("3, 10")."""
    return program(
        folder, name, PRETEND.format(real=Path(sys.executable).resolve(), version=version)
    )


# environment.py


@pytest.mark.parametrize("version", ["3, 8", "3, 10", "3, 16"])
def test_a_python_out_of_range_is_named_and_the_way_out_told(
    bare: Path, programs: Path, version: str
) -> None:
    old = python(programs, "python3", version)
    make = shutil.which("make")
    done = tree.run(make, "book", f"PYTHON={old}", cwd=bare, PATH=str(programs))
    said(
        done,
        f"This is Python {version.replace(', ', '.')}",
        environment.RANGE,
        "make book PYTHON=",
    )
    assert not (bare / ".venv").exists()


def test_a_python_in_range_is_found_beside_one_that_is_not(bare: Path, programs: Path) -> None:
    old = python(programs, "python3", "3, 10")
    program(
        programs,
        "python3.12",
        '#!/bin/sh\n[ "$1" = -c ] && echo 3 12 || { echo I was asked; exit 1; }\n',
    )
    said(
        tree.run(old, "tools/make/environment.py", cwd=bare, PATH=str(programs)),
        "python3.12 could not",
        "I was asked",
    )


def test_no_python_of_that_name_is_said_by_make(bare: Path, programs: Path) -> None:
    done = tree.run(shutil.which("make"), "book", "PYTHON=python3.99", cwd=bare, PATH=str(programs))
    said(done, "There is no python3.99 here", environment.RANGE, "make book PYTHON=")


@pytest.mark.parametrize("module", ["environment", "causes"])
def test_a_python_too_old_for_the_book_can_read_what_says_so(module: str) -> None:
    file = tree.ROOT / "tools" / "make" / f"{module}.py"
    ast.parse(file.read_text("utf-8"), feature_version=(3, 6))


def test_on_windows_the_way_is_told(bare: Path) -> None:
    run = "import runpy, shutil, subprocess, sys; sys.platform = 'win32';"
    run += "runpy.run_path('tools/make/environment.py', run_name='__main__')"
    said(tree.run(sys.executable, "-c", run, cwd=bare), "wsl --install", "pip install .")
    assert not (bare / ".venv").exists()


def test_the_commands_are_listed() -> None:
    listed = tree.run("make", "help", cwd=tree.ROOT).stdout.splitlines()
    assert "check               style, spelling, types and unit tests" in "\n".join(listed)
    assert len(listed) > 15 and not any("##" in line for line in listed)


def test_a_python_without_venv_gets_debians_package_name(bare: Path, tmp_path: Path) -> None:
    (tmp_path / "venv").mkdir()
    (tmp_path / "venv" / "__init__.py").touch()
    (tmp_path / "venv" / "__main__.py").write_text("raise SystemExit('ensurepip is not available')")
    done = tree.run(sys.executable, "tools/make/environment.py", cwd=bare, PYTHONPATH=str(tmp_path))
    said(done, f"apt install python3.{sys.version_info[1]}-venv", "ensurepip is not available")
    assert not (bare / ".venv").exists(), "a half-made environment would be taken for a whole one"


@pytest.mark.slow
def test_no_network_for_pip_is_a_sentence_and_is_tried_again(bare: Path) -> None:
    offline = dict(PIP_INDEX_URL=DEAD, PIP_RETRIES="0", PIP_NO_CACHE_DIR="1", PIP_FIND_LINKS=None)
    offline |= dict(
        PIP_CONFIG_FILE=os.devnull,
        PIP_EXTRA_INDEX_URL=None,
        UV_INDEX_URL=DEAD,
        UV_DEFAULT_INDEX=DEAD,
    )
    for _ in range(2):
        done = tree.run(sys.executable, "tools/make/environment.py", cwd=bare, **offline)
        said(done, "A download failed", "check the network", "run the command again")
        assert not (bare / ".venv" / "lock.sha256").exists()


def test_no_network_for_npm_is_a_sentence(tmp_path: Path) -> None:
    project = tree.copy(tmp_path / "project", ".venv")
    offline = dict(
        npm_config_registry=DEAD,
        npm_config_cache=str(tmp_path / "empty"),
        npm_config_fetch_retries="0",
    )
    done = tree.run(sys.executable, "tools/make/environment.py", cwd=project, **offline)
    said(done, "Fetching the browser side", "A download failed", "check the network")
    assert not (project / "node_modules" / "lock.sha256").exists()


def test_a_second_run_starts_nothing_but_python_itself(tmp_path: Path) -> None:
    project = tree.copy(tmp_path / "project", ".venv", "node_modules")
    watch = (
        "import runpy, sys;"
        "show = lambda event, args: event == 'subprocess.Popen' and print(args[1]);"
        "sys.addaudithook(show);"
        "runpy.run_path('tools/make/environment.py', run_name='__main__')"
    )
    done = tree.run(sys.executable, "-c", watch, cwd=project)
    assert done.returncode == 0, done.stdout
    started = done.stdout.splitlines()
    assert len(started) == 1, done.stdout
    assert "sys.version_info" in started[0], done.stdout


# browser.py


def browser(programs: Path, named: str | None = None) -> "subprocess.CompletedProcess[str]":
    """What browser.py says where BROWSER names this one, and only these programs are there."""
    command = [sys.executable, "tools/make/browser.py"]
    return tree.run(*command, cwd=tree.ROOT, PATH=str(programs), BROWSER=named)


def test_no_browser_is_a_sentence(programs: Path) -> None:
    done = browser(programs, None)
    said(done, "none was found", "apt install chromium", "make test BROWSER=")


def test_a_wrong_browser_is_named_though_there_is_another(programs: Path) -> None:
    program(programs, "chromium", "#!/bin/sh\n")
    done = browser(programs, "/nowhere/chromium")
    said(done, "BROWSER=/nowhere/chromium", "give the path")


def test_a_named_browser_goes_before_the_systems(programs: Path) -> None:
    program(programs, "chromium", "#!/bin/sh\n")
    mine = program(programs, "mine", "#!/bin/sh\necho Chromium 1\n")
    for named, found in (str(mine), mine), ("mine", mine), (None, programs / "chromium"):
        done = browser(programs, named)
        assert (done.returncode, done.stdout) == (0, f"Browser: {found}\n")


def test_a_named_program_that_is_no_chromium_is_refused(programs: Path) -> None:
    program(programs, "other", "#!/bin/sh\necho Mozilla Firefox 1\n")
    done = browser(programs, "other")
    assert done.returncode == 1 and "BROWSER=other is no Chromium that can be run" in done.stdout


def test_debians_browser_is_installed_where_that_is_allowed(programs: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root may install packages")
    new = programs / "chromium"
    install = f'[ "$1" = update ] || {{ echo "#!/bin/sh" > {new}; /bin/chmod +x {new}; }}'
    program(programs, "apt-get", f"#!/bin/sh\n{install}\n")
    done = browser(programs, None)
    assert done.returncode == 0, done.stdout
    assert f"Browser: {new}" in done.stdout


# .ci/run


@pytest.mark.parametrize("lacking", [[], ["chromium"], ["firefox-esr", "python3"]])
def test_ci_installs_what_is_lacking_and_calls_make_test(
    programs: Path, lacking: list[str]
) -> None:
    for name in {"chromium", "firefox-esr", "python3"} - {*lacking}:
        program(programs, name, "#!/bin/sh\n")
    for name in "make", "apt-get":
        program(programs, name, f'#!/bin/sh\necho {name} "$@" >> {programs}/log\n')
    for name in "bash", "dirname":
        (programs / name).symlink_to(shutil.which(name) or "")
    done = tree.run(tree.ROOT / ".ci" / "run", cwd=programs, PATH=str(programs))
    assert done.returncode == 0, done.stdout
    installed = [name.replace("python3", "python3-venv") for name in lacking]
    installs = (
        ["apt-get update -qq", f"apt-get install -y -qq {' '.join(installed)}"] if lacking else []
    )
    assert (programs / "log").read_text().splitlines() == [*installs, "make test"]
