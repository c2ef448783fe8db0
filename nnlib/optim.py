r"""Gradient descent: on any function whose gradient is known, and on a network's parameters.

Everything here is one idea: :math:`\theta \leftarrow \theta - \eta\,\nabla L(\theta)`. The
gradient points uphill, the learning rate :math:`\eta` says how far to go the other way.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from nnlib._typing import FloatArray
from nnlib._validation import float_array, function, non_negative, positive, positive_int
from nnlib.layers import Parameter


@dataclass(frozen=True, repr=False)
class Descent:
    """The path of a gradient descent.

    Attributes
    ----------
    points : array (steps + 1, d)
        The start and the point after each step.
    gradients : array (steps, d)
        The gradient at the point each step started from.
    step_sizes : array (steps, d)
        Learning rate times gradient: what each step subtracted.
    losses : array (steps + 1,), or None
        The loss at each point, if a loss was given.
    stop_reason : str
        "tolerance" (the last step was shorter than the tolerance), "max_steps", or "diverged"
        (the next point, gradient or loss would not be finite; the path ends before it).
    """

    points: FloatArray
    gradients: FloatArray
    step_sizes: FloatArray
    losses: FloatArray | None
    stop_reason: str

    def __repr__(self) -> str:
        return f"Descent(steps={len(self.gradients)}, stop_reason={self.stop_reason!r})"


def gradient_descent(
    gradient: Callable[..., ArrayLike],
    start: ArrayLike,
    *,
    lr: float,
    tolerance: float = 1e-6,
    max_steps: int = 1000,
    loss: Callable[..., float] | None = None,
) -> Descent:
    r"""Walk downhill from `start`: :math:`\theta \leftarrow \theta - \eta\,\nabla L(\theta)`.

    Parameters
    ----------
    gradient : function
        Gives the gradient at a point, in the form of `start`: a number for a number, an array
        (d,) for an array (d,).
    start : number or array (d,)
    lr : float
        The learning rate :math:`\eta > 0`.
    tolerance : float
        Stop after a step whose length :math:`\eta\,\lVert\nabla L\rVert` is below it.
    max_steps : int
        Stop after so many steps in any case.
    loss : function, optional
        Gives the loss at a point; recorded along the path.

    Returns
    -------
    Descent

    Raises
    ------
    TypeError, ValueError
        If `start` is neither a number nor (d,) or not finite, `gradient` is not a function or
        returns another shape, or a rate, tolerance or number of steps is out of range.

    References
    ----------
    Cauchy (1847), *Méthode générale pour la résolution des systèmes d'équations simultanées*.
    """
    function("gradient", gradient)
    if loss is not None:
        function("loss", loss)
    lr, tolerance = positive("lr", lr), non_negative("tolerance", tolerance)
    max_steps = positive_int("max_steps", max_steps)
    point = float_array("start", start, finite=True).astype(np.float64)
    if point.ndim > 1:
        raise ValueError(f"start must be a number or have shape (d,), got shape {point.shape}")

    points, gradients, steps = [point], [], []
    losses = [] if loss is None else [float(loss(point))]
    stop_reason = "max_steps"
    with np.errstate(over="ignore", invalid="ignore"):  # divergence is reported, not warned of
        for _ in range(max_steps):
            slope = float_array("gradient", gradient(point))
            if slope.shape != point.shape:
                raise ValueError(
                    f"gradient must have the shape of start, {point.shape}, got {slope.shape}"
                )
            step = np.asarray(lr * slope)
            point = point - step
            value = 0.0 if loss is None else float(loss(point))
            if not (np.isfinite(point).all() and math.isfinite(value)):
                stop_reason = "diverged"
                break
            points.append(point)
            gradients.append(slope)
            steps.append(step)
            if loss is not None:
                losses.append(value)
            if np.linalg.norm(step) < tolerance:
                stop_reason = "tolerance"
                break
    d = points[0].size
    return Descent(
        points=np.reshape(points, (-1, d)),
        gradients=np.reshape(gradients, (-1, d)),
        step_sizes=np.reshape(steps, (-1, d)),
        losses=None if loss is None else np.array(losses),
        stop_reason=stop_reason,
    )


class Optimizer:
    """What every optimizer offers: `step` and `zero_grad` for a list of parameters.

    Parameters
    ----------
    parameters : sequence of Parameter
    lr : float
        The learning rate, positive. It may be changed between steps.
    """

    def __init__(self, parameters: Sequence[Parameter], *, lr: float) -> None:
        if not isinstance(parameters, Iterable):
            raise TypeError(f"parameters must be a list of Parameter objects, got {parameters!r}")
        self.parameters = list(parameters)
        if not self.parameters:
            raise ValueError("parameters must not be empty")
        for parameter in self.parameters:
            if not isinstance(parameter, Parameter):
                raise TypeError(f"parameters must be Parameter objects, got {parameter!r}")
        if len(set(self.parameters)) < len(self.parameters):
            raise ValueError(f"parameters must be all different, got {parameters!r}")
        self.lr = lr
        # One array a parameter to compute the update in, so that a step allocates nothing.
        self._updates = [np.empty_like(parameter.value) for parameter in self.parameters]

    @property
    def lr(self) -> float:
        """The learning rate; it may be changed between steps."""
        return self._lr

    @lr.setter
    def lr(self, lr: float) -> None:
        self._lr = positive("lr", lr)
        # As arrays of the parameters' dtype: numpy takes longer to convert a Python float
        # than to update a small layer.
        self._rates = [np.array(lr, parameter.value.dtype) for parameter in self.parameters]

    def step(self) -> None:
        """Move every parameter against its gradient."""
        raise NotImplementedError

    def _gradients(self) -> list[FloatArray]:
        """Every gradient, before anything moves."""
        gradients = [parameter.grad for parameter in self.parameters if parameter.grad is not None]
        if len(gradients) < len(self.parameters):
            raise RuntimeError("a parameter has no gradient: call backward before step")
        return gradients

    def zero_grad(self) -> None:
        """Forget the gradients: the next `backward` starts from nothing."""
        for parameter in self.parameters:
            parameter.grad = None


class SGD(Optimizer):
    r"""Stochastic gradient descent, with momentum and weight decay if asked for.

    .. math::

        g \leftarrow \nabla L + \lambda \theta, \qquad
        v \leftarrow \mu v + g, \qquad
        \theta \leftarrow \theta - \eta v

    Parameters
    ----------
    parameters : sequence of Parameter
    lr : float
        The learning rate :math:`\eta > 0`.
    momentum : float
        :math:`\mu`, from 0 to below 1.
    weight_decay : float
        :math:`\lambda \ge 0`: it adds the gradient of the L2 penalty
        :math:`\frac{\lambda}{2}\lVert\theta\rVert^2`, biases included.

    Raises
    ------
    TypeError, ValueError
        If there are no parameters, or a hyperparameter is out of range.
    RuntimeError
        From `step`, before any `backward`.

    References
    ----------
    Robbins and Monro (1951), *A stochastic approximation method*; Polyak (1964), *Some methods
    of speeding up the convergence of iteration methods*.
    """

    def __init__(
        self,
        parameters: Sequence[Parameter],
        *,
        lr: float,
        momentum: float = 0.0,
        weight_decay: float = 0.0,
    ) -> None:
        super().__init__(parameters, lr=lr)
        self.momentum = non_negative("momentum", momentum, below=1)
        self.weight_decay = non_negative("weight_decay", weight_decay)
        self._velocities = [np.zeros_like(p.value) for p in self.parameters] if momentum else None

    def step(self) -> None:
        """Move every parameter against its gradient."""
        for i, direction in enumerate(self._gradients()):
            value, update = self.parameters[i].value, self._updates[i]
            if self.weight_decay:
                direction = direction + self.weight_decay * value
            if self._velocities is not None:
                velocity = self._velocities[i]
                velocity *= self.momentum
                velocity += direction
                direction = velocity
            np.multiply(direction, self._rates[i], out=update)
            value -= update

    def __repr__(self) -> str:
        return f"SGD(lr={self.lr}, momentum={self.momentum}, weight_decay={self.weight_decay})"


class Adam(Optimizer):
    r"""Adam: each parameter has a step of its own, from running means of g and of g squared.

    .. math::

        m \leftarrow \beta_1 m + (1 - \beta_1) g, \qquad
        v \leftarrow \beta_2 v + (1 - \beta_2) g^2, \qquad
        \theta \leftarrow \theta - \eta\,
        \frac{m / (1 - \beta_1^t)}{\sqrt{v / (1 - \beta_2^t)} + \epsilon}

    Both means start at 0; dividing by :math:`1 - \beta^t` at step t makes up for that.

    Parameters
    ----------
    parameters : sequence of Parameter
    lr : float
        The learning rate :math:`\eta > 0`.
    betas : pair of float
        :math:`\beta_1` and :math:`\beta_2`, from 0 to below 1.
    eps : float
        :math:`\epsilon > 0`.

    Raises
    ------
    TypeError, ValueError
        If there are no parameters, or a hyperparameter is out of range.
    RuntimeError
        From `step`, before any `backward`.

    References
    ----------
    Kingma and Ba (2015), *Adam: a method for stochastic optimization*.
    """

    def __init__(
        self,
        parameters: Sequence[Parameter],
        *,
        lr: float = 1e-3,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
    ) -> None:
        super().__init__(parameters, lr=lr)
        if not isinstance(betas, Sequence) or len(betas) != 2:
            raise ValueError(f"betas must be two numbers, got {betas!r}")
        self.betas = tuple(non_negative("betas", beta, below=1) for beta in betas)
        self.eps = positive("eps", eps)
        self._step_count = 0
        self._means = [np.zeros_like(p.value) for p in self.parameters]
        self._squares = [np.zeros_like(p.value) for p in self.parameters]

    def step(self) -> None:
        """Move every parameter against its gradient."""
        gradients = self._gradients()
        self._step_count += 1
        beta_1, beta_2 = self.betas
        mean_correction = 1 - beta_1**self._step_count
        square_correction = 1 - beta_2**self._step_count
        for parameter, gradient, mean, square, update in zip(
            self.parameters, gradients, self._means, self._squares, self._updates, strict=True
        ):
            mean *= beta_1
            mean += (1 - beta_1) * gradient
            square *= beta_2
            square += (1 - beta_2) * gradient**2
            np.sqrt(square / square_correction, out=update)
            update += self.eps
            np.divide((self.lr / mean_correction) * mean, update, out=update)
            value = parameter.value
            value -= update

    def __repr__(self) -> str:
        return f"Adam(lr={self.lr}, betas={self.betas}, eps={self.eps})"
