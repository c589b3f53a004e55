"""The nine mistakes: without its mistake each is right, with it each is wrong.

A good check finds every one.
"""

import numpy as np
import pytest

from lstm_edu.lab import cases, measure
from lstm_edu.lab.mistakes import MISTAKES, SLIPS, Mistake, harms, listed, passing
from lstm_edu.models import bptt, cell
from tests.tree import ROOT

EACH = pytest.mark.parametrize("mistake", list(MISTAKES.values()), ids=list(MISTAKES))


def both(mistake, case):
    """What a mistake gives, and the truth."""
    tape = cases.forward(bptt, case)
    given = (case["p"], tape, case["h_bar_loss"], case.get("hT_bar"), case.get("cT_bar"))
    return mistake.backward(*given), bptt.backward(*given)


def test_there_are_nine():
    assert len(MISTAKES) == 9
    assert all(bool(m.lines) != bool(m.code) for m in MISTAKES.values())


def test_seven_were_published_where_a_reader_can_look_and_two_are_ours():
    assert [name for name, m in MISTAKES.items() if not m.source] == [
        "mean forgotten",
        "product for sum",
    ]
    references = (ROOT / "book" / "references.bib").read_text("utf-8")
    for source in {m.source for m in MISTAKES.values()} - {""}:
        entry = references.split(f"{{{source},")[1].split("\n}")[0]
        assert "https://" in entry, source
        assert f"{{cite}}`{source}`" in (ROOT / "book" / "trust.md").read_text("utf-8"), source


def test_the_carry_through_h_is_lost_as_it_was_published():
    """h̄ of the step before overwrites h̄ in a loop of plain NumPy.

    Only then c̄ is handed on.
    """
    case = cases.drawn(bptt, T=5, D=1, H=1)
    tape, p = cases.forward(bptt, case), case["p"]
    h_bar_prev, c_bar_prev = case["hT_bar"], case["cT_bar"]
    for t in reversed(range(5)):
        s = {name: a[t] for name, a in tape.items()}
        h_bar_prev = case["h_bar_loss"][t] + h_bar_prev
        h_bar_prev = cell.step_bar(p, s, h_bar_prev, c_bar_prev)["h_bar_prev"]
        c_bar_prev = (c_bar_prev + h_bar_prev * s["o"] * (1 - np.tanh(s["c"]) ** 2)) * s["f"]
    wrong, right = both(MISTAKES["h carry lost"], case)
    assert wrong["c0_bar"] == pytest.approx(c_bar_prev) and wrong["h0_bar"] == pytest.approx(
        h_bar_prev
    )
    assert wrong["c0_bar"] != pytest.approx(right["c0_bar"])


@pytest.mark.parametrize("T", [1, 2, 6])
@pytest.mark.parametrize("case", [lambda T: cases.drawn(bptt, T, D=1, H=1), cases.sequences])
def test_without_a_mistake_the_text_through_time_is_bptt(T, case):
    none, right = both(Mistake("nothing is wrong"), case(T))
    size = max(np.abs(right[name]).max() for name in none)
    for name, value in none.items():
        truth = np.diag(np.diag(right[name])) if name.startswith("W") else right[name]
        assert value.shape == truth.shape and np.abs(value - truth).max() <= 1e-14 * size, name


@EACH
def test_each_is_wrong_and_a_check_through_time_finds_it(mistake):
    with pytest.raises(AssertionError, match="by the given backward"):
        measure.gradient_check(bptt, measure.drawn(bptt, D=1, H=1), backward=mistake.backward)


@EACH
@pytest.mark.parametrize("losses", ["every", "last"])
def test_each_is_wrong_at_six_digits_on_every_one_of_many_draws(mistake, losses):
    wrong, right = both(mistake, cases.sequences(20, 50, losses))
    assert measure.distance(wrong, right).error.min() > 1e-6


