"""The same networks and losses written with JAX, whose derivatives are automatic and in float64."""

from __future__ import annotations

import jax
import jax.numpy as jnp

jax.config.update("jax_platforms", "cpu")
jax.config.update("jax_enable_x64", True)

ACTIVATIONS = {
    "relu": jax.nn.relu,
    "leaky_relu": lambda z: jax.nn.leaky_relu(z, 0.01),
    "softplus": jax.nn.softplus,
    "sigmoid": jax.nn.sigmoid,
    "tanh": jnp.tanh,
    "gelu": lambda z: jax.nn.gelu(z, approximate=False),
}


def ssr(y_hat, y):
    return jnp.sum((y - y_hat) ** 2)


def mse(y_hat, y):
    return jnp.mean((y - y_hat) ** 2)


def huber(y_hat, y):
    size = jnp.abs(y - y_hat)
    return jnp.mean(jnp.where(size <= 1, size**2 / 2, size - 1 / 2))


def binary_cross_entropy(p, y):
    return -jnp.mean(y * jnp.log(p) + (1 - y) * jnp.log(1 - p))


def cross_entropy(p, labels):
    return -jnp.mean(jnp.log(p[jnp.arange(len(p)), labels]))


def binary_cross_entropy_with_logits(z, y):
    return -jnp.mean(y * jax.nn.log_sigmoid(z) + (1 - y) * jax.nn.log_sigmoid(-z))


def cross_entropy_with_logits(z, labels):
    return -jnp.mean(jax.nn.log_softmax(z)[jnp.arange(len(z)), labels])


LOSSES = {
    loss.__name__: loss
    for loss in (
        ssr,
        mse,
        huber,
        binary_cross_entropy,
        cross_entropy,
        binary_cross_entropy_with_logits,
        cross_entropy_with_logits,
    )
}


def network(parameters, X, activation: str):
    """Output of a fully connected network; `parameters` are W, b, W, b, … as nnlib lists them."""
    A = X
    for i in range(0, len(parameters), 2):
        A = A @ parameters[i] + parameters[i + 1]
        if i + 2 < len(parameters):
            A = ACTIVATIONS[activation](A)
    return A


def network_loss(parameters, X, y, activation: str, loss: str):
    return LOSSES[loss](network(parameters, X, activation), y)


network_gradient = jax.jit(jax.grad(network_loss), static_argnames=("activation", "loss"))


def convolution(X, weight, bias, shape, size: int):
    """Rows of images (n, height * width * channels), convolved, then the largest of each block."""
    images = X.reshape(-1, *shape)
    layout = ("NHWC", "HWIO", "NHWC")
    Z = jax.lax.conv_general_dilated(images, weight, (1, 1), "SAME", dimension_numbers=layout)
    block = (1, size, size, 1)
    largest = jax.lax.reduce_window(Z + bias, -jnp.inf, jax.lax.max, block, block, "VALID")
    return largest.reshape(len(X), -1)


def convolution_gradients(X, weight, bias, shape, size: int, G):
    """Gradients of the sum of G times the output, with respect to X, weight and bias."""

    def total(X, weight, bias):
        return jnp.sum(G * convolution(X, weight, bias, shape, size))

    return jax.grad(total, argnums=(0, 1, 2))(X, weight, bias)


def attention(X, query, key, value):
    """One head whose query comes from the last place of rows (n, length * width)."""
    E = X.reshape(len(X), -1, len(query))

    def one(places):
        scores = (places @ key) @ (places[-1] @ query) / jnp.sqrt(query.shape[1])
        return jax.nn.softmax(scores) @ (places @ value)

    return jax.vmap(one)(E)


def attention_gradients(X, query, key, value, G):
    """Gradients of the sum of G times the output, with respect to X and the weights."""

    def total(*arrays):
        return jnp.sum(G * attention(*arrays))

    return jax.grad(total, argnums=(0, 1, 2, 3))(X, query, key, value)
