"""A table that a notebook shows: as text in a terminal, as HTML on a page."""

import re
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


def _code(text: str) -> str:
    return re.sub("`(.*?)`", r"<code>\1</code>", escape(text))
