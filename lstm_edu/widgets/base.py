"""What every widget is made of: one ES module joined from small ones, one sheet, and traits that explain themselves."""

import json
import math
import re
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from numbers import Real
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from lstm_edu import equations, javascript, notation, pushes
from lstm_edu.widgets import vcurvenumbers
from lstm_edu.widgets.prompts import Prompt, kept

LIMIT = 10.0
"""Nothing that a reader sets is larger than this: σ(10) is 1 to four digits, so beyond it there is nothing to see."""

DARK = ':is(html[data-theme="dark"], body[data-jp-theme-light="false"], .vscode-dark) .lstm'
IMPORT = re.compile(r'^import \{\s+([^}]+?),?\s+\} from "\./(\w+)\.mjs";\n', re.M)
EXPORT = re.compile(r"^export (?=(?:const|(?:async )?function) (\w+))", re.M)
DEFAULT = "export default { render };\n"
REMARKS = re.compile(
    r"^[ \t]*(?://[^\n]*\n|/\*\*.*?\*/\n)?", re.M | re.S
)  # and indentation: readers of code have the files


def _table() -> str:
    """The table of mistakes as a module: MISTAKES, its rows, and SAY, the sentence of each key."""
    table = json.loads((files("lstm_edu") / "mistakes.json").read_text("utf-8"))
    parts = {"MISTAKES": table["rows"], "SAY": table["say"]}
    return "".join(
        f"export const {name} = {json.dumps(part, ensure_ascii=False)};\n"
        for name, part in parts.items()
    )


PRINTED = {
    "equations": javascript.module,
    "mistakes": _table,
    "pushes": lambda: javascript.module(pushes.FORWARD, pushes.BACKWARD, pushes.NAMES),
    "mistaken": vcurvenumbers.printed,
    "rnnequations": lambda: javascript.module(
        equations.RNN_FORWARD, equations.RNN_BACKWARD, notation.RNN_NAMES, shown=False
    ),
}
"""The modules that no file holds, by name, and what prints each from the equations."""


def source(name: str) -> str:
    """The text of the module `name`: printed from the equations, or a file beside this one."""
    return (
        PRINTED[name]()
        if name in PRINTED
        else (files(__package__) / f"{name}.mjs").read_text("utf-8")
    )


@cache
def parts(name: str) -> dict[str, str]:
    """The modules that the widget `name` is joined from, by name and in order of need; each is `const name_mjs = …`.

    Raises ValueError for an import or export in a form that a join by text alone cannot follow.
    """
    found: dict[str, str] = {}
    _add(name, found, ())
    return found


def joined(name: str) -> str:
    """The widget `name` as one ES module: all its parts, then one `export default`."""
    return "".join(parts(name).values()) + f"const {{ render }} = {name}_mjs;\n{DEFAULT}"


def _add(name: str, found: dict[str, str], path: tuple[str, ...]) -> None:
    if name in path:
        raise ValueError(
            f"{' → '.join([*path, name])}: modules import each other in a circle; move what they share out"
        )
    text = source(name)
    for needed in IMPORT.finditer(text):
        if needed[2] not in found:
            _add(needed[2], found, (*path, name))
    body = EXPORT.sub("", IMPORT.sub(r"const { \1 } = \2_mjs;\n", text.replace(DEFAULT, "")))
    if stray := re.search(r"^(import|export)\b.*", body, re.M):
        raise ValueError(
            f'{name}.mjs: {stray[0]!r}; write one-line imports of "./….mjs", `export const` or `function`'
        )
    exported = ", ".join(EXPORT.findall(text))
    found[name] = (
        f"const {name}_mjs = (() => {{\n{REMARKS.sub('', body)}return {{ {exported} }};\n}})();\n"
    )


