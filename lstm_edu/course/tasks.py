"""Tasks for a reader's own function.

What is right is said first, then the first quantity that is not, with both numbers.

D inputs, H units, T steps; without a shape, one unit. A task takes a function and returns what it
has to say of it; `right` tells whether that is done. Nothing is raised for a function that is
wrong, stops, or is not yet written.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from lstm_edu.course.tried import (
    Mine,
    Wrong,
    array,
    called,
    first,
    number,
    returned,
    same,
    shaped,
    short,
    spoken,
)
from lstm_edu.lab import cases, measure, reach
from lstm_edu.lab.evaluate import evaluated
from lstm_edu.lab.mistakes import MISTAKES, SLIPS, Mistake
from lstm_edu.models import bptt, cell
from lstm_edu.text.equations import BACKWARD, FORWARD, inputs, parse
from lstm_edu.text.notation import GATES
from lstm_edu.widgets.answer.judge import question, states, verdict
from lstm_edu.widgets.kit import engine

WEIGHTS = [name for name in inputs(parse(FORWARD)) if name[:2] in ("w_", "b_")]
ONE_STEP = [
    name for name in parse(BACKWARD) if not name.startswith(("h_bar", "x_bar", "c_bar_prev"))
]
STATE = ["x", "h_prev", "c_prev"]
LAYER = ["W_ix_bar", "W_ih_bar", "b_i_bar", "x_bar", "h_bar_prev"]
OUTER = "“A product for the outer product”: every gate meets every input, which gives a matrix."
TURNED = "“W for Wᵀ”: the matrix is square, so nothing complains. Backwards it is turned over."
SIZES = {
    1.0: "the usual size. “Smaller ε is better” down to about 10⁻⁵ only: "
    "is yours far below that, or far above?",
    1e-6: "a millionth of the usual size. "
    "Compare the error with the size of the gradient, not with a fixed number.",
    1e6: "a million times the usual size. "
    "Compare the error with the size of the gradient, not with a fixed number.",
}
# What is written in place of a line of FORWARD, and what is said to it.
SLIPS_FORWARDS = {
    "i = tanh(z_i)": "A gate is a number between 0 and 1: it goes through σ.",
    "g = sigma(z_g)": "The candidate may be negative: it goes through tanh.",
    "c = i * c_prev + f * g": "i and f have changed places: the forget gate keeps the old memory.",
    "c = f * c_prev + g": "The input gate is missing: how much of the candidate is written?",
    "c = (1 - f) * c_prev + i * g": (
        "“The forget gate at 1 forgets”: it is how much of the old memory is kept."
    ),
    "h = o * c": "The memory is squashed before it is shown.",
    "h = tanh(o * c)": "The memory is squashed first, then the output gate shows a part of it.",
    "h = tanh(c)": "The output gate is missing: how much of the memory is shown?",
}
# What a loop over the steps can get wrong: what was published, and two more.
F_LEFT_OUT = Mistake("What comes back along c passes no forget gate.", "c_bar_prev = c_bar")
ONE_GATE = Mistake(
    "Only the input gate's answer comes back through h.", "h_bar_prev = z_i_bar * w_ih"
)
LOOP = MISTAKES | SLIPS | {"f left out": F_LEFT_OUT, "one gate of four": ONE_GATE}


@spoken
def forwards(mine: Mine) -> str:
    """One step forwards: `mine(w, x, h_prev, c_prev)` gives z_i … z_g, i, f, o, g, c and h by name.

    `w` has the 12 parameters by name, each one number.
    """
    lines, at, right = parse(FORWARD), states(), list[str]()
    rows = _rows([*WEIGHTS, *STATE])
    found = [returned(mine, {n: v[n] for n in WEIGHTS}, *(v[n] for n in STATE)) for v in rows]
    for name in (name for name in lines if name != "L"):
        yours = np.array([number(one, name, right) for one in found])
        if not np.allclose(yours, at[name], rtol=1e-9, atol=1e-12):
            slips = [
                (parse(text)[name], says)
                for text, says in SLIPS_FORWARDS.items()
                if text.startswith(f"{name} =")
            ]
            says = next(
                (says for line, says in slips if np.allclose(yours, evaluated(line, at))), ""
            )
            raise Wrong(first(name, right, yours[0], at[name][0], says))
        right.append(name)
    return f"Right: all {len(right)} values, at {len(found)} states."


@spoken
def one_step(mine: Mine) -> str:
    """One step backwards: `mine(s, h_bar, c_bar_next)` gives the step's gradients by name.

    Those are o_bar … z_g_bar and those of the 12 parameters.
    `s` has the step's values and its parameters by name, each one number.
    """
    at, right = states(), list[str]()
    seen = [*WEIGHTS, *STATE, *(name for name in parse(FORWARD) if name != "L")]
    rows = _rows([*seen, "h_bar", "c_bar_next"])
    made = [returned(mine, {n: v[n] for n in seen}, v["h_bar"], v["c_bar_next"]) for v in rows]
    for name in ONE_STEP:
        yours = np.array([number(one, name, right) for one in made])
        if not np.allclose(yours, at[name], rtol=1e-9, atol=1e-12):
            raise Wrong(first(name, right, yours[0], at[name][0], _hint(yours, name)))
        right.append(name)
    return f"Right: all {len(right)} gradients, at {len(made)} states."


def _hint(yours: np.ndarray, name: str) -> str:
    """What is known of a mistake that gives these values, or what a hint needs."""
    if not engine.there():
        return "For a hint at the mistake, run “pip install quickjs-ng” and restart the kernel."
    found = verdict(yours, question(name))
    # the rest of the sentences point at a place
    whole = found.key in ("negative", "multiple", "other-line")
    return found.fault if whole else found.says


@spoken
def layer(mine: Mine) -> str:
    """From z to the rest, in a layer: `mine(p, s, z_bar)` gives the gradients below z by name.

    Those are W_ix_bar, W_ih_bar, b_i_bar, x_bar, h_bar_prev.

    `p` and `s` are what `cell.step` takes and gives, `z_bar` has
    z_i_bar … z_g_bar, (H,) each; D = 3, H = 2.
    """
    case, right = cases.drawn(bptt, T=2, D=3, H=2, seed=3), list[str]()
    p, s = case["p"], {name: a[1] for name, a in bptt.forward(case["p"], case["xs"]).items()}
    bars = cell.step_bar(p, s, case["h_bar_loss"][1], np.zeros(2))
    z_bar = {f"z_{k}_bar": bars[f"z_{k}_bar"] for k in GATES}
    found = returned(mine, p, s, z_bar)
    not_turned = sum(p[f"W_{k}h"] @ z_bar[f"z_{k}_bar"] for k in GATES)
    for name in LAYER:
        yours, truth = array(found, name, right), bars[name]
        if yours.shape != truth.shape:
            says = OUTER if name[0] == "W" and yours.ndim < 2 else ""
            raise Wrong(shaped(name, right, yours.shape, truth.shape, says))
        if not np.allclose(yours, truth):
            k = np.unravel_index(np.argmax(np.abs(yours - truth)), truth.shape)
            says = TURNED if name == "h_bar_prev" and np.allclose(yours, not_turned) else ""
            raise Wrong(first(name, right, yours[k], truth[k], says))
        right.append(name)
    return "Right: five arrays, each of the shape of what it is the gradient of."


@spoken
def through_time(mine: Mine) -> str:
    """All steps of one unit: `mine(p, tape, h_bar_loss)` gives the weights' gradients.

    They are those of the 12 parameters, by name.
    """
    for T in (1, 4):
        case = cases.drawn(bptt, T=T, D=1, H=1, seed=2)
        given = case["p"], bptt.forward(case["p"], case["xs"]), case["h_bar_loss"]
        known = {
            f"That is what “{n}” gives. {m.words}": m.backward(*given) for n, m in LOOP.items()
        }
        before = "Right for a sequence of one step. " if T > 1 else ""
        same(returned(mine, *given), bptt.backward(*given), f"{before}With T = {T}: ", known)
    return "Right: all 12 gradients, for one step and for four."


@spoken
def truncated(mine: Mine) -> str:
    """A gradient cut at k steps: `mine(p, tape, h_bar_loss, k)` gives the weights' gradients.

    They are those of the 12 parameters, by name.
    """
    case = cases.drawn(bptt, T=6, D=1, H=1, seed=4)
    p, h_bar_loss = case["p"], case["h_bar_loss"]
    tape = bptt.forward(p, case["xs"])
    for k in (6, 1, 2, 3):
        steps = (max(1, k - 1), k, k + 1, None)
        cut = {n: bptt.backward(p, tape, h_bar_loss, carry=n) for n in steps}
        chunks = reach.chunked(p, tape, h_bar_loss, k)
        end = {name: a[-k:] for name, a in tape.items()}
        last_steps = bptt.backward(p, end, h_bar_loss[-k:])
        known = {
            "That is the whole gradient: nothing is cut.": cut[None],
            "Those are chunks. The first loss of a chunk flows back through one step only; "
            "here every loss flows back through k.": chunks,
            "That is k + 1. The loss's own step counts as the first of the k.": cut[k + 1],
            "That is k − 1. The loss's own step counts as the first of the k.": cut[max(1, k - 1)],
            "Those are the last k steps. "
            "Every step has a loss, and each flows back through k steps.": last_steps,
        }
        same(returned(mine, p, tape, h_bar_loss, k), cut[k], f"With k = {k}: ", known)
    return "Right: all 12 gradients, for k = 1, 2, 3 and for all six steps."


@spoken
def gradient_check(mine: Mine) -> str:
    """A check of a gradient: `mine(loss, w, claimed)` says whether it is right, True or False.

    `loss` takes the 12 parameters as one vector, as `w` is, and gives a number; `claimed` is a
    gradient, 12 numbers.
    """
    for size, says in SIZES.items():
        loss, w, right, _ = _claims(size)
        if not _accepts(mine, loss, w, right):
            raise Wrong(f"Your check refuses a right gradient, of a loss of {says}")
    refused = 0
    for size in (1.0, 1e-6):
        loss, w, right, known = _claims(size)
        for name, wrong in known.items():
            if _accepts(mine, loss, w, wrong):
                error = np.linalg.norm(wrong - right) / np.linalg.norm(right)
                cosine = _cosine(wrong, right)
                raise Wrong(
                    "Your check accepts what is right, and refuses "
                    f"{refused or 'none'} of the wrong ones so far. It lets “{name}” through, "
                    f"with an error of {error:.2g} of the gradient and a cosine of {cosine:.4f}."
                )
            refused += 1
    return (
        "Right: it accepts what is right, large or small, "
        f"and refuses all {refused} wrong gradients."
    )


def _rows(names: list[str]) -> list[dict[str, float]]:
    """The states of a cell one by one, of each the numbers of these names."""
    columns = [states()[name].tolist() for name in names]
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def _claims(size: float) -> tuple[Callable, np.ndarray, np.ndarray, dict[str, np.ndarray]]:
    """A loss of the 12 parameters, where they stand, its gradient, and wrong ones by name."""
    case = {
        name: a
        for name, a in cases.drawn(bptt, T=5, D=1, H=1, seed=1).items()
        if not name.endswith("T_bar")
    }
    case["h_bar_loss"] = size * case["h_bar_loss"]
    w = np.concatenate([np.ravel(a) for a in case["p"].values()])

    def loss(at: np.ndarray) -> Any:
        p = {
            name: np.reshape(v, np.shape(a))
            for (name, a), v in zip(case["p"].items(), at, strict=True)
        }
        return cases.loss(bptt, dict(case, p=p))

    given = (
        case["p"],
        bptt.forward(case["p"], case["xs"], case["h0"], case["c0"]),
        case["h_bar_loss"],
    )
    right = measure.flat(bptt.backward(*given))
    known = {name: measure.flat(m.backward(*given)) for name, m in MISTAKES.items()}
    known["one of twelve, by a hundredth"] = right * np.where(np.arange(12) == 11, 1.01, 1.0)
    return loss, w, right, known


def _accepts(mine: Mine, loss: Callable, w: np.ndarray, claimed: np.ndarray) -> bool:
    said = called(mine, loss, w.copy(), claimed.copy())
    if not isinstance(said, bool | np.bool_):
        raise Wrong(
            f"Your check said {short(said)}. "
            "It should say True for a right gradient, False for a wrong one."
        )
    return bool(said)


def _cosine(a: np.ndarray, b: np.ndarray) -> float:
    return float(a @ b / np.linalg.norm(a) / np.linalg.norm(b))
