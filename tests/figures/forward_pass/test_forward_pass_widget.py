"""ForwardPass computes what the chapter computes by hand."""

import numpy as np
import pytest
import traitlets

from nnbook.widgets import ForwardPass
from nnlib.datasets import dosage


def test_the_numbers_of_the_chapter():
    values = ForwardPass(x=0.5).values()
    expected = {"wx1": 1.67, "wx2": -1.765, "z1": 0.24, "z2": -1.195, "a1": 0.8203, "a2": 0.2644}
    for name, value in expected.items():
        assert values[name] == pytest.approx(value, abs=5e-5)
    assert values["y_hat"] == pytest.approx(1.001, abs=5e-4)


@pytest.mark.parametrize("index", [0, 1, 2])
def test_presets_are_the_samples(index):
    figure = ForwardPass(x=0.3)
    figure.preset(f"sample_{index + 1}")
    data = dosage()
    assert figure.x == data.X[index, 0]
    assert figure.values()["y_hat"] == pytest.approx(data.y[index, 0], abs=0.007)


def test_hinges_pass_through_the_points_exactly():
    figure = ForwardPass()
    figure.preset("hinges")
    np.testing.assert_allclose(figure.predict([0, 0.5, 1]), [0, 1, 0], atol=1e-15)
    figure.preset("fitted")
    assert figure.state() == ForwardPass().state()


def test_every_value_follows_from_the_parameters():
    figure = ForwardPass(x=-1.2, w1=2, b1=-0.5, w2=-3, b2=1, w3=0.5, w4=-2, b3=4, activation="relu")
    assert figure.values() == pytest.approx(
        {"wx1": -2.4, "wx2": 3.6, "z1": -2.9, "z2": 4.6, "a1": 0, "a2": 4.6}
        | {"wa1": 0, "wa2": -9.2, "y_hat": -5.2}
    )


@pytest.mark.parametrize("bad", [{"x": 3.1}, {"step": 6}, {"step": 1.5}, {"w1": float("nan")}])
def test_bad_values_are_refused(bad):
    with pytest.raises(traitlets.TraitError):
        ForwardPass(**bad)


@pytest.mark.parametrize("step", range(6))
def test_the_picture_shows_what_is_known(step):
    texts = {text.get_text() for text in ForwardPass(x=0.5, step=step).figure().axes[0].texts}
    assert ("$1.00$" in texts) == (step == 5)
    assert any("0.240" in text for text in texts) == (step >= 2)
    assert {"$b_{1} = -1.43$", "$w_{4} = -2.30$"} <= texts
