"""TrainingReplay: what it records is what the chapters compute, and what it refuses."""

import copy
import pickle

import numpy as np
import pytest
import traitlets

import nnlib
from nnbook.figures.training_replay.recording import ALPHABET, RUNS, recording, regions
from nnbook.widgets import TrainingReplay


@pytest.mark.parametrize("run", list(RUNS))
def test_the_kept_networks_give_the_recorded_losses(run):
    made = recording(run)
    for epoch, network in made.networks.items():
        for X, y, losses, accuracies in (
            (made.X, made.y, made.history.losses, made.history.accuracies),
            (
                made.X_new,
                made.y_new,
                made.history.validation_losses,
                made.history.validation_accuracies,
            ),
        ):
            scores = network.forward(X)
            assert nnlib.cross_entropy_with_logits(scores, y) == losses[epoch]
            assert nnlib.accuracy(scores, y) == accuracies[epoch]
        assert made.answers(epoch).sum() == len(made.X) + len(made.X_new)


def test_the_iris_run_is_that_of_the_loop_by_hand():
    made = recording("iris")
    rng = np.random.default_rng(0)
    flowers = nnlib.datasets.iris()
    X, _, y, _ = nnlib.split(flowers.X[:, [3, 1]], flowers.y, held_out=0.25, rng=rng)
    X, _ = nnlib.standardize(X)
    model = nnlib.mlp((2, 8, 3), rng=rng)
    for epoch in range(3):
        expected = copy.deepcopy(made.networks[epoch])
        np.testing.assert_array_equal(model.forward(X), expected.forward(X))
        order = rng.permutation(len(X))
        for start in range(0, len(X), 16):
            batch = order[start : start + 16]
            slope = nnlib.cross_entropy_with_logits_derivative(model.forward(X[batch]), y[batch])
            for parameter in model.parameters():
                parameter.grad = None
            model.backward(slope)
            for parameter in model.parameters():
                parameter.value -= 0.1 * parameter.grad


def test_a_plain_border_has_the_corners_that_it_must_have():
    """Two classes, parted by x = 0.5 in the middle of the window."""
    network = nnlib.Sequential(nnlib.Linear.from_arrays([[-4.0, 4.0], [0.0, 0.0]], [2.0, -2.0]))
    found = regions(network, ((0.0, 1.0), (0.0, 1.0)))

    def corners(text):
        pairs = zip(text[::2], text[1::2], strict=True)
        numbers = [(ALPHABET.index(a) * 64 + ALPHABET.index(b)) / 4095 for a, b in pairs]
        return set(zip(numbers[::2], numbers[1::2], strict=True))

    middle = 2048 / 4095  # half, to the next place that can be written
    assert corners(found[0][0]) == {(0, 0), (0, 1), (middle, 0), (middle, 1)}
    assert corners(found[1][0]) == {(1, 0), (1, 1), (middle, 0), (middle, 1)}
    sure = max(x for x, _ in corners(found[0][1]))
    assert sure == pytest.approx(0.5 - np.log(9) / 8, abs=2e-4)  # where 4 - 8 x = ln 9


def test_only_runs_on_the_same_data_are_compared():
    figure = TrainingReplay(run="moons_decay")
    assert figure.runs == ("moons", "moons_decay")
    assert list(figure.data()["runs"]) == ["moons", "moons_decay"]
    with pytest.raises(traitlets.TraitError, match="moons, moons_decay"):
        figure.run = "iris"
    assert figure.run == "moons_decay"
    assert TrainingReplay().runs == ("iris", "iris_narrow")


def test_the_moment_shown_is_the_last_one_recorded():
    assert TrainingReplay(run="moons", epoch=53).moment() == 50
    assert TrainingReplay(run="iris", epoch=200).moment() == 100


@pytest.mark.parametrize(
    "traits", [{"run": "mnist"}, {"epoch": -1}, {"epoch": 201}, {"epoch": 1.5}]
)
def test_bad_values_are_refused(traits):
    with pytest.raises(traitlets.TraitError):
        TrainingReplay(**traits)


def test_outlining_the_regions_leaves_nothing_in_the_network():
    network = nnlib.mlp((2, 8, 2), rng=np.random.default_rng(0))
    before = pickle.dumps(network)
    regions(network, ((0.0, 1.0), (0.0, 1.0)))
    assert pickle.dumps(network) == before
