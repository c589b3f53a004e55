"""A notebook of every chapter, to download from its page.

Where the repository has an address, it can be run elsewhere, too.
"""

import os
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

from tools.make import launches, notebooks
from tools.read.plain import Unknown


def offer(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Name the page's notebook to the theme.

    The theme puts a button to it under *Download this page*.
    """
    if Path(page).name in notebooks.chapters():
        context["ipynb_source"] = f"{page}.ipynb"


def launch(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Put the places that run the page's notebook into a button of their own.

    With no place there is no button.
    """
    name = Path(page).name
    places = launches.places(name, notebooks.address(), os.environ.get("JUPYTERHUB_URL", ""))
    if os.environ.get("LITE"):
        places.insert(0, launches.beside(name))
    if places and name in notebooks.chapters():
        buttons = [
            {
                "type": "link",
                "text": one.name,
                "tooltip": one.says,
                "icon": "fas fa-play",
                "url": one.url,
            }
            for one in places
        ]
        group = {
            "type": "group",
            "tooltip": "Run this chapter",
            "icon": "fas fa-rocket",
            "label": "launch-buttons",
        }
        context["header_buttons"].append({**group, "buttons": buttons})


def write(app: Sphinx, exception: Exception | None) -> None:
    """Write the notebooks to where the theme's button looks.

    Raises ExtensionError for a chapter that has no plain form.
    """
    if exception is None and app.builder.format == "html":
        try:
            notebooks.write(Path(app.outdir, "_sources", "book"))
        except Unknown as wrong:
            raise ExtensionError(str(wrong)) from None


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the listeners with Sphinx, the first before the theme makes its buttons."""
    app.connect("html-page-context", offer, priority=400)
    app.connect("html-page-context", launch, priority=510)
    app.connect("build-finished", write)
    return {"parallel_read_safe": True, "parallel_write_safe": False}
