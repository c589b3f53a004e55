"""Numbers as the page prints them, which is kit/numbers.mjs in Python.

They have three significant digits, and halves are rounded up.
"""

import re
from decimal import ROUND_HALF_UP, Decimal

RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def plain(value: float, places: int = 3) -> str:
    """A value: 0.505, −0.735, 3.55·10⁻⁵, 0.

    More `places` tell two numbers apart.
    """
    return ("−" if value < 0 else "") + _printed(abs(value), places)


def signed(value: float, places: int = 3) -> str:
    """A gradient or a change: the same digits, always with a sign, except for exactly 0."""
    return ("+" if value > 0 else "") + plain(value, places)


def latex(value: float, sign: bool = False, places: int = 3) -> str:
    """A number in a formula: the same digits without zeros at their end.

    A gradient has its `sign`.
    """
    head, power = _digits(abs(value), places)
    before = "-" if value < 0 else "+" if sign and value else ""
    after = rf" \times 10^{{{power}}}" if power else ""
    return before + bare(head) + after


def bare(text: str) -> str:
    """The same without the zeros that only say how many digits are known: 2, +0.5, 1·10⁻⁵."""
    return re.sub(r"\.0+(?!\d)|(\.\d*?)0+(?!\d)", r"\1", text)


def _printed(size: float, places: int) -> str:
    head, power = _digits(size, places)
    return f"{head}·10{power.translate(RAISED)}" if power else head


def _digits(size: float, places: int) -> tuple[str, str]:
    """The digits, and the power of ten that they are multiplied by, or nothing."""
    if not size:
        return "0", ""
    whole = 10**places - 0.5 <= size < 99999
    exact = Decimal(size)
    last = 0 if whole else exact.adjusted() - places + 1
    rounded = exact.quantize(Decimal(1).scaleb(last), ROUND_HALF_UP)
    if whole or 0.001 <= size < 99999:
        return f"{rounded:f}" if whole else f"{rounded:.{places}g}", ""
    head, _, power = f"{rounded:.{places - 1}e}".partition("e")
    return head, str(int(power))
