"""CrossEntropyForces: its numbers, its presets, what it refuses."""

import numpy as np
import pytest
import traitlets

import nnlib
from nnbook.widgets import CrossEntropyForces


@pytest.mark.parametrize("name", list(CrossEntropyForces.presets))
def test_forces_are_the_product_of_jacobian_and_slopes(name):
    figure = CrossEntropyForces()
    figure.preset(name)
    measured = nnlib.numerical_gradient(
        lambda z: nnlib.cross_entropy_with_logits([z], [figure.label]), np.array(figure.z)
    )
    np.testing.assert_allclose(figure.forces(), -measured, atol=1e-5)
    assert abs(figure.forces().sum()) < 1e-15
    if name != "extreme":
        slopes = -np.eye(3)[figure.label] / figure.probabilities()
        np.testing.assert_allclose(-slopes @ figure.jacobian(), figure.forces(), atol=1e-12)


def test_the_presets_are_what_their_names_say():
    figure = CrossEntropyForces()
    np.testing.assert_allclose(figure.probabilities(), [0.684, 0.110, 0.206], atol=5e-4)
    figure.preset("flower_134")
    assert figure.probabilities().argmax() == 1
    figure.preset("sure_wrong")
    assert 0.99 < figure.forces()[0] < 1
    figure.preset("extreme")
    assert figure.probabilities()[0] == 0
    assert figure.loss() == 800


@pytest.mark.parametrize(
    "traits",
    [{"z": [1, 2]}, {"z": [1, 2, 801]}, {"z": [1, 2, np.nan]}, {"label": 3}, {"step": "x"}],
)
def test_bad_values_are_refused(traits):
    with pytest.raises(traitlets.TraitError):
        CrossEntropyForces(**traits)
