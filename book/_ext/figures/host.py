"""Widgets without a kernel: each view holds its model's state and a still picture.

The modules are scripts of the site.
A classic script that registers its modules is the one way in which Chromium and Firefox load code
from `file://` and under a Content-Security-Policy alike: rollup's format "system". Modules used by
one widget go into one script, and so do those used by several and those used by all. `host.js`
gives each view its model and calls the module's `render`.
"""

import html
import json
import os
import re
from pathlib import Path
from typing import Any

import purge
from docutils import nodes
from host_build import built
from myst_nb.sphinx_ import NbMetadataCollector
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.errors import ExtensionError

from lstm_edu.widgets import WIDGETS
from lstm_edu.widgets.kit import modules
from tools.make import sources
from tools.read import edition

STATE = "application/vnd.jupyter.widget-state+json"
VIEW = re.compile(
    r'<script type="application/vnd\.jupyter\.widget-view\+json">(.*?)</script>', re.S
)
HERE = Path(__file__).parent
PICTURE = (
    '<noscript><div class="lstm"><fieldset disabled>{picture}</fieldset>'
    "<p>{says}</p></div></noscript>"
)
SAYS = {"answer": "This box checks an answer with JavaScript on; here it stands still."}
MOVES = "This figure moves with JavaScript on; here it stands still."


def kind(module: str) -> str:
    """What a page calls a widget: the name of its module's file."""
    return module.rpartition("/")[2]


def models(attributes: dict[str, Any]) -> dict[str, tuple[str, dict[str, Any]]]:
    """The kind and the traits of each of our models in a page's widget state, by id.

    Only the traits that a module may read are among them.
    Raises ExtensionError for an anywidget that is not named in lstm_edu.widgets.
    """
    kinds = {f"{cls.__module__}.{cls.__name__}": kind(cls.module) for cls in WIDGETS}
    skip = {"layout", "tabbable", "tooltip"} | (set() if edition.whole() else {"solution"})
    found = {}
    for model, data in json.loads(attributes["body"])["state"].items():
        traits = data["state"]
        if (made_by := traits.get("_anywidget_id")) is None:
            continue
        if made_by not in kinds:
            raise ExtensionError(
                f"a page holds the widget {made_by}; lstm_edu/widgets/__init__.py must name it"
            )
        kept = {k: v for k, v in traits.items() if k[0] != "_" and k not in skip}
        found[model] = (kinds[made_by], kept)
    return found


class Host:
    """Writes the scripts of the site once, and puts a view in the place of each widget."""

    def __init__(self) -> None:
        self.needs: dict[str, list[str]] = {}
        self.stills: dict[str, str] = {}
        self.sheet = ""

    def prepare(self, app: Sphinx, builder: Builder) -> None:
        """Write what the figures of all pages need, before the pages themselves."""
        files = [file for page in builder.env.found_docs for file in state_files(app, page)]
        known = {model: found for file in files for model, found in models(file).items()}
        self.write(Path(app.outdir, "_static", "widgets"), known)

    def write(self, folder: Path, known: dict[str, tuple[str, dict[str, Any]]]) -> None:
        """Write the style sheet and every widget's scripts to a folder.

        Node runs once, and prints each model's picture.
        """
        stills = {
            model: dict(kind=kind, traits=traits, uid=f"s{model[:8]}")
            for model, (kind, traits) in known.items()
        }
        made = built({kind(cls.module): cls.module for cls in WIDGETS}, stills)
        self.needs, self.stills = made["needs"], made["stills"]
        css = "".join(map(str, purge.parse(modules.sheet())))
        self.sheet = f"sheet-{sources.digest([], css)[:8]}.css"
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.iterdir():
            old.unlink()
        for name, text in {
            self.sheet: css,
            **{f"{name}.js": text for name, text in made["scripts"].items()},
        }.items():
            (folder / name).write_text(text, "utf-8")

    def place(
        self,
        app: Sphinx,
        page: str,
        template: str,
        context: dict[str, Any],
        doctree: nodes.document,
    ) -> None:
        """Put a view in the place of each widget of a page.

        The state that the views now hold is taken out.
        """
        scripts = [
            s for s in context["script_files"] if getattr(s, "attributes", {}).get("type") == STATE
        ]
        if not scripts:
            return
        known = models(scripts[0].attributes)
        context["script_files"][:] = [s for s in context["script_files"] if s not in scripts]
        context["body"] = VIEW.sub(
            lambda view: self.view(json.loads(view[1])["model_id"], known), context["body"]
        )
        app.add_css_file(f"widgets/{self.sheet}")
        app.add_js_file("widgets/host.js", loading_method="defer")

    def view(self, model: str, known: dict[str, tuple[str, dict[str, Any]]]) -> str:
        """A view: its model's kind, scripts and state.

        For a reader without JavaScript it holds the picture.
        """
        if model not in known:  # a widget that only a kernel can move
            return f'<div class="lstm-view" data-model="{model}"></div>'
        kind, traits = known[model]
        state = json.dumps(traits).replace("<", "\\u003c")  # no text may end the script early
        picture = PICTURE.format(picture=self.stills[model], says=SAYS.get(kind, MOVES))
        data = html.escape(" ".join(self.needs[kind]))
        return (
            f'<div class="lstm-view" data-model="{model}" data-kind="{kind}" data-scripts="{data}">'
            f'<script type="application/json">{state}</script>{picture}</div>'
        )


def state_files(app: Sphinx, page: str) -> list[dict[str, Any]]:
    """What MyST-NB remembers of a page's widget state."""
    found = NbMetadataCollector.get_js_files(app.env, page).values()
    return [attributes for _, attributes in found if attributes.get("type") == STATE]


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the listeners with Sphinx.

    The one for a page comes after MyST-NB's own, which puts the state in.
    """
    host = Host()
    os.environ[modules.SITE] = "1"  # for the kernels that this build starts
    app.connect("write-started", host.prepare)
    app.connect("html-page-context", host.place, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": False}
