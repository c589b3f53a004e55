"""The table of a text's names, made from the names alone.

For each name: what it looks like, what it is called, its shape in a layer, its lane in the figures,
and whether it is given to a step. The rules are those by which the book names its own quantities:

- `v_prev` is the value of v at step t−1, and makes v a state;
- a name that begins with `w_` or `b_` is a parameter, the same at every step;
- `x` is the input and `y` the target of a step, also with a number: `x_1`, `y_2`;
- `L` is the loss; a name that a line makes is a value;
- `v_bar` is the gradient of v, `v_bar_loss` the loss's share of it, `v_bar_next` what step t+1
  sends back, `v_bar_prev` what step t sends back to v at step t−1.
"""

import re

from lstm_edu.text.glyphs import Glyph, Name
from lstm_edu.text.source import MADE, Source

NAME = re.compile(r"[A-Za-z]\w*\b(?!\()")  # a function is no name
SHARE = re.compile(r"(?P<base>\w+?)_bar(?:_(?P<share>loss|next|prev))?$")
KNOWN = {"x": "input", "y": "target", "h": "hidden state", "c": "cell state", "L": "loss"}
ENDS = {"x": "HD", "h": "HH"}  # the shape of a weight, by the last letter of its subscript


def of(text: Source) -> dict[str, Name]:
    """Every name of a text with its `Name`, in the order in which the text uses them."""
    found = dict.fromkeys(NAME.findall(f"{text.forward}\n{text.backward}"))
    made = {m[1] for m in MADE.finditer(f"{text.forward}\n{text.backward}")}
    words = {**KNOWN, **text.words}
    return {name: _name(name, words, name not in made) for name in found}


def is_parameter(name: str) -> bool:
    """Whether a name is a parameter's: it begins with `w_` or `b_` and is no gradient."""
    return name.startswith(("w_", "b_")) and not SHARE.match(name)


def is_input(name: str) -> bool:
    """Whether a name is an input's, such as x or x_1."""
    return bool(re.fullmatch(r"x(_\d+)?", name))


def is_target(name: str) -> bool:
    """Whether a name is a target's, such as y or y_1."""
    return bool(re.fullmatch(r"y(_\d+)?", name))


def _name(name: str, words: dict[str, str], given: bool) -> Name:
    if not (gradient := SHARE.match(name)):
        return _value(name, words, given)
    base, share = gradient["base"], gradient["share"]
    of_what = _value(base, words, given=False)
    glyph = of_what.glyphs[0]._replace(bar=True)
    barred = f"{base}\u0304"  # c̄, in words
    match share:
        case "loss":
            glyph, said = glyph._replace(at="L"), f"the part of {barred} that the loss says"
            return Name((glyph,), said, of_what.shape)
        case "next":
            glyph = glyph._replace(at="t+1")
            said = f"the part of {barred} that step t+1 sends back"
        case "prev":
            glyph = glyph._replace(time="t-1", at="t")
            said = f"the part of {barred}(t−1) that step t sends back"
        case _:
            said = f"gradient of the {of_what.words}"
    return Name((glyph,), said, of_what.shape, of_what.lane, given)


def _value(name: str, words: dict[str, str], given: bool) -> Name:
    base = name.removesuffix("_prev")
    letter, _, sub = base.partition("_")
    hat = sub == "hat"
    time = "t-1" if base != name else "" if _timeless(base) else "t"
    glyph = Glyph(letter, sub="" if hat else sub, time=time, hat=hat)
    said = _words(base, words) + " of the step before" * (base != name)
    lane = base if base in ("h", "c") else "ink"
    return Name((glyph,), said, _shape(base), lane, given)


def _timeless(name: str) -> bool:
    return is_parameter(name) or is_target(name) or name == "L"


def _shape(name: str) -> tuple[str, ...]:
    if name == "L":
        return ()
    if name.startswith("w_"):
        return tuple(ENDS.get(name[-1], "H"))
    return ("D",) if is_input(name) else ("H",)


def _words(name: str, words: dict[str, str]) -> str:
    """What a name is called: by the text, or by what the name is made of."""
    letter, _, sub = name.partition("_")
    if name in words or not sub:
        return words.get(name, f"value {name}")
    match letter:
        case "z":
            return f"pre-activation of the {_unit(sub, words)}"
        case "b":
            return f"bias of the {_unit(sub, words)}"
        case "w":
            start, end = words.get(sub[-1], sub[-1]), _unit(sub[:-1], words)
            return f"weight from the {start} into the {end}"
    return f"{words.get(letter, letter)} {sub}"


def _unit(k: str, words: dict[str, str]) -> str:
    """What w_kh and b_k belong to: k itself, the score a_k, or the prediction k_hat."""
    return next((words[one] for one in (f"{k}_hat", f"a_{k}", k) if one in words), k)
