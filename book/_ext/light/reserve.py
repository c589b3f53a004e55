"""How high each formula and each listing will be, told to the browser.

So told, it lays out only what is near.
A chapter holds thousands of boxes of formulas and listings, and most of them far below the window.
book.css leaves them out until the reader comes near (`content-visibility`); the height told here
keeps their place, so that nothing jumps.
"""

import re

DISPLAY = '<span class="katex-display">'
SPAN = re.compile(r"<(/?)span\b")
STRUT = re.compile(r'class="strut" style="height:([\d.]+)em(?:;vertical-align:-([\d.]+)em)?')
LISTING = re.compile(r'(<div class="highlight"><pre)(>.*?</pre>)', re.S)
KATEX = 1.21  # the size of KaTeX's letters beside those of the text
BELOW = 0.35  # em that any line of letters takes below its baseline


def reserved(html: str) -> str:
    """A page whose displayed formulas and listings say how high they are."""
    html = LISTING.sub(
        lambda found: f'{found[1]} style="--lines:{found[2].count(chr(10))}"{found[2]}', html
    )
    before, *parts = html.split(DISPLAY)
    return before + "".join(
        f'{DISPLAY[:-1]} style="--high:{height(part)}em">{part}' for part in parts
    )


def height(html: str) -> float:
    """The height of the formula that this text begins with, in em.

    It is what the struts of its one line reach above the baseline and below it.
    """
    depth, end = 1, len(html)
    for tag in SPAN.finditer(html):
        depth += -1 if tag[1] else 1
        if not depth:
            end = tag.start()
            break
    struts = [(float(high), float(deep or 0)) for high, deep in STRUT.findall(html, 0, end)]
    above = max((high - deep for high, deep in struts), default=1.0)
    below = max([BELOW, *(deep for _, deep in struts)])
    return round(KATEX * (above + below), 2)
