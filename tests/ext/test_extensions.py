"""What the book's own Sphinx extensions promise.

A module becomes a script by text alone, and typesetting starts.
"""

import importlib
import json
import re
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from docutils import nodes
from sphinx.errors import ExtensionError

from lstm_edu import widgets
from lstm_edu.widgets.kit import modules
from lstm_edu.widgets.kit.node import NODE
from tests.tree import ROOT

# binds its socket, so that the file is there, and listens only later
LATE = """#!{python}
import socket, sys, time
server = socket.socket(socket.AF_UNIX)
server.bind(sys.argv[sys.argv.index("--socket") + 1])
time.sleep(0.3)
server.listen()
sys.stdin.read()
"""


sys.path.insert(0, str(ROOT / "book" / "_ext"))


def extension(name: str) -> ModuleType:
    """A module of book/_ext, by its path without .py."""
    file = ROOT / "book" / "_ext" / f"{name}.py"
    spec = importlib.util.spec_from_file_location(file.stem, file)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


sys.path.insert(0, str(ROOT / "book" / "_ext" / "figures"))
host, kernels, pages = extension("figures/host"), extension("run/kernels"), extension("mathematics")
host_build = importlib.import_module("host_build")


# widget_host.py


WIDGETS = sorted(cls.module for cls in widgets.WIDGETS)


def javascript(program: str) -> str:
    """What a program prints under node."""
    done = subprocess.run([NODE, "-"], input=program, capture_output=True, text=True, check=True)
    return done.stdout


def test_every_module_is_in_one_script_and_what_a_script_needs_comes_first() -> None:
    scripts, needs = host.chunks(WIDGETS)
    held = {
        script: re.findall(r"^const (\w+_mjs) = \(", text, re.M) for script, text in scripts.items()
    }
    assert sorted(module for held_here in held.values() for module in held_here) == sorted(
        {modules.constant(module) for widget in WIDGETS for module in modules.parts(widget)}
    )
    for widget in WIDGETS:
        need = needs[host.kind(widget)]
        assert {module for script in need for module in held[script]} >= {
            modules.constant(module) for module in modules.parts(widget)
        }
        assert modules.constant(widget) in held[need[-1]]
        for place, script in enumerate(need):
            assert {*re.findall(r'use\("(.+?)"\)', scripts[script])} <= {*need[:place]}


def test_a_script_registers_its_modules_however_often_and_in_whatever_order_it_is_loaded() -> None:
    scripts, needs = host.chunks(WIDGETS)
    code = "".join(
        f"{{\n{script}}}\n" for script in reversed([*scripts.values(), *scripts.values()])
    )
    use = "const made = {}, use = (name) => (made[name] ??= lstmModules[name](use));"
    found = ", ".join(
        f"typeof use('{needs[host.kind(one)][-1]}').{modules.constant(one)}.render"
        for one in WIDGETS
    )
    assert javascript(f"{code}{use} console.log({found})").split() == ["function"] * len(WIDGETS)


def test_a_change_in_a_shared_module_gives_new_names_to_all_scripts_that_need_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    texts = {
        "a": 'import { s } from "./s.mjs";\nexport const render = s;\n',
        "b": "export const render = 1;\n",
    }
    texts |= {"c": texts["a"], "s": "export const s = 1;\n"}
    monkeypatch.setattr(modules, "source", texts.__getitem__)
    monkeypatch.setattr(modules, "parts", modules.parts.__wrapped__)
    before = host.chunks(["a", "b", "c"])[1]
    texts["s"] = "export const s = 2;\n"
    after = host.chunks(["a", "b", "c"])[1]
    assert before["b"] == after["b"]
    for widget in "ac":
        assert len(before[widget]) == 2
        assert not {*before[widget]} & {*after[widget]}


def test_each_widget_needs_three_scripts_at_most() -> None:
    assert all(len(scripts) <= 3 for scripts in host.chunks(WIDGETS)[1].values())


def test_a_sheet_is_made_smaller_and_means_the_same() -> None:
    css = '/* a */\n.a > .b, .c { content: "x , {y}"; top: calc(1px + 0.2px); }\n'
    css += "@media (x) and (y) { .d { e: 10.05s } }\n"
    small = '.a>.b,.c{content:"x , {y}";top:calc(1px + .2px)}@media (x) and (y){.d{e:10.05s}}'
    assert host.smaller(css) == small


def test_the_build_makes_scripts_small_and_prints_pictures() -> None:
    module = "{ still: (t) => `<b>${t.long}</b>` }"
    script = f'"use strict";\nglobalThis.lstmModules = {{ s: () => ({{ a_a_mjs: {module} }}) }};\n'
    still = dict(kind="a", script="s", traits={"long": 1}, uid="")
    job = dict(scripts={"s": script}, modules=["s"], stills={"m": still})
    made = host_build.built(job)
    assert made["stills"] == {"m": "<b>1</b>"}
    assert len(made["scripts"]["s"]) < len(script)


