"""Prompts: a sentence with a button that sets a figure's state, and what the reader will then see.

A prompt is a promise. `kept` tries it on the figure's own numbers when the figure is made, so that
a page whose text promises what its figure does not do is never built.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from lstm_edu.text import notation

RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
Values = Mapping[str, Any]
Claim = Callable[[Values, Values], bool]


@dataclass(frozen=True)
class Prompt:
    """A sentence, the traits that it sets, the claim that must then hold, and what is then seen.

    What is seen is a sentence, too.
    """

    say: str
    set: Mapping[str, Any]
    holds: Claim
    then: str
    options: Mapping[str, Any] = field(default_factory=dict)


def prompt(
    say: str,
    set: Mapping[str, Any],
    holds: Claim,
    then: str,
    options: Mapping[str, Any] | None = None,
) -> Prompt:
    """A prompt: a sentence on a button, and what pressing it does.

    `say` stands on the button, `set` gives the traits, `holds(before, after)` must be true of
    `values`.
    `then` says what is to be seen: {c_bar} becomes the symbol, {before.c_bar} and {after.c_bar} the
    numbers. `options` makes it a prediction, which the reader answers before anything moves: each
    answer with the claim that makes it right, `{"it falls": lambda before, after: …}`, or several
    questions, each with such answers.
    """
    return Prompt(say, set, holds, then, options or {})


def kept(widget: Any, prompts: Iterable[Prompt]) -> list[dict[str, Any]]:
    """The prompts as plain data.

    Raises ValueError for one whose promise the widget's `values` do not keep.
    """
    return [_kept(widget, one) for one in prompts]


def _kept(widget: Any, one: Prompt) -> dict[str, Any]:
    for name in one.set:
        if name not in widget.first:
            raise ValueError(
                f"the prompt {one.say!r}: {notation.unknown('trait', name, [*widget.first])}"
            )
    before, after = widget.values, _after(widget, one.set)
    if not one.holds(before, after):
        raise ValueError(
            f"the prompt {one.say!r} is not kept: with {dict(one.set)} its claim does not hold"
        )
    nested = one.options and isinstance(next(iter(one.options.values())), Mapping)
    asks = one.options if nested else {"": one.options} if one.options else {}
    return {
        "say": _symbols(one, one.say),
        "set": dict(one.set),
        "then": _symbols(one, _numbers(one.then, before, after)),
        "asks": [
            [_symbols(one, ask), [*answers], _right(one, answers, before, after)]
            for ask, answers in asks.items()
        ],
    }


def _after(widget: Any, state: Mapping[str, Any]) -> Values:
    """The widget's values in another state.

    Afterwards it is in its own again, and nobody was told.
    """
    own = {name: getattr(widget, name) for name in state}
    with widget.hold_sync():
        try:
            for name, value in state.items():
                setattr(widget, name, value)
            return widget.values
        finally:
            for name, value in own.items():
                setattr(widget, name, value)


def _right(one: Prompt, answers: Mapping[str, Claim], before: Values, after: Values) -> int:
    right = [k for k, claim in enumerate(answers.values()) if claim(before, after)]
    if len(right) != 1 or len(answers) < 2:
        named = [[*answers][k] for k in right] or "none"
        raise ValueError(
            f"the prompt {one.say!r}: of {[*answers]} exactly one must be right; right are {named}"
        )
    return right[0]


def _numbers(text: str, before: Values, after: Values) -> str:
    return re.sub(
        r"\{(before|after)\.(\w+)\}",
        lambda m: _printed(m[2], (before if m[1] == "before" else after)[m[2]]),
        text,
    )


def _printed(name: str, v: float) -> str:
    """A number to three digits as numbers.mjs prints it, a gradient with its sign."""
    digits = f"{abs(v):#.3g}".rstrip(".")
    if abs(v) < 0.001 and v:
        head, power = f"{abs(v):.2e}".split("e")
        digits = f"{head}·10{str(int(power)).translate(RAISED)}"
    sign = "−" if v < 0 else "+" if "_bar" in name and v > 0 else ""
    return sign + ("0" if v == 0 else digits)


def _symbols(one: Prompt, text: str) -> str:
    for name in re.findall(r"\{(\w+)\}", text):
        if name not in notation.NAMES:
            raise ValueError(
                f"the prompt {one.say!r}: {notation.unknown('symbol', name, [*notation.NAMES])}"
            )
    return text
