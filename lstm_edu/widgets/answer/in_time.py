"""The right lines through time: with step t+1 written out, of a weight the sum of all steps."""

from lstm_edu.text.equations import BACKWARD, parse
from lstm_edu.text.notation import GATES

LINES = {name: line.text for name, line in parse(BACKWARD).items()}
PARAMETERS = [name for name in LINES if name[:2] in ("w_", "b_")]


def line(name: str) -> str:
    """The line of a gradient at any step of a sequence, of a weight as a sum over all of them."""
    terms = " + ".join(f"z_{k}_bar(t+1) * w_{k}h" for k in GATES)
    text = LINES[name].replace("h_bar_next", terms)
    return f"sum_t {text}" if name in PARAMETERS else text


def key(name: str) -> str:
    """What the box must say to it."""
    return "right-sum" if name in PARAMETERS else "right"


def summed(name: str, html: str) -> str:
    """An equation of one step in HTML, of a weight with the sum over the steps."""
    return html.replace(" = ", " = Σ<sub>t</sub> ", 1) if name in PARAMETERS else html
