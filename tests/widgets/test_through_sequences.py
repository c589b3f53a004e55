"""Lines through time: judged at the steps of whole sequences, told where one step is not enough."""

import numpy as np
import pytest

from lstm_edu.models import cell
from lstm_edu.widgets import Answer
from lstm_edu.widgets.answer import in_time
from lstm_edu.widgets.answer.in_time import LINES
from lstm_edu.widgets.kit import engine
from tests.node import ask
from tests.widgets.answer_cases import question

SENT = " + ".join(f"z_{k}_bar(t+1)*w_{k}h" for k in "ifog")
EVERY = f"h - y + {SENT}".replace("z_", "")  # no one place alone makes it right
OWN = "h_bar*o*(1-tanh(c)^2)"
TOLD = [
    ("h_bar", f"h - y + {SENT}", "right", ""),
    ("h_bar", "h - y + Σ_k z̄_k(t+1) w_kh", "right", ""),
    ("h_bar", "h - y", "last-step-h", "h - y"),
    ("h_bar", "h - y + h_bar_next", "write-out", "h - y + h_bar_next"),
    ("h_bar", f"h - y + {SENT}".replace("z_f_bar(t+1)", "z_f_bar"), "circle-time", "z_f_bar"),
    ("h_bar", f"h - y + {SENT}".replace("w_fh", "w_fx"), "weight-from-x", "w_fx"),
    ("h_bar", f"h - y + {SENT}".replace("z_i", "i"), "activation-for-pre-next", "i_bar(t+1)"),
    ("h_bar", EVERY, "activation-for-pre-next", EVERY),
    ("h_bar", f"y - h + {SENT}", "loss-sign", f"y - h + {SENT}"),
    ("c_bar", f"{OWN} + c_bar(t+1)*f(t+1)", "right", ""),
    ("c_bar", f"{OWN} + (i_bar(t+1)/g(t+1))*f(t+1)", "right", ""),
    ("c_bar", OWN, "last-step-c", OWN),
    ("c_bar", f"{OWN} + c_bar(t+1)*f", "carry-with-this-f", "f"),
    ("c_bar", f"{OWN} + h_bar(t+1)*f(t+1)", "h-bar-for-c-bar-next", "h_bar(t+1)"),
    ("w_ix_bar", "z_i_bar*x", "share-alone", "z_i_bar*x"),
    ("w_ix_bar", "Σ_t z_i_bar x", "right-sum", ""),
    ("w_ix_bar", r"\sum_{t=1}^{T} \bar z_i^{(t)} x^{(t)}", "right-sum", ""),
    ("w_ih_bar", "Σ_t z_i_bar h", "new-hidden", "h"),
    ("b_o_bar", "Σ_t z_o_bar h_prev", "factor-extra", "h_prev"),
]


@pytest.mark.parametrize(("name", "line", "key", "place"), TOLD)
def test_a_line_through_time_is_told_what_it_lacks(
    name: str, line: str, key: str, place: str
) -> None:
    found = ask("answer/verdict", "line", line, question(name, in_time=True))
    assert found["key"] == key, found["fault"]
    assert bool(found.get("right")) == key.startswith("right")
    assert not place or line[slice(*found["at"])] == place


@pytest.mark.parametrize("homework", [False, True])
@pytest.mark.parametrize("name", LINES)
def test_every_line_is_right_through_time_and_wrong_with_another_sign(
    name: str, homework: bool
) -> None:
    asked = question(name, homework=homework, in_time=True)
    right = in_time.line(name)
    assert ask("answer/verdict", "line", right, asked)["right"]
    total, line = ("sum_t ", right[6:]) if right.startswith("sum_t ") else ("", right)
    for wrong in (f"{total}-({line})", f"{total}2*({line})", f"{total}({line})*f"):
        assert not ask("answer/verdict", "line", wrong, asked).get("right"), wrong


def test_the_steps_are_those_of_sequences() -> None:
    """Each step follows from the one before, and what comes back is that of the next one."""
    rows = engine.ask("rows", dict(in_time=True, homework=False, last=False))
    v = {name: np.array([row[name] for row in rows]) for name in rows[0]}
    sent = sum(v[f"z_{k}_bar(t+1)"] * v[f"w_{k}h"] for k in "ifog")
    assert np.allclose(v["h_bar"], v["h"] - v["y"] + sent)
    own = v["h_bar"] * v["o"] * (1 - np.tanh(v["c"]) ** 2)
    assert np.allclose(v["c_bar"], own + v["c_bar(t+1)"] * v["f(t+1)"])
    p = {name: v[name] for name in v if name[:2] in ("w_", "b_") and "bar" not in name}
    p = {name.replace("w", "W"): np.diag(a) if name[0] == "w" else a for name, a in p.items()}
    after = cell.step(p, v["x(t+1)"], v["h"], v["c"])
    assert all(np.allclose(after[name], v[f"{name}(t+1)"]) for name in ("c", "h", *"ifog"))
    ends = [k for k, row in enumerate(rows) if row["c_bar(t+1)"] == 0]
    assert len(ends) == 12 and ends[0] == len(rows) - 12 > 24


def test_a_box_through_time_knows_its_answer() -> None:
    box = Answer("h_bar", in_time=True, wrong={"h - y": "last-step-h"})
    assert "Σ" in box.solution and not box.check("h - y").right
    weight = Answer("w_ix_bar", in_time=True, wrong={"z_i_bar * x": "share-alone"})
    assert "= Σ<sub>t</sub>" in weight.solution
