"""Build the book: check the equations, execute the chapters that may have changed, say where the site lies.

Neither Sphinx nor the execution cache knows what a chapter imports, and a build that failed passes when it is simply
run again. So whatever they remember is removed unless the last build succeeded from the same sources.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BUILD = ROOT / "_build"
STAMP = BUILD / "built-from.sha256"
# Everything that a page depends on besides its own text, which Sphinx watches by itself.
SOURCES = [
    "lstm_edu",
    "book/_ext",
    "book/_static",
    "requirements.txt",
    "package-lock.json",
    "_config.yml",
    "_toc.yml",
]


def main() -> int:
    """Check, build, report; the exit code is that of the first thing that failed."""
    started = time.monotonic()
    made_from = sources()
    forget_unless(made_from)
    env = dict(os.environ, PATH=f"{ROOT / '.venv' / 'bin'}{os.pathsep}{os.environ['PATH']}", PYTHONPATH=str(ROOT))
    print("Checking that the equations, NumPy and the numbers agree …", flush=True)
    if failed := subprocess.run([sys.executable, "-m", "lstm_edu.check"], cwd=ROOT, env=env).returncode:
        print("\nThe book was not built: the line named above is wrong, or its partner is.", file=sys.stderr)
        return failed
    print("Building the chapters …", flush=True)
    STAMP.unlink(missing_ok=True)  # a build that is stopped midway must not pass for a good one
    build = [Path(sys.executable).with_name("jupyter-book"), "build", ".", "-W", "-n", "--keep-going"]
    if failed := subprocess.run(build, cwd=ROOT, env=env).returncode:
        print_exceptions()
        forget()
        print(
            "\nThe book was not built: every warning is an error, and the lines above say which.",
            file=sys.stderr,
        )
        return failed
    STAMP.write_text(made_from)
    print(f"\nThe book is built ({time.monotonic() - started:.0f} s). Open it with a double-click, no server needed:")
    print(f"  {BUILD / 'html' / 'index.html'}")
    return 0


def print_exceptions() -> None:
    """Print what each cell that failed raised; the build itself only names the chapter and a file."""
    for report in sorted((BUILD / "html" / "reports").rglob("*.err.log")):
        said = report.read_text("utf-8").rpartition("nbclient.exceptions.")[2].strip()
        print(f"\nA cell of {report.name.removesuffix('.err.log')}.md failed:\n{said}", file=sys.stderr)


def sources() -> str:
    """One digest of everything the pages depend on besides their own text."""
    total = hashlib.sha256()
    for top in SOURCES:
        path = ROOT / top
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file() and "__pycache__" not in file.parts:
                total.update(f"{file.relative_to(ROOT)}\0".encode() + file.read_bytes())
    return total.hexdigest()


def forget_unless(digest: str) -> None:
    """Forget the last build unless it succeeded from sources of this digest."""
    if not STAMP.exists() or STAMP.read_text() != digest:
        forget()


def forget() -> None:
    """Remove what Sphinx and the execution cache remember, and the pages made from it."""
    for remembered in (
        BUILD / "html",
        BUILD / ".doctrees",
        BUILD / ".jupyter_cache",
        BUILD / "jupyter_execute",
    ):
        shutil.rmtree(remembered, ignore_errors=True)
    STAMP.unlink(missing_ok=True)


if __name__ == "__main__":
    sys.exit(main())
