"""A chapter's MyST as plain Markdown, which every notebook shows.

No directive, no role and no label is left.
What is not known here stops the making with a sentence, so that a raw
directive never reaches a reader.
"""

import re
from collections.abc import Callable
from pathlib import Path

import yaml

FENCE = re.compile(
    r"^(?P<fence>`{3,}|:{3,})\{(?P<name>[\w:-]+)\} *(?P<title>[^\n]*)\n"
    r"(?P<body>.*?)^(?P=fence) *$\n?",
    re.M | re.S,
)
OPTION = re.compile(r"^:(?P<name>[\w-]+): *(?P<value>[^\n]*)\n", re.M)
ROLE = re.compile(r"\{(?P<name>[\w:-]+)\}`(?P<text>[^`]+)`")
LINK = re.compile(r"\[(?P<text>[^\]]*)\]\((?P<target>[^)\s]*)\)")
PROTECTED = re.compile(r"(^```[a-z]*\n.*?^```$|`[^`\n]+`)", re.M | re.S)  # code is left as it is

Options = dict[str, str]


class Unknown(ValueError):
    """MyST that this module cannot say in plain Markdown."""


def plain(
    text: str,
    folder: Path,
    cited: Callable[[str], str],
    titles: dict[str, str],
    takes: Callable[[str], str] | None = None,
) -> str:
    """The Markdown of one cell.

    `cited` says a reference's key as a reader sees it, `takes` how long a chapter takes.
    `titles` has the chapters with a notebook; `folder` is the
    chapter's own, for the files that it shows.
    Raises Unknown for a directive or role without a plain form.
    """

    def fence(found: re.Match[str]) -> str:
        body, options = found["body"], {}
        while option := OPTION.match(body):
            options[option["name"]] = str(yaml.safe_load(option["value"]) or "")
            body = body[option.end() :]
        if found["name"] not in DIRECTIVES:
            raise Unknown(
                f"the directive {{{found['name']}}} has no plain form; "
                "give it one in tools/read/plain.py"
            )
        if found["name"] == "literalinclude":
            return included(folder / found["title"], options)
        return (
            DIRECTIVES[found["name"]](found["title"], options, FENCE.sub(fence, body)).strip()
            + "\n"
        )

    def role(found: re.Match[str]) -> str:
        if found["name"] == "cite":
            return "; ".join(cited(key.strip()) for key in found["text"].split(","))
        if found["name"] == "minutes" and takes:
            return takes(found["text"])
        if found["name"] not in {"term", "ref", "numref", "doc", "index"}:
            raise Unknown(
                f"the role {{{found['name']}}} has no plain form; "
                "give it one in tools/read/plain.py"
            )
        return re.sub(r" *<.*>$", "", found["text"])

    def link(found: re.Match[str]) -> str:
        page, _, _ = found["target"].partition("#")
        if re.match(r"https?:|mailto:", page):
            return found[0]
        name = page.removesuffix(".md")
        if page.endswith(".md") and name in titles:
            return f"[{found['text'] or titles[name]}]({name}.ipynb)"
        return found["text"] or name.replace("-", " ")

    text = re.sub(r"^\([\w-]+\)=\n|^%[^\n]*\n", "", text, flags=re.M)
    parts = PROTECTED.split(ROLE.sub(role, FENCE.sub(fence, text)))
    return "".join(part if k % 2 else LINK.sub(link, part) for k, part in enumerate(parts)).strip()


def boxed(title: str, options: Options, body: str) -> str:
    """A box: folded where the book folds it, else a quotation."""
    if "dropdown" in options.get("class", ""):
        return f"<details><summary>{title}</summary>\n\n{body.strip()}\n\n</details>\n"
    lines = [f"**{title}**", "", *body.strip().splitlines()] if title else body.strip().splitlines()
    return "".join(f"> {line}".rstrip() + "\n" for line in lines)


def included(path: Path, options: Options) -> str:
    """The lines of a file that a chapter shows."""
    lines = path.resolve().read_text("utf-8").splitlines()
    start = next(k for k, line in enumerate(lines) if options.get("start-at", "") in line)
    end = len(lines)
    for name, more in ("end-at", 1), ("end-before", 0):
        if name in options:
            end = next(k for k in range(start, end) if options[name] in lines[k]) + more
    if unknown := options.keys() - {
        "language",
        "start-at",
        "end-at",
        "end-before",
        "dedent",
        "caption",
        "name",
    }:
        raise Unknown(
            f"the option :{unknown.pop()}: of literalinclude has no plain form; "
            "give it one in tools/read/plain.py"
        )
    dedent = int(options.get("dedent", 0))
    return "\n".join(["```python", *(line[dedent:] for line in lines[start:end]), "```", ""])


def definitions(_: str, __: Options, body: str) -> str:
    """A glossary: each term in bold, what it means beside it."""
    entries = re.findall(r"^(\S[^\n]*)\n((?:[ \t]+[^\n]*\n?|\n)+)", body, flags=re.M)
    return "".join(f"- **{term}**: {' '.join(meaning.split())}\n" for term, meaning in entries)


def rows(title: str, _: Options, body: str) -> str:
    """A list-table as a table of pipes."""
    cells = [
        re.findall(r"^ *(?:\* )?- ?(.*(?:\n(?! *(?:\* )?-).*)*)", row, flags=re.M)
        for row in re.split(r"^(?=\* -)", body, flags=re.M)
    ]
    lines = [
        "| " + " | ".join(" ".join(cell.split()) for cell in row) + " |" for row in cells if row
    ]
    lines.insert(1, "|" + "---|" * lines[0].count(" | ") + "---|")
    return "\n".join([f"**{title}**", "", *lines, ""] if title else [*lines, ""])


DIRECTIVES: dict[str, Callable[[str, Options, str], str]] = {
    "admonition": boxed,
    "dropdown": lambda title, _, body: boxed(title, {"class": "dropdown"}, body),
    **dict.fromkeys(("note", "tip", "important", "warning", "hint"), boxed),
    "exercise": lambda title, _, body: f"#### Exercise: {title}\n\n{body.strip()}",
    "solution": lambda _, __, body: boxed("Solution", {"class": "dropdown"}, body),
    "solution-start": lambda *_: "#### Solution\n",
    "solution-end": lambda *_: "",
    "literalinclude": lambda *_: "",  # `plain` reads the file
    "bibliography": lambda *_: "",
    "glossary": definitions,
    "list-table": rows,
    "table": lambda title, _, body: f"**{title}**\n\n{body}",
    "tab-set": lambda _, __, body: body,
    "tab-item": lambda title, _, body: f"#### {title}\n\n{body}",
    "math": lambda _, __, body: f"$$\n{body.strip()}\n$$\n",
    "index": lambda *_: "",
}  # fmt: skip
