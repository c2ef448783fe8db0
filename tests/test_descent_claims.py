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


def test_the_largest_curvature_is_that_of_a_bowl_where_there_is_one():
    model = nnlib.Sequential(nnlib.Linear(1, 1, rng=np.random.default_rng(0)))
    X, y = networks.points("petals")
    H = 2 / len(X) * np.hstack([X, np.ones_like(X)]).T @ np.hstack([X, np.ones_like(X)])
    expected = np.linalg.eigvalsh(H)[-1]
    place = model.theta.copy()
    assert networks.steepest(model, X, y) == pytest.approx(expected, rel=1e-6)
    np.testing.assert_array_equal(model.theta, place)


@pytest.mark.parametrize(
    ("curve", "again"), [([8, 4, 2, 1, 0.5], False), ([8, 4, 3.9, 3.8, 2], True)]
)
def test_a_plateau_is_a_fall_that_shrinks_and_doubles_again(curve, again):
    assert networks.falls_again(np.array(curve), 1) == again


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
