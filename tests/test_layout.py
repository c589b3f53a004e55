"""The house rules that a machine can see: what lies where, who may import whom, how long things are."""

import ast
import re
import statistics
import sys
from pathlib import Path

import pytest

from tests.tree import ROOT
from tools.sources import files

TOP = {
    "README.md", "CONTRIBUTING.md", "LICENSE", "LICENSE-CONTENT", "CITATION.cff", ".gitignore", ".ci", ".github",
    "Makefile", "pyproject.toml", "requirements.txt", "package.json", "package-lock.json", "_config.yml", "_toc.yml",
    "book", "lstm_edu", "tests", "tools", "bench",
}  # fmt: skip

# The house's one rule of dependence. The standard library is open to all, and a folder's modules to each other.
MAY_IMPORT = {
    "__init__": "",
    "notation": "",
    "equations": "sympy notation",
    "derive": "sympy equations",
    "show": "sympy notation equations derive",
    "cell": "numpy",
    "bptt": "numpy cell",
    "rnn": "numpy",
    "lstm": "numpy",
    "layers": "numpy lstm",
    "unroll": "sympy equations derive",
    "check": "numpy sympy mpmath notation equations derive cell bptt rnn lstm layers",
    "cases": "numpy cell bptt rnn lstm layers",
    "table": "",
    "measure": "numpy notation cell bptt cases check table",
    "mistakes": "numpy equations cell bptt cases check measure table",
    "ways": "numpy sympy equations derive unroll bptt cases cell mistakes",
    "reach": "numpy bptt rnn cell",
    "recall": "numpy equations notation cell",
    "letters": "numpy notation cell layers table",
    "chapter": "sympy notation equations derive show cell check",
    "pushes": "numpy sympy notation equations derive show check chapter",
    "start": "numpy sympy cell chapter widgets",
    "tried": "numpy cell measure widgets",
    "tasks": "numpy notation equations cell bptt cases check measure mistakes reach tried widgets",
    "pencil": "numpy notation equations show cell check",
    "plots": "numpy matplotlib notation",
    "widgets": (
        "ipywidgets anywidget traitlets numpy notation equations show chapter pushes cell bptt rnn reach cases measure "
        "mistakes unroll ways"
    ),
}
CHAPTERS_MAY_IMPORT = {"lstm_edu", "numpy", "sympy"}  # with sympy a reader tries out what the book derives

TEXT = [file for file in files() if file.suffix not in {".png", ".woff2"}]
LOCKS = {"requirements.txt", "package-lock.json"}
MODULES = sorted((ROOT / "lstm_edu").rglob("*.py"))
CHAPTERS = sorted((ROOT / "book").glob("*.md"))


def text(file: Path) -> str:
    return (ROOT / file).read_text("utf-8")


def lines_with(pattern: str, among: list[Path], flags: int = 0) -> list[str]:
    """Each line that a pattern finds, as file:number: line."""
    found = re.compile(pattern, flags)
    return [
        f"{file}:{number}: {line.strip()}"
        for file in among
        for number, line in enumerate(text(file).splitlines(), 1)
        if found.search(line)
    ]


# What lies where


def test_the_top_level_is_the_houses_plan() -> None:
    top = {file.parts[0] for file in files()}
    assert top <= TOP, f"not in the plan: {sorted(top - TOP)}"
    missing = TOP - top - {"bench", ".github"}
    assert not missing, f"the plan has, and the tree lacks: {sorted(missing)}"


def test_every_module_is_in_the_plan() -> None:
    modules = {file.relative_to(ROOT / "lstm_edu").parts[0].removesuffix(".py") for file in MODULES}
    assert modules <= MAY_IMPORT.keys(), f"say in MAY_IMPORT what these may import: {modules - MAY_IMPORT.keys()}"
    core = {"__init__", "notation", "equations", "derive", "show", "cell", "check", "widgets"}
    assert core <= modules, f"missing: {core - modules}"


