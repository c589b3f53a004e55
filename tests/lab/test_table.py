"""A table, in text and on a page."""

import pytest

from lstm_edu.lab.table import Table, line, numbers, through_time

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
        '<table class="stamp"><caption>Of <code>bptt</code></caption>'
        "<tr><th>name</th><th>error</th></tr>"
    )
    assert "<td><code>W_ix_bar</code></td><td>1e-16</td>" in page and "<td>a &lt; b</td>" in page


def test_a_row_of_another_length_is_refused():
    with pytest.raises(ValueError):
        repr(Table("", ["one"], [["a", "b"]]))


def test_numbers_are_printed_in_one_form_with_a_true_minus_and_zero_without_digits():
    shown = numbers(
        "Gradients",
        {"open": {"a": 0.25, "b": -1.0}, "closed": {"a": 0.0, "b": "none"}},
        "gate",
        "+.2f",
    )
    assert shown.head == ["gate", "a", "b"]
    assert shown.rows == [["open", "+0.25", "−1.00"], ["closed", "0", "none"]]


def test_lines_with_other_columns_are_refused():
    with pytest.raises(ValueError, match="the line 'two' has the columns"):
        numbers("", {"one": {"a": 1.0}, "two": {"b": 1.0}})


def test_one_line_has_a_head_for_each_number():
    shown = line("Medians", {"error": 0.361, "cosine": 0.958}, ".2f")
    assert shown.head == ["", "error", "cosine"] and shown.rows == [["", "0.36", "0.96"]]


def test_a_line_through_time_has_its_steps_and_its_sum():
    shown = through_time("Shares", {"z̄ x": [0.25, -0.5, 0.0]}, "+.2f", total=True)
    assert shown.head == ["", "t = 1", "t = 2", "t = 3", "sum"]
    assert shown.rows == [["z̄ x", "+0.25", "−0.50", "0", "−0.25"]]
    with pytest.raises(ValueError, match="the line 'b' has the columns"):
        through_time("", {"a": [1.0, 2.0], "b": [1.0]})
