"""nnlib: the small library behind the book, from activations to training, with numpy only.

Each module holds the code of a chapter. Arrays are batch first: one sample per row. Functions
keep the float dtype they are given, and refuse what they cannot compute exactly with a
message that names the argument.

`nnlib.plots` draws with matplotlib and is imported separately: ``from nnlib import plots``. So are
the interactive figures, `nnbook.widgets`, which also need anywidget.
"""

from nnlib import datasets
from nnlib.activations import (
    ACTIVATIONS,
    Activation,
    gelu,
    gelu_derivative,
    leaky_relu,
    leaky_relu_derivative,
    log_softmax,
    relu,
    relu_derivative,
    sigmoid,
    sigmoid_derivative,
    softmax,
    softmax_jacobian,
    softplus,
    softplus_derivative,
    tanh,
    tanh_derivative,
)
from nnlib.autodiff import Value, topological_order
from nnlib.convolution import Conv2d, MaxPool2d
from nnlib.gradcheck import GradientError, check_gradient, check_model, numerical_gradient
from nnlib.layers import (
    GELU,
    Elementwise,
    Layer,
    LeakyReLU,
    Linear,
    ReLU,
    Sigmoid,
    Softplus,
    Tanh,
)
from nnlib.losses import (
    LOSSES,
    Loss,
    binary_cross_entropy,
    binary_cross_entropy_derivative,
    binary_cross_entropy_with_logits,
    binary_cross_entropy_with_logits_derivative,
    cross_entropy,
    cross_entropy_derivative,
    cross_entropy_with_logits,
    cross_entropy_with_logits_derivative,
    huber,
    huber_derivative,
    huber_loss,
    mse,
    mse_derivative,
    ssr,
    ssr_derivative,
)
from nnlib.metrics import accuracy, confusion_matrix
from nnlib.networks import Sequential, mlp, parameter_count
from nnlib.optim import SGD, Adam, Descent, Optimizer, gradient_descent
from nnlib.parameters import Parameter
from nnlib.preprocessing import (
    Scaler,
    average_pool,
    flatten,
    one_hot,
    split,
    standardize,
)
from nnlib.sequences import LETTERS, Attention, Embedding, Places, windows, write
from nnlib.train import DivergenceWarning, History, fit

__version__ = "0.5.1"

__all__ = [
    "ACTIVATIONS",
    "GELU",
    "LETTERS",
    "LOSSES",
    "SGD",
    "Activation",
    "Adam",
    "Attention",
    "Conv2d",
    "Descent",
    "DivergenceWarning",
    "Elementwise",
    "Embedding",
    "GradientError",
    "History",
    "Layer",
    "LeakyReLU",
    "Linear",
    "Loss",
    "MaxPool2d",
    "Optimizer",
    "Parameter",
    "Places",
    "ReLU",
    "Scaler",
    "Sequential",
    "Sigmoid",
    "Softplus",
    "Tanh",
    "Value",
    "accuracy",
    "average_pool",
    "binary_cross_entropy",
    "binary_cross_entropy_derivative",
    "binary_cross_entropy_with_logits",
    "binary_cross_entropy_with_logits_derivative",
    "check_gradient",
    "check_model",
    "confusion_matrix",
    "cross_entropy",
    "cross_entropy_derivative",
    "cross_entropy_with_logits",
    "cross_entropy_with_logits_derivative",
    "datasets",
    "fit",
    "flatten",
    "gelu",
    "gelu_derivative",
    "gradient_descent",
    "huber",
    "huber_derivative",
    "huber_loss",
    "leaky_relu",
    "leaky_relu_derivative",
    "log_softmax",
    "mlp",
    "mse",
    "mse_derivative",
    "numerical_gradient",
    "one_hot",
    "parameter_count",
    "relu",
    "relu_derivative",
    "sigmoid",
    "sigmoid_derivative",
    "softmax",
    "softmax_jacobian",
    "softplus",
    "softplus_derivative",
    "split",
    "ssr",
    "ssr_derivative",
    "standardize",
    "tanh",
    "tanh_derivative",
    "topological_order",
    "windows",
    "write",
]
