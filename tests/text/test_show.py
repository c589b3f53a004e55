"""What is printed, looked at, set by KaTeX and run by node.

Longer than 300 lines because the three dialects are tested on the same formulas, side by side.
"""

import json
import math
import re
from pathlib import Path

import pytest
from sphinxcontrib import katex

from lstm_edu.models.cell import EXAMPLE
from lstm_edu.text import javascript, show
from lstm_edu.text.derive import partials, steps
from lstm_edu.text.equations import BACKWARD, FORWARD, inlined, inputs, parse
from lstm_edu.text.notation import GATES, NAMES, Glyph, Name
from tests import alive, node

FORWARDS, LINES = parse(FORWARD), parse(BACKWARD)
HOMEWORK = inlined(FORWARD, [f"z_{k}" for k in GATES], zero=[f"b_{k}" for k in GATES])
TWO = {n: Name((Glyph(n),), n) for n in "abuvL"} | {
    f"{n}_bar": Name((Glyph(n, bar=True),), f"bar {n}") for n in "abuv"
}
TWO_FORWARD = "u = a * b\nv = u + a\nL = v**2 / 2"
TWO_BACKWARD = "v_bar = v\nu_bar = v_bar\na_bar = u_bar * b + v_bar\nb_bar = u_bar * a"


def named(marked: str) -> list[str]:
    return re.findall(r"\\htmlData\{name=(\w+)\}", marked)


def tight(latex: str) -> str:
    """The LaTeX that one would type.

    It has no thin spaces between factors and no gaps between lines.
    """
    return latex.replace(r" \, ", " ").replace("[0.5em]", "")


def test_factors_stand_a_thin_space_apart() -> None:
    assert show.latex("c").endswith(r"f^{(t)} \, c^{(t-1)} + i^{(t)} \, g^{(t)}")


@pytest.mark.parametrize(
    ("name", "latex"),
    [
        ("z_i", r"z_i^{(t)} = w_{ix} x^{(t)} + w_{ih} h^{(t-1)} + b_i"),
        ("i", r"i^{(t)} = \sigma(z_i^{(t)})"),
        ("g", r"g^{(t)} = \tanh z_g^{(t)}"),
        ("c", r"c^{(t)} = f^{(t)} c^{(t-1)} + i^{(t)} g^{(t)}"),
        ("L", r"L = \frac{\left(h^{(t)} - y\right)^2}{2}"),
        ("h_bar", r"\bar{h}^{(t)} = \bar{h}^{(t)}\vert_{L} + \sum_k \bar{z}_k^{(t+1)} w_{kh}"),
        (
            "c_bar",
            r"\bar{c}^{(t)} = \bar{h}^{(t)} o^{(t)} \left(1 - \tanh^2 c^{(t)}\right)"
            r" + \bar{c}^{(t+1)} f^{(t+1)}",
        ),
        ("z_i_bar", r"\bar{z}_i^{(t)} = \bar{i}^{(t)} i^{(t)} \left(1 - i^{(t)}\right)"),
        ("z_g_bar", r"\bar{z}_g^{(t)} = \bar{g}^{(t)} \left(1 - \left(g^{(t)}\right)^2\right)"),
        ("c_bar_prev", r"\bar{c}^{(t-1)}\vert_{t} = \bar{c}^{(t)} f^{(t)}"),
    ],
)
def test_latex_is_what_a_teacher_would_write(name: str, latex: str) -> None:
    assert tight(show.latex(name)) == latex


@pytest.mark.parametrize("name", [*FORWARDS, *LINES])
def test_the_printer_and_mark_name_the_same_symbols(name: str) -> None:
    printed = show.latex(name, marked=True)
    assert show.mark(show.latex(name)) == printed
    assert show.mark(printed) == printed
    line = (FORWARDS | LINES)[name]
    assert set(named(printed)) == {name, *line.uses}


