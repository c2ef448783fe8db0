"""What cells show, as Jupyter stores it: values by MIME type."""

from __future__ import annotations

import base64
import itertools
import sys
from typing import Any

from IPython.lib.pretty import pretty

from nnbook.live import drawing, figures, letters
from nnbook.live.screen import CUT, Output, Screen
from nnbook.tables import Table

VERDICT_MIME = "application/vnd.nnlib.verdict+json"
TABLE_MIME = "application/vnd.nnlib.table+json"
LISTING_MIME = "application/vnd.nnlib.exercises+json"
SVG = "image/svg+xml"
METHODS = {
    "text/html": "_repr_html_",
    "text/markdown": "_repr_markdown_",
    "text/latex": "_repr_latex_",
    SVG: "_repr_svg_",
    "image/png": "_repr_png_",
    "image/jpeg": "_repr_jpeg_",
}

_screen: Screen
_ids = itertools.count(1)


def connect(screen: Screen) -> None:
    """Choose where outputs go."""
    global _screen
    _screen = screen


# -- Values ----------------------------------------------------------------------------------------


def bundle_of(value: Any) -> tuple[dict[str, Any], dict[str, Any]] | None:
    """Return a value by MIME type, and what there is to say about it; None if it shows nothing."""
    special = _of_the_book(value) or _picture(value)
    if special is not None:
        return special
    data: dict[str, Any] = {}
    metadata: dict[str, Any] = {}
    if (method := _method(value, "_repr_mimebundle_")) is not None:
        given = method(include=None, exclude=None)
        data, metadata = given if isinstance(given, tuple) else (given or {}, {})
        data, metadata = dict(data), dict(metadata)
    if (figure := sys.modules.get("nnbook.figures.myst")) and figure.STATE_MIME in data:
        data[figure.STATE_MIME] = figures.known(value, data[figure.STATE_MIME])
    for mime, name in METHODS.items():
        if mime not in data and (method := _method(value, name)) is not None:
            given = method()
            if isinstance(given, tuple):
                given, metadata[mime] = given
            if isinstance(given, bytes):
                given = base64.b64encode(given).decode("ascii")
            if given is not None:
                data[mime] = given
    if isinstance(value, Table):  # a page makes no elements of a text
        data[TABLE_MIME] = value.shown()
    data.setdefault("text/plain", pretty(value))  # type: ignore[no-untyped-call]
    if len(data["text/plain"]) > Screen.LIMIT:
        data["text/plain"] = data["text/plain"][: Screen.LIMIT] + CUT
    return data, metadata


def _method(value: Any, name: str) -> Any:
    """Return a method of an object; a class is shown as a class, whatever its objects have."""
    return None if isinstance(value, type) else getattr(value, name, None)


def _own_display(value: Any) -> Any:
    """Return the method by which an object shows itself, unless the page knows better."""
    return None if _of_the_book(value) else _method(value, "_ipython_display_")


def _of_the_book(value: Any) -> tuple[dict[str, Any], dict[str, Any]] | None:
    """Return verdicts and lists of exercises in their parts: the page has its own look for them."""
    exercises = sys.modules.get("nnbook.exercises")
    if exercises is None:
        return None
    if isinstance(value, exercises.Verdict):
        parts = {
            "correct": value.correct,
            "text": value.text,
            "mistake": value.mistake,
            "more": value.more,
            "exercise": value.exercise,
            "hint": value.hint,
        }
        if value.own is not None:
            parts["own"] = {"code": value.own.code}
        return {"text/plain": repr(value), VERDICT_MIME: parts}, {}
    listed = value if isinstance(value, list) else [value]
    if listed and all(isinstance(entry, exercises.Listing) for entry in listed):
        parts_of_each = [dict(vars(entry)) for entry in listed]
        return {"text/plain": repr(value), LISTING_MIME: parts_of_each}, {}
    return None


def _picture(value: Any) -> tuple[dict[str, Any], dict[str, Any]] | None:
    """Return a figure of matplotlib, for light and dark pages."""
    figure = sys.modules.get("matplotlib.figure")
    if (
        figure is None
        or isinstance(figure, drawing.StandIn)
        or not isinstance(value, figure.Figure)
    ):
        return None
    from nnbook.tokens import darken
    from nnlib.plots.style import to_svg

    svg = letters.told(lambda: to_svg(value))
    return {"text/plain": repr(value), SVG: svg}, {SVG: {"dark": darken(svg)}}


def _is_axes(value: Any) -> bool:
    axes = sys.modules.get("matplotlib.axes")
    return (
        axes is not None and not isinstance(axes, drawing.StandIn) and isinstance(value, axes.Axes)
    )


def show_result(value: Any) -> None:
    """Show the value of a cell's last line."""
    if _is_axes(value):  # its figure comes by itself
        return
    if (method := _own_display(value)) is not None:
        method()
        return
    shown = bundle_of(value)
    if shown is not None:
        _screen.put({"type": "result", "data": shown[0], "metadata": shown[1]})


def show_open_figures() -> None:
    """Show the figures that pyplot holds, and close them, as Jupyter does when a cell has run."""
    pyplot = sys.modules.get("matplotlib.pyplot")
    if pyplot is None or isinstance(pyplot, drawing.StandIn):
        return
    try:
        for number in pyplot.get_fignums():
            display(pyplot.figure(number))
    finally:
        pyplot.close("all")


# -- What IPython.display has ----------------------------------------------------------------------


class Handle:
    """What `display` gives for changing the output later."""

    def __init__(self, display_id: str) -> None:
        self.display_id = display_id

    def display(self, value: Any, **options: Any) -> None:
        """Show a value in another place, under the same id."""
        display(value, display_id=self.display_id, **options)

    def update(self, value: Any, **options: Any) -> None:
        """Show another value in the same place."""
        display(value, display_id=self.display_id, update=True, **options)


def display(
    *values: Any,
    display_id: str | bool | None = None,
    update: bool = False,
    raw: bool = False,
    metadata: dict[str, Any] | None = None,
    **_: Any,
) -> Handle | None:
    """Show values, as IPython's function of this name does."""
    name = f"display-{next(_ids)}" if display_id is True else display_id or None
    for value in values:
        if not raw and (method := _own_display(value)) is not None:
            method()
            continue
        data, about = (value, {}) if raw else bundle_of(value) or ({}, {})
        output: Output = {"data": data, "metadata": about | (metadata or {})}
        if name is not None:
            output["displayId"] = name
        _screen.put({"type": "update" if update and name else "display", **output})
    return Handle(name) if isinstance(name, str) else None


def clear_output(wait: bool = False) -> None:
    """Empty the cell's output, now or when the next one comes."""
    _screen.put({"type": "clear", "wait": bool(wait)})
