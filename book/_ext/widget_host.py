"""Widgets without a kernel: each page keeps its widgets' state, each module becomes one classic script of the site.

A classic script that registers its module is the one way in which Chromium and Firefox load code from `file://` and
under a Content-Security-Policy alike. `host.js` gives each view its model and calls the module's `render`.
"""

import hashlib
import json
import re
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

STATE = "application/vnd.jupyter.widget-state+json"
HOST = Path(__file__).with_name("host.js")


def digest(text: str) -> str:
    """The name a text is stored under: 16 hexadecimal digits of its SHA-256."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def classic(esm: str) -> str:
    """The ES module `esm` as a classic script that registers its default export under the module's digest.

    Raises ExtensionError unless the module has one `export default …;` line and no other import or export.
    """
    body, defaults = re.subn(r"^export default (.+);$", r"return \1;", esm, flags=re.M)
    if defaults != 1 or re.search(r"^(import|export)\b", body, flags=re.M):
        raise ExtensionError("a widget's module must have one `export default …;` line and no other import or export")
    return f'(globalThis.lstmModules ??= {{}})["{digest(esm)}"] = (() => {{\n{body}\n}})();\n'


def place_widgets(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document) -> None:
    """Move the modules and sheets out of a page's widget state into files of the site, and add the host."""
    script = next((s for s in context["script_files"] if getattr(s, "attributes", {}).get("type") == STATE), None)
    if script is None:
        return
    folder = Path(app.outdir, "_static", "widgets")
    state = json.loads(script.attributes["body"])
    for model in state["state"].values():
        values = model["state"]
        if "_esm" in values:
            values["_esm"] = write(folder, f"{digest(values['_esm'])}.js", classic(values["_esm"]))
        if sheet := values.pop("_css", ""):
            app.add_css_file(f"widgets/{write(folder, f'{digest(sheet)}.css', sheet)}")
    # "</" would end the script element early
    script.attributes["body"] = json.dumps(state).replace("</", "<\\/")
    write(folder, HOST.name, HOST.read_text("utf-8"))
    app.add_js_file(f"widgets/{HOST.name}", loading_method="defer")


def write(folder: Path, name: str, text: str) -> str:
    """Write `text` to a file of the site and return the file's name."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, "utf-8")
    return name


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the page listener with Sphinx, after MyST-NB's own, which puts the state in."""
    app.connect("html-page-context", place_widgets, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": False}
