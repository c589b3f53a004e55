"""Put a JupyterLite site beside the book: every chapter's notebook runs in the reader's browser, with no install.

The site holds the notebooks, the package, and what it needs that Pyodide lacks. Pyodide itself, with NumPy, matplotlib
and SymPy, comes from its usual distribution, or from where PYODIDE_URL says: the address of a host of your own, or a
folder with Pyodide's files, which is copied into the site.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import jupyter_server

from tools import launches, notebooks

ROOT = Path(__file__).resolve().parents[1]
SITE = ROOT / "_build" / "html" / launches.LITE
WORK = ROOT / "_build" / "lite"
STORE = ROOT / "_build" / "wheels"  # what was downloaded, and need not be again
PROGRAMS = Path(sys.executable).parent
KERNEL = "@jupyterlite/pyodide-kernel-extension"
EXTENSIONS = [KERNEL, "@jupyter-widgets/jupyterlab-manager", "anywidget"]
# What the package needs and Pyodide lacks. Each is the version that the environment has, as the extensions are: the
# two halves of a widget must be of one version.
WHEELS = ["anywidget", "comm", "ipywidgets", "jupyterlab-widgets", "psygnal"]
PURE = ["--only-binary=:all:", "--platform=any", "--implementation=py", "--abi=none", "--python-version=3.14"]
APPS = ["notebooks", "tree"]  # an open notebook, and the list of all


class Wrong(Exception):
    """Something the site needs is not there; the message says what to do."""


def main() -> int:
    """Write the site into the book's, or say in a sentence why not."""
    if not SITE.with_name("index.html").exists():
        print(f"The book is not built yet ({SITE.parent} holds no index.html); run: make lite", file=sys.stderr)
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
    """Write the site, whose kernel gets Pyodide from an address or a folder, else from its usual distribution.

    Raises Wrong where `pyodide` is neither, where a download fails or the site cannot be made.
    """
    project = work / "project"
    shutil.rmtree(project, ignore_errors=True)
    notebooks.write(project / "notebooks")
    settings = {"pyodideUrl": address(pyodide)} if re.match("https?://", pyodide) else {}
    if pyodide and not settings:
        shutil.copytree(folder(pyodide), project / "static" / "pyodide")
    data = {"appName": "LSTM Gradients", "appUrl": "./tree", "faviconUrl": "./tree/favicon.ico"}
    data |= {"litePluginSettings": {f"{KERNEL}:kernel": settings}}
    config = {"jupyter-lite-schema-version": 0, "jupyter-config-data": data}
    (project / "jupyter-lite.json").write_text(json.dumps(config), "utf-8")
    shutil.rmtree(site, ignore_errors=True)
    command: list[str | Path] = [PROGRAMS / "jupyter-lite", "build", "--lite-dir", project, "--output-dir", site]
    command += ["--contents", project / "notebooks", "--ignore-sys-prefix", "--no-sourcemaps"]
    command += [f"--apps={app}" for app in APPS] + ["--no-unused-shared-packages"]
    command += [f"--LiteBuildConfig.federated_extensions={extension(name)}" for name in EXTENSIONS]
    command += [f"--piplite-wheels={wheel}" for wheel in [package(work), *needed()]]
    run("JupyterLite could not make the site", command, project)
    # the tab's icons, which tell a busy kernel from an idle one, and which JupyterLite asks for and leaves out
    shutil.copytree(Path(jupyter_server.__file__).parent / "static" / "favicons", site / "static" / "favicons")


def address(url: str) -> str:
    """Where the kernel finds Pyodide's entry on a host: `pyodide.mjs` in the folder that is named, or that file."""
    return url if url.endswith(".mjs") else f"{url.rstrip('/')}/pyodide.mjs"


def folder(path: str) -> Path:
    """The folder that holds Pyodide. Raises Wrong where it is of another version than the kernel's, or not there."""
    own, theirs = ROOT / "node_modules" / "pyodide", Path(path).expanduser()
    missing = [name for name in ("pyodide.mjs", "pyodide-lock.json") if not (theirs / name).is_file()]
    if missing:
        raise Wrong(
            f"PYODIDE_URL={path} is neither an address (https://…) nor a folder with {' and '.join(missing)}.\n"
            "Unpack a release of Pyodide and name its folder, or leave PYODIDE_URL out to use Pyodide's own host."
        )
    wanted, found = (json.loads((at / "pyodide-lock.json").read_text("utf-8"))["info"] for at in (own, theirs))
    if wanted != found:
        version = json.loads((own / "package.json").read_text("utf-8"))["version"]
        raise Wrong(f"PYODIDE_URL={path} holds Pyodide for {found}; the kernel needs Pyodide {version}, for {wanted}.")
    return theirs


def extension(name: str) -> Path:
    """The folder of an extension of JupyterLab in this environment."""
    return PROGRAMS.parent / "share" / "jupyter" / "labextensions" / name


def package(work: Path) -> Path:
    """The package's wheel, made from a copy, which leaves nothing in the tree and takes nothing old from it."""
    copy = work / "package"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(ROOT / "lstm_edu", copy / "lstm_edu", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE", "LICENSE-CONTENT"):
        shutil.copy(ROOT / name, copy)
    command = [PROGRAMS / "uv", "build", "--quiet", "--wheel", "--no-build-isolation", "--python", sys.executable]
    run("The wheel could not be made", [*command, "--out-dir", copy / "dist", copy], work)
    return next((copy / "dist").glob("*.whl"))


def needed() -> list[Path]:
    """The wheels of WHEELS as requirements.txt pins them."""
    pins = (ROOT / "requirements.txt").read_text("utf-8").split()
    return fetch([pin for pin in pins if pin.split("==")[0] in WHEELS])


def fetch(pins: list[str]) -> list[Path]:
    """The pure wheels of these pins (`name==version`), each downloaded once. Raises Wrong where a download fails."""
    if missing := [pin for pin in pins if not stored(pin)]:
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", *PURE, "--dest", STORE, *missing]
        run("A wheel could not be downloaded; check the network, then run the command again", command, ROOT)
    return [stored(pin)[0] for pin in pins]


def stored(pin: str) -> list[Path]:
    """The file of a pinned wheel, where it is in STORE."""
    name, version = pin.split("==")
    return [*STORE.glob(f"{name.replace('-', '_')}-{version}-*.whl")]


def run(trouble: str, command: list[str | Path], where: Path) -> None:
    """Run a command, silent where it succeeds. Raises Wrong with what it said where it fails."""
    done = subprocess.run([*map(str, command)], cwd=where, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Wrong(f"{trouble}. It said:\n{(done.stdout + done.stderr).strip()[-2000:]}")


if __name__ == "__main__":
    sys.exit(main())
