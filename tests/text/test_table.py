import pytest

from lstm_edu.text import source, table

PAIRS = [(c, o) for c in source.names("cells") for o in source.names("outputs")]


def joined(cell: str, output: str) -> source.Source:
    return source.join(source.load("cells", cell), source.load("outputs", output))


@pytest.mark.parametrize(
    ("name", "latex", "words", "shape"),
    [
        ("y_hat_bar", r"\bar{\hat{y}}^{(t)}", "gradient of the prediction", ("H",)),
        ("w_yh", "w_{yh}", "weight from the hidden state into the prediction", ("H", "H")),
        ("h_bar_next", r"\bar{h}^{(t)}\vert_{t+1}", "the part of h̄ that step t+1 sends back", "H"),
        ("z_u", "z_u^{(t)}", "pre-activation of the update gate", ("H",)),
        ("w_ux_bar", r"\bar{w}_{ux}", "gradient of the weight from the input into the update gate",
         ("H", "D")),
        ("b_m", "b_m", "bias of the candidate's product with the hidden state", ("H",)),
    ],
)  # fmt: skip
def test_a_name_says_what_it_is(name: str, latex: str, words: str, shape: tuple[str, ...]) -> None:
    one = table.of(joined("gru_reset_after", "linear"))[name]
    assert (one.latex, one.words, one.shape) == (latex, words, tuple(shape))


@pytest.mark.parametrize(("cell", "output"), PAIRS)
def test_no_two_names_of_a_text_look_alike(cell: str, output: str) -> None:
    names = table.of(joined(cell, output)).values()
    for form in ("latex", "html", "words"):
        seen = [getattr(name, form) for name in names]
        assert len(set(seen)) == len(seen), form


def test_what_a_line_makes_is_not_given() -> None:
    names = table.of(joined("peepholes", "softmax_2"))
    given = {name for name, one in names.items() if one.given}
    assert {"x", "y_1", "c_prev", "w_ic", "b_1", "c_bar_next"} <= given
    assert not {"c", "y_2", "c_bar", "h_bar_loss", "c_bar_prev", "w_ic_bar"} & given
