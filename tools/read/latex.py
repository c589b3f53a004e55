"""A gradient typed in LaTeX, in Python's spelling, which the answer box's judge reads."""

import re

TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+\.?\d*)|(?P<tanh>\\tanh)|(?P<sigma>\\sigma)(?P<prime>'?)"
    r"|(?P<bar>\\bar)?\s*\{?(?P<letter>(?<!\\)[a-zL])\}?(?P<marks>(?:_\{\w+\}|_\w|\^\{\([^)]*\)\})*)"
    r"|\^\{?(?P<power>\d)\}?|(?P<sign>[-+*/()\[\]]))"
)
LAYOUT = re.compile(r"\\[,;:! ]|\\q?quad|\\left|\\right|\\[bB]igg?[lr]?|&|\\\\|~")


class Unreadable(ValueError):
    """A formula that is not one of the cell's."""


def spelled(latex: str) -> str:
    r"""The formula in Python's spelling: `\bar{c}^{(t)} g` is `c_bar*g`. Raises Unreadable for anything unknown."""
    latex = re.sub(
        r"\\tanh\^\{?(\d)\}?\s*(\([^()]*\)|[a-z](?:\^\{\([^)]*\)\})?)",
        r"(\\tanh \2)^\1",
        LAYOUT.sub(" ", latex),
    )
    if (
        len(times := set(re.findall(r"\^\{\(([^)]*)\)\}", latex))) == 1
        and times != {"t-1"}
        and times != {"t+1"}
    ):
        latex = re.sub(r"\^\{\([^)]*\)\}", "", latex)  # one step throughout, whichever it is
    latex, at = latex.replace(r"\cdot", "*").replace(r"\times", "*").strip(), 0
    parts: list[str] = []
    while at < len(latex):
        found = TOKEN.match(latex, at)
        if not found or found.end() == at:
            raise Unreadable(f"{latex[at : at + 12]!r} is not read")
        at = found.end()
        _add(parts, found)
    return "".join(parts)


def _add(parts: list[str], found: re.Match[str]) -> None:
    if found["power"]:
        if parts[-1] in {"tanh", "sigma"}:
            raise Unreadable("a power of a function is read as in tanh(c)^2 only")
        parts.append(f"**{found['power']}")
        return
    starts = not found["sign"] or found["sign"] in "(["
    ends = (
        bool(parts)
        and re.search(r"[\w)]$", parts[-1])
        and parts[-1] not in {"tanh", "sigma", "sigma_prime"}
    )
    if starts and ends:
        parts.append("*")
    bare = (
        bool(parts)
        and parts[-1] in {"tanh", "sigma", "sigma_prime"}
        and not (found["sign"] or "").startswith(("(", "["))
    )
    part = _part(found)
    parts.append(f"({part})" if bare else part)


def _part(found: re.Match[str]) -> str:
    if found["number"]:
        return found["number"]
    if found["tanh"]:
        return "tanh"
    if found["sigma"]:
        return "sigma_prime" if found["prime"] else "sigma"
    if found["sign"]:
        return {"[": "(", "]": ")"}.get(found["sign"], found["sign"])
    marks = found["marks"] or ""
    index = re.search(r"_\{?(\w+)\}?", marks)
    time = re.search(r"\^\{\(([^)]*)\)\}", marks)
    name = found["letter"] + (f"_{index[1]}" if index else "") + ("_bar" if found["bar"] else "")
    when = time[1].replace(" ", "") if time else "t"
    if when not in {"t", "t-1", "t+1"} or (when == "t-1" and name not in {"h", "c"}):
        raise Unreadable(f"{name} at {when} is not of one step")
    return name + {"t": "", "t-1": "_prev", "t+1": "(t + 1)"}[when]