@pytest.mark.parametrize("name", LINES)
def test_derivations_are_marked_alike_and_have_the_same_order_in_html(name: str) -> None:
    marked = show.derivation(name, marked=True)
    assert show.mark(show.derivation(name)) == marked
    html = "".join(line["html"] for line in alive.derivation_html(name))
    assert [name, *re.findall(r'data-name="(\w+)"', html)] == named(marked)


@pytest.mark.parametrize("name", [*FORWARDS, *LINES])
def test_html_has_the_order_of_the_latex_and_four_plain_tags(name: str) -> None:
    html = show.html(name)
    assert re.findall(r'data-name="(\w+)"', html) == named(show.latex(name, marked=True))
    assert set(re.findall(r"<(\w+)", html)) <= {"span", "i", "sub", "sup"}
    assert html.count("<") == 2 * len(re.findall(r"</\w+>", html)), "every tag is closed"


def test_katex_sets_every_line_and_gives_every_symbol_its_name() -> None:
    """The renderer that the site uses, on equations and derivations, as the site marks them."""
    folder = Path(katex.__file__).parent
    lines = [show.mark(show.latex(n)) for n in [*FORWARDS, *LINES]] + [
        show.mark(show.derivation(n)) for n in LINES
    ]
    script = (
        f"const k = require({json.dumps(str(folder / 'katex.min.js'))}); "
        "const set = { displayMode: true, throwOnError: true, strict: false, trust: true }; "
        f"const lines = {json.dumps(lines)}; "
        "console.log(JSON.stringify(lines.map((line) => k.renderToString(line, set))));"
    )
    for line, html in zip(lines, json.loads(node.run("-e", script)), strict=True):
        assert sorted(re.findall(r'data-name="(\w+)"', html)) == sorted(named(line))


def test_html_has_thin_spaces_minus_signs_and_an_upright_tanh() -> None:
    plain = {n: re.sub(r"<[^>]*>", "", show.html(n)) for n in ("c_bar", "L", "z_g_bar")}
    assert plain["c_bar"] == "c(t) = h(t)\u2009o(t)\u2009(1 − tanh2\u2009c(t)) + c(t+1)\u2009f(t+1)"
    assert plain["L"] == "L = (h(t) − y)2/2"
    assert "tanh<sup>2</sup>\u2009<span" in show.html("c_bar")
    assert '<span data-name="c_bar"><i class="bar">c</i><sup>(t)</sup></span>' in show.html("c_bar")


def test_a_block_is_aligned_at_its_equals_signs() -> None:
    assert show.latex_block(["i", "f"]) == (
        "\\begin{aligned}\n"
        "i^{(t)} &= \\sigma(z_i^{(t)}) \\\\\n"
        "f^{(t)} &= \\sigma(z_f^{(t)})\n"
        "\\end{aligned}"
    )


def test_a_derivation_is_the_homeworks_four_lines() -> None:
    assert tight(show.derivation("o_bar")).splitlines()[1:-1] == [
        r"\bar{o}^{(t)} &= \frac{\partial L}{\partial o^{(t)}} \\",
        r"&= \frac{\partial L}{\partial h^{(t)}}"
        r" \times \frac{\partial h^{(t)}}{\partial o^{(t)}} \\",
        r"&= \bar{h}^{(t)} \frac{\partial}{\partial o^{(t)}} \left(o^{(t)} \tanh c^{(t)}\right) \\",
        r"&= \bar{h}^{(t)} \tanh c^{(t)}",
    ]


def test_the_derivation_of_h_bar_keeps_the_two_parts_apart() -> None:
    lines = tight(show.derivation("h_bar")).splitlines()[1:-1]
    came_back = r" + \sum_k \bar{z}_k^{(t+1)} w_{kh}"
    assert (
        lines[1]
        == rf"&= \left.\frac{{\partial L}}{{\partial h^{{(t)}}}}\right\vert_{{L}}{came_back} \\"
    )
    assert lines[3] == rf"&= \bar{{h}}^{{(t)}}\vert_{{L}}{came_back}"


