"""Point at a symbol in a formula, a line of code, a figure or its table.

The same name lights in the other three.
Longer than 300 lines because seven gradients and three figures share a few helpers.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.browser.bridge import Browser, Page
from tests.browser.figure import Figure, assert_clean

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("pages")]

# for each gradient: the chapter that has its formula, code and figure, and the figure's node
KEY = {
    "h_bar": ("backwards", "h"),
    "o_bar": ("backwards", "o"),
    "c_bar": ("backwards", "c"),
    "i_bar": ("backwards", "i"),
    "g_bar": ("backwards", "g"),
    "f_bar": ("backwards", "f"),
    "w_ix_bar": ("weights", "w_ix"),
}

# a mouse that comes from elsewhere: what it leaves is told so
POINT = """selector => {
    const one = document.querySelector(selector);
    for (const left of document.querySelectorAll(".lstm"))
        if (!left.contains(one)) left.dispatchEvent(new PointerEvent("pointerleave"));
    one.dispatchEvent(new PointerEvent("pointerover", { bubbles: true, pointerType: "mouse" }));
    return new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(1))));
}"""
LIT = """([root, name]) => ({
    formula: document.querySelectorAll(`.katex [data-name="${name}"].lit`).length,
    code: document.querySelectorAll(`.highlight [data-name="${name}"].lit`).length,
    others: document.querySelectorAll(
        `.lit:not([data-name="${name}"]):not([data-figure] *)`).length,
    figure: document.querySelector(`${root} [role=option].active`)?.dataset.name ?? "",
    row: document.querySelector(`${root} tr.lit`)?.dataset.name ?? "",
})"""
Opened = Callable[[str], Figure]


@pytest.fixture(scope="module")
def pages() -> Iterator[dict[tuple[str, str], Page]]:
    """The pages that are open, by browser and chapter: pointing leaves them as they were."""
    kept: dict[tuple[str, str], Page] = {}
    yield kept
    for page in kept.values():
        page.close()


@pytest.fixture
def figure(pages: dict[tuple[str, str], Page], browser: Browser, site: Path) -> Iterator[Opened]:
    """The figure of a chapter with nothing pointed at; afterwards its picture is shown again."""
    given = []

    def start(chapter: str) -> Figure:
        if (browser.name, chapter) not in pages:
            page = browser.open(f"{site.as_uri()}/book/{chapter}.html")
            pages[browser.name, chapter] = Figure(page).page
        page = pages[browser.name, chapter]
        page.call("front")  # a page behind another one draws no frames
        given.append(Figure(page, ".lstm-view[data-test=main] .lstm"))
        point(given[0], "h1")
        return given[0]

    yield start
    for cell in given:
        if cell.count(".tabular"):
            click(cell, "table")
        assert_clean(cell.page)


def point(cell: Figure, selector: str) -> None:
    cell.page.js(POINT, selector)


def focus(cell: Figure, node: str) -> None:
    """Focus a node without a scroll, which would put the page under the mouse."""
    cell.page.js(
        "selector => document.querySelector(selector).focus({ preventScroll: true })",
        cell.node(node),
    )


def lit(cell: Figure, name: str) -> dict:
    cell.settle()
    return cell.page.js(LIT, [cell.root, name])


def click(cell: Figure, action: str) -> None:
    """Click a control and take the mouse away: what scrolls under it would be pointed at."""
    cell.click(f"[data-action={action}]")
    cell.page.call("mouse", steps=[["move", 1, 1]])
    cell.settle()


def as_table(cell: Figure) -> None:
    if not cell.count("[data-action=table]"):
        click(cell, "more")
    click(cell, "table")


@pytest.mark.parametrize("name", KEY)
def test_a_formula_lights_code_and_figure(name: str, figure: Opened) -> None:
    chapter, node = KEY[name]
    cell = figure(chapter)
    point(cell, f'.katex-html [data-name="{name}"]')
    found = lit(cell, name)
    assert found["formula"] and found["code"], found
    assert (found["figure"], found["others"]) == (node, 0)
    point(cell, "h1")
    assert lit(cell, name) == dict(formula=0, code=0, others=0, figure="", row="")


@pytest.mark.parametrize("name", KEY)
def test_a_line_of_code_and_a_row_light_formula_and_table(name: str, figure: Opened) -> None:
    chapter, node = KEY[name]
    cell = figure(chapter)
    as_table(cell)
    point(cell, f'.highlight [data-name="{name}"]')
    found = lit(cell, name)
    assert found["formula"] and found["code"] and found["row"] == node, found
    point(cell, "h1")
    point(cell, cell.at(f'tr[data-name="{node}"] td'))
    found = lit(cell, name)
    assert found["formula"] and found["code"] and found["row"] == node, found


@pytest.mark.parametrize("name", KEY)
def test_a_figure_lights_formula_and_code_by_mouse_and_by_keyboard(
    name: str, figure: Opened
) -> None:
    chapter, node = KEY[name]
    cell = figure(chapter)
    point(cell, cell.node(node))
    found = lit(cell, name)
    assert found["formula"] and found["code"], found
    point(cell, cell.at(".legend"))
    assert lit(cell, name)["formula"] == 0
    focus(cell, node)
    found = lit(cell, name)
    assert found["formula"] and found["code"], found
    cell.page.js("document.activeElement.blur(), 1")


@pytest.mark.parametrize("name", KEY)
def test_the_arrow_keys_walk_an_equation(name: str, figure: Opened) -> None:
    chapter, node = KEY[name]
    cell = figure(chapter)
    with_name = f'.katex-display:has(.katex-html [data-name="{name}"])'
    assert cell.page.js(f"document.querySelectorAll('{with_name}')[0].tabIndex") == 0
    cell.page.js(
        "selector => (document.querySelector(selector).focus({ preventScroll: true }), 1)",
        with_name,
    )
    count = cell.page.js(
        f"document.querySelector('{with_name}').querySelectorAll('[data-name]').length"
    )
    for _ in range(count):
        cell.page.press("ArrowRight")
        if cell.page.js("document.querySelector('.walked').dataset.name") == name:
            break
    found = lit(cell, name)
    assert found["code"] and found["figure"] == node, found
    assert cell.page.js("document.querySelectorAll('.walked').length") == 1
    cell.press("Escape")
    assert lit(cell, name)["formula"] == 0
    cell.page.js("document.activeElement.blur(), 1")


def test_an_edge_that_is_pointed_at_lights_its_wires(figure: Opened) -> None:
    cell = figure("backwards")
    send = "detail => (document.dispatchEvent(new CustomEvent('lstm:point', { detail })), 1)"
    lit = f"[...document.querySelectorAll('{cell.at('[data-wire].on')}')]"
    wires = f"{lit}.map(wire => wire.dataset.wire).sort()"
    cell.page.js(send, dict(name="f", edge=["c", "f"], **{"from": "elsewhere"}))
    cell.settle()
    assert cell.page.js(wires) == ["c", "f", "keep"]
    cell.page.js(send, dict(name="", **{"from": "elsewhere"}))
    cell.settle()
    assert cell.page.js(wires) == []
    for nonsense in (
        dict(name=3),
        dict(name="<b>", edge=[1, {}]),
        dict(edge=["__proto__", "constructor"]),
    ):
        cell.page.js(send, nonsense)
    cell.settle()


# The other figures: numbered steps in the graph of paths, and the cards of the figure through time

OTHER = """async ([kind]) => {
    for (const view of document.querySelectorAll(`.lstm-view[data-kind=${kind}]`)) {
        view.scrollIntoView({ block: "center", behavior: "instant" });
        const pause = () => new Promise(done => setTimeout(done, 30));
        for (let k = 0; k < 20000 && !view.dataset.alive; k++) await pause();
    }
    const view = document.querySelector(`.lstm-view[data-kind=${kind}]`);
    view.dataset.test = kind;
    view.scrollIntoView({ block: "center", behavior: "instant" });
}"""
SHINES = """([root, name]) => {
    const all = (selector) => [...document.querySelectorAll(selector)];
    return {
        nodes: all(`${root} .graph [role=option].active`).map(({ dataset }) => dataset.name),
        letters: [...new Set(all(`${root} .letter`).map(({ dataset }) => dataset.name))],
        rows: all(`${root} :is(tr, .path-row.merged).lit`).map(({ dataset }) => dataset.name),
        paths: all(`${root} .path-row.lit`).map(({ dataset }) => dataset.name),
        page: [...new Set(all(".lit:not([data-figure] *)").map(({ dataset }) => dataset.name))],
    };
}"""


def other(figure: Opened, chapter: str, kind: str) -> Figure:
    page = figure(chapter).page
    page.js(OTHER, [kind])
    return Figure(page, f".lstm-view[data-test={kind}] .lstm")


def shines(cell: Figure) -> dict[str, list[str]]:
    return cell.page.js(SHINES, [cell.root, ""])


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("h_1", '[role=option][data-name="h_1"]'),
        ("c_2", '[role=option][data-name="c_2"] .num'),
        ("o_2", '[role=option][data-name="o_2"]'),
        ("h_1", '.path-list .chain [data-name="h_1"]'),
        ("c_1", '.path-detail .chain [data-name="c_1"]'),
        ("h_2", '.path-detail .factor[data-name="h_2"] .num'),
        ("c_2", '.path-detail .factor .sym [data-name="c_2"]'),
    ],
)
def test_a_number_of_a_step_lights_alone_in_graph_and_list(
    name: str, place: str, figure: Opened
) -> None:
    cell = other(figure, "time", "paths")
    point(cell, cell.at(place))
    found = shines(cell)
    assert (found["nodes"], found["letters"]) == ([name], [name]), found
    assert found["page"] == [name[0]], "the page has the letter, without a step"
    point(cell, "h1")
    assert shines(cell) | dict(paths=[]) == dict(nodes=[], letters=[], rows=[], paths=[], page=[])


def test_a_number_of_a_step_lights_by_keyboard_and_in_the_table(figure: Opened) -> None:
    cell = other(figure, "time", "paths")
    focus(cell, "h_2")
    cell.press("ArrowLeft")
    cell.press("ArrowLeft")
    at = cell.page.js("document.activeElement.dataset.name")
    found = shines(cell)
    assert found["nodes"] == [at] and found["page"] == [at[0]], found
    assert found["letters"] in ([at], []), found
    cell.page.js("document.activeElement.blur(), 1")
    as_table(cell)
    for place in ('tr[data-name="h_1"] td', 'tbody th [data-name="h_1"]'):
        point(cell, cell.at(place))
        found = shines(cell)
        assert (found["rows"], found["letters"], found["page"]) == (["h_1"], ["h_1"], ["h"]), found
        point(cell, "h1")
    click(cell, "table")


def test_a_merged_row_lights_its_node_and_a_formula_every_step(figure: Opened) -> None:
    cell = other(figure, "time", "paths")
    point(cell, '.katex-html [data-name="c"]')
    assert shines(cell)["nodes"] == ["c_0", "c_1", "c_2"]
    click(cell, "grouped")
    point(cell, cell.at('.path-row.merged[data-name="h_1"] .num'))
    found = shines(cell)
    assert (found["nodes"], found["rows"], found["page"]) == (["h_1"], ["h_1"], ["h"]), found
    click(cell, "grouped")


@pytest.mark.parametrize(("name", "node"), [("c_bar", "c"), ("h_bar", "h")])
def test_a_bar_lights_in_the_figure_through_time_and_back(
    name: str, node: str, figure: Opened
) -> None:
    cell = other(figure, "time", "time")
    point(cell, f'.katex-html [data-name="{name}"]')
    assert shines(cell)["letters"] == [name]
    point(cell, "h1")
    point(cell, cell.at(f'.step [data-name="{name}"]'))
    found = lit(cell, name)
    assert found["formula"] and found["others"] == 0, found
    as_table(cell)
    point(cell, f'.katex-html [data-name="{name}"]')
    assert (
        cell.page.js(
            f"document.querySelectorAll({cell.at(f'th.letter[data-name={name}]')!r}).length"
        )
        >= 1
    )
    click(cell, "table")
