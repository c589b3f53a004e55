import pytest

from lstm_edu.text import source


def test_a_text_is_taken_apart_by_its_names_alone() -> None:
    text = "# A cell.\n# u: update gate\nz_u = w_ux * x  # a remark\n\nz_u_bar = u_bar\n"
    assert source.split(text) == ("z_u = w_ux * x", "z_u_bar = u_bar", {"u": "update gate"})


def test_a_cell_ends_in_h_and_an_output_begins_there() -> None:
    for name in source.names("cells"):
        cell = source.load("cells", name)
        assert cell.forward.splitlines()[-1].startswith("h = "), name
        assert cell.backward.splitlines()[0] == "h_bar = h_bar_loss + h_bar_next", name
    for name in source.names("outputs"):
        output = source.load("outputs", name)
        assert output.forward.splitlines()[-1].startswith("L = "), name
        assert output.backward.splitlines()[-1].startswith("h_bar_loss = "), name


def test_joining_refuses_a_name_made_twice() -> None:
    cell, output = source.load("cells", "lstm"), source.load("outputs", "softmax_2")
    with pytest.raises(ValueError, match="the cell and the output both make s; give it another"):
        source.join(cell._replace(forward=cell.forward + "\ns = h"), output)


def test_an_unknown_text_gets_the_nearest_name() -> None:
    with pytest.raises(ValueError, match="unknown text of cells 'peephole'; did you mean 'peephol"):
        source.load("cells", "peephole")
