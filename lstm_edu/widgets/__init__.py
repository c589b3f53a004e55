"""The live figures of the book, as widgets that need no kernel once they are drawn.

Each one is named here.
"""

from lstm_edu.widgets.answer.answer import Answer as Answer
from lstm_edu.widgets.carousel.carousel import Carousel as Carousel
from lstm_edu.widgets.cell.cell import Cell as Cell
from lstm_edu.widgets.kit.base import Widget
from lstm_edu.widgets.paths.paths import Paths as Paths
from lstm_edu.widgets.ripple.ripple import Ripple as Ripple
from lstm_edu.widgets.time.time import Time as Time
from lstm_edu.widgets.vcurve.vcurve import VCurve as VCurve

WIDGETS = [
    one for one in vars().copy().values() if isinstance(one, type) and issubclass(one, Widget)
]
WIDGETS.remove(Widget)
"""Every widget that is named above: the site and the tests go through this list."""
