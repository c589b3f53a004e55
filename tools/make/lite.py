"""Put a JupyterLite site beside the book.

Every chapter's notebook runs in the reader's browser, with no install.
The site holds the notebooks, the package, and what it needs that Pyodide lacks. Pyodide itself,
with NumPy, matplotlib and SymPy, comes from its usual distribution, or from where PYODIDE_URL says:
the address of a host of your own, or a folder with Pyodide's files, which is copied into the site.
"""

import html
import json
import os
import re
import shutil
import sys
from pathlib import Path

import jupyter_server
from jupyterlite_pyodide_kernel.constants import PYODIDE_CDN_URL

from tools.make import causes, launches, notebooks, wheels
from tools.make.wheels import PROGRAMS, Wrong
from tools.read.places import ROOT

SITE = ROOT / "_build" / "html" / launches.LITE
WORK = ROOT / "_build" / "lite"
KERNEL = "@jupyterlite/pyodide-kernel-extension"
EXTENSIONS = [KERNEL, "@jupyter-widgets/jupyterlab-manager", "anywidget"]
APPS = ["notebooks", "tree"]  # an open notebook, and the list of all
REACH = ROOT / "tools" / "lite" / "reach.js"
PATIENCE = 10  # seconds after which a host that does not answer is named


def main() -> int:
    """Write the site into the book's, or say in a sentence why not."""
    if not SITE.with_name("index.html").exists():
        print(
            f"The book is not built yet ({SITE.parent} holds no index.html); run: make lite",
            file=sys.stderr,
        )
        return 1
    try:
        build(SITE, os.environ.get("PYODIDE_URL", ""))
    except Wrong as wrong:
        print(wrong, file=sys.stderr)
        return 1
    megabytes = sum(file.stat().st_size for file in SITE.rglob("*") if file.is_file()) / 1e6
    print(f"{SITE} ({megabytes:.0f} MB) runs the notebooks. It needs a server: make serve LITE=1")
    return 0


def build(site: Path, pyodide: str = "", work: Path = WORK) -> None:
    """Write the site.

    Its kernel gets Pyodide from an address or a folder, else from its usual distribution.
    Raises Wrong where `pyodide` is neither, where a download fails or the site cannot be made.
    """
    project = work / "project"
    shutil.rmtree(project, ignore_errors=True)
    notebooks.write(project / "notebooks")
    (project / "jupyter-lite.json").write_text(json.dumps(config(pyodide)), "utf-8")
    if pyodide and not is_address(pyodide):
        # JupyterLite finds it there
        shutil.copytree(folder(pyodide), project / "static" / "pyodide")
    shutil.rmtree(site, ignore_errors=True)
    command: list[object] = [
        PROGRAMS / "jupyter-lite",
        "build",
        "--lite-dir",
        project,
        "--output-dir",
        site,
    ]
    command += ["--contents", project / "notebooks", "--ignore-sys-prefix", "--no-sourcemaps"]
    command += [f"--apps={app}" for app in APPS] + ["--no-unused-shared-packages"]
    command += [f"--LiteBuildConfig.federated_extensions={extension(name)}" for name in EXTENSIONS]
    command += [f"--piplite-wheels={wheel}" for wheel in [wheels.package(work), *wheels.needed()]]
    wheels.run("JupyterLite could not make the site", command, project)
    # the tab's icons, which tell a busy kernel from an idle one, and
    # which JupyterLite asks for and leaves out
    shutil.copytree(
        Path(jupyter_server.__file__).parent / "static" / "favicons", site / "static" / "favicons"
    )
    watch(site, pyodide)


def watch(site: Path, pyodide: str) -> None:
    """Let each page say when Python cannot be reached."""
    shutil.copy(REACH, site / "static")
    python = "../static/pyodide/pyodide.mjs" if pyodide else entry(PYODIDE_CDN_URL)
    if is_address(pyodide):
        python = entry(pyodide)
    told = f'data-python="{html.escape(python)}" data-seconds="{PATIENCE}"'
    script = f'<script src="../static/{REACH.name}" {told} defer></script>'
    for app in APPS:
        page = site / app / "index.html"
        text = page.read_text("utf-8").replace("</head>", f"{script}</head>", 1)
        page.write_text(text, "utf-8")


def config(pyodide: str) -> dict[str, object]:
    """JupyterLite's settings: the site's name and its first page.

    Pyodide's address is among them where it is not the usual one.
    """
    data: dict[str, object] = {
        "appName": "LSTM Gradients",
        "appUrl": "./tree",
        "faviconUrl": "./tree/favicon.ico",
    }
    if is_address(pyodide):
        data["litePluginSettings"] = {f"{KERNEL}:kernel": {"pyodideUrl": entry(pyodide)}}
    return {"jupyter-lite-schema-version": 0, "jupyter-config-data": data}


def is_address(pyodide: str) -> bool:
    """Whether Pyodide is named by an address, and not by a folder."""
    return bool(re.match("https?://", pyodide))


def entry(url: str) -> str:
    """Where the kernel finds Pyodide's entry on a host.

    It is `pyodide.mjs` in the folder that is named, or the file that is named.
    """
    return url if url.endswith(".mjs") else f"{url.rstrip('/')}/pyodide.mjs"


def folder(path: str) -> Path:
    """The folder that holds Pyodide.

    Raises Wrong where it is not there, or is of another version than the kernel's.
    """
    own, theirs = ROOT / "node_modules" / "pyodide", Path(path).expanduser()
    missing = [
        name for name in ("pyodide.mjs", "pyodide-lock.json") if not (theirs / name).is_file()
    ]
    if missing:
        raise Wrong(
            f"PYODIDE_URL={path} is neither an address (https://…) "
            f"nor a folder with {' and '.join(missing)}.\n"
            "Unpack a release of Pyodide and name its folder, "
            "or leave PYODIDE_URL out to use Pyodide's own host."
        )
    wanted, found = (
        json.loads((at / "pyodide-lock.json").read_text("utf-8"))["info"] for at in (own, theirs)
    )
    if wanted != found:
        version = json.loads((own / "package.json").read_text("utf-8"))["version"]
        raise Wrong(
            f"PYODIDE_URL={path} holds Pyodide for {found}; "
            f"the kernel needs Pyodide {version}, for {wanted}."
        )
    return theirs


def extension(name: str) -> Path:
    """The folder of an extension of JupyterLab in this environment."""
    return PROGRAMS.parent / "share" / "jupyter" / "labextensions" / name


if __name__ == "__main__":
    sys.exit(causes.told(main))
