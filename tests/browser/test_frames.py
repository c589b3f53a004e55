"""The built site inside another page, and where a browser keeps nothing.

A page of another origin shows chapters side by side, each in a frame with other rights.
"""

import functools
import http.server
import itertools
import json
import re
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from lstm_edu.widgets.answer import in_time
from tests.browser.bridge import Browser, Page
from tests.browser.figure import assert_clean
from tools.make.serve import Quiet

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("pages")]

Open = Callable[..., Page]
RIGHTS = ["allow-same-origin", "allow-forms", "allow-downloads"]
SANDBOXES = [
    " ".join(["allow-scripts", *given])
    for n in range(len(RIGHTS) + 1)
    for given in itertools.combinations(RIGHTS, n)
]
FRAME = '<iframe sandbox="{}" src="{}" style="width: 460px; height: 700px; border: 0"></iframe>'
# every figure's first slider is moved, every box gets its right answer, the theme is switched; what
# comes back is what did not do as it should, and what the page then says of its progress
DRIVE = """async (answers) => {
    const soon = async (holds, why) => {
        for (let k = 0; k < 3000; k++) {
            if (holds()) return [];
            await new Promise((done) => setTimeout(done, 20));
        }
        return [why];
    };
    const tell = (field, value) => {
        if (field.type === "radio") field.checked = true;
        else field.value = value;
        field.dispatchEvent(new InputEvent("input", { bubbles: true }));
    };
    const answer = (view, right) => {
        const radio = view.querySelector(`[type=radio][value="${right}"]`);
        const field = radio ?? view.querySelector("[data-ab-field]");
        tell(field, right);
        const enter = new KeyboardEvent("keydown", { key: "Enter", bubbles: true });
        if (radio) view.querySelector("[data-ab=check]").click();
        else field.dispatchEvent(enter);
        return soon(() => view.querySelector("[role=status].ab-right"), "is not told right");
    };
    const move = (view) => {
        const slider = view.querySelector("[type=range]");
        const before = view.innerText;
        tell(slider, slider.value === slider.max ? slider.min : slider.max);
        return soon(() => view.innerText !== before, "does not move");
    };
    const faults = [];
    for (const [k, view] of document.querySelectorAll(".lstm-view").entries()) {
        view.scrollIntoView({ behavior: "instant" });
        const { kind } = view.dataset;
        const still = await soon(() => view.dataset.alive, "does not start");
        const used = kind === "answer" ? () => answer(view, answers[k]) : () => move(view);
        const [wrong] = still.length ? still : await used();
        if (wrong) faults.push(`${k} ${kind} ${wrong}: ${view.innerText}`);
    }
    const modes = new Set();
    for (let k = 0; k < 3; k++) {
        document.querySelector(".theme-switch-button").click();
        modes.add(document.documentElement.dataset.mode);
    }
    if (modes.size < 3) faults.push("the theme does not switch");
    return {
        faults,
        told: [...document.querySelectorAll(".ab-said")]
            .filter((said) => said.textContent.includes("keeps nothing")).length,
        count: document.querySelector("[data-ab=progress]").textContent,
    };
}"""
SEARCH = """void setTimeout(() => {
    const field = document.querySelector("form.bd-search input");
    field.value = "slope";
    field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
})"""
FOUND = """location.pathname.endsWith("search.html")
    && document.querySelector("#search-results li a")"""
STATE = re.compile(r'data-kind="(\w+)"[^>]*><script type="application/json">(.*?)</script>', re.S)


def answers(site: Path, chapter: str) -> list[Any]:
    """What is right in each view of a chapter, as it is typed or as the number of its choice."""
    html = (site / "book" / f"{chapter}.html").read_text("utf-8")
    return [
        right(json.loads(state)) if kind == "answer" else None
        for kind, state in STATE.findall(html)
    ]


def right(t: dict[str, Any]) -> str:
    if t["kind"] == "formula":
        return in_time.line(t["name"]) if t.get("in_time") else t["lines"][t["name"]]
    if t["kind"] == "number":
        return repr(t["exercise"]["right"])
    return str([good for _, _, good in t["exercise"]["options"]].index(True))


@pytest.fixture(scope="module")
def served() -> Iterator[Callable[[Path], str]]:
    """A function that serves a folder as an origin of its own."""
    servers = []

    def start(folder: Path) -> str:
        handler = functools.partial(Quiet, directory=str(folder))
        servers.append(http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler))
        threading.Thread(target=servers[-1].serve_forever).start()
        return f"http://127.0.0.1:{servers[-1].server_port}"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def chapters(site: Path) -> list[str]:
    """The chapters that hold a box, in an order that is always the same."""
    pages = sorted((site / "book").glob("*.html"))
    return [one.stem for one in pages if 'data-kind="answer"' in one.read_text("utf-8")]


