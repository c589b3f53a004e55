"""What a reader's browser makes of the built pages: over http and by double-click, with no other host to be had."""

import base64
import copy
import hashlib
import json
import re
import shutil
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from tests.browser.bridge import Browser, Page
from tests.browser.figure import Figure, assert_numpy_agrees, numpy_says
from tests.tree import ROOT

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("pages")]

WITH_FIGURE = [file.stem for file in sorted((ROOT / "book").glob("*.md")) if "widgets import Cell" in file.read_text()]
FORWARDS = [file.stem for file in (ROOT / "book").glob("*.md") if "forward_only=True" in file.read_text()]
PLACES = ["http", "file"]
THEMES = ["light", "dark"]
COUNTS = {True: dict(values=27, bars=0), False: dict(values=29, bars=25)}

Open = Callable[..., Page]


def url(place: str, site: Path, address: str, page: str) -> str:
    """Where a page is, over http or as a file."""
    return (address if place == "http" else f"{site.as_uri()}/") + page


@pytest.fixture
def figure(open_page: Open, site: Path) -> Callable[..., Figure]:
    """A function that opens a chapter by double-click and gives its figure."""
    return lambda chapter="backwards", **media: Figure(open_page(f"{site.as_uri()}/book/{chapter}.html", **media))


def assert_clean(page: Page) -> None:
    """Assert that nothing went wrong in a page: no complaint, no exception, no file missing, no other host asked."""
    seen = page.seen()
    assert not [said for said in seen["console"] if said["type"] in ("error", "warn", "assert")], seen["console"]
    assert not seen["errors"] + seen["outside"] + seen["failed"], seen


# The numbers


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("chapter", WITH_FIGURE)
def test_sliders_move_the_numbers_to_what_numpy_gives(
    chapter: str, place: str, theme: str, open_page: Open, site: Path, address: str
) -> None:
    page = open_page(url(place, site, address, f"book/{chapter}.html"), dark=theme == "dark")
    assert page.js("document.documentElement.dataset.theme") == theme
    drive(Figure(page), chapter in FORWARDS)
    assert_clean(page)


def drive(figure: Figure, forward_only: bool) -> None:
    """Move sliders by mouse and by arrow key; after each move every number must be the one that NumPy gives."""
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
        assert way * (by_key["values"]["x"] - before) > 0, f"{key} moved x from {before} to {by_key['values']['x']}"
        assert_numpy_agrees(by_key, **counts)
    figure.drag("f", 0.5, 0.9)
    by_gate = figure.numbers()
    assert by_gate["values"]["f"] == pytest.approx(figure.slider("f"), abs=1e-12) != first["values"]["f"]
    assert by_gate["values"]["b_f"] != first["values"]["b_f"], "a dragged gate solves for its bias"
    assert_numpy_agrees(by_gate, **counts)


@pytest.mark.xdist_group("firefox")
@pytest.mark.parametrize("place", PLACES)
def test_the_same_in_firefox(place: str, open_page: Open, firefox: Browser, site: Path, address: str) -> None:
    for chapter in WITH_FIGURE:
        page = open_page(url(place, site, address, f"book/{chapter}.html"), browser=firefox)
        drive(Figure(page), chapter in FORWARDS)
        assert_clean(page)


def test_a_weight_under_the_fold_moves_the_numbers(figure: Callable[..., Figure]) -> None:
    cell = figure()
    cell.click(".fold summary")
    cell.drag("w_ix", 0.5, 0.8)
    cell.focus('input[data-input="w_ix"]')
    cell.press("ArrowRight")
    shown = cell.numbers()
    assert shown["values"]["w_ix"] == cell.slider("w_ix") > 1
    assert_numpy_agrees(shown, **COUNTS[False])


