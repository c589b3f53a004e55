"""The figure of paths: its numbers against NumPy and the proved partial derivatives.

Its pictures are looked at, too.
"""

import re
from typing import Any

import numpy as np
import pytest

from lstm_edu.lab import paths
from lstm_edu.text import unroll
from lstm_edu.widgets import Paths
from tests import close
from tests.node import ask, ask_each
from tests.widgets.asked import FIRST, THREE, drawn
from tests.widgets.living import Seen


def assert_close(said: float, wanted: float, largest: float, what: str) -> None:
    close.assert_close(said, wanted, what, largest, floor=1e-9)


# Numbers


@pytest.mark.parametrize("count", [40, pytest.param(200, marks=pytest.mark.slow)])
def test_every_number_of_random_settings_is_numpys(count: int) -> None:
    rng = np.random.default_rng(3)
    settings = [drawn(rng) for _ in range(count)]
    for t, said in zip(settings, ask_each("tests/paths", "compute", settings), strict=True):
        wanted = paths.terms(t["T"], t["of"], t["to"], t)
        names = paths.listed(t["T"], t["of"], t["to"])
        assert [tuple(term["names"]) for term in said["terms"]] == names
        for term, product in zip(said["terms"], wanted, strict=True):
            assert term["product"] == pytest.approx(product, rel=1e-12, abs=0)
        largest = max((abs(product) for product in wanted), default=1.0)
        aim = paths.gradient(t["T"], t["of"], t["to"], t)
        assert_close(said["aim"], aim, max(largest, abs(aim)), f"{t['of']} → {t['to']}")
        assert sum(term["product"] for term in said["terms"]) == pytest.approx(
            said["aim"], rel=1e-9, abs=2e-14 * largest
        )
        left = sum(product for k, product in enumerate(wanted) if k not in t["off"])
        assert_close(said["total"], left, largest, "the total of what is on")
        for name in {f"{letter}_{s}" for letter in "ch" for s in range(t["T"] + 1)} & said[
            "bars"
        ].keys():
            assert_close(
                said["bars"][name],
                paths.gradient(t["T"], name, t["to"], t),
                1 + abs(said["bars"][name]),
                name,
            )


def test_values_of_the_widget_are_those_of_the_figure() -> None:
    for state in (dict(), dict(off=[0]), dict(T=3, of="w_ix", to="L", off=[1, 5])):
        said = ask("tests/paths", "compute", FIRST | state)
        values = Paths(**state).values
        assert values["total_bar"] == pytest.approx(said["total"], rel=1e-12)
        assert values["gradient_bar"] == pytest.approx(said["aim"], rel=1e-12)
        assert values["paths"] == len(said["terms"])


TRIED = [
    *[
        (2, "c_0", "h_2"),
        (2, "w_gh", "h_2"),
        (3, "c_0", "h_3"),
        (3, "h_0", "h_3"),
        (3, "w_fh", "h_3"),
    ],
    *[(3, "h_0", "L"), (3, "w_ix", "L"), (3, "b_o", "L")],
]


@pytest.mark.parametrize("key", paths.LEFT_OUT)
def test_what_a_mistake_leaves_out_is_what_its_backward_pass_lacks(key: str) -> None:
    rng = np.random.default_rng(5)
    tried = 0
    for T, of, to in TRIED:
        t = drawn(rng) | dict(T=T, of=of, to=to, off=[])
        said = ask("tests/paths", "compute", t)
        off = said["sets"][key]
        without = ask("tests/paths", "compute", t | dict(off=off))
        largest = max(abs(term["product"]) for term in said["terms"])
        assert_close(
            without["total"],
            paths.gradient(T, of, to, t, paths.LEFT_OUT[key]),
            largest,
            f"{key}, {of} → {to}",
        )
        assert not off or key in without["named"]
        tried += bool(off)
    assert tried >= 2, "this set was never drawn"


@pytest.mark.parametrize("of", ["c_0", "h_0", "w_ix", "w_ih", "b_o"])
@pytest.mark.parametrize("end", ["h", "c", "L"])
def test_paths_are_counted_as_they_are_listed(of: str, end: str) -> None:
    pairs = [(T, of, "L" if end == "L" else f"{end}_{T}") for T in (1, 2, 3)]
    wanted = [str(len(unroll.paths(*pair))) for pair in pairs]
    assert [ask("tests/paths", "counted", *pair) for pair in pairs] == wanted


def test_the_counts_of_the_book() -> None:
    cases = {
        (2, "c_0", "h_2"): 5,
        (2, "h_0", "h_2"): 19,
        (3, "h_0", "h_3"): 91,
        (3, "w_ix", "h_3"): 30,
    }
    assert [int(ask("tests/paths", "counted", *case)) for case in cases] == list(cases.values())
    long = ask("tests/paths", "counted", 50, "h_0", "h_50")
    # paths from h_0 that end here: c takes c once and h by three
    # gates, h takes c, and h by its own gate
    c, h = 0, 1
    for _ in range(50):
        c = c + 3 * h
        h = c + h
    assert int(long) == h
    assert 8e33 < int(long) < 9.5e33


def test_merged_paths_take_steps_in_proportion() -> None:
    few, more, most = (ask("tests/paths", "products", T, "h_0", f"h_{T}") for T in (10, 20, 50))
    assert more - few == (most - more) / 3 == 140


