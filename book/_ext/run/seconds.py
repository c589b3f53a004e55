"""How long each chapter took to execute.

The build says the slowest, and names every one beyond the limit.
It is said and not an error, because a slow machine must be able to build the book too.
"""

from collections.abc import Mapping

from myst_nb.core.execute.base import ExecutionResult
from myst_nb.sphinx_ import NbMetadataCollector
from sphinx.application import Sphinx
from sphinx.util import logging

logger = logging.getLogger(__name__)

LIMIT = 20  # seconds
NAMED = 3  # chapters


def verdict(took: Mapping[str, float]) -> str:
    """The slowest chapters with their seconds, and whether any takes longer than it may."""
    slowest = sorted(took, key=lambda page: -took[page])
    named = ", ".join(f"{page} {took[page]:.1f} s" for page in slowest[:NAMED])
    over = [page for page in slowest if took[page] > LIMIT]
    return f"The slowest chapters to execute: {named}; " + (
        f"beyond the limit of {LIMIT} s: {', '.join(over)}"
        if over
        else f"none beyond the limit of {LIMIT} s"
    )


def say(app: Sphinx, exception: Exception | None) -> None:
    """Say at the end of a build what its chapters took, those from the cache among them."""
    found: dict[str, ExecutionResult | None] = {
        page: NbMetadataCollector.get_exec_data(app.env, page) for page in app.env.found_docs
    }
    took = {
        page.rpartition("/")[2]: data["runtime"]
        for page, data in found.items()
        if data and data["runtime"]
    }
    if exception is None and took:
        logger.info(verdict(took))


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the listener with Sphinx."""
    app.connect("build-finished", say)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