# eight chapters are looked at, then the others; `make prove` has each chapter in each frame
@pytest.mark.parametrize(
    "first", [0, 8, *(pytest.param(k, marks=pytest.mark.prove) for k in range(1, 8))]
)
def test_all_of_a_page_works_in_a_frame_of_any_rights(
    first: int, open_page: Open, site: Path, served: Callable[[Path], str], tmp_path: Path
) -> None:
    here, known = served(site), chapters(site)
    shown = [known[(first + k) % len(known)] for k in range(len(SANDBOXES))]
    frames = [
        FRAME.format(rights, f"{here}/book/{one}.html")
        for rights, one in zip(SANDBOXES, shown, strict=True)
    ]
    icon = '<link rel="icon" href="data:,">'
    (tmp_path / "index.html").write_text(f"<!doctype html><title>.</title>{icon}{''.join(frames)}")
    page = open_page(served(tmp_path), width=1900, height=1500)
    together = 0
    for k, (rights, chapter) in enumerate(zip(SANDBOXES, shown, strict=True)):
        expected = answers(site, chapter)
        found = page.js(DRIVE, expected, frame=k)
        boxes = len([one for one in expected if one is not None])
        alone = "allow-same-origin" not in rights
        assert not found["faults"], (rights, chapter, found["faults"])
        assert found["told"] == alone, (rights, chapter)
        together += 0 if alone else boxes
        count = f"{boxes} right so far on this page" if alone else f"{together} right so far"
        assert found["count"] == count, (rights, chapter)
    for k, rights in enumerate(SANDBOXES):
        count = page.js("document.querySelector('[data-ab=progress]').textContent", frame=k)
        assert "allow-same-origin" not in rights or count == f"{together} right so far", rights
    page.js(SEARCH, frame=0)
    page.wait(FOUND, frame=0)
    assert_clean(page)


FULL = """Storage.prototype.setItem = () => {
    throw new DOMException("full", "QuotaExceededError");
};"""
FETCHED = """(() => {
    const asked = performance.getEntriesByType("resource").map(({ name }) => name);
    return [...document.querySelectorAll(".lstm-view")].every(({ dataset }) =>
        (dataset.scripts ?? "").split(" ").every((one) =>
            asked.some((name) => name.endsWith(`${one}.js`))));
})()"""


def test_all_of_a_page_works_with_a_full_storage_and_offline_once_it_is_loaded(
    open_page: Open, site: Path, served: Callable[[Path], str]
) -> None:
    page = open_page()
    page.call("before", code=FULL)
    page.goto(f"{served(site)}/book/backwards.html")
    page.wait(FETCHED)
    page.call("offline", on=True)
    expected = answers(site, "backwards")
    found = page.js(DRIVE, expected)
    boxes = len([one for one in expected if one is not None])
    assert not found["faults"], found["faults"]
    assert (found["told"], found["count"]) == (1, f"{boxes} right so far on this page")
    seen = page.seen()
    noted = [said["text"] for said in seen["console"] if said["type"] == "error"]
    # other people's notations are fetched at the first key; the browser notes that it cannot
    assert not seen["errors"] and all("ERR_INTERNET_DISCONNECTED" in one for one in noted), seen


OLD = {"backwards.1, find the bug": "2025-03-01", "a question that is gone": "2025-03-02"}
SET = """async (old) => {
    localStorage.setItem("lstm-answers", old);
    const view = document.querySelector(".lstm-view:not([data-kind=answer])");
    view.scrollIntoView();
    while (!view.dataset.alive) await new Promise((done) => setTimeout(done, 20));
    const slider = view.querySelector("[type=range]");
    slider.value = slider.min;
    slider.dispatchEvent(new InputEvent("input", { bubbles: true }));
    while (!history.state?.lstm) await new Promise((done) => setTimeout(done, 20));
    return slider.value;
}"""
GET = """async () => {
    for (const view of document.querySelectorAll(".lstm-view")) {
        view.scrollIntoView({ behavior: "instant" });
        while (!view.dataset.alive) await new Promise((done) => setTimeout(done, 20));
    }
    return {
        slider: document.querySelector(".lstm-view:not([data-kind=answer]) [type=range]").value,
        done: [...document.querySelectorAll(".ab-bug .ab-done")].map((one) => one.innerText),
        count: document.querySelector("[data-ab=progress]").textContent,
    };
}"""


def test_after_a_reload_figures_stand_as_they_did_and_a_solved_box_says_so(
    open_page: Open, site: Path, served: Callable[[Path], str], browser: Browser
) -> None:
    page = open_page(f"{served(site)}/book/backwards.html", browser=browser)
    stood = page.js(SET, json.dumps(OLD))
    page.js("window.left = true, void location.reload()")
    page.wait("!window.left && document.readyState === 'complete'")
    assert page.js(f"({GET})()") == dict(
        slider=stood, done=["✓ Answered right on 2025-03-01."], count="2 right so far"
    )
    assert_clean(page)
