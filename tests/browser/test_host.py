"""Several figures on one page: alive, damaged and printed.

Where there is no JavaScript they stand still.
"""

import gzip
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from lstm_edu.widgets import Answer, Cell
from lstm_edu.widgets.kit import base
from tests.browser.bridge import Browser, Page
from tests.browser.figure import Figure, Open, assert_clean, drive
from tests.ext.test_extensions import host

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("pages")]

PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Figures</title>
<link rel="stylesheet" href="widgets/{sheet}">
<script defer src="widgets/host.js"></script>
<main style="width: 660px">{views}</main>
"""
Known = dict[str, tuple[str, dict[str, Any]]]
Change = Callable[[str], str]
ALIVE = "[...document.querySelectorAll('.lstm-view')].map(view => view.dataset.alive ?? '')"
GAP = '<p style="height: 4000px">Text between the figures.</p>'


def made(
    folder: Path, figures: list[base.Widget], change: Change = str, between: str = "<p>Text.</p>"
) -> str:
    """The address of a page with these figures.

    They are put there as the site's build does it, then changed.
    """
    esms = {figure.model_id: {"state": figure.get_state()} for figure in figures}
    known = host.models({"body": json.dumps({"state": esms}, default=lambda _: None)})
    page = host.Host()
    page.write(folder / "widgets", known)
    views = between.join(page.view(figure.model_id, known) for figure in figures)
    (folder / "page.html").write_text(change(PAGE.format(sheet=page.sheet, views=views)), "utf-8")
    return (folder / "page.html").as_uri()


def alive(page: Page, count: int) -> None:
    page.wait(f"{ALIVE}.filter(alive => alive === 'true').length === {count}")


def test_eight_figures_live_on_one_page_and_fetch_each_script_once(
    tmp_path: Path, open_page: Open, browser: Browser
) -> None:
    figures = [Cell(x=k / 10) for k in range(6)] + [Answer("c_bar"), Answer("f_bar")]
    page = open_page(made(tmp_path, figures, between=""), browser=browser)
    page.js("[...document.querySelectorAll('.lstm-view')].at(-1).scrollIntoView()")
    page.js("dispatchEvent(new Event('beforeprint'))")
    alive(page, 8)
    inputs = "[...document.querySelectorAll('.lstm-view input[data-input=x]')]"
    shown = f"{inputs}.map(input => Number(input.value))"
    assert page.js(shown) == [k / 10 for k in range(6)]
    asked = [url for url in page.seen()["requests"] if url.endswith(".js")]
    assert (
        len(asked)
        == len({*asked})
        == len({f for f in (tmp_path / "widgets").glob("*.js") if f.as_uri() in asked})
    )
    html = (tmp_path / "page.html").read_text("utf-8")
    assert "export default" not in html
    assert "const " not in re.sub(r"<noscript>.*?</noscript>", "", html, flags=re.S)
    assert_clean(page)


def test_two_views_of_one_model_stay_in_step(
    tmp_path: Path, open_page: Open, browser: Browser
) -> None:
    cell = Cell(backward=True)
    page = open_page(made(tmp_path, [cell, cell], between=""), browser=browser)
    page.js("dispatchEvent(new Event('beforeprint'))")
    alive(page, 2)
    first, second = (Figure(page, f".lstm-view:nth-of-type({k}) .lstm") for k in (1, 2))
    before = second.numbers()
    first.focus('input[data-input="x"]')
    first.press("ArrowRight")
    assert first.numbers() == second.numbers() != before
    ids = page.js(
        "[...document.querySelectorAll('.lstm-view')]"
        ".map(v => [...v.querySelectorAll('[id]')].map(e => e.id))"
    )
    assert len(ids[0]) > 20 and not {*ids[0]} & {*ids[1]}
    assert_clean(page)


def second_state(change: Callable[[str], str]) -> Change:
    """A change of the state of the second view of a page."""

    def changed(html: str) -> str:
        parts = re.split(r'(<script type="application/json">.*?</script>)', html)
        return "".join([*parts[:3], change(parts[3]), *parts[4:]])

    return changed


def second_view(old: str, new: str) -> Change:
    """A change of the mark-up of the second view of a page."""

    def changed(html: str) -> str:
        first, second, third = re.split(r'(?=<div class="lstm-view")', html)[1:]
        assert re.search(old, second)
        return html.replace(
            first + second + third, first + re.sub(old, new, second, count=1) + third
        )

    return changed


def as_third(html: str) -> str:
    """The second view with the scripts of the third, and so with a state that they cannot draw."""
    kinds = re.findall(r'data-kind=".*?" data-scripts=".*?"', html)
    return second_view(kinds[1], kinds[2])(html)


DAMAGES = {
    "its state is no JSON": (
        second_state(lambda state: state.replace('"x":', '"x"')),
        "state cannot be read",
    ),
    "its state is missing": (second_state(lambda state: ""), "holds no state for it"),
    "a number is infinite": (
        second_state(lambda s: re.sub(r'"w_ix": [^,]*', '"w_ix": 1e999', s)),
        "w_ix",
    ),
    "a number is a word": (
        second_state(lambda s: re.sub(r'"x": [^,]*', '"x": "much"', s)),
        "x is much",
    ),
    "a number is missing": (second_state(lambda s: re.sub(r'"c_prev": [^,]*, ', "", s)), "c_prev"),
    "its drawing throws": (as_third, "undefined"),
    "it names no scripts": (
        second_view('data-scripts="[^"]*"', 'data-scripts=""'),
        "holds no module",
    ),
    "a script is missing": (
        second_view('data-scripts="', 'data-scripts="none-1 '),
        "none-1.js could not be loaded",
    ),
    "it is a kernel's": (second_view('data-kind.*?data-scripts="[^"]*"', ""), "no module"),
}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page with two cells and a box, none damaged; its scripts are made once."""
    folder = tmp_path_factory.mktemp("whole")
    made(folder, [Cell(backward=True), Cell(), Answer("c_bar")])
    return folder / "page.html"


