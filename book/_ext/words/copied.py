"""What a reader's copy of a formula says: LaTeX that any LaTeX sets, and NumPy where it has some.

Both stand in the annotation that KaTeX puts beside each formula. In book/_static, copy.js and
take.js read them.
"""

import html
import re
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from lstm_edu.text import as_numpy, notation

ANNOTATION = re.compile(r'<annotation encoding="application/x-tex">(.*?)</annotation>', re.S)


def annotated(found: re.Match[str]) -> str:
    """The annotation of one formula, without the page's names and with its lines of NumPy."""
    latex = notation.unmarked(html.unescape(found[1])).removeprefix("\\displaystyle").strip()
    lines = as_numpy.of_latex(latex)
    numpy = f' data-numpy="{html.escape(lines)}"' if lines else ""
    text = html.escape(latex, quote=False)
    return f'<annotation encoding="application/x-tex"{numpy}>{text}</annotation>'


def annotate(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Write the annotations of a page anew."""
    if "body" in context:
        context["body"] = ANNOTATION.sub(annotated, context["body"])


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the listener and the scripts with Sphinx."""
    app.add_js_file("copy.js", loading_method="defer")
    app.add_js_file("take.js", loading_method="defer")
    app.connect("html-page-context", annotate)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
