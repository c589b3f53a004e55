"""What a chapter's cells gave when the book was built, as a notebook stores it.

A reader without a kernel sees equations, tables and still pictures. The view of a widget is left
out: its model ended with the kernel, and a program that asks for it would show no picture instead.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from lstm_edu.widgets.kit import pictures
from tools.make import drawn
from tools.read.places import ROOT

EXECUTED = ROOT / "_build" / ".jupyter_cache" / "executed"
VIEW = "application/vnd.jupyter.widget-view+json"
Outputs = list[dict[str, Any]]


def of(codes: Sequence[str], folder: Path = EXECUTED) -> list[Outputs]:
    """The outputs of each of a chapter's code cells, empty lists where it was not executed so."""
    for file in sorted(folder.glob("*/base.ipynb")):
        cells = [cell for cell in _cells(file) if cell["cell_type"] == "code"]
        if [text(cell["source"]) for cell in cells] == [*codes]:
            return stored([cell["outputs"] for cell in cells])
    return [[] for _ in codes]


def stored(every: list[Outputs]) -> list[Outputs]:
    """The outputs of each cell as they are stored: a figure as PNG, else as styled HTML."""
    stills = [markup for gave in every for one in gave if (markup := still(one))]
    # a box with a question reads well as it is
    pngs = drawn.pngs(one for one in stills if not one.startswith(f"{pictures.BEGINS}answer/"))
    sheet = iter([pictures.style()])  # one is enough for a notebook
    made = []
    for gave in every:
        made.append([_without_view(one) for one in gave])
        for one in made[-1]:
            if markup := still(one):
                del one["data"]["text/html"]
                if markup in pngs:
                    one["data"]["image/png"] = pngs[markup]
                    one["metadata"] = {"image/png": {"width": drawn.width(pngs[markup])}}
                else:
                    one["data"]["text/html"] = next(sheet, "") + markup
    return made


def still(output: dict[str, Any]) -> str:
    """The markup of a widget's still picture, nothing where an output is none."""
    markup = text(output.get("data", {}).get("text/html", ""))
    return markup if markup.startswith(pictures.BEGINS) else ""


def text(lines: str | list[str]) -> str:
    """What a notebook keeps as a text or as a list of lines, as a text."""
    return lines if isinstance(lines, str) else "".join(lines)


def _without_view(output: dict[str, Any]) -> dict[str, Any]:
    made = dict(output)
    if "execution_count" in made:
        made["execution_count"] = None
    if "data" in made:
        made["data"] = {kind: value for kind, value in made["data"].items() if kind != VIEW}
    return made


def _cells(file: Path) -> list[dict[str, Any]]:
    return json.loads(file.read_text("utf-8"))["cells"]
