"""One function for each kind of figure.

Each returns its axes, which a notebook shows as a picture with words for it.

No one ink has a contrast of 4.5 on white and on the dark paper too (the best reaches 4.3), so a
picture is an SVG that stands in the page and takes its colours from variables, one set for each
scheme; its ground is transparent.
Hue says what brought something, h or c; sign is texture; all else is ink.
"""

import hashlib
import html
import io
import re
from collections.abc import Mapping, Sequence
from importlib.resources import as_file, files
from typing import Any

import matplotlib
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.ticker import FuncFormatter, MaxNLocator, NullLocator

from lstm_edu.text.notation import COLOURS, schemes

INK, WIRE, H, C = (COLOURS[token][0] for token in ("ink", "wire", "h", "c"))
RC: Any = {
    "text.color": INK, "axes.labelcolor": INK, "axes.edgecolor": WIRE,
    "xtick.color": WIRE, "ytick.color": WIRE,
    "xtick.labelcolor": INK, "ytick.labelcolor": INK,
}  # fmt: skip
DARK = ':is(html[data-theme="dark"], body[data-jp-theme-light="false"], .vscode-dark) .lstm-plot'
# series are told apart without hue
DASHES = ["solid", (0, (5, 2)), (0, (1.2, 1.6)), (0, (6, 1.6, 1.2, 1.6))]
SUM = "their sum"
SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


class Picture(Axes):
    """Axes that show their whole figure in a notebook.

    `words` says what is to be seen to those who do not see it.
    """

    name = "lstm_edu.picture"
    words = ""

    def _repr_html_(self) -> str:
        return inline(self.figure, self.words)  # type: ignore[arg-type]


def inline(figure: Figure, words: str) -> str:
    """The figure as an SVG that stands in a page.

    Its colours are variables, its ids are its own, and `words` is its name.
    """
    file = io.StringIO()
    with _style():
        figure.savefig(file, format="svg", metadata={"Date": None, "Creator": None})
    svg = file.getvalue()
    own = f"p{hashlib.sha256(svg.encode()).hexdigest()[:8]}"
    svg = re.sub(r"<metadata>.*?</metadata>\s*", "", svg[svg.index("<svg") :], flags=re.S)
    used = set(re.findall(r'(?:url\(|href=")#([\w-]+)', svg))
    svg = re.sub(r' id="([\w.-]+)"', lambda m: f' id="{own}{m[1]}"' if m[1] in used else "", svg)
    svg = re.sub(r'(url\(|href=")#', rf"\1#{own}", svg)
    svg = re.sub(r" font-family: [^;\"]*;", "", svg)  # the page's own letters
    for token, (light, _) in COLOURS.items():
        svg = svg.replace(light, f"var(--plot-{token})")
    shape = "display: block; width: 100%; max-width: 500px; height: auto; margin: 0 auto;"
    sheet = f"<style>.lstm-plot {{ {shape} }} {schemes('plot', '.lstm-plot', DARK)}</style>"
    head = re.match(r'<svg[^>]*viewBox="([^"]*)"[^>]*>', svg)
    name = f'role="img" aria-label="{html.escape(words)}"'
    opened = f'<svg class="lstm-plot" {name} viewBox="{head[1]}" '  # type: ignore[index]
    opened += 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">'
    return opened + sheet + svg[head.end() :]  # type: ignore[union-attr]


def spread(
    x: Sequence[float], series: Mapping[str, Sequence[np.ndarray]], xlabel: str, ylabel: str
) -> Picture:
    """Many random draws at every x: their median as a line, the middle half of them as a band.

    x has a logarithmic axis.
    """
    ax, said = _axes(xlabel, ylabel), []
    for (label, draws), dashes in zip(series.items(), DASHES, strict=False):
        low, middle, high = np.array([np.quantile(values, [0.25, 0.5, 0.75]) for values in draws]).T
        ax.fill_between(x, low, high, color=WIRE, alpha=0.22, linewidth=0)
        ax.plot(x, middle, color=INK, linestyle=dashes, label=label)
        said.append(
            f"{label}: " + ", ".join(f"{m:.2g} at {at:g}" for at, m in zip(x, middle, strict=True))
        )
    ax.set_xscale("log")
    ax.set_xticks(x, [f"{at:g}" for at in x])
    ax.xaxis.set_minor_locator(NullLocator())
    _legend(ax)
    ax.words = f"{ylabel} against {xlabel}, medians. " + "; ".join(said) + "."
    return ax


