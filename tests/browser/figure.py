"""The living cell on a page, as a reader's hand and eye meet it.

Here also stands what NumPy says its numbers should be.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from lstm_edu.models.cell import EXAMPLE
from lstm_edu.widgets import Cell
from tests.browser.bridge import Page
from tests.tree import ROOT
from tests.widgets.living import assert_close

Numbers = dict[str, float]
Open = Callable[..., Page]

CHAPTERS = {file.stem: file.read_text("utf-8") for file in sorted((ROOT / "book").glob("*.md"))}
WITH_FIGURE = [name for name, text in CHAPTERS.items() if "widgets import Cell" in text]
FORWARDS = [name for name, text in CHAPTERS.items() if "forward_only=True" in text]
# how many numbers a figure shows: without gradients, and what
# step t+1 sends back, in a chapter before them
COUNTS = {True: dict(values=27, bars=0), False: dict(values=29, bars=25)}

READ = """root => {
    const read = element => element && Number(element.dataset.value);
    const figure = document.querySelector(root);
    const found = { values: {}, bars: {} };
    for (const node of figure.querySelectorAll("[role=option][data-name]")) {
        const value = node.querySelector(":scope > .num, :scope > .row > .num");
        const bar = node.querySelector(".sub [data-bar]");
        if (value) found.values[node.dataset.name] = read(value);
        if (bar) found.bars[bar.dataset.bar] = read(bar);
    }
    for (const input of figure.querySelectorAll("label.slider input[data-input]")) {
        const slider = input.closest("label");
        const bar = slider.querySelector(".bar-value [data-value]");
        found.values[input.dataset.input] = read(slider.querySelector("output [data-value]"));
        if (bar) found.bars[input.dataset.input.replace(/(_prev)?$/, "_bar$1")] = read(bar);
    }
    return found;
}"""
READ_TABLE = """root => {
    const found = { values: {}, bars: {} };
    for (const row of document.querySelectorAll(`${root} tr[data-name]`)) {
        const cells = ["td:nth-of-type(1)", "td[data-bar]"];
        const [value, bar] = cells.map(td => row.querySelector(`${td} [data-value]`));
        if (value) found.values[row.dataset.name] = Number(value.dataset.value);
        if (bar) found.bars[bar.closest("td").dataset.bar] = Number(bar.dataset.value);
    }
    return found;
}"""


# follows a link within the page; what listens to it has heard of it then
GO = """const go = (hash) => new Promise((done) => {
        const before = location.href;
        addEventListener("hashchange", done, { once: true });
        location.hash = hash;
        if (location.href === before) done();
    });"""
# brings one state after another by a link, and reads what is then shown
WALK = f"""async ([root, key, states, READ]) => {{
    {GO}
    const [read, all] = [eval(READ), []];
    const frame = () => new Promise(requestAnimationFrame);
    for (const state of states) {{
        const spell = ([name, v]) => `${{name}}:${{encodeURIComponent(JSON.stringify(v))}}`;
        await go(`${{key}}=${{Object.entries(state).map(spell).join(",")}}`);
        await frame();
        await frame();
        all.push(read(root));
    }}
    return all;
}}"""
FOCUSED = """root => {
    const here = document.activeElement;
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(here);
    const look = outlineStyle !== "none" && parseFloat(outlineWidth) > 0 || boxShadow !== "none";
    const name = here.dataset.action ?? here.dataset.input ?? here.dataset.name ?? here.textContent;
    return [name, here.closest(root) !== null, look];
}"""
KEY = """root => {
    const views = [...document.querySelectorAll(".lstm-view")];
    return `cell-${views.indexOf(document.querySelector(root).closest(".lstm-view")) + 1}`;
}"""
FIND = """async () => {
    const all = [...document.querySelectorAll(".lstm-view")];
    const cells = [];
    for (const view of all) {
        view.scrollIntoView({ block: "center", behavior: "instant" });
        for (let k = 0; k < 20000 && view.dataset.alive === undefined; k++)
            await new Promise(done => setTimeout(done, 50));
        if (view.querySelector(".figure [data-name=w_ix]")) cells.push(view);
        if (view.querySelector(".widget.backward [data-name=w_ix]")) break;
    }
    cells.at(-1).dataset.test = "main";
}"""


def settle(page: Page) -> None:
    """Wait until the frame is drawn in which figures follow the hand."""
    page.js(
        "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(1))))"
    )


class Figure:
    """One living cell on a page.

    `root` is the selector of its element, else it is the first that shows gradients.
    """

    def __init__(self, page: Page, root: str = "") -> None:
        if not root:
            page.wait("document.querySelector('.lstm-view')")
            page.js(f"({FIND})()")
            root = ".lstm-view[data-test=main] .lstm"
        self.page, self.root = page, root
        place = root.rpartition(" ")[0]
        page.wait(f"document.querySelector({place!r})")
        page.js("root => document.querySelector(root).scrollIntoView({ block: 'center' })", place)
        page.wait(f"document.querySelector('{root} [data-value]')")

    def at(self, selector: str) -> str:
        return f"{self.root} {selector}"

    def input(self, name: str) -> str:
        return self.at(f'input[data-input="{name}"]')

    def node(self, name: str) -> str:
        return self.at(f'[role=option][data-name="{name}"]')

    def text(self, selector: str) -> str:
        return self.page.js("s => document.querySelector(s).textContent", self.at(selector))

    def count(self, selector: str) -> int:
        return self.page.js("s => document.querySelectorAll(s).length", self.at(selector))

    def value(self, name: str) -> str:
        """What a control itself stands at."""
        place = self.at(f'[data-input="{name}"]')
        return self.page.js("s => document.querySelector(s).value", place)

    def click(self, selector: str) -> None:
        self.page.click(self.at(selector))
        self.settle()

    def press(self, *keys: str) -> None:
        self.page.press(*keys)
        self.settle()

    def settle(self) -> None:
        """Wait until the frame is drawn in which the figure follows the hand."""
        settle(self.page)

    def drag(self, name: str, start: float, end: float) -> None:
        """Drag the slider of `name` with the mouse, from and to a fraction of its width."""
        self.page.drag(self.input(name), start, end)
        self.settle()

    def slider(self, name: str) -> float:
        return float(self.value(name))

    def focus(self, selector: str) -> None:
        """Give the focus to an element and make sure that it came.

        Inside a closed fold it would not.
        """
        self.page.js("selector => document.querySelector(selector).focus()", self.at(selector))
        assert self.page.js(
            "selector => document.activeElement.matches(selector)", self.at(selector)
        ), selector

    def pin(self, name: str) -> None:
        """Pin a node, if it is not pinned yet."""
        pinned = f"document.querySelector({self.node(name)!r}).ariaSelected"
        if self.page.js(pinned) != "true":
            self.page.click(self.node(name))
            self.settle()
        assert self.page.js(pinned) == "true"

    def numbers(self) -> dict[str, Numbers]:
        """Every number of the picture and of the sliders: `values` and `bars` by name."""
        return self.page.js(READ, self.root)

    def table(self) -> dict[str, Numbers]:
        """The same from the figure shown as a table."""
        return self.page.js(READ_TABLE, self.root)


class Keys:
    """A reader without a mouse, who counts what is pressed, from the control `start` on."""

    def __init__(self, figure: Figure, start: str) -> None:
        self.figure, self.count = figure, 0
        figure.focus(start)

    def press(self, *keys: str) -> "Keys":
        for key in keys:
            self.figure.press(key)
            self.count += 1
        return self

    def until(self, here: str) -> "Keys":
        """Press Tab until what has the focus is the action, input or name `here`.

        Each on the way must show that it has the focus.
        """
        for _ in range(12):
            name, inside, look = self.figure.page.js(FOCUSED, self.figure.root)
            assert inside and look, f"the focus on {name} is not seen"
            if name == here:
                return self
            self.press("Tab")
        raise AssertionError(f"{here} is not reached")


def numpy_says(shown: Numbers) -> dict[str, Any]:
    """Every value and bar by NumPy, at the inputs that a figure shows."""
    return Cell(**{name: shown[name] for name in EXAMPLE if name in shown}).values


def assert_numpy_agrees(shown: dict[str, Numbers], values: int, bars: int) -> None:
    """Assert that a figure's numbers are those of NumPy, and that there are this many.

    How close they must be, see `assert_close`.
    """
    wanted = numpy_says(shown["values"])
    assert_close(shown["values"] | shown["bars"], wanted)
    for kind, count in (("values", values), ("bars", bars)):
        assert len(shown[kind]) == count, (
            f"{len(shown[kind])} {kind}, expected {count}: {sorted(shown[kind])}"
        )


def drive(figure: Figure, forward_only: bool) -> None:
    """Move sliders by mouse and by arrow key.

    After each move every number must be the one that NumPy gives.
    """
    counts = COUNTS[forward_only]
    first = figure.numbers()
    assert_numpy_agrees(first, **counts)
    figure.drag("x", 0.6, 0.2)
    by_mouse = figure.numbers()
    assert by_mouse["values"]["x"] == figure.slider("x") != first["values"]["x"]
    assert_numpy_agrees(by_mouse, **counts)
    for key, way in ("ArrowRight", 1), ("ArrowLeft", -1), ("ArrowLeft", -1):
        before = figure.numbers()["values"]["x"]
        figure.focus('input[data-input="x"]')
        figure.press(key)
        by_key = figure.numbers()
        assert by_key["values"]["x"] == figure.slider("x")
        assert way * (by_key["values"]["x"] - before) > 0, (
            f"{key} moved x from {before} to {by_key['values']['x']}"
        )
        assert_numpy_agrees(by_key, **counts)
    figure.drag("f", 0.5, 0.9)
    by_gate = figure.numbers()
    assert abs(by_gate["values"]["f"] - figure.slider("f")) < 1e-12
    assert by_gate["values"]["f"] != first["values"]["f"]
    assert by_gate["values"]["b_f"] != first["values"]["b_f"], "a dragged gate solves for its bias"
    assert_numpy_agrees(by_gate, **counts)


def url(place: str, site: Path, address: str, page: str) -> str:
    """Where a page is, over http or as a file."""
    return (address if place == "http" else f"{site.as_uri()}/") + page


def assert_clean(page: Page) -> None:
    """Assert that nothing went wrong in a page.

    There is no complaint, no exception, no file missing, and no other host asked.
    """
    seen = page.seen()
    assert not [said for said in seen["console"] if said["type"] in ("error", "warn", "assert")], (
        seen["console"]
    )
    assert not seen["errors"] + seen["outside"] + seen["failed"], seen
