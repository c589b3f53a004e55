"""Light pages: one style sheet cut to what the pages use, one script, fonts cut to their signs.

Runs when all pages are written, because only then is it known what they use. Every name holds a
digest of what the file holds, so a browser may keep the file for ever. A page that an earlier build
finished only gets the new names.
"""

import hashlib
import re
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import access
import fonts
import policy
import purge
import reserve
import theirs
from parts import OWN, SEARCH, Parts
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

from lstm_edu.widgets.kit.node import NODE
from tools.make import cached
from tools.read.places import ROOT

HERE = Path(__file__).parent
TERSER = ROOT / "node_modules" / "terser" / "bin" / "terser"
SMALLER = ["--compress", "--mangle", "--comments", "/^!/"]
LOCKED = ROOT / "package-lock.json"  # which terser
MADE = re.compile(r"(?<=_static/)site-[0-9a-f]{8}\.(css|js)")
# what no list of classes or attributes has
ALWAYS = "html body open hidden disabled checked selected required readonly print"
LIBRARY = "scripts/bootstrap.js"
# Bootstrap can put many things on a page; the theme has it make these.
BOOTSTRAP = """collapse collapsing collapsed show fade
    tooltip tooltip-inner tooltip-arrow bs-tooltip-auto
    data-popper-placement dropdown-menu dropdown-menu-end dropup dropdown disabled active"""


def digest(content: bytes) -> str:
    """What tells two versions of a file apart: 8 hexadecimal digits of its SHA-256."""
    return hashlib.sha256(content).hexdigest()[:8]