def test_a_gate_is_dragged_on_its_own_node(figure: Callable[..., Figure]) -> None:
    cell = figure()
    before = cell.numbers()["values"]["o"]
    box = cell.page.box(cell.node("o"))
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    cell.page.call("mouse", steps=[["move", x, y], ["down"], ["move", x, y - 8], ["move", x, y - 12], ["up"]])
    cell.settle()
    shown = cell.numbers()
    assert shown["values"]["o"] > before
    assert_numpy_agrees(shown, **COUNTS[False])


# What the figure can do


def test_the_switch_shows_and_hides_the_gradients(figure: Callable[..., Figure]) -> None:
    cell = figure("index")
    assert cell.numbers()["bars"]
    cell.click("[data-action=backward]")
    assert cell.numbers()["bars"] == {}
    cell.click("[data-action=backward]")
    assert_numpy_agrees(cell.numbers(), **COUNTS[False])


def test_a_chapter_before_the_gradients_has_no_switch(figure: Callable[..., Figure]) -> None:
    cell = figure(FORWARDS[0])
    assert cell.page.js(f"document.querySelectorAll('{cell.at('[data-action=backward]')}').length") == 0


def pin(cell: Figure, name: str) -> None:
    """Pin a node, if it is not pinned yet."""
    if cell.page.js(f"document.querySelector({cell.node(name)!r}).ariaSelected") != "true":
        cell.page.click(cell.node(name))
        cell.settle()
    assert cell.page.js(f"document.querySelector({cell.node(name)!r}).ariaSelected") == "true"


@pytest.mark.parametrize(("name", "action", "step"), [("x", "push-up", 0.1), ("w_gx", "push-down", -0.1)])
def test_a_push_moves_the_loss_by_what_really_happens(
    name: str, action: str, step: float, figure: Callable[..., Figure]
) -> None:
    cell = figure()
    before = numpy_says(cell.numbers()["values"])
    pin(cell, name)
    cell.click(f"[data-action={action}]")
    after = numpy_says({**before, name: before[name] + step})
    said = {role: float(cell.page.js(f"document.querySelector('{cell.at(f'[data-role={role}]')}').dataset.value"))
            for role in ("change", "predicted")}  # fmt: skip
    assert said["change"] == pytest.approx(after["L"] - before["L"], abs=1e-13)
    assert said["predicted"] == pytest.approx(step * before[f"{name}_bar"], abs=1e-13)


def test_a_lock_holds_a_value_and_the_ripple_stops_there(figure: Callable[..., Figure]) -> None:
    cell = figure()
    before = cell.numbers()["values"]
    pin(cell, "c")
    cell.click("[data-action=lock]")
    cell.drag("x", 0.6, 0.2)
    after = cell.numbers()["values"]
    assert after["x"] != before["x"]
    assert after["c"] == before["c"]
    assert after["h"] != before["h"], "o is not held, and h is made of it"
    cell.click("[data-action=release]")
    assert_numpy_agrees(cell.numbers(), **COUNTS[False])


@pytest.mark.parametrize("chapter", ["backwards", *FORWARDS])
def test_the_table_holds_every_number_of_the_picture(chapter: str, figure: Callable[..., Figure]) -> None:
    cell = figure(chapter)
    picture = cell.numbers()
    cell.click("[data-action=table]")
    table = cell.table()
    for kind in "values", "bars":
        assert picture[kind].items() <= table[kind].items()
    assert_numpy_agrees(table, **COUNTS[chapter in FORWARDS])
    cell.click("[data-action=table]")
    assert cell.numbers() == picture


