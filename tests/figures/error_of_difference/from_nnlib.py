"""Means of differences and their errors, by the figure's class."""

import numpy as np

from nnbook.widgets import ErrorOfDifference


def fixtures():
    found = []
    for comparison in ("loss", "layer", "width"):
        for splits in (5, 7, 20, 50, 100):
            figure = ErrorOfDifference(comparison=comparison, splits=splits, drawn=20)
            for time in (1, 2, figure.times):
                d = figure.differences(time)
                mean, error = figure.estimate(time)
                found.append(
                    {
                        "state": {"comparison": comparison, "splits": splits},
                        "time": time,
                        "times": figure.times,
                        "differences": d,
                        "mean": mean,
                        "sd": np.std(d, ddof=1),
                        "error": error,
                    }
                )
    return found
