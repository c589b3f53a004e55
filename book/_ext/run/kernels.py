"""A chapter whose kernel did not start is tried again.

A kernel's five ports are chosen while they are free, and taken a second later; on a busy machine
another program may have taken one meanwhile, and the kernel dies before it says a word.
"""

from typing import Any

from myst_nb.core.execute import cache
from sphinx.application import Sphinx
from sphinx.util import logging

TRIES = 3
logger = logging.getLogger(__name__)
execute = cache.single_nb_execution


def again(*args: Any, **options: Any) -> Any:
    """Execute a notebook as `single_nb_execution` does, in up to three tries.

    Raises RuntimeError if no kernel starts in any of them.
    """
    for attempt in range(2, TRIES + 1):
        try:
            return execute(*args, **options)
        except RuntimeError as died:
            logger.info("%s; starting another (try %d of %d)", died, attempt, TRIES)
    return execute(*args, **options)


def setup(app: Sphinx) -> dict[str, bool]:
    """Let MyST-NB execute chapters by `again`."""
    cache.single_nb_execution = again
    return {"parallel_read_safe": True, "parallel_write_safe": True}
