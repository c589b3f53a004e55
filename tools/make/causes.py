"""Why a command could not do its work: a sentence that says what to do.

The module runs on a Python too old for the book, as `environment` does.
"""

import errno
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Callable

ROOT = Path(__file__).resolve().parents[2]
REFUSALS = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM}
LITTLE = 20  # MB; a build that met a full disk leaves less


def told(command: Callable[[], int]) -> int:
    """The exit code of a command; what the machine refuses it is said in a sentence."""
    try:
        return command()
    except OSError as wrong:
        if wrong.errno not in REFUSALS:
            raise
        said = cause() or "%s: %s." % (wrong.filename or "A file", wrong.strerror)
    except subprocess.CalledProcessError as wrong:
        said = (
            cause()
            or "%s failed. What it said stands above; check the network, too."
            % " ".join(map(str, wrong.cmd))
        )
    print("\n%s" % said, file=sys.stderr)
    return 1


def cause(megabytes: int = LITTLE) -> str:
    """What keeps a command from its work, or nothing where the machine refuses nothing.

    `megabytes` is the room on the disk with less of which the work fails.
    """
    if not os.access(str(ROOT), os.W_OK):
        return (
            "The project's folder %s cannot be written.\n"
            "Copy it to a folder of yours, then run the command there." % ROOT
        )
    home = os.path.expanduser("~")
    if not os.access(os.path.join(home, ""), os.W_OK):
        return (
            "HOME is %s, which cannot be written; "
            "Jupyter and the downloads keep their files there.\n"
            "Name a folder of yours: add HOME=/path/to/a/folder to the command." % home
        )
    for folder in (str(ROOT), os.environ.get("TMPDIR", "/tmp"), home):
        free = shutil.disk_usage(folder).free // 10**6
        if free < megabytes:
            return (
                "The disk is full: %d MB are free where %s lies.\n"
                "Make room, then run the command again." % (free, folder)
            )
    return ""
