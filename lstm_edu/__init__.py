"""LSTM gradients: derived by SymPy, computed by NumPy, alive in the browser.

Every name is fetched on first use, so `import lstm_edu.derive` needs SymPy alone.
"""

from importlib import import_module
from importlib.util import find_spec

_HOME = {
    "FORWARD": "equations",
    "BACKWARD": "equations",
    "parse": "equations",
    "prove": "derive",
    "steps": "derive",
    "sweep": "derive",
    "EXAMPLE": "cell",
    "one_unit": "cell",
    "sigma": "cell",
    "step": "cell",
    "step_bar": "cell",
    "gradient": "check",
}
__all__ = list(_HOME)


def __getattr__(name: str) -> object:
    """A public name or a module of the package. Raises AttributeError with the nearest name."""
    if name in _HOME:
        return getattr(import_module(f"lstm_edu.{_HOME[name]}"), name)
    if not name.startswith("_") and find_spec(f"lstm_edu.{name}"):
        return import_module(f"lstm_edu.{name}")
    unknown = import_module("lstm_edu.notation").unknown
    raise AttributeError(unknown("name of lstm_edu", name, _HOME))
