"""What `make book` promises.

It is quick when nothing changed, never stale, and red as long as something is wrong.

Longer than 200 lines because one small book is built once, and each test changes it a little.
"""

import ast
import fcntl
import html
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from lstm_edu.text import equations, source
from tests import chance, tree
from tests.browser.figure import Open, assert_clean
from tools.make import launches

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("builds")]

PAGE = """---
jupytext: {text_representation: {extension: .md, format_name: myst}}
kernelspec: {name: python3, display_name: Python 3}
---
# Page

% introduces: t, c, c_bar

At step $t$ the memory $c^{(t)}$ has a gradient, $\\bar{c}^{(t)}$.

::::{tab-set}
:::{tab-item} One
In the first tab.
:::
:::{tab-item} Two
In the second.
:::
::::

```{code-cell}
from lstm_edu.widgets import Cell
Cell(x=NUMBER)
```
"""
FAILING = "\n```{code-cell}\nraise RuntimeError('planted here')\n```\n"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project whose book is two small pages, each with the living cell.

    It is built once.
    """
    project = tree.copy(tmp_path_factory.mktemp("book") / "project", ".venv", "node_modules")
    for chapter in (project / "book").glob("*.md"):
        chapter.unlink()
    (project / "book" / "index.md").write_text(PAGE.replace("NUMBER", "1"))
    (project / "book" / "two.md").write_text(PAGE.replace("NUMBER", "2"))
    (project / "_toc.yml").write_text(
        "format: jb-book\nroot: book/index\nchapters:\n  - file: book/two\n"
    )
    said = passes(project)
    assert executed(said) == {"index", "two"}
    assert str(project / "_build" / "html" / "index.html") in said
    return project


def passes(project: Path) -> str:
    """What `make book` says where it passes."""
    done = tree.run("make", "book", cwd=project)
    assert done.returncode == 0, done.stdout
    return done.stdout


def fails(project: Path, *words: str) -> str:
    """What `make book` says where it fails, once it is known to hold these words."""
    done = tree.run("make", "book", cwd=project)
    assert done.returncode != 0, f"the build passed: {done.stdout}"
    for word in (*words, "The book was not built"):
        assert word in done.stdout, f"{word!r} is not in: {done.stdout}"
    return done.stdout


def executed(said: str) -> set[str]:
    """The pages that a build executed, by what it said."""
    plain = re.sub(r"\x1b\[[\d;]*m", "", said)
    return set(re.findall(r"(\w+)\.md: Executed notebook", plain))


def written(said: str) -> set[str]:
    """The pages that a build wrote, by what it said."""
    plain = re.sub(r"\x1b\[[\d;]*m", "", said)
    return set(re.findall(r"writing output\.\.\. \[ *\d+%\] book/(\w+)", plain))


def site(project: Path) -> dict[str, bytes]:
    """Every file of a site."""
    folder = project / "_build" / "html"
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file()
    }


def test_a_second_build_does_nothing(small: Path) -> None:
    said = passes(small)
    assert executed(said) == set()
    assert "up to date" in said
    assert "Building" not in said, said
    assert str(small / "_build" / "html" / "index.html") in said


def test_a_module_is_on_the_site_once_though_two_pages_use_it(small: Path) -> None:
    site = small / "_build" / "html"
    modules = {file.stem for file in (site / "_static" / "widgets").glob("*-????????.js")}
    for number, name in enumerate(("index", "two"), 1):
        page = (site / "book" / f"{name}.html").read_text("utf-8")
        [scripts] = re.findall(r'data-kind="cell" data-scripts="(.*?)"', page)
        assert {*scripts.split()} <= modules
        [state] = re.findall(r'<script type="application/json">(.*?)</script>', page)
        assert json.loads(state)["x"] == number
        assert not {"_esm", "_css", "layout"} & {*json.loads(state)}
        assert "export default" not in page
        assert "application/vnd.jupyter" not in page


def test_tabs_change_though_the_book_has_none_yet(small: Path, open_page: Open) -> None:
    page = open_page((small / "_build" / "html" / "book" / "two.html").as_uri())
    shown = "[...document.querySelectorAll('.sd-tab-content')].map(one => one.checkVisibility())"
    assert page.js(shown) == [True, False]
    page.click(".sd-tab-set > label:nth-of-type(2)")
    assert page.js(shown) == [False, True]
    assert_clean(page)


def test_a_changed_page_is_executed_alone_and_a_build_that_is_stopped_midway_is_not_taken_for_good(
    small: Path,
) -> None:
    stamp = small / "_build" / "built-from.sha256"
    assert stamp.exists()
    with open(small / "book" / "two.md", "a") as page:
        page.write(
            "\n```{code-cell}\nimport pathlib\n"
            f"assert not pathlib.Path({str(stamp)!r}).exists()\n```\n"
        )
    assert executed(passes(small)) == {"two"}


def test_a_page_that_changes_alone_is_written_alone_and_the_site_is_what_a_fresh_build_makes(
    small: Path,
) -> None:
    tree.edit(small / "book" / "index.md", "In the second.", "In the second tab.")
    said = passes(small)
    assert written(said) == {"index"} and executed(said) == set()
    tree.edit(small / "book" / "index.md", "# Page", "# The first page")
    assert written(passes(small)) == {"index", "two"}, "every page shows the titles of all"
    again = site(small)
    shutil.rmtree(small / "_build" / "html")
    assert executed(passes(small)) == set(), "what the cells gave is kept"
    assert site(small) == again


def test_whatever_git_tracks_makes_the_book_anew(small: Path) -> None:
    tree.edit(small / "CITATION.cff", "\nversion: ", "\nversion: 9.")
    assert executed(passes(small)) == set()
    assert "version 9." in (small / "_build" / "html" / "book" / "two.html").read_text("utf-8")
    (small / "tests" / "new.py").touch()
    assert "up to date" in passes(small), "no page is made from the tests"


def test_two_builds_at_once_wait_for_each_other(small: Path) -> None:
    passes(small)
    with open(small / "_build" / "book.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        second = subprocess.Popen(
            ["make", "book"], cwd=small, env=tree.environment(), stdout=subprocess.PIPE, text=True
        )
        assert second.stdout and "waits until that one has ended" in second.stdout.readline()
    assert "up to date" in second.communicate()[0], "it went on when the other one had ended"


def test_a_change_in_the_package_alone_executes_every_page_again(small: Path) -> None:
    with open(small / "lstm_edu" / "models" / "cell.py", "a") as module:
        module.write("# changed\n")
    assert executed(passes(small)) == {"index", "two"}
    assert executed(passes(small)) == set()


def test_a_failed_build_fails_again_until_it_is_mended(small: Path) -> None:
    page = small / "book" / "two.md"
    whole = page.read_text()
    page.write_text(f"{whole}\nWrong: $\\bar{{c}}^{{(t)}} + \\frac{{1}}$.\n{FAILING}")
    for _ in range(2):
        said = fails(small, "A cell of two.md failed", "planted here")
        assert re.search(r"two\.md.*\\frac\{1\}.* does not parse", said), said
        assert not (small / "_build" / "html").exists(), (
            "a site that failed must not be taken for one"
        )
    page.write_text(whole)
    assert executed(passes(small)) == set(), (
        "what the cells of the other pages gave is kept, and of this one before"
    )


def test_a_clone_at_another_address_needs_one_edit(small: Path) -> None:
    before = (small / "_build" / "html" / "book" / "two.html").read_text("utf-8")
    assert not re.findall(r"github\.|colab\.|mybinder\.", before), (
        "with no address nothing leads to one"
    )
    other = "https://github.com/another/clone-2"
    tree.edit(small / "_config.yml", 'repository:\n  url: ""', f'repository:\n  url: "{other}"')
    passes(small)
    page = html.unescape((small / "_build" / "html" / "book" / "two.html").read_text("utf-8"))
    links = re.findall(r'href="(https?://[^"]*(?:github|colab|mybinder)[^"]*)"', page)
    assert {place.url for place in launches.places("two", other)} <= {*links}
    assert {f"{other}/issues/new", f"{other}/edit/main/book/two.md"} <= {
        link.partition("?")[0] for link in links
    }
    assert all("another/clone-2" in link for link in links), links
    notebook = (small / "_build" / "html" / "_sources" / "book" / "two.ipynb").read_text("utf-8")
    assert f"%pip install --quiet git+{other}" in notebook


def flipped(program: str, name: str) -> str:
    """The program with the sign of the line that defines `name` turned."""
    line = rf"^(\s*{name} *)= (.+?)(  #.*)?$"  # a remark stays outside the parentheses

    def turned(m: re.Match[str]) -> str:
        value = m[2] if m[2] == "(" else f"({m[2]})"  # "(" where the formula has several lines
        return f"{m[1]}= -{value}{m[3] or ''}"

    text, count = re.subn(line, turned, program, flags=re.M)
    assert count == 1, f"{count} lines define {name}"
    return text


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the project to break."""
    return tree.copy(tmp_path / "project", ".venv", "node_modules")