def test_every_module_has_a_test_file_of_its_name() -> None:
    for module in MAY_IMPORT.keys() - {"__init__"}:
        if (ROOT / "lstm_edu" / f"{module}.py").exists() or (ROOT / "lstm_edu" / module).is_dir():
            assert (ROOT / "tests" / f"test_{module}.py").exists(), f"tests/test_{module}.py is missing"


def test_every_widget_is_a_pair_of_one_stem() -> None:
    folder = ROOT / "lstm_edu" / "widgets"
    for module in folder.glob("*.py"):
        if module.stem not in {"__init__", "base"}:
            assert module.with_suffix(".mjs").exists(), f"{module.name} has no {module.stem}.mjs"


def test_nothing_generated_is_kept() -> None:
    made = [file for file in files() if file.suffix in {".ipynb", ".html", ".pyc", ".map", ".zip", ".whl"}]
    assert not made, f"made when needed, never committed: {made}"
    assert not [file for file in files() if file.name.endswith((".min.js", ".min.css", ".bundle.js"))]
    pictures = [file for file in files() if file.suffix in {".png", ".jpg", ".gif", ".webp"}]
    shown = text(Path("README.md")) if (ROOT / "README.md").exists() else ""
    assert all(str(picture) in shown for picture in pictures), f"only the README's pictures are kept: {pictures}"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("LICENSE", "MIT License"),
        ("LICENSE-CONTENT", "Attribution 4.0"),
        ("CITATION.cff", "cff-version"),
        ("Makefile", "book:"),
        (".ci/run", "make test"),
        ("_config.yml", "title:"),
        ("_toc.yml", "root: book/index"),
        ("CONTRIBUTING.md", "make check"),
        ("README.md", "make book"),
    ],
)
def test_what_a_repository_needs_is_there(name: str, words: str) -> None:
    assert (ROOT / name).is_file(), f"{name} is missing"
    assert words in text(Path(name)), f"{name} does not say {words!r}"


def test_every_chapter_is_in_the_reading_order() -> None:
    order = text(Path("_toc.yml"))
    for chapter in CHAPTERS:
        assert f"book/{chapter.stem}" in order, f"{chapter.name} is not in _toc.yml"


# Who may import whom


def imported(code: str, package: str = "") -> set[str]:
    """What Python text imports: a package's name, or for our own package the module's ("derive")."""
    names = set()
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package.split(".")[: len(package.split(".")) + 1 - node.level]) if node.level else ""
            origin = ".".join(part for part in (base, node.module) if part)
            inner = origin == "lstm_edu"
            names |= {f"{origin}.{alias.name}" for alias in node.names} if inner else {origin}
    ours = {name.split(".")[1] for name in names if name.startswith("lstm_edu.")}
    return ours | {name.split(".")[0] for name in names if not name.startswith("lstm_edu.")}


@pytest.mark.parametrize("file", MODULES, ids=lambda file: str(file.relative_to(ROOT)))
def test_a_module_imports_only_what_the_plan_allows(file: Path) -> None:
    parts = file.relative_to(ROOT).with_suffix("").parts
    allowed = set(MAY_IMPORT[parts[1]].split()) | set(sys.stdlib_module_names)
    if len(parts) > 2:
        allowed.add(parts[1])
    beyond = imported(text(file), ".".join(parts[:-1])) - allowed
    assert not beyond, f"{file.name} imports {sorted(beyond)}; the plan allows: {MAY_IMPORT[parts[1]] or 'nothing'}"


def test_imports_are_seen_in_every_form() -> None:
    code = (
        "import a.b\nfrom c.d import e\nfrom lstm_edu import show\nfrom lstm_edu.cell import step\nimport lstm_edu.rnn"
    )
    assert imported(code) == {"a", "c", "show", "cell", "rnn"}
    code = "from . import base\nfrom .base import Widget\nfrom ..derive import prove\nfrom .. import check"
    assert imported(code, "lstm_edu.widgets") == {"widgets", "derive", "check"}


# How long


def cells(chapter: Path) -> list[str]:
    """The code of each cell of a chapter, without its options."""
    fenced = re.findall(r"^(`{3,}|:{3,})\{code-cell\}[^\n]*\n(.*?)^\1", text(chapter), flags=re.M | re.S)
    without = (re.sub(r"\A(---\n.*?^---\n|(:[\w-]+:[^\n]*\n)*)", "", body, flags=re.M | re.S) for _, body in fenced)
    return [code.strip("\n") for code in without]


