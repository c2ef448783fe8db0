"""SoftmaxExplorer: what it refuses, and what its presets give."""

import numpy as np
import pytest
import traitlets

import nnlib
from nnbook.widgets import SoftmaxExplorer


@pytest.mark.parametrize(
    ("preset", "expected"),
    [
        ("flower", (0.684, 0.110, 0.206)),
        ("plus", (0.684, 0.110, 0.206)),
        ("far", (1, 0, 0)),
    ],
)
def test_presets_give_the_numbers_of_the_chapter(preset, expected):
    figure = SoftmaxExplorer(z=[1, 2], c=5, T=3)
    figure.preset(preset)
    assert np.round(figure.probabilities(), 3).tolist() == list(expected)


def test_a_constant_moves_no_slope():
    here, there = SoftmaxExplorer(), SoftmaxExplorer(c=-1000)
    assert there.jacobian() == pytest.approx(here.jacobian(), abs=1e-12)
    assert here.jacobian() == pytest.approx(nnlib.softmax_jacobian([1.43, -0.40, 0.23]))


@pytest.mark.parametrize("z", [[1], [0] * 6, [0, np.nan], [0, 1001], [[0, 1]]])
def test_bad_logits_are_refused(z):
    with pytest.raises(traitlets.TraitError, match="z"):
        SoftmaxExplorer(z=z)


@pytest.mark.parametrize("K", [2, 3, 4, 5])
def test_it_draws_every_number_of_classes(K):
    figure = SoftmaxExplorer(z=np.arange(K), column=5, T=0.1).figure()
    assert len(figure.axes) == 3
    assert len(figure.axes[0].patches) >= K
