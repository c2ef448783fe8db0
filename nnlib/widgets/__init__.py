"""The interactive figures: each works in Jupyter and, without any kernel, on the built page.

This is the one part of `nnlib` that needs more than numpy and matplotlib: the extra `widgets`.
"""

from nnlib._extras import missing

try:
    import anywidget  # noqa: F401 (only to say what is missing)
    import matplotlib  # noqa: F401
except ImportError as error:
    raise missing("nnlib.widgets", "widgets", error) from error

from nnlib.widgets.activation_explorer import ActivationExplorer
from nnlib.widgets.backprop_explorer import BackpropExplorer
from nnlib.widgets.chain_rule import ChainRule
from nnlib.widgets.cross_entropy_forces import CrossEntropyForces
from nnlib.widgets.cross_entropy_slopes import CrossEntropySlopes
from nnlib.widgets.dead_neurons import DeadNeurons
from nnlib.widgets.digit_pad import DigitPad
from nnlib.widgets.forward_pass import ForwardPass
from nnlib.widgets.gradient_descent_explorer import GradientDescentExplorer
from nnlib.widgets.iris_surfaces import IrisSurfaces
from nnlib.widgets.loss_race import LossRace
from nnlib.widgets.parameter_counter import ParameterCounter
from nnlib.widgets.playground import Playground
from nnlib.widgets.predict import Predict
from nnlib.widgets.residual_squares import ResidualSquares
from nnlib.widgets.softmax_explorer import SoftmaxExplorer
from nnlib.widgets.squiggle_builder import SquiggleBuilder
from nnlib.widgets.stochastic_gradient import StochasticGradient
from nnlib.widgets.training_replay import TrainingReplay
from nnlib.widgets.vanishing_gradient import VanishingGradient

__all__ = [
    "ActivationExplorer",
    "BackpropExplorer",
    "ChainRule",
    "CrossEntropyForces",
    "CrossEntropySlopes",
    "DeadNeurons",
    "DigitPad",
    "ForwardPass",
    "GradientDescentExplorer",
    "IrisSurfaces",
    "LossRace",
    "ParameterCounter",
    "Playground",
    "Predict",
    "ResidualSquares",
    "SoftmaxExplorer",
    "SquiggleBuilder",
    "StochasticGradient",
    "TrainingReplay",
    "VanishingGradient",
]

FIGURES = [name for name in __all__ if name != "Predict"]
"""Those that have a picture and something to move; `Predict` is a question."""
