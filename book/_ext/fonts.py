"""Fonts cut to the signs that stand on the pages."""

import io
import re
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

SIGNS = "".join(map(chr, [*range(32, 127), *range(0x370, 0x400)]))  # what a figure may typeset: Latin, Greek


def icons(css: str) -> str:
    """The icons that a sheet shows, written as themselves or by their number."""
    numbers = re.findall(r"\"\\([ef][0-9a-f]{3})\"", css)
    return "".join(re.findall("[\ue000-\uf8ff]", css)) + "".join(chr(int(number, 16)) for number in numbers)


def cut(file: Path, signs: str) -> bytes | None:
    """A font with only the signs of a text, and None where it has none of them."""
    options = subset.Options(flavor="woff2", layout_features=["*"], hinting=False, notdef_outline=False)
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
