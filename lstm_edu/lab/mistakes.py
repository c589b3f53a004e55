"""Nine mistakes in a backward pass, each a line of BACKWARD that reads otherwise, run through time.

Seven are as they were published, each with its source; two are ours.
One unit, or N that do not talk to each other: weight matrices (N, N) are diagonal, each value of a
step is (T, N). What a mistake returns has the names and shapes of what `bptt.backward` returns, so
that both can be put to one test.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from lstm_edu.lab.cases import Case, forward, sequences
from lstm_edu.lab.evaluate import run
from lstm_edu.lab.measure import Distance, distance
from lstm_edu.lab.table import Table
from lstm_edu.models import bptt
from lstm_edu.models.cell import Arrays
from lstm_edu.text.equations import BACKWARD, Line, lookup, parse

Total = Literal["sum", "minus sum", "sum times T", "first", "last"]
TOTALS = {
    "sum": lambda shares: shares.sum(0),  # of (T, N)
    "minus sum": lambda shares: -shares.sum(0),
    "sum times T": lambda shares: len(shares) * shares.sum(0),
    "first": lambda shares: shares[0],
    "last": lambda shares: shares[-1],
}


@dataclass(frozen=True)
class Mistake:
    """A backward pass with something wrong.

    It knows which lines read otherwise, and what is made of the steps' shares.
    """

    words: str
    lines: str = ""
    total: Total = "sum"  # what is made of the steps' shares
    code: str = ""  # the mistake in code, where it is in no line of the equations
    source: str = ""  # a key of book/references.bib; empty for a mistake that is not published

    @property
    def shown(self) -> list[str]:
        """The mistake as it is written: its lines, or else its code."""
        return (self.lines or self.code).strip().splitlines()

    def harm(self, case: Case) -> Distance:
        """How far this mistake is from the truth in a `bptt` case, for each of its units."""
        given = (
            case["p"],
            forward(bptt, case),
            case["h_bar_loss"],
            case.get("hT_bar"),
            case.get("cT_bar"),
        )
        return distance(self.backward(*given), bptt.backward(*given))

    def program(self) -> list[Line]:
        """BACKWARD with this mistake's lines in place of the right ones; h_bar_loss is given."""
        right, wrong = (
            parse(BACKWARD),
            dict(line.split(" = ", 1) for line in self.lines.strip().splitlines()),
        )
        for name in wrong:
            lookup(right, name, "line")
        text = "\n".join(f"{name} = {wrong.get(name, line.text)}" for name, line in right.items())
        return [line for name, line in parse(text).items() if name != "h_bar_loss"]

    def backward(
        self, p: Arrays, tape: Arrays, h_bar_loss: np.ndarray,
        hT_bar: np.ndarray | None = None, cT_bar: np.ndarray | None = None,
    ) -> dict[str, np.ndarray]:  # fmt: skip
        """The gradients of the 12 parameters, `xs_bar`, `h0_bar` and `c0_bar` by this mistake."""
        T, N = h_bar_loss.shape
        w = {name.replace("W", "w"): np.diag(a) if name[0] == "W" else a for name, a in p.items()}
        back = [np.zeros(N) if bar is None else bar for bar in (hT_bar, cT_bar)]
        program, shares = self.program(), list[dict[str, np.ndarray]]()
        for t in reversed(range(T)):
            v = {**w, **{name: a[t] for name, a in tape.items()}, "h_bar_loss": h_bar_loss[t]}
            v["h_bar_next"], v["c_bar_next"] = back
            v = run(program, v)
            shares.insert(0, v)
            back = [v["h_bar_prev"], v["c_bar_prev"]]
        totals = {
            name: TOTALS[self.total](np.array([v[f"{name}_bar"] for v in shares])) for name in w
        }
        grown = {
            f"{name.replace('w', 'W')}_bar": np.diag(a) if name[0] == "w" else a
            for name, a in totals.items()
        }
        return dict(
            grown, xs_bar=np.array([v["x_bar"] for v in shares]), h0_bar=back[0], c0_bar=back[1]
        )


LOSSES = ("every", "last")


def listed(mistakes: Mapping[str, Mistake]) -> Table:
    """Each of these mistakes in words, and the lines that read otherwise."""
    rows = [
        [name, m.words, ", ".join(f"`{line}`" for line in m.shown)] for name, m in mistakes.items()
    ]
    return Table(
        "What is wrong, and how it reads", ["mistake", "in words", "in the backward pass"], rows
    )


