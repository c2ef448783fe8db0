"""What every interactive figure has: a state, a front end that draws it, a picture elsewhere."""

from __future__ import annotations

import difflib
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

import anywidget
import matplotlib.pyplot as plt
import traitlets
from matplotlib.figure import Figure

from nnbook.figures.myst import STATE_MIME, script_of
from nnbook.messages import LANGUAGES, get_language
from nnbook.questions.words import with_words
from nnlib._validation import one_of
from nnlib.plots.style import style_context, to_png, to_svg

STATIC = Path(__file__).parent.parent / "static"
ON_PAGE = not STATIC.is_dir()
"""Whether Python runs in a page of the site, which has the front ends itself (`nnbook.live`)."""


@cache
def _read(name: str) -> str:
    return (STATIC / name).read_text(encoding="utf-8")


class InteractiveFigure(anywidget.AnyWidget):
    """A figure that answers: in Jupyter, and on the built page without any kernel.

    Its traits are all of its state: reading one tells what the reader's slider shows, setting one
    moves it, `observe` watches it.

    A subclass declares its traits (`nnbook.figures.traits`), and `_draw` for the places where
    nothing can move. Its folder also has its front end and its words (README.md).

    Attributes
    ----------
    presets : dict
        Name -> the traits that the preset sets.
    language : str, such as "zh"
        Of the words in Jupyter; a page has its own.
    """

    presets: ClassVar[dict[str, dict[str, Any]]] = {}
    _positional: ClassVar[tuple[str, ...]] = ()  # traits that one gives without their names
    # Values that make formulas long where no limit of a trait does (tools/figures.py).
    _extremes: ClassVar[dict[str, list[Any]]] = {}
    language = traitlets.Enum(tuple(LANGUAGES)).tag(sync=True)
    _spec = traitlets.Dict().tag(sync=True)
    _made = False  # complete, with all its attributes

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if "_esm" in cls.__dict__ or ON_PAGE:  # the class that anywidget makes for one instance
            return
        # Three lines become one module: the shared core, the figure, what anywidget asks for.
        cls._esm = "\n".join(
            [
                _read("core.js"),
                _read(script_of(cls.__name__)),
                f'export default nnlibFigures.widget("{cls.__name__}");',
            ]
        )
        cls._css = _read("figures.css")

    def __init__(self, **traits: Any) -> None:
        unknown = sorted(set(traits) - set(self.trait_names()))
        if unknown:
            raise TypeError(self._has_no(unknown[0]))
        super().__init__(**traits)
        names = list(self.class_traits(figure=True))
        self._spec = with_words({"traits": names, **self._description()})
        self._made = True

    def __setattr__(self, name: str, value: Any) -> None:
        # A name misspelled would be a new attribute, and the figure would not move.
        known = name.startswith("_") or name in self.__dict__ or hasattr(type(self), name)
        if self._made and not known:
            raise AttributeError(self._has_no(name))
        super().__setattr__(name, value)

    def _has_no(self, name: str) -> str:
        known = [*self.class_traits(figure=True), "language"]
        near = difflib.get_close_matches(name, known)
        meant = f"did you mean {near[0]}? It" if near else "it"
        return f"{type(self).__name__} has no {name!r}; {meant} has {', '.join(known)}"

    @traitlets.default("language")
    def _default_language(self) -> str:
        return get_language()

    def preset(self, name: str) -> None:
        """Set the traits of one of `presets`."""
        with self.hold_sync():
            for trait, value in self.presets[one_of("name", name, self.presets)].items():
                setattr(self, trait, value)

    def data(self) -> dict[str, Any]:
        """Return what the front end needs beside the state and does not change, as lists."""
        return {}

    def state(self) -> dict[str, Any]:
        """Return all that the figure shows: name of a trait -> its value."""
        return {name: getattr(self, name) for name in self.class_traits(figure=True)}

    def figure(self) -> Figure:
        """Draw the figure's present state with matplotlib."""
        with style_context():
            drawn = self._draw()
        plt.close(drawn)  # it belongs to the caller, not to pyplot
        return drawn

    def _draw(self) -> Figure:
        raise NotImplementedError(f"{type(self).__name__} has no picture")

    def _description(self) -> dict[str, Any]:
        traits = self.class_traits(figure=True)
        controls = {name: trait.control() for name, trait in traits.items()}
        presets = [{"name": name, "traits": preset} for name, preset in self.presets.items()]
        parts = {"controls": controls, "presets": presets, "data": self.data()}
        return {name: part for name, part in parts.items() if part}

    def _stored(self) -> dict[str, Any]:
        """Return what a notebook stores, of which the page brings the figure to life."""
        return {"figure": type(self).__name__, "state": self.state()} | self._description()

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        data, metadata = super()._repr_mimebundle_(**kwargs) or ({}, {})
        data["text/plain"] = repr(self)
        pictures = {} if ON_PAGE else self._pictures()
        data |= pictures
        data[STATE_MIME] = self._stored()
        light = {mime: {"needs_background": "light"} for mime in pictures if mime == "image/png"}
        return data, metadata | light

    def _pictures(self) -> dict[str, Any]:
        """Return what replaces the figure where nothing can move, by type."""
        picture = self.figure()
        # JupyterLab shows no SVG of a notebook that it does not trust, such as one just downloaded.
        return {"image/svg+xml": to_svg(picture), "image/png": to_png(picture)}

    def __repr__(self) -> str:
        state = self.state()
        given = [repr(state.pop(name)) for name in self._positional]
        changed = [
            f"{name}={value!r}"
            for name, value in state.items()
            if value != self.class_traits()[name].default(self)
        ]
        return f"{type(self).__name__}({', '.join(given + changed)})"
