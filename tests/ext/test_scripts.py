"""The figures on the site: their scripts, their pictures, and a place for each of them."""

import gzip
import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from sphinx.errors import ExtensionError

from lstm_edu import widgets
from lstm_edu.widgets.kit import modules
from lstm_edu.widgets.kit.node import NODE
from tests.ext.test_extensions import host, host_build

# rollup's scripts ask for a register; host.js is it on a page
REGISTER = """
const made = {}, put = (of) => (name, value) => {
  Object.assign(of, typeof name === "string" ? { [name]: value } : name);
  return value;
};
const use = (name) => {
  if (made[name]) return made[name];
  const { needs, declare } = registered[name];
  const of = {}, { setters, execute } = declare(put(of));
  needs.forEach((need, k) => setters[k]?.(use(need.slice(2, -3))));
  execute();
  return (made[name] = of);
};
"""
KINDS = {host.kind(cls.module): cls.module for cls in widgets.WIDGETS}
STILL = "export const still = (t) => `<b>${t.long}</b>`;\n"


@pytest.fixture(scope="module")
def stills() -> dict[str, dict[str, Any]]:
    """One of each widget, as its picture is asked for."""
    made = [cls("c_bar") if cls is widgets.Answer else cls() for cls in widgets.WIDGETS]
    state = {one.model_id: {"state": one.get_state()} for one in made}
    known = host.models({"body": json.dumps({"state": state}, default=lambda _: None)})
    return {kind: dict(kind=kind, traits=traits, uid="s") for kind, traits in known.values()}