def test_the_keyboard_walks_the_graph(figure: Callable[..., Figure]) -> None:
    cell = figure(height=1600)
    here = "document.activeElement.dataset.name"
    stops = f"[...document.querySelectorAll('{cell.at('[role=option]')}')].filter(node => node.tabIndex === 0).length"
    assert cell.page.js(stops) == 1
    cell.focus("[role=option][tabindex='0']")
    scrolled = cell.page.js("scrollY")
    walked = [cell.page.js(here)]
    for key in ["ArrowLeft"] * 3 + ["ArrowUp", "ArrowDown", "ArrowRight"]:
        cell.press(key)
        walked.append(cell.page.js(here))
    assert walked[0] == "L"
    assert all(a != b for a, b in pairwise(walked)), walked
    assert walked[-2] == walked[-4], f"down undoes up: {walked}"
    assert cell.page.js("scrollY") == scrolled, "the arrow keys walk the graph and leave the page where it is"
    assert cell.page.js(stops) == 1
    pinned = f"document.querySelector('{cell.at('[aria-selected=true]')}')?.dataset.name ?? ''"
    cell.press("Enter")
    assert cell.page.js(pinned) == walked[-1]
    cell.press("Escape")
    assert cell.page.js(pinned) == ""
    assert_clean(cell.page)


def tabbed(cell: Figure) -> set[str]:
    """What Tab reaches from here to the end of the figure, by name; each must show that it has the focus."""
    reached = set()
    for _ in range(60):
        cell.press("Tab")
        name, inside, look = cell.page.js(FOCUSED, cell.root)
        if not inside:
            return reached
        assert look, f"the focus on {name} is not seen"
        reached.add(name)
    raise AssertionError(f"Tab never leaves the figure: {reached}")


FOCUSED = """root => {
    const here = document.activeElement;
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(here);
    const look = outlineStyle !== "none" && parseFloat(outlineWidth) > 0 || boxShadow !== "none";
    const name = here.dataset.action ?? here.dataset.input ?? here.dataset.name ?? here.textContent;
    return [name, here.closest(root) !== null, look];
}"""


def test_every_control_is_reached_by_tab_and_its_focus_is_seen(figure: Callable[..., Figure]) -> None:
    cell = figure("index")
    cell.focus("[data-action=backward]")
    handles = {*"ifogxy", "All the weights"}
    assert {"table", "L", *handles} <= tabbed(cell)
    cell.focus("[role=option][tabindex='0']")
    cell.press("ArrowLeft")
    cell.press("Enter")
    assert {"nudge", "push-down", "push-up", "lock", *handles} <= tabbed(cell)


# How it looks


LOOKS = (ROOT / "tests" / "browser" / "looks.js").read_text("utf-8")


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("chapter", WITH_FIGURE)
def test_figures_look_right_in_every_state(chapter: str, width: int, theme: str, figure: Callable[..., Figure]) -> None:
    cell = figure(chapter, width=width, dark=theme == "dark")
    shots = ROOT / "_build" / "screenshots"
    shots.mkdir(parents=True, exist_ok=True)
    cell.page.screenshot(shots / f"{chapter}-{width}-{theme}-page.png", whole=True)
    faults = []
    for state, gesture in STATES.items():
        gesture(cell)
        cell.page.box(cell.at(".widget"))
        cell.page.call("mouse", steps=[["move", 1, 1]])  # else the scrolled page has another node under the mouse
        cell.settle()
        cell.page.screenshot(shots / f"{chapter}-{width}-{theme}-{state}.png")
        faults += [f"{state}: {fault}" for fault in cell.page.js(LOOKS, cell.root)]
        assert cell.page.js("document.documentElement.scrollWidth") <= width, f"{state}: the page scrolls sideways"
    assert not faults, "\n".join(faults)


STATES: dict[str, Callable[[Figure], object]] = {
    "first": lambda cell: None,
    "pinned": lambda cell: pin(cell, "c"),
    "pushed": lambda cell: cell.click("[data-action=push-up]"),
    "held": lambda cell: cell.click("[data-action=lock]"),
    "weights": lambda cell: cell.click(".fold summary"),
    "table": lambda cell: cell.click("[data-action=table]"),
}


def test_nothing_moves_by_itself_under_reduced_motion(figure: Callable[..., Figure]) -> None:
    cell = figure(reduced=True)
    cell.click("[data-action=backward]")
    cell.page.click(cell.node("c"))
    moving = f"document.getAnimations().filter(a => a.effect.target.closest({cell.root!r})).length"
    assert cell.page.js(moving) == 0


