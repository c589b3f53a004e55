"""A page that was patched through many states is the page that the last one alone would make."""

import json
from pathlib import Path

import pytest

from lstm_edu.widgets import Carousel, Cell, Time
from lstm_edu.widgets.kit import modules
from tests.widgets.living import node


@pytest.mark.slow
def test_a_patched_page_is_the_page_made_afresh(tmp_path: Path) -> None:
    modules.write(tmp_path)
    figures = {type(figure).__name__.lower(): figure for figure in (Cell(), Time(), Carousel())}
    given = {
        name: {trait: getattr(one, trait) for trait in one.first} for name, one in figures.items()
    }
    program = Path(__file__).with_name("patch_node.mjs")
    patches, wrong = json.loads(node(program, tmp_path, stdin=json.dumps(given)))
    assert (patches, wrong) == (180, 0)
