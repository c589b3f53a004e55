"""What a page says of itself.

It has a description and a card for who links to it, its licence, how to cite it, a site map.

What needs the site's address (SITE_URL, else `html: baseurl` in
_config.yml) or the repository's (REPOSITORY_URL, else `repository: url`)
is there when the address is, and nothing ever points to a placeholder.
"""

import html
import os
from pathlib import Path
from typing import Any

import yaml
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config

from tools.make import notebooks
from tools.read.places import ROOT

CARD = "cell.png"
LONGEST = 160  # characters of a description that search engines show
BUTTONS = ["use_repository_button", "use_issues_button", "use_edit_page_button"]
FOOTER = """<p class="licence">Text and figures:
<a rel="license" href="https://creativecommons.org/licenses/by/4.0/">CC BY 4.0</a>;
code: <a rel="license" href="https://spdx.org/licenses/MIT.html">MIT</a>.</p>
<details class="cite"><summary>Cite this</summary><p>{cite}</p></details>"""
URL = "  <url><loc>{}</loc></url>\n"
MAP = (
    '<?xml version="1.0" encoding="utf-8"?>\n'
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{}</urlset>\n'
)


def configure(app: Sphinx, config: Config) -> None:
    """Put the licence and the citation into the footer.

    Where there is a repository, buttons lead to it.
    """
    options, repository = config.html_theme_options, notebooks.address()
    options.update(dict.fromkeys(BUTTONS, bool(repository)), repository_url=repository)
    config.html_baseurl = os.environ.get("SITE_URL") or config.html_baseurl or ""
    options["extra_footer"] = FOOTER.format(cite=html.escape(citation(config.html_baseurl)))


def citation(address: str = "") -> str:
    """How to cite the book, from CITATION.cff."""
    cff = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    people = [
        one.get("name") or f"{one['family-names']}, {one['given-names']}" for one in cff["authors"]
    ]
    year = f" ({str(cff['date-released'])[:4]})" if "date-released" in cff else ""
    where = f" {address}" if address else ""
    return f"{'; '.join(people)}{year}. {cff['title']}, version {cff['version']}.{where}"


def description(doctree: nodes.document | None) -> str:
    """The first paragraphs of a page that hold no formula.

    It has as many whole sentences as are read elsewhere.
    """
    said = ""
    for one in doctree.findall(nodes.paragraph) if doctree else ():
        text = one.astext().replace("\n", " ").removeprefix("The question. ")
        if (
            not any(one.findall(lambda node: isinstance(node, nodes.math | nodes.raw)))
            and len(text) > 40
        ):
            for sentence in text.replace("? ", "?\0").replace(". ", ".\0").split("\0"):
                if len(said) + len(sentence) >= LONGEST:
                    return said or sentence[: LONGEST - 1] + "…"
                said = f"{said} {sentence}".strip()
        if len(said) > LONGEST // 2:
            break
    return said


def describe(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Put a page's description and its card into its head."""
    if 'name="description"' in context.get("metatags", ""):
        return
    book, base = app.config.html_title, app.config.html_baseurl.rstrip("/")
    title = context.get("title") or book
    says = description(doctree) or f"{title}: a page of {book}, an interactive course."
    tags = {"og:type": "article", "og:site_name": book, "og:title": title, "og:description": says}
    if base:
        tags |= {"og:url": f"{base}/{page}.html", "og:image": f"{base}/_static/{CARD}"}
        tags |= {
            "og:image:alt": "An LSTM cell with its values and gradients",
            "twitter:card": "summary_large_image",
        }
    lines = [f'<meta name="description" content="{html.escape(says)}" />']
    for name, text in tags.items():
        kind = "name" if ":card" in name else "property"
        lines.append(f'<meta {kind}="{name}" content="{html.escape(text)}" />')
    context["metatags"] = context.get("metatags", "") + "\n    " + "\n    ".join(lines)


def write_map(app: Sphinx, exception: Exception | None) -> None:
    """Write the site map, where the site has an address."""
    base = app.config.html_baseurl.rstrip("/")
    if exception is None and base and app.builder.format == "html":
        pages = "".join(
            URL.format(html.escape(f"{base}/{page}.html")) for page in sorted(app.env.found_docs)
        )
        Path(app.outdir, "sitemap.xml").write_text(MAP.format(pages), "utf-8")


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the listeners with Sphinx."""
    app.connect("config-inited", configure)
    app.connect("html-page-context", describe)
    app.connect("build-finished", write_map)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
