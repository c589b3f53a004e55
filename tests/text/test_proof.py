import pytest

from lstm_edu.text import proof
from lstm_edu.text.derive import composed, sweep
from lstm_edu.text.equations import BACKWARD, FORWARD, parse
from lstm_edu.text.proof import ProofError, prove
from tests import mutants

LINES = parse(BACKWARD)
TWO = {name: None for name in ("a", "b", "u", "v", "L", "a_bar", "b_bar", "u_bar", "v_bar")}
TWO_FORWARD = "u = a * b\nv = u + a\nL = v**2 / 2"
TWO_BACKWARD = "v_bar = v\nu_bar = v_bar\na_bar = u_bar * b + v_bar\nb_bar = u_bar * a"


def broken(name: str, text: str, program: str = BACKWARD) -> str:
    """The program with another formula in one line."""
    lines = [f"{n} = {text if n == name else line.text}" for n, line in parse(program).items()]
    return "\n".join(lines)


def test_backward_is_proved() -> None:
    prove()


@pytest.mark.parametrize("name", LINES)
def test_every_broken_line_is_named(name: str) -> None:
    for text in mutants.of(LINES[name].text):
        with pytest.raises(ProofError) as error:
            prove(FORWARD, broken(name, text))
        assert str(error.value).startswith(f"{name} = {text} is wrong: derived is ")


@pytest.mark.parametrize("name", LINES)
def test_the_whole_proof_finds_every_broken_line_without_the_sweep(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proof, "sweep", None)
    program, written = parse(FORWARD), parse(broken(name, f"-({LINES[name].text})"))
    with pytest.raises(ProofError, match=f"^{name} = "):
        proof._prove_together(program, written, composed({**program, **written}))


def test_a_sweep_that_is_wrong_like_the_line_is_found_by_the_whole_proof(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    right = sweep(parse(FORWARD))
    monkeypatch.setattr(proof, "sweep", lambda program: right | {"f_bar": 2 * right["f_bar"]})
    with pytest.raises(ProofError, match=r"^f_bar = 2 \* c_bar \* c_prev is wrong"):
        prove(FORWARD, broken("f_bar", "2 * c_bar * c_prev"))


def test_the_sentence_has_both_sides_and_their_difference() -> None:
    with pytest.raises(ProofError) as error:
        prove(FORWARD, broken("h_bar_loss", "y - h"))
    said = "h_bar_loss = y - h is wrong: derived is h - y; written − derived = -2*h + 2*y"
    assert str(error.value) == said


def test_a_line_may_be_written_with_other_lines_in_it() -> None:
    prove(FORWARD, broken("i_bar", "(h_bar * o * (1 - tanh(c)**2) + c_bar_next) * g"))
    prove(
        FORWARD,
        broken("z_i_bar", "i_bar * sigma(z_i) * (1 - sigma(w_ix * x + w_ih * h_prev + b_i))"),
    )


def test_a_missing_line_and_a_line_too_many_are_named() -> None:
    with pytest.raises(
        ProofError, match=r"^u_bar is missing: every value that is computed forwards needs its line"
    ):
        prove(TWO_FORWARD, "v_bar = v", TWO)
    with pytest.raises(
        ProofError, match=r"^w_bar = v is the gradient of no name in the forward equations"
    ):
        prove(TWO_FORWARD, "w_bar = v", [*TWO, "w_bar"])


def test_any_program_is_proved() -> None:
    prove(TWO_FORWARD, TWO_BACKWARD, TWO)
    with pytest.raises(ProofError, match=r"^a_bar = "):
        prove(TWO_FORWARD, TWO_BACKWARD.replace(" + v_bar", ""), TWO)


@pytest.mark.parametrize(
    ("old", "new", "name"),
    [
        ("f = sigma(z_f)", "f = 1 - i", "i_bar"),  # coupled gates: i has a second user
        ("h = o * tanh(c)", "h = o * c", "o_bar"),
        ("L = (h - y)**2 / 2", "L = (h - y)**2", "h_bar_loss"),
    ],
)
def test_another_forward_line_makes_a_backward_line_wrong(old: str, new: str, name: str) -> None:
    assert old in FORWARD
    with pytest.raises(ProofError, match=f"^{name} = "):
        prove(FORWARD.replace(old, new), BACKWARD)
