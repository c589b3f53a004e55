"""What the JupyterLite site is made of: versions that fit, nothing forgotten, sentences where it fails."""

import importlib.metadata
import json
import shutil
import tomllib
import zipfile
from pathlib import Path

import pytest
from jupyterlite_pyodide_kernel.constants import PYODIDE_PYTHON_VERSION, PYODIDE_VERSION
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests import tree
from tests.tree import ROOT
from tools import launches, lite, release, wheels

NPM = ROOT / "node_modules" / "pyodide"
LOCK = json.loads((NPM / "pyodide-lock.json").read_text("utf-8"))
THERE = {"sys_platform": "emscripten", "platform_machine": "wasm32", "python_version": PYODIDE_PYTHON_VERSION}
OF_THE_KERNEL = {"widgetsnbextension"}  # the kernel brings one of its own


def test_kernel_and_pyodide_are_of_one_version() -> None:
    assert json.loads((NPM / "package.json").read_text("utf-8"))["version"] == PYODIDE_VERSION
    assert LOCK["info"]["python"].startswith(f"{PYODIDE_PYTHON_VERSION}.")
    assert f"--python-version={PYODIDE_PYTHON_VERSION}" in wheels.PURE


def test_all_that_the_package_needs_is_pyodides_or_on_the_site() -> None:
    """Nothing has to come from elsewhere, each version is one that is allowed, and no wheel is there for nothing."""
    needs = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    on_site = set()
    while needs:
        need = Requirement(needs.pop())
        name = canonicalize_name(need.name)
        if name in OF_THE_KERNEL or (need.marker and not need.marker.evaluate({**THERE, "extra": ""})):
            continue
        if name in LOCK["packages"]:
            version = LOCK["packages"][name]["version"]
        else:
            assert name in wheels.NEEDED, f"{need} is neither Pyodide's nor in wheels.NEEDED"
            version = importlib.metadata.version(name)
            on_site.add(name)
            needs += importlib.metadata.requires(name) or []
        assert need.specifier.contains(version), f"{need} is wanted, and {version} is there"
    assert on_site == {*wheels.NEEDED}


def test_an_address_is_that_of_pyodides_entry() -> None:
    for url in "https://example.org/p", "https://example.org/p/", "https://example.org/p/pyodide.mjs":
        assert lite.entry(url) == "https://example.org/p/pyodide.mjs"


def test_a_folder_without_pyodide_or_with_another_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(lite.Wrong, match=r"neither an address .* nor a folder with pyodide\.mjs and"):
        lite.folder(str(tmp_path))
    shutil.copy(NPM / "pyodide.mjs", tmp_path)
    other = {"info": LOCK["info"] | {"python": "3.13.2"}}
    (tmp_path / "pyodide-lock.json").write_text(json.dumps(other))
    with pytest.raises(lite.Wrong, match=rf"holds Pyodide for .*3\.13\.2.*the kernel needs Pyodide {PYODIDE_VERSION}"):
        lite.folder(str(tmp_path))
    shutil.copy(NPM / "pyodide-lock.json", tmp_path)
    assert lite.folder(str(tmp_path)) == tmp_path


def test_with_no_book_there_is_nothing_to_stand_beside(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys) -> None:
    monkeypatch.setattr(lite, "SITE", tmp_path / "html" / "lite")
    assert lite.main() == 1
    assert "not built yet" in capsys.readouterr().err


def test_a_wheel_that_cannot_be_downloaded_is_a_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(wheels, "STORE", tmp_path)
    for name, value in dict(PIP_NO_INDEX="1", PIP_FIND_LINKS=str(tmp_path), PIP_CONFIG_FILE="/dev/null").items():
        monkeypatch.setenv(name, value)
    with pytest.raises(lite.Wrong, match="could not be downloaded; check the network"):
        wheels.needed()


def test_the_release_leaves_jupyterlite_out(tmp_path: Path) -> None:
    for name in "index.html", f"{launches.LITE}/index.html", f"book/{launches.LITE}.html":
        (tmp_path / "site" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "site" / name).touch()
    packed = release.pack(tmp_path / "site", tmp_path / "r.zip")
    with zipfile.ZipFile(packed) as file:
        names = file.namelist()
    assert names == [f"r/book/{launches.LITE}.html", "r/index.html"]


@pytest.mark.slow
@pytest.mark.xdist_group("builds")
def test_make_lite_puts_it_beside_the_book_and_make_release_leaves_it_out(tmp_path: Path) -> None:
    project = tree.copy(tmp_path / "project", ".venv", "node_modules")
    (project / "_toc.yml").write_text("format: jb-book\nroot: book/index\nchapters:\n  - file: book/cell\n")
    for chapter in (project / "book").glob("*.md"):
        text = "# A page\n\n```{code-cell}\n1 + 1\n```\n" if chapter.stem in {"index", "cell"} else None
        chapter.unlink()
        if text:
            head = (ROOT / "book" / "cell.md").read_text("utf-8").split("---\n")[1]
            chapter.write_text(f"---\n{head}---\n{text}")
    own = "https://example.org/pyodide/"
    done = tree.run("make", "lite", cwd=project, PYODIDE_URL=own, REPOSITORY_URL=None)
    assert done.returncode == 0, done.stdout
    site, page = project / "_build" / "html", "book/cell.html"
    place = launches.beside("cell")
    html = (site / page).read_text("utf-8")
    assert f'href="{place.url}"' in html and f"about {launches.LITE_MB} MB" in html
    assert (site / "book" / place.url.split("?")[0]).resolve().is_file()
    assert (site / launches.LITE / "files" / "cell.ipynb").is_file()
    settings = (site / launches.LITE / "jupyter-lite.json").read_text("utf-8")
    assert f'"pyodideUrl": "{own}pyodide.mjs"' in settings

    done = tree.run("make", "release", cwd=project, REPOSITORY_URL=None)
    assert done.returncode == 0, done.stdout
    with zipfile.ZipFile(project / "_build" / f"{release.name()}.zip") as packed:
        assert not [name for name in packed.namelist() if f"/{launches.LITE}/" in name]
        assert place.url not in packed.read(f"{release.name()}/{page}").decode()
