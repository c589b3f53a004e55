"""The tasks for a reader's own function: the right one passes, and each wrong one is named.

What is said of a wrong one has numbers.
"""

from collections.abc import Callable

import numpy as np
import pytest

from lstm_edu.course import tasks
from lstm_edu.lab import mistakes, reach
from lstm_edu.lab.evaluate import evaluated
from lstm_edu.lab.mistakes import Mistake
from lstm_edu.models import bptt
from lstm_edu.text.equations import BACKWARD, FORWARD, parse
from lstm_edu.widgets.answer.answer import Said


def forwards(lines: str = "") -> Callable:
    """A function that computes FORWARD, some of its lines written otherwise."""
    program = parse(FORWARD) | parse(lines)

    def mine(w, x, h_prev, c_prev):  # type: ignore[no-untyped-def]
        v = dict(w, x=x, h_prev=h_prev, c_prev=c_prev)
        for name in (name for name in parse(FORWARD) if name != "L"):
            v[name] = evaluated(program[name], v)
        return v

    return mine


def backwards(lines: str = "") -> Callable:
    """A function that computes BACKWARD, some of its lines written otherwise."""
    program = Mistake("", lines).program()

    def mine(s, h_bar, c_bar_next):  # type: ignore[no-untyped-def]
        v = dict(s, h_bar_loss=h_bar, h_bar_next=0.0, c_bar_next=c_bar_next)
        for line in program:
            v[line.name] = evaluated(line, v)
        return v

    return mine


def layer(**other: Callable) -> Callable:
    """What the layer asks for, some of it computed otherwise."""
    right: dict[str, Callable] = dict(
        W_ix_bar=lambda p, s, z: np.outer(z["z_i_bar"], s["x"]),
        W_ih_bar=lambda p, s, z: np.outer(z["z_i_bar"], s["h_prev"]),
        b_i_bar=lambda p, s, z: z["z_i_bar"],
        x_bar=lambda p, s, z: sum(p[f"W_{k}x"].T @ z[f"z_{k}_bar"] for k in "ifog"),
        h_bar_prev=lambda p, s, z: sum(p[f"W_{k}h"].T @ z[f"z_{k}_bar"] for k in "ifog"),
    )
    return lambda *given: {name: how(*given) for name, how in (right | other).items()}


def differences(loss: Callable, w: np.ndarray, eps: float = 1e-5) -> np.ndarray:
    return np.array([(loss(w + eps * d) - loss(w - eps * d)) / (2 * eps) for d in np.eye(12)])


def error(loss: Callable, w: np.ndarray, claimed: np.ndarray, eps: float = 1e-5) -> float:
    found = differences(loss, w, eps)
    return float(np.linalg.norm(found - claimed) / np.linalg.norm(found))


def holds(said: Said, *words: str) -> None:
    """Not right, and in these words."""
    assert not said.right
    for word in words:
        assert word in said, said


@pytest.mark.parametrize(
    ("task", "mine"),
    [
        (tasks.forwards, forwards()),
        (tasks.one_step, backwards()),
        (tasks.layer, layer()),
        (tasks.through_time, bptt.backward),
        (tasks.truncated, lambda *given: bptt.backward(*given[:3], carry=given[3])),
        (tasks.gradient_check, lambda *given: error(*given) < 1e-6),
    ],
)
def test_the_right_function_passes(task: Callable[..., Said], mine: Callable) -> None:
    said = task(mine)
    assert said.right and said.startswith("Right: "), said


@pytest.mark.parametrize("line", tasks.SLIPS_FORWARDS)
def test_a_slip_forwards_is_named(line: str) -> None:
    holds(tasks.forwards(forwards(line)), f"First wrong: {line[0]}.", tasks.SLIPS_FORWARDS[line])


@pytest.mark.parametrize(
    ("lines", "first", "says"),
    [
        (mistakes.MISTAKES["σ′ of the gate"].lines, "z_i_bar", "σ is applied to the gate"),
        (mistakes.MISTAKES["tanh′ of tanh c"].lines, "c_bar", "tanh is applied twice"),
        (mistakes.MISTAKES["σ for σ′"].lines, "z_f_bar", "The derivative was forgotten"),
        (mistakes.MISTAKES["c carry dropped"].lines, "c_bar", "right at the last step only"),
        ("i_bar = c_bar * i", "i_bar", "A product hands each factor the other one"),
        ("f_bar = c_bar * c", "f_bar", "The time is wrong"),
        ("o_bar = -h_bar * tanh(c)", "o_bar", "exactly the negative"),
        ("w_ih_bar = z_i_bar * h", "w_ih_bar", "not at the new one"),
        ("b_g_bar = z_g_bar**2", "b_g_bar", "Right so far: o_bar to w_gh_bar."),
    ],
)
def test_a_slip_backwards_is_named(lines: str, first: str, says: str) -> None:
    holds(tasks.one_step(backwards(lines)), f"First wrong: {first}.", says, "Yours is")


