"""The carousel and the V curve in real browsers.

Every number, how they look, and five tasks by keyboard alone for each.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from lstm_edu.lab.mistakes import MISTAKES
from lstm_edu.widgets import Carousel, VCurve
from tests.browser.bridge import Browser, Page
from tests.browser.figure import Figure, Open, assert_clean

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("plots")]

PAGES = {"carousel": "carousel", "vcurve": "trust"}  # the figure's class and its chapter
SHOW = """async kind => {
    for (let k = 0; k < 20000 && !document.querySelector(`.${kind}`); k++) {
        scrollBy(0, 500);
        if (scrollY + innerHeight >= document.documentElement.scrollHeight - 2) scrollTo(0, 0);
        await new Promise(done => setTimeout(done, 60));
    }
    const view = document.querySelector(`.widget.${kind}`).closest(".lstm-view");
    view.id = `plot-on-trial-${kind}`;
    view.scrollIntoView({ block: "start", behavior: "instant" });
}"""
# puts the numbers of a state in by hand and reads what is then shown, state after state
DRIVE = """async ([root, states]) => {
    const frame = () => new Promise(requestAnimationFrame);
    const one = selector => document.querySelector(`${root} ${selector}`);
    const shown = `${root} [data-of], ${root} [data-bar]`;
    const number = ({ dataset }) => [dataset.of ?? dataset.bar, Number(dataset.value)];
    const read = () => Object.fromEntries([...document.querySelectorAll(shown)].map(number));
    const found = [];
    for (const state of states) {
        for (const [name, value] of Object.entries(state)) {
            const input = one(`[data-input="${name}"]`);
            if (input) {
                input.value = value;
                input.dispatchEvent(new Event("input", { bubbles: true }));
            } else {
                const toggle = one(`[data-action="${name}"]`);
                if (toggle.checked !== value) toggle.click();
            }
        }
        await frame();
        await frame();
        const spilt = [...document.querySelectorAll(`${root} :is(.verdict, .wrong, .price p)`)]
            .filter((one) => one.scrollHeight > one.clientHeight + 1)
            .map(({ textContent }) => textContent);
        found.push({ ...read(), spilt, height: one(".widget").getBoundingClientRect().height });
    }
    return found;
}"""


class Plot(Figure):
    """One of the two figures on its chapter's page."""

    def __init__(self, page: Page, kind: str) -> None:
        page.js(SHOW, kind)
        super().__init__(page, f"#plot-on-trial-{kind} .lstm")

    def walk(self, start: str, keys: str) -> None:
        """Give `start` the focus, then press these keys, at most twelve.

        "Shift+Tab" is one press, "Space" a blank.
        """
        pressed = keys.split()
        assert len(pressed) <= 12
        self.focus(start)
        for key in pressed:
            self.press(*key.replace("Space", " ").split("+"))


@pytest.fixture
def plot(open_page: Open, site: Any, browser: Browser) -> Callable[..., Plot]:
    """A function that opens the chapter of a figure, in each browser, and gives the figure."""
    address = f"{site.as_uri()}/book/{{}}.html"
    return lambda kind, **media: Plot(
        open_page(address.format(PAGES[kind]), browser=browser, **media), kind
    )


def states(kind: str, count: int) -> list[dict[str, Any]]:
    """Settings drawn at random, as the sliders can take them."""
    rng = np.random.default_rng(11)
    if kind == "carousel":
        drawn = [[*rng.integers(-60, 61, 3) / 10, int(rng.integers(1, 101))] for _ in range(count)]
        return [dict(zip(("b_f", "b_i", "b_o", "T"), one, strict=True)) for one in drawn]
    return [
        dict(mistake=int(rng.integers(-1, 9)), tolerance=float(rng.integers(-36, 1) / 4),
             T=int(rng.choice([1, 2, 5, 10])),
             last_only=bool(rng.random() < 0.5), equal_biases=bool(rng.random() < 0.5))
        for _ in range(count)
    ]  # fmt: skip


def numpy_says(widget: Any, state: dict[str, Any]) -> dict[str, float]:
    """The numbers that the figure shows at this state."""
    name = ["", *MISTAKES][state.get("mistake", -1) + 1]
    for trait, value in (state | (dict(mistake=name) if "mistake" in state else {})).items():
        setattr(widget, trait, value)
    values = widget.values
    if isinstance(widget, VCurve):
        floor = dict(floor=values["floor"]) if name else {}
        return dict(passes=values["passes"], allowed=10 ** state["tolerance"], **floor)
    names = [
        "truth",
        "product",
        *(f"{k}_{which}" for k in "fio" for which in ("low", "mean", "high")),
    ]
    return {name: values[name] for name in [*names, *(name for name in values if name[0] == "w")]}


