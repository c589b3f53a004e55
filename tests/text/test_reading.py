"""What a typed cell is told: a sentence for each fault, at its line."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lstm_edu.text import reading

Z, H, L = "z_h = w_hx * x + w_hh * h_prev + b_h", "h = tanh(z_h)", "L = (h - y)**2 / 2"
FAULTS = [
    ("", "There is no equation yet. Write one a line, the loss last"),
    (f"{Z}\ntanh(z_h)\n{L}", "Line 2, 'tanh(z_h)', is no equation. Write: name = formula."),
    (f"# mine\n\n{Z}\nh = tanh(k * z_h)\n{L}", "Line 4: nothing is called k. A parameter begins"),
    (f"{H}\n{Z}\n{L}", "Line 1 uses z_h, which only line 2 makes. Move line 2 above it."),
    (f"{Z.replace('h_prev', 'h')}\n{H}\n{L}", "Lines 1 and 2 go in a circle: z_h needs h, and h"),
    (f"{Z}\nh = h + tanh(z_h)\n{L}", "Line 2: h stands on both sides. If the h of step t−1 is m"),
    (f"{Z}\nh = tanh(z_h + c_prev)\n{L}", "Line 2 uses c_prev, and no line makes c. Write a line"),
    (f"{Z}\n{H}", "No line makes the loss. Write it last: L = (h - y)**2 / 2."),
    (f"{Z}\n{H}\n{L}\nq = 2 * h", "Line 3 makes L, and line 4 stands below it. The loss is the"),
    (f"{Z}\n{H}\nh = 2 * h_prev\n{L}", "Line 3 makes h, which line 2 makes too. Give the second"),
    (f"h_prev = 0\n{Z}\n{H}\n{L}", "Line 1 makes h_prev, which step t−1 hands over. Write h = …"),
    (f"w_hx = 2\n{Z}\n{H}\n{L}", "Line 1 makes w_hx, which is given as a parameter by its name."),
    (f"x = 2\n{Z}\n{H}\n{L}", "Line 1 makes x, which is given as the input by its name."),
    (f"{Z}\nh = tanj(z_h)\n{L}", "Line 2: there is no function tanj. Did you mean tanh?"),
    (f"{Z}\nh = cos(z_h)\n{L}", "Line 2: there is no function cos. There are sigma, tanh, exp, l"),
    (f"{Z}\nh = np.maximum(z_h, 0)\n{L}", "Line 2: there is no function np.maximum."),
    (f"{Z}\nh = F.relu(z_h)\n{L}", "Line 2: F.relu has a corner, where it has no slope. Function"),
    (f"{Z}\nh = z_h if z_h > 0 else 0\n{L}", "Line 2: a formula has no conditions: 'h = z_h if"),
    (f"{Z}\n{H}\nL = (h - y)**1.5", "Line 3: (h - y) ** 1.5 is not understood; an exponent is a"),
    (f"{Z}\n{H}\nL = h / (y - y)", "Line 3: h / (y - y) divides by 0."),
    (f"{Z.replace('* x', 'x')}\n{H}\n{L}", "Line 1: nothing stands between w_hx and x. Write * f"),
    (f"{Z.replace('h_prev', 'h(t-1)')}\n{H}\n{L}", "Line 1: write h_prev for h(t-1); a name with"),
    (f"{Z}\n{H}\n{L} + h_bar", "Line 3: h_bar is the name of a gradient, which is worked out for"),
    (f"{Z}\n{H}\nh_bar = h\n{L}", "Line 3: h_bar is the name of a gradient, which is worked out"),
    (f"new = x\n{Z}\n{H}\n{L}", "Line 1: new cannot be a name here, since programs have it as a"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "sentence"), FAULTS)
def test_each_fault_gets_its_sentence(text: str, sentence: str) -> None:
    with pytest.raises(ValueError) as error:
        reading.typed(text)
    assert str(error.value).startswith(sentence)
    assert str(error.value).endswith((".", "?"))


def test_signs_that_people_type_are_read() -> None:
    found = reading.typed("z = w_zx·x − b_z\nh = σ(z)\nL = (h − y)^2 / 2  # mine")
    assert found.forward == "z = w_zx*x - b_z\nh = sigma(z)\nL = (h - y)**2 / 2"


PIECES = st.sampled_from(
    ["h", "h_prev", "z", "w_zx", "x", "y", "L", "q_bar", "c_prev", "=", "+", "*", "**", "/", "-",
     "(", ")", "sigma", "tanh(", "exp(", "2", "0", " ", "\n", "\n", "if", "lambda", "[", "#", "'",
     "__import__('os')", "é", "²", "\u202e", "h(t-1)", ";", "=="]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_any_text_gets_a_sentence_or_is_read(text: str) -> None:
    try:
        reading.typed(text)
    except ValueError as error:
        assert str(error).startswith(("Line", "There", "No line")), error
