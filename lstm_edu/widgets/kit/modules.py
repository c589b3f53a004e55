"""The browser's half of a widget: one ES module joined from small ones, and one style sheet."""

import json
import posixpath
import re
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from pathlib import Path

from lstm_edu.text import equations, javascript, notation

WIDGETS = files("lstm_edu.widgets")
DARK = ':is(html[data-theme="dark"], body[data-jp-theme-light="false"], .vscode-dark) .lstm'
IMPORT = re.compile(r'^import \{\s+([^}]+?),?\s+\} from "(\.\.?/[\w/]+)\.mjs";\n', re.M)
EXPORT = re.compile(r"^export (?=(?:const|(?:async )?function) (\w+))", re.M)
DEFAULT = "export default { render };\n"
# and indentation: readers of code have the files
REMARKS = re.compile(r"^[ \t]*(?://[^\n]*\n|/\*\*.*?\*/\n)?", re.M | re.S)


def _table() -> str:
    """The table of mistakes as a module: MISTAKES, its rows, and SAY, the sentence of each key."""
    table = json.loads((files("lstm_edu.text") / "mistakes.json").read_text("utf-8"))
    parts = {"MISTAKES": table["rows"], "SAY": table["say"]}
    return "".join(
        f"export const {name} = {json.dumps(part, ensure_ascii=False)};\n"
        for name, part in parts.items()
    )


PRINTED: dict[str, Callable[[], str]] = {
    "printed/equations": javascript.module,
    "printed/mistakes": _table,
    "printed/rnnequations": lambda: javascript.module(
        equations.RNN_FORWARD, equations.RNN_BACKWARD, notation.RNN_NAMES, shown=False
    ),
}
"""The modules that no file holds, by name, and what prints each; a figure adds its own."""


def source(name: str) -> str:
    """The text of the module `name`, such as "kit/tree": printed from the equations, or a file."""
    return PRINTED[name]() if name in PRINTED else (WIDGETS / f"{name}.mjs").read_text("utf-8")


def needed(name: str, text: str) -> list[str]:
    """The modules that a module's text imports, by name."""
    return [posixpath.normpath(f"{name}/../{found[2]}") for found in IMPORT.finditer(text)]


def constant(name: str) -> str:
    """The constant that holds a module where several are joined."""
    return f"{name.replace('/', '_')}_mjs"


@cache
def parts(name: str) -> dict[str, str]:
    """The modules that the widget `name` is joined from, by name and in order of need.

    Each is `const name_mjs = …`.
    Raises ValueError for an import or export in a form that a join by text alone cannot follow.
    """
    found: dict[str, str] = {}
    _add(name, found, ())
    return found


def joined(name: str) -> str:
    """The widget `name` as one ES module: all its parts, then one `export default`."""
    return "".join(parts(name).values()) + f"const {{ render }} = {constant(name)};\n{DEFAULT}"


def _add(name: str, found: dict[str, str], path: tuple[str, ...]) -> None:
    if name in path:
        raise ValueError(
            f"{' → '.join([*path, name])}: modules import each other in a circle; "
            "move what they share out"
        )
    text = source(name)
    names = iter(needs := needed(name, text))
    for need in needs:
        if need not in found:
            _add(need, found, (*path, name))
    linked = IMPORT.sub(lambda of: f"const {{ {of[1]} }} = {constant(next(names))};\n", text)
    body = EXPORT.sub("", linked.replace(DEFAULT, ""))
    if stray := re.search(r"^(import|export)\b.*", body, re.M):
        raise ValueError(
            f"{name}.mjs: {stray[0]!r}; "
            'write one-line imports of "./….mjs", `export const` or `function`'
        )
    exported = ", ".join(EXPORT.findall(text))
    body = REMARKS.sub("", body)
    found[name] = f"const {constant(name)} = (() => {{\n{body}return {{ {exported} }};\n}})();\n"


@cache
def sheet() -> str:
    """The style sheet of the widgets.

    It has the colours of `notation` as variables, light and dark, then the rules of widgets.css.
    """
    light, dark = (
        " ".join(f"--lstm-{token}: {pair[k]};" for token, pair in notation.COLOURS.items())
        for k in (0, 1)
    )
    head = f".lstm {{ color-scheme: light; {light} }}\n{DARK} {{ color-scheme: dark; {dark} }}\n"
    return head + (WIDGETS / "kit" / "widgets.css").read_text("utf-8")


def write(directory: Path | str) -> None:
    """Write every module into folders of `directory`, for node.

    Those that are printed are included.
    """
    names = [
        f"{folder.name}/{file.name.removesuffix('.mjs')}"
        for folder in WIDGETS.iterdir()
        if folder.is_dir()
        for file in folder.iterdir()
        if file.name.endswith(".mjs")
    ]
    for name in [*names, *PRINTED]:
        file = Path(directory, f"{name}.mjs")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(source(name), "utf-8")