@pytest.mark.parametrize("kind", PAGES)
def test_every_number_in_the_browser_is_numpys(kind: str, plot: Any) -> None:
    one = plot(kind)
    drawn = states(kind, 200)
    found = one.page.js(DRIVE, [one.root, drawn])
    widget = Carousel() if kind == "carousel" else VCurve()
    for state, shown in zip(drawn, found, strict=True):
        for name, wanted in numpy_says(widget, state).items():
            allowed = min(1e-12 * max(1, abs(wanted)), 1e-6 * abs(wanted))
            # a floor of 0, found by subtracting what is equal
            if kind == "vcurve" and abs(wanted) < 1e-12:
                allowed = 1e-12
            assert abs(shown[name] - wanted) <= allowed, (
                f"{name} at {state}: {shown[name]}, NumPy {wanted}"
            )
    assert not [words for shown in found for words in shown["spilt"]], (
        "words that need more room than they have"
    )
    assert len({shown["height"] for shown in found}) == 1, (
        "a slider that is dragged moves what stands below the figure"
    )
    assert_clean(one.page)


# Five tasks each, by keyboard alone, from where the task begins


def test_keys_open_the_forget_gate(plot: Any) -> None:
    one = plot("carousel")
    one.walk(".more summary", "Tab End")
    assert one.value("b_f") == "6" and "0.99" in one.text(".held-by")


def test_keys_close_the_gulf(plot: Any) -> None:
    one = plot("carousel")
    one.walk("[data-input=T]", "Tab Tab Enter")
    assert "within 1 %" in one.text(".verdict")


def test_keys_shorten_the_run(plot: Any) -> None:
    one = plot("carousel")
    one.walk("[data-input=b_f]", "Tab Tab Tab Home")
    assert one.value("T") == "1" and one.count(".within") == 1


def test_keys_read_the_table_of_the_carousel(plot: Any) -> None:
    one = plot("carousel")
    one.walk(".more summary", "Enter Tab Enter")
    assert one.count(".tabular tbody tr") == 101 + 12 and one.count("svg") == 0


def test_keys_reset_the_carousel(plot: Any) -> None:
    one = plot("carousel")
    one.walk("[data-input=b_f]", "End Shift+Tab Shift+Tab Enter")
    assert one.value("b_f") == "0" and "13.8" in one.text(".verdict")


def test_keys_choose_a_mistake(plot: Any) -> None:
    one = plot("vcurve")
    one.walk("[data-input=mistake]", "ArrowDown ArrowDown")
    assert "its floor" in one.text(".figure") and "is caught" in one.text(".verdict")


def test_keys_tighten_the_tolerance(plot: Any) -> None:
    one = plot("vcurve")
    one.walk("[data-input=tolerance]", "ArrowDown ArrowDown ArrowDown ArrowDown")
    assert one.value("tolerance") == "-2" and "none of the 9" in one.text(".verdict")


def test_keys_put_the_loss_at_the_last_step(plot: Any) -> None:
    one = plot("vcurve")
    one.walk("[data-input=tolerance]", "ArrowDown ArrowDown ArrowDown ArrowDown Tab Tab Space")
    assert "tanh′ of tanh c" in one.text(".verdict") and "1 of the 9" in one.text(".verdict")


def test_keys_check_a_single_step(plot: Any) -> None:
    one = plot("vcurve")
    one.walk("[data-input=tolerance]", "Home Tab Home")
    assert "6 of the 9" in one.text(".verdict")


def test_keys_predict_before_they_see(plot: Any) -> None:
    one = plot("vcurve")
    one.walk("[data-action='try:2']", "Enter")
    assert "of the 9" in one.text(".verdict") and "0.01" not in one.text(".verdict"), (
        "nothing moves before the answer"
    )
    one.walk("[data-action='try:2']", "Tab Tab Tab Enter")
    assert "At 0.01" in one.text(".verdict") and one.text(".told p").startswith(
        ("Right.", "Not so.")
    )


def test_the_line_is_dragged_by_hand(plot: Any) -> None:
    one = plot("vcurve")
    box = one.page.box(one.at("input.tall"))
    x, low, high = (
        box["x"] + box["width"] / 2,
        box["y"] + box["height"] * 0.9,
        box["y"] + 9 + (box["height"] - 18) / 9,
    )
    one.page.call(
        "mouse",
        steps=[
            ["move", x, high],
            ["down"],
            ["move", x, (low + high) / 2],
            ["move", x, low],
            ["up"],
        ],
    )
    one.settle()
    assert -9 < float(one.value("tolerance")) < -7
    thumb = one.page.js("s => document.querySelector(s).getBBox().y", one.at(".allowed"))
    edge = (
        box["y"]
        - one.page.js("s => document.querySelector(s).getBoundingClientRect().y", one.at(".figure"))
        + 9
    )
    share = -float(one.value("tolerance")) / 9
    assert abs(thumb - (edge + share * (box["height"] - 18))) < 1.5, (
        "the line lies at the slider's thumb"
    )
