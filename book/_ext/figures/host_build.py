"""Asks node, by host_build.mjs, for small scripts and still pictures of figures; keeps both."""

import json
import subprocess
from pathlib import Path
from typing import Any

from sphinx.errors import ExtensionError

from lstm_edu.widgets.kit.node import NODE
from tools.make import cached
from tools.read.places import ROOT

PROGRAM = Path(__file__).with_name("host_build.mjs")
TERSER = ROOT / "node_modules" / "terser"
LOCKED = ROOT / "package-lock.json"  # which terser


def built(job: dict[str, Any]) -> dict[str, Any]:
    """What host_build.mjs makes of a job: its `scripts` made small, and the pictures of its `stills`.

    Each is kept for the next build, under all that it depends on: the scripts, the state, and what makes them.
    """
    makers = (
        PROGRAM.read_bytes(),
        LOCKED.read_bytes(),
        json.dumps([job["scripts"], job["modules"]]),
    )
    own = cached.key(*makers)
    names = {model: cached.key(own, json.dumps(still)) for model, still in job["stills"].items()}
    missing = [model for model, name in names.items() if cached.found("stills", name) is None]
    if missing or cached.found("scripts", own) is None:
        fresh = asked(job | dict(stills={model: job["stills"][model] for model in missing}))
        for model, picture in fresh["stills"].items():
            cached.keep("stills", names[model], picture.encode())
        cached.keep("scripts", own, json.dumps(fresh["scripts"]).encode())
    stills = {
        model: (cached.found("stills", name) or b"").decode() for model, name in names.items()
    }
    return dict(scripts=json.loads(cached.found("scripts", own) or b""), stills=stills)


def asked(job: dict[str, Any]) -> dict[str, Any]:
    """The answer of host_build.mjs.

    Raises ExtensionError where terser is missing, or a script or a picture fails.
    """
    if not TERSER.is_dir():
        raise ExtensionError(
            "terser, which makes the site's scripts small, is missing; `make book` installs it"
        )
    command = [NODE, PROGRAM]
    done = subprocess.run(
        command,
        input=json.dumps(job),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        raise ExtensionError(f"the widgets' scripts could not be built: {done.stderr.strip()}")
    return json.loads(done.stdout)
