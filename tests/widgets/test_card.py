"""The card of a pinned value: its derivation line by line.

All the paths that lead back to it stand below.
"""

import math
import re

import pytest

from lstm_edu.widgets.cell.cell import NODES
from tests.alive import derivation_html
from tests.widgets.living import HELD, alive

BARS = sorted(alive()["derivations"])


@pytest.mark.parametrize("name", BARS)
def test_the_stepper_tells_the_derivation_of_the_book(name: str) -> None:
    for told, line in zip(alive()["derivations"][name], derivation_html(name), strict=True):
        assert (told["kind"], told["html"]) == (line["kind"], line["html"])
        assert sorted(map(tuple, told["edges"])) == sorted(line["edges"])


def test_every_gradient_of_a_node_is_derived() -> None:
    assert len(BARS) == len(NODES) - 2, "all but the loss and the target"


@pytest.mark.parametrize("k", range(len(HELD)), ids=[str([*state["lock"]]) for state in HELD])
def test_the_paths_add_up_to_the_gradient(k: int) -> None:
    for name, found in alive()["paths"][k].items():
        products = [path["product"] for path in found["paths"]]
        largest = max(map(abs, products), default=0)
        assert math.isclose(
            sum(products), found["bar"], rel_tol=1e-12, abs_tol=1e-13 * largest + 1e-300
        ), name


def test_a_paths_product_is_the_product_of_its_slopes() -> None:
    seen = 0
    for state, paths in zip(HELD, alive()["paths"], strict=True):
        seeds = {"L": 1, "h": state["h_bar_next"], "c": state["c_bar_next"]}
        for name, found in paths.items():
            for path in found["paths"]:
                slopes = [found["partials"][user][used] for user, used in path["edges"]]
                assert path["product"] == pytest.approx(
                    seeds[path["from"]] * math.prod(slopes), rel=1e-12
                )
                assert not path["edges"] or path["edges"][-1][1] == name
                assert not {user for user, _ in path["edges"]} & {*state["lock"]}, (
                    "no way leads past a held value"
                )
                seen += 1
    assert seen > 500


def test_a_push_with_the_other_routes_held_measures_the_partial() -> None:
    seen = set()
    for found in alive()["routes"]:
        for name, user, measured, expected in found:
            assert measured == pytest.approx(expected, rel=1e-6, abs=1e-8), f"{name} through {user}"
            seen.add((name, user))
    assert {name for name, _ in seen} == {*NODES} - {"L"}
    assert {("x", f"z_{k}") for k in "ifog"} <= seen


def test_the_paths_are_as_many_as_in_the_unrolled_program() -> None:
    free = next(n for n, state in enumerate(HELD) if not state["lock"])
    counts = {name: len(found["paths"]) for name, found in alive()["paths"][free].items()}
    # from the loss and by both paths from step t + 1: c has 3 (the loss and the next step through
    # h, its own next step)
    expected = dict(h=2, c=3, o=2, i=3, x=11, w_ox=2)
    assert {name: counts[name] for name in expected} == expected


def lit(view: str) -> set[str]:
    return set(re.findall(r'data-wire="(\w+)" class="on"', alive()["views"][view]))


def test_each_line_lights_the_edges_that_it_speaks_of() -> None:
    assert lit("first line of c") == {"out", "squash", "squashed", "h", "loss"}
    assert lit("second line of c") == {"out", "squash", "squashed", "h"}
    assert lit("pinned") == set()


def test_the_chosen_path_lights_alone() -> None:
    assert {"h_tap_o", "z_o", "o", "h", "loss"} <= lit("one path of h_prev")
    assert not {"z_i", "i", "add"} & lit("one path of h_prev")
    assert {"z_i", "i", "z_f", "f", "z_o", "o", "z_g", "g"} <= lit("all paths of h_prev")


def test_numbers_and_reasons_come_on_request() -> None:
    plain, full = alive()["views"]["first line of c"], alive()["views"]["second line of c"]
    card = full[full.index('class="about') :]
    assert "why" in card and "−0.689" in card and "0.686" in card, (
        "both factors have their numbers, one its reason"
    )
    assert "0.686" not in plain[plain.index('class="about') :]
