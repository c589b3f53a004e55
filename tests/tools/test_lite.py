"""What the JupyterLite site is made of: versions that fit, nothing forgotten.

Where it fails, it says so in sentences.
"""

import importlib
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
from tools.make import launches, lite, notebooks, release, wheels

NPM = ROOT / "node_modules" / "pyodide"
LOCK = json.loads((NPM / "pyodide-lock.json").read_text("utf-8"))
THERE = {
    "sys_platform": "emscripten",
    "platform_machine": "wasm32",
    "python_version": PYODIDE_PYTHON_VERSION,
}
OF_THE_KERNEL = {"widgetsnbextension"}  # the kernel brings one of its own


def test_kernel_and_pyodide_are_of_one_version() -> None:
    assert json.loads((NPM / "package.json").read_text("utf-8"))["version"] == PYODIDE_VERSION
    assert LOCK["info"]["python"].startswith(f"{PYODIDE_PYTHON_VERSION}.")
    assert f"--python-version={PYODIDE_PYTHON_VERSION}" in wheels.PURE


def test_all_that_the_package_needs_is_pyodides_or_on_the_site() -> None:
    """Nothing has to come from elsewhere, and each version is one that is allowed.

    No wheel is there for nothing.
    """
    needs = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    on_site = set()
    while needs:
        need = Requirement(needs.pop())
        name = canonicalize_name(need.name)
        if name in OF_THE_KERNEL or (
            need.marker and not need.marker.evaluate({**THERE, "extra": ""})
        ):
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


def test_pyodides_usual_address_is_the_one_that_the_kernel_asks() -> None:
    scripts = (lite.extension(lite.KERNEL) / "static").glob("*.js")
    asked = f'"{lite.entry(lite.PYODIDE_CDN_URL)}"'
    assert any(asked in script.read_text("utf-8").replace("'", '"') for script in scripts)


def test_an_address_is_that_of_pyodides_entry() -> None:
    for url in (
        "https://example.org/p",
        "https://example.org/p/",
        "https://example.org/p/pyodide.mjs",
    ):
        assert lite.entry(url) == "https://example.org/p/pyodide.mjs"


def test_a_folder_without_pyodide_or_with_another_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(
        lite.Wrong, match=r"neither an address .* nor a folder with pyodide\.mjs and"
    ):
        lite.folder(str(tmp_path))
    shutil.copy(NPM / "pyodide.mjs", tmp_path)
    other = {"info": LOCK["info"] | {"python": "3.13.2"}}
    (tmp_path / "pyodide-lock.json").write_text(json.dumps(other))
    with pytest.raises(
        lite.Wrong,
        match=rf"holds Pyodide for .*3\.13\.2.*the kernel needs Pyodide {PYODIDE_VERSION}",
    ):
        lite.folder(str(tmp_path))
    shutil.copy(NPM / "pyodide-lock.json", tmp_path)
    assert lite.folder(str(tmp_path)) == tmp_path


def test_with_no_book_there_is_nothing_to_stand_beside(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys
) -> None:
    monkeypatch.setattr(lite, "SITE", tmp_path / "html" / "lite")
    assert lite.main() == 1
    assert "not built yet" in capsys.readouterr().err


def test_a_wheel_that_cannot_be_downloaded_is_a_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(wheels, "STORE", tmp_path)
    for name, value in dict(
        PIP_NO_INDEX="1", PIP_FIND_LINKS=str(tmp_path), PIP_CONFIG_FILE="/dev/null"
    ).items():
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


# the theme's markup of a button to run a chapter; between its lines it leaves many empty ones
ITEM = """
      <li><a href="{url}" target="_blank"
   class="btn btn-sm dropdown-item"
   title="Run it">
<span class="btn__text-container">{text}</span>
</a>
</li>
"""
MENU = """<div class="dropdown dropdown-launch-buttons">
  <button class="btn dropdown-toggle" type="button" aria-label="Run this chapter">
    <i class="fas fa-rocket" aria-hidden="true"></i>
  </button>
  <ul class="dropdown-menu">
{items}
  </ul>
</div>"""
DOWNLOADS = '<div class="dropdown dropdown-download-buttons"><ul><li>A notebook</li></ul></div>'


