"""The interactive figures: each works in Jupyter and, without any kernel, on the built page.

They need more than numpy and matplotlib: the extra `widgets`.
"""

from nnlib._extras import missing

try:
    import anywidget  # noqa: F401 (only to say what is missing)
    import matplotlib  # noqa: F401
except ImportError as error:
    raise missing("nnbook.widgets", "widgets", error) from error

from nnbook.widgets.activation_explorer import ActivationExplorer
from nnbook.widgets.backprop_explorer import BackpropExplorer
from nnbook.widgets.chain_rule import ChainRule
from nnbook.widgets.cross_entropy_forces import CrossEntropyForces
from nnbook.widgets.cross_entropy_slopes import CrossEntropySlopes
from nnbook.widgets.dead_neurons import DeadNeurons
from nnbook.widgets.digit_pad import DigitPad
from nnbook.widgets.draw_first import DrawFirst
from nnbook.widgets.faded_steps import FadedSteps
from nnbook.widgets.forward_pass import ForwardPass
from nnbook.widgets.gradient_descent_explorer import GradientDescentExplorer
from nnbook.widgets.iris_surfaces import IrisSurfaces
from nnbook.widgets.loss_race import LossRace
from nnbook.widgets.parameter_counter import ParameterCounter
from nnbook.widgets.playground import Playground
from nnbook.widgets.predict import Predict
from nnbook.widgets.residual_squares import ResidualSquares
from nnbook.widgets.softmax_explorer import SoftmaxExplorer
from nnbook.widgets.squiggle_builder import SquiggleBuilder
from nnbook.widgets.stochastic_gradient import StochasticGradient
from nnbook.widgets.training_replay import TrainingReplay
from nnbook.widgets.vanishing_gradient import VanishingGradient

__all__ = [
    "ActivationExplorer",
    "BackpropExplorer",
    "ChainRule",
    "CrossEntropyForces",
    "CrossEntropySlopes",
    "DeadNeurons",
    "DigitPad",
    "DrawFirst",
    "FadedSteps",
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

QUESTIONS = ["DrawFirst", "FadedSteps", "Predict"]
"""Those that ask: a cell has the name of one of the book's questions."""

FIGURES = [name for name in __all__ if name not in QUESTIONS]
"""Those that have a picture and something to move."""
