"""Widgets without a kernel: each view holds its model's state and a still picture.

The modules are scripts of the site.
A classic script that registers its module is the one way in which Chromium and Firefox load code
from `file://` and under a Content-Security-Policy alike. Modules used by one widget go into one
script together, and so do those used by several and those used by all, because many small scripts
compress badly. `host.js` gives each view its model and calls the module's `render`.
"""

import hashlib
import html
import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from docutils import nodes
from host_build import built
from myst_nb.sphinx_ import NbMetadataCollector
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.errors import ExtensionError

from lstm_edu.widgets import WIDGETS
from lstm_edu.widgets.kit import modules
from tools.read import edition

STATE = "application/vnd.jupyter.widget-state+json"
VIEW = re.compile(
    r'<script type="application/vnd\.jupyter\.widget-view\+json">(.*?)</script>', re.S
)
NEED = re.compile(r"^const \{\s[^}]+\s\} = (\w+_mjs);$", re.M)
HERE = Path(__file__).parent
PICTURE = (
    '<noscript><div class="lstm"><fieldset disabled>{picture}</fieldset>'
    "<p>{says}</p></div></noscript>"
)
SAYS = {"answer": "This box checks an answer with JavaScript on; here it stands still."}
MOVES = "This figure moves with JavaScript on; here it stands still."


def digest(text: str) -> str:
    """What tells two versions of a text apart: 8 hexadecimal digits of its SHA-256."""
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def chunks(widgets: Sequence[str]) -> tuple[dict[str, str], dict[str, list[str]]]:
    """The scripts of the site by name, and for each widget the names of those it needs.

    The names stand in order of need.
    A script registers a function that makes its modules, given what finds other scripts' modules. A
    script's name holds the digest of its text, and the text the names of the scripts it needs, so
    that two versions never mix.
    """
    texts = {name: text for widget in widgets for name, text in modules.parts(widget).items()}
    users = {name: tuple(w for w in widgets if name in modules.parts(w)) for name in texts}
    several = tuple(
        w for w in widgets if any(w in u for u in users.values() if 1 < len(u) < len(widgets))
    )
    users = {name: several if 1 < len(u) < len(widgets) else u for name, u in users.items()}
    # what a module needs is used wherever the module is, so scripts with more users come first
    groups = sorted({*users.values()}, key=lambda group: (-len(group), group))
    scripts: dict[str, str] = {}
    names: dict[tuple[str, ...], str] = {}
    for group in groups:
        members = [name for name in texts if users[name] == group]
        needs = [
            name
            for name in texts
            if users[name] != group and _needed(name, [texts[m] for m in members])
        ]
        outside = [text for name, text in texts.items() if users[name] != group]
        given = [
            modules.constant(name) for name in members if name in widgets or _needed(name, outside)
        ]
        taken = "".join(
            f'const {{ {modules.constant(name)} }} = use("{names[users[name]]}");\n'
            for name in needs
        )
        own = "".join(texts[name] for name in members)
        body = f"{taken}{own}return {{ {', '.join(given)} }};\n"
        stem = kind(group[0])
        if len(group) > 1:
            stem = "all" if len(group) == len(widgets) else "several"
        names[group] = f"{stem}-{digest(body)}"
        key = f'(globalThis.lstmModules ??= {{}})["{names[group]}"]'
        scripts[names[group]] = f'"use strict";\n{key} = (use) => {{\n{body}}};\n'
    return scripts, {
        kind(widget): [names[group] for group in groups if widget in group] for widget in widgets
    }


def _needed(name: str, texts: Sequence[str]) -> bool:
    return any(modules.constant(name) in NEED.findall(text) for text in texts)


def kind(module: str) -> str:
    """What a page calls a widget: the name of its module's file."""
    return module.rpartition("/")[2]


def smaller(css: str) -> str:
    """A style sheet without remarks and without the white space that means nothing.

    What is quoted stays.
    """
    words = re.split(r'("[^"\n]*")', re.sub(r"/\*.*?\*/", "", css, flags=re.S))
    for sign, less in (
        (r"\s+", " "),
        (r" ?([{};,>]) ?", r"\1"),
        (r": ", ":"),
        (r"(?<![\d.])0(?=\.\d)", ""),
    ):
        words[::2] = (re.sub(sign, less, word) for word in words[::2])
    return "".join(words).replace(";}", "}").strip()


def models(attributes: dict[str, Any]) -> dict[str, tuple[str, dict[str, Any]]]:
    """The kind and the traits of each of our models in a page's widget state, by id.

    Only the traits that a module may read are among them.
    """
    found = {}
    kinds = {modules.joined(cls.module): kind(cls.module) for cls in WIDGETS}
    for model, data in json.loads(attributes["body"])["state"].items():
        traits = data["state"]
        if (esm := traits.get("_esm")) and esm not in kinds:
            raise ExtensionError(
                "a page holds a widget that is not of lstm_edu, or of an older one; build it afresh"
            )
        if esm:
            skip = {"layout", "tabbable", "tooltip"} | (
                {"solution"} if not edition.whole() else set()
            )
            found[model] = (
                kinds[esm],
                {k: v for k, v in traits.items() if k[0] != "_" and k not in skip},
            )
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
        scripts, self.needs = chunks(sorted(cls.module for cls in WIDGETS))
        stills = {
            model: dict(kind=kind, script=self.needs[kind][-1], traits=traits, uid=f"s{model[:8]}")
            for model, (kind, traits) in known.items()
        }
        texts = scripts | {"host": (HERE / "host.js").read_text("utf-8")}
        made = built(dict(scripts=texts, modules=[*scripts], stills=stills))
        self.stills = made["stills"]
        css = smaller(modules.sheet())
        self.sheet = f"sheet-{digest(css)}.css"
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
    app.connect("write-started", host.prepare)
    app.connect("html-page-context", host.place, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": False}
