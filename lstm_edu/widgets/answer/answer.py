"""The answer box: exercises that are checked in the page.

A chapter writes them as a few lines of data.
An exercise is tried when it is made: its right answer must be accepted and every listed wrong one
must get its listed feedback, or the build stops with a sentence.
"""

from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Any

import traitlets

from lstm_edu.lab.evaluate import evaluated
from lstm_edu.lab.evaluate import values as values_at
from lstm_edu.models.cell import EXAMPLE
from lstm_edu.text import show
from lstm_edu.text.equations import BACKWARD, FORWARD, lookup, parse
from lstm_edu.text.forms import LAST
from lstm_edu.widgets.answer import in_time
from lstm_edu.widgets.answer.in_time import LINES
from lstm_edu.widgets.answer.judge import question, verdict
from lstm_edu.widgets.answer.titles import TITLES
from lstm_edu.widgets.kit import engine
from lstm_edu.widgets.kit.base import Widget

KINDS = ["formula", "number", "choice", "bug", "predict"]
FORWARD_LINES = parse(FORWARD)


class Said(str):
    """What the box says to an answer.

    `right` tells whether it is right, `key` which row of the table was found.
    """

    right: bool
    key: str

    def __new__(cls, text: str, right: bool = False, key: str = "") -> "Said":
        """The sentence with its verdict."""
        said = super().__new__(cls, text)
        said.right, said.key = right, key
        return said

    def _repr_html_(self) -> str:
        return f'<p class="said">{"✓" if self.right else "→"} {escape(self)}</p>'