CELL = "text/cells/lstm.txt"
PROGRAMS = {
    CELL: (tree.ROOT / "lstm_edu" / CELL).read_text("utf-8"),
    "models/cell.py": (tree.ROOT / "lstm_edu" / "models" / "cell.py")
    .read_text("utf-8")
    .split("def shapes")[0],
}
LINES = {
    CELL: [*equations.parse(source.load("cells", "lstm").backward)],
    "models/cell.py": re.findall(
        r"^    (\w+) = (?!accepted)", PROGRAMS["models/cell.py"], flags=re.M
    ),
}


@pytest.mark.parametrize(
    ("file", "name"), [(file, name) for file, names in LINES.items() for name in names]
)
def test_every_line_can_be_drawn(file: str, name: str) -> None:
    turned = flipped(PROGRAMS[file], name)
    assert turned != PROGRAMS[file]
    ast.parse(turned)


@pytest.mark.parametrize("file", LINES)
def test_one_broken_line_fails_the_build_with_its_name(file: str, project: Path) -> None:
    name = chance.drawn().choice(LINES[file])
    program = PROGRAMS[file]
    tree.edit(project / "lstm_edu" / file, program, flipped(program, name))
    assert "Building" not in fails(project, f"check failed: {name} "), (
        "the check comes first: it takes seconds, the chapters a minute"
    )
