import gzip
import json
import math
import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import traitlets

from lstm_edu import notation
from lstm_edu.cell import EXAMPLE
from lstm_edu.widgets import Cell, base
from lstm_edu.widgets.cell import NODES, PARAMETERS

FOLDER = Path(base.__file__).parent
MODULES = sorted(FOLDER.glob("*.mjs"))
FIRST = EXAMPLE | dict(backward=False, forward_only=False, pinned="", lock={}, nudge=0.0)
BACK = FIRST | dict(backward=True)


def random_states(count: int) -> list[dict[str, Any]]:
    rng = np.random.default_rng(4)
    return [BACK | {name: float(rng.uniform(-2, 2)) for name in EXAMPLE} for _ in range(count)]


STATES = [BACK, *random_states(60)]
HELD = [
    state | dict(lock={name: 0.3 for name in names})
    for state, names in zip(
        random_states(12),
        [["c"], ["h"], ["z_i"], ["f", "i"], ["x"], ["o"], ["c", "h_prev"], ["L"], ["w_ix"], ["g", "z_o"], [], ["y"]],
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
    "zero": (BACK | dict(w_gx=0.0, w_gh=0.0, b_g=0.0, c_prev=0.0, y=0.0), {}),
    "pointed at": (BACK, {"hover": "x"}),
    "null": (BACK | dict(w_ix=None), {}),
    "NaN": (BACK | dict(w_ih="#NaN"), {}),
    "infinite": (BACK | dict(pinned="c", nudge="#Infinity"), {}),
    "string": (BACK | dict(x="<img src=x onerror=alert(1)>"), {}),
    "large": (BACK | dict(c_prev=11), {}),
    "bad lock": (BACK | dict(lock={"c": "<b>"}), {}),
    "unknown names": (BACK | dict(pinned="__proto__", lock={"constructor": 1.0}), {"hover": ""}),
    "no lock": (BACK | dict(lock=None), {}),
}
BAD = {"null", "NaN", "infinite", "string", "large", "bad lock"}
GESTURES = {
    "slide x": (FIRST, [["input", "x", 0.7]]),
    "close f": (FIRST, [["input", "f", 0.01]]),
    "drag g": (FIRST, [["grip", "g"], ["drag", "g", -0.7, 0.5]]),
    "beyond the limit": (FIRST | dict(w_ix=10.0, x=10.0), [["input", "i", 0.5]]),
    "push": (BACK, [["pin", "i"], ["button", "push-up"], ["button", "push-up"], ["button", "push-down"]]),
    "lock": (BACK | dict(pinned="c"), [["button", "lock"]]),
    "unlock": (BACK | dict(pinned="c", lock={"c": 1.0, "h": 0.1}), [["button", "lock"]]),
    "release": (BACK | dict(lock={"c": 1.0}), [["button", "release"]]),
    "held gate": (BACK | dict(lock={"z_i": 1.0}), [["grip", "i"], ["grip", "f"]]),
    "free": (BACK | dict(pinned="c", nudge=0.3), [["free"]]),
    "pin again": (BACK | dict(pinned="c"), [["pin", "c"]]),
    "switch": (FIRST, [["button", "backward"], ["button", "table"]]),
}
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


def node(*arguments: str | Path, stdin: str = "") -> str:
    program = shutil.which("node", path=Path(sys.executable).parent) or shutil.which("node")
    assert program, "node is missing; `make test` installs it with the locked environment"
    done = subprocess.run([program, *arguments], input=stdin, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="session")
def modules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("modules")
    base.write(folder)
    return folder


@pytest.fixture(scope="session")
def alive(modules: Path) -> dict[str, Any]:
    job = dict(
        states=STATES,
        held=HELD,
        views=list(VIEWS.values()),
        widths=list(WIDTHS),
        figures=list(FIGURES),
        gestures=[dict(state=state, moves=moves) for state, moves in GESTURES.values()],
    )
    answers = json.loads(node(Path(__file__).with_name("widgets_node.mjs"), modules, stdin=json.dumps(job)))
    answers["views"] = dict(zip(VIEWS, answers["views"], strict=True))
    answers["gestures"] = dict(zip(GESTURES, answers["gestures"], strict=True))
    return answers


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
        return [a for _, a, c in self.elements if (not cls or cls in c) and wanted.items() <= a.items()]

    def controls(self) -> list[str | None]:
        inputs = ("input", "button", "select")
        return [a.get("data-input", a.get("data-action")) for tag, a, _ in self.elements if tag in inputs]


# The joined module and its sheet


def test_the_joined_module_is_one_module_that_parses(tmp_path: Path) -> None:
    file = tmp_path / "cell.mjs"
    file.write_text(Cell()._esm)
    node("--check", file)


def test_the_joined_module_has_one_export_and_runs_as_a_classic_script() -> None:
    esm = Cell()._esm
    assert re.findall(r"^(?:export|import)\b.*", esm, re.M) == ["export default { render };"]
    assert not re.search(r"^(const .* = )?await\b", esm, re.M)
    assert "</script" not in esm
    script = esm.replace("export default", "return")
    assert node("-e", f"const m = (() => {{{script}}})(); process.stdout.write(typeof m.render)") == "function"


def test_every_module_is_joined_once() -> None:
    parts = re.findall(r"^const (\w+)_mjs = ", Cell()._esm, re.M)
    assert sorted(parts) == sorted([file.stem for file in MODULES] + ["equations"])


def test_what_is_sent_is_small() -> None:
    assert len(gzip.compress(Cell()._esm.encode())) < 25_000
    assert len(gzip.compress(Cell()._css.encode())) < 5_000


def test_files_are_short() -> None:
    long = {file.name: n for file in MODULES if (n := len(file.read_text("utf-8").splitlines())) > 250}
    assert not long, long
    assert len((FOLDER / "cell.py").read_text("utf-8").splitlines()) <= 60


@pytest.mark.parametrize("file", [*MODULES, FOLDER / "widgets.css"], ids=lambda file: file.name)
def test_no_colour_but_those_of_notation(file: Path) -> None:
    found = re.findall(r"#[0-9a-fA-F]{3,8}\b|\b(?:rgb|hsl|oklch|hwb)a?\(", file.read_text("utf-8"))
    assert not found, f"{file.name}: {found}; take a variable of notation.COLOURS"


def test_the_sheet_has_every_colour_light_and_dark() -> None:
    light, dark = Cell()._css.splitlines()[:2]
    for token, (in_light, in_dark) in notation.COLOURS.items():
        assert f"--lstm-{token}: {in_light};" in light
        assert f"--lstm-{token}: {in_dark};" in dark
    for sign in ('html[data-theme="dark"]', 'body[data-jp-theme-light="false"]', ".vscode-dark"):
        assert sign in dark


@pytest.mark.parametrize(
    ("texts", "words"),
    [
        ({"a": 'import { b } from "./b.mjs";\n', "b": 'import { a } from "./a.mjs";\n'}, "a → b → a: .*circle"),
        ({"a": "export default { render };\nexport class A {}\n"}, "a.mjs: 'export class A"),
        ({"a": 'import b from "./b.mjs";\n'}, "a.mjs: 'import b"),
    ],
)
def test_a_join_refuses_what_it_cannot_follow(monkeypatch: pytest.MonkeyPatch, texts: dict, words: str) -> None:
    monkeypatch.setattr(base, "source", texts.__getitem__)
    with pytest.raises(ValueError, match=words):
        base.joined.__wrapped__("a")


# Traits


def test_values_are_those_of_the_worked_example() -> None:
    values = Cell().values
    bars = dict(h_bar=-0.689, o_bar=0.178, c_bar=-0.473, i_bar=0.348, g_bar=-0.267, f_bar=-0.142, w_ix_bar=0.103)
    forward = dict(f=0.505, i=0.565, g=-0.735, o=0.735, c=-0.264, h=-0.189, L=0.238)
    assert {name: round(values[name], 3) for name in bars | forward} == bars | forward
    assert {name: values[name] for name in EXAMPLE} == EXAMPLE


def test_values_follow_the_traits() -> None:
    cell = Cell(h_bar_next=0.4, c_bar_next=-0.2)
    assert cell.values["h_bar"] == pytest.approx(Cell().values["h_bar"] + 0.4)
    assert cell.values["c_bar"] != Cell().values["c_bar"]
    cell.y = cell.values["h"]
    assert cell.values["L"] == 0


@pytest.mark.parametrize("name", [*EXAMPLE, "nudge"])
@pytest.mark.parametrize("value", [math.nan, math.inf, 10.5, -11, "1", None, True, [1.0]])
def test_a_number_out_of_range_is_refused_with_a_sentence(name: str, value: Any) -> None:
    cell = Cell()
    before = getattr(cell, name)
    with pytest.raises(traitlets.TraitError, match=rf"{name} = .*give a finite number from −10 to 10"):
        setattr(cell, name, value)
    assert getattr(cell, name) == before


def test_integers_and_numpy_numbers_are_numbers() -> None:
    cell = Cell(x=2, y=np.float64(0.5), w_ix=np.int64(-10))
    assert (cell.x, cell.y, cell.w_ix) == (2.0, 0.5, -10.0)
    assert all(type(value) is float for value in (cell.x, cell.y, cell.w_ix))


@pytest.mark.parametrize(
    ("trait", "value", "words"),
    [
        ("pinned", "c_pre", "did you mean 'c_prev'"),
        ("pinned", "nothing like it", "known: w_ix"),
        ("lock", {"hprev": 1.0}, "did you mean 'h_prev'"),
        ("lock", {"c": math.nan}, r"lock\['c'\] = nan .* give a finite number"),
        ("lock", {"c": "0"}, r"lock\['c'\] = '0'"),
        ("backward", "yes", "backward"),
    ],
)
def test_an_unknown_name_is_refused_with_a_sentence(trait: str, value: Any, words: str) -> None:
    with pytest.raises(traitlets.TraitError, match=words):
        Cell(**{trait: value})


def test_every_node_can_be_pinned_and_held() -> None:
    for name in NODES:
        assert Cell(pinned=name, lock={name: 12.5}).lock == {name: 12.5}


# Arithmetic in the browser


def test_the_browser_computes_what_numpy_computes(alive: dict[str, Any]) -> None:
    for state, answer in zip(STATES, alive["computed"], strict=True):
        values = Cell(**{name: state[name] for name in EXAMPLE}).values
        scale = max(1, *(abs(value) for value in values.values()))
        shown = answer["v"] | {alive["barNames"][n]: bar for n, bar in answer["bars"].items() if n in alive["barNames"]}
        shown["h_bar_loss"] = answer["named"]["h_bar_loss"]
        assert shown.keys() == values.keys()
        for name, value in values.items():
            assert abs(shown[name] - value) <= 1e-13 * scale, f"{name}: browser {shown[name]!r}, NumPy {value!r}"


def test_the_sweep_over_local_derivatives_is_the_texts_backward_pass(alive: dict[str, Any]) -> None:
    for answer in alive["computed"]:
        for name, bar in answer["bars"].items():
            assert answer["swept"][name] == pytest.approx(bar, rel=1e-12, abs=1e-13), name


def test_gradients_with_values_held_are_what_pushes_measure(alive: dict[str, Any]) -> None:
    for state, answer in zip(HELD, alive["held"], strict=True):
        for name in alive["names"]:
            bar, slope = answer["bars"].get(name, 0), answer["slopes"][name]
            assert bar == pytest.approx(slope, rel=1e-6, abs=1e-8), f"{name}, with {[*state['lock']]} held"


def test_nothing_flows_back_past_a_held_value(alive: dict[str, Any]) -> None:
    flows = alive["held"][0]["flows"]  # c is held
    assert [flows[wire][0] for wire in ("keep", "f", "i", "g", "add", "c_prev", "z_i")] == [0] * 7
    assert flows["o"][0] != 0
    assert flows["out"][0] != 0  # it reaches c and stops there


def test_a_lane_carries_the_sum_of_what_joined_it(alive: dict[str, Any]) -> None:
    no_lock = next(n for n, state in enumerate(HELD) if not state["lock"])
    bars, flows = alive["held"][no_lock]["bars"], alive["held"][no_lock]["flows"]
    assert flows["h_lane_f"][0] == pytest.approx(bars["h_prev"])
    assert flows["x_lane_f"][0] == pytest.approx(bars["x"])
    assert flows["squash"][0] + flows["c_next"][0] == pytest.approx(flows["out"][0])
    assert flows["loss"][0] + flows["h_next"][0] == pytest.approx(bars["h"])


def test_a_push_of_i_does_what_the_book_says(alive: dict[str, Any]) -> None:
    html = alive["views"]["pushed"]
    assert "ΔL " in html and "+0.0353</span>, predicted " in html and "+0.0348</span>" in html


# Drawing


def test_ribbons_have_the_rulers_widths(alive: dict[str, Any]) -> None:
    assert alive["widths"] == pytest.approx(list(WIDTHS.values()))


def test_a_ribbon_keeps_to_the_left_of_the_way_forward(alive: dict[str, Any]) -> None:
    assert alive["aside"] == [[0, -2], [12, -2], [12, 10]]  # right, then down: above, then to the right


def test_numbers_look_as_the_book_prints_them(alive: dict[str, Any]) -> None:
    assert list(zip(alive["plain"], alive["signed"], strict=True)) == list(FIGURES.values())


def test_text_is_escaped_and_only_the_modules_own_markup_is_not(alive: dict[str, Any]) -> None:
    assert alive["printed"] == '<p title="&quot;&lt;">&lt;b&gt;<i><b>x</b></i></p>'


def test_the_first_sight_has_at_most_seven_controls(alive: dict[str, Any]) -> None:
    html = alive["views"]["first"]
    before_fold = html[: html.index('<details class="fold"')]
    assert Seen(before_fold).controls() == ["backward", "i", "f", "o", "g", "x", "y"]
    assert Seen(html).controls()[7:] == [*PARAMETERS, "h_prev", "c_prev", "h_bar_next", "c_bar_next"]


def test_every_control_and_node_has_its_hook(alive: dict[str, Any]) -> None:
    seen = Seen(alive["views"]["pinned"])
    assert [a["data-name"] for a in seen.all(role="option")] == alive["names"]
    assert sorted(alive["names"]) == sorted(NODES)
    assert len(seen.all(role="option", tabindex="0")) == 1
    assert [a["data-name"] for a in seen.all(aria_selected="true")] == ["c"]
    assert all(a.get("aria-label") for tag, a, _ in seen.elements if tag == "input" and a["type"] == "range")
    assert {a["data-action"] for tag, a, _ in seen.elements if "data-action" in a} == {
        "backward", "table", "push-down", "push-up", "lock"
    }  # fmt: skip


@pytest.mark.parametrize("view", ["back", "narrow", "table"])
def test_every_value_and_gradient_is_printed_in_full(alive: dict[str, Any], view: str) -> None:
    html = alive["views"][view]
    html = html[: html.index('<section class="about')] if view != "table" else html[: html.index("</table>")]
    numbers = {float(a["data-value"] or "nan") for a in Seen(html).all() if "data-value" in a}
    values = Cell().values
    missing = [name for name in {*values} - {"h_bar_loss"} if values[name] not in numbers]
    assert not [name for name in missing if not any(abs(values[name] - n) < 1e-15 for n in numbers)]


def test_the_table_has_a_row_for_every_value_and_the_parts_of_sums(alive: dict[str, Any]) -> None:
    html = alive["views"]["table"]
    rows = {a["data-name"] for tag, a, _ in Seen(html).elements if tag == "tr" and "data-name" in a}
    assert rows == {*NODES, "h_bar_next", "c_bar_next"}
    for words in ("loss ", "next ", "through h ", "along c ", "through i "):
        assert words in html
    assert 'class="figure"' not in html


def test_forwards_only_there_is_no_gradient(alive: dict[str, Any]) -> None:
    html = alive["views"]["forward only"]
    assert "data-bar" not in html and "ruler" not in html and 'data-action="backward"' not in html
    assert "ribbon" not in html[html.index("</defs>") :]
    assert "data-bar" not in alive["views"]["first"]


def test_zero_is_an_open_ring_and_minus_is_striped(alive: dict[str, Any]) -> None:
    assert alive["views"]["zero"].count('class="ring"') > 25
    assert "url(#still-c)" in alive["views"]["back"]  # c_bar is negative
    back = alive["views"]["back"]
    assert 'data-wire="f"><g class="ribbon c"' in back
    assert 'data-wire="o"><g class="ribbon h"' in back
    assert 'data-wire="loss"><g class="ribbon ink"' in back


def test_a_held_value_wears_a_lock(alive: dict[str, Any]) -> None:
    assert alive["views"]["held"].count('class="padlock"') == 1
    assert 'data-action="release"' in alive["views"]["held"]
    assert "padlock" not in alive["views"]["back"]


@pytest.mark.parametrize(
    ("view", "words"),
    [
        ("null", "w_ix is null. It must be a finite number from −10 to 10."),
        ("NaN", "w_ih is NaN. It must be"),
        ("infinite", "nudge is Infinity. It must be"),
        ("string", "x is &lt;img src=x onerror=alert(1)&gt;. It must be"),
        ("large", "c_prev is 11. It must be"),
        ("bad lock", "c is held at &lt;b&gt;. It must be a finite number."),
    ],
)
def test_a_bad_state_is_a_sentence(alive: dict[str, Any], view: str, words: str) -> None:
    html = alive["views"][view]
    assert f"This figure cannot be drawn: {words}" in html
    assert "<svg" not in html


@pytest.mark.parametrize("view", [view for view in VIEWS if view not in BAD])
def test_no_picture_shows_what_is_not_a_number(alive: dict[str, Any], view: str) -> None:
    assert not re.search(r"undefined|NaN|Infinity|\[object", alive["views"][view])


# Hands


def test_sliders_set_traits(alive: dict[str, Any]) -> None:
    played = alive["gestures"]["slide x"]
    assert played["values"] == FIRST | dict(x=0.7)
    assert played["saved"] == 1


def test_a_gate_that_is_moved_solves_for_its_bias_and_says_so(alive: dict[str, Any]) -> None:
    played = alive["gestures"]["close f"]
    assert played["moved"]["f"] == pytest.approx(0.01)
    assert played["values"] == FIRST | dict(b_f=pytest.approx(math.log(0.01 / 0.99) + 0.88))
    assert played["ui"]["said"].endswith("is now −3.72")
    dragged = alive["gestures"]["drag g"]
    assert dragged["grips"][0] == pytest.approx(Cell().values["g"])
    assert dragged["moved"]["g"] == pytest.approx(0.3)


def test_a_bias_stops_at_its_limit_and_says_so(alive: dict[str, Any]) -> None:
    played = alive["gestures"]["beyond the limit"]
    assert played["values"]["b_i"] == -10
    assert played["ui"]["said"].endswith("stops at −10.0")


def test_pushes_add_up_on_the_pinned_value(alive: dict[str, Any]) -> None:
    played = alive["gestures"]["push"]
    assert (played["values"]["pinned"], played["values"]["nudge"]) == ("i", 0.1)
    assert round(played["change"], 4) == 0.0353


def test_locks_close_and_open(alive: dict[str, Any]) -> None:
    gestures = alive["gestures"]
    assert gestures["lock"]["values"]["lock"] == {"c": pytest.approx(Cell().values["c"])}
    assert gestures["unlock"]["values"]["lock"] == {"h": 0.1}
    assert gestures["release"]["values"]["lock"] == {}
    assert gestures["held gate"]["grips"] == [None, pytest.approx(Cell().values["f"])]


def test_pins_come_and_go(alive: dict[str, Any]) -> None:
    gestures = alive["gestures"]
    assert (gestures["free"]["values"]["pinned"], gestures["free"]["values"]["nudge"]) == ("", 0)
    assert gestures["pin again"]["values"]["pinned"] == ""
    assert gestures["switch"]["values"]["backward"] is True
    assert gestures["switch"]["ui"] == {"table": True}


# Layout


def test_arrow_keys_reach_every_value(alive: dict[str, Any]) -> None:
    assert sorted(alive["reached"]) == sorted(NODES)


def test_arrow_keys_follow_the_wires(alive: dict[str, Any]) -> None:
    assert " ".join(alive["walk"]) == "L h o f z_f w_fx w_fh h_prev w_ih z_i i c h c i"


@pytest.mark.parametrize("width", [320, 350, 370, 619, 620, 660, 700, 900])
def test_nodes_stand_apart_and_inside_the_picture(alive: dict[str, Any], width: int) -> None:
    drawing = alive["boxes"][str(width)]
    for name, x, y, half_x, half_y in drawing["all"]:
        assert half_x <= x <= drawing["W"] - half_x and half_y <= y <= drawing["H"] - half_y, name
    for (a, ax, ay, aw, ah), (b, bx, by, bw, bh) in combinations(drawing["all"], 2):
        assert abs(ax - bx) >= aw + bw - 0.5 or abs(ay - by) >= ah + bh - 0.5, f"{a} and {b} overlap"


@pytest.mark.parametrize("width", [350, 660])
def test_wires_run_along_the_axes(alive: dict[str, Any], width: int) -> None:
    for wire, points in alive["boxes"][str(width)]["wires"]:
        for (ax, ay), (bx, by) in pairwise(points):
            assert min(abs(ax - bx), abs(ay - by)) < 0.01, f"{wire} is slanted"
            assert max(abs(ax - bx), abs(ay - by)) > 1, f"{wire} has a piece of no length"
