"""The interactive figures: each works in Jupyter and, without any kernel, on the built page.

They need more than numpy and matplotlib: the extra `widgets`.
"""

# `make figures` writes this list: what there is are the folders of nnbook/figures. It is written
# out for those who read it without running it, as editors and mypy do.

from nnbook.figures.activation_explorer import ActivationExplorer
from nnbook.figures.attention_explorer import AttentionExplorer
from nnbook.figures.backprop_explorer import BackpropExplorer
from nnbook.figures.chain_rule import ChainRule
from nnbook.figures.cross_entropy_forces import CrossEntropyForces
from nnbook.figures.cross_entropy_slopes import CrossEntropySlopes
from nnbook.figures.dead_neurons import DeadNeurons
from nnbook.figures.digit_pad import DigitPad
from nnbook.figures.draw_first import DrawFirst
from nnbook.figures.embedding_trainer import EmbeddingTrainer
from nnbook.figures.error_of_difference import ErrorOfDifference
from nnbook.figures.faded_steps import FadedSteps
from nnbook.figures.forward_pass import ForwardPass
from nnbook.figures.gradient_descent_explorer import GradientDescentExplorer
from nnbook.figures.iris_surfaces import IrisSurfaces
from nnbook.figures.kernel_explorer import KernelExplorer
from nnbook.figures.loss_race import LossRace
from nnbook.figures.playground import Playground
from nnbook.figures.predict import Predict
from nnbook.figures.residual_squares import ResidualSquares
from nnbook.figures.softmax_explorer import SoftmaxExplorer
from nnbook.figures.squiggle_builder import SquiggleBuilder
from nnbook.figures.stochastic_gradient import StochasticGradient
from nnbook.figures.training_replay import TrainingReplay
from nnbook.figures.vanishing_gradient import VanishingGradient
from nnbook.figures.ward import Ward
from nnbook.figures.writer import Writer

__all__ = [
    "ActivationExplorer",
    "AttentionExplorer",
    "BackpropExplorer",
    "ChainRule",
    "CrossEntropyForces",
    "CrossEntropySlopes",
    "DeadNeurons",
    "DigitPad",
    "DrawFirst",
    "EmbeddingTrainer",
    "ErrorOfDifference",
    "FadedSteps",
    "ForwardPass",
    "GradientDescentExplorer",
    "IrisSurfaces",
    "KernelExplorer",
    "LossRace",
    "Playground",
    "Predict",
    "ResidualSquares",
    "SoftmaxExplorer",
    "SquiggleBuilder",
    "StochasticGradient",
    "TrainingReplay",
    "VanishingGradient",
    "Ward",
    "Writer",
]

QUESTIONS = ["DrawFirst", "FadedSteps", "Predict"]
"""Those that ask: a cell has the name of one of the book's questions."""

FIGURES = [name for name in __all__ if name not in QUESTIONS]
"""Those that have a picture and something to move."""
