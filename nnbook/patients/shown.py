"""What the chapter shows of some trainings, as a table."""

from __future__ import annotations

from nnbook.patients.checks import short
from nnbook.patients.training import Training
from nnbook.tables import table


def show(**trainings: Training) -> None:
    """Train, and show the losses at the end and the accuracies on both sets.

    >>> from nnbook.patients import admit
    >>> show(healthy=admit("healthy"))
    patient   end  fitted  validated
    healthy  0.05   0.998      0.924
    """
    runs = [training.run() for training in trainings.values()]
    table(
        patient=list(trainings),
        end=[short(run.losses[-1]) for run in runs],
        fitted=[f"{run.accuracies[-1]:.3f}" for run in runs],
        validated=[f"{run.validation_accuracies[-1]:.3f}" for run in runs],
    )
