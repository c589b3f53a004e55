"""The figures on pages with a strict policy, and on pages whose state is damaged."""

import base64
import copy
import hashlib
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.browser.bridge import Browser
from tests.browser.figure import Figure, Open, assert_clean, drive, url
from tests.tree import ROOT

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("pages")]

Changed = Callable[[str, Callable[[str], str]], Path]


@pytest.fixture
def changed(site: Path, tmp_path: Path) -> Changed:
    """A function that copies the site with one chapter changed, and gives the copy as a project that can be served."""

    def change(chapter: str, how: Callable[[str], str]) -> Path:
        folder = tmp_path / "_build" / "html"
        shutil.copytree(site, folder, dirs_exist_ok=True)
        shutil.copytree(ROOT / "tools", tmp_path / "tools", dirs_exist_ok=True)
        page = folder / "book" / f"{chapter}.html"
        page.write_text(how(page.read_text("utf-8")), "utf-8")
        return tmp_path

    return change


def strict(html: str) -> str:
    """A page with a policy that lets in the site's own scripts, and of inline ones those it has now, by their hash."""
    inline = re.findall(r"<script(?![^>]*(?:src=|application/|text/x))[^>]*>(.*?)</script>", html, flags=re.S)
    inline += [handler.replace("&quot;", '"') for handler in re.findall(r'\son\w+="([^"]*)"', html)]
    hashes = {base64.b64encode(hashlib.sha256(code.encode()).digest()).decode() for code in inline}
    allowed = " ".join(f"'sha256-{digest}'" for digest in sorted(hashes))
    policy = (
        f"default-src 'self'; script-src 'self' 'unsafe-hashes' {allowed};"
        " style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:"
    )
    return html.replace("<head>", f'<head><meta http-equiv="Content-Security-Policy" content="{policy}">', 1)


@pytest.mark.parametrize("place", ["http", "file"])
def test_figures_live_under_a_content_security_policy(
    place: str, changed: Changed, open_page: Open, serve: Callable[[Path], str]
) -> None:
    project = changed("backwards", strict)
    page = open_page(url(place, project / "_build" / "html", serve(project), "book/backwards.html"))
    refused = "new Promise(done => { const s = document.createElement('script'); s.textContent = 'globalThis.in = 1';"
    page.js(refused + " document.head.append(s); setTimeout(done, 50) })")
    assert page.js("globalThis.in === undefined"), "the policy is not in force"
    complaints = [said["text"] for said in page.seen()["console"] if said["type"] == "error"]
    assert len(complaints) == 1, complaints
    drive(Figure(page), forward_only=False)
    assert len([said for said in page.seen()["console"] if said["type"] == "error"]) == 1


@pytest.mark.xdist_group("firefox")
def test_figures_live_under_a_policy_in_firefox_too(changed: Changed, open_page: Open, firefox: Browser) -> None:
    html = changed("backwards", strict) / "_build" / "html"
    page = open_page(f"{html.as_uri()}/book/backwards.html", browser=firefox)
    drive(Figure(page), forward_only=False)
    assert_clean(page)


STATE = re.compile(r'(<script type="application/vnd\.jupyter\.widget-state\+json">)(.*?)(</script>)', re.S)
VIEW = re.compile(r'<script type="application/vnd\.jupyter\.widget-view\+json">.*?</script>', re.S)
TWIN = "f" * 32


def with_twin(damage: Callable[[dict], None]) -> Callable[[str], str]:
    """A change of a page: a second figure after the first, a copy of it, whose state is then damaged."""

    def change(html: str) -> str:
        [(before, text, after)] = STATE.findall(html)
        state = json.loads(text)
        view = VIEW.search(html)
        assert view is not None
        model = json.loads(re.sub(r"<[^>]+>", "", view[0]))["model_id"]
        state["state"][TWIN] = copy.deepcopy(state["state"][model])
        damage(state["state"])
        twin = view[0].replace(model, TWIN)
        html = STATE.sub(lambda _: before + json.dumps(state).replace("Infinity", "1e999") + after, html)
        return html.replace(view[0], f"{view[0]}\n<p>Between the figures.</p>\n{twin}", 1)

    return change


DAMAGES = {
    "a number is infinite": (lambda state: state[TWIN]["state"].update(w_ix=float("inf")), "w_ix"),
    "a number is a word": (lambda state: state[TWIN]["state"].update(x="much"), "x is much"),
    "a number is missing": (lambda state: state[TWIN]["state"].pop("c_prev"), "c_prev"),
    "its state is missing": (lambda state: state.pop(TWIN), "holds no state"),
    "its module is missing": (lambda state: state[TWIN]["state"].update(_esm="0123456789abcdef.js"), "could not"),
}


@pytest.mark.parametrize("what", DAMAGES)
def test_a_damaged_figure_says_so_and_leaves_the_other_alive(what: str, changed: Changed, open_page: Open) -> None:
    damage, word = DAMAGES[what]
    project = changed("backwards", with_twin(damage))
    page = open_page((project / "_build" / "html" / "book" / "backwards.html").as_uri())
    page.js("document.querySelectorAll('.lstm-view')[1].scrollIntoView()")
    second = "document.querySelectorAll('.lstm-view')[1].textContent"
    page.wait(f"{second}.length > 20")
    said = page.js(second)
    assert word in said, said
    assert 20 < len(said) < 250, said
    assert said.strip().endswith("."), said
    drive(Figure(page, "p + .lstm-view .lstm, .lstm-view .lstm"), forward_only=False)
    assert not page.seen()["errors"], page.seen()["errors"]


def test_a_page_whose_whole_state_is_damaged_says_so_in_its_figure(changed: Changed, open_page: Open) -> None:
    project = changed("backwards", lambda html: STATE.sub(r"\1{\"state\": {\3", html))
    page = open_page((project / "_build" / "html" / "book" / "backwards.html").as_uri())
    page.js("document.querySelector('.lstm-view').scrollIntoView()")
    page.wait("document.querySelector('.lstm-view').textContent.length > 20")
    assert "could not start" in page.js("document.querySelector('.lstm-view').textContent")
    assert not page.seen()["errors"], page.seen()["errors"]
