"""The graph of a text of equations: its numbers are Python's, and it keeps its word.

No wire runs over a letter.
"""

import re
from functools import cache
from itertools import combinations, pairwise
from typing import Any

import numpy as np
import pytest

from lstm_edu.lab import pushes
from lstm_edu.text import javascript, notation
from lstm_edu.widgets import Ripple
from lstm_edu.widgets.ripple.ripple import NODES
from tests.node import ask, ask_each, module
from tests.widgets.living import Seen

FIRST = pushes.EXAMPLE | dict(backward=True, pinned="", lock={}, nudge=0.0)
HELD: list[list[str]] = [[], ["u"], ["v"], ["a"], ["u", "b"], ["L"]]
VIEWS = {
    "first": (FIRST, {}),
    "narrow": (FIRST, {"width": 350}),
    "pushed": (FIRST | dict(pinned="a", nudge=0.1), {}),
    "held": (FIRST | dict(pinned="a", lock={"u": -2.1}), {}),
    "table": (FIRST, {"table": True}),
    "forwards": (FIRST | dict(backward=False, pinned="b"), {}),
    "zero": (FIRST | dict(a=0.0, b=-1.0), {}),
    "unknown": (FIRST | dict(pinned="__proto__", lock={"constructor": 1.0}), {}),
}
TEXTS = {
    "chain": "u = tanh(a)\nv = u * b\nL = v**2 / 2",
    "fan": "u = a * b\nv = u * a + b\nL = (v - a)**2 / 2",
    "book": (
        "i = sigma(w_ix * x + b_i)\nc = f * c_prev + i * g\nh = o * tanh(c)\nL = (h - y)**2 / 2"
    ),
}
GESTURES = [
    (
        FIRST,
        [
            ["input", "a", 0.7],
            ["pin", "u"],
            ["button", "push-up"],
            ["button", "push-up"],
            ["button", "push-down"],
        ],
    ),
    (FIRST | dict(pinned="u", nudge=0.4), [["button", "lock"]]),
    (FIRST | dict(pinned="u", lock={"u": 1.0, "v": 2.0}), [["button", "lock"]]),
    (FIRST | dict(lock={"u": 1.0}), [["button", "release"]]),
    (FIRST | dict(pinned="u", nudge=0.4), [["pin", "u"]]),
]


def states() -> list[dict[str, Any]]:
    rng = np.random.default_rng(8)
    drawn = [
        FIRST | dict(a=float(a), b=float(b), nudge=float(n))
        for a, b, n in rng.uniform(-2, 2, (60, 3))
    ]
    made = []
    for k, state in enumerate(drawn):
        lock = {name: 0.3 for name in HELD[k % len(HELD)]}
        made.append(state | dict(lock=lock, pinned=NODES[k % len(NODES)], nudge=state["nudge"] / 2))
    return made


@cache
def alive() -> dict[str, Any]:
    names = pushes.NAMES | notation.NAMES
    programs = ["printed/ripple"]
    for name, text in TEXTS.items():
        programs.append(module(f"text_{name}", javascript.module(text, "", names)))
    views = [ask("ripple/ripple", "still", t, ui) for t, ui in VIEWS.values()]
    layouts = ask_each("tests/ripple", "layouts", programs)
    return dict(
        numbers=ask_each("ripple/ripple", "numbersOf", states()),
        played=ask_each("tests/ripple", "gestures", GESTURES),
        views=dict(zip(VIEWS, views, strict=True)),
        layouts=dict(zip(["pushes", *TEXTS], layouts, strict=True)),
    )


# Numbers


def test_the_browser_computes_what_python_computes() -> None:
    for state, shown in zip(states(), alive()["numbers"], strict=True):
        values = Ripple(**state).values
        scale = max(abs(value) for value in values.values())
        for name, value in values.items():
            found = shown["named"][name] if "_bar" in name else shown["p"][name]
            assert abs(found - value) <= 1e-12 * scale, name
            assert found == pytest.approx(value, rel=1e-6, abs=1e-14 * scale), name


def test_the_answers_of_the_branches_add_up_and_come_back_along_the_wires() -> None:
    for shown in alive()["numbers"]:
        for name in NODES[:-1]:
            assert sum(x for _, x in shown["parts"][name]) == pytest.approx(
                shown["bars"][name], abs=1e-12
            )
        flows = {wire: flow[0] for wire, flow in shown["flows"].items()}
        assert flows["a to u"] == pytest.approx(flows["a>u"] + flows["a>v"], abs=1e-12)
        assert flows["a to u"] == pytest.approx(shown["bars"]["a"], abs=1e-12)