def test_the_homeworks_weight_shows_the_slope_of_sigma() -> None:
    lines = tight(show.derivation(steps("w_ix_bar", HOMEWORK, seeds={}))).splitlines()[1:-1]
    inside = "w_{ix} x^{(t)} + w_{ih} h^{(t-1)}"
    assert (
        lines[2]
        == rf"&= \bar{{i}}^{{(t)}} \frac{{\partial}}{{\partial w_{{ix}}}} \sigma({inside}) \\"
    )
    assert lines[3] == rf"&= \bar{{i}}^{{(t)}} \sigma'({inside}) x^{{(t)}} \\"
    assert "σ′(" in alive.derivation_html(steps("w_ix_bar", HOMEWORK, seeds={}))[3]["html"]


def test_derivation_html_knows_kinds_and_edges() -> None:
    lines = alive.derivation_html("c_bar")
    assert [line["kind"] for line in lines] == ["definition", "product", "function", "result"]
    assert lines[1]["edges"] == (("h", "c"),)


def test_an_unknown_equation_is_told_the_nearest() -> None:
    with pytest.raises(ValueError, match=r"unknown equation 'c_ba'; did you mean 'c_bar'\?"):
        show.latex("c_ba")
    with pytest.raises(ValueError, match=r"unknown equation 'c_ba'"):
        show.html("c_ba")


FORMULAS = [
    # formula, LaTeX, JavaScript
    ("a - (b - a)", r"a - \left(b - a\right)", "a - (b - a)"),
    ("(a + b) * (a - b)", r"\left(a + b\right) \left(a - b\right)", "(a + b) * (a - b)"),
    ("-a * b", "-a b", "-a * b"),
    ("-(a + b)", r"-\left(a + b\right)", "-(a + b)"),
    ("a * -b", "-a b", "-a * b"),
    ("-a**2", "-a^2", "-(a ** 2)"),
    ("(-a)**2", r"\left(-a\right)^2", "(-a) ** 2"),
    ("b - a**2 / 2", r"b - \frac{a^2}{2}", "b - a ** 2 / 2"),
    ("1 / 2 * a", r"\frac{a}{2}", "a / 2"),
    ("(a + b) / 2", r"\frac{a + b}{2}", "(a + b) / 2"),
    ("a / (b * a)", r"\frac{a}{b a}", "a / (b * a)"),
    ("1 / (1 + a)", r"\frac{1}{1 + a}", "1 / (1 + a)"),
    ("a / b / a", r"\frac{a}{b a}", "a / (b * a)"),
    ("1 / (a / b)", r"\frac{1}{\frac{a}{b}}", "1 / (a / b)"),
    ("1 / a**2 - 3", r"\frac{1}{a^2} - 3", "1 / a ** 2 - 3"),
    ("(a * b)**3", r"\left(a b\right)^3", "(a * b) ** 3"),
    ("2 * a**10 + 3", "2 a^{10} + 3", "2 * a ** 10 + 3"),
    ("sigma(a + b)**2", r"\sigma^2(a + b)", "sigma(a + b) ** 2"),
    ("tanh(-a) * b", r"\tanh(-a) b", "Math.tanh(-a) * b"),
    ("tanh(a)**2 - tanh(b)", r"\tanh^2 a - \tanh b", "Math.tanh(a) ** 2 - Math.tanh(b)"),
]


@pytest.mark.parametrize(("formula", "latex", "script"), FORMULAS)
def test_every_form_keeps_its_order_and_the_parentheses_it_needs(
    formula: str, latex: str, script: str
) -> None:
    text = f"u = {formula}\nL = u"
    assert tight(show.latex("u", text, names=TWO)) == f"u = {latex}"
    assert f'put("u", {script});' in javascript.module(text, "u_bar = u", TWO)


def test_every_form_has_in_javascript_the_value_that_it_has_in_python() -> None:
    at = {"a": 1.7, "b": -0.6}
    known = at | {"tanh": math.tanh, "sigma": lambda z: 1 / (1 + math.exp(-z))}
    for formula, _, _ in FORMULAS:
        text = javascript.module(f"u = {formula}\nL = u + a + b", "u_bar = u", TWO)
        answer = alive.answer(alive.module(text), at)
        assert answer["values"]["u"] == pytest.approx(eval(formula, known), rel=1e-15), formula


