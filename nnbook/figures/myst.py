"""MyST-NB: the stored state of a figure becomes an element of the page.

MyST-NB finds this class through an entry point. What brings the element to life are the scripts in
`nnbook/static`, which the page has to load.
"""

from __future__ import annotations

import html
import json
import re
from typing import Any

from nnbook.questions.words import with_words

STATE_MIME = "application/vnd.nnlib.figure+json"
"""The state of a figure, as notebooks store it and as the built page brings it to life."""


def script_of(figure: str) -> str:
    """Name the built script of a figure's class: ActivationExplorer -> activation_explorer.js."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", figure).lower() + ".js"


def element_of(stored: dict[str, Any]) -> str:
    """Return the element that becomes the figure with this stored state."""
    state = json.dumps(with_words(stored), ensure_ascii=False, separators=(",", ":"))
    quoted = html.escape(state, quote=False).replace("'", "&#39;")
    return f"<div class=\"nn-figure\" data-state='{quoted}'></div>"


class FigureRenderer:
    """Renders the state that `InteractiveFigure` stores in a notebook."""

    mime_priority_overrides = (("html", STATE_MIME, 0),)

    @staticmethod
    def handle_mime(renderer: Any, data: Any, inline: bool) -> list[Any] | None:
        """Return the element, or None for output of another kind."""
        if inline or data.mime_type != STATE_MIME:
            return None
        from docutils import nodes

        element = element_of(data.content)
        return [nodes.raw("", element, format="html", figure=data.content["figure"])]
