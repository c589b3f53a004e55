"""A table, in text and on a page."""

import pytest

from lstm_edu.lab.table import Table

TABLE = Table("Of `bptt`", ["name", "error"], [["`W_ix_bar`", "1e-16"], ["a < b", "2"]])


def test_columns_are_aligned_and_backticks_are_for_pages_only():
    assert repr(TABLE).splitlines() == [
        "Of bptt",
        "name      error",
        "W_ix_bar  1e-16",
        "a < b     2",
    ]


def test_on_a_page_code_is_code_and_nothing_is_markup_by_accident():
    page = TABLE._repr_html_()
    assert page.startswith(
        '<table class="stamp"><caption>Of <code>bptt</code></caption><tr><th>name</th><th>error</th></tr>'
    )
    assert "<td><code>W_ix_bar</code></td><td>1e-16</td>" in page and "<td>a &lt; b</td>" in page


def test_a_row_of_another_length_is_refused():
    with pytest.raises(ValueError):
        repr(Table("", ["one"], [["a", "b"]]))
