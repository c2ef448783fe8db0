"""What all figures have that ask a question of the bank: its name, and what the reader did."""

from __future__ import annotations

from typing import Any, ClassVar

import traitlets

from nnbook.chapters import ByName
from nnbook.figures._figure import InteractiveFigure


class Id(traitlets.Unicode):  # type: ignore[type-arg]
    """The name of a question, which a widget keeps for good."""

    def __init__(self) -> None:
        super().__init__(read_only=True)
        self.tag(sync=True, figure=True)

    def control(self) -> dict[str, Any]:
        """Nothing moves it."""
        return {}


class Done(traitlets.TraitType):  # type: ignore[type-arg]
    """What a reader did, in order; a subclass validates it by the question, `obj.kind`."""

    def __init__(self) -> None:
        super().__init__(default_value=[])
        self.tag(sync=True, figure=True)

    def default(self, obj: Any = None) -> list[Any]:
        return []  # a list of its own for each widget

    def control(self) -> dict[str, Any]:
        """What moves it follows from the question."""
        return {}


class AskedFigure(InteractiveFigure):
    """A figure that asks a question of the bank.

    A subclass says where the bank has its questions, and what notebooks (`_words`) and the browsers
    of readers (`key`) put before a question's name.
    """

    _esm = ""  # each subclass has its front end
    _positional: ClassVar[tuple[str, ...]] = ("name",)
    _questions: ClassVar[ByName[Any]]
    _words: ClassVar[str] = ""
    key: ClassVar[str]
    name = Id()

    def __init__(self, name: str, **traits: Any) -> None:
        self.kind = self._questions.find(name)
        self.set_trait("name", name)
        super().__init__(**traits)

    def data(self) -> dict[str, Any]:
        described: dict[str, Any] = self.kind.describe()
        return described

    def _description(self) -> dict[str, Any]:
        names = {"words": self._words + self.name, "remember": f"{self.key}.{self.name}"}
        return super()._description() | names