def test_every_line_of_a_step_is_looked_at() -> None:
    for name in tasks.ONE_STEP:
        holds(
            tasks.one_step(backwards(f"{name} = {parse(BACKWARD)[name].text} + x")),
            f"First wrong: {name}.",
        )


@pytest.mark.parametrize("name", tasks.LOOP)
def test_a_mistake_in_the_loop_is_named(name: str) -> None:
    said = tasks.through_time(tasks.LOOP[name].backward)
    alike = {
        "all three of these": "the other steps' shares",
        "what c sends back": "c carry dropped",
    }
    holds(
        said,
        f"“{alike.get(name, name)}”",
        tasks.LOOP[alike.get(name, name)].words,
        "First wrong: W_ix_bar.",
    )


def test_a_mistake_in_the_loop_that_nobody_knows_is_shown_in_numbers() -> None:
    unknown = Mistake("", "b_g_bar = z_g_bar + x")
    holds(
        tasks.through_time(unknown.backward),
        "With T = 1: Right so far: W_ix_bar to W_gh_bar. First wrong: b_g_bar.",
    )


@pytest.mark.parametrize(
    ("mine", "says"),
    [
        (lambda p, tape, h_bar_loss, k: bptt.backward(p, tape, h_bar_loss), "nothing is cut"),
        (reach.chunked, "Those are chunks"),
        (
            lambda p, tape, h_bar_loss, k: bptt.backward(p, tape, h_bar_loss, carry=k + 1),
            "That is k + 1",
        ),
        (
            lambda p, tape, h_bar_loss, k: bptt.backward(p, tape, h_bar_loss, carry=max(1, k - 1)),
            "That is k − 1",
        ),
        (
            lambda p, tape, h_bar_loss, k: bptt.backward(
                p, {n: a[-k:] for n, a in tape.items()}, h_bar_loss[-k:]
            ),
            "Those are the last k steps",
        ),
    ],
)
def test_another_cut_is_named(mine: Callable, says: str) -> None:
    holds(tasks.truncated(mine), says, "First wrong: W_ix_bar.")


@pytest.mark.parametrize(
    ("mine", "says"),
    [
        (lambda *given: error(*given) < 0.5, "It lets “σ′ of the gate” through"),
        (lambda *given: error(*given) < 1e-2, "It lets “one of twelve, by a hundredth” through"),
        (lambda *given: error(*given, 1e-13) < 1e-6, "“Smaller ε is better”"),
        (lambda loss, w, g: np.linalg.norm(differences(loss, w) - g) < 1e-6, "a million times"),
        (lambda loss, w, g: tasks._cosine(differences(loss, w), g) > 0.99, "a cosine of 0.99"),
        # “it trains”
        (lambda loss, w, g: loss(w - 1e-3 * g) < loss(w), "It lets “nothing carried” through"),
        (lambda *given: True, "refuses none of the wrong ones so far"),
        (lambda *given: 0.1, "Your check said 0.1"),
    ],
)
def test_a_check_that_sees_too_little_or_too_much_is_told_so(mine: Callable, says: str) -> None:
    holds(tasks.gradient_check(mine), says)


@pytest.mark.parametrize(
    ("other", "says"),
    [
        (
            dict(W_ih_bar=lambda p, s, z: z["z_i_bar"] * s["h_prev"]),
            "“A product for the outer product”",
        ),
        (dict(W_ix_bar=lambda p, s, z: np.outer(s["x"], z["z_i_bar"])), "Its shape is (3, 2)"),
        (
            dict(h_bar_prev=lambda p, s, z: sum(p[f"W_{k}h"] @ z[f"z_{k}_bar"] for k in "ifog")),
            "“W for Wᵀ”",
        ),
        (dict(x_bar=lambda p, s, z: p["W_ix"] @ z["z_i_bar"]), "Your function stopped: ValueError"),
        (dict(x_bar=lambda p, s, z: p["W_ix"].T @ z["z_i_bar"]), "First wrong: x_bar."),
    ],
)
def test_a_slip_of_shapes_is_named(other: dict[str, Callable], says: str) -> None:
    holds(tasks.layer(layer(**other)), says)
