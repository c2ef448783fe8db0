"""A question of the text: the reader answers, then reads on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

import traitlets

from nnbook.figures._figure import InteractiveFigure
from nnbook.figures.traits import ReadOnly, Switch
from nnbook.questions.bank import PREDICTIONS


class Id(traitlets.Unicode):  # type: ignore[type-arg]
    """The id of a prediction, which a widget keeps for good."""

    def __init__(self) -> None:
        super().__init__(read_only=True)
        self.tag(sync=True, figure=True)

    def control(self) -> dict[str, Any]:
        """Nothing moves it."""
        return {}


class Answers(traitlets.TraitType):  # type: ignore[type-arg]
    """What a reader answered, in order: numbers, or names of options."""

    def __init__(self) -> None:
        super().__init__(default_value=[])
        self.tag(sync=True, figure=True)

    def validate(self, obj: Any, value: object) -> list[Any]:
        if not isinstance(value, Sequence) or isinstance(value, str):
            raise traitlets.TraitError(f"{self.name} must be a list of answers, got {value!r}")
        try:
            for answer in value:
                obj.prediction.judge(answer)
        except (TypeError, ValueError) as error:
            raise traitlets.TraitError(f"{self.name}: {error}") from None
        return ReadOnly(answer if isinstance(answer, str) else float(answer) for answer in value)

    def default(self, obj: Any = None) -> list[Any]:
        return []  # a list of its own for each widget

    def control(self) -> dict[str, Any]:
        """What moves it follows from the prediction."""
        return {}


class Predict(InteractiveFigure):
    """The answer to a question above it in the text.

    The number or the choices, the right answer and the likely mistakes are those of
    `nnbook.questions`.

    Parameters
    ----------
    name : str
        The id of the prediction, such as ``"losses-constant"``.
    tries : list of float or of str
        What the reader answered: numbers, or names of options.
    shown : bool
        Whether the reader has revealed the answer.
    language : str, such as "zh"
    """

    _positional: ClassVar[tuple[str, ...]] = ("name",)
    name = Id()
    tries = Answers()
    shown = Switch()

    def __init__(self, name: str, **traits: Any) -> None:
        self.prediction = PREDICTIONS.find(name)
        self.set_trait("name", name)
        super().__init__(**traits)

    def data(self) -> dict[str, Any]:
        return self.prediction.describe()

    def _description(self) -> dict[str, Any]:
        names = {"words": self.name, "remember": f"predict.{self.name}"}
        return super()._description() | names

    def _pictures(self) -> dict[str, Any]:
        return {}  # without a kernel and without a page there is only the question