def test_a_push_reports_what_happens_and_what_was_promised() -> None:
    html = alive()["views"]["pushed"]
    assert "ΔL " in html and "+0.0248</span>, predicted " in html and "+0.0240</span>" in html


def test_nothing_comes_back_through_a_held_value() -> None:
    html = alive()["views"]["held"]
    shares = {a["data-share"]: a["data-value"] for a in Seen(html).all() if "data-share" in a}
    assert float(shares["a>u"] or "") == 0 and float(shares["a>v"] or "") == pytest.approx(-0.6)
    assert 'class="ring"' in html and html.count('class="padlock"') == 1


# Pictures


def test_the_first_sight_makes_the_point_and_has_few_controls() -> None:
    html = alive()["views"]["first"]
    for words in (
        "+0.840",
        "−0.600",
        "+0.240",
        'The answers to a push of <span data-name="a"><i>a</i></span>',
        "≤ 0.001",
    ):
        assert words in html, words
    assert Seen(html).controls() == ["a", "b"]
    assert Seen(alive()["views"]["pushed"]).controls() == [
        "a",
        "b",
        "nudge",
        "push-down",
        "push-up",
        "lock",
    ]


def test_the_table_has_every_number() -> None:
    html = alive()["views"]["table"]
    printed = {float(a["data-value"] or "nan") for a in Seen(html).all() if "data-value" in a}
    for name, value in (Ripple().values | {"through u": 0.84, "through v": -0.6}).items():
        assert any(abs(value - number) < 1e-12 for number in printed), name
    assert 'class="figure"' not in html


def test_forwards_there_is_no_gradient() -> None:
    html = alive()["views"]["forwards"]
    assert (
        "data-bar" not in html
        and "The answers" not in html
        and "_bar" not in html
        and 'class="legend"' not in html
    )


@pytest.mark.parametrize("view", VIEWS)
def test_no_picture_shows_what_is_not_a_number(view: str) -> None:
    assert not re.search(r"undefined|NaN|Infinity|\[object", alive()["views"][view])


def test_the_answers_stand_end_to_end_above_their_sum() -> None:
    numbers = re.findall(
        r'class="num bar-value ink"[^>]*>([^<]+)<',
        alive()["views"]["first"].split('class="sums"')[1],
    )
    assert numbers[:3] == ["+0.840", "−0.600", "+0.240"]


# Layout, of this text and of others


@pytest.mark.parametrize("text", ["pushes", *TEXTS])
@pytest.mark.parametrize("how", ["wide", "narrow"])
def test_letters_stand_apart_and_no_wire_runs_over_one(text: str, how: str) -> None:
    drawing = alive()["layouts"][text][how]
    for (a, ax, ay, aw, ah), (b, bx, by, bw, bh) in combinations(drawing["boxes"], 2):
        assert abs(ax - bx) >= aw + bw - 0.5 or abs(ay - by) >= ah + bh - 0.5, (
            f"{a} and {b} overlap"
        )
    for wire, touches, points in drawing["wires"]:
        for (ax, ay), (bx, by) in pairwise(points):
            assert min(abs(ax - bx), abs(ay - by)) < 0.01, f"{wire} is slanted"
            for name, x, y, half_x, half_y in drawing["boxes"]:
                apart_x = max(ax, bx) < x - half_x or min(ax, bx) > x + half_x
                apart_y = max(ay, by) < y - half_y or min(ay, by) > y + half_y
                assert name in touches or apart_x or apart_y, f"{wire} runs over {name}"


@pytest.mark.parametrize("text", ["pushes", *TEXTS])
def test_arrow_keys_reach_every_letter(text: str) -> None:
    assert sorted(alive()["layouts"][text]["reached"]) == sorted(alive()["layouts"][text]["names"])


# Hands, traits, promises


def test_hands_change_the_traits() -> None:
    pushed, held, freed, released, unpinned = alive()["played"]
    assert pushed == FIRST | dict(a=0.7, pinned="u", nudge=0.1)
    # held where the push had brought it
    assert held == FIRST | dict(pinned="u", lock={"u": pytest.approx(-1.7)})
    assert freed["lock"] == {"v": 2.0} and released["lock"] == {}
    assert (unpinned["pinned"], unpinned["nudge"]) == ("", 0)
