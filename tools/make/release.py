"""Pack the built site into one file that a reader unpacks and opens with a double-click.

JupyterLite stays out: it needs a server, as browsers run no worker from a file.
"""

import sys
import tomllib
import zipfile
from pathlib import Path

from tools.make import causes, launches
from tools.read.places import ROOT

SITE = ROOT / "_build" / "html"
FIRST = (1980, 1, 1, 0, 0, 0)  # the same site always makes the same file


def main() -> int:
    """Write `_build/lstm-gradients-VERSION.zip`, or say that there is no site yet."""
    if not (SITE / "index.html").exists():
        print(
            f"The book is not built yet ({SITE} holds no index.html); run: make book",
            file=sys.stderr,
        )
        return 1
    path = pack(SITE, ROOT / "_build" / f"{name()}.zip")
    print(
        f"{path} ({path.stat().st_size / 1e6:.1f} MB). "
        "Unpacked, index.html opens with a double-click."
    )
    return 0


def name() -> str:
    """The release's name with the version of the package."""
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    return f"lstm-gradients-{version}"


def pack(site: Path, to: Path) -> Path:
    """Write every file of the site, but JupyterLite's, into one folder of a zip file.

    The file `to` is returned.
    """
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for file in sorted(site.rglob("*")):
            lite = file.relative_to(site).parts[0] == launches.LITE
            if file.is_file() and not lite and file.name not in {".buildinfo", ".nojekyll"}:
                entry = zipfile.ZipInfo(f"{to.stem}/{file.relative_to(site).as_posix()}", FIRST)
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.external_attr = 0o644 << 16
                packed.writestr(entry, content(file))
    return to


def content(file: Path) -> bytes:
    """What of a file is packed: no page leads to JupyterLite, which stays out."""
    if file.suffix != ".html":
        return file.read_bytes()
    return launches.without_lite(file.read_text("utf-8")).encode()


if __name__ == "__main__":
    sys.exit(causes.told(main))
