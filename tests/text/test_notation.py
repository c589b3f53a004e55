import re

import pytest

from lstm_edu.text.equations import BACKWARD, FORWARD, inputs, parse
from lstm_edu.text.notation import COLOURS, GATES, MORE, NAMES, Glyph, Name, mark, schemes, unknown

USED = {
    n
    for text in (FORWARD, BACKWARD)
    for line in parse(text).values()
    for n in (line.name, *line.uses)
}


def test_the_table_holds_every_name_of_the_equations_and_no_other() -> None:
    assert set(NAMES) == USED


def test_each_name_looks_different() -> None:
    for form in ("latex", "html", "words"):
        seen = [getattr(name, form) for name in NAMES.values()]
        assert all(seen)
        assert len(set(seen)) == len(seen), form


def test_shapes_are_of_a_layer_and_lanes_are_three() -> None:
    assert {name.shape for name in NAMES.values()} == {(), ("H",), ("D",), ("H", "D"), ("H", "H")}
    assert {name.lane for name in NAMES.values()} == {"h", "c", "ink"}
    for name in (*(f"w_{k}x" for k in GATES), "x", "h_prev"):
        bar = "h_bar_prev" if name == "h_prev" else f"{name}_bar"
        assert NAMES[name].shape == NAMES[bar].shape, (
            "a gradient has the shape of what it is a gradient of"
        )


def test_given_is_what_no_line_assigns() -> None:
    program, written = parse(FORWARD), parse(BACKWARD)
    free = {*inputs(program), *inputs(written)} - {*program, *written}
    assert {n for n, name in NAMES.items() if name.given} == free


@pytest.mark.parametrize(
    ("name", "latex"),
    [
        ("x", "x^{(t)}"),
        ("h_prev", "h^{(t-1)}"),
        ("c_bar", r"\bar{c}^{(t)}"),
        ("w_ix", "w_{ix}"),
        ("w_ix_bar", r"\bar{w}_{ix}"),
        ("b_i", "b_i"),
        ("z_i", "z_i^{(t)}"),
        ("z_i_bar", r"\bar{z}_i^{(t)}"),
        ("y", "y"),
        ("L", "L"),
        ("c_bar_next", r"\bar{c}^{(t+1)} f^{(t+1)}"),
        ("h_bar_next", r"\sum_k \bar{z}_k^{(t+1)} w_{kh}"),
        ("h_bar_loss", r"\bar{h}^{(t)}\vert_{L}"),
        ("h_bar_prev", r"\bar{h}^{(t-1)}\vert_{t}"),
        ("c_bar_prev", r"\bar{c}^{(t-1)}\vert_{t}"),
    ],
)
def test_names_are_typeset_as_the_book_writes_them(name: str, latex: str) -> None:
    assert NAMES[name].latex == latex


def test_html_of_a_name_is_letters_and_scripts() -> None:
    assert NAMES["c_bar"].html == '<i class="bar">c</i><sup>(t)</sup>'
    assert NAMES["w_ix"].html == "<i>w</i><sub>ix</sub>"
    assert NAMES["h_bar_prev"].html == '<i class="bar">h</i><sup>(t−1)</sup>|<sub>t</sub>'


def test_of_two_symbols_that_begin_alike_mark_takes_the_longer() -> None:
    table = {"a": Name((Glyph("a"),), "a"), "a_b": Name((Glyph("a"), Glyph("b")), "a then b")}
    assert mark("a b a", table) == r"\htmlData{name=a_b}{a b} \htmlData{name=a}{a}"


def luminance(colour: str) -> float:
    parts = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize("scheme", [0, 1])
def test_every_colour_stands_out_from_the_paper(scheme: int) -> None:
    paper = luminance(COLOURS["paper"][scheme])
    for token in ("h", "c", "wire", "ink"):
        low, high = sorted((paper, luminance(COLOURS[token][scheme])))
        assert (high + 0.05) / (low + 0.05) >= 6, token


@pytest.mark.parametrize("scheme", [0, 1])
def test_more_contrast_is_more_where_it_is_asked_for(scheme: int) -> None:
    ink, paper = COLOURS["ink"][scheme], luminance(COLOURS["paper"][scheme])
    assert f"--lstm-wire: {ink};" in schemes("lstm", ".here", ".dark").split("prefers-contrast")[1]
    for token in "hc":
        low, high = sorted((paper, luminance(mixed(COLOURS[token][scheme], ink))))
        assert (high + 0.05) / (low + 0.05) >= 8, token


def mixed(hue: str, ink: str) -> str:
    """What the browser makes of the sheet's `color-mix`."""
    parts = [
        (MORE * int(hue[k : k + 2], 16) + (100 - MORE) * int(ink[k : k + 2], 16)) / 100
        for k in (1, 3, 5)
    ]
    return "#" + "".join(f"{round(part):02x}" for part in parts)


def test_unknown_names_the_nearest_or_else_all() -> None:
    assert (
        unknown("gradient", "c_ba", ["c_bar", "o_bar"])
        == "unknown gradient 'c_ba'; did you mean 'c_bar'?"
    )
    assert (
        unknown("gradient", "zzz", ["c_bar", "o_bar"])
        == "unknown gradient 'zzz'; known: c_bar, o_bar"
    )


def test_mark_names_every_symbol_of_the_table() -> None:
    for name, entry in NAMES.items():
        assert mark(entry.latex) == rf"\htmlData{{name={name}}}{{{entry.latex}}}"


@pytest.mark.parametrize(
    "latex",
    [
        # letters in commands
        r"\lambda \Lambda \psi^{(t)} \text{Ly} \mathrm{y} \operatorname{Ly} \label{y} \tag{L}",
        r"\begin{array}{lcr} 1 \end{array}",
        # other symbols with these letters
        r"y_k x^{(t)}_1 L^{(t)} w_{ix}^{(t)} y' \bar{y} \hat{y} \bar y \mathcal{L}",
        r"\sum_{y} a_y a_{L} 2^y h^{(L)} \bar{h}^{(t)}\vert_{T} \bar{c}^{(t+1)} x^{(t+1)} x z_i",
        r"\frac1y \sqrt y",  # bare arguments
    ],
)
def test_mark_leaves_other_symbols_alone(latex: str) -> None:
    assert mark(latex) == latex


@pytest.mark.parametrize(
    ("latex", "marked"),
    [
        (r"\frac{\partial L}{\partial y}", [("L", "L"), ("y", "y")]),
        (r"\tanh c^{(t)}", [("c", "c^{(t)}")]),
        (
            r"\bar{h}^{(t)}\vert_{L} \bar{h}^{(t)}",
            [("h_bar_loss", r"\bar{h}^{(t)}\vert_{L}"), ("h_bar", r"\bar{h}^{(t)}")],
        ),
        (r"y^2 e^{y}", [("y", "y"), ("y", "y")]),
        (r"\textcolor{red}{y}", [("y", "y")]),
    ],
)
def test_mark_takes_the_longest_symbol_that_stands_alone(
    latex: str, marked: list[tuple[str, str]]
) -> None:
    found = re.findall(
        r"\\htmlData\{name=(\w+)\}\{((?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\}", mark(latex)
    )
    assert found == marked
    assert mark(mark(latex)) == mark(latex)
    assert (
        re.sub(
            r"\\htmlData\{name=\w+\}\{((?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\}", r"\1", mark(latex)
        )
        == latex
    )
