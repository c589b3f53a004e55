"""The names of the book, one table.

For each name in code: what it looks like, what it is called, its shape and its lane.

A code name is the symbol spelled in ASCII: subscript `_`, bar `_bar`, time `_prev` and `_next`.
Shapes use D inputs and H units; one unit is D = H = 1. A lane is the line of the figures on which a
quantity stands: "h" (lower), "c" (upper), or "ink" (neither).
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import NamedTuple

GATES = "ifog"

# Colour tokens, (light, dark), from lines thin enough to need 6:1
# contrast on the paper of their own scheme.
COLOURS: dict[str, tuple[str, str]] = {
    "h": ("#a84300", "#ffab66"),
    "c": ("#1f5fbf", "#7db4ff"),
    "wire": ("#5a6270", "#a9b1bd"),
    "ink": ("#222222", "#eeeeee"),
    "paper": ("#ffffff", "#121212"),
}


class Glyph(NamedTuple):
    """One letter with what hangs on it: a bar, a subscript, a time.

    `at` is the one place in time whose share of the gradient is meant.
    """

    letter: str
    bar: bool = False
    sub: str = ""
    time: str = ""
    at: str = ""

    @property
    def latex(self) -> str:
        r"""The glyph in LaTeX: `\bar{z}_i^{(t)}`, `w_{ix}`, `\bar{h}^{(t-1)}\vert_{t}`."""
        letter = {"Σ": r"\sum"}.get(self.letter, self.letter)
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
        letter = "Σ" if self.letter == "Σ" else f"{tag}{self.letter}</i>"
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


def _one(
    letter: str,
    words: str,
    shape: str = "H",
    lane: str = "ink",
    given: bool = False,
    **on: str | bool,
) -> Name:
    return Name((Glyph(letter, **on),), words, tuple(shape), lane, given)  # type: ignore[arg-type]


def _gate_names(k: str, gate: str) -> Iterator[tuple[str, Name]]:
    """Every name that gate k has: its weights, z, itself, and the bar of each."""
    yield (
        f"w_{k}x",
        _one("w", f"weight from the input into the {gate}", "HD", sub=f"{k}x", given=True),
    )
    yield (
        f"w_{k}h",
        _one("w", f"weight from the hidden state into the {gate}", "HH", sub=f"{k}h", given=True),
    )
    yield f"b_{k}", _one("b", f"bias of the {gate}", sub=k, given=True)
    yield f"z_{k}", _one("z", f"pre-activation of the {gate}", sub=k, time="t")
    yield k, _one(k, gate, time="t")
    yield f"{k}_bar", _one(k, f"gradient of the {gate}", bar=True, time="t")
    yield (
        f"z_{k}_bar",
        _one("z", f"gradient of the {gate}'s pre-activation", bar=True, sub=k, time="t"),
    )
    yield (
        f"w_{k}x_bar",
        _one(
            "w",
            f"gradient of the weight from the input into the {gate}",
            "HD",
            bar=True,
            sub=f"{k}x",
        ),
    )
    yield (
        f"w_{k}h_bar",
        _one(
            "w",
            f"gradient of the weight from the hidden state into the {gate}",
            "HH",
            bar=True,
            sub=f"{k}h",
        ),
    )
    yield f"b_{k}_bar", _one("b", f"gradient of the bias of the {gate}", bar=True, sub=k)


NAMES: dict[str, Name] = {
    "x": _one("x", "input", "D", time="t", given=True),
    "h_prev": _one("h", "hidden state of the step before", lane="h", time="t-1", given=True),
    "c_prev": _one("c", "cell state of the step before", lane="c", time="t-1", given=True),
    "y": _one("y", "target", given=True),
    "c": _one("c", "cell state", lane="c", time="t"),
    "h": _one("h", "hidden state", lane="h", time="t"),
    "L": _one("L", "loss", ""),
    "h_bar": _one("h", "gradient of the hidden state", lane="h", bar=True, time="t"),
    "h_bar_loss": _one("h", "the part of h̄ that the loss says", bar=True, time="t", at="L"),
    "h_bar_next": Name(
        (Glyph("Σ", sub="k"), Glyph("z", bar=True, sub="k", time="t+1"), Glyph("w", sub="kh")),
        "the part of h̄ that step t+1 sends back", ("H",), "h", given=True,
    ),
    "h_bar_prev": _one(
        "h", "the part of h̄(t−1) that step t sends back", lane="h", bar=True, time="t-1", at="t",
    ),
    "c_bar": _one("c", "gradient of the cell state", lane="c", bar=True, time="t"),
    "c_bar_next": Name(
        (Glyph("c", bar=True, time="t+1"), Glyph("f", time="t+1")),
        "the part of c̄ that step t+1 sends back", ("H",), "c", given=True,
    ),
    "c_bar_prev": _one(
        "c", "the part of c̄(t−1) that step t sends back", lane="c", bar=True, time="t-1", at="t",
    ),
    "x_bar": _one("x", "gradient of the input", "D", bar=True, time="t"),
}  # fmt: skip
for _k, _gate in zip(GATES, ("input gate", "forget gate", "output gate", "candidate"), strict=True):
    NAMES |= dict(_gate_names(_k, _gate))

# of the plain RNN, whose h is also its own memory: what it shares with the LSTM, and three
# parameters of its own
RNN_NAMES: dict[str, Name] = dict(_gate_names("h", "hidden state"))
RNN_NAMES |= {
    name: NAMES[name]
    for name in ("x", "h_prev", "y", "h", "L", "h_bar_loss", "h_bar", "h_bar_prev", "x_bar")
}
RNN_NAMES["h_bar_next"] = NAMES["h_bar_next"]._replace(
    glyphs=(Glyph("z", bar=True, sub="h", time="t+1"), Glyph("w", sub="hh"))
)


_GROUP = r"\{(?:[^{}]|\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\})*\}"
_OTHER = (
    r"text[a-z]*|math(?:rm|bf|it|sf|tt|cal|bb|frak|scr)|operatorname\*?|begin|end|label|tag|"
    r"ref|eqref|html[A-Z][a-z]*|href|url|(?:text)?color|[hv]space|bar|hat|tilde|vec|d?dot|"
    r"check|breve|overline|widehat|widetilde|boldsymbol|mathring"
)


def mark(latex: str, names: Mapping[str, Name] = NAMES) -> str:
    r"""The same LaTeX with each symbol of the table given its name.

    A marked symbol reads `\htmlData{name=c_bar}{\bar{c}^{(t)}}`.
    A symbol counts where it stands alone and whole: not inside a command, a text, a subscript or
    another symbol. What is marked stays as it is.
    """
    by_latex = {names[name].latex: name for name in names}
    whole = "|".join(re.escape(symbol) for symbol in sorted(by_latex, key=len, reverse=True))
    pattern = "|".join((
        rf"\\htmlData\{{[^{{}}]*\}}{_GROUP}",
        rf"(?P<symbol>{whole})(?!\s*(?:_|\^\s*\{{\(|\\vert|'))",
        rf"\\(?:{_OTHER})(?![A-Za-z])\s*(?:{_GROUP}|\\[A-Za-z]+|.)",
        r"\\(?:[dt]?frac|sqrt)\s*\w(?:\s*\w)?",  # \frac1y takes bare letters
        r"\\[A-Za-z]+|\\.",
        rf"_\s*(?:{_GROUP}|\\[A-Za-z]+|.)",
        r"\^\s*(?:\{\([^{}]*\}|[^{\s])",
    ))  # fmt: skip
    return re.sub(
        pattern,
        lambda m: rf"\htmlData{{name={by_latex[m[0]]}}}{{{m[0]}}}" if m["symbol"] else m[0],
        latex,
    )


def unmarked(latex: str) -> str:
    """The same LaTeX without the names that `mark` gave, as any LaTeX can set it."""
    return re.sub(rf"\\htmlData\{{[^{{}}]*\}}({_GROUP})", lambda m: m[1][1:-1], latex)
