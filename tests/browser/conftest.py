"""Figures that a test opens."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.browser.figure import Figure, Open


@pytest.fixture
def figure(open_page: Open, site: Path) -> Callable[..., Figure]:
    """A function that opens a chapter by double-click and gives its figure."""
    return lambda chapter="backwards", **media: Figure(open_page(f"{site.as_uri()}/book/{chapter}.html", **media))
