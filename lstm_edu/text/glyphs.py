"""What a name looks like: letters with bars, subscripts and times, in LaTeX and in HTML."""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import NamedTuple


class Glyph(NamedTuple):
    """One letter with what hangs on it: a hat, a bar, a subscript, a time.

    `at` is the one place in time whose share of the gradient is meant.
    """

    letter: str
    bar: bool = False
    sub: str = ""
    time: str = ""
    at: str = ""
    hat: bool = False

    @property
    def latex(self) -> str:
        r"""The glyph in LaTeX: `\bar{z}_i^{(t)}`, `w_{ix}`, `\bar{h}^{(t-1)}\vert_{t}`."""
        letter = {"Σ": r"\sum"}.get(self.letter, self.letter)
        letter = rf"\mathrm{{{letter}}}" if letter.isalpha() and len(letter) > 1 else letter
        letter = rf"\hat{{{letter}}}" if self.hat else letter
        letter = rf"\bar{{{letter}}}" if self.bar else letter
        sub = f"_{self.sub}" if len(self.sub) == 1 else f"_{{{self.sub}}}"
        at = rf"\vert_{{{self.at}}}"
        return (
            letter
            + sub * bool(self.sub)
            + f"^{{({self.time})}}" * bool(self.time)
            + at * bool(self.at)
        )

    @property
    def html(self) -> str:
        """The glyph in HTML that needs no mathematics.

        The letter stands in `<i>` (class `bar` under a bar), then come its scripts.
        """
        tag = '<i class="bar">' if self.bar else "<i>"
        hat = "\u0302" * self.hat
        letter = "Σ" if self.letter == "Σ" else f"{tag}{self.letter}{hat}</i>"
        sub = f"<sub>{self.sub}</sub>" * bool(self.sub)
        time = f"<sup>({self.time.replace('-', '−')})</sup>" * bool(self.time)
        return letter + sub + time + f"|<sub>{self.at}</sub>" * bool(self.at)


class Name(NamedTuple):
    """What the book knows of one name.

    `given` marks what a step receives and no equation may assign.
    """

    glyphs: tuple[Glyph, ...]
    words: str
    shape: tuple[str, ...] = ()
    lane: str = "ink"
    given: bool = False

    @property
    def latex(self) -> str:
        """The name in LaTeX, different for every name of a table."""
        return " ".join(glyph.latex for glyph in self.glyphs)

    @property
    def html(self) -> str:
        """The name in HTML, its glyphs a thin space apart."""
        return "\u2009".join(glyph.html for glyph in self.glyphs)


def unknown(kind: str, name: str, known: Iterable[str]) -> str:
    """The sentence for a name that nobody knows.

    It says what was given, and the nearest known name or else all of them.
    """
    known = list(known)
    near = get_close_matches(name, known, n=1)
    return f"unknown {kind} {name!r}; " + (
        f"did you mean {near[0]!r}?" if near else f"known: {', '.join(known)}"
    )
