"""Playground: random numbers, points and training, by nnlib with a generator of the page's own."""

import numpy as np
import pytest
import traitlets

import nnlib
from nnbook.figures.playground.page_random import PageRandom
from nnbook.widgets import Playground


def test_the_generator_draws_as_others_do():
    rng = PageRandom(5)
    uniform, normal = rng.random(4000), rng.normal(2.0, 3.0, (2000, 2))
    assert 0 <= uniform.min() < uniform.max() < 1
    assert uniform.mean() == pytest.approx(0.5, abs=0.02)
    assert uniform.var() == pytest.approx(1 / 12, abs=0.005)
    assert normal.shape == (2000, 2)
    assert normal.mean() == pytest.approx(2, abs=0.2)
    assert normal.std() == pytest.approx(3, abs=0.2)
    assert sorted(rng.permutation(50)) == list(range(50))
    first = [PageRandom(1).permutation(6)[0] for _ in range(2)]
    assert first[0] == first[1]
    assert isinstance(rng.random(), float)


def test_every_place_of_a_permutation_gets_every_number():
    rng = PageRandom(9)
    counts = np.zeros((4, 4))
    for _ in range(2000):
        counts[range(4), rng.permutation(4)] += 1
    assert np.abs(counts / 2000 - 0.25).max() < 0.05


def test_a_run_is_that_of_fit():
    figure = Playground(batch_size=20, momentum=0.5, decay=0.01, seed=4)
    sets, model = figure.sets(), figure.network()
    optimizer = nnlib.SGD(model.parameters(), lr=0.1, momentum=0.5, weight_decay=0.01)
    history = nnlib.fit(
        model,
        sets.inputs(sets.X),
        sets.y,
        loss="cross_entropy_with_logits",
        optimizer=optimizer,
        epochs=3,
        batch_size=20,
        rng=PageRandom(2 * 4 + 3),
        validation=(sets.inputs(sets.X_val), sets.y_val),
    )
    each = -(-len(sets.X) // 20)
    run = figure.run(3 * each)
    assert [run.losses[each * epoch] for epoch in range(4)] == history.losses
    assert [run.validation_losses[each * epoch] for epoch in range(4)] == history.validation_losses
    assert run.accuracies() == (history.accuracies[-1], history.validation_accuracies[-1])


def test_points_are_parted_and_scaled():
    sets = Playground(count=100).sets()
    assert (len(sets.X), len(sets.X_val), sets.classes) == (75, 25, 2)
    scaled = sets.inputs(sets.X)
    assert scaled.mean(axis=0) == pytest.approx([0, 0], abs=1e-12)
    assert scaled.std(axis=0) == pytest.approx([1, 1])
    own = Playground(count=100, points=[[9, 9, 4]]).sets()
    assert (len(own.X), own.classes) == (76, 5)
    assert own.X[-1].tolist() == [9, 9]
    assert (own.X_val == sets.X_val).all()
    few = Playground(dataset="none", points=[[0, 0, 0], [1, 1, 1]], standardized=False).sets()
    assert (len(few.X), len(few.X_val), few.scaler) == (2, 0, None)


def test_a_start_is_scaled_and_depends_on_the_seed():
    weights = [
        Playground(**traits).network().parameters()[0].value
        for traits in ({}, {"start": 0.5}, {"seed": 1}, {"count": 50})
    ]
    assert weights[1] == pytest.approx(0.5 * weights[0])
    assert not np.allclose(weights[2], weights[0])
    assert (weights[3] == weights[0]).all()


def test_losses_are_recorded_as_often_as_asked():
    run = Playground().run(25, every=10)
    assert run.steps == [0, 10, 20, 25]
    every = Playground().run(25)
    assert run.losses == [every.losses[step] for step in run.steps]


def test_divergence_and_emptiness_are_reported():
    broken = Playground(loss="ssr", activation="relu", rate=5).run(100)
    assert broken.diverged
    assert broken.steps[-1] < 100
    empty = Playground(dataset="none", step=5)
    assert empty.run().losses == []
    assert np.isnan(empty.run().accuracies()).all()
    assert Playground(loss="ssr", rate=5, activation="relu", step=100).figure().axes
    assert empty.figure().axes


def test_bad_rows_are_refused():
    figure = Playground()
    for points in ([[0, 0, 5]], [[0, 0, 0.5]], [[0, 0]], [[np.inf, 0, 0]], "points"):
        with pytest.raises(traitlets.TraitError, match="points"):
            figure.points = points
    for hidden in ([0], [9], [1.5], [[1]], [1] * 7):
        with pytest.raises(traitlets.TraitError, match="hidden"):
            figure.hidden = hidden
    figure.hidden = []
    assert figure.hidden == []
    assert figure.network().parameters()[0].value.shape == (2, 2)
