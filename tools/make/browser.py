"""Find the browser that the tests drive.

It is a named one, else the system's, else one from Debian's packages.
"""

import os
import re
import shutil
import subprocess
import sys

NAMES = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
]
APPLICATIONS = [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
]


def find() -> str | None:
    """The path of the browser to drive, or None where there is none.

    Raises FileNotFoundError if BROWSER is wrong.
    """
    if named := os.environ.get("BROWSER"):
        path = shutil.which(named)
        if not path or not re.search("Chrom|Edge", version(path)):
            raise FileNotFoundError(
                f"BROWSER={named} is no Chromium that can be run; "
                "give the path of one, or leave it out"
            )
        return path
    return next((path for name in NAMES + APPLICATIONS if (path := shutil.which(name))), None)


def version(path: str) -> str:
    """What a program says of its version, nothing where it says nothing."""
    try:
        return subprocess.run(
            [path, "--version"], capture_output=True, text=True, timeout=20
        ).stdout
    except (OSError, subprocess.TimeoutExpired):
        return ""


def install() -> None:
    """Install Chromium from Debian's packages where this user may."""
    if shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        print("Installing Chromium from Debian's packages …", flush=True)
        subprocess.run(["apt-get", "update", "-qq"])
        subprocess.run(["apt-get", "install", "-y", "-qq", "chromium"], stdout=subprocess.DEVNULL)


def main() -> int:
    """Print the browser's path, installing one if need be, or say in a sentence how to get one."""
    try:
        if not find():
            install()
        browser = find()
    except FileNotFoundError as wrong:
        print(wrong, file=sys.stderr)
        return 1
    if not browser:
        print(
            "The browser tests need a Chromium, and none was found.\n"
            "Install one (on Debian: apt install chromium), "
            "or name one: make test BROWSER=/path/to/chromium",
            file=sys.stderr,
        )
        return 1
    print(f"Browser: {browser}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