@pytest.fixture(scope="module")
def site(stills: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """The scripts of all widgets, which each needs, and a picture of each."""
    return host_build.built(KINDS, stills)


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Modules by name in the place of the package's."""
    texts: dict[str, str] = {}
    monkeypatch.setattr(modules, "source", texts.__getitem__)
    monkeypatch.setattr(modules, "names", lambda: [*texts])
    return texts


def javascript(program: str) -> str:
    """What a program prints under node."""
    done = subprocess.run([NODE, "-"], input=program, capture_output=True, text=True, check=True)
    return done.stdout


def test_the_scripts_draw_what_the_modules_draw_in_whatever_order_they_are_loaded(
    site: dict[str, Any], stills: dict[str, dict[str, Any]]
) -> None:
    code = "const registered = {}, System = {};\n"
    for name, script in reversed(site["scripts"].items()):
        if name != "host":
            kept = f'registered["{name}"] = {{ needs, declare }}'
            code += f"System.register = (needs, declare) => ({kept});\n{script}"
    draw = "use(needs[kind].at(-1)).still(stills[kind].traits, { uid: 's', palette: false })"
    code += f"{REGISTER} const needs = {json.dumps(site['needs'])}, stills = {json.dumps(stills)};"
    code += f"console.log(JSON.stringify(Object.keys(needs).map((kind) => [kind, {draw}])));"
    assert {*site["needs"]} == {*KINDS}
    assert dict(json.loads(javascript(code))) == site["stills"]


def test_a_widget_names_all_scripts_that_it_needs_three_at_most(
    site: dict[str, Any],
) -> None:
    for need in site["needs"].values():
        assert len(need) == len({*need}) <= 3
        for script in need:
            at_once = re.sub(r'\.import\("[^"]+"\)', "", site["scripts"][script])
            assert {*re.findall(r'"\./(.+?)\.js"', at_once)} <= {*need}


def test_the_box_is_small(site: dict[str, Any]) -> None:
    assert len(gzip.compress(site["scripts"][site["needs"]["answer"][-1]].encode())) <= 26_000


def test_a_change_in_a_shared_module_gives_new_names_to_all_scripts_that_need_it(
    held: dict[str, str],
) -> None:
    held |= {
        "x/a": 'import { s } from "../y/s.mjs";\nexport const render = () => s;\n',
        "x/b": "export const render = 1;\n",
        "y/s": "export const s = 1;\n",
    }
    held["x/c"] = held["x/a"]
    three = {letter: f"x/{letter}" for letter in "abc"}
    before = host_build.built(three, {})["needs"]
    assert host_build.built(three, {})["needs"] == before
    held["y/s"] = "export const s = 2;\n"
    after = host_build.built(three, {})["needs"]
    assert before["b"] == after["b"]
    for widget in "ac":
        assert len(before[widget]) == 2
        assert not {*before[widget]} & {*after[widget]}


def test_the_build_makes_scripts_small_and_prints_pictures(held: dict[str, str]) -> None:
    held["x/a"] = f"// what a picture is\n{STILL}"
    made = host_build.built({"a": "x/a"}, {"m": dict(kind="a", traits={"long": 1}, uid="")})
    assert made["stills"] == {"m": "<b>1</b>"}
    assert "what a picture is" not in "".join(made["scripts"].values())


def test_node_is_asked_for_no_more_than_has_changed(
    held: dict[str, str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked: list[list[str]] = []

    def node(widgets: dict[str, str], stills: dict[str, Any]) -> dict[str, Any]:
        asked.append([*stills])
        pictures = {model: f"of {still['traits']}" for model, still in stills.items()}
        return dict(scripts={"s": "small"}, needs={}, stills=pictures)

    monkeypatch.setattr(host_build.cached, "CACHE", tmp_path)
    monkeypatch.setattr(host_build, "asked", node)
    held["x/a"] = "long"
    stills: dict[str, Any] = {"m": dict(traits=1), "n": dict(traits=2)}
    first = host_build.built({}, stills)
    assert host_build.built({}, stills) == first
    stills["n"] = dict(traits=3)
    assert host_build.built({}, stills)["stills"] == {"m": "of 1", "n": "of 3"}
    held["x/a"] = "longer"
    host_build.built({}, stills)
    assert asked == [["m", "n"], ["n"], ["m", "n"]]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("const = 1;", r"x/a\.mjs \(1:6\)"),
        ('import { b } from "./b.mjs";', r'"\./b\.mjs" from "x/a\.mjs"'),
        (
            'import { s } from "../y/s.mjs";\nexport const still = s;',
            r'"s" is not exported by "y/s',
        ),
        ('import * as a from "./a.mjs";\nexport const still = () => a;', "Circular"),
        ("export const still = (t) => t.no.more;", r"a\.mjs: still\(.*must print the picture"),
    ],
)
def test_a_module_or_a_picture_that_fails_stops_the_build(
    held: dict[str, str], text: str, words: str
) -> None:
    held |= {"x/a": text, "y/s": "export const t = 1;\n"}
    with pytest.raises(ExtensionError, match=words):
        host_build.built({"a": "x/a"}, {"m": dict(kind="a", traits={}, uid="")})


def test_without_its_tools_the_build_stops_with_a_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "rollup").mkdir()
    monkeypatch.setattr(host_build, "PACKAGES", tmp_path)
    with pytest.raises(ExtensionError, match=r"^terser,.* is missing; `make book` installs it"):
        host_build.asked({}, {})


def test_a_widget_of_another_making_is_refused_and_an_ordinary_one_left_out() -> None:
    def state(made_by: str) -> dict[str, str]:
        model = {"_anywidget_id": made_by, "x": 1, "layout": "IPY_MODEL_1", "_css": ""}
        return {
            "body": json.dumps({"state": {"m": {"state": model}, "1": {"state": {"bottom": None}}}})
        }

    own = widgets.Cell()._anywidget_id
    assert host.models(state(own)) == {"m": ("cell", {"x": 1})}
    with pytest.raises(
        ExtensionError, match=r"the widget drawdata\.ScatterWidget; .* must name it"
    ):
        host.models(state("drawdata.ScatterWidget"))


def test_no_text_of_a_trait_ends_its_script_early() -> None:
    made = host.Host()
    made.needs, made.stills = {"cell": ["cell-1"]}, {"m": "picture"}
    html = made.view("m", {"m": ("cell", {"pinned": "</script><!--<b>"})})
    [state] = re.findall(r'<script type="application/json">(.*?)</script>', html)
    assert "<" not in state
    assert json.loads(state) == {"pinned": "</script><!--<b>"}
