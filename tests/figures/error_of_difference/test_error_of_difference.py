"""ErrorOfDifference draws from trainings that were made in advance, and its numbers are theirs."""

import json
import sys

import numpy as np
import pytest

import differences
import nnlib
from nnbook.chapters.multiple_outputs.flowers import trained
from nnbook.figures.error_of_difference import COUNTS, TEST, counts
from nnbook.widgets import ErrorOfDifference

STATES = [
    *ErrorOfDifference.presets.values(),
    {"comparison": "layer", "splits": 20, "drawn": 1},
    {"comparison": "layer", "splits": 100, "drawn": 20},
    {"comparison": "width", "splits": 5, "drawn": 7},
]


def test_the_stored_differences_are_those_of_1000_test_sets():
    assert set(counts()) == set(differences.COMPARED)
    for found in counts().values():
        assert len(found) == differences.SPLITS
        assert max(map(abs, found)) <= TEST
    X, y = nnlib.datasets.iris().X, nnlib.datasets.iris().y
    assert len(nnlib.split(X, y, rng=0)[3]) == TEST


@pytest.mark.exhaustive
def test_they_are_found_again(monkeypatch):
    monkeypatch.setattr(sys, "argv", ["differences.py", "--check"])
    assert differences.main() == 0


def test_other_differences_are_noticed(monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "argv", ["differences.py", "--check"])
    stored = {name: found[: differences.CHECKED] for name, found in counts().items()}
    monkeypatch.setattr(differences, "differences", lambda splits: stored)
    assert differences.main() == 0
    stored["loss"] = [count + 1 for count in stored["loss"]]
    assert differences.main() == 1


def test_what_is_written_is_read(monkeypatch, tmp_path):
    path = tmp_path / "differences.json"
    monkeypatch.setattr(sys, "argv", ["differences.py"])
    monkeypatch.setattr(differences, "COUNTS", path)
    monkeypatch.setattr(differences, "differences", lambda splits: counts())
    assert differences.main() == 0
    assert path.read_text("utf-8") == COUNTS.read_text("utf-8")


@pytest.mark.parametrize("hidden", [0, 2])
@pytest.mark.parametrize("loss", ["mse", "ce"])
def test_networks_side_by_side_train_as_each_does_by_itself(hidden, loss):
    """As the chapter's cell trains one: the split first, then the start."""
    names = {"mse": "mse", "ce": "cross_entropy_with_logits"}
    together = trained(hidden, loss, steps=30, seeds=3, offset=5)
    for seed in range(5, 8):
        rng = np.random.default_rng(seed)
        iris = nnlib.datasets.iris()
        X, X_test, y, y_test = nnlib.split(iris.X[:, [3, 1]], iris.y, rng=rng)
        X, scaler = nnlib.standardize(X)
        net = nnlib.mlp([2, hidden, 3] if hidden else [2, 3], rng=rng)
        sgd = nnlib.SGD(net.parameters(), lr=0.2)
        nnlib.fit(net, X, nnlib.one_hot(y, 3), loss=names[loss], optimizer=sgd, epochs=30)
        raw = net.forward(scaler.transform(X_test))
        assert together.training[seed - 5] == nnlib.accuracy(net.forward(X), y)
        assert together.test[seed - 5] == nnlib.accuracy(raw, y_test)


def test_no_split_is_drawn_twice():
    for splits in (5, 50, 100):
        figure = ErrorOfDifference(splits=splits, drawn=20)
        assert figure.times == min(20, 1000 // splits)
        drawn = np.concatenate([figure.differences(time) for time in range(1, figure.times + 1)])
        stored = np.array(counts()["loss"][: len(drawn)])
        assert np.array_equal(np.rint(TEST * drawn), stored)


@pytest.mark.parametrize("state", STATES)
def test_every_number(open_figure, state):
    figure = open_figure("ErrorOfDifference")
    figure.set(**state)
    expected = ErrorOfDifference(**state)
    mean, error = expected.estimate()
    assert figure.number("mean") == pytest.approx(mean, abs=5.1e-4)
    assert figure.numbers("error")[-1] == pytest.approx(error, abs=5.1e-4)
    low, high = mean - 2 * error, mean + 2 * error
    sentence = figure.sentence()
    assert f"from {low:.4f} to {high:.4f}".replace("-", "−") in sentence
    assert ("contains 0" in sentence) == (low <= 0 <= high)
    all_of_them = np.mean(counts()[state["comparison"]]) / TEST
    estimates = [expected.estimate(time) for time in range(1, expected.times + 1)]
    inside = sum(abs(mean - all_of_them) <= 2 * error for mean, error in estimates)
    said = f"{inside} of {expected.times} intervals"
    assert (said in sentence) == (expected.times > 1)


def test_drawing_goes_on_until_no_fresh_splits_are_left(open_figure):
    figure = open_figure("ErrorOfDifference")
    figure.set(comparison="loss", splits=100, drawn=9)
    figure.click("step")
    assert figure.state()["drawn"] == 10
    assert figure.get("step").first.is_disabled()


def test_the_text_says_what_the_draws_show():
    """All twenty intervals contain the mean of all, some contain 0, others do not."""
    figure = ErrorOfDifference(drawn=20)
    truth = np.mean(counts()["loss"]) / TEST
    low, high = np.array([(m - 2 * e, m + 2 * e) for m, e in map(figure.estimate, range(1, 21))]).T
    assert ((low <= truth) & (truth <= high)).all()
    assert 0 < (low <= 0).sum() < 20
    assert json.loads(COUNTS.read_text("utf-8")) == counts()
