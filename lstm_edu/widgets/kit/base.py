"""What every widget is made of: ES modules, one style sheet, and traits that explain themselves."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

import anywidget
import traitlets

from lstm_edu.widgets.kit import pictures
from lstm_edu.widgets.kit.modules import PRINTED, loaded, sheet
from lstm_edu.widgets.kit.prompts import Prompt, kept
from lstm_edu.widgets.kit.traits import finite, known, number, rule


class Widget(anywidget.AnyWidget):
    """A widget of the book: synced traits, and the module whose stem is `module`."""

    module = ""
    prompts: traitlets.List = traitlets.List(help="what to try: sentences that set a state").tag(
        sync=True
    )
    first: traitlets.Dict = traitlets.Dict(help="the state that *reset* comes back to").tag(
        sync=True
    )

    def __init__(self, *, prompts: Iterable[Prompt] = (), **traits: Any) -> None:
        # set here: anywidget takes a property that fails for one that is not there, and shows a
        # module of its own
        self._esm, self._css = loaded(self.module), sheet()
        for name in traits:
            known("trait", name, [*self.traits(sync=True)])
        super().__init__(**traits)
        if hasattr(self, "values"):  # a figure: its sentences can be held to its numbers
            self.first = {name: getattr(self, name) for name in sorted(own(type(self)))}
            self.prompts = kept(self, prompts)

    def __repr__(self) -> str:
        return f"{type(self).__name__} of lstm_edu, a widget"

    def _repr_mimebundle_(self, **_: Any) -> tuple[dict, dict] | None:
        """What a notebook stores: the live view, and for where none lives a still picture."""
        stored = super()._repr_mimebundle_()
        if stored:
            hidden = {"layout", "solution"}
            state = {k: v for k, v in self.get_state().items() if k[0] != "_" and k not in hidden}
            stored[0].update(pictures.still(self.module, state))
        return stored

    @classmethod
    def printed(cls) -> str:
        """What the browser knows of the figure, as a module: `rules`, what holds of each trait."""
        rules = {name: rule(trait) for name, trait in own(cls).items()}
        return f"export const rules = {json.dumps(rules, ensure_ascii=False)};\n"

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        if "module" in vars(cls) and hasattr(cls, "values"):
            PRINTED[f"printed/{cls.module.partition('/')[0]}"] = cls.printed


def own(figure: type[Widget]) -> dict[str, traitlets.TraitType]:
    """The synced traits that a figure has of its own, by name, in the order of its text."""
    shared = {*Widget.class_trait_names()}
    lines = [pair for cls in figure.__mro__ for pair in vars(cls).items()]
    return {
        name: trait
        for name, trait in lines
        if isinstance(trait, traitlets.TraitType)
        and trait.metadata.get("sync")
        and name not in shared
        and name[0] != "_"
    }


class Graph(traitlets.HasTraits):
    """What a widget has beside its own traits whose values can be pinned, pushed and held.

    The values are named in `nodes`.
    """

    nodes: Sequence[str] = ()
    pinned = traitlets.Unicode("", help="the value in the card, or ''").tag(sync=True)
    lock = traitlets.Dict(help="what is held, by name, and the value it is held at").tag(sync=True)
    nudge = number()

    @traitlets.validate("pinned")
    def _known_pin(self, proposal: Any) -> str:
        if proposal["value"]:
            known("value to pin", proposal["value"], [*self.nodes])
        return proposal["value"]

    @traitlets.validate("lock")
    def _known_lock(self, proposal: Any) -> dict[str, float]:
        for name, value in proposal["value"].items():
            known("value to hold", name, [*self.nodes])
            finite(f"lock[{name!r}]", value)
        return proposal["value"]