class Answer(Widget):
    """An exercise with a box for its answer; `Answer("c_bar")` asks for the line of c̄.

    `last` asks for the line at the last step, `homework` without biases, `in_time` with step t+1
    written out and of a weight over all steps; `wrong` maps wrong lines
    to the keys of mistakes.json that they must get; with `menu` the reader chooses among several
    lines, the first is `name`'s. Progress is kept under `id`, and without one not at all.
    Raises ValueError for an exercise that does not hold.
    """

    module = "answer/answer"
    kind = traitlets.Enum(KINDS, "formula").tag(sync=True)
    ask = traitlets.Unicode("", help="the question; {c_bar} and the like become symbols").tag(
        sync=True
    )
    name = traitlets.Unicode("", help="the gradient that is asked for").tag(sync=True)
    homework = traitlets.Bool(False).tag(sync=True)
    last = traitlets.Bool(False).tag(sync=True)
    in_time = traitlets.Bool(False).tag(sync=True)
    lines = traitlets.Dict(help="the right lines, from the equations").tag(sync=True)
    exercise = traitlets.Dict(help="what the other kinds need").tag(sync=True)
    solution = traitlets.Unicode("", help="the right line in HTML, shown on request").tag(sync=True)
    menu = traitlets.Dict(help="the lines to choose from, and of each the right one in HTML").tag(
        sync=True
    )
    answer = traitlets.Unicode("", help="what the reader typed or chose").tag(sync=True)
    id = traitlets.Unicode("", help="under what progress is kept; no rewording changes it").tag(
        sync=True
    )
    was = traitlets.Dict(help="the titles under which it was kept before, each with the id").tag(
        sync=True
    )

    def __init__(
        self,
        name: str = "",
        *,
        wrong: Mapping[str, str] | None = None,
        menu: Sequence[str] = (),
        **traits: Any,
    ) -> None:
        if traits.get("kind", "formula") == "formula":
            programs = (FORWARD, LAST if traits.get("last") else BACKWARD)
            for one in (name, *menu):
                lookup(LINES, one)
            made = {one: show.html(one, *programs) for one in (name, *menu)}
            if traits.get("in_time"):
                made = {one: in_time.summed(one, text) for one, text in made.items()}
            traits |= dict(name=name, lines=LINES, solution=made[name], menu=made if menu else {})
        own = traits.get("id", "")
        was = {title: one for title, one in TITLES.items() if own in (one, one.partition(".")[0])}
        super().__init__(was=was, **traits)
        if self.kind == "formula" and engine.there():
            if self.in_time:
                self._must(in_time.line(name), in_time.key(name))
            else:
                self._must(LINES[name], "right")
            for text, key in (wrong or {}).items():
                self._must(text, key)

    @classmethod
    def number(
        cls,
        ask: str,
        right: str | float,
        tolerance: float,
        wrong: Mapping[str | float, str] | None = None,
        id: str = "",
        at: Mapping[str, float] | None = None,
    ) -> "Answer":
        """A number, right to ± tolerance.

        `right` and the wrong ones are numbers, or formulas at the worked example.
        """
        values = values_at(EXAMPLE if at is None else at)
        known = {value(number, values): says for number, says in (wrong or {}).items()}
        target = value(right, values)
        data = dict(
            right=target,
            tolerance=tolerance,
            wrong=[[x, says] for x, says in known.items()],
        )
        made = cls(kind="number", id=id, ask=ask, exercise=data)
        if not tolerance > 0 or (engine.there() and not made.check(target).right):
            raise ValueError(
                f"{ask}: the right answer {target} is not accepted; give a tolerance above 0"
            )
        for x, says in known.items() if engine.there() else ():
            if (said := made.check(x)) != says:
                raise ValueError(
                    f"{ask}: {x:g} should get {says!r} and gets {said!r}; "
                    "are two numbers too close?"
                )
        return made

    @classmethod
    def choice(
        cls,
        ask: str,
        right: tuple[str, str],
        wrong: Mapping[str, str],
        id: str = "",
        kind: str = "choice",
        see: Sequence[tuple[str, float, float]] = (),
        order: Sequence[str] = (),
    ) -> "Answer":
        """A choice: the right answer and why, and each wrong one with what it gets wrong.

        The options stand in `order`, or sorted.
        Raises ValueError for a missing sentence, and where `order` does not name every answer once.
        """
        if right[0] in wrong or not wrong or not all([*right, *wrong.values()]):
            raise ValueError(
                f"{ask}: give one right answer, other wrong ones, and a sentence to each"
            )
        says = {right[0]: right[1], **wrong}
        texts = list(order) or sorted(says)
        if sorted(texts) != sorted(says):
            raise ValueError(f"{ask}: order must name every answer once; it names {texts}")
        options = [[text, says[text], text == right[0]] for text in texts]
        data = dict(options=options, see=[list(row) for row in see])
        return cls(kind=kind, id=id, ask=ask, exercise=data)

    @classmethod
    def bug(
        cls, ask: str, lines: Sequence[str], id: str = "", last: bool = True, why: str = ""
    ) -> "Answer":
        """Find the bug: `lines` are equations in Python's spelling, of which exactly one is wrong.

        What is said to it is the judge's own verdict, or for a line of the forward pass `why`.
        Raises ValueError unless exactly one is wrong, and for a wrong forward line without a `why`.
        """
        options: list[tuple[str, str, bool]] = []
        others = engine.ask("say", "bug-line") if engine.there() else "This line is right."
        for line in lines:
            name, text = (part.strip() for part in line.split("=", 1))
            if name in FORWARD_LINES or not engine.there():
                ours = lookup(FORWARD_LINES | parse(LAST if last else BACKWARD), name)
                right = (parse(f"{name} = {text}")[name].expr - ours.expr).expand() == 0
                fault = why or ("" if name in FORWARD_LINES else "This is the wrong line.")
            else:
                lookup(LINES, name)
                found = verdict(text, question(name, last=last))
                right, fault = found.right, found.fault
            options.append((line, others if right else fault, not right))
        if sum(option[2] for option in options) != 1:
            wrong = [option[0] for option in options if option[2]]
            raise ValueError(f"{ask}: exactly one line must be wrong; wrong are {wrong or 'none'}")
        if not all(says for _, says, _ in options):
            raise ValueError(
                f"{ask}: a wrong line of the forward pass needs why=, what is said to who finds it"
            )
        exercise = dict(options=[list(option) for option in options])
        return cls(kind="bug", id=id, ask=ask, exercise=exercise)

    @classmethod
    def predict(
        cls,
        ask: str,
        right: tuple[str, str],
        wrong: Mapping[str, str],
        lock: Mapping[str, float],
        see: Sequence[str],
        holds: Callable[[dict, dict], bool],
        id: str = "",
    ) -> "Answer":
        """A prediction of what happens when values are held at those of `lock`.

        Afterwards `see` is shown.

        Raises ValueError unless `holds(before, after)`, the claim of
        the right answer in numbers, is true.
        """
        before, after = values_at(), values_at(lock=lock)
        if not holds(before, after):
            raise ValueError(f"{ask}: the numbers do not do what {right[0]!r} says")
        return cls.choice(
            ask, right, wrong, id, "predict", [(name, before[name], after[name]) for name in see]
        )

    def check(self, answer: Any) -> Said:
        """What the box says to an answer.

        An answer is a SymPy expression, a Python function, a number, or the text of a choice.
        Where no JavaScript engine is there, it says which package to install.
        """
        if not engine.there():
            return Said(engine.INSTALL, key="engine-missing")
        if self.kind == "formula":
            return self._line(answer)
        if self.kind == "number":
            return self._number(answer)
        for text, says, right in self.exercise["options"]:
            if text == answer:
                return Said(says, right)
        return Said(engine.ask("say", "choice-none"))

    def _line(self, answer: Any) -> Said:
        found = verdict(answer, self._question)
        write = f"Write {found.write}." if found.write else ""
        said = " ".join(part for part in (found.praise, found.fault, write) if part)
        return Said(said, found.right, found.key)

    @property
    def _question(self) -> dict[str, Any]:
        return question(self.name, self.homework, self.last, self.in_time)

    def _number(self, answer: Any) -> Said:
        data = self.exercise
        try:
            value = float(answer)
        except (TypeError, ValueError):
            return Said(engine.ask("say", "value-unread"))

        def near(x: float, by: float = data["tolerance"]) -> bool:
            return abs(value - x) <= by * 1.000001

        if near(data["right"]):
            return Said(
                engine.ask("say", "value-right", dict(asked=engine.ask("printed", data["right"]))),
                True,
            )
        foreseen = [says for x, says in data["wrong"] if near(x)]
        close = "value-rounded" if near(data["right"], 6 * data["tolerance"]) else "value-wrong"
        return Said(
            foreseen[0]
            if foreseen
            else engine.ask("say", "value-negative" if near(-data["right"]) else close)
        )

    def _must(self, text: str, key: str) -> None:
        found = verdict(text, self._question).key
        if found != key:
            raise ValueError(
                f"the exercise on {self.name}: {text!r} should get {key!r} and gets {found!r}"
            )


def value(of: str | float, values: Mapping[str, float]) -> float:
    """A number, or the value of a formula."""
    if not isinstance(of, str):
        return float(of)
    return float(evaluated(parse(f"L = {of}")["L"], values))
