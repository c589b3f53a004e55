"""The live figures of the book, as widgets that need no kernel once they are drawn."""

from lstm_edu.widgets.answer import Answer
from lstm_edu.widgets.carousel import Carousel
from lstm_edu.widgets.cell import Cell
from lstm_edu.widgets.paths import Paths
from lstm_edu.widgets.ripple import Ripple
from lstm_edu.widgets.time import Time
from lstm_edu.widgets.vcurve import VCurve

__all__ = ["Answer", "Carousel", "Cell", "Paths", "Ripple", "Time", "VCurve"]
