"""The networks behind the claims on pictures: of one size, paired, and as the text says."""

import numpy as np
import pytest

import nnlib
from nnbook._digit_reader import untrained_convolution
from nnbook.chapters.digits import splits
from nnbook.chapters.pictures import claims
from nnbook.chapters.pictures.networks import network, read, trained


def test_all_have_about_the_size_of_the_dense_one():
    sizes = {
        kind: network(kind, np.random.default_rng(0)).theta.size
        for kind in ("dense", "flat", "blocks", "whole")
    }
    assert sizes == {"dense": 2410, "flat": 2229, "blocks": 2350, "whole": 2331}


def test_the_blocks_are_the_network_of_the_pad():
    rng = np.random.default_rng
    assert repr(network("blocks", rng(0))) == repr(untrained_convolution(rng(0)))


@pytest.mark.parametrize("kind", ["blocks", "whole"])
def test_a_network_reads_a_digit_that_its_training_set_lacks(kind):
    settings = {"rate": 0.2, "epochs": 1}
    model, scale = trained(7, kind, **settings)
    _, X, _, y = splits.parts(7)
    share = nnlib.accuracy(model(scale(splits.displaced(X, "left"))), y)
    assert read(range(7, 8), kind, "left", **settings).tolist() == [share]
    both = read(range(7, 8), kind, "left", "none", **settings)
    assert both == pytest.approx((share + nnlib.accuracy(model(scale(X)), y)) / 2)


def test_what_is_called_dense_belongs_to_the_dense_network(monkeypatch):
    asked = []
    monkeypatch.setattr(claims, "read", lambda splits, kind, *moves, **own: asked.append(own))
    settings = {"rate": 0.2, "epochs": 15, "dense_rate": 0.3, "dense_epochs": 30}
    claims.share("dense", "none", **settings)
    claims.share("blocks", "none", **settings)
    assert asked == [{"rate": 0.3, "epochs": 30}, {"rate": 0.2, "epochs": 15}]
