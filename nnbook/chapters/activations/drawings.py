"""The drawings of the chapter on activation functions."""

from __future__ import annotations

from functools import cache

import numpy as np

from nnbook.questions.drawing import Axis, Condition, Drawing, Given, Mistake
from nnbook.questions.formats import fixed, significant
from nnlib._typing import FloatArray
from nnlib.activations import relu, sigmoid, softplus, softplus_derivative
from nnlib.datasets import dosage
from nnlib.layers import Linear, ReLU
from nnlib.networks import Sequential, mlp
from nnlib.optim import SGD
from nnlib.train import fit

# -- The slope of softplus -----------------------------------------------------------------------

SLOPE = Drawing(
    x=Axis(symbol="z", low=-6, high=6),
    y=Axis(symbol="f'(z)", low=-0.5, high=2),
    color="gradient",
    curve=softplus_derivative,
    given=[Given("f(z)", softplus, "activation")],
    right=[
        Condition("at", -5.5, -5.5, above=-0.12, below=0.2),
        Condition("at", 5.5, 5.5, above=0.8, below=1.2),
        Condition("at", 0, 0, above=0.3, below=0.7),
        Condition("fall", -6, 6, below=0.25),
    ],
    mistakes={
        "negative": Mistake(lambda z: sigmoid(z) - 0.5, [Condition("min", -6, 6, below=-0.15)]),
        "grows": Mistake(lambda z: 0.9 * softplus(z), [Condition("at", 6, 6, above=1.3)]),
        "bump": Mistake(
            lambda z: 4 * sigmoid(z) * (1 - sigmoid(z)), [Condition("change", 0, 5.5, below=-0.1)]
        ),
        "step": Mistake(lambda z: (z > 0).astype(float), [Condition("rise", -1, 1, above=0.75)]),
        "flat": Mistake(lambda z: np.full_like(z, 0.5), [Condition("rise", -6, 6, below=0.3)]),
    },
    values=lambda: {
        "low": fixed(float(softplus_derivative(-2)), 2),
        "high": fixed(float(softplus_derivative(2)), 2),
    },
)

# -- A ReLU neuron after a step that was too long ------------------------------------------------


@cache
def _neuron(steps: int) -> tuple[float, float]:
    """Weight and bias of neuron 2 after steps at the rate 0.1, from the chapter's start."""
    data = dosage()
    hidden = Linear.from_arrays([[1, 1]], [0.1, -0.2])
    network = Sequential(hidden, ReLU(), Linear.from_arrays([[1.0], [-1.5]], [0]))
    sgd, rng = SGD(network.parameters(), lr=0.1), np.random.default_rng(0)
    fit(network, data.X, data.y, loss="ssr", optimizer=sgd, epochs=steps, rng=rng)
    weight, bias = (parameter.value for parameter in network.parameters()[:2])
    return float(weight[0, 1]), float(bias[1])


def _gives(steps: int, x: FloatArray) -> FloatArray:
    weight, bias = _neuron(steps)
    return relu(weight * x + bias)


DEAD = Drawing(
    x=Axis(symbol="x", low=0, high=1),
    y=Axis(symbol="a_2", low=-1, high=2),
    color="activation",
    curve=lambda x: _gives(3, x),
    given=[Given(r"a_2\,(t = 2)", lambda x: _gives(2, x), "muted")],
    right=[Condition("max", 0, 1, below=0.15), Condition("min", 0, 1, above=-0.15)],
    mistakes={
        "negative": Mistake(lambda x: x - 1, [Condition("min", 0, 1, below=-0.2)]),
        "corner": Mistake(
            lambda x: np.maximum(0, x - 0.4),
            [Condition("at", 0, 0, below=0.15), Condition("at", 1, 1, above=0.2)],
        ),
        "alive": Mistake(lambda x: 0.4 + 0.5 * x, [Condition("min", 0, 1, above=0.15)]),
    },
    values=lambda: {
        "left": fixed(_neuron(3)[1], 2),
        "right": fixed(sum(_neuron(3)), 2),
    },
)

# -- The gradients of a deep network of sigmoids -------------------------------------------------


@cache
def _sizes() -> FloatArray:
    """The mean size of the gradients of the weights, layer by layer, at the chapter's start."""
    x = np.linspace(-1, 1, 21)[:, np.newaxis]
    model = mlp([1, *[16] * 8, 1], "sigmoid", rng=0)
    model.backward(2 * (model.forward(x) - np.sin(3 * x)) / len(x))
    grads = [layer.weight.grad for layer in model.layers if isinstance(layer, Linear)]
    return np.array([np.abs(grad).mean() for grad in grads if grad is not None])


def _through_layers(layers: FloatArray) -> FloatArray:
    """Straight from layer to layer, on the logarithmic axis."""
    return 10.0 ** np.interp(layers, np.arange(1, 10), np.log10(_sizes()))


LAYERS = Drawing(
    x=Axis(symbol="l", low=1, high=9, ticks=range(1, 10)),
    y=Axis(symbol=r"\text{|}\nabla_l\text{|}", low=1e-7, high=10, log=True),
    color="gradient",
    curve=_through_layers,
    right=[
        Condition("change", 1, 9, above=2.5),
        Condition("fall", 1, 9, below=1.2),
    ],
    mistakes={
        "reversed": Mistake(
            lambda n: 10.0 ** (-0.6 * (n - 1)), [Condition("change", 1, 9, below=-0.8)]
        ),
        "flat": Mistake(lambda n: np.full_like(n, 0.1), [Condition("change", 1, 9, below=1)]),
        "mild": Mistake(lambda n: 10.0 ** (0.2 * n - 2.5), [Condition("change", 1, 9, below=2.5)]),
        "cliff": Mistake(
            lambda n: np.where(n > 7, 1.0, 1e-6),
            [Condition("rise", 1, 6.5, below=0.5), Condition("change", 1, 9, above=2.5)],
        ),
    },
    values=lambda: {
        "first": significant(_sizes()[0], 1),
        "last": significant(_sizes()[-1], 1),
        "least": significant(min(_sizes()[1:] / _sizes()[:-1]), 2),
        "most": significant(max(_sizes()[1:] / _sizes()[:-1]), 2),
    },
)

DRAWINGS = {"dead": DEAD, "softplus_slope": SLOPE, "layers": LAYERS}
