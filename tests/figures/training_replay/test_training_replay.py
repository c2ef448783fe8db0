"""What TrainingReplay shows is the run that nnlib recorded."""

import copy
import pickle

import numpy as np
import pytest
import traitlets

import nnlib
from nnbook.figures.training_replay.recording import ALPHABET, RUNS, recording, regions
from nnbook.widgets import TrainingReplay

CELLS = ("loss", "new_loss", "accuracy", "new_accuracy")
# Points of the plane, on the page: which regions each lies in.
INSIDE = """(root, { points, kind }) => {
  const [[x0, x1], [y0, y1]] = root.figure.data.runs[root.figure.state.run].window;
  const clip = root.querySelector("clipPath rect");
  const [left, top, width, height] = ["x", "y", "width", "height"].map(
    (name) => Number(clip.getAttribute(name)));
  const regions = [...root.querySelectorAll(`path[data-${kind}]`)];
  return points.map(([x, y]) => {
    const across = left + ((x - x0) / (x1 - x0)) * width;
    const point = new DOMPoint(across, top + ((y1 - y) / (y1 - y0)) * height);
    return regions.flatMap((path, k) => path.isPointInFill(point) ? [k] : []);
  });
}"""
# What the cells show, epoch by epoch.
EVERY = """(root, cells) => {
  const { data, state } = root.figure;
  return data.runs[state.run].epochs.split(" ").map(Number).map((epoch) => {
    root.figure.set({ epoch });
    const texts = ["moment", ...cells].map((name) =>
      root.querySelector(`[data-name=${name}]`).textContent);
    return [epoch, texts[0].replace(/[^0-9]/g, ""), ...texts.slice(1)];
  });
}"""


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


def test_outlining_the_regions_leaves_nothing_in_the_network():
    network = nnlib.mlp((2, 8, 2), rng=np.random.default_rng(0))
    before = pickle.dumps(network)
    regions(network, ((0.0, 1.0), (0.0, 1.0)))
    assert pickle.dumps(network) == before


@pytest.fixture
def replay(open_figure):
    """Return a function that opens the figure with a run, on a page of its own."""
    return lambda run: open_figure("TrainingReplay", traits={"run": run})


@pytest.mark.parametrize("run", list(RUNS))
def test_losses_and_accuracies_are_those_recorded(replay, run):
    figure = replay(run)
    history = TrainingReplay(run=run).recording().history
    curves = (
        history.losses,
        history.validation_losses,
        history.accuracies,
        history.validation_accuracies,
    )
    shown = figure.evaluate(EVERY, list(CELLS))
    assert [row[0] for row in shown] == list(TrainingReplay(run=run).recording().networks)
    for epoch, moment, *texts in shown:
        assert moment == str(epoch)
        assert texts == [f"{curve[epoch]:.3f}" for curve in curves]


@pytest.mark.parametrize("run", list(RUNS))
def test_regions_are_where_the_network_gives_that_answer(replay, run):
    figure = replay(run)
    rng = np.random.default_rng(0)
    for epoch in (0, 10, 100):
        figure.set(epoch=epoch)
        expected = TrainingReplay(run=run, epoch=epoch)
        network = expected.recording().networks[expected.moment()]
        low, high = np.transpose(expected.recording().window)
        points = rng.uniform(low, high, (200, 2))
        scores = np.sort(network.forward(points), axis=1)
        lead = scores[:, -1] - scores[:, -2]
        answers = network.forward(points).argmax(axis=1)
        for kind, level in (("region", 0), ("sure", np.log(9))):
            found = figure.evaluate(INSIDE, {"points": points.tolist(), "kind": kind})
            # On a border, a pixel decides; of 200 points few lie there.
            wrong = [
                n
                for n, inside in enumerate(found)
                if inside != ([int(answers[n])] if lead[n] > max(level, 1e-9) else [])
            ]
            assert len(wrong) <= 6, (epoch, kind, wrong)


@pytest.mark.parametrize("run", ["iris", "moons"])
def test_every_point_is_drawn_with_its_class(replay, run):
    figure = replay(run)
    recorded = TrainingReplay(run=run).recording()
    for stem, labels in (("train", recorded.y), ("new", recorded.y_new)):
        for k in range(3):
            shapes = figure.root.locator(f'[data-points="{stem}{k}"]').get_attribute("d") or ""
            assert shapes.count("M") == np.sum(labels == k)


def test_the_sentence_counts_the_answers(replay):
    figure = replay("iris")
    figure.set(epoch=100)
    assert "109 / 112" in figure.sentence()
    assert "35 / 38" in figure.sentence()


def test_overfitting_is_named(replay):
    figure = replay("moons")
    figure.click("lowest")
    assert figure.state()["epoch"] == 6
    assert figure.text("new_loss") == "0.349"
    lowest = figure.sentence()
    figure.set(epoch=200)
    overfit = figure.sentence()
    assert "0.349" in overfit
    assert "0.854" in overfit
    assert "172 / 200" in overfit
    figure.set(run="moons_decay")
    assert figure.sentence() not in (lowest, overfit)
    assert figure.number("new_loss") < 0.41


def test_a_class_that_is_never_answered_is_named(replay):
    figure = replay("iris_narrow")
    figure.set(epoch=100)
    assert "0 of 150" in figure.sentence()
    assert figure.text("new_accuracy") == "0.579"


def test_the_player_goes_from_one_recorded_epoch_to_the_next(replay):
    figure = replay("moons")
    figure.click("step")
    assert figure.state()["epoch"] == 1
    figure.press("epoch", "End")
    assert figure.state()["epoch"] == 200
    figure.click("back")
    assert figure.state()["epoch"] == 190
    figure.set(epoch=198)  # not recorded: the last one before it is shown
    assert figure.number("moment") == 190
    expected = TrainingReplay(run="moons", epoch=198)
    assert expected.moment() == 190
    assert figure.text("loss") == f"{expected.recording().history.losses[190]:.3f}"


def test_a_run_ends_where_it_was_stopped(replay):
    figure = replay("iris")
    figure.set(epoch=200)
    assert figure.number("moment") == 100
    assert figure.text("loss") == "0.076"
    assert figure.get("step").is_disabled()
