"""Every figure in five states, in both browsers, before and after it is touched.

Each is looked at wide and narrow, light and dark.
"""

import os
from typing import Any

import pytest

from lstm_edu.lab.mistakes import MISTAKES
from lstm_edu.widgets import Cell
from lstm_edu.widgets.time.numbers import LSTM
from tests.browser.bridge import Browser
from tests.browser.gallery import FIGURES, Gallery, View, axe, root, tried
from tests.browser.test_looks import CONTROLS, LOOKS
from tests.tree import ROOT

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("states")]

FAR: dict[str, Any] = dict(zip([*LSTM, "w_hx", "w_hh", "b_h", "y"], [10.0, -10.0] * 8, strict=True))
GIVEN = dict(
    x=10, w_ix=-10, w_fx=10, w_ox=10, w_gx=-10, c_prev=-10, y=-10, h_bar_next=10, c_bar_next=-10
)
STATES: dict[str, dict[str, dict[str, Any]]] = {
    "cell": {
        "first": {},
        "backwards": dict(backward=True),
        "extreme": dict(backward=True, **GIVEN),
        "zero": dict(backward=True, y=Cell().values["h"]),
    },
    "time": {
        "first": {},
        "backwards": dict(b_f=4.0, k=12, handles=["T", "b_f", "k"]),
        "extreme": FAR | dict(k=30, handles=["k"]),
        "zero": dict(w_ox=0.0, w_gx=0.0, w_hx=0.0, y=0.0),
    },
    "carousel": {
        "first": {},
        "backwards": dict(b_f=6.0, b_i=-6.0, b_o=-6.0),
        "extreme": dict(b_f=10.0, b_i=10.0, b_o=-10.0, T=1),
        "zero": dict(b_f=-10.0, b_o=-10.0),
    },
    "paths": {
        "first": {},
        "backwards": dict(T=3, of="h_0", to="L", grouped=True),
        "extreme": dict(
            w_ix=-10, w_fh=10, b_g=-10, c_0=10, xs=[10, -10, 10], of="w_fh", to="L", T=3, off=[0, 3]
        ),
        "zero": dict(w_ih=0, w_fh=0, w_oh=0, w_gh=0, of="h_0", to="h_2"),
    },
    "vcurve": {
        "first": {},
        "backwards": dict(mistake=next(iter(MISTAKES)), tolerance=-3.0),
        "extreme": dict(mistake=[*MISTAKES][-1], tolerance=-9.0, T=20),
        "zero": dict(
            mistake=next(iter(MISTAKES)), T=1, last_only=True, equal_biases=True, tolerance=0.0
        ),
    },
    "ripple": {
        "first": {},
        "backwards": dict(pinned="a", nudge=0.1, lock={"u": -2.1}),
        "extreme": dict(a=10.0, b=-10.0, pinned="v", nudge=1.0),
        "zero": dict(a=0.0, b=-1.0),
    },
}
BROKEN = dict(cell="x", time="b_f", carousel="b_f", paths="of", vcurve="T", ripple="a")
# what is done to every figure of a page at once: a prompt answered, the menu and all folds opened;
# then the table
TOUCH = """async (selectors) => {
    for (const selector of selectors) {
        document.querySelectorAll(selector).forEach((one) => one.click());
        await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    }
}"""
PROMPT = ["[data-action='try:0']", "[data-action='bet:0:0']"]
FEW = [(1280, "dark"), (390, "light")]
TOUCHED = {
    "": [],
    " touched": [
        *PROMPT,
        "[data-action=more]",
        ".fold:not([open]) summary",
        "[data-action=python]",
    ],
    " table": ["[data-action=table]", "[data-action=more]"],
}


@pytest.mark.parametrize(
    ("width", "theme"), [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")]
)
@pytest.mark.parametrize("kind", FIGURES)
def test_it_looks_right_in_every_state(
    kind: str, width: int, theme: str, gallery: Gallery, browser: Browser
) -> None:
    if browser.name != "chrome" and (width, theme) not in FEW and not os.environ.get("AUDIT"):
        pytest.skip(
            "in Firefox two of the four sights at every `make test`, and all in `make audit`"
        )
    views = [View(kind, traits | dict(prompts=[tried(kind)])) for traits in STATES[kind].values()]
    views.append(View(kind, damage={BROKEN[kind]: "<b>"}))
    page = gallery.open(browser, views, width, theme)
    names = [*STATES[kind], "damaged"]
    shots = ROOT / "_build" / "screenshots"
    shots.mkdir(parents=True, exist_ok=True)
    controls = page.js(CONTROLS, root(1))
    assert 0 < len(controls) <= 7, controls
    faults = []
    for touched, selectors in TOUCHED.items():
        page.js(TOUCH, selectors)
        if browser.name == "chrome":
            page.screenshot(
                shots / f"{kind}-{width}-{theme}-states{touched.replace(' ', '-')}.png", whole=True
            )
        for k, name in enumerate(names, 1):
            faults += [f"{name}{touched}: {fault}" for fault in page.js(LOOKS, root(k))]
        if touched:
            faults += [
                f"{touched} {fault}"
                for fault in axe(page, "main" if "touched" in touched else "#view-1")
            ]
        assert page.js("document.documentElement.scrollWidth") <= width, (
            f"{touched}: the page scrolls sideways"
        )
    faults += page.seen()["errors"]
    page.close()
    assert not faults, "\n".join(faults)