# Whole pages


@pytest.mark.parametrize("place", PLACES)
def test_every_page_is_clean_and_its_formulas_are_typeset(
    place: str, open_page: Open, site: Path, address: str
) -> None:
    pages = sorted(str(file.relative_to(site)) for file in [*site.glob("*.html"), *site.glob("book/*.html")])
    assert len(pages) > 4
    for name in pages:
        page = open_page(url(place, site, address, name))
        page.wait("document.readyState === 'complete'")
        assert page.js("document.querySelectorAll('.katex-error, .merror, .math-error').length") == 0, name
        assert page.js("[...document.querySelectorAll('.katex')].every(k => k.querySelector('.katex-html'))"), name
        assert_clean(page)
        page.close()


def test_symbols_carry_their_names(open_page: Open, site: Path) -> None:
    page = open_page(f"{site.as_uri()}/book/backwards.html")
    for name in "c_bar", "h_bar", "o_bar", "f", "c_prev":
        assert page.js(f"document.querySelectorAll('.katex [data-name={name}]').length") > 0, name


def test_mathematics_has_its_own_sheet_and_fonts(open_page: Open, site: Path) -> None:
    page = open_page(f"{site.as_uri()}/book/backwards.html")
    page.js("document.fonts.ready.then(() => 1)")
    assert page.js("[...document.fonts].some(f => f.family.includes('KaTeX_Math') && f.status === 'loaded')")
    size = "element => parseFloat(getComputedStyle(document.querySelector(element)).fontSize)"
    assert page.js(size, ".katex .msupsub .mtight") < page.js(size, ".katex .mord"), "subscripts are full size"


# Strict and damaged pages


@pytest.fixture
def changed(site: Path, tmp_path: Path) -> Callable[[str, Callable[[str], str]], Path]:
    """A function that copies the site with one chapter changed, and gives the copy as a project that can be served."""

    def change(chapter: str, how: Callable[[str], str]) -> Path:
        folder = tmp_path / "_build" / "html"
        shutil.copytree(site, folder, dirs_exist_ok=True)
        shutil.copytree(ROOT / "tools", tmp_path / "tools", dirs_exist_ok=True)
        page = folder / "book" / f"{chapter}.html"
        page.write_text(how(page.read_text("utf-8")), "utf-8")
        return tmp_path

    return change


def strict(html: str) -> str:
    """A page with a policy that lets in the site's own scripts, and of inline ones those it has now, by their hash."""
    inline = re.findall(r"<script(?![^>]*(?:src=|application/|text/x))[^>]*>(.*?)</script>", html, flags=re.S)
    inline += [handler.replace("&quot;", '"') for handler in re.findall(r'\son\w+="([^"]*)"', html)]
    hashes = {base64.b64encode(hashlib.sha256(code.encode()).digest()).decode() for code in inline}
    allowed = " ".join(f"'sha256-{digest}'" for digest in sorted(hashes))
    policy = (
        f"default-src 'self'; script-src 'self' 'unsafe-hashes' {allowed};"
        " style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:"
    )
    return html.replace("<head>", f'<head><meta http-equiv="Content-Security-Policy" content="{policy}">', 1)


@pytest.mark.parametrize("place", PLACES)
def test_figures_live_under_a_content_security_policy(
    place: str, changed: Callable[..., Path], open_page: Open, serve: Callable[[Path], str]
) -> None:
    project = changed("backwards", strict)
    page = open_page(url(place, project / "_build" / "html", serve(project), "book/backwards.html"))
    refused = "new Promise(done => { const s = document.createElement('script'); s.textContent = 'globalThis.in = 1';"
    page.js(refused + " document.head.append(s); setTimeout(done, 50) })")
    assert page.js("globalThis.in === undefined"), "the policy is not in force"
    complaints = [said["text"] for said in page.seen()["console"] if said["type"] == "error"]
    assert len(complaints) == 1, complaints
    drive(Figure(page), forward_only=False)
    assert len([said for said in page.seen()["console"] if said["type"] == "error"]) == 1


