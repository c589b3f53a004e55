"""Numbers in Python are printed as kit/numbers.mjs prints them on the page, whatever the number."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lstm_edu.text import digits
from tests.node import ask

NUMBERS = st.floats(allow_nan=False, allow_infinity=False) | st.floats(-2e5, 2e5)
NUMBERS |= st.floats(-1.5, 1.5) | st.integers(-(10**6), 10**6).map(lambda n: n / 1024)


@settings(deadline=None, derandomize=True)
@given(NUMBERS)
@example(0.0001234)
@example(999.6)
@example(1234.5)
@example(1.125)
@example(-1e-12)
@example(-0.0)
def test_numbers_are_printed_as_on_the_page(number: float) -> None:
    assert digits.plain(number) == ask("kit/numbers", "plain", number)
    assert digits.signed(number) == ask("kit/numbers", "signed", number)


@pytest.mark.parametrize(
    ("number", "printed"),
    [
        (0.505, "0.505"),
        (-0.5, "-0.5"),
        (0.0, "0"),
        (-100.0, "-100"),
        (1234.5, "1235"),
        (0.0001234, r"1.23 \times 10^{-4}"),
        (1e-5, r"1 \times 10^{-5}"),
    ],
)
def test_numbers_in_a_formula_have_no_zeros_at_their_end(number: float, printed: str) -> None:
    assert digits.latex(number) == printed
    assert digits.latex(number, sign=True) == "+" * (number > 0) + printed


def test_two_numbers_are_told_apart_with_more_places() -> None:
    assert (digits.signed(0.12345, 4), digits.plain(-1234.5, 5)) == ("+0.1235", "−1234.5")
