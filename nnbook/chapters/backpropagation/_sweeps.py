"""What the exercises on backpropagation run: the dosage network, its last bias, a single layer."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

import numpy as np

from nnbook.questions.given import result_of
from nnlib._typing import FloatArray
from nnlib.layers import Layer, Linear, Softplus
from nnlib.losses import ssr_derivative
from nnlib.networks import Sequential
from nnlib.optim import SGD


def network(theta: FloatArray) -> Sequential:
    """The network 1-2-1 with the parameters w1, b1, w2, b2, w3, w4, b3."""
    w1, b1, w2, b2, w3, w4, b3 = theta
    hidden = Linear.from_arrays([[w1, w2]], [b1, b2])
    return Sequential(hidden, Softplus(), Linear.from_arrays([[w3], [w4]], [b3]))


# -- reset: the bias of the last layer ---------------------------------------------------------


def descend(
    model: Sequential,
    X: FloatArray,
    y: FloatArray,
    lr: float,
    steps: int,
    *,
    reset: bool = True,
    all_parameters: bool = False,
    slope: Callable[..., FloatArray] = ssr_derivative,
) -> FloatArray:
    """The path of the last bias, from before the first step to after the last."""
    bias = model.parameters()[-1]
    sgd = SGD(model.parameters() if all_parameters else [bias], lr=lr)
    path = [bias.value[0]]
    for _ in range(steps):
        if reset:
            sgd.zero_grad()
        model.backward(slope(model.forward(X), y))
        sgd.step()
        path.append(bias.value[0])
    return np.array(path)


def forward_once(
    model: Sequential, X: FloatArray, y: FloatArray, lr: float, steps: int
) -> FloatArray:
    """The path if the slope of the first step is taken again and again."""
    first = descend(model, X, y, lr, 1)
    return first[0] + np.arange(1, steps + 1) * (first[1] - first[0])


def on_a_network(answer: Callable[..., Any], theta: FloatArray, *arguments: Any) -> Any:
    """Give the reader's function a network instead of its parameters."""
    return answer(network(theta), *arguments)


# -- sine: a layer of one's own ----------------------------------------------------------------


def there_and_back(answer: Any, X: FloatArray, G: FloatArray) -> Any:
    """What a layer gives forward and backward, one above the other."""
    made: Any = answer() if inspect.isclass(answer) else answer
    (layer,) = Sequential(made).layers  # which refuses what is no layer
    forth = result_of("forward", layer.forward(X))
    options = {"input_gradient": True} if isinstance(layer, Sequential) else {}
    back = result_of("backward", layer.backward(G, **options))
    return np.stack([forth, back])


def sine_layer(backward: Callable[[FloatArray, FloatArray], FloatArray]) -> type[Layer]:
    """A layer that applies the sine and sends back what `backward` makes of Z and G."""

    class Planted(Layer):
        def forward(self, X: Any) -> FloatArray:
            self.Z = X
            return np.sin(X)

        def backward(self, grad_output: Any) -> FloatArray:
            return backward(self.Z, grad_output)

    return Planted
