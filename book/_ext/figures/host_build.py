"""Asks node, by host_build.mjs, for the site's scripts and still pictures, and keeps both."""

import json
import tempfile
from pathlib import Path
from typing import Any

from sphinx.errors import ExtensionError

from lstm_edu.widgets.kit import modules, node
from tools.make import cached
from tools.read.places import ROOT

HERE = Path(__file__).parent
PROGRAM, HOST = HERE / "host_build.mjs", HERE / "host.js"
PACKAGES = ROOT / "node_modules"
TOOLS = ("rollup", "terser")
LOCKED = ROOT / "package-lock.json"  # which tools


def built(widgets: dict[str, str], stills: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """The site's `scripts` by name, which of them each kind `needs`, and the pictures of `stills`.

    `widgets` are the names of the modules by kind. A script's name holds the digest of its text,
    and the text the names of the scripts it needs, so that two versions never mix.
    Each is kept for the next build, under all that it depends on: the modules, the state, and what
    makes them.
    """
    makers = [file.read_bytes() for file in (PROGRAM, LOCKED, HOST)]
    texts = {name: modules.source(name) for name in modules.names()}
    own = cached.key(*makers, json.dumps([widgets, texts]))
    names = {model: cached.key(own, json.dumps(still)) for model, still in stills.items()}
    missing = [model for model, name in names.items() if cached.found("stills", name) is None]
    if missing or cached.found("scripts", own) is None:
        fresh = asked(widgets, {model: stills[model] for model in missing})
        for model, picture in fresh.pop("stills").items():
            cached.keep("stills", names[model], picture.encode())
        cached.keep("scripts", own, json.dumps(fresh).encode())
    pictures = {
        model: (cached.found("stills", name) or b"").decode() for model, name in names.items()
    }
    return json.loads(cached.found("scripts", own) or b"") | dict(stills=pictures)


def asked(widgets: dict[str, str], stills: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """The answer of host_build.mjs.

    Raises ExtensionError where rollup or terser is missing, or a module or a picture fails.
    """
    if missing := [tool for tool in TOOLS if not (PACKAGES / tool).is_dir()]:
        raise ExtensionError(
            f"{' and '.join(missing)}, of which the site's scripts are made, is missing; "
            "`make book` installs it"
        )
    job = dict(widgets=widgets, host=HOST.read_text("utf-8"), stills=stills)
    with tempfile.TemporaryDirectory() as folder:
        modules.write(folder)
        try:
            return node.answer(PROGRAM, job, folder)
        except RuntimeError as error:
            raise ExtensionError(f"the widgets' scripts could not be built: {error}") from None
