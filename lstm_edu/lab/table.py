"""A table that a notebook shows: as text in a terminal, as HTML on a page."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape


@dataclass(frozen=True)
class Table:
    """A caption, the columns' heads and rows of text; what stands between backticks is code."""

    caption: str
    head: list[str]
    rows: list[list[str]]

    def __repr__(self) -> str:
        lines = [[cell.replace("`", "") for cell in row] for row in (self.head, *self.rows)]
        widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
        text = (
            "  ".join(f"{cell:<{w}}" for cell, w in zip(row, widths, strict=True)).rstrip()
            for row in lines
        )
        return "\n".join([self.caption.replace("`", ""), *text])

    def _repr_html_(self) -> str:
        lines = [self._line("th", self.head), *(self._line("td", row) for row in self.rows)]
        return (
            f'<table class="stamp"><caption>{_code(self.caption)}</caption>{"".join(lines)}</table>'
        )

    def _line(self, tag: str, row: list[str]) -> str:
        return "<tr>" + "".join(f"<{tag}>{_code(cell)}</{tag}>" for cell in row) + "</tr>"


def numbers(
    caption: str, rows: Mapping[str, Mapping[str, float | str]], first: str = "", form: str = ".3f"
) -> Table:
    """A table of numbers: a line for each name in `rows`, its columns named by the first line.

    `first` stands above the names. `form` is how Python formats a number, `"+.3f"` for a gradient;
    a minus is printed as −, 0 as 0, and text as it is.
    Raises ValueError where two lines do not have the same columns.
    """
    head = list(next(iter(rows.values()), {}))
    for name, row in rows.items():
        if list(row) != head:
            raise ValueError(
                f"the line {name!r} has the columns {list(row)}, the first line has {head}; "
                "give every line the same columns in the same order"
            )
    lines = [[name, *(_said(one, form) for one in row.values())] for name, row in rows.items()]
    return Table(caption, [first, *head], lines)


def _said(one: float | str, form: str) -> str:
    if isinstance(one, str):
        return one
    return format(one, form).replace("-", "−") if one else "0"


def _code(text: str) -> str:
    return re.sub("`(.*?)`", r"<code>\1</code>", escape(text))


def line(caption: str, values: Mapping[str, float | str], form: str = ".3f") -> Table:
    """A table of one line: `values` by the heads of their columns, printed as `numbers` does."""
    return numbers(caption, {"": values}, form=form)


def through_time(
    caption: str, rows: Mapping[str, Sequence[float]], form: str = "+.3f", total: bool = False
) -> Table:
    """A table over the steps t = 1, 2 …: a line for each name in `rows`, and its sum if `total`.

    Raises ValueError where two lines do not have the same number of steps.
    """
    columns = {name: {f"t = {t}": x for t, x in enumerate(row, 1)} for name, row in rows.items()}
    sums = {name: {"sum": sum(row)} if total else {} for name, row in rows.items()}
    return numbers(caption, {name: columns[name] | sums[name] for name in rows}, form=form)
