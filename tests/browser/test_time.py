"""The figure through time in a real browser.

Its numbers, tasks by keyboard, drawing, sweep, training, looks.
Longer than 300 lines because one page of scripts, made once, serves all of them.
"""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest

from lstm_edu.widgets import Time
from lstm_edu.widgets.kit.prompts import prompt
from lstm_edu.widgets.time.numbers import LSTM
from tests.browser.bridge import Browser
from tests.browser.figure import FOCUSED, GO, Figure, Open, assert_clean
from tests.browser.test_host import PAGE, made
from tests.browser.test_looks import CONTROLS
from tests.widgets.test_time import FIRST, STATES, assert_shown

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("time")]

ROOTED = ".lstm-view .lstm"
Opened = Callable[..., Figure]
LIT = prompt(
    "Open the forget gate",
    dict(b_f=4.0),
    lambda a, b: b["c_bar_first"] > 1e9 * a["c_bar_first"],
    "Lit.",
    {
        "it lights": lambda a, b: b["c_bar_first"] > 0.01,
        "it stays dark": lambda a, b: b["c_bar_first"] < 0.01,
    },
)


@pytest.fixture(scope="module")
def site_of_one(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., str]:
    """A function that writes a page with these figures and gives the page's address.

    The scripts are made once for all pages.
    """
    folder = tmp_path_factory.mktemp("time")
    made(folder, [Time()])
    sheet = next((folder / "widgets").glob("*.css")).name
    stem = re.search(r'data-scripts="([^"]+)"', (folder / "page.html").read_text("utf-8"))
    assert stem

    def write(*figures: Time, width: int = 1280, theme: str = "light") -> str:
        states = [json.dumps(left(figure)).replace("<", "\\u003c") for figure in figures]
        views = "<p>Text.</p>".join(
            f'<div class="lstm-view" data-model="{figure.model_id}" data-kind="time" '
            f'data-scripts="{stem[1]}">'
            f'<script type="application/json">{state}</script></div>'
            for figure, state in zip(figures, states, strict=True)
        )
        text = PAGE.format(sheet=sheet, views=views).replace("width: 660px", "max-width: 660px")
        dark = "background: Canvas; color-scheme: dark" if theme == "dark" else ""
        margin = 20 if width < 500 else 40
        body = f'<html lang="en" data-theme="{theme}"><body style="margin: {margin}px; {dark}">'
        page = folder / f"{figures[0].model_id}.html"
        page.write_text(
            text.replace('<html lang="en">', body) + "<p>What comes after.</p>", "utf-8"
        )
        return page.as_uri()

    return write


def left(figure: Time) -> dict[str, Any]:
    """What the build leaves of a figure in its page."""
    return {
        name: v
        for name, v in figure.get_state().items()
        if name[0] != "_" and name not in ("layout", "tabbable", "tooltip")
    }


@pytest.fixture
def through(site_of_one: Callable[..., str], open_page: Open, browser: Browser) -> Opened:
    """A function that opens a page with nothing but this figure, with these traits."""

    def start(
        width: int = 1280, theme: str = "light", reduced: bool = False, **traits: Any
    ) -> Figure:
        address = site_of_one(Time(**traits), width=width, theme=theme)
        return Figure(open_page(address, browser=browser, width=width, reduced=reduced), ROOTED)

    return start


def number(figure: Figure, selector: str) -> float:
    return float(figure.page.js(f"document.querySelector({figure.at(selector)!r}).dataset.value"))


# Numbers

WALK = (
    f"""async ([root, states]) => {{
    {GO}
"""
    + """    const all = [];
    const frame = () => new Promise(requestAnimationFrame);
    for (const state of states) {
        const spell = ([name, v]) => `${name}:${encodeURIComponent(JSON.stringify(v))}`;
        const spelled = Object.entries(state).map(spell);
        await go(`time-1=${spelled.join(",")}`);
        await frame();
        await frame();
        const shown = [...document.querySelectorAll(`${root} .num`)];
        all.push(shown.map(({ dataset }) => ({ ...dataset })));
    }
    return all;
}"""
)


def test_200_random_states_are_those_of_numpy(through: Opened) -> None:
    figure = through(handles=["T", "b_f", "k"])
    count = 202
    changed = [
        {n: round(v, 4) if isinstance(v, float) else v for n, v in s.items() if n != "handles"}
        for s in STATES
    ]
    states = [s | dict(xs=[round(x, 3) for x in s["xs"]]) for s in changed[:count]]
    shown = figure.page.js(WALK, [figure.root, states])
    assert len(shown) == count
    for state, numbers in zip(states, shown, strict=True):
        assert len(numbers) > 25
        assert_shown(FIRST | state, numbers)
    assert_clean(figure.page)


