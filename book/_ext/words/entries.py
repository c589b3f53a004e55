"""Fills the index, which Sphinx sorts and writes, and lists it among the pages.

The entries are what `tools.judge.index` finds.
"""

from pathlib import Path

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms import SphinxTransform

from tools.read import index as indexed
from tools.read import places

LISTED = ("Index", "genindex")


class Entries(SphinxTransform):
    """Put the lines of the index that lead to a chapter into its sections.

    It is done before Sphinx collects them.
    """

    default_priority = 500

    def apply(self, **kwargs: object) -> None:
        """Each line is the term with the chapter's title under it.

        The place that introduces a term stands in bold.
        """
        page = self.env.docname.rpartition("/")[2]
        if page not in places.teaching():
            return
        headed = [
            one
            for one in self.document.findall(nodes.section)
            if isinstance(one.next_node(), nodes.title)
        ]
        chapter = places.title(page)
        lines = self.env.metadata[self.env.docname]["index"] = indexed.of(page)
        for term, section, main in lines:
            place = headed[section]
            line = ("single", f"{term}; {chapter}", place["ids"][0], "main" if main else "", None)
            place.insert(1, addnodes.index(entries=[line]))


def stale(app: Sphinx, env: BuildEnvironment, *changes: set[str]) -> list[str]:
    """The chapters whose lines of the index are others now.

    A changed chapter, or the glossary, may change them.
    """
    told = {page: env.metadata.get(page, {}).get("index") for page in env.found_docs}
    return [
        page
        for page, lines in told.items()
        if lines is not None and lines != indexed.of(Path(page).name)
    ]


def list_index(app: Sphinx, doctree: nodes.document) -> None:
    """Put the index after the last page of the book, in the list that every page shows."""
    if app.env.docname == app.config.root_doc and (
        lists := list(doctree.findall(addnodes.toctree))
    ):
        lists[-1]["entries"].append(LISTED)


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the transform and the listener with Sphinx."""
    app.add_transform(Entries)
    app.connect("env-get-outdated", stale)
    app.connect("doctree-read", list_index, priority=400)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
