"""The tool that stores the network of the digit pad notices a network that reads otherwise.

That the stored one is what the tool trains is tried at night: `make experiments-test`.
"""

import json
import sys

import numpy as np
import pytest

import digit_reader
import nnlib


@pytest.fixture
def check(monkeypatch):
    """Return the check, of a chapter that has trained the stored network."""
    data = nnlib.datasets.digits()
    trained = {
        "reader": digit_reader.digit_reader(),
        "convolution": digit_reader.digit_convolution(),
        "X_test": data.X[-400:],
    }
    monkeypatch.setattr(digit_reader, "trained", lambda: trained)
    monkeypatch.setattr(sys, "argv", ["digit_reader.py", "--check"])
    return digit_reader.main


def test_a_network_that_reads_the_same_passes(check, capsys):
    assert check() == 0
    assert capsys.readouterr().out.count("same answer on 100.0%") == 2


@pytest.mark.parametrize("name", ["digit_reader", "digit_convolution"])
def test_another_network_is_noticed(check, monkeypatch, name):
    other = nnlib.mlp((64, 32, 10), rng=np.random.default_rng(0))
    monkeypatch.setattr(digit_reader, name, lambda: other)
    assert check() == 1


def test_what_is_stored_of_a_convolution_is_all_of_it():
    model = digit_reader.digit_convolution()
    assert digit_reader.thousandths(model) == json.loads(
        digit_reader.CONVOLUTION.read_text("utf-8")
    )
    assert sum(parameter.value.size for parameter in model.parameters()) == 2350


def test_the_training_of_the_convolution_takes_small_steps_at_last(monkeypatch):
    """The same images, steps and seed make the same network, and it has learned something."""
    rng = np.random.default_rng(3)
    data = nnlib.datasets.digits()
    A, y = data.X[:200] / 16, data.y[:200]
    two = [digit_reader.convolution(np.tile(A, (2, 1)), y, epochs=4) for _ in range(2)]
    x = rng.uniform(0, 1, (5, 64))
    np.testing.assert_array_equal(two[0].forward(x), two[1].forward(x))
    assert nnlib.accuracy(two[0].forward(A), y) > 0.5
