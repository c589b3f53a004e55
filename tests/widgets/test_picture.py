import re
from itertools import combinations, pairwise

import pytest

from lstm_edu.widgets import Cell
from lstm_edu.widgets.cell.cell import NODES, PARAMETERS
from tests.widgets.living import FIGURES, VIEWS, WIDTHS, Seen, alive

# Drawing


def test_ribbons_have_the_scales_widths() -> None:
    assert alive()["widths"] == pytest.approx(list(WIDTHS.values()))


def test_a_ribbon_keeps_to_the_left_of_the_way_forward() -> None:
    # right, then down: above, then to the right
    assert alive()["aside"] == [[0, -2], [12, -2], [12, 10]]


def test_numbers_look_as_the_book_prints_them() -> None:
    assert list(zip(alive()["plain"], alive()["signed"], strict=True)) == list(FIGURES.values())


def test_text_is_escaped_and_only_the_modules_own_markup_is_not() -> None:
    assert alive()["printed"] == '<p title="&quot;&lt;">&lt;b&gt;<i><b>x</b></i></p>'


def test_the_first_sight_has_at_most_seven_controls() -> None:
    html = alive()["views"]["first"]
    before_fold = html[: html.index('<details class="fold"')]
    assert Seen(before_fold).controls() == ["backward", "i", "f", "o", "g", "x", "y"]
    assert Seen(html).controls()[7:] == [
        *PARAMETERS,
        "h_prev",
        "c_prev",
        "h_bar_next",
        "c_bar_next",
    ]


def test_every_control_and_node_has_its_hook() -> None:
    seen = Seen(alive()["views"]["pinned"])
    assert [a["data-name"] for a in seen.all(role="option")] == alive()["names"]
    assert sorted(alive()["names"]) == sorted(NODES)
    assert len(seen.all(role="option", tabindex="0")) == 1
    assert [a["data-name"] for a in seen.all(aria_selected="true")] == ["c"]
    assert all(
        a.get("aria-label")
        for tag, a, _ in seen.elements
        if tag == "input" and a["type"] == "range"
    )
    assert {a["data-action"] for tag, a, _ in seen.elements if "data-action" in a} == {
        "backward", "more", "push-down", "push-up", "lock", "tab:push", "tab:steps", "tab:paths"
    }  # fmt: skip


@pytest.mark.parametrize("view", ["back", "narrow", "table"])
def test_every_value_and_gradient_is_printed_in_full(view: str) -> None:
    html = alive()["views"][view]
    html = html[: html.index('class="about')] if view != "table" else html[: html.index("</table>")]
    numbers = {float(a["data-value"] or "nan") for a in Seen(html).all() if "data-value" in a}
    values = Cell().values
    missing = [name for name in {*values} - {"h_bar_loss"} if values[name] not in numbers]
    assert not [name for name in missing if not any(abs(values[name] - n) < 1e-15 for n in numbers)]


def test_the_table_has_a_row_for_every_value_and_the_parts_of_sums() -> None:
    html = alive()["views"]["table"]
    rows = {a["data-name"] for tag, a, _ in Seen(html).elements if tag == "tr" and "data-name" in a}
    assert rows == {*NODES, "h_bar_next", "c_bar_next"}
    for words in ("loss ", "next ", "through h ", "along c ", "through i "):
        assert words in html
    assert 'class="figure"' not in html


def test_forwards_only_there_is_no_gradient() -> None:
    html = alive()["views"]["forward only"]
    assert "data-bar" not in html and "legend" not in html and 'data-action="backward"' not in html
    assert "ribbon" not in html[html.index("</defs>") :]
    assert "data-bar" not in alive()["views"]["first"]


def test_zero_is_an_open_ring_and_minus_is_striped() -> None:
    assert alive()["views"]["zero"].count('class="ring"') > 25
    assert "url(#still-minus-c)" in alive()["views"]["back"]  # c_bar is negative
    back = alive()["views"]["back"]
    assert 'data-wire="f"><g class="ribbon c"' in back
    assert 'data-wire="o"><g class="ribbon h"' in back
    assert 'data-wire="loss"><g class="ribbon ink"' in back


def test_a_held_value_wears_a_lock() -> None:
    assert alive()["views"]["held"].count('class="padlock"') == 1
    assert 'data-action="release"' in alive()["views"]["held"]
    assert "padlock" not in alive()["views"]["back"]


@pytest.mark.parametrize("view", VIEWS)
def test_no_picture_shows_what_is_not_a_number(view: str) -> None:
    assert not re.search(r"undefined|NaN|Infinity|\[object", alive()["views"][view])


# Layout


def test_arrow_keys_reach_every_value() -> None:
    assert sorted(alive()["reached"]) == sorted(NODES)


def test_arrow_keys_follow_the_wires() -> None:
    assert " ".join(alive()["walk"]) == "L h o f z_f w_fx w_fh h_prev w_ih z_i i c h c i"


@pytest.mark.parametrize("width", [320, 350, 370, 619, 620, 660, 700, 900])
def test_nodes_stand_apart_and_inside_the_picture(width: int) -> None:
    drawing = alive()["boxes"][str(width)]
    for name, x, y, half_x, half_y in drawing["all"]:
        assert half_x <= x <= drawing["W"] - half_x and half_y <= y <= drawing["H"] - half_y, name
    for (a, ax, ay, aw, ah), (b, bx, by, bw, bh) in combinations(drawing["all"], 2):
        assert abs(ax - bx) >= aw + bw - 0.5 or abs(ay - by) >= ah + bh - 0.5, (
            f"{a} and {b} overlap"
        )


@pytest.mark.parametrize("width", [350, 660])
def test_wires_run_along_the_axes(width: int) -> None:
    for wire, points in alive()["boxes"][str(width)]["wires"]:
        for (ax, ay), (bx, by) in pairwise(points):
            assert min(abs(ax - bx), abs(ay - by)) < 0.01, f"{wire} is slanted"
            assert max(abs(ax - bx), abs(ay - by)) > 1, f"{wire} has a piece of no length"
