"""The programs behind the claims on words: counting that falls back, and rates of two networks."""

import numpy as np
import pytest

from nnbook.chapters.words import claims, writers


def test_counting_falls_back_as_a_loop_over_the_windows_does():
    (X, y), _, (X_test, y_test) = writers.windows_of(3, 3)
    X_test, y_test = X_test[:40], y_test[:40]

    def share(seen, letter):
        """The guess after the letters `seen`, from what it is after one letter less."""
        same = np.all(X[:, 3 - len(seen) :] == seen, axis=1)
        shorter = share(seen[1:], letter) if len(seen) else 1 / 27
        return (np.sum(same & (y == letter)) + 16 * shorter) / (same.sum() + 16)

    expected = -np.mean([np.log(share(row, k)) for row, k in zip(X_test, y_test, strict=True)])
    windows = ((X, y), (X, y), (X_test, y_test))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(writers, "windows_of", lambda split, length: windows)
        assert writers.counted_loss(3, 16) == pytest.approx(expected, rel=1e-12)


def test_a_setting_of_the_window_does_not_reach_the_attention(monkeypatch):
    asked = []
    monkeypatch.setattr(claims, "SPLITS", range(1))
    monkeypatch.setattr(claims, "answers", lambda seed, **how: asked.append(how) or 0.5)
    assert claims.attention_finds(other_rate=3.0, other_hidden=64, rate=0.2).tolist() == [0.0]
    assert asked == [
        {"kind": "attention", "hidden": 52, "rate": 0.2},
        {"kind": "window", "hidden": 64, "rate": 3.0},
    ]
