"""Find the browser that the tests drive: a named one, then the system's, then one from Debian's packages."""

import os
import shutil
import subprocess
import sys

NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge"]
APPLICATIONS = [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
]


def find() -> str | None:
    """The path of the browser to drive, or None where there is none. Raises FileNotFoundError if BROWSER is wrong."""
    if named := os.environ.get("BROWSER"):
        if path := shutil.which(named):
            return path
        raise FileNotFoundError(f"BROWSER={named} is not a program that can be run; give the path of a Chromium")
    return next((path for name in NAMES + APPLICATIONS if (path := shutil.which(name))), None)


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
            "Install one (on Debian: apt install chromium), or name one: make test BROWSER=/path/to/chromium",
            file=sys.stderr,
        )
        return 1
    print(f"Browser: {browser}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
