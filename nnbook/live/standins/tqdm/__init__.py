"""Stands in for tqdm on the page: a progress bar that the page draws."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from typing import Any

from nnbook.live.outputs import display

__all__ = ["tqdm", "trange"]

MIME = "application/vnd.nnlib.progress+json"
PAUSE = 0.1  # seconds between two updates


class tqdm:  # noqa: N801  tqdm's name
    """Counts what is taken from `iterable`, and shows how far it is."""

    def __init__(
        self,
        iterable: Iterable[Any] | None = None,
        desc: str = "",
        total: float | None = None,
        unit: str = "it",
        **_: Any,
    ) -> None:
        self.iterable, self.desc, self.unit = iterable, desc, unit
        if total is None and hasattr(iterable, "__len__"):
            total = len(iterable)  # type: ignore[arg-type]
        self.total, self.n, self._shown = total, 0.0, 0.0
        self._handle: Any = display(self._bundle(), raw=True, display_id=True)

    def _bundle(self) -> dict[str, Any]:
        of = f"/{self.total:g}" if self.total is not None else ""
        name = f"{self.desc}: " if self.desc else ""
        done = {"done": self.n, "total": self.total, "unit": self.unit, "name": self.desc}
        return {"text/plain": f"{name}{self.n:g}{of} {self.unit}", MIME: done}

    def _show(self) -> None:
        self._shown = time.monotonic()
        self._handle.update(self._bundle(), raw=True)

    def update(self, n: float = 1) -> None:
        """Count on."""
        self.n += n
        if time.monotonic() > self._shown + PAUSE:
            self._show()

    def __iter__(self) -> Iterator[Any]:
        try:
            for entry in self.iterable or ():
                yield entry
                self.update()
        finally:
            self.close()

    def close(self) -> None:
        """Show where it has come to."""
        self._show()

    def __enter__(self) -> tqdm:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def set_description(self, desc: str = "", **_: Any) -> None:
        """Choose the name of the bar."""
        self.desc = desc

    def set_postfix(self, *_: Any, **__: Any) -> None:
        """Do nothing: the page shows how far it is, and no more."""

    @staticmethod
    def write(text: str, **_: Any) -> None:
        """Print a line beside the bar."""
        print(text)  # noqa: T201


def trange(*arguments: int, **options: Any) -> tqdm:
    """Return a bar over a range."""
    return tqdm(range(*arguments), **options)
