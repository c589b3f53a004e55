"""What the theme's pages get wrong for some readers, mended in the page's text.

They are readers who listen, or use keys alone.
Each mend is a pattern of the theme's markup and what stands in its place. A mend that finds nothing
is no error here: tests/browser/test_access.py asks axe-core whether a fault is left, whichever way
the theme writes it.
"""

import re

ICON = re.compile(r'(<(?:i|span) class="(?:theme-switch )?fa[srb]?[ -][^"]*")(?![^>]*aria-hidden)')
SCHEME = """["light", "dark"].find((one) => one === document.documentElement.dataset.mode) ??
      (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");"""
SIDEBAR = r'(<button class="sidebar-toggle [^"]*") title="Toggle {} sidebar"'
NAMED = r'\1 title="{0}" aria-label="{0}"'
MENDS = [
    # a button that shows "Search Ctrl+K" must be called so
    (r'(<button class="btn search-button-field[^"]*") title="Search" aria-label="Search"', r"\1"),
    # the title and the search of the sidebar stand in no region
    (r'(<div id="pst-primary-sidebar") ', r'\1 role="navigation" aria-label="Book" '),
    # two buttons named after the theme's own idea of them
    (SIDEBAR.format("primary"), NAMED.format("Contents of the book")),
    (SIDEBAR.format("secondary"), NAMED.format("Contents of this page")),
    # the entries of a list, by a role that is no more
    (r'role="doc-biblioentry"', 'role="listitem"'),
    # a fold that shows "Show code cell source" must be called so
    (r'<summary aria-label="Toggle hidden content">', "<summary>"),
    # a corner of a table that heads nothing
    (r'<th( class="head[^"]*")?>(\s*<p></p>)?</th>', r"<td\1></td>"),
    # a storage that throws
    (
        r'(?<=dataset\.mode = )(localStorage\.getItem\("mode"\))(?= \|\|)',
        r"(() => { try { return \1; } catch {} })()",
    ),
    # the scheme, known before the first paint, and not set again by a
    # script after it, which styles all anew
    (r'(?<=dataset\.theme = )localStorage\.getItem\("theme"\) \|\| "auto";', SCHEME),
    # a scheme that the theme's sheet has, for who reads without JavaScript
    (r'(<html[^>]*) data-theme="auto"', r'\1 data-theme="light"'),
    # an advertisement's place
    (r'<div id="ethical-ad-placement"[^>]*>\s*</div>', ""),
]


def mended(html: str) -> str:
    """A page with the theme's own faults mended."""
    for pattern, instead in MENDS:
        html = re.sub(pattern, instead, html)
    return ICON.sub(r'\1 aria-hidden="true"', html)