def vcurve(eps: np.ndarray, series: Mapping[str, np.ndarray], xlabel: str, ylabel: str) -> Picture:
    """Errors against ε, both on logarithmic axes: the first series thick, the others thin."""
    ax, said = _axes(xlabel, ylabel), []
    for number, (label, errors) in enumerate(series.items()):
        seen = np.maximum(errors, 1e-17)  # an error of 0 would fall off a logarithmic axis
        ax.plot(
            eps,
            seen,
            color=INK,
            linestyle=DASHES[number % len(DASHES)],
            linewidth=3 - 1.4 * bool(number),
            label=label,
        )
        said.append(f"{label}: smallest {errors.min():.0e} at {eps[np.argmin(errors)]:.0e}")
    ax.set_xscale("log")
    ax.set_yscale("log")
    for axis, ticks in ((ax.xaxis, eps), (ax.yaxis, np.concatenate([a for a in series.values()]))):
        low, high = np.floor(np.log10(max(ticks.min(), 1e-17))), np.ceil(np.log10(ticks.max()))
        axis.set_ticks(10.0 ** np.arange(low, high + 1, max(1, (high - low) // 5)))
        axis.set_minor_locator(NullLocator())
        axis.set_major_formatter(FuncFormatter(lambda v, _: power(v)))
    _legend(ax)
    ax.words = f"{ylabel} against {xlabel}. " + "; ".join(said) + "."
    return ax


def log_paper(
    x: Sequence[float],
    series: Mapping[str, np.ndarray],
    xlabel: str,
    ylabel: str,
    lanes: Mapping[str, str] = {},
) -> Picture:
    """Sizes on a logarithmic axis against x on a linear one.

    Multiplying again and again by one factor is then a straight line.

    series: a line for each label, of len(x) sizes, or (len(x), N) draws, whose median is drawn,
    their middle half as a band. lanes: h or c, a name of COLOURS, that a label belongs to; all
    others are ink.
    """
    ax, said = _axes(xlabel, ylabel), []
    for (label, sizes), dashes in zip(series.items(), DASHES, strict=False):
        colour = COLOURS[lanes.get(label, "ink")][0]
        low, middle, high = np.quantile(
            np.abs(sizes).reshape(len(x), -1), [0.25, 0.5, 0.75], axis=1
        )
        if np.ndim(sizes) > 1:
            ax.fill_between(x, low, high, color=colour, alpha=0.22, linewidth=0)
        ax.plot(x, middle, color=colour, linestyle=dashes, label=label)
        said.append(f"{label}: {middle[0]:.2g} at {x[0]:g}, {middle[-1]:.2g} at {x[-1]:g}")
    ax.set_yscale("log")
    low, high = (np.floor(np.log10(edge)) for edge in ax.get_ylim())
    ax.yaxis.set_ticks(10.0 ** np.arange(low + 1, high + 1, max(1, (high - low) // 5)))
    ax.yaxis.set_minor_locator(NullLocator())
    ax.yaxis.set_major_formatter(FuncFormatter(lambda v, _: power(v)))
    _legend(ax)
    ax.words = f"{ylabel} against {xlabel}. " + "; ".join(said) + "."
    return ax


def arrows(series: Mapping[str, tuple[float, float]], xlabel: str, ylabel: str) -> Picture:
    """Gradients as arrows from one point, each (degrees, length).

    One sees what turns from the first, and what is shorter.
    """
    ax, said = _axes(xlabel, ylabel), []
    for (label, (degrees, length)), dashes in zip(series.items(), DASHES, strict=False):
        x, y = length * np.cos(np.radians(degrees)), length * np.sin(np.radians(degrees))
        ax.plot([0, x], [0, y], color=INK, linestyle=dashes, label=label)
        ax.plot(x, y, marker=(3, 0, degrees - 90), markersize=11, color=INK)
        said.append(f"{label}: turned by {degrees:.0f} degrees, length {length:.2f}")
    ax.set_aspect("equal", adjustable="datalim")
    ax.locator_params(nbins=5)
    _legend(ax)
    ax.words = f"Gradients as arrows. {'; '.join(said)}."
    return ax


def parts(
    first: np.ndarray,
    second: np.ndarray,
    labels: tuple[str, str],
    lanes: tuple[str, str],
    ylabel: str,
) -> Picture:
    """A sum of two at each step, as signed strips end to end.

    The second begins where the first ends; a dot is the sum.

    first, second (T,); lanes are names of COLOURS, h or c, which brought them.
    Negative strips are hatched.
    """
    ax, t = _axes("step t", ylabel), np.arange(1, len(first) + 1)
    for k, (start, size) in enumerate([(np.zeros_like(first), first), (first, second)]):
        colour = COLOURS[lanes[k]][0]
        for here, stripes in ((size > 0, ""), (size < 0, "////")):
            face = "none" if stripes else colour
            ax.bar(
                t[here] + 0.4 * k - 0.2,
                size[here],
                0.4,
                start[here],
                facecolor=face,
                edgecolor=colour,
                hatch=stripes,
            )
        ax.add_patch(Rectangle((1, 0), 0, 0, facecolor=colour, edgecolor=colour, label=labels[k]))
    ax.plot(t, first + second, "o", color=INK, label=SUM)
    ax.axhline(0, color=WIRE, linewidth=1)
    ax.use_sticky_edges = False
    ax.margins(y=0.08)
    ax.xaxis.set_major_locator(MaxNLocator(min(10, len(t)), integer=True))
    _legend(ax)
    rows = (f"step {s}: {a:+.3f} and {b:+.3f}" for s, a, b in zip(t, first, second, strict=True))
    ax.words = f"{ylabel} as {labels[0]} and {labels[1]}. " + "; ".join(rows) + "."
    return ax


def power(value: float) -> str:
    """A power of ten as it is written: 10⁻⁶."""
    return "10" + str(round(np.log10(value))).translate(SUPERSCRIPT)


def _axes(xlabel: str, ylabel: str) -> Any:
    """Axes on a figure of their own.

    The name of the upright axis stands above it, where it is read without turning.
    """
    with _style():
        ax = Figure().add_subplot(axes_class=Picture)
        ax.set_xlabel(xlabel)
        ax.set_title(ylabel, loc="left")
    return ax


def _legend(ax: Any) -> None:
    """The names of the series below the figure, which grows by a line for each."""
    handles, labels = ax.get_legend_handles_labels()
    if len(labels) > 1:
        order = sorted(range(len(labels)), key=lambda n: labels[n] == SUM)
        with _style():
            ax.figure.legend(
                [handles[n] for n in order], [labels[n] for n in order], loc="outside lower left"
            )
            ax.figure.set_figheight(ax.figure.get_figheight() + 0.26 * (len(labels) - 1))


def _style() -> Any:
    """The settings of book.mplstyle with the colours of the book, for the time of a `with`."""
    with as_file(files("lstm_edu.course") / "book.mplstyle") as path:
        return matplotlib.rc_context(
            RC | dict(matplotlib.rc_params_from_file(path, use_default_template=False))
        )
