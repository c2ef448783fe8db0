"""Stands in for anywidget on the page, whose figures have no kernel to speak with."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

import traitlets


class AnyWidget(traitlets.HasTraits):
    """A widget without a view: the page draws its state."""

    @contextlib.contextmanager
    def hold_sync(self) -> Iterator[None]:
        """Do nothing: the page learns of changes when the cell has run."""
        yield

    def _repr_mimebundle_(self, **_: Any) -> None:
        return None