def test_the_module_reads_like_the_equations() -> None:
    text = javascript.module()
    assert '  const c = put("c", f * c_prev + i * g);\n' in text
    assert "  const c_bar = h_bar * o * (1 - Math.tanh(c) ** 2) + c_bar_next;\n" in text
    assert "const sigma = (z) => (1 + Math.tanh(z / 2)) / 2;\n" in text, "as in cell.py"
    assert "    c: { f: c_prev, c_prev: f, i: g, g: i },\n" in text


def ask(*given: dict[str, float]) -> dict:
    return alive.answer(alive.PRINTED, *given)


def test_push_and_lock() -> None:
    """i + 0.1 moves the loss by 0.0353 where its gradient predicts 0.0348.

    A lock stops the ripple.
    """
    still, pushed = ask(EXAMPLE), ask(EXAMPLE, {"i": 0.1})
    held, both = ask(EXAMPLE, {"i": 0.1}, {"c": -0.5}), ask(EXAMPLE, {"i": 0.1}, {"i": 0.4})
    weight = ask(EXAMPLE, {"x": -0.2}, {"w_ix": 3})
    loss = still["values"]["L"]
    assert pushed["values"]["L"] - loss == pytest.approx(0.0353, abs=5e-5)
    assert still["bars"]["i_bar"] * 0.1 == pytest.approx(0.0348, abs=5e-5)
    assert held["values"]["c"] == -0.5
    assert held["values"]["i"] == pushed["values"]["i"] == pytest.approx(still["values"]["i"] + 0.1)
    assert both["values"]["i"] == 0.5
    assert (weight["values"]["x"], weight["values"]["w_ix"]) == (1.0, 3)


def test_what_comes_from_the_next_step_is_0_by_default_and_a_missing_input_is_named() -> None:
    alone = {name: value for name, value in EXAMPLE.items() if name in inputs(FORWARDS)}
    less = {name: value for name, value in alone.items() if name != "c_prev"}
    given, locked = ask(alone), ask(less | {"c_prev": 0.3})
    assert given["values"]["h_bar_next"] == given["values"]["c_bar_next"] == 0
    with pytest.raises(RuntimeError, match="c_prev is missing; forward needs w_ix, x, w_ih"):
        ask(less)
    assert locked["values"] == given["values"]
    assert node.ask(alive.PRINTED, "inputs") == inputs(FORWARDS)


def test_every_name_can_be_shown() -> None:
    assert set(node.ask(alive.PRINTED, "html")) == set(NAMES)
    rows = javascript._rows(FORWARDS, LINES, [n for n in NAMES if n not in FORWARDS | LINES], NAMES)
    assert rows["c"]["partials"]["f"] == '<span data-name="c_prev"><i>c</i><sup>(t−1)</sup></span>'
    assert rows["c_bar"]["rhs"] == show.html("c_bar").split(" = ")[1]
    assert rows["x"]["rhs"] is None
    assert (rows["c_bar"]["lane"], rows["i"]["words"]) == ("c", "input gate")


def test_partials_are_the_derivatives() -> None:
    answer = ask(EXAMPLE)
    local = partials(FORWARDS)
    assert {u: list(row) for u, row in answer["partials"].items()} == {
        u: list(row) for u, row in local.items()
    }
    for u, row in answer["partials"].items():
        for v, value in row.items():
            assert value == pytest.approx(float(local[u][v].subs(answer["values"])), rel=1e-14), (
                u,
                v,
            )


def test_a_module_of_any_program() -> None:
    path = alive.module(javascript.module(TWO_FORWARD, TWO_BACKWARD, TWO))
    answer = alive.answer(path, {"a": 2, "b": 3})
    assert answer["values"] == {"a": 2, "b": 3, "u": 6, "v": 8, "L": 32}
    assert answer["bars"] == {"v_bar": 8, "u_bar": 8, "a_bar": 32, "b_bar": 16}
    assert node.ask(path, "inputs") == ["a", "b"]
