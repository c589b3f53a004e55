"""The browser's half of a widget: its ES modules, and one style sheet.

Each module is a file, or printed from the equations.
"""

import json
import os
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from pathlib import Path

from lstm_edu.text import derive, equations, javascript, notation
from lstm_edu.text.authors import AUTHORS, LETTERS

WIDGETS = files("lstm_edu.widgets")
DARK = ':is(html[data-theme="dark"], body[data-jp-theme-light="false"], .vscode-dark) .lstm'
SITE = "LSTM_EDU_SITE"
"""Set in the environment of a kernel that runs a chapter for the site.

Its pages have scripts of their own."""


def _table() -> str:
    """The table of mistakes as a module: MISTAKES, its rows, and SAY, the sentence of each key."""
    table = json.loads((files("lstm_edu.text") / "mistakes.json").read_text("utf-8"))
    parts = {"MISTAKES": table["rows"], "SAY": table["say"]}
    return "".join(
        f"export const {name} = {json.dumps(part, ensure_ascii=False)};\n"
        for name, part in parts.items()
    )


def _letters() -> str:
    """The table of letters, and each line's derivative by each name in it, as text."""
    table = LETTERS | {"authors": {name: one["letters"] for name, one in AUTHORS.items()}}
    rows = derive.partials(equations.parse(equations.FORWARD)).items()
    parts = {"LETTERS": table, "PARTIALS": {u: {v: str(e) for v, e in r.items()} for u, r in rows}}
    return "".join(
        f"export const {name} = {json.dumps(part, ensure_ascii=False)};\n"
        for name, part in parts.items()
    )


PRINTED: dict[str, Callable[[], str]] = {
    "printed/equations": javascript.module,
    "printed/mistakes": _table,
    "printed/letters": _letters,
    "printed/rnnequations": lambda: javascript.module(
        equations.RNN_FORWARD, equations.RNN_BACKWARD, notation.RNN_NAMES, shown=False
    ),
}
"""The modules that no file holds, by name, and what prints each; a figure adds its own."""


def names() -> list[str]:
    """Every module by name, such as "kit/tree": the files of `widgets`, then the printed ones."""
    folders = [folder for folder in WIDGETS.iterdir() if folder.is_dir()]
    kept = [f"{folder.name}/{file.name}" for folder in folders for file in folder.iterdir()]
    return [*(name[:-4] for name in sorted(kept) if name.endswith(".mjs")), *PRINTED]


def source(name: str) -> str:
    """The text of a module: printed, or a file."""
    return PRINTED[name]() if name in PRINTED else (WIDGETS / f"{name}.mjs").read_text("utf-8")


def linked(name: str, known: list[str]) -> tuple[str, list[str]]:
    """A module's text, and which of the known ones it imports.

    An import from "./x.mjs" or "../kit/x.mjs", at once or later, is in the text one from "kit/x".
    """
    text, folder, needs = source(name), name.partition("/")[0], []
    for need in known:
        home, _, stem = need.partition("/")
        address = f'"{"." if home == folder else f"../{home}"}/{stem}.mjs"'
        for form in (" from {};", "import({})"):
            if form.format(address) in text:
                text = text.replace(form.format(address), form.format(f'"{need}"'))
                needs.append(need)
    return text, needs


@cache
def texts(name: str) -> dict[str, str]:
    """The texts, by `linked`, of a module and of all it needs, by name and in order of need.

    Raises ValueError for modules that import each other in a circle.
    """
    found: dict[str, str] = {}
    known = names()

    def add(one: str, path: tuple[str, ...]) -> None:
        if one in path:
            circle = " → ".join([*path, one])
            raise ValueError(f"{circle}: modules import each other; move what they share out")
        text, needs = linked(one, known)
        for need in needs:
            if need not in found:
                add(need, (*path, one))
        found[one] = text

    add(name, ())
    return found


def loaded(name: str) -> str:
    """The widget `name` as one ES module for a kernel's page: its modules and what loads them.

    On the site it is empty, or a chapter would carry the texts once a figure for nothing.
    """
    if os.environ.get(SITE):
        return "export default {};\n"
    table = json.dumps(texts(name), ensure_ascii=False)
    head = f"{source('kit/loader')}\nconst {{ render }} = await load({table});\n"
    return f"{head}export default {{ render }};\n"


@cache
def sheet() -> str:
    """The style sheet of the widgets.

    It has the colours of `notation` as variables, then the rules of widgets.css.
    """
    head = notation.schemes("lstm", ".lstm", DARK)
    return head + (WIDGETS / "kit" / "widgets.css").read_text("utf-8")


def write(directory: Path | str) -> None:
    """Write every module, those that are printed included, into `directory`, for node."""
    for name in names():
        file = Path(directory, f"{name}.mjs")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(source(name), "utf-8")
