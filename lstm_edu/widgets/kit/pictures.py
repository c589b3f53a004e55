"""A widget's still picture, for where no widget lives: GitHub, nbviewer, a converted notebook."""

import os
from typing import Any

from lstm_edu.widgets.kit import engine, modules

BEGINS = '<div class="lstm" data-still="'
PICTURE = (
    BEGINS + '{}"><fieldset disabled style="all: unset; display: block">{}</fieldset>'
    "<p>{}</p></div>"
)
SAYS = "Here it stands still; it moves where this notebook runs."


def still(module: str, state: dict[str, Any]) -> dict[str, str]:
    """The picture of a state, by its type; nothing where no JavaScript engine draws it.

    For the site it comes without its style sheet, which a notebook of the site has once.
    """
    try:
        drawn = engine.ask("still", state, {"uid": "still", "palette": False}, module=module)
    except engine.Missing:
        return {}
    sheet = "" if os.environ.get(modules.SITE) else style()
    return {"text/html": sheet + PICTURE.format(module, drawn, SAYS)}


def style() -> str:
    """The style sheet of the widgets as an element."""
    return f"<style>{modules.sheet()}</style>"
