"""Figures: what they draw is what they were given.

They have the book's colours, for both schemes, and words.
"""

import re
import xml.etree.ElementTree as ET

import numpy as np
import pytest
from matplotlib.colors import to_rgba

from lstm_edu.course import plots
from lstm_edu.text.notation import COLOURS

X = (1, 2, 5, 10)
DRAWS = [np.arange(11.0) * x for x in X]
EPS = 10.0 ** np.arange(-9, 0)
FIRST, SECOND = np.array([0.5, -0.25, 0.0]), np.array([0.25, 0.5, -0.125])


def figures():
    return {
        "spread": plots.spread(X, {"a": DRAWS, "b": [2 * d for d in DRAWS]}, "steps", "error"),
        "vcurve": plots.vcurve(EPS, {"right": EPS**2, "wrong": 0 * EPS + 0.1}, "ε", "error"),
        "log_paper": plots.log_paper(
            X, {"c": 0.5 ** np.array(X), "ink": DRAWS}, "steps", "size", {"c": "c"}
        ),
        "arrows": plots.arrows({"whole": (0, 1), "cut": (30, 0.5)}, "along", "across"),
        "parts": plots.parts(FIRST, SECOND, ("now", "later"), ("ink", "h"), "h̄(t)"),
    }


EACH = pytest.mark.parametrize("kind", list(figures()))


def lines(ax):
    return {line.get_label(): line.get_xydata() for line in ax.get_lines()}


def test_a_spread_is_the_median_and_the_middle_half():
    ax = plots.spread(X, {"a": DRAWS}, "steps", "error")
    assert lines(ax)["a"].tolist() == [[x, 5 * x] for x in X]
    band = ax.collections[0].get_paths()[0].vertices
    assert band[:, 1].max() == 75 and [2.0, 5.0] in band.tolist() and [2.0, 15.0] in band.tolist()
    assert ax.get_xscale() == "log" and [t.get_text() for t in ax.get_xticklabels()] == [
        "1",
        "2",
        "5",
        "10",
    ]


def test_a_vcurve_is_on_two_log_axes_and_keeps_an_error_of_zero_on_it():
    ax = plots.vcurve(EPS, {"right": EPS**2 * (EPS > 1e-8), "wrong": 0 * EPS + 0.1}, "ε", "error")
    assert ax.get_xscale() == ax.get_yscale() == "log"
    assert lines(ax)["right"][0, 1] == 1e-17 and lines(ax)["wrong"][:, 1] == pytest.approx(0.1)
    thick, thin = (line.get_linewidth() for line in ax.get_lines())
    assert thick > thin


def test_on_log_paper_a_repeated_factor_is_a_straight_line_and_draws_are_a_band():
    steps = np.arange(20)
    series = {"halved": -(0.5**steps), "drawn": np.outer(0.9**steps, [1.0, 2.0, 3.0, 4.0, 5.0])}
    ax = plots.log_paper(steps, series, "steps", "size", {"halved": "h"})
    assert ax.get_yscale() == "log" and ax.get_xscale() == "linear"
    assert np.diff(np.log(lines(ax)["halved"][:, 1])) == pytest.approx(np.log(0.5))
    assert lines(ax)["drawn"][0].tolist() == [0, 3] and len(ax.collections) == 1
    assert to_rgba(ax.get_lines()[0].get_color()) == to_rgba(plots.H)
    assert "halved: 1 at 0, 1.9e-06 at 19" in ax.words


def test_an_arrow_ends_where_its_angle_and_length_say():
    ax = figures()["arrows"]
    assert lines(ax)["cut"][1] == pytest.approx([0.5 * np.sqrt(3) / 2, 0.25])
    assert lines(ax)["whole"].tolist() == [[0, 0], [1, 0]] and ax.get_aspect() == 1
    assert "cut: turned by 30 degrees, length 0.50" in ax.words