def test_the_release_packs_no_button_to_jupyterlite() -> None:
    beside = launches.beside("cell")
    lite_item = ITEM.format(url=beside.url, text=beside.name)
    colab = ITEM.format(url="https://colab.example.org/", text="Colab")
    page = f"<p>{DOWNLOADS}{MENU.format(items=lite_item + colab)}</p>"
    left = f"<p>{DOWNLOADS}{MENU.format(items=colab)}</p>"
    assert launches.without_lite(page).split() == left.split()
    alone = f"<p>{DOWNLOADS}{MENU.format(items=lite_item)}</p>"
    assert launches.without_lite(alone) == f"<p>{DOWNLOADS}</p>"
    assert launches.without_lite(left) == left


def test_the_button_is_there_where_jupyterlite_is_and_says_how_much_is_downloaded(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.syspath_prepend(ROOT / "book" / "_ext" / "words")
    downloads = importlib.import_module("downloads")
    monkeypatch.delenv("REPOSITORY_URL", raising=False)

    def buttons(page: str) -> list[dict[str, str]]:
        context: dict[str, list] = {"header_buttons": []}
        downloads.launch(None, page, "", context, None)
        return [button for group in context["header_buttons"] for button in group["buttons"]]

    monkeypatch.setenv("LITE", "")
    assert buttons("book/cell") == []
    monkeypatch.setenv("LITE", "1")
    assert buttons("book/references") == [], "a page without code has no notebook"
    (button,) = buttons("book/cell")
    assert button["url"] == f"../{launches.LITE}/notebooks/index.html?path=cell.ipynb"
    assert (
        f"{launches.LITE_MB} MB" in button["text"]
        and f"about {launches.LITE_MB} MB" in button["tooltip"]
    )
    monkeypatch.setenv("REPOSITORY_URL", "https://github.com/someone/book")
    assert [one["text"].split()[0] for one in buttons("book/cell")] == ["In", "Colab", "Binder"]


BOOK = """
import os
from tools.make import serve
serve.SITE.mkdir(parents=True, exist_ok=True)
(serve.SITE / "index.html").touch()
print(f"a book with LITE={os.environ.get('LITE', '')!r}")
"""


@pytest.mark.slow
@pytest.mark.xdist_group("builds")
def test_make_lite_puts_it_beside_the_book_and_make_release_leaves_it_out(tmp_path: Path) -> None:
    project = tree.copy(tmp_path / "project", ".venv", "node_modules")
    (project / "tools" / "make" / "book.py").write_text(
        BOOK
    )  # what it makes of LITE, the tests above say
    (project / "_build").mkdir()
    wheels.STORE.mkdir(parents=True, exist_ok=True)
    (project / "_build" / "wheels").symlink_to(wheels.STORE)
    pyodide = "https://example.org/pyodide/"
    done = tree.run("make", "release", "lite", cwd=project, PYODIDE_URL=pyodide)
    assert done.returncode == 0 and done.stdout.count("LITE='1'") == 1, done.stdout
    site = project / "_build" / "html" / launches.LITE
    assert {file.stem for file in (site / "files").iterdir()} == {*notebooks.chapters()}
    settings = (site / "jupyter-lite.json").read_text("utf-8")
    assert '"pyodideUrl": "https://example.org/pyodide/pyodide.mjs"' in settings
    watched = 'reach.js" data-python="https://example.org/pyodide/pyodide.mjs" data-seconds="10"'
    assert watched in (site / "notebooks" / "index.html").read_text("utf-8")

    done = tree.run("make", "release", cwd=project)
    assert done.returncode == 0 and "LITE=''" in done.stdout, done.stdout
    with zipfile.ZipFile(project / "_build" / f"{release.name()}.zip") as packed:
        assert packed.namelist() == [f"{release.name()}/index.html"]
