"""Pages with nothing but figures on them, in any state and also in a damaged one.

Their scripts are made once.
"""

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from lstm_edu.widgets import Carousel, Cell, Paths, Ripple, Time, VCurve
from lstm_edu.widgets.kit.prompts import prompt
from tests.browser.bridge import Browser, Page
from tests.browser.figure import settle
from tests.browser.test_host import PAGE, made
from tests.tree import ROOT

FIGURES = dict(cell=Cell, time=Time, carousel=Carousel, paths=Paths, vcurve=VCurve, ripple=Ripple)
MOVES = dict(cell="x", time="b_f", carousel="b_f", paths="steps", vcurve="T", ripple="a")
"""Of each figure a number that a slider sets at first sight."""
NUMBERS = """root => [...document.querySelectorAll(`${root} [data-value]`)]
    .map(({ dataset }) => dataset.value)"""
AXE = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")
# a figure is no page
PART = "rules: { region: { enabled: false }, 'page-has-heading-one': { enabled: false } }"
RULES = f"{{ preload: false, resultTypes: ['violations'], {PART} }}"
SAYS = "r => r.violations.flatMap(v => v.nodes.map(({ html }) => `${v.id}: ${html.slice(0, 160)}`))"


class View(NamedTuple):
    """A figure on a page: its kind, its traits, and what its state is then damaged with."""

    kind: str
    traits: Mapping[str, Any] = MappingProxyType({})
    damage: Mapping[str, Any] = MappingProxyType({})


def root(number: int) -> str:
    """The selector of the figure of this number, from 1."""
    return f"#view-{number} .lstm"


class Gallery:
    """Writes pages into a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        made(folder, [figure() for figure in FIGURES.values()])
        html = (folder / "page.html").read_text("utf-8")
        self.scripts = dict(re.findall(r'data-kind="(\w+)" data-scripts="([^"]+)"', html))
        self.sheet = next((folder / "widgets").glob("*.css")).name
        self.count = 0

    def open(
        self,
        browser: Browser,
        views: Sequence[View],
        width: int = 1280,
        theme: str = "light",
        **media: int,
    ) -> Page:
        """A new page with these figures, all alive; paragraphs stand between them."""
        self.count += 1
        file = self.folder / f"{self.count}.html"
        inside = "<p>Text.</p>".join(self._view(k, view) for k, view in enumerate(views, 1))
        html = PAGE.format(sheet=self.sheet, views=inside).replace(
            "width: 660px", "max-width: 660px"
        )
        style = f"margin: 20px; color-scheme: {theme}; background: Canvas; color: CanvasText"
        body = f'<html lang="en" data-theme="{theme}"><body style="{style}">'
        file.write_text(
            html.replace('<html lang="en">', body) + "<p>What comes after.</p>", "utf-8"
        )
        page = browser.open(file.as_uri(), width=width, **media)
        page.js("dispatchEvent(new Event('beforeprint'))")
        alive = "document.querySelectorAll('.lstm-view[data-alive=true] .widget').length"
        page.wait(f"{alive} === {len(views)}")
        settle(page)
        return page

    def _view(self, number: int, view: View) -> str:
        figure = FIGURES[view.kind](**view.traits)
        names = [*figure.first, "first", "prompts"]
        state = json.dumps({name: getattr(figure, name) for name in names} | dict(view.damage))
        text = state.replace("<", "\\u003c").replace('"#Infinity"', "1e999")
        return (
            f'<div class="lstm-view" id="view-{number}" data-model="{figure.model_id}" '
            f'data-kind="{view.kind}" data-scripts="{self.scripts[view.kind]}">'
            f'<script type="application/json">{text}</script></div>'
        )


def tried(kind: str) -> Any:
    """A prompt with a prediction, for any figure."""
    trait = MOVES[kind]
    options = {"This": lambda a, b: True, "That": lambda a, b: False}
    return prompt(
        "Try", {trait: 2}, lambda a, b: True, "So it is.", {"What do you expect?": options}
    )


def numbers(page: Page, count: int) -> list[list[str]]:
    """Every number that each figure of a page shows."""
    root = "`#view-${k + 1} .lstm`"
    each = f"count => Array.from({{ length: count }}, (_, k) => ({NUMBERS})({root}))"
    return page.js(each, count)


def axe(page: Page, place: str = "main") -> list[str]:
    """What axe-core finds wrong inside a place of a page, as it stands."""
    loaded = "" if page.js("typeof axe !== 'undefined'") else AXE
    return page.js(f"{loaded};axe.run({place!r}, {RULES}).then({SAYS})")