def harms(mistakes: Mapping[str, Mistake], T: int = 20, N: int = 100) -> Table:
    """The harm that each of these mistakes does, as medians over N random LSTMs.

    There are losses at every step or at the last only.
    """
    drawn = [sequences(T, N, losses) for losses in LOSSES]
    rows = [
        [name, *(text for case in drawn for text in _medians(m.harm(case)))]
        for name, m in mistakes.items()
    ]
    return Table(
        f"Medians of {N} random LSTMs, T = {T}",
        ["", *(f"{x}, {w}" for w in LOSSES for x in ("error", "cosine"))],
        rows,
    )


def passing(
    mistakes: Mapping[str, Mistake],
    tolerances: Sequence[float],
    losses: str = "every",
    T: int = 20,
    N: int = 100,
) -> Table:
    """How many of N random LSTMs would let each of these mistakes pass.

    A mistake passes where its relative error is below the tolerance; there is a count for each.
    """
    case = sequences(T, N, losses)
    errors = {name: m.harm(case).error for name, m in mistakes.items()}
    rows = [
        [name, *(str(np.sum(error < allowed)) for allowed in tolerances)]
        for name, error in errors.items()
    ]
    return Table(
        f"How many of {N} random LSTMs let it pass",
        ["allowed error", *(f"{allowed:g}" for allowed in tolerances)],
        rows,
    )


def _medians(found: Distance) -> tuple[str, str]:
    """The medians of error and cosine as text; the cosine with the digits that tell it from 1."""
    return f"{np.median(found.error):.2g}", f"{np.median(found.cosine):.4f}".replace("-", "−")


MISTAKES = {
    "nothing carried": Mistake(
        "Nothing is sent back from step to step.",
        "h_bar = h_bar_loss\nc_bar = h_bar * o * (1 - tanh(c)**2)",
        source="coderx2019",
    ),
    "c carry dropped": Mistake(
        "What comes back along c is left out.",
        "c_bar = h_bar * o * (1 - tanh(c)**2)",
        source="zhang2021",
    ),
    "h carry lost": Mistake(
        "In what is sent back along c, h̄(t−1) has taken the place of h̄(t).",
        "c_bar_prev = (c_bar_next + h_bar_prev * o * (1 - tanh(c)**2)) * f",
        source="numpytutorials",
    ),
    "σ′ of the gate": Mistake(
        "σ is applied twice: σ′ is taken at the gate, not at z.",
        "\n".join(f"z_{k}_bar = {k}_bar * sigma({k}) * (1 - sigma({k}))" for k in "ifo"),
        source="coderx2019",
    ),
    "tanh′ of tanh c": Mistake(
        "tanh is applied twice: tanh′ is taken at tanh c, not at c.",
        "c_bar = h_bar * o * (1 - tanh(tanh(c))**2) + c_bar_next",
        source="coderx2019",
    ),
    "σ for σ′": Mistake(
        "The forget gate's σ′ is forgotten, σ takes its place.",
        "z_f_bar = f_bar * sigma(f)",
        source="rocket2023",
    ),
    "overwritten": Mistake(
        "Each step's share replaces the one before it.",
        total="first",  # the loop runs backwards: the first step's is what stays
        code="w_ix_bar = …, not +=",
        source="i2dl",
    ),
    "mean forgotten": Mistake(
        "The loss is a mean over T steps, its gradient is of the sum.",
        total="sum times T",
        code="h_bar_loss = h - y, not (h - y) / T",
    ),
    "product for sum": Mistake(
        "What comes from h and along c is multiplied, not summed.",
        "c_bar = h_bar * o * (1 - tanh(c)**2) * c_bar_next",
    ),
}

# What the answer for one step lacks in a longer sequence, one by one, and all but the sign at once.
SLIPS = {
    "the sign": Mistake(
        "h_bar_loss is taken to be y - h.",
        total="minus sum",
        code="h_bar_loss = y - h",
    ),
    "what c sends back": MISTAKES["c carry dropped"],
    "what h sends back": Mistake("What comes back through h is left out.", "h_bar = h_bar_loss"),
    "the other steps' shares": Mistake(
        "Only the last step's share is taken.",
        total="last",
        code="w_ix_bar = z_i_bar * x, once",
    ),
    "all three of these": Mistake(
        "The answer for one step, unchanged.",
        MISTAKES["nothing carried"].lines,
        "last",
    ),
}
