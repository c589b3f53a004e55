"""Point at a symbol in a formula, a line of code, a figure or its table: the same name lights in the other three."""

from collections.abc import Callable

import pytest

from tests.browser.figure import Figure, assert_clean

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("pages")]

Opened = Callable[..., Figure]

# of each gradient of the answer key: the chapter that has its formula, its code and a figure, and the figure's node
KEY = {
    "h_bar": ("backwards", "h"),
    "o_bar": ("backwards", "o"),
    "c_bar": ("backwards", "c"),
    "i_bar": ("backwards", "i"),
    "g_bar": ("backwards", "g"),
    "f_bar": ("backwards", "f"),
    "w_ix_bar": ("weights", "w_ix"),
}

POINT = """selector => {
    const one = document.querySelector(selector);
    one.dispatchEvent(new PointerEvent("pointerover", { bubbles: true, pointerType: "mouse" }));
    return 1;
}"""
LIT = """([root, name]) => ({
    formula: document.querySelectorAll(`.katex [data-name="${name}"].lit`).length,
    code: document.querySelectorAll(`.highlight [data-name="${name}"].lit`).length,
    others: document.querySelectorAll(`.lit:not([data-name="${name}"]):not([data-figure] *)`).length,
    figure: document.querySelector(`${root} [role=option].active`)?.dataset.name ?? "",
    row: document.querySelector(`${root} tr.lit`)?.dataset.name ?? "",
})"""


def lit(cell: Figure, name: str) -> dict:
    cell.settle()
    return cell.page.js(LIT, [cell.root, name])


@pytest.mark.parametrize("name", KEY)
def test_a_formula_lights_code_and_figure(name: str, figure: Opened) -> None:
    chapter, node = KEY[name]
    cell = figure(chapter)
    cell.page.js(POINT, f'.katex-html [data-name="{name}"]')
    found = lit(cell, name)
    assert found["formula"] and found["code"], found
    assert (found["figure"], found["others"]) == (node, 0)
    cell.page.js(POINT, "h1")
    assert lit(cell, name) == dict(formula=0, code=0, others=0, figure="", row="")
    assert_clean(cell.page)


@pytest.mark.parametrize("name", KEY)
def test_a_line_of_code_lights_formula_and_table(name: str, figure: Opened) -> None:
    chapter, node = KEY[name]
    cell = figure(chapter)
    cell.click("[data-action=more]")
    cell.click("[data-action=table]")
    cell.page.js(POINT, f'.highlight [data-name="{name}"]')
    found = lit(cell, name)
    assert found["formula"] and found["code"] and found["row"] == node, found


@pytest.mark.parametrize("name", KEY)
def test_a_figure_lights_formula_and_code_by_mouse_and_by_keyboard(name: str, figure: Opened) -> None:
    chapter, node = KEY[name]
    cell = figure(chapter)
    cell.page.js(POINT, cell.node(node))
    found = lit(cell, name)
    assert found["formula"] and found["code"], found
    cell.page.js(POINT, cell.at(".ruler"))
    assert lit(cell, name)["formula"] == 0
    cell.focus(f'[role=option][data-name="{node}"]')
    found = lit(cell, name)
    assert found["formula"] and found["code"], found


@pytest.mark.parametrize("name", KEY)
def test_the_arrow_keys_walk_an_equation(name: str, figure: Opened) -> None:
    chapter, node = KEY[name]
    cell = figure(chapter)
    with_name = f'.katex-display:has(.katex-html [data-name="{name}"])'
    assert cell.page.js(f"document.querySelectorAll('{with_name}')[0].tabIndex") == 0
    cell.page.js("selector => (document.querySelector(selector).focus({ preventScroll: true }), 1)", with_name)
    count = cell.page.js(f"document.querySelector('{with_name}').querySelectorAll('[data-name]').length")
    for _ in range(count):
        cell.press("ArrowRight")
        if cell.page.js("document.querySelector('.walked').dataset.name") == name:
            break
    found = lit(cell, name)
    assert found["code"] and found["figure"] == node, found
    assert cell.page.js("document.querySelectorAll('.walked').length") == 1
    cell.press("Escape")
    assert lit(cell, name)["formula"] == 0


def test_the_table_lights_the_formula(figure: Opened) -> None:
    cell = figure("backwards")
    cell.click("[data-action=more]")
    cell.click("[data-action=table]")
    cell.page.js(POINT, cell.at('tr[data-name="c"] td'))
    found = lit(cell, "c_bar")
    assert found["formula"] and found["row"] == "c", found


def test_an_edge_that_is_pointed_at_lights_its_wires(figure: Opened) -> None:
    cell = figure("backwards")
    point = "detail => (document.dispatchEvent(new CustomEvent('lstm:point', { detail })), 1)"
    wires = f"[...document.querySelectorAll('{cell.at('[data-wire].on')}')].map(wire => wire.dataset.wire).sort()"
    cell.page.js(point, dict(name="f", edge=["c", "f"], **{"from": "elsewhere"}))
    cell.settle()
    assert cell.page.js(wires) == ["c", "f", "keep"]
    cell.page.js(point, dict(name="", **{"from": "elsewhere"}))
    cell.settle()
    assert cell.page.js(wires) == []
    for nonsense in (dict(name=3), dict(name="<b>", edge=[1, {}]), dict(edge=["__proto__", "constructor"])):
        cell.page.js(point, nonsense)
    cell.settle()
    assert_clean(cell.page)
