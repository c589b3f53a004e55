"""What keeps the pages clean: mathematics with its own style sheet and fonts, and no Thebe.

Every symbol gets its name.
"""

import re
import shutil
import socket
import time
from pathlib import Path
from subprocess import PIPE, Popen
from typing import Any

import sphinxcontrib.katex as katex
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import ConfigError
from sphinx.util import logging

from lstm_edu.text import notation, show
from lstm_edu.widgets.kit.node import NODE
from tools.read.places import BOOK, ROOT

logger = logging.getLogger(__name__)

KATEX = ROOT / "node_modules" / "katex" / "dist"
ASSETS = ROOT / "_build" / "assets"


def serve_katex(app: Sphinx, config: Config) -> None:
    """Put KaTeX's style sheet and fonts on the site.

    They take the place of files that a page would fetch elsewhere or not need.
    """
    if not KATEX.is_dir():
        raise ConfigError("KaTeX is not installed; run `make book`, which installs it with npm")
    shutil.rmtree(ASSETS, ignore_errors=True)
    shutil.copytree(
        KATEX / "fonts",
        ASSETS / "katex" / "fonts",
        ignore=shutil.ignore_patterns("*.ttf", "*.woff"),
    )
    shutil.copy(KATEX / "katex.min.css", ASSETS / "katex")
    # The theme's icons come from its font; this takes the place of a script of half a megabyte that
    # draws them again.
    (ASSETS / "scripts").mkdir()
    (ASSETS / "scripts" / "fontawesome.js").write_text("// the icons come from the font\n")
    config.html_static_path += [str(ASSETS), str(BOOK / "_static")]
    app.add_css_file("book.css")
    app.add_css_file("print.css")
    app.add_js_file("link.js", loading_method="defer")
    katex.NODEJS_BINARY = str(NODE)
    # the last two: \htmlData
    katex.KATEX_DEFAULT_OPTIONS.update(throwOnError=True, strict=False, trust=True)
    # seconds: a busy machine may need more than the usual 5
    katex.STARTUP_TIMEOUT = katex.RENDER_TIMEOUT = 60.0
    katex.KaTeXServer.start_server_process = staticmethod(start_katex)


def start_katex(rundir: Path, timeout: float) -> tuple[Popen[bytes], socket.socket]:
    """Start the process that typesets, and connect to it.

    The socket is in the folder a moment before the process listens. sphinxcontrib-katex connects as
    soon as it sees the file, and on a busy machine is refused one time in ten; here the connection
    is tried until it stands.
    Raises KaTeXError where that takes longer than `timeout` seconds or the process ends.
    """
    path = str(rundir / "katex.sock")
    process = Popen(
        katex.KaTeXServer.build_command(socket=path), stdin=PIPE, stdout=PIPE, cwd=rundir
    )
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    end = time.monotonic() + timeout
    while connection.connect_ex(path):
        if time.monotonic() > end or process.poll() is not None:
            process.kill()
            process.communicate()
            connection.close()
            raise katex.KaTeXServer.timeout_error(timeout)
        time.sleep(0.01)
    return process, connection


def drop_thebe(app: Sphinx, config: Config) -> None:
    """Take out Thebe.

    It declares its constants twice on every page and calls an outside host.
    """
    for listeners in app.events.listeners.values():
        listeners[:] = [one for one in listeners if one.handler.__module__ != "sphinx_thebe"]
    app.registry.css_files[:] = [
        css for css in app.registry.css_files if css[0] != "sphinx-thebe.css"
    ]


def name_symbols(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Give every symbol of the table its name in the page.

    Formulas of the text and of cell outputs are treated alike.
    """
    for node in list(doctree.findall(lambda n: isinstance(n, nodes.math | nodes.math_block))):
        marked = show.mark(node.astext())
        try:
            katex.render_latex(marked)
            node.children = [nodes.Text(marked)]
        except katex.KaTeXError as error:
            logger.warning("the formula %s does not parse: %s", node.astext(), error, location=node)
            node.replace_self(nodes.literal(text=node.astext()))


WITH = "\u2060"  # the word joiner: no line ends beside it, where one could end beside a formula


def keep_together(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Keep the full stop after a formula, and the parenthesis before one, on the formula's line."""
    for node in doctree.findall(nodes.math):
        line = node.parent
        k = line.index(node)
        after, before = line[k + 1 : k + 2], line[max(0, k - 1) : k]
        if after and isinstance(after[0], nodes.Text) and re.match(r"[.,;:!?)”]", after[0]):
            line[k + 1] = nodes.Text(WITH + after[0])
        if before and isinstance(before[0], nodes.Text) and before[0].endswith(("(", "“")):
            line[k - 1] = nodes.Text(before[0] + WITH)


TOKEN = re.compile(r"""<span class="(n|s\d?)">((?:&quot;|["'])?)(\w+)((?:&quot;|["'])?)</span>""")
INCLUDED = re.compile(r'<div class="named highlight.*?</pre>', re.S)


def mark_included(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Mark the code that a page includes from the package.

    Its letters are those of the equations.
    """
    for block in doctree.findall(nodes.literal_block):
        if "lstm_edu" in str(block.get("source", "")):
            block["classes"].append("named")


def name_tokens(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Give every token of included code that is a name of the book its name in the page.

    It is done as `name_symbols` does it.
    """

    def token(found: re.Match[str]) -> str:
        kind, before, word, after = found.groups()
        name = word.replace("W_", "w_", 1)
        known = f' data-name="{name}"' if name in notation.NAMES else ""
        return f'<span class="{kind}"{known}>{before}{word}{after}</span>'

    if "body" in context:
        context["body"] = INCLUDED.sub(lambda block: TOKEN.sub(token, block[0]), context["body"])


FRONT = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>{title}</title>
<link rel="icon" href="_static/{icon}">
<meta http-equiv="refresh" content="0; url={page}">
<a href="{page}">{title}</a>
</html>
"""


def write_front(app: Sphinx, exception: Exception | None) -> None:
    """Lead from the site's own address to its first page.

    The page has the icon, for which a browser would ask elsewhere.
    """
    icon = Path(app.config.html_favicon or "").name
    front = FRONT.format(title=app.config.html_title, icon=icon, page=f"{app.config.root_doc}.html")
    if exception is None:
        Path(app.outdir, "index.html").write_text(front, "utf-8")


def stop_katex(app: Sphinx, exception: Exception | None) -> None:
    """End the process that typesets, which outlives a build that was cut off."""
    if server := katex.KaTeXServer.katex_server:
        server.process.kill()
        server.process.wait()


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the listeners with Sphinx."""
    app.connect("config-inited", serve_katex)
    app.connect("config-inited", drop_thebe)
    app.connect("doctree-resolved", name_symbols)
    app.connect("doctree-resolved", keep_together)
    app.connect("doctree-resolved", mark_included)
    app.connect("html-page-context", name_tokens)
    app.connect("build-finished", write_front)
    app.connect("build-finished", stop_katex)
    app.setup_extension("kernels")
    return {"parallel_read_safe": True, "parallel_write_safe": False}