def test_one_step_from_empty_states_hides_six_of_the_nine():
    case = cases.sequences(1, 20)
    hidden = {
        name for name, m in MISTAKES.items() if measure.distance(*both(m, case)).error.max() < 1e-14
    }
    in_time = {
        "nothing carried",
        "c carry dropped",
        "h carry lost",
        "overwritten",
        "mean forgotten",
    }
    assert hidden == in_time | {"σ for σ′"}  # the last since c(0) = 0 leaves f no gradient


def test_nothing_carried_is_the_gradient_cut_at_one_step():
    case = cases.sequences(8, 20)
    wrong, right = both(MISTAKES["nothing carried"], case)
    assert measure.distance(wrong, right).error == pytest.approx(
        measure.cut(case, 1).error, abs=1e-12
    )


def test_the_mean_forgotten_is_wrong_in_length_alone():
    wrong, right = both(MISTAKES["mean forgotten"], cases.sequences(5, 20))
    error, cosine = measure.distance(wrong, right)
    assert error == pytest.approx(4 * np.ones(20)) and cosine == pytest.approx(np.ones(20))


def test_lines_of_no_equation_are_refused_with_a_sentence():
    case = cases.sequences(2, 1)
    with pytest.raises(ValueError, match="unknown line 'c_baar'; did you mean 'c_bar'"):
        both(Mistake("a typing error", "c_baar = h_bar"), case)


def test_harm_is_the_distance_to_the_truth():
    case = cases.drawn(bptt, T=4, D=1, H=1)
    mistake = MISTAKES["c carry dropped"]
    assert mistake.harm(case) == measure.distance(*both(mistake, case))


def test_the_slips_are_four_and_none_but_the_sign_is_seen_at_one_step():
    one, more = cases.sequences(1, 10), cases.sequences(4, 10)
    seen = {name: slip.harm(one).error.max() for name, slip in SLIPS.items()}
    assert seen.pop("the sign") == pytest.approx(2) and max(seen.values()) < 1e-14
    assert all(slip.harm(more).error.min() > 1e-6 for slip in SLIPS.values())


def test_the_answer_for_one_step_as_it_stands_is_the_last_step_of_the_cut_gradient():
    case = cases.sequences(5, 6)
    tape = cases.forward(bptt, case)
    alone = bptt.backward(
        case["p"], tape, case["h_bar_loss"] * (np.arange(5) == 4)[:, None], carry=1
    )
    stands = SLIPS["all three of these"].backward(case["p"], tape, case["h_bar_loss"])
    assert np.diag(stands["W_fh_bar"]) == pytest.approx(np.diag(alone["W_fh_bar"]), abs=1e-15)


def test_the_table_shows_the_medians():
    table = harms(SLIPS, T=3, N=9)
    found = SLIPS["what c sends back"].harm(cases.sequences(3, 9, "last"))
    row = {row[0]: row[1:] for row in table.rows}["what c sends back"]
    assert row[2:] == [f"{np.median(found.error):.2g}", f"{np.median(found.cosine):.4f}"]
    assert table.caption == "Medians of 9 random LSTMs, T = 3" and table.rows[0][2] == "−1.0000"


def test_fewer_pass_the_smaller_the_error_that_is_allowed():
    table = passing(MISTAKES, [10, 1e-1, 1e-2, 1e-6], T=5, N=30)
    counts = {row[0]: [int(count) for count in row[1:]] for row in table.rows}
    assert all(sorted(row, reverse=True) == row and row[-1] == 0 for row in counts.values())
    error = MISTAKES["tanh′ of tanh c"].harm(cases.sequences(5, 30)).error
    assert counts["tanh′ of tanh c"][1:3] == [(error < 0.1).sum(), (error < 0.01).sum()]
    assert counts["tanh′ of tanh c"][2] > 0 and counts["mean forgotten"][0] == 30


def test_the_list_shows_each_in_words_and_in_its_lines():
    rows = {name: line for name, _, line in listed(MISTAKES).rows}
    assert (
        rows["overwritten"] == "`w_ix_bar = …, not +=`" and rows["σ′ of the gate"].count("`") == 6
    )
