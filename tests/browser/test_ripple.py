"""The graph of pushes alone on a page.

Its numbers in many states, and five tasks by keyboard alone.
"""

from collections.abc import Callable, Iterator

import numpy as np
import pytest

from lstm_edu.lab import pushes
from lstm_edu.widgets import Ripple
from tests.browser.bridge import Browser, Page
from tests.browser.figure import FOCUSED, READ, WALK, assert_clean, settle
from tests.browser.gallery import Gallery, View, root, tried

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("states")]

HELD: list[list[str]] = [[], [], ["u"], ["v"], ["a"], ["u", "b"]]
SHARES = f"""root => {{
    const found = [...document.querySelectorAll(`${{root}} [data-share]`)];
    const share = ({{ dataset }}) => [dataset.share, Number(dataset.value)];
    return {{ ...({READ})(root), shares: Object.fromEntries(found.map(share)) }};
}}"""


@pytest.fixture
def page(gallery: Gallery, browser: Browser) -> Iterator[Page]:
    """A page with this figure alone, and a prediction to be made."""
    opened = gallery.open(browser, [View("ripple", dict(prompts=[tried("ripple")]))])
    yield opened
    assert_clean(opened)
    opened.close()


def test_200_random_states_are_those_of_python_and_parts_add_up(page: Page) -> None:
    rng = np.random.default_rng(9)
    states = [
        dict(a=round(a, 3), b=round(b, 3), lock={name: 0.3 for name in HELD[k % 6]})
        for k, (a, b) in enumerate(rng.uniform(-3, 3, (200, 2)).tolist())
    ]
    for state, shown in zip(
        states, page.js(WALK, [root(1), "ripple-1", states, SHARES]), strict=True
    ):
        values = Ripple(**state).values
        parts = dict(v=[values["u"], values["a"]], a_bar=list(shown["shares"].values()))
        assert len(shown["values"]) == 5 and len(shown["bars"]) >= 4, shown
        for name, number in (shown["values"] | shown["bars"]).items():
            scale = max([abs(values[name]), *map(abs, parts.get(name, []))])
            assert abs(number - values[name]) <= 1e-6 * scale, (
                f"{name} at {state}: {number}, Python {values[name]}"
            )
            assert abs(number - values[name]) <= 1e-12 * max(map(abs, values.values())), name
        assert sum(shown["shares"].values()) == pytest.approx(shown["bars"]["a_bar"], abs=1e-13)


# Five tasks, each from the figure's first control: `a` reads, is pushed, `u` is held, a prediction
# is made, reset


def said(page: Page, selector: str) -> str:
    return page.js("s => document.querySelector(s)?.textContent ?? ''", f"{root(1)} {selector}")


def at_a(page: Page) -> list[str]:
    """The keys that lead from the first control to the value a."""
    page.js("s => document.querySelector(s).focus()", f"{root(1)} summary")
    return ["Tab"]


def reads_a_bar(page: Page) -> tuple[list[str], Callable[[], bool]]:
    bar = Ripple().values["a_bar"]
    return at_a(
        page
    ), lambda: f"{abs(bar):.3g}"[:4] in page.js("document.activeElement.textContent")


def pushes_a(page: Page) -> tuple[list[str], Callable[[], bool]]:
    moved = pushes.values(nudge={"a": 0.1})["L"] - pushes.values()["L"]
    change = f"Number(document.querySelector('{root(1)} [data-role=change]')?.dataset.value)"
    return [
        *at_a(page),
        "Enter",
        "until push-up",
        "Enter",
    ], lambda: abs((page.js(change) or 9) - moved) < 1e-12


def holds_u(page: Page) -> tuple[list[str], Callable[[], bool]]:
    held = f"document.querySelectorAll('{root(1)} [data-name=u] .padlock').length"
    return [*at_a(page), "ArrowRight", "Enter", "until lock", "Enter"], lambda: page.js(held) == 1


def predicts(page: Page) -> tuple[list[str], Callable[[], bool]]:
    return [
        *at_a(page),
        "until try:0",
        "Enter",
        "until bet:0:0",
        "Enter",
    ], lambda: "Right." in said(page, ".told")


def resets(page: Page) -> tuple[list[str], Callable[[], bool]]:
    page.js("hash => { location.hash = hash; return 1; }", "ripple-1=a:2")
    settle(page)
    page.js("s => document.querySelector(s).focus()", f"{root(1)} [data-action=reset]")
    return [
        "Enter"
    ], lambda: not said(page, "[data-action=reset]") and "1.50" in said(page, "[data-name=a]")


TASKS = [reads_a_bar, pushes_a, holds_u, predicts, resets]


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.__name__)
def test_a_task_takes_at_most_twelve_presses(task: Callable, page: Page) -> None:
    keys, done = task(page)
    assert not done(), "it was done before it began"
    count = 0
    for key in keys:
        while key.startswith("until ") and page.js(FOCUSED, root(1))[0] != key[6:] and count < 13:
            count += press(page, "Tab")
        if not key.startswith("until "):
            count += press(page, key)
    assert done(), page.js(FOCUSED, root(1))
    assert count <= 12


def press(page: Page, key: str) -> int:
    page.press(key)
    settle(page)
    name, inside, look = page.js(FOCUSED, root(1))
    assert inside and look, f"the focus on {name} is not seen"
    return 1
