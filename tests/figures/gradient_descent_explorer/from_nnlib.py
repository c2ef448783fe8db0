"""Walks of gradient descent along one parameter."""

from nnbook.widgets import GradientDescentExplorer


def walks():
    found = []
    cases = [(name, preset) for name, preset in GradientDescentExplorer.presets.items()]
    cases += [("sliders", {"start": 5.0, "rate": rate, "tolerance": 1e-9}) for rate in (0.001, 0.2)]
    cases += [("short", {"start": -0.5, "rate": 0.02, "max_steps": 7})]
    cases += [("loose", {"start": 2.0, "rate": 0.05, "tolerance": 0.1})]
    for name, traits in cases:
        figure = GradientDescentExplorer(**traits)
        descent = figure.descent()
        found.append(
            {
                "name": name,
                "start": figure.start,
                "rate": figure.rate,
                "tolerance": figure.tolerance,
                "maxSteps": figure.max_steps,
                "points": descent.points[:, 0],
                "slopes": descent.gradients[:, 0],
                "sizes": descent.steps[:, 0],
                "stop": descent.stop_reason,
                "best": figure.best(),
                "losses": figure.loss(descent.points[:100, 0]),
            }
        )
    return found


def fixtures():
    return {"fixed": GradientDescentExplorer().data()["fixed"], "walks": walks()}
