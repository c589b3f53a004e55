import subprocess
import sys

import pytest

import lstm_edu

HIDE = """
import sys
from importlib.abc import MetaPathFinder
class Hidden(MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if name.split(".")[0] in {hidden}:
            raise ModuleNotFoundError(f"{{name}} is hidden")
sys.meta_path.insert(0, Hidden())
"""


def run(script: str, *hidden: str) -> subprocess.CompletedProcess[str]:
    text = HIDE.format(hidden=hidden) + script
    return subprocess.run([sys.executable, "-c", text], capture_output=True, text=True, check=False)


@pytest.mark.slow
def test_the_symbolic_half_needs_no_numpy() -> None:
    script = "from lstm_edu.text import proof, show\nproof.prove()\nprint(show.latex('c'))"
    done = run(script, "numpy", "matplotlib")
    assert done.returncode == 0, done.stderr
    assert done.stdout == r"c^{(t)} = f^{(t)} \, c^{(t-1)} + i^{(t)} \, g^{(t)}" + "\n"
    assert "numpy is hidden" in run("import lstm_edu\nlstm_edu.gradient", "numpy").stderr


def test_the_cell_needs_no_sympy() -> None:
    done = run("from lstm_edu.models import cell\nprint(cell.sigma(0.0))", "sympy", "matplotlib")
    assert done.stdout == "0.5\n", done.stderr


def test_the_table_needs_the_standard_library_alone() -> None:
    assert run("import lstm_edu.text.notation", "numpy", "sympy", "matplotlib").returncode == 0


def test_the_package_itself_imports_nothing_large() -> None:
    done = run(
        "import lstm_edu\nprint(sorted({'numpy', 'sympy', 'matplotlib'} & set(sys.modules)))"
    )
    assert done.stdout == "[]\n", done.stderr


@pytest.mark.parametrize("name", lstm_edu.__all__)
def test_every_public_name_is_there(name: str) -> None:
    assert getattr(lstm_edu, name) is not None


def test_unknown_names_get_the_nearest() -> None:
    with pytest.raises(AttributeError, match=r"no name 'Cel'; did you mean 'Cell'\?"):
        lstm_edu.Cel  # noqa: B018
    with pytest.raises(AttributeError, match="no name 'nothing'; it has gradient, Answer"):
        lstm_edu.nothing  # noqa: B018
