"""The verdict on an answer, as a reader sees it."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from typing import Any

from nnbook.exercises.wording import printable, write


@dataclass(frozen=True, repr=False)
class Verdict:
    """What `check` found.

    Attributes
    ----------
    correct : bool or None
        None while there is no answer yet.
    text : str
        What was tried and what came out, in the language of the session.
    mistake : str or None
        The name of the mistake that explains the answer.
    exercise : str or None
        The name of the exercise.
    hint : bool
        Whether nothing but the hint of the exercise can help: no mistake has been recognized.
    """

    correct: bool | None
    text: str = ""
    mistake: str | None = None
    exercise: str | None = field(default=None, compare=False)
    hint: bool = False

    def __repr__(self) -> str:
        mark = {True: "✓ ", False: "✗ ", None: ""}[self.correct]
        return printable(mark + self._whole)

    @property
    def _whole(self) -> str:
        """The text; where the page has a button for the hint, the name of the function."""
        return f"{self.text}\n{write('hint', name=self.exercise)}" if self.hint else self.text

    def _ipython_display_(self) -> None:
        if self.correct is None:  # an exercise that nobody has touched says nothing
            return
        from IPython.display import display

        bundle: dict[str, Any] = {"text/plain": repr(self), "text/html": self._html()}
        display(bundle, raw=True)  # type: ignore[no-untyped-call]

    def _html(self) -> str:
        mark, shade = ("✓", "#2e7d32") if self.correct else ("✗", "#b26a00")
        box = f"border-left: 4px solid {shade}; padding: 0.2em 0.8em; line-height: 1.5"
        paragraphs = html.escape(self._whole).replace("\n", "<br>")
        paragraphs = re.sub(r"`([^`<>]+)`", r"<code>\1</code>", paragraphs)
        return f'<div style="{box}"><strong>{mark}</strong> {paragraphs}</div>'
