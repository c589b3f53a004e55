"""The live figures of the book, as widgets that need no kernel once they are drawn."""

from lstm_edu.widgets.answer import Answer
from lstm_edu.widgets.carousel import Carousel
from lstm_edu.widgets.cell import Cell
from lstm_edu.widgets.ripple import Ripple

__all__ = ["Answer", "Carousel", "Cell", "Ripple"]
