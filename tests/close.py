"""Numbers of the browser held against NumPy's."""

from typing import Any

import numpy as np


def assert_close(
    said: Any, wanted: Any, what: str, largest: float = 0.0, floor: float = 0.0
) -> None:
    """Assert that numbers agree to 1e-12 of the largest, and each to 6 digits of itself.

    `largest` may say what else counts as large. Below `floor` times the largest a sum has
    cancelled, and its own digits are not compared.
    """
    said, wanted = np.ravel(said).astype(float), np.ravel(wanted).astype(float)
    assert said.shape == wanted.shape, what
    size, top = np.abs(wanted), np.abs(wanted).max(initial=largest)
    allowed = np.where(size < floor * top, np.inf, 1e-6 * size)
    wrong = ~(np.abs(said - wanted) <= np.minimum(1e-12 * top, allowed))
    assert not wrong.any(), f"{what}: the browser has {said[wrong][:3]}, NumPy {wanted[wrong][:3]}"
