"""Networks that do not learn as they should: one measures, and says what is wrong."""

from __future__ import annotations

from typing import Any, ClassVar

import matplotlib.pyplot as plt
from matplotlib.figure import Figure

from nnbook.figures._figure import InteractiveFigure
from nnbook.figures.traits import Choice, Pairs
from nnbook.patients.checks import CHECKS
from nnbook.patients.measured import measured
from nnbook.patients.ward import BEDS, FAULTS, KNOWN
from nnlib.plots.style import LINE_STYLES, color

HIGHEST, LOWEST = 20, 0.005  # losses in the pictures


NAMES = ["healthy", *(fault for fault in FAULTS if fault != "detached")]
"""What one may say is wrong: a detached layer is one that is not trained."""


class Ward(InteractiveFigure):
    """Patients, tests with what they cost in minutes, and what is wrong.

    The patients are those of `nnbook.patients`; what every test finds is stored. A diagnosis is
    proven if no other fault fits what was measured, or if a sign was seen that only it gives. Else
    it is a guess, and costs as many minutes as a wrong name. A patient may have two faults, or
    none.

    Parameters
    ----------
    bed : {"A", ..., "L", "1", ..., "16"}
        Whose record is shown: a patient of the chapter, or an unknown one.
    test : str
        Whose result is shown in full, if that test was made.
    log : list of [bed, act]
        What was done, in order. An act is a test, such as ``"look"``, or a name with ``"="`` before
        it, such as ``"=softmax"``.
    language : str, such as "zh"

    Examples
    --------
    >>> ward = widgets.Ward(bed="B", log=[["B", "heart"]], test="heart")
    """

    bed = Choice(list(BEDS))
    test = Choice(list(CHECKS))
    log = Pairs(list(BEDS), [*list(CHECKS)[1:], *(f"={name}" for name in NAMES)])
    presets: ClassVar[dict[str, dict[str, Any]]] = {}

    def _description(self) -> dict[str, Any]:
        return super()._description() | {"remember": "ward.beds"}

    def _draw(self) -> Figure:
        """Draw the losses of the chapter's patients, each beside those of the healthy one."""
        figure, axes = plt.subplots(
            3, 4, figsize=(7.2, 4.6), sharex=True, sharey=True, layout="constrained"
        )
        stored = measured()
        for ax, name in zip(axes.flat, KNOWN, strict=True):
            bed = stored["beds"][name]
            well = stored["well"][bed["kind"]]
            for exam, shade, style in (
                (well, "muted", LINE_STYLES[1]),
                (next(iter(bed["exams"].values())), "loss", LINE_STYLES[0]),
            ):
                losses = [min(float(loss), 1e9) for loss in exam["record"]["losses"]]
                ax.plot(range(1, len(losses) + 1), losses, color=color(shade), linestyle=style)
            ax.set(yscale="log", ylim=(LOWEST, HIGHEST), xticks=(1, 5, 10))
            ax.set_title(f"${name}$")
        for ax in axes[-1]:
            ax.set_xlabel("$t$")
        for ax in axes[:, 0]:
            ax.set_ylabel("$L$")
        return figure
