"""A style sheet cut to what the pages use.

A rule goes when one of its classes, ids, tags or attributes stands on
no page and in no script that may put it there; then what nothing
refers to any more goes too: custom properties, animations, fonts.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

QUOTED = r'"(?:\\.|[^"\\])*"|\'(?:\\.|[^\'\\])*\''
PIECE = re.compile(rf"/\*.*?\*/|{QUOTED}|url\((?:\\.|[^)\\\"'])*\)|[{{}};]", re.S)
NESTED = re.compile(r"\((?:[^()]|\([^()]*\))*\)")
NAME = r"((?:[\w-]|\\.|[^\x00-\x7f])+)"
GROUPS = ("@media", "@supports", "@layer", "@container")


@dataclass
class Rule:
    """A rule: what stands before the braces, and what stands between them.

    That is either text or, in a group, more rules.
    """

    head: str
    body: str = ""
    rules: list["Rule"] | None = None

    def __str__(self) -> str:
        if self.rules is not None:
            return f"{self.head}{{{''.join(map(str, self.rules))}}}"
        return (
            f"{self.head}{{{self.body}}}"
            if self.body or not self.head.startswith("@")
            else f"{self.head};"
        )


@dataclass
class Used:
    """What the pages hold and their scripts may add, by name.

    Those are classes, ids, tags, attributes, and custom properties.
    """

    words: set[str] = field(default_factory=set)
    properties: set[str] = field(default_factory=set)

    def page(self, html: str) -> None:
        """Add what stands on a page."""
        for _, quoted in re.findall(r"""\s(?:class|id)=(["'])(.*?)\1""", html):
            self.words.update(quoted.split())
        self.words.update(re.findall(r"<([a-z][\w-]*)", html))
        self.words.update(re.findall(r"""\s([a-z][\w-]*)=["']""", html))
        self.properties.update(re.findall(r"--[\w-]+", html))

    def script(self, code: str) -> None:
        """Add every word of a script, since any may be a name that it puts on a page."""
        self.words.update(re.findall(r"[\w-]+", code))
        self.words.update(
            "data-" + re.sub("[A-Z]", lambda u: "-" + u[0].lower(), name) for name in DATASET(code)
        )
        self.properties.update(re.findall(r"--[\w-]+", code))


DATASET = re.compile(r"dataset\.(\w+)").findall


def parse(css: str) -> list[Rule]:
    """The rules of a style sheet, without remarks and needless white space."""
    open_groups: list[list[Rule]] = [[]]
    at, head, depth = 0, "", 0
    for piece in PIECE.finditer(css):
        mark = piece[0]
        if mark.startswith("/*"):
            css = css[: piece.start()] + " " * len(mark) + css[piece.end() :]
        elif mark == "{":
            depth += 1
            if depth == 1:
                head = tidy(css[at : piece.start()])
                at = piece.end()
                if head.startswith(GROUPS):
                    open_groups[-1].append(Rule(head, rules=[]))
                    open_groups.append(open_groups[-1][-1].rules or [])
                    open_groups[-2][-1].rules = open_groups[-1]
                    depth = 0
        elif mark == "}" and depth:
            depth -= 1
            if not depth:
                open_groups[-1].append(Rule(head, tidy(css[at : piece.start()]).rstrip(";")))
                at = piece.end()
        elif mark == "}":
            open_groups.pop()
            at = piece.end()
        elif mark == ";" and not depth:
            open_groups[-1].append(Rule(tidy(css[at : piece.start()])))
            at = piece.end()
    return open_groups[0]


def tidy(text: str) -> str:
    """Text of a style sheet without the white space that means nothing; what is quoted stays."""
    words = re.split(f"({QUOTED})", text)
    words[::2] = (
        re.sub(r" ?([{};,>]) ?|(?<=:) ", r"\1", re.sub(r"\s+", " ", word)) for word in words[::2]
    )
    return "".join(words).strip()


def needs(selector: str) -> set[str]:
    """The names without which a selector finds nothing."""
    selector = re.sub(QUOTED, '""', selector)
    while (flat := NESTED.sub("", selector)) != selector:
        selector = flat
    names = set(re.findall(r"\[\s*([\w-]+)", selector))
    selector = re.sub(r"\[[^\]]*\]|::?[\w-]+", "", selector)
    names |= set(re.findall(rf"[.#]{NAME}", selector))
    names |= {tag.lower() for tag in re.findall(r"(?:^|[\s>+~])([a-zA-Z][\w-]*)", selector)}
    return {re.sub(r"\\(.)", r"\1", name) for name in names}


def split(selectors: str) -> list[str]:
    """The selectors of a list, cut at commas outside brackets and quotes."""
    found, depth = [""], 0
    for piece in re.split(rf"({QUOTED}|[(),\[\]])", selectors):
        depth += (piece in ("(", "[")) - (piece in (")", "]"))
        if piece == "," and not depth:
            found.append("")
        else:
            found[-1] += piece
    return found


def kept(rules: Iterable[Rule], used: Used) -> list[Rule]:
    """The rules of which a selector may find something, each with the selectors that may."""
    found = []
    for rule in rules:
        if rule.rules is not None:
            inner = kept(rule.rules, used)
            if inner:
                found.append(Rule(rule.head, rules=inner))
        elif rule.head.startswith("@"):
            found.append(rule)
        else:
            left = [one for one in split(rule.head) if needs(one) <= used.words]
            if left and rule.body:
                found.append(Rule(",".join(left), rule.body))
    return found


def declarations(body: str) -> list[str]:
    """The declarations of a rule's body."""
    found, depth = [""], 0
    for piece in re.split(rf"({QUOTED}|url\((?:\\.|[^)\\\"'])*\)|[();])", body):
        depth += (piece == "(") - (piece == ")")
        if piece == ";" and not depth:
            found.append("")
        else:
            found[-1] += piece
    return [one.strip() for one in found if one.strip()]


def referred(rules: Iterable[Rule], text: str, properties: set[str]) -> list[Rule]:
    """The rules without the custom properties, animations and fonts to which nothing refers."""
    left = []
    for rule in rules:
        if rule.rules is not None:
            left.append(Rule(rule.head, rules=referred(rule.rules, text, properties)))
        elif rule.head.startswith("@font-face"):
            family = re.search(r"font-family:\s*[\"']?([^;\"']+)", rule.body)
            if family and any(form in text for form in {family[1], family[1].replace("\\", "")}):
                left.append(rule)
        elif "keyframes" in rule.head:
            if re.search(rf"animation[^;}}]*\b{re.escape(rule.head.split()[-1])}\b", text):
                left.append(rule)
        elif rule.head.startswith("@"):
            left.append(rule)
        else:
            body = [
                d
                for d in declarations(rule.body)
                if not d.startswith("--") or d.split(":")[0] in properties
            ]
            left.append(Rule(rule.head, ";".join(body)))
    return [
        rule
        for rule in left
        if rule.rules
        or rule.body
        or rule.head.startswith(("@import", "@charset", "@layer", "@namespace"))
    ]


def text_without_fonts(rules: Iterable[Rule]) -> str:
    """The text of the rules that may refer to others."""
    referring = [rule for rule in rules if not rule.head.startswith("@font-face")]
    return "".join(
        f"{{{rule.body}}}" if rule.rules is None else text_without_fonts(rule.rules)
        for rule in referring
    )


def purged(css: str, used: Used, others: str = "") -> str:
    """A style sheet cut to what is used.

    `others` are style sheets of the same pages, which may use its properties.
    """
    rules = kept(parse(css), used)
    before = ""
    while (after := "".join(map(str, rules))) != before:
        before = after
        text = text_without_fonts(rules) + others
        wanted = used.properties | set(re.findall(r"var\(\s*(--[\w-]+)", text))
        rules = referred(rules, text, wanted)
    return before
