"""A style sheet is cut to what the pages use, and nothing that they use goes."""

import sys
from collections.abc import Iterator

import pytest

from tests.tree import ROOT

sys.path.insert(0, str(ROOT / "book" / "_ext" / "light"))
import purge

PAGE = """<html data-theme="light"><body class="page wide" id="top">
<p class='note'>x</p><a href="#">y</a></body></html>"""


@pytest.fixture
def used() -> Iterator[purge.Used]:
    """What stands on PAGE, and what one script may put there."""
    found = purge.Used()
    found.page(PAGE)
    found.script('element.classList.add("open-menu"); element.dataset.figureKind = 1')
    yield found


@pytest.mark.parametrize(
    "selector",
    ["p", ".note", "#top", "a:hover", "body.page > p.note", ".open-menu", "[data-figure-kind]",
     "*", ":root", "::after", 'html[data-theme="dark"] p', "p:not(.never)", "a[href^='http']",
     ":is(.never, .note)"],
)  # fmt: skip
def test_a_selector_that_may_find_something_stays(selector: str, used: purge.Used) -> None:
    assert purge.purged(
        f"{selector} {{ color: red }}", used
    ) == f"{purge.tidy(selector)}{{color: red}}".replace(": ", ":")


@pytest.mark.parametrize(
    "selector",
    [
        ".never",
        "#never",
        "table",
        "p.never",
        ".never p",
        "[data-never]",
        "a > .never:hover",
        r".w-1\/2",
    ],
)
def test_a_selector_that_finds_nothing_goes(selector: str, used: purge.Used) -> None:
    assert purge.purged(f"{selector} {{ color: red }}", used) == ""


def test_of_a_list_the_selectors_that_find_something_stay(used: purge.Used) -> None:
    assert purge.purged(".never, p, :is(.a, .b).never { margin: 0 }", used) == "p{margin:0}"


def test_groups_stay_with_what_is_left_in_them(used: purge.Used) -> None:
    css = (
        "@media print { p { margin: 0 } .never { margin: 1px } } "
        "@media screen { .never { margin: 2px } }"
    )
    assert purge.purged(css, used) == "@media print{p{margin:0}}"
    nested = "@media print { @supports (gap: 0) { a { gap: 0 } } p { gap: 1px } } a { gap: 2px }"
    assert (
        purge.purged(nested, used)
        == "@media print{@supports (gap:0){a{gap:0}}p{gap:1px}}a{gap:2px}"
    )


def test_what_nothing_refers_to_goes_and_the_rest_stays(used: purge.Used) -> None:
    css = """
        :root { --used: 1; --through: var(--deep); --deep: 2; --idle: 3; --idle-too: var(--idle) }
        p { margin: var(--used) var(--through); animation: turn 1s }
        @keyframes turn { to { rotate: 1turn } } @keyframes idle { to { rotate: 0 } }
        @font-face { font-family: "Letters"; src: url(a.woff2) }
        @font-face { font-family: Idle; src: url(b.woff2) }
        a { font-family: "Letters" }"""
    left = purge.purged(css, used)
    for name in "--used", "--through", "--deep", "turn{", '"Letters";src':
        assert name in left, name
    assert "idle" not in left.lower()


def test_a_property_that_another_sheet_reads_stays(used: purge.Used) -> None:
    assert "--lent" in purge.purged(":root { --lent: 1 }", used, ".lstm { margin: var(--lent) }")
    assert "--lent" not in purge.purged(":root { --lent: 1 }", used)


def test_strings_remarks_and_addresses_are_left_in_peace(used: purge.Used) -> None:
    css = """p::before { content: "a } b; /* c */ , d" } /* p { } */
        a { background: url(data:a;b,<a{}>) }"""
    left = purge.purged(css, used)
    assert 'content:"a } b; /* c */ , d"' in left
    assert "url(data:a;b,<a{}>)" in left
    assert "/* p" not in left


def test_a_sheet_that_is_only_read_is_smaller_and_means_the_same() -> None:
    css = '/* a */\n.a > .b, .c { content: "x , {y}"; top: calc(1px + 2px); }\n'
    css += "@media (x) and (y) { .d { e: 10.05s } }\n"
    small = '.a>.b,.c{content:"x , {y}";top:calc(1px + 2px)}@media (x) and (y){.d{e:10.05s}}'
    assert "".join(map(str, purge.parse(css))) == small
