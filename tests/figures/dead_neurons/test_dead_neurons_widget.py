"""The runs of DeadNeurons are those of the chapter."""

import numpy as np
import pytest
from traitlets import TraitError

import nnlib
from nnbook.widgets import DeadNeurons


def at(preset):
    figure = DeadNeurons(**DeadNeurons.presets[preset])
    return figure, figure.run(figure.moment)


def first_dark(figure, node):
    """Return the step from which all sums of a node are negative to the end, if there is one."""
    dark = (figure.run().sums[:, node - 1] <= 0).all(axis=1)
    return int(len(dark) - np.argmin(dark[::-1])) if dark[-1] and not dark.all() else None


def test_the_path_is_that_of_fit():
    figure = DeadNeurons(rate=0.1)
    data, model = nnlib.datasets.dosage(), figure.network()
    history = nnlib.fit(
        model, data.X, data.y, loss="ssr", optimizer=nnlib.SGD(model.parameters(), lr=0.1),
        epochs=50, rng=np.random.default_rng(0),
    )  # fmt: skip
    np.testing.assert_array_equal(figure.run(50).ssr, history.losses)


def test_rate_005_fits_and_nobody_dies():
    run = DeadNeurons(**DeadNeurons.presets["fits"]).run()
    assert run.ssr[-1] < 5e-5
    assert (run.sums > 0).any(axis=2).all()
    assert len(run.ssr) == 2001


def test_rate_01_kills_node_2_at_step_3():
    figure = DeadNeurons(**DeadNeurons.presets["one_dies"])
    assert figure.state() == DeadNeurons().state()  # before it happens
    run = figure.run(3)
    assert first_dark(figure, 2) == 3
    assert first_dark(figure, 1) is None
    np.testing.assert_array_equal(run.gradient[3, [2, 3, 5]], 0)
    assert np.round(run.gradient[3, [0, 1, 4, 6]], 2).tolist() == [4.23, 6.1, 6.56, 5.98]
    assert figure.run().ssr[-1] == pytest.approx(2 / 3, abs=5e-5)


def test_rate_02_kills_both():
    figure = DeadNeurons(**DeadNeurons.presets["both_die"])
    run = figure.run(2)
    assert first_dark(figure, 2) == 1
    assert first_dark(figure, 1) == 2
    np.testing.assert_array_equal(run.gradient[2, :6], 0)
    assert figure.run().ssr[-1] == pytest.approx(2 / 3, abs=5e-5)


def test_a_node_born_dead_is_woken_by_a_slope_of_a_tenth_at_step_76():
    figure, run = at("born_dead")
    assert not (run.sums[:, 1] > 0).any()
    assert run.ssr[-1] == pytest.approx(2 / 3, abs=5e-5)
    figure, run = at("woken")
    awake = (run.sums[:, 1] > 0).any(axis=1)
    assert figure.moment == 76
    assert awake[76]
    assert not awake[:76].any()
    assert figure.run().ssr[-1] < 5e-5


def test_leaky_relu_does_not_rescue_the_run_at_01():
    _, run = at("leaky")
    assert run.ssr[-1] == pytest.approx(2 / 3, abs=5e-5)
    assert np.abs(run.gradient[-1]).max() < 1e-6


def test_softplus_takes_5000_small_steps():
    figure, run = at("softplus")
    assert figure.moment == 5000
    assert f"{run.ssr[-1]:.5f}" == "0.00012"


def test_a_run_ends_at_2000_steps_but_for_softplus():
    figure = DeadNeurons(step=4000)
    assert figure.moment == figure.last == 2000
    figure.activation = "softplus"
    assert figure.moment == 4000


@pytest.mark.parametrize(("preset", "step"), [("one_dies", 3), ("both_die", 2), ("born_dead", 0)])
def test_the_picture_shows_a_lamp_for_each_node_and_point(preset, step):
    figure = DeadNeurons(**DeadNeurons.presets[preset] | {"step": step}).figure()
    board = figure.axes[1]
    lamps = [line for line in board.lines if line.get_marker() == "o"]
    assert len(lamps) == 6
    texts = [text.get_text() for text in board.texts]
    assert texts.count("$0$") >= 3 + 1  # the three gradients of the dead node, and x = 0


@pytest.mark.parametrize(
    "bad",
    [{"rate": 0}, {"rate": 1}, {"activation": "tanh"}, {"step": 1.5}, {"alpha": 0}, {"b2": 9}],
)
def test_bad_values_are_refused(bad):
    with pytest.raises(TraitError):
        DeadNeurons(**bad)
