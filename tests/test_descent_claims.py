"""The claims of the chapter on gradient descent are about what its cells show."""

import json
from pathlib import Path

import numpy as np
import pytest

import nnlib
from nnbook.chapters.gradient_descent import bowls, networks, rates

NOTEBOOK = Path(__file__).parents[1] / "chapters/gradient_descent.ipynb"


def cell(name):
    cells = json.loads(NOTEBOOK.read_text("utf-8"))["cells"]
    return next("".join(cell["source"]) for cell in cells if cell["id"] == name)


def test_the_twelve_samples_are_those_of_the_page():
    lines = cell("gd-twelve").split("\n\n\n")[0]
    shown = {"nnlib": nnlib, "np": np}
    exec(lines, shown)
    X, y = networks.round_points("twelve")
    np.testing.assert_array_equal(X, shown["inputs"])
    np.testing.assert_array_equal(y, shown["effects"])


@pytest.mark.parametrize(
    ("curve", "again"),
    [
        ([8, 4, 2, 1, 0.5], False),
        ([8, 4, 3.9, 3.8, 2], True),
        ([8, 4, 3.9, 3.89, 3.87], False),
        ([8, 4, 4.1, 2, 1], False),
        ([8, 4, 4, 2, 1], False),
        ([8, 4, np.inf, np.nan, np.nan], False),
        ([8, 9], False),
    ],
    ids=["shrinks", "doubles", "takes nothing", "rises", "stands still", "diverges", "never falls"],
)
def test_a_plateau_is_a_fall_that_shrinks_and_doubles_again(curve, again):
    assert networks.falls_again(np.array(curve), 1, 0.1) == again


def test_the_data_with_fewer_plateaus_decide(monkeypatch):
    shrinks, doubles = np.array([8, 4, 2, 1, 0.5]), np.array([8, 4, 3.9, 3.8, 2])
    walked = {"twelve": [doubles, doubles], "three": [doubles, shrinks]}
    monkeypatch.setattr(networks, "curves", lambda *setting: walked[setting[-1]])
    assert networks.plateau(2, 0.05, "tanh", "both", 1, 0.1).tolist() == [True, False]


@pytest.mark.parametrize("bend", rates.BENDS)
def test_walks_side_by_side_as_by_themselves(bend):
    X, y = networks.round_points("twelve")
    model = networks.network(3, networks.FRESH[4], bend)
    together = rates.curves("twelve", 3, bend, 0.1, 50)[:, 4]
    np.testing.assert_allclose(together, networks.losses(model, X, y, 0.1, 50))


def walked(monkeypatch, curves):
    """Let each start of each rate walk as `curves` says, by the rate."""
    columns = len(networks.FRESH)
    monkeypatch.setattr(
        rates, "curves", lambda *setting: np.tile(curves[setting[3]], (columns, 1)).T
    )


def test_the_rate_chosen_is_half_the_largest_that_never_rises(monkeypatch):
    ladder = {rate: [4, 5, 9] for rate in rates.LADDER} | {3.0: [4, 5, np.nan]}
    halves = {rate / 2: [4, 3, 9] for rate in rates.LADDER}
    walked(monkeypatch, ladder | halves | {0.3: [4, 3, 2], 0.1: [4, 3, 1], 0.15: [4, 3, 1.5]})
    assert rates.chosen("twelve", 2, "tanh", 2, 2, 1.5).all()
    assert not rates.chosen("twelve", 2, "tanh", 2, 2, 1.4).any()
    walked(monkeypatch, ladder | halves)  # none falls
    assert not rates.chosen("twelve", 2, "tanh", 2, 2, 1.5).any()


def test_a_training_goes_wrong_if_it_does_not_end_below_its_start(monkeypatch):
    tenths = {round(rate / 10, 9): [4, 1] for rate in rates.LADDER}
    walked(
        monkeypatch,
        tenths | {rate: [4, 3] for rate in rates.LADDER} | {3.0: [4, np.nan], 1.0: [4, 4]},
    )
    assert rates.mended("twelve", 2, "tanh", 1).sum() == 2 * len(networks.FRESH)
    assert rates.mended("twelve", 2, "tanh", 1).all()


def test_a_walk_over_a_line_is_the_one_of_fit():
    line = bowls.Line("petals", standard=True)
    model = nnlib.Sequential(nnlib.Linear(1, 1, rng=np.random.default_rng(0)))
    model.theta[:] = 0
    sgd = nnlib.SGD(model.parameters(), lr=0.05)
    options = {"loss": "mse", "optimizer": sgd, "epochs": 2, "batch_size": 150, "rng": 0}
    nnlib.fit(model, line.rows[:, :1], line.y[:, np.newaxis], **options)
    walked = bowls.Walkers(line, [0]).epochs(2, 0.05, 150)
    np.testing.assert_allclose(walked[0], model.theta)