# Five tasks by keyboard alone, from the figure's first control


class Keys:
    """A reader without a mouse, who counts what is pressed."""

    def __init__(self, figure: Figure) -> None:
        self.figure, self.count = figure, 0
        figure.focus("[data-action=losses]")

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


def test_keyboard_opens_the_forget_gate_and_lights_the_lane(through: Opened) -> None:
    figure = through()
    keys = Keys(figure).until("b_f").press(*["PageUp"] * 3)
    assert keys.count <= 12
    assert abs(number(figure, "[data-first=c_bar]")) > 1e-3
    said = figure.page.js(f"document.querySelector({figure.at('output.spoken')!r}).textContent")
    assert "back to 0.0" in said, "what has changed is announced"


def test_keyboard_reads_another_step(through: Opened) -> None:
    figure = through()
    keys = Keys(figure).until("t").press("ArrowLeft", "ArrowLeft")
    assert keys.count <= 12
    assert number(figure, "[data-bar=c_bar]") == pytest.approx(Time(t=38).values["c_bar"], rel=1e-9)


def test_keyboard_draws_an_input(through: Opened) -> None:
    figure = through()
    keys = Keys(figure).until("x").press("ArrowLeft", "ArrowUp", "ArrowUp")
    assert keys.count <= 12
    xs = [*FIRST["xs"][:38], FIRST["xs"][38] + 0.2, *FIRST["xs"][39:]]
    assert number(figure, "[data-bar=c_bar]") == pytest.approx(
        Time(xs=xs, t=39).values["c_bar"], rel=1e-9
    )


def test_keyboard_cuts_to_one_step(through: Opened) -> None:
    figure = through(handles=["k"])
    keys = Keys(figure).until("k").press("Home")
    assert keys.count <= 12
    assert number(figure, "[data-role=angle]") == pytest.approx(Time(k=1).values["angle"], rel=1e-6)
    assert number(figure, "[data-bar=c_bar]") == 0


def test_keyboard_asks_for_a_loss_at_every_step_and_resets(through: Opened) -> None:
    figure = through()
    keys = Keys(figure).press(" ")
    assert number(figure, "[data-bar=h_bar_loss]") == pytest.approx(
        Time(losses="every").values["h_bar_loss"]
    )
    keys.until("reset").press("Enter")
    assert keys.count <= 12
    assert number(figure, "[data-bar=h_bar_loss]") == 0


def test_the_table_is_reached_and_has_fifty_steps(through: Opened) -> None:
    figure = through()
    Keys(figure).until("more").press("Enter").until("table").press("Enter")
    rows = figure.page.js(f"document.querySelectorAll({figure.at('tr[data-step]')!r}).length")
    assert rows == 50 + len(LSTM) + 3


# The hand


def test_inputs_are_drawn_and_the_cut_is_dragged(through: Opened) -> None:
    figure = through(k=12)
    box = figure.page.box(figure.at(".strip"))
    at = [(box["x"] + box["width"] * (n + 0.5) / 50, box["y"] + 4.0) for n in (9, 14)]
    figure.page.call("mouse", steps=[["move", *at[0]], ["down"], ["move", *at[1]], ["up"]])
    figure.settle()
    figure.click("[data-action=more]")
    figure.click("[data-action=python]")
    code = figure.page.js(f"document.querySelector({figure.at('textarea')!r}).value")
    names: dict[str, Any] = {}
    exec(code, names)
    assert names["time"].xs[9:15] == [2.0] * 6 and names["time"].xs[15:] == FIRST["xs"][15:]
    figure.click("[data-action=more]")
    cut = figure.page.box(figure.at(".cut-handle"))
    x, y = cut["x"] + 4, cut["y"] + 12
    figure.page.call(
        "mouse", steps=[["move", x, y], ["down"], ["move", x - 5 * box["width"] / 50, y], ["up"]]
    )
    figure.settle()
    assert "K = 17" in figure.page.js(
        f"document.querySelector({figure.at('.cut-handle')!r}).textContent"
    )
    assert_clean(figure.page)


STEP = f"Number(document.querySelector('{ROOTED} input[data-input=t]').value)"


def test_a_sweep_runs_back_within_a_second_and_can_be_paused(through: Opened) -> None:
    figure = through()
    tiles = f"document.querySelector({figure.at('.figure .lane .plus')!r}).getAttribute('d').length"
    whole = figure.page.js(tiles)
    figure.click("[data-action=play]")
    figure.page.wait(f"{STEP} < 45")
    figure.click("[data-action=play]")
    rest = figure.page.js(STEP)
    assert 1 <= rest < 45
    if rest > 1:
        assert figure.page.js(tiles) < whole, "it has not come further yet"
        figure.click("[data-action=play]")
    figure.page.wait(f"{STEP} === 1")
    figure.settle()
    assert figure.page.js(tiles) == whole