@cache
def sheet() -> str:
    """The style sheet: the colours of `notation` as variables, light and dark, then the rules of widgets.css."""
    light, dark = (
        " ".join(f"--lstm-{token}: {pair[k]};" for token, pair in notation.COLOURS.items())
        for k in (0, 1)
    )
    head = f".lstm {{ color-scheme: light; {light} }}\n{DARK} {{ color-scheme: dark; {dark} }}\n"
    return head + (files(__package__) / "widgets.css").read_text("utf-8")


def write(directory: Path | str) -> None:
    """Write every module, `equations.mjs` included, side by side into `directory`, where node can import them."""
    names = [
        file.name.removesuffix(".mjs")
        for file in files(__package__).iterdir()
        if file.name.endswith(".mjs")
    ]
    Path(directory).mkdir(parents=True, exist_ok=True)
    for name in [*names, *PRINTED]:
        Path(directory, f"{name}.mjs").write_text(source(name), "utf-8")


def finite(name: str, value: Any, limit: float = LIMIT) -> float:
    """The number as a float. Raises TraitError, with what was given and what is allowed, unless it fits."""
    try:
        number = (
            float(value) if isinstance(value, Real) and not isinstance(value, bool) else math.nan
        )
    except OverflowError:  # an integer of more than 308 digits
        number = math.inf
    if not math.isfinite(number) or abs(number) > limit:
        allowed = (
            f"a finite number from −{limit:g} to {limit:g}"
            if math.isfinite(limit)
            else "a finite number"
        )
        raise traitlets.TraitError(f"{name} = {value!r} is not possible; give {allowed}")
    return number


class Widget(anywidget.AnyWidget):
    """A widget of the book: synced traits, and the module whose stem is `module`."""

    module = ""
    prompts: traitlets.List = traitlets.List(help="what to try: sentences that set a state").tag(
        sync=True
    )
    first: traitlets.Dict = traitlets.Dict(help="the state that *reset* comes back to").tag(
        sync=True
    )

    def __init__(self, *, prompts: Iterable[Prompt] = (), **traits: Any) -> None:
        # set here: anywidget takes a property that fails for one that is not there, and shows a module of its own
        self._esm, self._css = joined(self.module), sheet()
        for name in traits:
            known("trait", name, [*self.traits(sync=True)])
        super().__init__(**traits)
        if hasattr(
            type(self), "values"
        ):  # a figure: it has numbers, so its sentences can be held to them
            own = {*self.trait_names(sync=True)} - {
                *anywidget.AnyWidget.class_trait_names(),
                "prompts",
                "first",
            }
            self.first = {name: getattr(self, name) for name in sorted(own) if name[0] != "_"}
            self.prompts = kept(self, prompts)


class Number(traitlets.Float):
    """A trait that is a finite number from −10 to 10, and that says so to whoever gives it something else."""

    def validate(self, obj: Any, value: Any) -> float:
        """The number as a float. Raises TraitError with what was given and what is allowed."""
        return finite(str(self.name), value)


def number(default: float = 0.0) -> Number:
    """A synced number."""
    return Number(default).tag(sync=True)


def known(kind: str, name: Any, names: list[str]) -> None:
    """Raise TraitError, with the nearest known name, unless `name` is one of `names`."""
    if name not in names:
        raise traitlets.TraitError(notation.unknown(kind, str(name), names))


class Graph(traitlets.HasTraits):
    """What a widget has beside its own traits whose values, named in `nodes`, can be pinned, pushed and held."""

    nodes: Sequence[str] = ()
    pinned = traitlets.Unicode("", help="the value in the card, or ''").tag(sync=True)
    nudge = number()
    lock = traitlets.Dict(help="what is held, by name, and the value it is held at").tag(sync=True)

    @traitlets.validate("pinned")
    def _known_pin(self, proposal: Any) -> str:
        if proposal["value"]:
            known("value to pin", proposal["value"], [*self.nodes])
        return proposal["value"]

    @traitlets.validate("lock")
    def _known_lock(self, proposal: Any) -> dict[str, float]:
        for name, value in proposal["value"].items():
            known("value to hold", name, [*self.nodes])
            finite(f"lock[{name!r}]", value, math.inf)
        return proposal["value"]
