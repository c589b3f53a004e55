"""Node for the tests: one process that is asked for what modules export.

The modules are those of the widgets and those that stand beside the tests.
"""

import atexit
import json
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from lstm_edu.widgets.kit import modules
from lstm_edu.widgets.kit.node import NODE

HERE = Path(__file__).parent
FOLDER = Path(tempfile.mkdtemp())
atexit.register(shutil.rmtree, FOLDER)


@cache
def process() -> "subprocess.Popen[str]":
    """The node that answers.

    It has the modules as they are now, and those of tests/widgets in a folder `tests`.
    """
    modules.write(FOLDER)
    shutil.copytree(HERE / "widgets", FOLDER / "tests", ignore=shutil.ignore_patterns("*.py"))
    started = subprocess.Popen(
        [str(NODE), HERE / "node.mjs", FOLDER],
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    atexit.register(lambda: started.communicate(timeout=10))
    return started


def ask(module: str, name: str, *given: Any) -> Any:
    """What the function `name` of a module such as "kit/numbers" returns.

    A name that is no function is itself the answer. Raises RuntimeError where it throws.
    """
    there, back = process().stdin, process().stdout
    assert there and back
    print(json.dumps([module, name, *given]), file=there, flush=True)
    told = json.loads(back.readline())
    if "error" in told:
        raise RuntimeError(told["error"])
    return told.get("value")


def ask_each(module: str, name: str, each: Any) -> list[Any]:
    """The same for each of some values, as one list."""
    return [ask(module, name, one) for one in each]


def module(name: str, text: str) -> str:
    """The name of a module with this text, to be asked like the others."""
    process()
    (FOLDER / f"{name}.mjs").write_text(text, "utf-8")
    return name


def run(*arguments: str | Path, stdin: str = "") -> str:
    """What node prints when it is run with these arguments."""
    done = subprocess.run(
        [str(NODE), *arguments], input=stdin, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
