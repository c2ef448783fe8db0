"""Figures that Python has made and the page shows: what moves on one side moves on the other."""

from __future__ import annotations

import contextlib
import itertools
import weakref
from typing import Any

from nnbook.live.screen import Screen
from nnbook.questions.words import with_words

_ids = itertools.count(1)
_shown: dict[str, tuple[weakref.ref[Any], dict[str, Any]]] = {}
"""Id -> the figure, as long as the reader's code has it, and the state that the page has."""


def _alive() -> list[tuple[str, Any, dict[str, Any]]]:
    """List the figures that code can still reach, each with its id and the page's state."""
    there = [(name, figure(), state) for name, (figure, state) in _shown.items()]
    for name, figure, _ in there:
        if figure is None:
            del _shown[name]
    return [entry for entry in there if entry[1] is not None]


def known(figure: Any, stored: dict[str, Any]) -> dict[str, Any]:
    """Return what the page needs to show a figure; afterwards it is known by the id in it."""
    name = next((name for name, one, _ in _alive() if one is figure), None)
    name = name or f"figure-{next(_ids)}"
    _shown[name] = weakref.ref(figure), stored["state"]
    return {**with_words(stored), "figureId": name}


def move(patches: dict[str, dict[str, Any]]) -> None:
    """Let figures know what the reader has moved on the page."""
    for name, figure, _ in _alive():
        if name in patches:
            with contextlib.suppress(Exception), figure.hold_trait_notifications():
                for trait, value in patches[name].items():
                    figure.set_trait(trait, value)
            _shown[name] = weakref.ref(figure), figure.state()


def tell_changes(screen: Screen) -> None:
    """Let the page know which figures a cell has changed."""
    for name, figure, before in _alive():
        state = figure.state()
        if state != before:
            _shown[name] = weakref.ref(figure), state
            screen.put({"type": "state", "figureId": name, "state": state})
