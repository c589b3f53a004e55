"""What a site has at its own root: a page for addresses that lead nowhere, and its icon.

Hosts show `404.html` under the address that was asked for, in whatever folder, so its links begin
at the site's root: that of SITE_URL (else `html: baseurl`), or the host's.
"""

import html
from pathlib import Path
from urllib.parse import urlparse

from PIL import Image, ImageDraw
from sphinx.application import Sphinx

from lstm_edu.text.notation import COLOURS
from tools.read import places

PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>No such page · LSTM Gradients</title>
<style>
html {{ background: Canvas; color: CanvasText }}
body {{ max-width: 40rem; margin: 3rem auto; padding: 0 1rem; font: 1.1rem/1.6 system-ui }}
</style>
<main>
<h1>There is no page here</h1>
<p>The address may be mistyped, or the page was renamed. These are the chapters:</p>
<ol>
{chapters}
</ol>
</main>
</html>
"""
LINK = '<li><a href="{root}book/{name}.html">{title}</a></li>'
ICON = 32  # pixels


def page(address: str) -> str:
    """The page for addresses that lead nowhere; `address` is the site's own, if it is known."""
    root = f"{urlparse(address).path.rstrip('/')}/"
    links = [
        LINK.format(root=root, name=name, title=html.escape(places.title(name)))
        for name in places.order()
    ]
    return PAGE.format(root=root, chapters="\n".join(links))


def icon() -> Image.Image:
    """The icon of `_static/favicon.svg`, for browsers that ask the host for a `favicon.ico`."""
    drawn = Image.new("RGBA", (ICON, ICON))
    pen = ImageDraw.Draw(drawn)
    pen.rounded_rectangle((0, 0, ICON - 1, ICON - 1), radius=7, fill=COLOURS["paper"][0])
    pen.line((5, 11, 27, 11), COLOURS["c"][0], width=5)
    pen.line((5, 22, 27, 22), COLOURS["h"][0], width=5)
    pen.line((11, 6, 6, 11, 11, 16), COLOURS["ink"][0], width=2)
    return drawn


def write(app: Sphinx, exception: Exception | None) -> None:
    """Write both."""
    if exception is None and app.builder.format == "html":
        Path(app.outdir, "404.html").write_text(page(app.config.html_baseurl), "utf-8")
        icon().save(Path(app.outdir, "favicon.ico"))


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the writer with Sphinx."""
    app.connect("build-finished", write, priority=400)  # before the pages get their policy
    return {"parallel_read_safe": True, "parallel_write_safe": True}
