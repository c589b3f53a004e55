"""The role `minutes`: how long a chapter, the fast route or the book takes.

The time is counted from the text and never typed.
"""

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxRole

from tools.read import minutes


class Minutes(SphinxRole):
    """{minutes}`cell` reads "6 minutes"."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """The words, or a warning where there is nothing to count."""
        try:
            words = minutes.said(self.text)
        except ValueError as wrong:
            return [], [self.inliner.reporter.warning(str(wrong), line=self.lineno)]
        self.env.metadata[self.env.docname].setdefault("minutes", {})[self.text] = words
        return [nodes.Text(words)], []


def stale(app: Sphinx, env: BuildEnvironment, *changes: set[str]) -> list[str]:
    """The pages that say minutes which are not so any more."""
    told = {page: env.metadata.get(page, {}).get("minutes", {}) for page in env.found_docs}
    return [page for page, times in told.items() if not all(holds(*one) for one in times.items())]


def holds(text: str, words: str) -> bool:
    """Whether the role would say this again."""
    try:
        return minutes.said(text) == words
    except ValueError:
        return False


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the role with Sphinx."""
    app.add_role("minutes", Minutes())
    app.connect("env-get-outdated", stale)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
