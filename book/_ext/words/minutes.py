"""The role `minutes`: how long a chapter, the fast route or the book takes.

The time is counted from the text and never typed.
"""

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxRole

from tools.read import minutes, places


class Minutes(SphinxRole):
    """{minutes}`cell` reads "6 minutes".

    The page is read again when a chapter that it counts has changed.
    """

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """The words, or a warning where there is nothing to count."""
        for page in places.order():
            self.env.note_dependency(str(places.BOOK / f"{page}.md"))
        try:
            return [nodes.Text(minutes.said(self.text))], []
        except ValueError as wrong:
            return [], [self.inliner.reporter.warning(str(wrong), line=self.lineno)]


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the role with Sphinx."""
    app.add_role("minutes", Minutes())
    return {"parallel_read_safe": True, "parallel_write_safe": True}
