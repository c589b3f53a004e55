"""The same cell in other people's letters, side by side."""

import numpy as np

from lstm_edu.lab.table import Table
from lstm_edu.models.cell import shapes
from lstm_edu.models.packings import STYLES
from lstm_edu.models.packings import pack as pack  # chapters call them beside the table
from lstm_edu.models.packings import unpack as unpack
from lstm_edu.text.authors import AUTHORS, spelled

BOOK = {
    "gates and candidate": "i, f, o, g",
    "hidden state": "`h`",
    "states before": "`h_prev`, `c_prev`",
    "pre-activations": "`z_i` …",
    "what x is multiplied by": "`W_ix @ x`",
    "gradient of h": "`h_bar`",
    "gradient of a gate": "`o_bar`",
    "gradient of its pre-activation": "`z_o_bar`",
    "kept in": "12 arrays",
    "order of the gates": "i, f, o, g",
}


def table() -> Table:
    """The words of the book beside those of the others."""
    columns = [list(BOOK.values()), *(_column(whose) for whose in STYLES)]
    rows = zip(BOOK, *columns, strict=True)
    return Table("The same cell", ["", "this book", *STYLES], [list(row) for row in rows])


def _column(whose: str) -> list[str]:
    """An author's words, in the order of the book's."""
    sheet, h, c = AUTHORS[whose]["sheet"], spelled(whose, "h") or "h", spelled(whose, "c") or "c"
    before = [spelled(whose, "h_prev"), spelled(whose, "c_prev") or "c_prev"]
    pre = spelled(whose, "z_K").replace("K", "i")
    count = len(pack({name: np.zeros(shape) for name, shape in shapes(1, 1).items()}, whose))
    return [
        sheet.get("gates", "i, f, o, g"),
        f"`{h}`",
        f"`{before[0]}`, `{before[1]}`" if before[0] else f"`{h}`, `{c}` of t−1",
        sheet.get("pre", f"`{pre}` …" if pre else "–"),
        sheet["product"],
        f"`{spelled(whose, 'h_bar')}`" if spelled(whose, "h_bar") else "–",
        sheet.get("gate_bar", "–"),
        sheet.get("z_bar", "–"),
        f"{count} array" + "s" * (count > 1),
        ", ".join(sheet["order"]),
    ]
