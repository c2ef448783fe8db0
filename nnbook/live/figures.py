"""Figures that Python has made and the page shows: what moves on one side moves on the other."""

from __future__ import annotations

import contextlib
import itertools
from typing import TYPE_CHECKING, Any

from nnbook.predictions.words import with_words

if TYPE_CHECKING:
    from nnbook.live.outputs import Screen

_ids = itertools.count(1)
_shown: dict[str, tuple[Any, dict[str, Any]]] = {}  # id -> figure, the state that the page has


def known(figure: Any, stored: dict[str, Any]) -> dict[str, Any]:
    """Return what the page needs to show a figure; afterwards it is known by the id in it."""
    name = next((name for name, (one, _) in _shown.items() if one is figure), None)
    name = name or f"figure-{next(_ids)}"
    _shown[name] = figure, stored["state"]
    return {**with_words(stored), "figureId": name}


def move(patches: dict[str, dict[str, Any]]) -> None:
    """Let figures know what the reader has moved on the page."""
    for name, patch in patches.items():
        if name in _shown:
            figure, _ = _shown[name]
            with contextlib.suppress(Exception), figure.hold_trait_notifications():
                for trait, value in patch.items():
                    figure.set_trait(trait, value)
            _shown[name] = figure, figure.state()


def tell_changes(screen: Screen) -> None:
    """Let the page know which figures a cell has changed."""
    for name, (figure, before) in _shown.items():
        state = figure.state()
        if state != before:
            _shown[name] = figure, state
            screen.put({"type": "state", "figureId": name, "state": state})