def test_nothing_moves_by_itself_under_reduced_motion(through: Opened) -> None:
    figure = through(reduced=True)
    figure.click("[data-action=play]")
    assert figure.page.js(STEP) == 1
    assert figure.page.js("document.getAnimations().length") == 0


def test_a_prediction_comes_before_the_lane_lights(through: Opened) -> None:
    figure = through(prompts=[LIT])
    figure.click("[data-action='try:0']")
    assert abs(number(figure, "[data-first=c_bar]")) < 1e-10
    figure.click("[data-action='bet:0:0']")
    assert abs(number(figure, "[data-first=c_bar]")) > 0.01
    assert "Right." in figure.page.js(f"document.querySelector({figure.at('.told')!r}).textContent")


def test_both_models_are_trained_while_the_page_follows_the_hand(through: Opened) -> None:
    figure = through(training=True, T=4, t=2, b_f=1.0)
    figure.click("[data-action=train]")
    figure.page.js(
        "(window.frames = 0, (function on() { window.frames++; requestAnimationFrame(on); })())"
    )
    figure.click("[data-action='guess:2']")
    figure.focus("input[data-input=y], input[data-input=b_f]")
    figure.page.wait(f"document.querySelector({figure.at('.training [role=status] p')!r})", 600)
    said = figure.page.js(
        f"document.querySelector({figure.at('.training [role=status]')!r}).textContent"
    )
    assert "8 of 8 LSTMs" in said and "As you said." in said
    assert figure.page.js("window.frames") > 8, "the page was drawn while they learnt"
    assert (
        figure.page.js(f"document.querySelectorAll({figure.at('.curve path:not(.axis)')!r}).length")
        == 16
    )
    assert_clean(figure.page)


def test_a_figure_that_is_taken_away_stops_its_training(through: Opened) -> None:
    figure = through(training=True, T=30)
    figure.click("[data-action=train]")
    figure.click("[data-action='guess:0']")
    figure.click("[data-action=halt]")
    assert figure.page.js(f"document.querySelectorAll({figure.at('.curve')!r}).length") == 0


# First sight, and damage


@pytest.mark.parametrize("width", [1280, 390])
def test_its_first_sight_has_at_most_seven_controls(width: int, through: Opened) -> None:
    figure = through(width, training=True, prompts=[LIT])
    controls = [*figure.page.js(CONTROLS, figure.root), "x"]
    assert len(controls) <= 7, controls


AFTER = "document.querySelector('main').getBoundingClientRect().bottom"


@pytest.mark.parametrize("width", [1280, 390])
def test_a_drag_from_end_to_end_moves_nothing_outside(width: int, through: Opened) -> None:
    figure = through(width, handles=["T", "b_f", "k"], losses="every", k=7)
    before = figure.page.js(AFTER)
    for name in ("b_f", "t", "k", "T"):
        for end in ("Home", "End"):
            figure.focus(f"input[data-input={name}]")
            figure.press(end)
            assert figure.page.js(AFTER) == before, f"{name} at its {end}"


def test_a_damaged_figure_is_a_sentence(
    site_of_one: Callable[..., str],
    open_page: Open,
    browser: Browser,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    damaged = Time()
    monkeypatch.setattr(damaged, "get_state", lambda: dict(Time().get_state(), T="<b>"))
    page = open_page(site_of_one(damaged, Time(b_f=1.0)), browser=browser)
    page.js("dispatchEvent(new Event('beforeprint'))")
    page.wait("document.querySelector('.complaint')")
    assert "T is <b>. It must be a whole number" in page.js(
        "document.querySelector('.complaint').textContent"
    )
    page.wait("document.querySelector('[data-first]')")  # the other one lives


def test_an_attackers_link_leaves_the_figure_standing(through: Opened) -> None:
    figure = through()
    before = number(figure, "[data-first=c_bar]")
    for attack in (
        "T:0",
        "xs:[1]",
        'losses:"<b>"',
        "b_f:1e9",
        "T:%3Cimg%20src=x%20onerror=alert(1)%3E",
    ):
        figure.page.js("hash => { location.hash = hash; return 1; }", f"time-1={attack}")
        figure.settle()
        assert number(figure, "[data-first=c_bar]") == before, attack
    assert_clean(figure.page)
    assert json.dumps(figure.page.seen()["errors"]) == "[]"
