"""The widgets' pure functions, run by node.

What they are asked, and all their answers, once per test process.
"""

from functools import cache
from html.parser import HTMLParser
from typing import Any

import numpy as np

from lstm_edu.models.cell import EXAMPLE
from tests.node import ask, ask_each

FIRST = EXAMPLE | dict(backward=False, forward_only=False, pinned="", lock={}, nudge=0.0)
BACK = FIRST | dict(backward=True)


def random_states(count: int) -> list[dict[str, Any]]:
    rng = np.random.default_rng(4)
    return [BACK | {name: float(rng.uniform(-2, 2)) for name in EXAMPLE} for _ in range(count)]


STATES = [BACK, *random_states(200)]


def assert_close(shown: dict[str, float], wanted: dict[str, float]) -> None:
    """Assert that numbers are those of NumPy.

    They are so to 1e-12 of the largest, and to 6 digits of themselves.
    A sum that cancels is held to 6 digits of its largest part. Where a gate is shut for good, |z|
    or |c| above 8, only the first holds: 1 − g² has then lost its digits in NumPy as well.
    """
    scale = max(abs(value) for value in wanted.values())
    sane = all(abs(wanted[name]) <= 8 for name in ("z_i", "z_f", "z_o", "z_g", "c"))
    for name, number in shown.items():
        value = wanted[name]
        bound = 1e-12 * max(1, scale)
        if sane:
            bound = min(
                bound, 1e-6 * max([abs(value), *(abs(part) for part in parts(name, wanted))])
            )
        assert abs(number - value) <= bound, f"{name}: shown {number!r}, NumPy {value!r}"


def parts(name: str, v: dict[str, float]) -> list[float]:
    """What a sum is the sum of."""
    if name.startswith("z_") and len(name) == 3:
        return [v[f"w_{name[2]}x"] * v["x"], v[f"w_{name[2]}h"] * v["h_prev"], v[f"b_{name[2]}"]]
    if name in ("x_bar", "h_bar_prev"):
        return [v[f"z_{k}_bar"] * v[f"w_{k}{'x' if name == 'x_bar' else 'h'}"] for k in "ifog"]
    return {
        "c": [v["f"] * v["c_prev"], v["i"] * v["g"]],
        "h_bar_loss": [v["h"], v["y"]],
        "h_bar": [v["h"], v["y"], v["h_bar_next"]],
        "c_bar": [v["h_bar"] * v["o"] * (1 - np.tanh(v["c"]) ** 2), v["c_bar_next"]],
    }.get(name, [])


