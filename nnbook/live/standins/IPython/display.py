"""What notebooks import from `IPython.display`."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

from nnbook.live.outputs import Handle as DisplayHandle
from nnbook.live.outputs import clear_output, display

__all__ = [
    "HTML",
    "JSON",
    "SVG",
    "DisplayHandle",
    "DisplayObject",
    "Image",
    "Latex",
    "Markdown",
    "Math",
    "Pretty",
    "clear_output",
    "display",
    "update_display",
]


def update_display(value: Any, *, display_id: str, **options: Any) -> None:
    """Show another value where `display` has shown one under this id."""
    display(value, display_id=display_id, update=True, **options)


class DisplayObject:
    """A text that is shown as what it is."""

    mime = "text/plain"

    def __init__(self, data: Any = None, **_: Any) -> None:
        self.data = data

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return {self.mime: self.data, "text/plain": self._plain()}

    def _plain(self) -> str:
        return str(self.data)


class Pretty(DisplayObject):
    """Plain text."""


class HTML(DisplayObject):
    """HTML; the page shows what it can of it."""

    mime = "text/html"


class Markdown(DisplayObject):
    """Markdown."""

    mime = "text/markdown"


class Latex(DisplayObject):
    """LaTeX, with its dollars."""

    mime = "text/latex"


class Math(Latex):
    """A formula."""

    def __init__(self, data: str = "", **_: Any) -> None:
        super().__init__(f"$\\displaystyle {data.strip('$')}$")


class SVG(DisplayObject):
    """A picture in SVG."""

    mime = "image/svg+xml"

    def _plain(self) -> str:
        return "<IPython.core.display.SVG object>"


class JSON(DisplayObject):
    """A value as JSON."""

    def _plain(self) -> str:
        return json.dumps(self.data, indent=2)


class Image(DisplayObject):
    """A picture, PNG, from its bytes or from a file."""

    mime = "image/png"

    def __init__(
        self, data: bytes | str | None = None, filename: str | None = None, **_: Any
    ) -> None:
        content = Path(filename).read_bytes() if filename is not None else data
        super().__init__(
            base64.b64encode(content).decode() if isinstance(content, bytes) else content
        )

    def _plain(self) -> str:
        return "<IPython.core.display.Image object>"
