"""LSTM gradients: derived by SymPy, computed by NumPy, alive in the browser.

Every name is fetched on first use, so `import lstm_edu.text.derive` needs SymPy alone.
"""

from difflib import get_close_matches
from importlib import import_module

_HOME = {
    "gradient": "lab.witnesses",
    "Answer": "widgets",
    "Carousel": "widgets",
    "Cell": "widgets",
    "Paths": "widgets",
    "Ripple": "widgets",
    "Time": "widgets",
    "VCurve": "widgets",
}
__all__ = list(_HOME)


def __getattr__(name: str) -> object:
    """A public name of the package. Raises AttributeError with the nearest name."""
    if name in _HOME:
        return getattr(import_module(f"lstm_edu.{_HOME[name]}"), name)
    near = get_close_matches(name, _HOME, n=1)
    hint = f"did you mean {near[0]!r}?" if near else f"it has {', '.join(_HOME)}"
    raise AttributeError(f"lstm_edu has no name {name!r}; {hint}")