HELD = [
    state | dict(lock={name: 0.3 for name in names})
    for state, names in zip(
        random_states(12),
        [
            ["c"],
            ["h"],
            ["z_i"],
            ["f", "i"],
            ["x"],
            ["o"],
            ["c", "h_prev"],
            ["L"],
            ["w_ix"],
            ["g", "z_o"],
            [],
            ["y"],
        ],
        strict=True,
    )
]
VIEWS = {
    "first": (FIRST, {}),
    "back": (BACK, {}),
    "forward only": (FIRST | dict(forward_only=True, backward=True), {}),
    "pinned": (BACK | dict(pinned="c"), {}),
    "pushed": (BACK | dict(pinned="i", nudge=0.1), {}),
    "held": (BACK | dict(pinned="f", lock={"c": -0.26}), {}),
    "table": (BACK, {"table": True}),
    "narrow": (BACK, {"width": 350}),
    "first line of c": (BACK | dict(pinned="c"), {"tab": "steps"}),
    "second line of c": (
        BACK | dict(pinned="c"),
        {"tab": "steps", "line": 1, "digits": True, "factor": "h"},
    ),
    "all paths of h_prev": (BACK | dict(pinned="h_prev"), {"tab": "paths"}),
    "one path of h_prev": (BACK | dict(pinned="h_prev"), {"tab": "paths", "path": 2}),
    "zero": (BACK | dict(w_gx=0.0, w_gh=0.0, b_g=0.0, c_prev=0.0, y=0.0), {}),
    "pointed at": (BACK, {"hover": "x"}),
    "unknown names": (BACK | dict(pinned="__proto__", lock={"constructor": 1.0}), {"hover": ""}),
    "no lock": (BACK | dict(lock=None), {}),
}
GESTURES = {
    "slide x": (FIRST, [["input", "x", 0.7]]),
    "close f": (FIRST, [["input", "f", 0.01]]),
    "drag g": (FIRST, [["grip", "g"], ["drag", "g", -0.7, 0.5]]),
    "beyond the limit": (FIRST | dict(w_ix=10.0, x=10.0), [["input", "i", 0.5]]),
    "push": (
        BACK,
        [["pin", "i"], ["button", "push-up"], ["button", "push-up"], ["button", "push-down"]],
    ),
    "lock": (BACK | dict(pinned="c"), [["button", "lock"]]),
    "unlock": (BACK | dict(pinned="c", lock={"c": 1.0, "h": 0.1}), [["button", "lock"]]),
    "release": (BACK | dict(lock={"c": 1.0}), [["button", "release"]]),
    "held gate": (BACK | dict(lock={"z_i": 1.0}), [["grip", "i"], ["grip", "f"]]),
    "free": (BACK | dict(pinned="c", nudge=0.3), [["free"]]),
    "pin again": (BACK | dict(pinned="c"), [["pin", "c"]]),
    "switch": (FIRST, [["button", "backward"]]),
}
WALK = [
    "Left",
    "Left",
    "Up",
    "Left",
    "Left",
    "Down",
    "Left",
    "Right",
    "Right",
    "Right",
    "Right",
    "Right",
    "Up",
    "Left",
]
COLUMNS = [320, 350, 370, 619, 620, 660, 700, 900]
WIDTHS = {0: 0, 1e-9: 2, 0.001: 2, 0.01: 6, 0.1: 10, 1: 14, 10: 18, 1e6: 18}
FIGURES = {
    0.505: ("0.505", "+0.505"),
    -0.7352: ("−0.735", "−0.735"),
    0.02: ("0.0200", "+0.0200"),
    1.2: ("1.20", "+1.20"),
    -13.44: ("−13.4", "−13.4"),
    999.7: ("1000", "+1000"),
    0.0: ("0", "0"),
    3.549e-5: ("3.55·10⁻⁵", "+3.55·10⁻⁵"),
    -1e-12: ("−1.00·10⁻¹²", "−1.00·10⁻¹²"),
    0.09999: ("0.100", "+0.100"),
}


@cache
def alive() -> dict[str, Any]:
    """The answers to everything above, each under its name."""
    views = [ask("cell/cell", "still", state, ui) for state, ui in VIEWS.values()]
    played = [dict(state=state, moves=moves) for state, moves in GESTURES.values()]
    return dict(
        computed=ask_each("tests/cell", "computed", STATES),
        held=ask_each("tests/cell", "held", HELD),
        derivations=ask("tests/cell", "derivations", STATES[0]),
        paths=ask_each("tests/cell", "paths", HELD),
        routes=ask_each("tests/cell", "routes", STATES[:20]),
        views=dict(zip(VIEWS, views, strict=True)),
        gestures=dict(zip(GESTURES, ask_each("tests/cell", "gestures", played), strict=True)),
        widths=ask_each("graph/ribbon", "width", WIDTHS),
        plain=ask_each("kit/numbers", "plain", FIGURES),
        signed=ask_each("kit/numbers", "signed", FIGURES),
        aside=ask("graph/geometry", "aside", [[0, 0], [10, 0], [10, 10]], 2),
        walk=ask("tests/cell", "walk", WALK),
        boxes={str(width): ask("tests/cell", "boxes", width) for width in COLUMNS},
        **{name: ask("tests/cell", name) for name in ("names", "barNames", "reached", "printed")},
    )


class Seen(HTMLParser):
    """Every element of a printed picture as (tag, attributes, classes)."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None], set[str]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.elements.append((tag, found, set((found.get("class") or "").split())))

    def all(self, cls: str = "", **attrs: str) -> list[dict[str, str | None]]:
        wanted = {name.replace("_", "-"): value for name, value in attrs.items()}
        return [
            a for _, a, c in self.elements if (not cls or cls in c) and wanted.items() <= a.items()
        ]

    def controls(self) -> list[str | None]:
        inputs = ("input", "button", "select")
        return [
            a.get("data-input", a.get("data-action"))
            for tag, a, _ in self.elements
            if tag in inputs
        ]
