"""Judges a line: whether it is the gradient that is asked for, at real states of a cell, and if not, what is wrong.

judge.mjs says the same in the browser, function for function; mistakes.mjs holds the rules and the sentences of both.
"""

import json
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from lstm_edu.equations import BACKWARD, parse
from lstm_edu.notation import GATES
from lstm_edu.widgets.faults import Verdict, close, faults
from lstm_edu.widgets.states import EPS, Node, read, run, states

ENOUGH = 12


@dataclass(frozen=True)
class Question:
    """Which gradient is asked for, without biases (`homework`), at the last step (`last`)."""

    name: str
    homework: bool = False
    last: bool = False


@dataclass(frozen=True)
class Rule:
    """A row of the table for one gate: `to` is written where `source` belongs; `other` if it takes two gates."""

    key: str
    source: Node
    to: Node
    says: str
    other: bool


@cache
def table(name: str) -> list[list[str]]:
    """The rows of mistakes.mjs, MISTAKES or SAY."""
    text = (files(__package__) / "mistakes.mjs").read_text("utf-8")
    body = text.split(f"export const {name} = ")[1].split("\n];")[0]
    return json.loads(re.sub(r",\s*\Z", "", body) + "\n]")


@cache
def rules() -> list[Rule]:
    """Each row of the table for each gate and each other gate."""
    made = []
    for key, source, to, says in table("MISTAKES"):
        other = "J" in to
        for k in GATES if re.search("[KJ]", source + to) else "?":
            for j in [j for j in GATES if j != k] if other else "?":
                a, b = (read(text.replace("K", k).replace("J", j)) for text in (source, to))
                made.append(Rule(key, a, b, says, other))
    return made


def nodes(node: Node) -> list[Node]:
    """The node and all its parts."""
    return [node, *(inner for part in node.a for inner in nodes(part))]


def used(node: Node) -> list[str]:
    """The names in a line, in order."""
    return list(dict.fromkeys(str(one.v) for one in nodes(node) if one.op == "name"))


def slices(node: Node) -> list[Node]:
    """The node, and of a longer product or sum every run of neighbours."""
    runs = [node.a[j : k + 1] for j in range(len(node.a)) for k in range(len(node.a))] if len(node.a) > 2 else []
    return [node, *(Node(node.op, node.v, a) for a in runs if len(a) > 1)]


def inlined(node: Node, trees: dict[str, Node]) -> Node:
    """The line with every gradient in it written out once."""
    if node.op == "name":
        return trees.get(str(node.v), node)
    return Node(node.op, node.v, [inlined(part, trees) for part in node.a], node.at)


def rewritten(node: Node, source: Node, to: Node) -> Node | None:
    """The line with `to` wherever `source` stands, also among the factors of a product; None if it stands nowhere."""
    if node.id == source.id:
        return to
    a = [rewritten(part, source, to) or part for part in node.a]
    if source.op == node.op == "product":
        n = len(source.a)
        for k in range(len(a) - n + 1):
            if [part.id for part in a[k : k + n]] == [part.id for part in source.a]:
                return Node(node.op, node.v, [*a[:k], to, *a[k + n :]], node.at)
    return Node(node.op, node.v, a, node.at) if any(x is not y for x, y in zip(a, node.a, strict=True)) else None


class Prepared:
    """What a question needs: states, the right line in all its forms, parts that may be missing, mistakes."""

    def __init__(self, question: Question) -> None:
        self.at = states(question.homework, question.last)
        trees = {name: read(line.text) for name, line in parse(BACKWARD).items()}
        self.forms = [trees[question.name]]
        while (form := inlined(self.forms[-1], trees)).id != self.forms[-1].id:
            self.forms.append(form)
        self.circle = {question.name}
        for name, tree in trees.items():
            self.circle |= {name} if self.circle & set(used(tree)) else set()
        self.free = [name for name in self.at if name not in self.circle]
        extra = [text for k in GATES for text in (f"1 - {k}", f"z_{k}_bar(t+1) * w_{k}h")]
        known = [Node("name", name) for name in self.free]
        known += [read(text) for text in (*extra, "1 - g**2", "1 - tanh(c)**2", "tanh(c)")]
        known += [one for form in self.forms for node in nodes(form) for one in slices(node)]
        self.parts = [run(part, self.at) for part in {part.id: part for part in known}.values()]
        self.right = self.at[question.name]
        seen = {form.id for form in self.forms}
        self.mistakes = []
        for rule in rules():
            for form in self.forms if not rule.other else []:
                wrong = rewritten(form, rule.source, rule.to)
                if wrong and wrong.id not in seen:
                    seen.add(wrong.id)
                    self.mistakes.append((rule, run(wrong, self.at).y.copy()))


prepare = cache(Prepared)


def judge(tree: Node, question: Question) -> Verdict:
    """The verdict on a line; `words` says it."""
    q = prepare(question)
    circle = [name for name in used(tree) if name in q.circle]
    if circle:
        return Verdict("circle", found=circle[0], at=next(n.at for n in nodes(tree) if n.v == circle[0]))
    with np.errstate(all="ignore"):
        run(tree, q.at)
        slack = 16 * (tree.e + 16 * EPS * np.maximum(1, np.abs(q.right)))
        fit = np.flatnonzero(slack < 1e-6 * (np.abs(tree.y) + np.abs(q.right)))
        if len(fit) < ENOUGH:
            return Verdict("undefined", at=tree.at)
        if np.all(np.abs(tree.y - q.right)[fit] <= slack[fit]):
            return Verdict("right", right=True)
        return _diagnosed(tree, q, question.name, fit[:ENOUGH])


def _diagnosed(tree: Node, q: Prepared, asked: str, fit: np.ndarray) -> Verdict:
    found = faults(tree, q.right, q, fit)
    fault = found[0] if found else None
    if fault and fault.key in ("negative", "factor-extra"):
        return fault
    all_rules = rules()
    swap = -1
    if fault and fault.key == "swap":
        swap = next((k for k, r in enumerate(all_rules)
                     if r.to.op == "name" and (r.source.v, r.to.v) == (fault.name, fault.found)), -1)  # fmt: skip
    rule = all_rules[swap] if swap >= 0 else None
    for known, y in q.mistakes:
        earlier = swap < 0 or (all_rules[swap].other and all_rules.index(known) < swap)
        if earlier and close(y[fit], tree.y[fit]):
            rule = known
            break
    if rule:
        at = fault.at if fault else _spot(tree, rule.to, q, fit)
        return Verdict(rule.key, says=rule.says, at=at, name=fault.name if fault else "")
    other = next((n for n in q.at if not n.endswith("(t+1)") and n != asked and close(q.at[n][fit], tree.y[fit])), "")
    if other and (not fault or fault.cost > 1):
        return Verdict("other-line", found=other, at=fault.at if fault else tree.at)
    sign = bool(np.all(np.sign(tree.y[fit]) == np.sign(q.right[fit])))
    return fault or Verdict("unknown", at=tree.at, sign=sign)


def _spot(tree: Node, written: Node, q: Prepared, fit: np.ndarray) -> tuple[int, int]:
    y = run(written, q.at).y
    return next((n.at for n in reversed(nodes(tree)) if close(n.y[fit], y[fit])), tree.at)
