"""The verdict on an answer: what was tried, what came out and what should have, in words."""

from __future__ import annotations

import copy
import html
import linecache
import re
import traceback
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from nnbook.exercises.limit import TooLong, of_the_reader
from nnbook.exercises.mistakes import Finding
from nnbook.exercises.registry import words_of
from nnbook.exercises.trying import Trial, close
from nnbook.exercises.wording import code_of, form, place_of, printable, shown, shown_apart, write
from nnbook.own.keeping import Kept
from nnbook.questions.code import Code, apply
from nnbook.questions.given import Unfit, no_number_in

LINES = 5  # of what an answer prints


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
    own : Kept or None
        What became of a part of the reader's own network.
    more : str
        On which input a mistake showed that has a name, and what came out: folded.
    """

    correct: bool | None
    text: str = ""
    mistake: str | None = None
    exercise: str | None = field(default=None, compare=False)
    hint: bool = False
    own: Kept | None = field(default=None, compare=False)
    more: str = ""

    def __repr__(self) -> str:
        mark = {True: "✓ ", False: "✗ ", None: ""}[self.correct]
        return printable("\n".join(filter(None, [mark + self._whole, self.more])))

    @property
    def _whole(self) -> str:
        """The text; where nothing but the hint can help, the name of the function that shows it."""
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
        more = f"<details><summary>{write('more')}</summary>{_paragraphs(self.more)}</details>"
        text = f"<strong>{mark}</strong> {_paragraphs(self._whole)}"
        return f'<div style="{box}">{text}{more if self.more else ""}</div>'


def _paragraphs(text: str) -> str:
    """Return lines as HTML."""
    lines = html.escape(text).replace("\n", "<br>")
    return re.sub(r"`([^`<>]+)`", r"<code>\1</code>", lines)


def in_words(
    name: str, exercise: Code, trials: Sequence[Trial], finding: Finding | None
) -> Verdict:
    """Say that a function is right and what it was tried on, or else what is wrong with it."""
    if finding is None:
        return Verdict(True, _tried_on(trials) + _printed(trials[0]))
    mistake, trial, said = finding.mistake, finding.trial, []
    if mistake is not None:
        said.append(sentence(name, mistake, **finding.values))
    if finding.names:
        names = write("and").join(f"`{each}`" for each in finding.names)
        said.append(write("uses", names=names))
    unexplained, more = False, ""
    if trial is not None:
        tried, unexplained = _described(exercise, trial), mistake is None and trial.fits
        if mistake is not None and trial.fits:
            tried, more = "", tried
        if tried := (tried + _printed(trial)).strip("\n"):
            said.append(tried)
    return Verdict(False, "\n".join(said), mistake, hint=unexplained, more=more)


def sentence(name: str, mistake: str, **values: Any) -> str:
    """What the exercise says about a mistake, or else what is said about it anywhere."""
    own: dict[str, str] = words_of(name)["mistakes"]
    return (
        own[mistake].format(**values) if mistake in own else write(f"mistakes.{mistake}", **values)
    )


def _described(exercise: Code, trial: Trial) -> str:
    """Say what was tried, what came out and what should have."""
    given = ", ".join(map(shown, trial.given))
    where = {"label": write(f"labels.{trial.label}"), "given": given}
    if trial.error is not None:
        return _stopped(exercise, trial.error, where)
    if trial.got is None:
        return write("returned_nothing", **where)
    got = trial.numbers
    if got is None:
        return _no_numbers(trial.got, where)
    if got.shape != trial.want.shape:
        if got.size == trial.want.size and close(
            got.reshape(trial.want.shape), trial.want, exercise
        ):
            forms = {"got": form(got.shape), "expected": form(trial.want.shape)}
            return write("returned_layout", **forms, **where)
        key = "returned_shape"
        if 0 in (got.ndim, trial.want.ndim):
            key = "returned_number" if got.ndim == 0 else "returned_array"
        size = trial.want.size
        return write(key, shape=got.shape, expected=trial.want.shape, count=size, **where)
    apart = ~np.isclose(got, trial.want, rtol=exercise.rtol, atol=exercise.atol, equal_nan=True)
    first = np.unravel_index(int(np.argmax(apart)), apart.shape)
    values = dict(zip(("got", "want"), shown_apart(got[first], trial.want[first]), strict=True))
    if got.ndim == 0:
        text = write("differs", **values, **where)
    else:
        text = write("entry_differs", entry=place_of(first), **values, **where)
    if exercise.finite_difference is not None and trial.label != "extreme":
        slope = np.asarray(exercise.finite_difference(*copy.deepcopy(trial.arguments)))[first]
        text += write("finite_difference", slope=f"{float(slope):.5g}")
    return text


def _stopped(exercise: Code, error: BaseException, where: dict[str, str]) -> str:
    if isinstance(error, Unfit):
        values = error.values.items()
        forms = {key: form(value) if isinstance(value, tuple) else value for key, value in values}
        return write(error.key, **forms, **where)
    if isinstance(error, TooLong):
        source = _source(*error.limit.going_round(error))
        return write("still_running", line=source and write("in_loop", source=source), **where)
    frames = [
        (frame, number)
        for frame, number in traceback.walk_tb(error.__traceback__)
        if of_the_reader(frame.f_code)
    ]
    if isinstance(error, NotImplementedError) and not (frames and str(error)):
        method = traceback.extract_tb(error.__traceback__)[-1].name
        return write("not_written", method=method, **where)
    if isinstance(error, ValueError) and not frames and exercise.use is not apply:
        return write("returned_unfit", error=_first_line(error), **where)
    line = ""
    if frames:
        frame, number = frames[-1]
        source = _source(frame.f_code.co_filename, number)
        line = write("at_line", source=source) if source else ""
    return write("raised", error=_first_line(error), line=line, **where)


def _first_line(error: BaseException) -> str:
    """The class of an error and what it says, without a full stop."""
    words = f"{type(error).__name__}: {error}".splitlines()[0]
    return words.rstrip(": .")[:200]


def _source(file: str, number: int) -> str:
    return linecache.getline(file, number).strip()


def _no_numbers(result: Any, where: dict[str, str]) -> str:
    odd = no_number_in(result)
    if odd is None:
        return write("returned_no_numbers", type=type(result).__name__, **where)
    place, entry = odd
    shown_entry = {"entry": place, "value": code_of(entry), "type": type(entry).__name__}
    return write("returned_odd_entry", **shown_entry, **where)


def _tried_on(trials: Sequence[Trial]) -> str:
    """Say that a right function is right, and what it was tried on."""
    labels = list(dict.fromkeys(trial.label for trial in trials))
    kinds = write("and").join(write(f"labels.{label}") for label in labels)
    return write("right_function", count=len(trials), kinds=kinds)


def _printed(trial: Trial) -> str:
    """How that begins what the answer printed on one input, as all inputs together are a flood."""
    lines = trial.printed.text.splitlines()
    if not lines:
        return ""
    text = "\n" + write("printed") + "\n" + "\n".join(line[:120] for line in lines[:LINES])
    more = max(trial.printed.ends, len(lines)) - LINES
    return text + ("\n" + write("printed_more", count=more) if more > 0 else "")
