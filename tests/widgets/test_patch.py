"""A page that was patched through many states is the page that the last one alone would make."""

import pytest

from lstm_edu.widgets import Carousel, Cell, Time
from lstm_edu.widgets.kit.base import Widget
from tests.node import ask


@pytest.mark.slow
@pytest.mark.parametrize("figure", [Cell, Time, Carousel])
def test_a_patched_page_is_the_page_made_afresh(figure: type[Widget]) -> None:
    assert ask("tests/patch", "patched", figure.__name__.lower(), figure().first) == 0
