"""How soon a figure follows the hand, in Chromium.

It is measured from a key press's own time to the frame that shows it.
An empty slider on a page of its own is the floor.
Each is measured as it is and with the processor slowed four times.
The answer box: from *Check* to the verdict, of lines that readers write and of
strings that try its patience. `make bench-widgets` builds the book and runs it.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median, quantiles
from time import sleep

from tests.test_answer import noise

from tests.browser.bridge import Browser, Page

SITE = Path(__file__).resolve().parents[1] / "_build" / "html" / "book"
PRESSES = 60
# milliseconds for which a finger holds a key, and then rests; nothing
# else is asked of the page in that time
HELD = 90
SLOWED = (1, 4)
AIMS = {1: (16, 33), 4: (33, 60)}  # median and 95th percentile, ms
# page, slider of its first figure that has it, what is set before: 50 steps where it can be
FIGURES = {
    "cell": ("backwards", "x", {}),
    "time": ("truncation", "b_f", {"T": 50}),
    "carousel": ("carousel", "b_f", {"T": 50}),
    "vcurve": ("trust", "tolerance", {"T": 20}),
    "paths": ("time", "steps", {"steps": 42}),  # eight presses to 50, and back
    "ripple": ("pushes", "a", {}),
}
FLOOR = (
    "data:text/html,<div class='lstm-view lstm'>"
    "<input type=range data-input=x min=-1 max=1 step=any></div>"
)

# The answer comes after the animation frame in which the figure was
# drawn: what the reader sees is on its way.
WATCH = """() => {
    window.took = [];
    addEventListener("keydown", ({ timeStamp }) => requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => window.took.push(performance.now() - timeStamp);
        port2.postMessage(0);
    }), { capture: true });
}"""
SET = """(slider, traits) => {
    const figure = document.querySelector(slider).closest(".lstm");
    for (const [name, value] of Object.entries(traits)) {
        const input = figure.querySelector(`input[data-input="${name}"]`);
        input.value = value;
        input.dispatchEvent(new InputEvent("input", { bubbles: true }));
    }
}"""
VERDICTS = """lines => {
    const field = document.querySelector(".ab-formula [data-ab-field]");
    return lines.map(line => {
        field.value = line;
        field.dispatchEvent(new InputEvent("input", { bubbles: true }));
        const start = performance.now();
        field.form.requestSubmit();
        return performance.now() - start;
    });
}"""
LINES = [
    "o_bar*o*(1-o)*x",
    "z_f_bar*h_prev",
    "h_bar*o*(1-o)*h_prev+2",
    "o_bar*o*h_prev",
    "tanh(z_o_bar)*h",
]
HARD = [
    "h_bar*" * 170_000,
    "(" * 399,
    "tanh(" * 80,
    "+".join(["z_i_bar*w_ix"] * 30),
    "*".join(["(i+f)"] * 66),
]
HARD += [line for _, line in noise(300, seed=5)]


def presses(page: Page, slider: str, traits: dict[str, int]) -> list[float]:
    """Milliseconds from each press of an arrow key on a slider to its frame.

    The figure is in the state that these traits say.
    """
    page.js(SET, slider, traits)
    page.js("slider => document.querySelector(slider).scrollIntoView({ block: 'center' })", slider)
    page.js(f"({WATCH})()")
    page.js("slider => document.querySelector(slider).focus()", slider)
    for number in range(PRESSES):
        page.press("ArrowRight" if number % 16 < 8 else "ArrowLeft", held=HELD)
        sleep(HELD / 1000)
    took = page.js("window.took")
    assert len(took) == PRESSES, f"{len(took)} of {PRESSES} presses were seen"
    return took[4:]  # the first ones warm up


def figures() -> Iterator[tuple[str, str, str, dict[str, int]]]:
    """Everything that is measured.

    For each: its name, its address, the slider's selector and the traits.
    """
    yield "empty slider", FLOOR, ".lstm-view [data-input=x]", {}
    for name, (chapter, trait, traits) in FIGURES.items():
        if (SITE / f"{chapter}.html").exists():
            yield (
                name,
                f"{(SITE / chapter).as_uri()}.html",
                f".lstm-view input[type=range][data-input={trait}]",
                traits,
            )


def opened(browser: Browser, address: str, wanted: str) -> Page:
    """A page on which every figure has started."""
    page = browser.open(address)
    page.wait("document.querySelector('.lstm-view')")
    page.js("dispatchEvent(new Event('beforeprint'))")  # starts every figure
    page.wait(f"document.querySelector({wanted!r})", 20)
    return page


FLOORS: dict[int, float] = {}
"""The empty slider's median in this run.

On a busy machine only what is divided by it can be compared.
"""


def row(name: str, slowed: int, took: list[float], aims: tuple[float, float]) -> None:
    """Prints one row of the table; the first one of each slowness is the floor."""
    middle, high = median(took), quantiles(took, n=20)[-1]
    times = middle / FLOORS.setdefault(slowed, middle)
    kept = "yes" if middle <= aims[0] and high <= aims[1] else "no"
    cells = [name, f"{slowed}×", f"{middle:.1f}", f"{times:.1f}", f"{high:.1f}"]
    cells += [f"{aims[0]} / {aims[1]}", kept]
    print(f"| {' | '.join(cells)} |", flush=True)


def main() -> int:
    """Measure and print; 1 where the book is not built."""
    if not (SITE / "backwards.html").exists():
        print(f"There is no book in {SITE}; run: make book", file=sys.stderr)
        return 1
    browser = Browser()
    heads = [
        "figure",
        "processor slowed",
        "median, ms",
        "÷ empty slider",
        "95th percentile, ms",
        "aims",
        "kept",
    ]
    print(f"| {' | '.join(heads)} |\n{'|---' * len(heads)}|")
    try:
        for name, address, slider, traits in figures():
            for slowed in SLOWED:
                page = opened(browser, address, slider)
                page.call("slow", times=slowed)
                row(name, slowed, presses(page, slider, traits), AIMS[slowed])
                page.close()
        for slowed in SLOWED:
            page = opened(
                browser, f"{(SITE / 'weights').as_uri()}.html", ".ab-formula [data-ab-field]"
            )
            # a reader reads the question first
            page.js("new Promise(done => setTimeout(done, 1500, 1))")
            page.call("slow", times=slowed)
            row(
                "answer",
                slowed,
                [time for _ in range(5) for time in page.js(VERDICTS, LINES)],
                (50, 50),
            )
            row("answer, hard strings", slowed, page.js(VERDICTS, HARD), (50, 100))
            page.close()
    finally:
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
