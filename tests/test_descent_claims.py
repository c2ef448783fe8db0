"""The claims of the chapter on gradient descent are about what its cells show."""

import json
from pathlib import Path

import numpy as np
import pytest

import nnlib
from nnbook.chapters.gradient_descent import bowls, networks

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


def test_the_bend_that_gains_least_decides():
    gains = [networks.inputs("twelve", 2, 5, bend).mean() for bend in networks.BENDS]
    assert networks.inputs("twelve", 2, 5, "least").mean() == min(gains) < max(gains)


def test_a_walk_over_a_line_is_the_one_of_fit():
    line = bowls.Line("petals", standard=True)
    model = nnlib.Sequential(nnlib.Linear(1, 1, rng=np.random.default_rng(0)))
    model.theta[:] = 0
    sgd = nnlib.SGD(model.parameters(), lr=0.05)
    options = {"loss": "mse", "optimizer": sgd, "epochs": 2, "batch_size": 150, "rng": 0}
    nnlib.fit(model, line.rows[:, :1], line.y[:, np.newaxis], **options)
    walked = bowls.Walkers(line, [0]).epochs(2, 0.05, 150)
    np.testing.assert_allclose(walked[0], model.theta)


def test_at_its_best_rate_a_full_batch_arrives_in_a_round_bowl():
    line = bowls.Line("petals", standard=True)
    walked = bowls.Walkers(line, [0]).epochs(1, 1 / line.steepest, 150)
    assert line.excess(walked)[0] < 1e-20


def test_a_full_batch_gets_a_rate_close_to_its_best():
    line = bowls.Line("petals", standard=False)
    rates = np.linspace(0.5, 2, 301) / line.steepest
    walks = [bowls.Walkers(line, [0]).epochs(80, rate, 150) for rate in rates]
    best = min(line.excess(walk)[0] for walk in walks)
    assert bowls.at_best(line, 150, 80)[0] < 1.1 * best
