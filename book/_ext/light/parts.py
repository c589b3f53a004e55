"""The style sheets and scripts of the theme's pages, taken out of them.

One of each takes their place.
"""

import json
import re
from collections.abc import Iterable
from pathlib import Path

SHEET = re.compile(r'[ \t]*<link [^>]*?href="(?:\.\./)*_static/([^"?]+\.css)[^"]*"[^>]*?>\n?')
SCRIPT = re.compile(r"[ \t]*<script(?P<attributes>[^>]*)>(?P<code>.*?)</script>\n?", re.S)
# Preloads of what is now one file, a second and third viewport, settings of a search service, the
# theme's remarks.
IDLE_HEAD = re.compile(
    r'[ \t]*<link rel="preload" as="script"[^>]*>\n?'
    r'|(?<=/>)<meta name="viewport"[^>]*>'
    r'|  <meta name="viewport" content="width=device-width, initial-scale=1"/>\n'
    r'|  <meta name="docsearch[^>]*>\n'
    r"|[ \t]*<!-- [^>]*-->\n"
)
# Left as they are: the figures' files, which host.js loads, and what only the search page needs.
OWN, SEARCH = "widgets/", ("searchtools.js", "language_data.js", "searchindex.js")
# What only Jupyter Book's live code, the theme's other versions and
# icons drawn by script would need.
IDLE = re.compile(r"fontawesome\.js|DOCUMENTATION_OPTIONS\.(pagename|search_as_you_type|theme_)")


class Parts:
    """The style sheets and scripts that pages name, each once, in their order.

    They are remembered from build to build.
    """

    def __init__(self, memory: Path) -> None:
        self.memory = memory
        known = json.loads(memory.read_text("utf-8")) if memory.exists() else {}
        self.sheets: list[str] = known.get("sheets", [])
        # a file's name, or text that stood in the page
        self.scripts: list[str] = known.get("scripts", [])

    def take(self, html: str) -> str:
        """A page without its style sheets and scripts, but for those that stay where they are.

        The others are remembered.
        """
        sheets: list[str] = []
        scripts: list[str] = []

        def sheet(found: re.Match[str]) -> str:
            if found[1].startswith(OWN):
                return found[0]
            sheets.append(found[1])
            return ""

        def script(found: re.Match[str]) -> str:
            attributes, code = found["attributes"], found["code"].strip()
            source = re.search(r'src="(?:\.\./)*(?:_static/)?([^"?]+)', attributes)
            if (
                "application/" in attributes
                or "data-cfasync" in attributes
                or (source and source[1].startswith(OWN))
            ):
                return found[0]
            if IDLE.search(found[0]) or (source and source[1] in SEARCH):
                return ""
            if not source and "<body" in found.string[: found.start()]:
                return found[0]
            scripts.append(source[1] if source else code)
            return ""

        html = SCRIPT.sub(script, IDLE_HEAD.sub("", SHEET.sub(sheet, html)))
        merge(self.sheets, sheets)
        merge(self.scripts, scripts)
        return html

    def remember(self) -> None:
        """Keep the names for a build that writes only some of the pages."""
        self.memory.write_text(
            json.dumps({"sheets": self.sheets, "scripts": self.scripts}), "utf-8"
        )


def merge(known: list[str], more: Iterable[str]) -> None:
    """Put what is new into a list, each after the one that it followed."""
    at = 0
    for one in more:
        if one in known:
            at = known.index(one) + 1
        else:
            known.insert(at, one)
            at += 1
