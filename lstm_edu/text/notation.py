"""The names of the book, one table.

For each name in code: what it looks like, what it is called, its shape and its lane.

A code name is the symbol spelled in ASCII: subscript `_`, bar `_bar`, time `_prev` and `_next`.
Shapes use D inputs and H units; one unit is D = H = 1. A lane is the line of the figures on which a
quantity stands: "h" (lower), "c" (upper), or "ink" (neither).
"""

import re
from collections.abc import Mapping

from lstm_edu.text import source, table
from lstm_edu.text.glyphs import Glyph, Name
from lstm_edu.text.glyphs import unknown as unknown  # part of this module's offer

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
# The same where a reader's system sets all colours, in CSS's names for its own.
FORCED = {
    "h": "Highlight", "c": "LinkText", "wire": "CanvasText", "ink": "CanvasText", "paper": "Canvas",
}  # fmt: skip
MORE = 72  # per cent of a hue, the rest ink, for readers who ask for more contrast

NAMES = table.of(source.join(source.load("cells", "lstm"), source.load("outputs", "half_square")))
# What step t+1 sends back, in the LSTM's own letters.
NAMES["h_bar_next"] = NAMES["h_bar_next"]._replace(
    glyphs=(Glyph("Σ", sub="k"), Glyph("z", bar=True, sub="k", time="t+1"), Glyph("w", sub="kh"))
)
NAMES["c_bar_next"] = NAMES["c_bar_next"]._replace(
    glyphs=(Glyph("c", bar=True, time="t+1"), Glyph("f", time="t+1"))
)

# The plain RNN's h is also its own memory.
RNN_NAMES = table.of(
    source.join(source.load("cells", "rnn"), source.load("outputs", "half_square"))
)
RNN_NAMES["h_bar_next"] = NAMES["h_bar_next"]._replace(
    glyphs=(Glyph("z", bar=True, sub="h", time="t+1"), Glyph("w", sub="hh"))
)


_GROUP = r"\{(?:[^{}]|\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\})*\}"
_OTHER = (
    r"text[a-z]*|math(?:rm|bf|it|sf|tt|cal|bb|frak|scr)|operatorname\*?|begin|end|label|tag|"
    r"ref|eqref|html[A-Z][a-z]*|href|url|(?:text)?color|[hv]space|bar|hat|tilde|vec|d?dot|"
    r"check|breve|overline|widehat|widetilde|boldsymbol|mathring"
)


def schemes(prefix: str, place: str, dark: str) -> str:
    """The colours as CSS variables `--prefix-token` at the selector `place`, by what readers ask.

    `dark` selects the same place in the dark.
    """

    def variables(values: Mapping[str, str]) -> str:
        return " ".join(f"--{prefix}-{token}: {value};" for token, value in values.items())

    def stronger(scheme: Mapping[str, str]) -> dict[str, str]:
        mixed = {
            token: f"color-mix(in srgb, {scheme[token]} {MORE}%, {scheme['ink']})" for token in "hc"
        }
        return {**mixed, "wire": scheme["ink"]}

    by_day, by_night = ({token: pair[k] for token, pair in COLOURS.items()} for k in (0, 1))
    return (
        f"{place} {{ color-scheme: light; {variables(by_day)} }}\n"
        f"{dark} {{ color-scheme: dark; {variables(by_night)} }}\n"
        f"@media (prefers-contrast: more) {{ {place} {{ {variables(stronger(by_day))} }} "
        f"{dark} {{ {variables(stronger(by_night))} }} }}\n"
        f"@media (forced-colors: active) {{ "
        f"{place}, {dark} {{ forced-color-adjust: none; {variables(FORCED)} }} }}\n"
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
