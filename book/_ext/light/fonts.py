"""Fonts cut to the signs that stand on the pages."""

import base64
import io
import logging
import re
from collections.abc import Callable
from pathlib import Path

from fontTools import subset, version
from fontTools.ttLib import TTFont

from tools.make import cached

# its steps are no news to who builds the book
logging.getLogger("fontTools").setLevel(logging.WARNING)

# what a figure may typeset: Latin, Greek
SIGNS = "".join(map(chr, [*range(32, 127), *range(0x370, 0x400)]))
# Fonts of the first sight stand in the sheet, and a script asks for them, so that browsers paint
# when they are there: one that comes later would move the text.
WITHIN = re.compile(r"KaTeX_(Main-Regular|Math-Italic|Size\d-Regular)|fa-")
ASK = (
    '<script>document.fonts.forEach((font) => font.display === "block" && font.load());</script>\n'
)


def icons(css: str) -> str:
    """The icons that a sheet shows, written as themselves or by their number."""
    numbers = re.findall(r"\"\\([ef][0-9a-f]{3})\"", css)
    return "".join(re.findall("[\ue000-\uf8ff]", css)) + "".join(
        chr(int(number, 16)) for number in numbers
    )


def cut(file: Path, signs: str) -> bytes | None:
    """A font with only the signs of a text, and None where it has none of them.

    It is made once of the same two.
    """
    depends = (file.read_bytes(), "".join(sorted({*signs})), version, Path(__file__).read_bytes())
    return cached.made("fonts", depends, lambda: made(file, signs) or b"") or None


def made(file: Path, signs: str) -> bytes | None:
    """A font with only the signs of a text, and None where it has none of them."""
    options = subset.Options(
        flavor="woff2", layout_features=["*"], hinting=False, notdef_outline=False
    )
    options.drop_tables += ["FFTM"]
    with TTFont(file, recalcTimestamp=False) as font:  # the same fonts make the same names
        if not {*map(ord, signs)} & font.getBestCmap().keys():
            return None
        small = subset.Subsetter(options)
        small.populate(text=signs)
        small.subset(font)
        font.flavor = "woff2"
        out = io.BytesIO()
        font.save(out)
    return out.getvalue()


def placed(rule: str, stem: str, font: bytes, write: Callable[[], str]) -> str:
    """A `@font-face` rule that holds its font, or names the file that `write` made of it."""
    within = WITHIN.match(stem)
    address = f"data:font/woff2;base64,{base64.b64encode(font).decode()}" if within else write()
    source = f'font-display:{"block" if within else "swap"};src:url({address}) format("woff2")'
    return re.sub(r"src:[^;}]*", source, re.sub(r"font-display:[^;}]*;?", "", rule))
