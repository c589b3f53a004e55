"""Build the book: check the equations, execute the chapters that may have changed.

At the end it is said where the site lies.

Neither Sphinx nor the execution cache knows what a chapter imports, and a build that failed passes
when it is simply run again. So whatever they remember is removed unless the last build succeeded
from the same sources.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import time
from importlib import import_module
from pathlib import Path

from tools.make import launches
from tools.read import edition

ROOT = Path(__file__).resolve().parents[2]
BUILD = ROOT / "_build"
SITE = BUILD / "html"
PAGES = (SITE, BUILD / ".doctrees")
STAMP = BUILD / "built-from.sha256"
# What is said of the text before anything is executed, and what is wrong where it does not hold.
CHECKS = {
    "typed": "the gradients named above are not the equations'",
    "introduced": "the symbols and terms named above are used before they are introduced",
    "paced": "the chapters named above are too long without a break",
    "shaped": "the chapters named above lack what every chapter has",
    "exercises": "the exercises named above lack something",
}
# Everything that a page depends on besides its own text, which Sphinx watches by itself.
SOURCES = [
    "lstm_edu",
    "book/_ext",
    "book/_static",
    "tools",
    "requirements.txt",
    "package-lock.json",
    "_config.yml",
    "_toc.yml",
]
# What may be set from outside; with LITE, JupyterLite will lie beside the book.
SETTINGS = ["REPOSITORY_URL", "SITE_URL", "JUPYTERHUB_URL", "LITE", "SOLUTIONS"]


def main() -> int:
    """Check, build, report; the exit code is that of the first thing that failed."""
    started = time.monotonic()
    try:
        edition.whole()
    except ValueError as wrong:
        print(wrong, file=sys.stderr)
        return 1
    made_from = [settings(), digest(SOURCES), digest([*SOURCES, "book"])]
    built = STAMP.exists() and (SITE / "index.html").exists()
    built_from = STAMP.read_text().split() if built else []
    if built_from == made_from:
        print(
            "The book is up to date: nothing that it is made from has changed.\n"
            f"  {SITE / 'index.html'}"
        )
        return 0
    if built_from[1:2] != made_from[1:2]:
        forget()
    elif built_from[:1] != made_from[:1]:
        forget(PAGES)  # what the cells printed does not depend on where the book will lie
    # has the notebooks of the last build, and is no page
    shutil.rmtree(SITE / launches.LITE, ignore_errors=True)
    env = dict(
        os.environ,
        PATH=f"{ROOT / '.venv' / 'bin'}{os.pathsep}{os.environ['PATH']}",
        PYTHONPATH=str(ROOT),
    )
    print("Checking that the equations, NumPy and the numbers agree …", flush=True)
    if failed := subprocess.run(
        [sys.executable, "-m", "lstm_edu.lab.witnesses"], cwd=ROOT, env=env
    ).returncode:
        print(
            "\nThe book was not built: the line named above is wrong, or its partner is.",
            file=sys.stderr,
        )
        return failed
    for name, why in CHECKS.items():
        # in one process, since SymPy is slow to import
        if failed := import_module(f"tools.judge.{name}").main():
            print(f"\nThe book was not built: {why}.", file=sys.stderr)
            return failed
    print("Building the chapters …", flush=True)
    STAMP.unlink(missing_ok=True)  # a build that is stopped midway must not pass for a good one
    build = [
        str(Path(sys.executable).with_name("jupyter-book")),
        "build",
        ".",
        "-W",
        "-n",
        "--keep-going",
    ]
    if failed := subprocess.run(build, cwd=ROOT, env=env).returncode:
        print_exceptions()
        forget()
        print(
            "\nThe book was not built: every warning is an error, and the lines above say which.",
            file=sys.stderr,
        )
        return failed
    STAMP.write_text("\n".join(made_from))
    took = f"{time.monotonic() - started:.0f} s"
    print(f"\nThe book is built ({took}). Open it with a double-click, no server needed:")
    print(f"  {SITE / 'index.html'}")
    return 0


def settings() -> str:
    """One SHA-256 of what a deploying workflow has set."""
    return hashlib.sha256(
        "\0".join(os.environ.get(name, "") for name in SETTINGS).encode()
    ).hexdigest()


def digest(tops: list[str]) -> str:
    """One SHA-256 of all files in these files and folders, except caches.

    It covers their names and contents.
    """
    total = hashlib.sha256()
    for top in tops:
        path = ROOT / top
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file() and not {"__pycache__", ".ipynb_checkpoints"} & {*file.parts}:
                total.update(f"{file.relative_to(ROOT)}\0".encode() + file.read_bytes())
    return total.hexdigest()


def print_exceptions() -> None:
    """Print what each cell that failed raised.

    The build itself only names the chapter and a file.
    """
    for report in sorted((SITE / "reports").rglob("*.err.log")):
        said = report.read_text("utf-8").rpartition("nbclient.exceptions.")[2].strip()
        print(
            f"\nA cell of {report.name.removesuffix('.err.log')}.md failed:\n{said}",
            file=sys.stderr,
        )


def forget(
    remembered: tuple[Path, ...] = (*PAGES, BUILD / ".jupyter_cache", BUILD / "jupyter_execute"),
) -> None:
    """Remove the pages and what Sphinx remembers of them.

    Unless less is named, the execution cache goes, too.
    """
    for folder in remembered:
        shutil.rmtree(folder, ignore_errors=True)
    STAMP.unlink(missing_ok=True)


if __name__ == "__main__":
    sys.exit(main())
