"""What makes the pages light and open to all, all of it by text.

Style sheets and fonts are cut, a policy is given, faults are mended.
"""

import base64
import hashlib
import io
import re
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from docutils import nodes
from fontTools.ttLib import TTFont

from tests.tree import ROOT
from tools.make import audit

sys.path.insert(0, str(ROOT / "book" / "_ext" / "light"))
sys.path.insert(0, str(ROOT / "book" / "_ext" / "words"))
import about
import access
import fonts
import parts
import policy
import reserve

# parts.py, fonts.py


def test_new_names_find_their_place_in_the_order() -> None:
    known = ["a", "c"]
    parts.merge(known, ["a", "b", "c", "d"])
    parts.merge(known, ["c", "e", "d"])
    assert known == ["a", "b", "c", "e", "d"]


def test_a_pages_scripts_are_taken_but_for_data_the_scheme_and_the_figures(tmp_path: Path) -> None:
    stay = [
        '<script type="application/json">{"a": 1}</script>',
        '<script data-cfasync="false">early()</script>',
        '<script defer src="../_static/widgets/host.js?v=1"></script>',
        '<link rel="stylesheet" href="../_static/widgets/sheet-1.css" />',
    ]
    go = [
        '<link rel="stylesheet" href="../_static/basic.css?v=2" />',
        '<script src="../_static/doctools.js?v=3"></script>',
        "<script>let setting = 1;</script>",
        "<script>DOCUMENTATION_OPTIONS.pagename = 'x';</script>",
    ]
    taken = parts.Parts(tmp_path / "memory.json")
    html = taken.take("<head>" + "\n".join(stay + go) + "</head><body></body>")
    assert [one for one in stay + go if one in html] == stay
    assert (taken.sheets, taken.scripts) == (["basic.css"], ["doctools.js", "let setting = 1;"])
    taken.remember()
    assert parts.Parts(tmp_path / "memory.json").scripts == taken.scripts


def test_a_font_keeps_the_signs_asked_for_and_is_the_same_every_time() -> None:
    file = ROOT / "node_modules" / "katex" / "dist" / "fonts" / "KaTeX_Main-Regular.woff2"
    small = fonts.cut(file, "abΣ")
    assert small is not None
    assert len(small) < file.stat().st_size / 5
    assert {*map(ord, "abΣ")} <= TTFont(io.BytesIO(small)).getBestCmap().keys()
    assert ord("z") not in TTFont(io.BytesIO(small)).getBestCmap()
    assert fonts.cut(file, "abΣ") == small
    assert fonts.cut(file, "语") is None


def test_a_font_of_the_first_sight_stands_in_the_sheet_and_another_beside_it() -> None:
    rule = "@font-face{font-family:K;font-display:auto;src:url(old.woff2)}"
    within = fonts.placed(rule, "KaTeX_Math-Italic", b"abc", lambda: "never")
    face = "@font-face{font-family:K;font-display:block;"
    assert within == face + 'src:url(data:font/woff2;base64,YWJj) format("woff2")}'
    beside = fonts.placed(rule, "KaTeX_Main-Bold", b"abc", lambda: "fonts/K-1.woff2")
    assert (
        beside
        == '@font-face{font-family:K;font-display:swap;src:url(fonts/K-1.woff2) format("woff2")}'
    )


# reserve.py


def test_formulas_and_listings_say_how_high_they_are() -> None:
    strut = '<span class="strut" style="height:{}em"></span>'
    formula = '<span class="katex-display"><span class="base">' + strut.format(2) + "</span></span>"
    html = f'{formula}<span class="katex">{strut.format(9)}</span>{formula.replace("2em", "3em")}'
    assert re.findall(r'katex-display" style="--high:(.*?)em"', reserve.reserved(html)) == [
        "2.84",
        "4.05",
    ]
    listing = '<div class="highlight"><pre><span></span>a\nb\nc\n</pre></div>'
    assert '<pre style="--lines:3">' in reserve.reserved(listing)
    assert reserve.reserved("<p>x</p>") == "<p>x</p>"


# policy.py


def test_a_policy_names_the_inline_scripts_by_what_they_hold() -> None:
    html = policy.given(
        '<head><meta charset="utf-8"><script>go()</script><script src="a.js"></script></head>'
    )
    assert base64.b64encode(hashlib.sha256(b"go()").digest()).decode() in html
    assert html.count("sha256-") == 1
    assert policy.stands(html)
    assert not policy.stands("<head></head>")


def test_the_themes_handlers_become_names_that_a_script_listens_for() -> None:
    html = policy.given('<meta charset="utf-8"><button onclick="window.print()"></button>')
    assert "onclick" not in html
    assert 'data-does="print"' in html
    assert "print:" in (ROOT / "book" / "_ext" / "light" / "pages.js").read_text("utf-8")


# access.py


def test_a_search_button_is_called_as_it_reads_and_an_icon_is_silent() -> None:
    html = access.mended(
        '<button class="btn search-button-field x" title="Search" aria-label="Search">'
        '<i class="fa-solid fa-list"></i></button>'
    )
    assert "aria-label" not in html
    assert '<i class="fa-solid fa-list" aria-hidden="true">' in html
    assert access.mended(html) == html


# about.py


def test_a_description_is_whole_sentences_without_formulas() -> None:
    page = nodes.document(None, None)  # type: ignore[arg-type]
    page += nodes.paragraph(
        "", "", nodes.Text("A formula stands here, so this is passed over: "), nodes.math("x", "x")
    )
    page += nodes.paragraph(
        "", "The question. What is asked here, in one sentence? " + "And more is said of it. " * 9
    )
    said = about.description(page)
    assert said.startswith("What is asked here, in one sentence? And more")
    assert said.endswith(".")
    assert len(said) < about.LONGEST


def test_the_citation_names_the_book_and_its_address_where_it_has_one() -> None:
    assert "LSTM Gradients" in about.citation()
    assert about.citation("https://example.org/book").endswith("https://example.org/book")
    assert "http" not in about.citation()


@pytest.mark.parametrize("address", ["", "https://github.com/someone/some.book"])
def test_buttons_to_the_repository_are_there_when_it_has_an_address(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REPOSITORY_URL", address)
    monkeypatch.setenv("SITE_URL", "")
    config = SimpleNamespace(html_theme_options={"repository_url": "left over"}, html_baseurl="")
    about.configure(None, config)  # type: ignore[arg-type]
    assert [config.html_theme_options[button] for button in about.BUTTONS] == 3 * [bool(address)]
    assert config.html_theme_options["repository_url"] == address
    assert "CC BY 4.0" in config.html_theme_options["extra_footer"]


# tools/make/audit.py

GOOD = {
    "performance": 97.0,
    "accessibility": 100.0,
    "best-practices": 100.0,
    "seo": 100.0,
    "shift": 0.0,
    "bytes": 1.0,
}


def test_a_page_is_measured_by_the_median_after_the_first_run() -> None:
    runs = [GOOD | {"performance": score} for score in (10.0, 96.0, 80.0, 97.0, 98.0, 99.0)]
    assert audit.summary(runs)["performance"] == 97
    assert audit.summary(runs[:1])["performance"] == 10


def test_what_falls_short_is_said() -> None:
    assert audit.misses({"light": GOOD, "just": GOOD | {"performance": 97.0}}) == []
    assert audit.misses({"heavy": GOOD | {"performance": 96.0}}) == [
        "heavy: performance is 96, promised 97"
    ]
    assert len(audit.misses({"page": GOOD | {"seo": 99.0, "shift": 0.02}})) == 2
