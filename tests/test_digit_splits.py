"""The trainings behind the claims on digits: paired, of equal length, tests unseen."""

import numpy as np
import pytest

from nnbook.chapters.digits import splits
from nnlib.datasets import digits

SHORT = {"width": 4, "epochs": 1}


def test_a_moved_image_has_its_ink_one_pixel_further():
    X = digits().X[:20]
    images = X.reshape(-1, 8, 8)
    right = splits.moved(X, 0, 1).reshape(-1, 8, 8)
    np.testing.assert_array_equal(right[:, :, 1:], images[:, :, :-1])
    assert not right[:, :, 0].any()
    down = splits.moved(X, 1, 0).reshape(-1, 8, 8)
    np.testing.assert_array_equal(down[:, 1:], images[:, :-1])
    np.testing.assert_array_equal(splits.with_copies(X)[:20], X)
    assert len(splits.with_copies(X)) == 5 * len(X)


def test_no_test_image_trains_or_chooses():
    X, X_test, _, _ = splits.parts(0)
    X_fit, X_val, _, _ = splits.validating(0)
    assert len(X) + len(X_test) == len(digits().X) == 1797
    rows = {image.tobytes() for image in X}
    assert {image.tobytes() for image in (*X_fit, *X_val)} <= rows
    assert len(X_fit) + len(X_val) == len(X)


@pytest.mark.parametrize("changed", [{}, {"images": 84}, {"copies": True}])
def test_all_trainings_have_about_as_many_steps(changed, monkeypatch):
    steps = []
    fit = splits.nnlib.fit

    def counted(model, X, y, *, batch_size, epochs, **options):
        steps.append(epochs * np.ceil(len(X) / batch_size))
        return fit(model, X, y, batch_size=batch_size, epochs=1, **options)

    monkeypatch.setattr(splits.nnlib, "fit", counted)
    splits.trained.__wrapped__(0, **{"width": 4, "epochs": 30} | changed)
    assert steps[0] == pytest.approx(30 * 43, rel=0.15)


def test_two_trainings_with_the_same_numbers_differ_in_their_settings_only():
    first, second = (
        splits.trained.__wrapped__(1, start=2, **SHORT | {"rate": rate})[0] for rate in (0.1, 0.1)
    )
    np.testing.assert_array_equal(first.theta, second.theta)
    other = splits.trained.__wrapped__(1, start=3, **SHORT)[0]
    assert np.abs(other.theta - first.theta).max() > 0.1


def test_each_scaler_does_what_its_name_says():
    X = splits.parts(0)[0]
    assert splits.scaler(X, "standardized")(X).std(axis=0).max() == pytest.approx(1)
    left = splits.moved(X, *splits.MOVES["left"])
    own, wide, gentle = (
        np.abs(splits.scaler(X, name)(left)).max()
        for name in ("standardized", "moved", "at least 1")
    )
    assert own > 100 > wide
    assert gentle <= 16
    np.testing.assert_array_equal(splits.scaler(X, "divided by 16")(X), X / 16)


def test_the_nearest_neighbor_of_an_image_is_itself():
    X, _, y, _ = splits.parts(0)
    np.testing.assert_array_equal(splits.nearest(X, y, X[:50]), y[:50])


def test_a_known_hand_takes_the_place_of_others(monkeypatch):
    """Both sides learn from equally many images, and none of them is judged by its own images."""
    seen = []
    monkeypatch.setattr(
        splits, "read", lambda rows, test, seed, **_: seen.append((rows, test)) or 0.5
    )
    splits.blocks_read(1)
    assert len(seen) == 2 * 2 * 14  # a network of each kind for each half of a block
    judges = np.concatenate([test for _, test in seen[::2]])
    np.testing.assert_array_equal(np.sort(judges), np.arange(1797))
    for (unknown, test), (known, again) in zip(seen[::2], seen[1::2], strict=True):
        assert len(unknown) == len(known)
        np.testing.assert_array_equal(test, again)
        assert not set(test) & (set(unknown) | set(known))
        assert len(set(known) - set(unknown)) >= len(test) - 1
