import numpy as np
import pytest

from lstm_edu.lab import paths
from lstm_edu.models.cell import EXAMPLE

WEIGHTS = [name for name in EXAMPLE if name[0] in "wb"]


def given(seed: int) -> dict:
    rng = np.random.default_rng(seed)
    return {name: float(rng.normal()) for name in [*WEIGHTS, "h_0", "c_0"]} | {
        "xs": rng.normal(size=3).tolist(),
        "ys": rng.uniform(-1, 1, 3).tolist(),
    }


@pytest.mark.parametrize(
    ("T", "of", "to"),
    [
        (2, "c_0", "h_2"),
        (3, "h_0", "h_3"),
        (3, "w_ix", "L"),
        (3, "c_1", "c_3"),
        (2, "b_o", "h_2"),
        (3, "w_gh", "c_2"),
    ],
)
def test_the_paths_add_up_to_the_gradient(T: int, of: str, to: str) -> None:
    for seed in range(5):
        terms = paths.terms(T, of, to, given(seed))
        largest = max(abs(term) for term in terms)
        assert sum(terms) == pytest.approx(
            paths.gradient(T, of, to, given(seed)), rel=1e-9, abs=1e-13 * largest
        )


def test_no_path_is_a_gradient_of_0() -> None:
    assert paths.terms(2, "h_1", "c_1", given(0)) == []
    assert (
        paths.gradient(2, "h_1", "c_1", given(0)) == paths.gradient(3, "c_2", "h_1", given(0)) == 0
    )


def test_a_mistake_leaves_something_out() -> None:
    for name, mistake in paths.LEFT_OUT.items():
        of = "w_ix" if "steps" in name else "h_0"
        assert paths.gradient(3, of, "L", given(1), mistake) != pytest.approx(
            paths.gradient(3, of, "L", given(1))
        ), name


def test_harms_are_those_of_the_mistakes_table() -> None:
    found = paths.harms()
    assert found.keys() == paths.LEFT_OUT.keys()
    error, cosine = found["what c sends back"]["every"]
    assert (round(error, 2), round(cosine, 3)) == (0.36, 0.958)
    for k in "ifog":
        assert 0 < found[f"gate {k}"]["every"][0] < 0.1, "one gate of four is easily overlooked"
        assert f"gate {k}" in found[f"gate {k}"]["words"]


def test_an_unknown_name_is_refused_with_a_sentence() -> None:
    with pytest.raises(ValueError, match="did you mean 'c_2'"):
        paths.terms(2, "c_0", "c_3", given(0))