def test_the_second_bar_begins_where_the_first_ends_and_negative_ones_are_striped():
    ax = figures()["parts"]
    bars = [bar for bar in ax.patches if bar.get_width()]
    ends = {
        (round(bar.get_x() + 0.2, 1), bar.get_y(), bar.get_height(), bool(bar.get_hatch()))
        for bar in bars
    }
    assert ends == {
        (0.8, 0.0, 0.5, False), (1.2, 0.5, 0.25, False),
        (1.8, 0.0, -0.25, True), (2.2, -0.25, 0.5, False),
        (3.2, 0.0, -0.125, True),
    }  # fmt: skip
    assert lines(ax)["their sum"][:, 1] == pytest.approx(FIRST + SECOND)
    names = [text.get_text() for text in ax.figure.legends[0].get_texts()]
    assert names == ["now", "later", "their sum"]
    assert [box.get_facecolor() for box in ax.figure.legends[0].get_patches()] == [
        to_rgba(plots.INK),
        to_rgba(plots.H),
    ]
    low, high = ax.get_ylim()
    assert low < -0.25 and high > 0.75


@EACH
def test_a_picture_has_no_colour_but_the_books_and_both_schemes(kind):
    page = figures()[kind]._repr_html_()
    sheet, rest = (
        re.search(r"<style>(.*?)</style>", page, re.S)[1],
        re.sub(r"<style>.*?</style>", "", page, flags=re.S),
    )
    assert not re.findall(r"#[0-9a-fA-F]{6}\b", rest)
    assert set(re.findall(r"var\(--plot-(\w+)\)", rest)) <= set(COLOURS)
    light, dark, *_ = sheet.split('html[data-theme="dark"]')
    for token, pair in COLOURS.items():
        assert f"--plot-{token}: {pair[0]};" in light and f"--plot-{token}: {pair[1]};" in dark
    ground = [
        e for e in ET.fromstring(page).iter() if "fill: var(--plot-paper)" in e.get("style", "")
    ]
    assert not ground, "the ground is transparent"


@EACH
def test_a_picture_is_well_formed_and_has_words_and_letters_and_ids_of_its_own(kind):
    page = figures()[kind]._repr_html_()
    root = ET.fromstring(page)
    assert root.get("role") == "img" and root.get("aria-label") == figures()[kind].words != ""
    texts = [e for e in root.iter() if e.tag.endswith("}text")]
    assert texts and all(
        "font-family" not in e.get("style", "") and "font:" not in e.get("style", "") for e in texts
    )
    ids = [e.get("id") for e in root.iter() if e.get("id")]
    assert len(ids) == len(set(ids))
    assert {name for name in re.findall(r'(?:url\(|href=")#([\w-]+)', page)} == set(ids)


def test_two_pictures_on_a_page_share_no_id():
    ids = [set(re.findall(r' id="(.*?)"', ax._repr_html_())) for ax in figures().values()]
    assert ids[0] and all(not a & b for n, a in enumerate(ids) for b in ids[:n])


def test_the_words_hold_the_numbers():
    words = {kind: ax.words for kind, ax in figures().items()}
    assert "a: 5 at 1, 10 at 2, 25 at 5, 50 at 10" in words["spread"]
    assert "right: smallest 1e-18 at 1e-09; wrong: smallest 1e-01" in words["vcurve"]
    assert "step 2: -0.250 and +0.500" in words["parts"]


def test_a_picture_does_not_change_the_settings_of_others_and_is_the_same_each_time():
    import matplotlib

    before = dict(matplotlib.rcParams)
    one, two = (figures()["spread"]._repr_html_() for _ in range(2))
    assert one == two and dict(matplotlib.rcParams) == before


def test_no_ink_is_readable_on_both_papers():
    """Why the colours are variables: no grey is readable on both papers.

    The contrast of the best one stays below 4.5 on one of them.
    """

    def luminance(colour):
        c = np.array([int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)])
        return np.where(c <= 0.03928, c / 12.92, ((c + 0.055) / 1.055) ** 2.4) @ [
            0.2126,
            0.7152,
            0.0722,
        ]

    light, dark = (luminance(paper) for paper in COLOURS["paper"])
    best = max(
        min((light + 0.05) / (v + 0.05), (v + 0.05) / (dark + 0.05))
        for v in np.linspace(dark, light, 10001)
    )
    assert 4.3 < best < 4.5


def test_a_power_of_ten_is_written_with_a_raised_exponent():
    assert [plots.power(v) for v in (1e-12, 1.0, 1e3)] == ["10⁻¹²", "10⁰", "10³"]