def test_cells_are_found_without_their_options(tmp_path: Path) -> None:
    chapter = tmp_path / "chapter.md"
    chapter.write_text(
        "```{code-cell}\n:tags: [hide-input]\na = 1\n\nb\n```\n```{code-cell} ipython3\n---\ntags: []\n---\nc\n```\n"
        "````{admonition}\n```{code-cell}\nd\n```\n````\n"
    )
    assert cells(chapter) == ["a = 1\n\nb", "c", "d"]


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: chapter.stem)
def test_cells_are_short_and_import_little(chapter: Path) -> None:
    lengths = [len([line for line in code.splitlines() if line.strip()]) for code in cells(chapter)]
    for code, length in zip(cells(chapter), lengths, strict=True):
        assert length <= 12, f"a cell of {length} lines belongs into lstm_edu as a tested function:\n{code}"
        names = {name.split(".")[0] for name in re.findall(r"^\s*(?:import|from) ([\w.]+)", code, flags=re.M)}
        assert names <= CHAPTERS_MAY_IMPORT, f"a chapter may not import {sorted(names - CHAPTERS_MAY_IMPORT)}"
    assert not lengths or statistics.median(lengths) <= 3, f"the median cell has {statistics.median(lengths)} lines"


def test_a_file_over_200_lines_says_why() -> None:
    long = [file for file in TEXT if len(text(file).splitlines()) > 200 and file.name not in LOCKS]
    silent = [str(file) for file in long if "Longer than 200 lines because" not in text(file)]
    assert not silent, f"split these, or give the reason in each (Longer than 200 lines because …): {silent}"


# What must not stand anywhere


def test_colours_are_written_in_notation_alone() -> None:
    code = [f for f in TEXT if f.suffix in {".py", ".mjs", ".js", ".css", ".md", ".mplstyle", ".yml"}]
    code = [f for f in code if f.name != "notation.py" and f.parts[0] != "tests"]
    number = r"(?<![\w&(/])#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})\b|\b(?:rgb|hsl|hwb|oklch)a?\("
    named = r"\b(?:color|fill|stroke|background)\s*[:=]\s*[\"']?(?:black|white|red|green|blue|orange|gr[ae]y)\b"
    assert not lines_with(f"{number}|{named}", code, re.I)


def test_the_colour_rule_sees_colours() -> None:
    number = r"(?<![\w&(/])#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})\b|\b(?:rgb|hsl|hwb|oklch)a?\("
    for colour in "color: #fff;", "'#A84300'", "rgb(1, 2, 3)", "oklch(0.5 0.1 20)":
        assert re.search(number, colour, re.I), colour
    for other in "# add", "&#8722;", "(#face)", "[x](page#bed)":
        assert not re.search(number, other, re.I), other


def test_no_path_or_address_of_one_machine() -> None:
    home = r"(?<![\w.])/(?:root|home/\w+|Users/\w+|work|opt|srv|mnt|tmp)/"
    here = [file for file in TEXT if file != Path("tests/test_layout.py")]
    assert not lines_with(home, here)
    servers = r"https?://(?!127\.0\.0\.1|localhost)[\w.-]*(?:registry|pypi|proxy|mirror|artifact|nexus)"
    assert not lines_with(servers + r"|--(?:extra-)?index-url|\"resolved\":", here)


def test_nothing_is_left_for_later() -> None:
    here = [file for file in TEXT if file != Path("tests/test_layout.py") and file.name not in LOCKS]
    assert not lines_with(r"\b(TODO|FIXME|XXX|HACK)\b|raise NotImplementedError", here)


def test_nothing_is_written_that_no_test_can_fail() -> None:
    tests = [file for file in TEXT if file.parts[0] == "tests" and file != Path("tests/test_layout.py")]
    assert not lines_with(r"assert True\b|@pytest\.mark\.xfail|\.only\(", tests)
