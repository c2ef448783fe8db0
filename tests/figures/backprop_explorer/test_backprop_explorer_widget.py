"""The gradient of BackpropExplorer, its finite differences and its presets."""

import numpy as np
import pytest
import traitlets

from nnbook.widgets import BackpropExplorer

BOOK = {  # as the chapter on backpropagation prints them
    "2": [-0.803, -1.606, 1.072, 2.144, -2.581, -2.126, -2.488],
    "sum": [-1.3574, -2.3211, 1.8364, 3.1147, -3.8336, -3.1735, -3.5323],
}


@pytest.mark.parametrize("sample", list(BOOK))
def test_the_start_has_the_slopes_of_the_book(sample):
    figure = BackpropExplorer(sample=sample)
    assert figure.gradient() == pytest.approx(BOOK[sample], abs=5.1e-4)
    assert figure.finite_differences() == pytest.approx(figure.gradient(), rel=1e-6)


def test_samples_add_up():
    parts = [BackpropExplorer(sample=sample).gradient() for sample in ("1", "2", "3")]
    assert np.sum(parts, axis=0) == pytest.approx(BackpropExplorer(sample="sum").gradient())


def test_presets_show_what_they_are_named_for():
    slopes = {}
    for name in BackpropExplorer.presets:
        figure = BackpropExplorer()
        figure.preset(name)
        slopes[name] = figure.gradient()
    assert np.round(slopes["zero"], 4).tolist() == [0, 0, 0, 0, -1.3863, -1.3863, -2]
    assert slopes["twins"][[0, 1, 4]].tolist() == slopes["twins"][[2, 3, 5]].tolist()
    assert slopes["dead"][[2, 3, 5]].tolist() == [0, 0, 0]
    assert np.abs(slopes["fitted"]).max() < 0.1
    corner = BackpropExplorer(**BackpropExplorer.presets["corner"])
    assert corner.gradient()[1] == 0
    assert corner.finite_differences()[1] == pytest.approx(0.5, abs=1e-5)


def test_the_state_is_checked():
    for wrong in ({"sample": "4"}, {"parameter": "w5"}, {"step": 6}, {"step": 0.5}, {"b2": 7}):
        with pytest.raises(traitlets.TraitError):
            BackpropExplorer(**wrong)


def test_a_finite_difference_may_pass_the_limit_of_a_slider():
    figure = BackpropExplorer(w1=6, b3=-6)
    assert figure.finite_differences() == pytest.approx(figure.gradient(), rel=1e-6, abs=1e-7)


@pytest.mark.parametrize("preset", list(BackpropExplorer.presets))
def test_every_state_has_a_picture(preset):
    figure = BackpropExplorer(**BackpropExplorer.presets[preset])
    assert len(figure.figure().axes) == 2