@pytest.mark.xdist_group("firefox")
def test_figures_live_under_a_policy_in_firefox_too(
    changed: Callable[..., Path], open_page: Open, firefox: Browser
) -> None:
    html = changed("backwards", strict) / "_build" / "html"
    page = open_page(f"{html.as_uri()}/book/backwards.html", browser=firefox)
    drive(Figure(page), forward_only=False)
    assert_clean(page)


STATE = re.compile(r'(<script type="application/vnd\.jupyter\.widget-state\+json">)(.*?)(</script>)', re.S)
VIEW = re.compile(r'<script type="application/vnd\.jupyter\.widget-view\+json">.*?</script>', re.S)
TWIN = "f" * 32


def with_twin(damage: Callable[[dict], None]) -> Callable[[str], str]:
    """A change of a page: a second figure after the first, a copy of it, whose state is then damaged."""

    def change(html: str) -> str:
        [(before, text, after)] = STATE.findall(html)
        state = json.loads(text)
        view = VIEW.search(html)
        assert view is not None
        model = json.loads(re.sub(r"<[^>]+>", "", view[0]))["model_id"]
        state["state"][TWIN] = copy.deepcopy(state["state"][model])
        damage(state["state"])
        twin = view[0].replace(model, TWIN)
        html = STATE.sub(lambda _: before + json.dumps(state).replace("Infinity", "1e999") + after, html)
        return html.replace(view[0], f"{view[0]}\n<p>Between the figures.</p>\n{twin}", 1)

    return change


DAMAGES = {
    "a number is infinite": (lambda state: state[TWIN]["state"].update(w_ix=float("inf")), "w_ix"),
    "a number is a word": (lambda state: state[TWIN]["state"].update(x="much"), "x is much"),
    "a number is missing": (lambda state: state[TWIN]["state"].pop("c_prev"), "c_prev"),
    "its state is missing": (lambda state: state.pop(TWIN), "holds no state"),
    "its module is missing": (lambda state: state[TWIN]["state"].update(_esm="0123456789abcdef.js"), "could not"),
}


@pytest.mark.parametrize("what", DAMAGES)
def test_a_damaged_figure_says_so_and_leaves_the_other_alive(
    what: str, changed: Callable[..., Path], open_page: Open
) -> None:
    damage, word = DAMAGES[what]
    project = changed("backwards", with_twin(damage))
    page = open_page((project / "_build" / "html" / "book" / "backwards.html").as_uri())
    page.js("document.querySelectorAll('.lstm-view')[1].scrollIntoView()")
    second = "document.querySelectorAll('.lstm-view')[1].textContent"
    page.wait(f"{second}.length > 20")
    said = page.js(second)
    assert word in said, said
    assert 20 < len(said) < 250, said
    assert said.strip().endswith("."), said
    drive(Figure(page, "p + .lstm-view .lstm, .lstm-view .lstm"), forward_only=False)
    assert not page.seen()["errors"], page.seen()["errors"]


def test_a_page_whose_whole_state_is_damaged_says_so_in_its_figure(
    changed: Callable[..., Path], open_page: Open
) -> None:
    project = changed("backwards", lambda html: STATE.sub(r"\1{\"state\": {\3", html))
    page = open_page((project / "_build" / "html" / "book" / "backwards.html").as_uri())
    page.js("document.querySelector('.lstm-view').scrollIntoView()")
    page.wait("document.querySelector('.lstm-view').textContent.length > 20")
    assert "could not start" in page.js("document.querySelector('.lstm-view').textContent")
    assert not page.seen()["errors"], page.seen()["errors"]
