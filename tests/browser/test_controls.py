"""No dead control: what a figure or question offers to the hand changes something when used.

That holds on every page.

What is chosen already waits until something else is, and what changes
nothing once is used again at the end: a push may have been at its
limit. The nodes of a graph have tests of their own, by mouse and key.
"""

from pathlib import Path

import pytest

from tests.browser.figure import CHAPTERS, Open

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("access")]

LIVE = [
    name
    for name, text in CHAPTERS.items()
    if "lstm_edu.widgets" in text or "course import start" in text
]
# Each kind of control once in each figure, whatever it has opened
# among them; what a control says is its kind.
USE = """async frames => {
    const frame = () => new Promise(done => requestAnimationFrame(done));
    const pause = () => frame().then(frame);
    const sleep = ms => new Promise(done => setTimeout(done, ms));
    const change = one => {
        for (const kind of ["input", "change"])
            one.dispatchEvent(new Event(kind, { bubbles: true }));
    };
    const name = one => {
        const { input, name, action } = one.dataset;
        const words = one.getAttribute("aria-label") ?? one.textContent.trim();
        const parts = [one.localName, one.type, input ?? name ?? action, words];
        return parts.filter(Boolean).join(" ").slice(0, 80);
    };
    const found = { dead: [], used: 0 };
    const CONTROLS = ":is(button, summary, select, input[type=range], input[type=checkbox])";
    for (const view of document.querySelectorAll(".lstm-view")) {
        view.scrollIntoView({ block: "center", behavior: "instant" });
        for (let k = 0; k < 20000 && !view.dataset.alive; k++) await sleep(30);
        const idle = one => one.disabled || [one.ariaDisabled, one.ariaPressed].includes("true");
        const ready = one => one.checkVisibility() && !idle(one);
        const fields = () => [...view.querySelectorAll("input, select")];
        const state = () => view.innerHTML + fields().map(one => one.value).join();
        const [seen, again] = [new Set(), new Set()];
        for (let count = 0; count < 80; count++) {
            const left = [...view.querySelectorAll(CONTROLS)]
                .filter(one => ready(one) && !seen.has(name(one)));
            const next = left.find(one => !again.has(name(one))) ?? left[0];
            if (!next) break;
            seen.add(name(next));
            found.used++;
            const field = view.querySelector("input[type=text], input:not([type]), textarea");
            const whose = next.matches("[data-ab-whose]"); // changes how a line is read
            if (field && (whose || !field.value)) {
                field.value = whose ? "dh" : "1";
                field.dispatchEvent(new Event("input", { bubbles: true }));
            }
            view.querySelector("input[type=radio]")?.click();
            const before = view.innerHTML, values = state();
            if (next.type === "range") {
                const middle = (Number(next.min) + Number(next.max)) / 2;
                next.value = Number(next.value) > middle ? next.min : next.max;
                change(next);
            } else if (next.localName === "select") {
                next.selectedIndex = (next.selectedIndex + 1) % next.options.length;
                change(next);
            } else next.click();
            const hand = next.type === "range" || next.localName === "select";
            const moved = () => view.innerHTML !== before || (!hand && state() !== values);
            for (let k = 0; k < frames && !moved(); k++) await pause();
            if (moved()) continue;
            if (again.has(name(next))) found.dead.push(name(next));
            else (again.add(name(next)), seen.delete(name(next)));
        }
    }
    return found;
}"""


@pytest.mark.parametrize("chapter", LIVE)
def test_every_control_of_a_page_does_something(chapter: str, open_page: Open, site: Path) -> None:
    page = open_page((site / "book" / f"{chapter}.html").as_uri(), width=1280)
    found = page.js(USE, 20)
    assert found["used"] >= 5, found
    assert not found["dead"], found["dead"]
