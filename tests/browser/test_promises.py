"""What each of the six figures promises, on one page that has them all, in both browsers."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.bridge import Page
from tests.browser.figure import GO, assert_clean, settle
from tests.browser.gallery import FIGURES, MOVES, View, numbers, root, tried
from tests.browser.test_looks import LOOKS

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("states")]

KINDS = [*FIGURES]
ALL = [View(kind) for kind in KINDS]
FRAMES = """const frame = () => new Promise(done => requestAnimationFrame(done));
const frames = () => frame().then(frame);"""
FOLLOW = f"""async (hashes) => {{
    {FRAMES}
    {GO}
    for (const hash of hashes) {{
        await go(hash);
        await frames();
    }}
}}"""
Opened = Callable[..., Page]


def test_a_link_is_followed_by_its_own_figure_alone(opened: Opened) -> None:
    page = opened(ALL)
    for k, (kind, trait) in enumerate(MOVES.items()):
        before = numbers(page, 6)
        page.js(FOLLOW, [f"{kind}-{k + 1}={trait}:2"])
        after = numbers(page, 6)
        assert [a == b for a, b in zip(before, after, strict=True)] == [n != k for n in range(6)], (
            kind
        )
        value = page.js(f"document.querySelector('{root(k + 1)} input[data-input={trait}]').value")
        assert float(value) == 2
    assert_clean(page)


BAD = [
    '"<img src=x onerror=alert(1)>"', "%22%3Cimg%20src=x%20onerror=alert(1)%3E%22",
    "1e999", "NaN", "-1e999", "null", "[1]", "{}", '"2"', "1000", "%E0%A4%A",
]  # fmt: skip
WORSE = [
    "T:0", "T:-1", "T:2.5", "__proto__:{}", "constructor:1", "prompts:[]", "first:{}",
    "_esm:%22alert(1)%22", "xs:[]", 'pinned:"<b>"', 'lock:{"c":"a"}', 'of:"alert(1)"',
    'mistake:"constructor"', "off:[1e999]", "T:101", 'of:"c_7"', 'losses:"<b>"', "b_f:1e9",
    "tolerance:1", "xs:[1]", 'T:"<img src=x>"',
]  # fmt: skip


def test_an_attackers_link_leaves_every_figure_standing(opened: Opened) -> None:
    page = opened(ALL)
    before = numbers(page, 6)
    page.js("globalThis.alert = () => (globalThis.attacked = true)")
    for k, (kind, trait) in enumerate(MOVES.items(), 1):
        page.js(
            FOLLOW, [f"{kind}-{k}={part}" for part in [*(f"{trait}:{bad}" for bad in BAD), *WORSE]]
        )
    after = numbers(page, 6)
    for kind, a, b in zip(KINDS, before, after, strict=True):
        assert a == b, kind
    complaints = "document.querySelectorAll('.complaint').length"
    attacked = page.js(f"[globalThis.attacked, document.images.length, {complaints}]")
    assert attacked == [None, 0, 0]
    assert_clean(page)


DAMAGES: list[Any] = [None, "#Infinity", "<img src=x onerror=alert(1)>", [1], {}]
ALSO = dict(
    time=dict(T=0),
    carousel=dict(T=0),
    paths=dict(T=0),
    vcurve=dict(T=0),
    cell=dict(lock={"c": "<b>"}),
    ripple=dict(lock={"u": "<b>"}),
)


def test_a_bad_state_is_a_sentence_and_the_others_live(opened: Opened) -> None:
    views = [View(kind, {}, {trait: bad}) for kind, trait in MOVES.items() for bad in DAMAGES]
    views += [View(kind, {}, damage) for kind, damage in ALSO.items()]
    page = opened([*views, *(View(kind) for kind in KINDS)])
    for k, view in enumerate(views, 1):
        said = page.js(f"document.querySelector('{root(k)}').innerText")
        assert said.startswith("This figure cannot be drawn: ") and said.strip().endswith("."), (
            f"{view}: {said}"
        )
        name, value = next(iter(view.damage.items()))
        assert len(said) < 260 and (next(iter(value)) if name == "lock" else name) in said, (
            f"{view}: {said}"
        )
        assert page.js(LOOKS, root(k)) == [], view
    assert page.js("document.images.length") == 0
    alive = numbers(page, len(views) + 6)[len(views) :]
    assert all(len(shown) > 2 for shown in alive), [len(shown) for shown in alive]
    assert_clean(page)


MOVED = f"""async (root) => {{
    {FRAMES}
    const figure = document.querySelector(root);
    const others = [...document.querySelectorAll("main > p, body > p")];
    const places = () => others.map((one) => one.getBoundingClientRect().top + scrollY);
    const faults = [];
    let announced = 0;
    const all = (kinds) => [...figure.querySelectorAll(kinds)];
    const heard = () => all("output, [aria-live]").map((one) => one.textContent).join();
    const ranges = all("input[type=range]:enabled").filter((one) => one.checkVisibility());
    const names = ranges.map(({{ dataset }}) => dataset.input);
    for (const name of names) {{
        const before = places();
        for (const end of ["min", "max"]) {{
            const input = figure.querySelector(`input[data-input="${{name}}"]`);
            if (!input) continue; // a range that another one's end has taken away
            const silent = heard();
            input.value = input[end];
            input.dispatchEvent(new Event("input", {{ bubbles: true }}));
            await frames();
            announced += heard() !== silent;
            const moved = places().some((top, k) => Math.abs(top - before[k]) > 0.5);
            if (moved) faults.push(`${{name}} at its ${{end}}`);
        }}
    }}
    return {{ faults, names, announced }};
}}"""


@pytest.mark.parametrize("width", [1280, 390])
def test_a_drag_from_end_to_end_moves_nothing_outside_and_is_announced(
    width: int, opened: Opened
) -> None:
    page = opened(ALL, width=width)
    for k, kind in enumerate(KINDS, 1):
        found = page.js(MOVED, root(k))
        assert found["faults"] == [], kind
        assert MOVES[kind] in found["names"] and found["announced"] >= len(found["names"]), (
            kind,
            found,
        )
    assert_clean(page)


STOPS = """root => [...document.querySelectorAll(`${root} [role=listbox]`)]
    .map((list) => list.querySelectorAll("[tabindex='0']").length)"""


def test_each_graph_is_one_stop_of_the_tab_key(opened: Opened) -> None:
    page = opened(ALL)
    stops = {kind: page.js(STOPS, root(k)) for k, kind in enumerate(KINDS, 1)}
    assert stops == dict(cell=[1], time=[], carousel=[], paths=[1, 1], vcurve=[], ripple=[1])


def test_nothing_moves_by_itself_under_reduced_motion(opened: Opened) -> None:
    page = opened([View(kind, dict(prompts=[tried(kind)])) for kind in KINDS], reduced=True)
    assert page.js("matchMedia('(prefers-reduced-motion: reduce)').matches")
    clicks = [
        "[data-action='try:0']",
        "[data-action='bet:0:0']",
        "[data-action=play]",
        "[data-action=more]",
        ".switch input",
    ]
    for selector in clicks:
        page.js("s => document.querySelectorAll(s).forEach(one => one.click())", selector)
        assert page.js("document.getAnimations().length") == 0, selector
    settle(page)
    still = numbers(page, 6)
    page.js("new Promise(done => setTimeout(done, 200, 1))")
    assert numbers(page, 6) == still, "a sweep is done at once"


PUSH = f"""async ([root, key, names, by]) => {{
    {FRAMES}
    {GO}
    const place = (role) => document.querySelector(`${{root}} [data-role=${{role}}]`);
    const number = (role) => Number(place(role).dataset.value);
    const found = {{}};
    for (const name of names) {{
        const said = [];
        for (const nudge of [by, -by]) {{
            const pushed = `${{key}}=pinned:${{JSON.stringify(name)}},nudge:${{nudge}}`;
            await go(`${{pushed}},x:1.1,a:1.4`);
            await frames();
            said.push([number("change"), number("predicted")]);
        }}
        found[name] = [(said[0][0] - said[1][0]) / (2 * by), said[0][1] / by];
    }}
    return found;
}}"""


@pytest.mark.parametrize("kind", ["cell", "ripple"])
def test_a_small_push_measures_the_bar_on_every_node(kind: str, opened: Opened) -> None:
    page = opened([View(kind, dict(backward=True))])
    nodes = [name for name in FIGURES[kind].nodes if name != "L"]
    found = page.js(PUSH, [root(1), f"{kind}-1", nodes, 1e-4])
    figure = FIGURES[kind](**({"x": 1.1} if kind == "cell" else {"a": 1.4}))
    largest = max(abs(bar) for _, bar in found.values())
    for name, (measured, bar) in found.items():
        assert measured == pytest.approx(bar, rel=1e-6, abs=1e-9 * largest), name
        known = figure.values.get(
            f"{name}_bar", figure.values.get(name.replace("_prev", "_bar_prev"))
        )
        assert bar == pytest.approx(known, rel=1e-9, abs=1e-14) or name == "y", name
    assert sum(bar != 0 for _, bar in found.values()) >= len(nodes) - 1