def test_a_factor_has_the_hue_of_the_letter_that_carries_it() -> None:
    said = ask("tests/paths", "compute", THREE | dict(of="c_0"))
    # from the loss back to c_0
    hues = {tuple(term["names"]): term["hues"] for term in said["terms"]}
    assert hues["c_0", "c_1", "h_1", "L_1", "L"] == ["ink", "h", "c"]
    by_input_gate = "c_0", "c_1", "h_1", "z_i_2", "i_2", "c_2", "h_2", "L_2", "L"
    by_output_gate = "c_0", "c_1", "h_1", "z_o_2", "o_2", "h_2", "L_2", "L"
    assert " ".join(hues[by_input_gate]) == "ink h c c h h c"
    assert " ".join(hues[by_output_gate]) == "ink h h h h c"


def test_no_path_leads_back() -> None:
    said = ask("tests/paths", "compute", FIRST | dict(of="h_1", to="c_1"))
    assert (said["terms"], said["total"], said["aim"], said["many"]) == ([], 0, 0, "0")


# Pictures


def view(t: dict[str, Any] = FIRST, **ui: Any) -> str:
    return ask("paths/paths", "still", t, ui)


def test_the_first_sight_has_five_paths_that_add_up() -> None:
    seen = Seen(view())
    rows = [a for a in seen.all("num") if "data-path" in a]
    values = [float(row["data-value"] or "nan") for row in rows]
    assert len(values) == 5
    assert [abs(v) for v in values] == sorted((abs(v) for v in values), reverse=True)
    [total] = seen.all("num", data_role="total")
    [aim] = seen.all("num", data_role="aim")
    assert sum(values) == pytest.approx(float(total["data-value"] or "nan"), rel=1e-12)
    assert float(total["data-value"] or "nan") == pytest.approx(
        float(aim["data-value"] or "nan"), rel=1e-12
    )
    before_fold = Seen(view().split("All the weights")[0])
    tabs = [a for _, a, _ in before_fold.elements if a.get("tabindex") == "0"]
    assert before_fold.controls() == ["of", "to", "T", "grouped", "leave", "steps"]
    assert len(tabs) == 2, (
        "the graph and the list are one stop each; with More and five controls before the fold"
    )


def test_each_rows_bar_begins_where_the_last_one_ended() -> None:
    bars = [bar["style"] or "" for bar in Seen(view()).all("sum-bar")]
    values = sorted(paths.terms(2, "c_0", "h_2", FIRST), key=abs, reverse=True)
    left, width = (
        [float(x) for x in re.findall(part, " ".join(bars))]
        for part in (r"left:([\d.]+)", r"max\(([\d.]+)")
    )
    begin = [
        a if v > 0 else a + b for a, b, v in zip(left, width, [*values, sum(values)], strict=True)
    ]
    end = [
        a + b if v > 0 else a for a, b, v in zip(left, width, [*values, sum(values)], strict=True)
    ]
    assert begin[1:-1] == pytest.approx(end[:-2], abs=0.01)
    assert (begin[0], end[-2]) == pytest.approx((begin[-1], end[-1]), abs=0.01), (
        "the total is from 0 to their end"
    )


def test_a_pointed_row_lights_its_path_in_the_graph() -> None:
    other = Seen(view(hover="p1"))
    [row] = [a for a in other.all("lit") if (a.get("data-name") or "").startswith("p")]
    assert row["data-name"] == "p1"
    seen = {a["data-name"] for a in other.all("seen")}
    assert seen == {name for name in paths.listed(2, "c_0", "h_2")[1] if name[0] != "z"}
    assert len(other.all("trail")) == len(seen) - 1


def test_more_than_twelve_paths_are_twelve_and_the_rest() -> None:
    seen = Seen(view(THREE))
    assert len([a for a in seen.all("num") if "data-path" in a]) == 12
    [rest] = seen.all("num", data_role="rest")
    assert "the other 25 together" in view(THREE)
    terms = sorted(paths.terms(3, "w_ix", "L", THREE), key=abs)[:-12]
    assert float(rest["data-value"] or "nan") == pytest.approx(sum(terms), rel=1e-9)


def test_a_known_mistake_is_named_with_its_measured_harm() -> None:
    assert "data-harm" not in view()
    direct = [k for k, names in enumerate(paths.listed(2, "c_0", "h_2")) if "h_1" not in names]
    html = view(FIRST | dict(off=direct))
    assert 'data-harm="what c sends back"' in html
    error, cosine = paths.harms()["what c sends back"]["every"]
    assert f"median error is {error:.3f}" in html and f"cosine {cosine:.4f}" in html
    assert "data-harm" not in view(FIRST | dict(off=[*direct, 1]))


def test_group_merges_the_paths_and_keeps_the_gradient() -> None:
    html = view(FIRST | dict(grouped=True))
    aim = paths.gradient(2, "c_0", "h_2", FIRST)
    found = [float(a["data-value"] or "nan") for a in Seen(html).all("num", data_bar="c_0")]
    assert found and all(v == pytest.approx(aim, rel=1e-12) for v in found)
    assert "5 paths in one number" in html


def test_what_comes_back_to_a_merged_value_adds_up_to_its_gradient() -> None:
    shown = [
        a for a in Seen(view(THREE | dict(grouped=True)).split("All the weights")[0]).all("num")
    ]
    for name in ("c_1", "h_1", "c_2", "h_2", "c_3", "h_3", "w_ix"):
        parts = [float(a["data-value"] or "nan") for a in shown if a.get("data-part") == name]
        assert parts and sum(parts) == pytest.approx(
            paths.gradient(3, name, "L", THREE), rel=1e-9
        ), name


def test_the_table_has_every_path() -> None:
    seen = Seen(view(THREE, table=True))
    said = [float(a["data-value"] or "nan") for a in seen.all("num") if "data-path" in a]
    wanted = sorted(paths.terms(3, "w_ix", "L", THREE), key=abs, reverse=True)
    assert said == pytest.approx(wanted, rel=1e-12)
