"""The figure through time in a real browser.

Its numbers, tasks by keyboard, drawing, sweep, training.
"""

from collections.abc import Callable
from typing import Any

import pytest

from lstm_edu.widgets import Time
from lstm_edu.widgets.time.numbers import LSTM
from tests.browser.bridge import Page
from tests.browser.figure import WALK, Figure, Keys, assert_clean
from tests.browser.gallery import View, root
from tests.widgets.test_time import FIRST, STATES, assert_shown

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("time")]

Opened = Callable[..., Figure]


@pytest.fixture
def through(opened: Callable[..., Page]) -> Opened:
    """A function that opens a page with nothing but this figure, with these traits."""

    def start(width: int = 1280, reduced: bool = False, **traits: Any) -> Figure:
        return Figure(opened([View("time", traits)], width=width, reduced=reduced), root(1))

    return start


def number(figure: Figure, selector: str) -> float:
    return float(figure.page.js(f"document.querySelector({figure.at(selector)!r}).dataset.value"))


# Numbers

READ = "root => [...document.querySelectorAll(`${root} .num`)].map(one => ({ ...one.dataset }))"


def test_200_random_states_are_those_of_numpy(through: Opened) -> None:
    figure = through(handles=["T", "b_f", "k"])
    count = 202
    changed = [
        {n: round(v, 4) if isinstance(v, float) else v for n, v in s.items() if n != "handles"}
        for s in STATES
    ]
    states = [s | dict(xs=[round(x, 3) for x in s["xs"]]) for s in changed[:count]]
    shown = figure.page.js(WALK, [figure.root, "time-1", states, READ])
    assert len(shown) == count
    for state, numbers in zip(states, shown, strict=True):
        assert len(numbers) > 25
        assert_shown(FIRST | state, numbers)
    assert_clean(figure.page)


# Five tasks by keyboard alone, from the figure's first control


FIRST_CONTROL = "[data-action=losses]"


def test_keyboard_opens_the_forget_gate_and_lights_the_lane(through: Opened) -> None:
    figure = through()
    keys = Keys(figure, FIRST_CONTROL).until("b_f").press(*["PageUp"] * 3)
    assert keys.count <= 12
    assert abs(number(figure, "[data-first=c_bar]")) > 1e-3
    said = figure.text("output.aloud")
    assert "back to +0.0" in said, "what has changed is announced"


def test_keyboard_reads_another_step(through: Opened) -> None:
    figure = through()
    keys = Keys(figure, FIRST_CONTROL).until("t").press("ArrowLeft", "ArrowLeft")
    assert keys.count <= 12
    assert number(figure, "[data-bar=c_bar]") == pytest.approx(Time(t=38).values["c_bar"], rel=1e-9)


def test_keyboard_draws_an_input(through: Opened) -> None:
    figure = through()
    keys = Keys(figure, FIRST_CONTROL).until("x").press("ArrowLeft", "ArrowUp", "ArrowUp")
    assert keys.count <= 12
    xs = [*FIRST["xs"][:38], FIRST["xs"][38] + 0.2, *FIRST["xs"][39:]]
    assert number(figure, "[data-bar=c_bar]") == pytest.approx(
        Time(xs=xs, t=39).values["c_bar"], rel=1e-9
    )


def test_keyboard_cuts_to_one_step(through: Opened) -> None:
    figure = through(handles=["k"])
    keys = Keys(figure, FIRST_CONTROL).until("k").press("Home")
    assert keys.count <= 12
    assert number(figure, "[data-role=angle]") == pytest.approx(Time(k=1).values["angle"], rel=1e-6)
    assert number(figure, "[data-bar=c_bar]") == 0


def test_keyboard_asks_for_a_loss_at_every_step_and_resets(through: Opened) -> None:
    figure = through()
    keys = Keys(figure, FIRST_CONTROL).press(" ")
    assert number(figure, "[data-bar=h_bar_loss]") == pytest.approx(
        Time(losses="every").values["h_bar_loss"]
    )
    keys.until("reset").press("Enter")
    assert keys.count <= 12
    assert number(figure, "[data-bar=h_bar_loss]") == 0


def test_the_table_is_reached_and_has_fifty_steps(through: Opened) -> None:
    figure = through()
    Keys(figure, FIRST_CONTROL).until("more").press("Enter").until("table").press("Enter")
    rows = figure.count("tr[data-step]")
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
    assert "K = 17" in figure.text(".cut-handle")
    assert_clean(figure.page)


STEP = f"Number(document.querySelector('{root(1)} input[data-input=t]').value)"


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


def test_both_models_are_trained_while_the_page_follows_the_hand(through: Opened) -> None:
    figure = through(training=True, T=4, t=2, b_f=1.0)
    figure.click("[data-action=train]")
    figure.page.js(
        "(window.frames = 0, (function on() { window.frames++; requestAnimationFrame(on); })())"
    )
    figure.click("[data-action='guess:2']")
    figure.focus("input[data-input=y], input[data-input=b_f]")
    figure.page.wait(f"document.querySelector({figure.at('.training [role=status] p')!r})", 600)
    said = figure.text(".training [role=status]")
    assert "8 of 8 LSTMs" in said and "As you said." in said
    assert figure.page.js("window.frames") > 8, "the page was drawn while they learnt"
    assert figure.count(".curve path:not(.axis)") == 16
    assert_clean(figure.page)


def test_a_figure_that_is_taken_away_stops_its_training(through: Opened) -> None:
    figure = through(training=True, T=30)
    figure.click("[data-action=train]")
    figure.click("[data-action='guess:0']")
    figure.click("[data-action=halt]")
    assert figure.count(".curve") == 0
