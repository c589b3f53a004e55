"""The same cell in other people's letters, side by side."""

from lstm_edu.lab.table import Table
from lstm_edu.models.packings import STYLES
from lstm_edu.models.packings import pack as pack  # chapters call them beside the table
from lstm_edu.models.packings import unpack as unpack


def table() -> Table:
    """The words of the book beside those of the others."""
    heads = (
        "gates and candidate",
        "hidden state",
        "states before",
        "pre-activations",
        "what x is multiplied by",
        "gradient of h",
        "gradient of a gate",
        "gradient of its pre-activation",
        "kept in",
        "order of the gates",
    )
    book = (
        "i, f, o, g",
        "`h`",
        "`h_prev`, `c_prev`",
        "`z_i` …",
        "`W_ix @ x`",
        "`h_bar`",
        "`o_bar`",
        "`z_o_bar`",
        "12 arrays",
        "i, f, o, g",
    )
    columns = [book, *(style.words for style in STYLES.values())]
    return Table(
        "The same cell",
        ["", "this book", *STYLES],
        [list(row) for row in zip(heads, *columns, strict=True)],
    )