@pytest.mark.parametrize("what", DAMAGES)
def test_a_damaged_figure_says_so_and_leaves_the_others_alive(
    what: str, whole: Path, open_page: Open, browser: Browser
) -> None:
    change, word = DAMAGES[what]
    damaged = whole.with_name("damaged.html")
    damaged.write_text(change(whole.read_text("utf-8")), "utf-8")
    page = open_page(damaged.as_uri(), browser=browser)
    page.wait(f"{ALIVE}.every(Boolean)")
    said = page.js(
        "document.querySelectorAll('.lstm-view')[1].querySelector('.complaint').textContent"
    )
    assert word in said, said
    assert 20 < len(said) < 250, said
    assert said.strip().endswith("."), said
    assert page.js(ALIVE)[::2] == ["true", "true"]
    drive(Figure(page), forward_only=False)
    assert not page.seen()["errors"], page.seen()["errors"]


def test_a_figure_far_down_starts_when_the_reader_comes_near_and_printing_starts_all(
    tmp_path: Path, open_page: Open, browser: Browser
) -> None:
    page = open_page(made(tmp_path, [Cell(), Cell(), Cell()], between=GAP), browser=browser)
    alive(page, 1)
    page.js("new Promise(done => setTimeout(done, 300))")
    assert page.js(ALIVE) == ["true", "", ""]
    page.js("document.querySelectorAll('.lstm-view')[1].scrollIntoView()")
    alive(page, 2)
    # a browser waits for no promise before it prints
    assert page.js(f"dispatchEvent(new Event('beforeprint')) && {ALIVE}") == [
        "true",
        "true",
        "true",
    ]
    assert_clean(page)


def test_a_figure_printed_before_its_scripts_are_there_is_its_still_picture(
    tmp_path: Path, open_page: Open
) -> None:
    late = second_view('data-scripts="', 'data-scripts="none-1 ')
    page = open_page(made(tmp_path, [Cell(), Cell(backward=True), Cell()], late, GAP))
    alive(page, 1)
    second = "document.querySelectorAll('.lstm-view')[1]"
    numbers = f"{second}.querySelectorAll('fieldset [data-value]').length"
    assert page.js(numbers) == 0
    assert page.js(f"dispatchEvent(new Event('beforeprint')) && {numbers}") > 40


def test_without_javascript_every_figure_stands_still_with_its_numbers(
    tmp_path: Path, open_page: Open
) -> None:
    address = made(tmp_path, [Cell(backward=True), Answer("c_bar")])
    page = open_page()
    page.call("scripts", on=False)
    page.goto(address)
    still = page.js(
        "[...document.querySelectorAll('noscript')].map(e => [e.offsetHeight, e.innerText])"
    )
    (cell_height, cell), (answer_height, answer) = still
    assert "This figure moves with JavaScript on; here it stands still." in cell
    assert "This box checks an answer with JavaScript on; here it stands still." in answer
    assert cell_height > 300 and answer_height > 50
    shown = page.js(
        "[...document.querySelectorAll('noscript [data-value]')].map(e => Number(e.dataset.value))"
    )
    values = Cell(backward=True).values
    for name in ("f", "c_bar", "h"):
        assert any(abs(number - values[name]) < 1e-12 for number in shown), name
    still = "[...document.querySelectorAll('noscript input, noscript button')]"
    assert page.js(f"{still}.every(e => e.matches(':disabled'))")


def test_all_scripts_and_styles_together_are_small(tmp_path: Path) -> None:
    host.Host().write(tmp_path, {})
    files = {file.name: file.read_bytes() for file in sorted(tmp_path.iterdir())}
    sizes = {name: len(gzip.compress(text, 9)) for name, text in files.items()}
    [answer] = [name for name in sizes if name.startswith("answer-")]
    assert sizes[answer] <= 26_000, f"the answer box alone has {sizes[answer]} bytes"
    later = [name for name in sizes if name.startswith(("foreign-", "save-"))]
    assert len(later) == 2 and all(sizes[name] <= 10_000 for name in later), (
        "what is asked for later"
    )
    at_once = [name for name in sizes if name not in (answer, *later)]
    each = sum(sizes[name] for name in at_once)
    assert each <= 67_000, f"{each} bytes, each compressed: {sizes}"
    together = len(gzip.compress(b"".join(files[name] for name in at_once), 9))
    assert together <= 62_700, f"{together} bytes, compressed as one: {sizes}"
