"""The stored network of the digit pad is the one that the chapter trains."""

import sys

import numpy as np
import pytest

import digit_reader
import nnlib


@pytest.fixture(scope="module")
def trained():
    return digit_reader.trained()


@pytest.fixture
def check(monkeypatch, trained):
    monkeypatch.setattr(digit_reader, "trained", lambda: trained)
    monkeypatch.setattr(sys, "argv", ["digit_reader.py", "--check"])
    return digit_reader.main


@pytest.mark.slow
def test_training_again_gives_a_network_that_reads_the_same(check, capsys):
    assert check() == 0
    assert "Same answer" in capsys.readouterr().out


@pytest.mark.slow
def test_another_network_is_noticed(check, monkeypatch):
    other = nnlib.mlp((64, 32, 10), rng=np.random.default_rng(0))
    monkeypatch.setattr(digit_reader, "digit_reader", lambda: other)
    assert check() == 1