class Site:
    """The built site: its pages and its folder `_static`."""

    def __init__(self, app: Sphinx) -> None:
        self.root, self.static = Path(app.outdir), Path(app.outdir, "_static")
        self.app = app
        self.pages = {
            page: page.read_text("utf-8")
            for page in self.root.rglob("*.html")
            if "_static" not in page.parts
        }
        self.own = {
            file: file.read_text("utf-8") for file in (self.static / "widgets").glob("*.*s")
        }

        texts = [*self.pages.values(), *self.own.values()]
        self.beyond = "".join({sign for text in texts for sign in text if sign > "~"})

    def finish(self) -> None:
        """Make every page light, and remove what none needs any more."""
        parts = Parts(Path(self.app.doctreedir, "lighter.json"))
        fresh = {page: html for page, html in self.pages.items() if not policy.stands(html)}
        for page, html in fresh.items():
            self.pages[page] = reserve.reserved(access.mended(parts.take(html)))
        texts = self.texts(parts.scripts)
        script, sheet = self.script(texts.values()), self.sheet(parts.sheets, self.used(texts))
        made = {
            "css": self.write("site", ".css", sheet.encode()),
            "js": self.write("site", ".js", script.encode()),
        }
        for page, html in self.pages.items():
            if page in fresh:
                html = policy.given(self.with_links(page, html, made))
            self.pages[page] = MADE.sub(lambda found: made[found[1]], html)
            page.write_text(self.pages[page], "utf-8")
        parts.remember()
        self.sweep()

    def with_links(self, page: Path, html: str, made: dict[str, str]) -> str:
        """A page that names the one style sheet and the one script.

        Where it is the search page, it names that page's own scripts, too.
        """
        up = "../" * (len(page.relative_to(self.root).parts) - 1)
        head = (
            f'<link rel="stylesheet" href="{up}_static/{made["css"]}" />\n'
            f'    <script defer src="{up}_static/{made["js"]}"></script>\n'
        )
        if page == self.root / "search.html":
            for name in SEARCH:
                file = self.root / name if (self.root / name).exists() else self.static / name
                if file.parent == self.static:
                    file.write_text(theirs.mended(file.read_text("utf-8")), "utf-8")
                address = f"{file.relative_to(self.root)}?v={digest(file.read_bytes())}"
                head += f'    <script defer src="{address}"></script>\n'
        # before the figures' own sheet, which has the last word
        at = re.search(r"[ \t]*<link [^>]*_static/widgets/[^>]*>|[ \t]*</head>", html)
        if not at or "_static" not in html:
            return html
        return (
            html[: at.start()]
            + f"    {head}"
            + html[at.start() :].replace("</head>", f"{fonts.ASK}</head>", 1)
        )

    def texts(self, parts: list[str]) -> dict[str, str]:
        """The scripts that become one, by name; ours come first and last.

        What stood in a page is its own name.
        """
        tabs = any("sd-tab-set" in html for html in self.pages.values())
        # what stood in the pages are settings, which the files read as soon as they run
        names = sorted(
            (part for part in parts if part != "design-tabs.js" or tabs),
            key=lambda p: p.endswith(".js"),
        )
        read = {
            name: theirs.mended(
                (self.static / name).read_text("utf-8") if name.endswith(".js") else name
            )
            for name in names
        }
        ours = {
            name: (HERE / name).read_text("utf-8")
            for name in ("storage.js", "pages.js", "framed.js")
        }
        return {"storage.js": ours["storage.js"]} | read | ours

    def script(self, texts: Iterable[str]) -> str:
        """The scripts as one, made small."""
        whole = ";\n".join(
            re.sub(r"^//# sourceMappingURL=.*$", "", text, flags=re.M) for text in texts
        )
        depends = (whole, " ".join(SMALLER), LOCKED.read_bytes())
        return cached.made("scripts", depends, lambda: self.small(whole).encode()).decode()

    def small(self, whole: str) -> str:
        """A script made small. Raises ExtensionError where terser fails."""
        command = [NODE, TERSER, *SMALLER]
        done = subprocess.run(
            command, input=whole, capture_output=True, text=True, encoding="utf-8", check=False
        )
        if done.returncode:
            raise ExtensionError(
                f"the pages' scripts could not be made small: {done.stderr.strip()}"
            )
        return done.stdout

    def used(self, texts: dict[str, str]) -> purge.Used:
        """What stands on the pages and what scripts may put there."""
        used = purge.Used()
        used.script(ALWAYS)
        for html in self.pages.values():
            used.page(html)
        for name in SEARCH:
            if (self.static / name).exists():
                used.script((self.static / name).read_text("utf-8"))
        for name, code in texts.items():
            used.script(BOOTSTRAP if name == LIBRARY else code)
        used.properties.update(re.findall(r"--[\w-]+", texts.get(LIBRARY, "")))
        for file, text in self.own.items():
            if (
                file.suffix == ".js"
            ):  # what is so short is terser's name; the tags stand on the pages
                used.script(re.sub(r"(?<![\w-])\w\w?(?![\w-])", "", text))
        return used

    def sheet(self, names: list[str], used: purge.Used) -> str:
        """The style sheets as one, cut to what is used.

        Their fonts are cut to the signs that stand on the pages.
        """
        others = "".join(text for file, text in self.own.items() if file.suffix == ".css")
        names = sorted(names, key={"book.css", "print.css"}.__contains__)  # ours have the last word
        css = purge.purged("\n".join(self.text(name) for name in names), used, others)
        css = re.sub(r"@charset[^;]*;", "", css)
        return re.sub(r"@font-face\{[^}]*\}", lambda face: self.face(face[0], css + others), css)

    def text(self, name: str) -> str:
        """The text of a sheet, with what it imports, its addresses as seen from `_static`."""
        folder = (self.static / name).parent

        def address(found: re.Match[str]) -> str:
            if ":" in found[1]:
                return found[0]
            path = (folder / re.sub(r"[?#].*", "", found[1])).resolve()
            return f"url({path.relative_to(self.static.resolve())})"

        css = (self.static / name).read_text("utf-8")
        css = re.sub(r"/\*# sourceMappingURL=.*?\*/", "", css)
        css = re.sub(r"url\([\"']?([^)\"']+)[\"']?\)", address, css)

        def inner(found: re.Match[str]) -> str:
            return self.text(str((folder / found[1]).resolve().relative_to(self.static.resolve())))

        return re.sub(r"@import \"([^\"]+)\";", inner, css)

    def face(self, rule: str, css: str) -> str:
        """A `@font-face` rule with a font cut to its signs.

        It is empty where none of the font's signs stands on a page.
        """
        source = re.search(r"url\(([^)]+\.woff2)\)", rule)
        if not source:
            return rule
        signs = fonts.icons(css) if "webfonts" in source[1] else fonts.SIGNS + self.beyond
        file = self.static / source[1]
        font = fonts.cut(file, signs)
        if font is None:
            return ""
        return fonts.placed(
            rule, file.stem, font, lambda: self.write(f"fonts/{file.stem}", ".woff2", font)
        )

    def write(self, stem: str, suffix: str, content: bytes) -> str:
        """The name, digest and all, under which a content now lies in `_static`."""
        file = self.static / f"{stem}-{digest(content)}{suffix}"
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(content)
        return str(file.relative_to(self.static))

    def sweep(self) -> None:
        """Remove from `_static` all that no page and no sheet names."""
        named = {
            name
            for html in self.pages.values()
            for name in re.findall(r"_static/([^\"?#\s]+)", html)
        }
        for sheet in [name for name in named if name.endswith(".css")]:
            text = (self.static / sheet).read_text("utf-8")
            named.update(re.findall(r"url\(([^):]+)\)", text))
        for file in sorted(self.static.rglob("*"), reverse=True):
            name = file.relative_to(self.static).as_posix()
            if file.is_dir():
                if not any(file.iterdir()):
                    file.rmdir()
            elif not name.startswith(OWN) and name not in named:
                file.unlink()


def finish(app: Sphinx, exception: Exception | None) -> None:
    """Make the site light once it is whole."""
    if exception is None and app.builder.format == "html":
        Site(app).finish()


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the listener with Sphinx, after all that write pages."""
    app.connect("build-finished", finish, priority=950)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
