"""Build the book: check the equations, execute the chapters that may have changed.

At the end it is said where the site lies.

Neither Sphinx nor the execution cache knows what a chapter imports,
and a build that failed passes when it is simply run again. So three
things are remembered, each removed as soon as it may be stale:

- the pages, where the last build did not succeed, or any file but a chapter changed since;
- what the chapters' cells gave, where the package or a version of what it needs changed;
- what is slow and depends on little, under a digest of just that (`cached`).
"""

import os
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

from tools.make import cached, causes, launches, sources
from tools.read import edition
from tools.read.places import ROOT

BUILD = ROOT / "_build"
SITE = BUILD / "html"
PAGES = (SITE, BUILD / ".doctrees")
EXECUTED = (BUILD / ".jupyter_cache", BUILD / "jupyter_execute")
STAMP = BUILD / "built-from.sha256"
RUN_WITH = BUILD / "executed-with.sha256"
LOCK = BUILD / "book.lock"
# What is said of the text before anything is executed, and what is wrong where it does not hold.
CHECKS = {
    "typed": "the gradients named above are not the equations'",
    "introduced": "the symbols and terms named above are used before they are introduced",
    "paced": "the chapters named above are too long without a break",
    "worded": "the words named above stand in a sense that belongs to another word",
    "shaped": "the chapters named above lack what every chapter has",
    "exercises": "the exercises named above lack something",
}
# What may be set from outside; with LITE, JupyterLite will lie beside the book.
SETTINGS = ["REPOSITORY_URL", "SITE_URL", "JUPYTERHUB_URL", "LITE", "SOLUTIONS"]


def main() -> int:
    """Check, build, report; the exit code is that of the first thing that failed."""
    try:
        edition.whole()
    except ValueError as wrong:
        print(wrong, file=sys.stderr)
        return 1
    with alone():
        return built()


@contextmanager
def alone() -> Iterator[None]:
    """Let one build at a time write into _build; another one waits.

    Where locks are missing, or nothing can be written, nothing is said.
    """
    try:
        import fcntl

        BUILD.mkdir(exist_ok=True)
        lock = open(LOCK, "w")  # noqa: SIM115 - closed below, by the one that builds
    except (ImportError, OSError):  # a built project may be read from a disk that is read-only
        yield
        return
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            print(
                "The book is being built here already; this build waits until that one has ended …",
                flush=True,
            )
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def built() -> int:
    """Build where something has changed, and remember from what."""
    started = time.monotonic()
    made_from = ingredients()
    built_from = (
        STAMP.read_text().split() if STAMP.exists() and (SITE / "index.html").exists() else []
    )
    if built_from == made_from:
        print(
            "The book is up to date: nothing that it is made from has changed.\n"
            f"  {SITE / 'index.html'}"
        )
        return 0
    if built_from[:2] != made_from[:2]:
        forget(PAGES)
    product = sources.of_product()
    if not RUN_WITH.exists() or RUN_WITH.read_text() != product:
        forget((*PAGES, *EXECUTED))
    # before the build, so that one which fails leaves what its other chapters gave
    RUN_WITH.write_text(product)
    # has the notebooks of the last build, and is no page
    shutil.rmtree(SITE / launches.LITE, ignore_errors=True)
    os.environ["PATH"] = f"{ROOT / '.venv' / 'bin'}{os.pathsep}{os.environ['PATH']}"
    os.environ["PYTHONPATH"] = str(ROOT)
    if failed := checked(product):
        return failed
    print("Building the chapters …", flush=True)
    STAMP.unlink(missing_ok=True)  # a build that is stopped midway must not pass for a good one
    if failed := pages():
        print_exceptions()
        why = causes.cause()  # before the pages go and leave room on the disk
        forget(PAGES)
        every = "every warning is an error, and the lines above say which."
        print(f"\nThe book was not built: {why or every}", file=sys.stderr)
        return failed
    STAMP.write_text("\n".join(made_from))
    cached.prune()
    print(
        f"\nThe book is built ({time.monotonic() - started:.0f} s). "
        "Open it with a double-click, no server needed:"
    )
    print(f"  {SITE / 'index.html'}")
    return 0


def ingredients() -> list[str]:
    """What the book is made from, as three SHA-256: the settings, all but the text, and all."""
    all_files = sources.of_pages()
    settings = sources.digest([], *(os.environ.get(name, "") for name in SETTINGS))
    return [
        settings,
        sources.digest(f for f in all_files if not sources.is_text(f)),
        sources.digest(all_files),
    ]


def checked(product: str) -> int:
    """Whether the equations and the text hold: 0 if so.

    The equations are asked again only when the package has changed.
    """
    print("Checking that the equations, NumPy and the numbers agree …", flush=True)
    if cached.found("check", product) is None:
        if failed := import_module("lstm_edu.lab.witnesses").main():
            print(
                "\nThe book was not built: the line named above is wrong, or its partner is.",
                file=sys.stderr,
            )
            return failed
        cached.keep("check", product, b"")
    for name, why in CHECKS.items():
        if failed := import_module(f"tools.judge.{name}").main():
            print(f"\nThe book was not built: {why}.", file=sys.stderr)
            return failed
    return 0


def pages() -> int:
    """Let Jupyter Book execute the chapters and write the pages; its exit code.

    It runs in this process, where SymPy and the package are imported already.
    """
    # jsonschema would compile 38 grammars, for a second, for kinds of
    # addresses that none of ours is
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
    from jupyter_book.cli.main import main as jupyter_book

    try:
        jupyter_book(["build", ".", "-W", "-n", "--keep-going"], standalone_mode=False)
    except SystemExit as ended:
        return int(ended.code or 0) if not isinstance(ended.code, str) else 1
    except Exception as wrong:  # whatever an extension raised is named in the lines above
        print(wrong, file=sys.stderr)
        return 1
    return 0


def print_exceptions() -> None:
    """Print what each cell that failed raised; the build itself names the chapter and a file."""
    for report in sorted((SITE / "reports").rglob("*.err.log")):
        said = report.read_text("utf-8").rpartition("nbclient.exceptions.")[2].strip()
        print(
            f"\nA cell of {report.name.removesuffix('.err.log')}.md failed:\n{said}",
            file=sys.stderr,
        )


def forget(remembered: tuple[Path, ...]) -> None:
    """Remove what may be stale, and with it the word that the book is built."""
    for folder in remembered:
        shutil.rmtree(folder, ignore_errors=True)
    STAMP.unlink(missing_ok=True)


if __name__ == "__main__":
    sys.exit(causes.told(main))
