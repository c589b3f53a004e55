"""The chapters as notebooks: plain Markdown, and what their cells gave once the book is built.

Each runs with the wheel alone, wherever it lies.
"""

import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from IPython.core.inputtransformer2 import TransformerManager

from tests import tree
from tests.tree import ROOT
from tools.make import notebooks
from tools.read.plain import Unknown, plain

RAW = re.compile(r"^(`{3,}|:{3,})\{|\{[\w:-]+\}`|^\([\w-]+\)=|^:[\w-]+: |\.md\)", re.M)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[str, nbformat.NotebookNode]:
    paths = notebooks.write(tmp_path_factory.mktemp("notebooks"))
    return {path.stem: nbformat.read(path, as_version=4) for path in paths}


def said(text: str) -> str:
    return plain(
        text,
        ROOT / "book",
        lambda key: f"({key})",
        {"cell": "The cell, forwards"},
        lambda _: "Long",
    )


def test_every_chapter_with_code_has_a_notebook(written: dict[str, nbformat.NotebookNode]) -> None:
    with_code = {
        file.stem
        for file in (ROOT / "book").glob("*.md")
        if "{code-cell}" in file.read_text("utf-8")
    }
    assert written.keys() == with_code
    for made in written.values():
        nbformat.validate(made)
        assert "import lstm_edu" in made.cells[0].source
        assert not [cell for cell in made.cells if cell.get("execution_count")]
        assert made.metadata.language_info.file_extension == ".py"


def test_no_directive_no_role_and_no_label_is_left(
    written: dict[str, nbformat.NotebookNode],
) -> None:
    for name, made in written.items():
        for cell in made.cells:
            if cell.cell_type == "markdown":
                assert not RAW.search(cell.source), f"{name}: {cell.source}"
            for page in re.findall(r"\]\((\w+)\.ipynb\)", cell.source):
                assert page in written, f"{name} links to {page}"


def test_a_folded_solution_ends_where_the_book_ends_it() -> None:
    for chapter in (ROOT / "book").glob("*.md"):
        for after in re.findall(r"\{solution-end\}\n`{3,}\n+([^\n]*)", chapter.read_text("utf-8")):
            goes_on = after and not re.match(r"#|`{3,}\{exercise\}|\([\w-]+\)=", after)
            assert not goes_on, (
                f"{chapter.name}: {after!r} would be folded with the solution above; "
                "give it a heading"
            )


def test_what_a_chapter_writes_reads_plainly() -> None:
    assert said("(there)=\n## Title {cite}`gers2000`") == "## Title (gers2000)"
    assert said("See [](cell.md) and [here](cell.md#there), [there](there).") == (
        "See [The cell, forwards](cell.ipynb) and [here](cell.ipynb), there."
    )
    assert said("```{exercise} Long\n:label: l\n\nWhy?\n```") == "#### Exercise: Long\n\nWhy?"
    assert said("````{admonition} Hint\n:class: dropdown\n**b**\n````").startswith(
        "<details><summary>Hint</summary>\n\n**b**"
    )
    assert said("```{admonition} Note\nOne.\n\nTwo.\n```") == "> **Note**\n>\n> One.\n>\n> Two."
    tabs = "::::{tab-set}\n:::{tab-item} One\nFirst.\n:::\n:::{tab-item} Two\nSecond.\n:::\n::::"
    assert said(tabs) == "#### One\n\nFirst.\n#### Two\n\nSecond."
    shown = (
        "```{literalinclude} ../lstm_edu/models/cell.py\n"
        ":start-at: 'c = f'\n:end-at: h = o\n:dedent: 4\n```"
    )
    assert said(shown) == "```python\nc = f * c_prev + i * g\nh = o * np.tanh(c)\n```"
    assert (
        said("**{minutes}`cell`.** See {ref}`the index <genindex>`.") == "**Long.** See the index."
    )
    assert said("Code: `[a](b.md)` stays.") == "Code: `[a](b.md)` stays."


@pytest.mark.parametrize("text", ["```{youtube} x\n```", "{eval}`x`"])
def test_what_has_no_plain_form_is_named(text: str) -> None:
    with pytest.raises(Unknown, match=r"has no plain form; give it one in tools/read/plain\.py"):
        said(text)


def test_the_first_cell_installs_or_says_what_to_install() -> None:
    assert "%pip install --quiet git+https://example.org/a/b" in notebooks.first(
        "https://example.org/a/b"
    )
    code = notebooks.first("").replace("import lstm_edu", "import no_such_package")
    code = TransformerManager().transform_cell(code)  # what a kernel makes of %pip
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("This notebook needs the package lstm-edu")


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the notebooks and an environment to run them in.

    The environment holds the built wheel, what it needs, and a kernel.
    """
    folder = tmp_path_factory.mktemp("elsewhere")
    uv = Path(sys.executable).with_name("uv")

    def run(*command: str | Path) -> None:
        done = subprocess.run(
            [*map(str, command)], cwd=folder, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr

    project = tree.copy(folder / "project")
    run(uv, "build", "--wheel", "--out-dir", folder, project)
    run(uv, "venv", "--python", sys.executable, "venv")
    needed = [next(folder.glob("*.whl")), "nbclient", "ipykernel"]
    run(uv, "pip", "install", "--python", "venv", *needed, "-c", ROOT / "requirements.txt")
    notebooks.write(folder / "notebooks")
    return folder


EXECUTE = """
import resource, sys, nbformat, nbclient
book = nbformat.read(sys.argv[1], 4)
nbclient.NotebookClient(book, timeout=600, resources={"metadata": {"path": "."}}).execute()
unit = 1 if sys.platform == "darwin" else 1024
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * unit)
"""
MOST_MEMORY = 300_000_000  # bytes of a kernel, which the page for instructors reckons with


@pytest.mark.slow
@pytest.mark.xdist_group("notebooks")
@pytest.mark.parametrize("name", notebooks.chapters())
def test_a_notebook_runs_with_the_wheel_alone(name: str, elsewhere: Path) -> None:
    empty = elsewhere / name
    empty.mkdir()
    python = elsewhere / "venv" / "bin" / "python"
    notebook = elsewhere / "notebooks" / f"{name}.ipynb"
    env = {"PATH": f"{python.parent}:/usr/bin:/bin", "HOME": str(elsewhere)}
    done = subprocess.run(
        [python, "-c", EXECUTE, notebook], cwd=empty, env=env, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr[-3000:]
    assert int(done.stdout) < MOST_MEMORY, f"the kernel took {int(done.stdout) / 1e6:.0f} MB"
    assert not [*empty.iterdir()], "a notebook must not leave files beside it"
