"""A JavaScript engine to ask what a widget's module says: a verdict, a still picture.

It is the browser's under Pyodide, and QuickJS or node elsewhere.
"""

import atexit
import json
import re
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from importlib.util import find_spec
from typing import Any

from lstm_edu.widgets.kit import modules
from lstm_edu.widgets.kit.node import NODE

INSTALL = (
    "To judge a line, Python needs a JavaScript engine: "
    "run “pip install quickjs-ng” and restart the kernel. "
    "The box in the notebook's output judges without it."
)
VERDICT = "answer/verdict"
FOREIGN = "answer/foreign"  # a page loads it at the first key
CALL = """(job) => {{
  const [name, ...given] = JSON.parse(job);
  return JSON.stringify(modules["{}"][name](...given));
}}"""
IMPORTS = re.compile(r"\nimport \{([^}]*)\}")
EXPORTS = re.compile(r"(?:async )?\w+\*? (?:\{([^}]*)\}|(\w+))")  # const { a } = …, function* a(…)
# the first line is the script, which is too long for an argument of a command
LINES = (
    'require("node:readline").createInterface({ input: process.stdin }).on("line", (line) => '
    "globalThis.ask ? process.stdout.write(ask(line) + "
    '"\\n") : (0, eval)(JSON.parse(line)));'
)


class Missing(RuntimeError):
    """There is no JavaScript engine here; the message says which package to install."""


def ask(name: str, *given: Any, module: str = VERDICT) -> Any:
    """What a function of a module returns.

    Raises Missing where there is no JavaScript engine.
    """
    return json.loads(engine(module)(json.dumps([name, *given], ensure_ascii=True)))


@cache
def engine(module: str = VERDICT) -> Callable[[str], str]:
    """The function that answers a job, as JSON.

    Raises Missing where there is no JavaScript engine.
    """
    if sys.platform == "emscripten":
        from pyodide.code import run_js  # type: ignore[import-not-found]

        return run_js(script(module))
    if find_spec("quickjs"):
        import quickjs

        context = quickjs.Context()
        context.eval(f"globalThis.ask = {script(module)}")
        return context.get("ask")
    if NODE:
        return node(module)
    raise Missing(INSTALL)


def script(module: str) -> str:
    """An expression that any engine can read: the function that answers jobs to a module.

    No engine here can load a module, so each becomes a function with a scope of its own. A form
    that this text alone cannot follow (`import x from`, `export class`) is an error of the engine.
    """
    made = "const modules = {};\n"
    texts = modules.texts(module)
    if module == VERDICT:
        texts |= modules.texts(FOREIGN)
    for one, text in texts.items():
        head, *exported = IMPORTS.sub(_taken, f"\n{text}").split("\nexport ")
        found = [EXPORTS.findall(part)[0] for part in exported]
        given = ", ".join(several or alone for several, alone in found)
        body = "\n".join([head, *exported])
        made += f'modules["{one}"] = (() => {{{body}\nreturn {{ {given} }};\n}})();\n'
    for one in texts:
        made = made.replace(f' from "{one}";', f' = modules["{one}"];')
    return f"(() => {{ {made} return {CALL.format(module)}; }})()"


def _taken(found: re.Match[str]) -> str:
    """An import as a declaration, in which a name of one's own stands after a colon."""
    return f"\nconst {{{found[1].replace(' as ', ': ')}}}"


def there() -> bool:
    """Whether there is a JavaScript engine to ask."""
    try:
        return bool(engine())
    except Missing:
        return False


@cache
def node(module: str = VERDICT) -> Callable[[str], str]:
    """The same, asked of one node process, as JSON lines."""
    process = subprocess.Popen(
        [str(NODE), "--eval", LINES],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )

    atexit.register(process.communicate)  # it ends when nothing more can come
    print(json.dumps(f"globalThis.ask = {script(module)}"), file=process.stdin, flush=True)

    def answered(job: str) -> str:
        print(job, file=process.stdin, flush=True)
        assert process.stdout
        return process.stdout.readline()

    return answered