def test_node_is_asked_for_no_more_than_has_changed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked: list[list[str]] = []

    def node(job: dict[str, Any]) -> dict[str, Any]:
        asked.append([*job["stills"]])
        pictures = {model: f"of {still['traits']}" for model, still in job["stills"].items()}
        return dict(scripts={"s": "small"}, stills=pictures)

    monkeypatch.setattr(host_build.cached, "CACHE", tmp_path)
    monkeypatch.setattr(host_build, "asked", node)
    job: dict[str, Any] = dict(
        scripts={"s": "long"}, modules=["s"], stills={"m": dict(traits=1), "n": dict(traits=2)}
    )
    first = host_build.built(job)
    assert host_build.built(job) == first
    job["stills"]["n"] = dict(traits=3)
    assert host_build.built(job)["stills"] == {"m": "of 1", "n": "of 3"}
    job["scripts"] = {"s": "longer"}
    host_build.built(job)
    assert asked == [["m", "n"], ["n"], ["m", "n"]]


@pytest.mark.parametrize(
    ("script", "words"),
    [
        ("const = 1", "s.js, line 1: Name expected"),
        (
            "globalThis.lstmModules = { s: () => ({ a_a_mjs: {} }) }",
            "a.mjs: still.* must print the picture",
        ),
    ],
)
def test_a_script_or_a_picture_that_fails_stops_the_build(script: str, words: str) -> None:
    still = dict(kind="a", script="s", traits={}, uid="")
    with pytest.raises(ExtensionError, match=words):
        host_build.built(dict(scripts={"s": script}, modules=["s"], stills={"m": still}))


def test_without_terser_the_build_stops_with_a_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(host_build, "TERSER", tmp_path / "terser")
    with pytest.raises(ExtensionError, match=r"terser.* is missing; `make book` installs it"):
        host_build.asked({})


def test_a_widget_of_another_making_is_refused_and_an_ordinary_one_left_out() -> None:
    def state(esm: str) -> dict[str, str]:
        model = {"_esm": esm, "x": 1, "layout": "IPY_MODEL_1", "_css": ""}
        return {
            "body": json.dumps({"state": {"m": {"state": model}, "1": {"state": {"bottom": None}}}})
        }

    assert host.models(state(modules.joined("cell/cell"))) == {"m": ("cell", {"x": 1})}
    with pytest.raises(ExtensionError, match="not of lstm_edu, or of an older one"):
        host.models(state("export default { render }"))


def test_no_text_of_a_trait_ends_its_script_early() -> None:
    made = host.Host()
    made.needs, made.stills = {"cell": ["cell-1"]}, {"m": "picture"}
    html = made.view("m", {"m": ("cell", {"pinned": "</script><!--<b>"})})
    [state] = re.findall(r'<script type="application/json">(.*?)</script>', html)
    assert "<" not in state
    assert json.loads(state) == {"pinned": "</script><!--<b>"}


# kernels.py


@pytest.mark.parametrize(("deaths", "tries"), [(0, 1), (2, 3), (3, 3)])
def test_a_kernel_that_dies_at_its_start_is_started_again(
    deaths: int, tries: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = []

    def execute(notebook: str, timeout: int) -> str:
        tried.append((notebook, timeout))
        if len(tried) <= deaths:
            raise RuntimeError("Kernel died before replying to kernel_info")
        return "executed"

    monkeypatch.setattr(kernels, "execute", execute)
    if deaths < 3:
        assert kernels.again("chapter", timeout=5) == "executed"
    else:
        with pytest.raises(RuntimeError, match="Kernel died"):
            kernels.again("chapter", timeout=5)
    assert tried == [("chapter", 5)] * tries


# pages.py


def program(folder: Path, text: str) -> str:
    """A program, to be started in place of node."""
    (folder / "node").write_text(text)
    (folder / "node").chmod(0o755)
    return str(folder / "node")


def test_typesetting_waits_until_its_process_listens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        pages.katex, "NODEJS_BINARY", program(tmp_path, LATE.format(python=sys.executable))
    )
    process, connection = pages.start_katex(tmp_path, timeout=600)
    with process, connection:
        assert isinstance(connection, socket.socket)
        assert connection.getpeername() == str(tmp_path / "katex.sock")
        process.kill()


def test_typesetting_that_never_starts_is_an_error_and_leaves_no_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages.katex, "NODEJS_BINARY", program(tmp_path, "#!/bin/sh\nexit 1\n"))
    began = time.monotonic()
    with pytest.raises(pages.katex.KaTeXError):
        pages.start_katex(tmp_path, timeout=600)
    assert time.monotonic() - began < 600, "it waited for a process that had ended"


def test_no_line_begins_with_the_full_stop_after_a_formula() -> None:
    line = nodes.paragraph(
        "",
        "",
        nodes.Text("so ("),
        nodes.math(text="x"),
        nodes.Text("), and "),
        nodes.math(text="y"),
    )
    other = nodes.paragraph(
        "",
        "",
        nodes.math(text="z"),
        nodes.Text(" is"),
        nodes.math(text="w"),
        nodes.strong(text=".5"),
    )
    pages.keep_together(None, nodes.section("", line, other), "")
    assert [part.astext() for part in line] == [
        "so (" + pages.WITH,
        "x",
        pages.WITH + "), and ",
        "y",
    ]
    assert [part.astext() for part in other] == ["z", " is", "w", ".5"], (
        "other words and other elements stay"
    )
