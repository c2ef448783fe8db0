"""The data sets: the shipped ones against scikit-learn's copies, the generated ones by geometry."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest
import sklearn.datasets

from nnlib import datasets

FOLDER = Path(datasets.__file__).parent
SHIPPED = [datasets.dosage, datasets.iris, datasets.digits]


def generated(n, rng, level=0.1):
    return [
        datasets.moons(n, noise=level, rng=rng),
        datasets.spirals(n, classes=3, noise=level, rng=rng),
        datasets.blobs(n, classes=4, spread=level, rng=rng),
    ]


def test_dosage_holds_the_three_points():
    data = datasets.dosage()
    np.testing.assert_array_equal(data.X, [[0.0], [0.5], [1.0]])
    np.testing.assert_array_equal(data.y, [[0.0], [1.0], [0.0]])


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (datasets.iris, sklearn.datasets.load_iris),
        (datasets.digits, sklearn.datasets.load_digits),
    ],
)
def test_equal_to_scikit_learn(ours, theirs):
    data, reference = ours(), theirs()
    np.testing.assert_array_equal(data.X, reference.data)
    np.testing.assert_array_equal(data.y, reference.target)
    assert data.class_names == tuple(str(name) for name in reference.target_names)


def test_iris_has_fishers_values_where_the_uci_copy_differs():
    X = datasets.iris().X
    np.testing.assert_array_equal(X[34], [4.9, 3.1, 1.5, 0.2])
    np.testing.assert_array_equal(X[37], [4.9, 3.6, 1.4, 0.1])


def test_digits_reshape_to_the_images():
    images = datasets.digits().X.reshape(-1, 8, 8)
    np.testing.assert_array_equal(images, sklearn.datasets.load_digits().images)


@pytest.mark.parametrize("load", SHIPPED)
def test_arrays_are_fresh(load):
    first = load()
    first.X[:], first.y[:] = -1, -1
    assert load().X.min() >= 0
    assert load().y.min() >= 0


@pytest.mark.parametrize("load", SHIPPED)
def test_every_shipped_file_has_its_licence_and_source(load):
    text = (FOLDER / f"{load.__name__}.LICENSE.txt").read_text()
    assert "CC BY 4.0" in text
    assert "CC BY 4.0" in load().source


def test_dinosaurs_are_words_of_small_letters_each_once_and_in_order():
    names = datasets.dinosaurs()
    assert len(names) == 1395
    assert list(names) == sorted(set(names))
    assert set("".join(names)) == set("abcdefghijklmnopqrstuvwxyz")
    assert {"tyrannosaurus", "velociraptor", "triceratops", "irritator"} <= set(names)
    text = (FOLDER / "dinosaurs.LICENSE.txt").read_text()
    assert "CC0 1.0" in text
    assert "data/animals/dinosaurs.json" in text
    left_out = text.split("thing:")[1].split("Some names")[0].strip(" .\n").replace("\n", " ")
    assert len(left_out.split(", ")) == 54
    assert not {*left_out.split(", ")} & set(names)


@pytest.mark.parametrize(
    "data",
    [*(load() for load in SHIPPED), *generated(30, np.random.default_rng(0))],
    ids=lambda data: data.source[:12],
)
def test_shapes_dtypes_and_names_agree(data):
    assert data.X.dtype == np.float64
    assert data.X.shape == (len(data.y), len(data.feature_names))
    if data.class_names:
        assert data.y.dtype == np.intp  # on 32 bits, too, as in a browser, it counts and indexes
        np.testing.assert_array_equal(np.unique(data.y), np.arange(len(data.class_names)))


def test_repr_is_short_and_frozen_fields_stay():
    data = datasets.iris()
    assert repr(data) == "Dataset(X=(150, 4), y=(150,), num_classes=3)"
    with pytest.raises(dataclasses.FrozenInstanceError):
        data.X = data.X * 2


def test_moons_without_noise_lie_on_two_half_circles():
    data = datasets.moons(101, noise=0, rng=np.random.default_rng(1))
    upper, lower = data.X[data.y == 0], data.X[data.y == 1]
    assert len(upper) == 51
    np.testing.assert_allclose(np.hypot(*upper.T), 1)
    assert upper[:, 1].min() >= 0
    np.testing.assert_allclose(np.hypot(*(lower - [1, 0.5]).T), 1)
    assert lower[:, 1].max() <= 0.5


def test_spirals_without_noise_are_turned_copies_of_one_arm():
    data = datasets.spirals(90, classes=3, noise=0, rng=np.random.default_rng(1))
    for k in range(3):
        arm = data.X[data.y == k]
        arm = arm[np.argsort(np.hypot(*arm.T))]
        radius = np.linspace(0.1, 1, 30)
        angle = 2 * np.pi * (1.25 * radius + k / 3)
        np.testing.assert_allclose(
            arm, np.column_stack([radius * np.cos(angle), radius * np.sin(angle)])
        )


def test_blobs_scatter_around_the_unit_circle_with_the_given_spread():
    data = datasets.blobs(8000, classes=4, spread=0.2, rng=np.random.default_rng(1))
    for k, center in enumerate([(1, 0), (0, 1), (-1, 0), (0, -1)]):
        cloud = data.X[data.y == k]
        np.testing.assert_allclose(cloud.mean(axis=0), center, atol=0.02)
        np.testing.assert_allclose(cloud.std(axis=0), 0.2, atol=0.01)


def test_noise_has_the_given_standard_deviation():
    still = datasets.moons(4000, noise=0, rng=np.random.default_rng(1))
    noisy = datasets.moons(4000, noise=0.3, rng=np.random.default_rng(1))
    np.testing.assert_array_equal(still.y.sum(), noisy.y.sum())
    radius = np.hypot(*noisy.X[noisy.y == 0].T)
    np.testing.assert_allclose(np.std(radius), 0.3, atol=0.03)


def test_points_are_shared_out_and_shuffled_and_repeat_with_the_seed():
    for data, again in zip(
        generated(50, np.random.default_rng(3)),
        generated(50, np.random.default_rng(3)),
        strict=True,
    ):
        counts = np.bincount(data.y)
        assert counts.max() - counts.min() <= 1
        assert (np.diff(data.y) < 0).any()
        np.testing.assert_array_equal(data.X, again.X)


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda rng: datasets.moons(1, noise=0, rng=rng), ValueError, "n must"),
        (lambda rng: datasets.moons(9.5, noise=0, rng=rng), TypeError, "n must"),
        (lambda rng: datasets.moons(9, noise=-1, rng=rng), ValueError, "noise must"),
        (lambda rng: datasets.moons(9, noise=np.nan, rng=rng), ValueError, "noise must"),
        (lambda rng: datasets.moons(9, noise="a", rng=rng), TypeError, "noise must"),
        (lambda rng: datasets.moons(9, noise=0, rng=-7), TypeError, "rng must"),
        (lambda rng: datasets.spirals(9, classes=1, noise=0, rng=rng), ValueError, "classes must"),
        (lambda rng: datasets.spirals(2, classes=3, noise=0, rng=rng), ValueError, "n must"),
        (lambda rng: datasets.spirals(9, classes=3, noise=0, rng=None), TypeError, "rng must"),
        (lambda rng: datasets.blobs(9, classes=True, spread=1, rng=rng), TypeError, "classes must"),
        (lambda rng: datasets.blobs(9, classes=3, spread=-1, rng=rng), ValueError, "spread must"),
    ],
)
def test_bad_arguments_are_named(call, error, message):
    with pytest.raises(error, match=message):
        call(np.random.default_rng(0))


def test_rng_is_required():
    with pytest.raises(TypeError, match="rng"):
        datasets.moons(9, noise=0)
