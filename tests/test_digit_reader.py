"""The tool that stores the network of the digit pad notices a network that reads otherwise.

That the stored one is what the chapter trains, the chapter's cell `pad-stored` shows, and nbval
proves it.
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
    trained = {"reader": digit_reader.digit_reader(), "X_test": data.X[-400:]}
    monkeypatch.setattr(digit_reader, "trained", lambda: trained)
    monkeypatch.setattr(sys, "argv", ["digit_reader.py", "--check"])
    return digit_reader.main


def test_a_network_that_reads_the_same_passes(check, capsys):
    assert check() == 0
    assert "Same answer on 100.0%" in capsys.readouterr().out


def test_another_network_is_noticed(check, monkeypatch):
    other = nnlib.mlp((64, 32, 10), rng=np.random.default_rng(0))
    monkeypatch.setattr(digit_reader, "digit_reader", lambda: other)
    assert check() == 1


def test_the_chapter_compares_its_network_with_the_stored_one(root):
    """In its last cell of training; and the tool runs the cells before it."""
    notebook = json.loads((root / "chapters" / "digits.ipynb").read_text(encoding="utf-8"))
    cells = {cell["id"]: cell for cell in notebook["cells"] if cell["cell_type"] == "code"}
    assert set(digit_reader.CELLS) <= set(cells)
    assert "".join(cells["pad-taught"]["source"]).startswith("reader = teach(X_train, y_train)\n")
    compared = cells["pad-stored"]
    assert "DigitPad.network()" in "".join(compared["source"])
    assert "(reader, stored)" in "".join(compared["source"])
    (output,) = compared["outputs"]
    assert float("".join(output["text"])) >= digit_reader.SAME
