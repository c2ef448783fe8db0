r"""Gradient descent: on any function whose gradient is known, and on a network's parameters.

Everything here is one idea: :math:`\theta \leftarrow \theta - \eta\,\nabla L(\theta)`. The
gradient points uphill, the learning rate :math:`\eta` says how far to go the other way.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from operator import is_not
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from nnlib._typing import FloatArray
from nnlib._validation import (
    equal_arrays,
    float_array,
    function,
    non_negative,
    positive,
    positive_int,
)
from nnlib.parameters import Parameter, runs


@dataclass(frozen=True, repr=False, eq=False)
class Descent:
    """The path of a gradient descent.

    Attributes
    ----------
    points : array (steps + 1, d)
        The start and the point after each step.
    gradients : array (steps, d)
        The gradient at the point each step started from.
    steps : array (steps, d)
        Learning rate times gradient: what each step subtracted.
    losses : array (steps + 1,), or None
        The loss at each point, if a loss was given.
    stop_reason : str
        "tolerance" (the last step was shorter than the tolerance), "max_steps", or "diverged"
        (the next point, gradient or loss would not be finite; the path ends before it).
    """

    points: FloatArray
    gradients: FloatArray
    steps: FloatArray
    losses: FloatArray | None
    stop_reason: str

    def __eq__(self, other: object) -> bool:
        return equal_arrays(self, other)

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
        Maximum number of steps.
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

    Examples
    --------
    >>> import nnlib
    >>> descent = nnlib.gradient_descent(lambda x: 2 * x, 8.0, lr=0.25, max_steps=3)
    >>> descent.points.ravel().tolist(), descent.stop_reason
    ([8.0, 4.0, 2.0, 1.0], 'max_steps')
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
            slope = float_array("gradient", gradient(point.copy())).copy()
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
        steps=np.reshape(steps, (-1, d)),
        losses=None if loss is None else np.array(losses),
        stop_reason=stop_reason,
    )


class Hyperparameter:
    """A number of an optimizer that is checked whenever it is set, also between two steps.

    Examples
    --------
    >>> import nnlib
    >>> optimizer = nnlib.SGD([nnlib.Parameter([1.0])], lr=0.1)
    >>> optimizer.lr = 0.05
    >>> optimizer.lr = -1
    Traceback (most recent call last):
    ...
    ValueError: lr must be positive, got -1.0
    """

    def __init__(self, check: Callable[[str, Any], Any]) -> None:
        self._check = check

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __set__(self, instance: object, value: Any) -> None:
        instance.__dict__[self._name] = self._check(self._name, value)


class Optimizer:
    """What every optimizer offers. One of your own overrides `update`.

    Parameters
    ----------
    parameters : sequence of Parameter
    lr : float
        The learning rate, positive. It may be changed between steps.

    Attributes
    ----------
    step_count : int
        Steps so far; in `update`, with the current one.

    Raises
    ------
    TypeError, ValueError
        If there are no parameters or one comes twice, or `lr` is not positive.
    RuntimeError
        From `step`, before any `backward`.

    Examples
    --------
    >>> import numpy as np
    >>> import nnlib
    >>> class SignDescent(nnlib.Optimizer):
    ...     def update(self, theta, gradient, part):
    ...         theta -= self.lr * np.sign(gradient)
    >>> parameter = nnlib.Parameter([1.0, -1.0])
    >>> parameter.grad = [7.0, -0.1]
    >>> SignDescent([parameter], lr=0.5).step()
    >>> parameter.value.tolist()
    [0.5, -0.5]
    """

    lr: Any = Hyperparameter(positive)

    def __init__(self, parameters: Sequence[Parameter], *, lr: float) -> None:
        if not isinstance(parameters, Iterable) or hasattr(parameters, "parameters"):
            raise TypeError(f"parameters must be a list of Parameter objects, got {parameters!r}")
        self.parameters = list(parameters)
        if not self.parameters:
            raise ValueError("parameters must not be empty")
        for parameter in self.parameters:
            if not isinstance(parameter, Parameter):
                raise TypeError(f"parameters must be Parameter objects, got {parameter!r}")
        if len(set(self.parameters)) < len(self.parameters):
            raise ValueError(f"parameters must all be different, got {parameters!r}")
        self.lr = lr
        self.step_count = 0
        self._views: list[FloatArray] = []  # the values when the runs were looked for
        self._runs: list[tuple[FloatArray, FloatArray, slice]] = []

    def step(self) -> None:
        """Move every parameter against its gradient."""
        for parameter in self.parameters:
            if not parameter.has_grad:
                raise RuntimeError("a parameter has no gradient: call backward before step")
        self.step_count += 1
        for theta, gradient, part in self._current_runs():
            self.update(theta, gradient, part)

    def update(self, theta: FloatArray, gradient: FloatArray, part: slice) -> None:
        """Change `theta` in place, given its gradient.

        A whole network is one such vector. Parameters that are no neighbors come one after
        another; `part` is the stretch of each in a vector of all, as `memory` gives them.
        """
        raise NotImplementedError(
            f"{type(self).__name__} must define update(self, theta, gradient, part)"
        )

    def memory(self) -> FloatArray:
        """A vector of zeros, one for each entry of the parameters, to remember something in."""
        size = sum(parameter.value.size for parameter in self.parameters)
        return np.zeros(size, np.result_type(*(p.value for p in self.parameters)))

    def zero_grad(self) -> None:
        """Forget the gradients: the next `backward` starts from nothing."""
        for parameter in self.parameters:
            parameter.has_grad = False

    def __repr__(self) -> str:
        return f"{type(self).__name__}(lr={self.lr})"

    def _current_runs(self) -> list[tuple[FloatArray, FloatArray, slice]]:
        views = [parameter.value for parameter in self.parameters]
        # A network that is made of these parameters, or of some, moves them to another vector.
        if len(self._views) != len(views) or any(map(is_not, views, self._views)):
            self._views, self._runs, start = views, [], 0
            for theta, gradient in runs(self.parameters):
                self._runs.append((theta, gradient, slice(start, start + theta.size)))
                start += theta.size
        return self._runs

    def __getstate__(self) -> dict[str, Any]:
        return vars(self) | {"_views": [], "_runs": []}  # a copy finds those of its parameters


class SGD(Optimizer):
    r"""Stochastic gradient descent, optionally with momentum and weight decay.

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
        If there are no parameters, or a hyperparameter is out of range, also when it is set later.
    RuntimeError
        From `step`, before any `backward`.

    References
    ----------
    Robbins and Monro (1951), *A stochastic approximation method*; Polyak (1964), *Some methods
    of speeding up the convergence of iteration methods*.

    Examples
    --------
    >>> import nnlib
    >>> model = nnlib.Sequential(nnlib.Linear.from_arrays([[3.0]], [0.0]))
    >>> optimizer = nnlib.SGD(model.parameters(), lr=0.5)
    >>> model([[1.0]]).tolist()
    [[3.0]]
    >>> model.backward([[2.0]])
    >>> optimizer.step()
    >>> model.theta.tolist()
    [2.0, -1.0]
    """

    momentum: Any = Hyperparameter(partial(non_negative, below=1))
    weight_decay: Any = Hyperparameter(non_negative)

    def __init__(
        self,
        parameters: Sequence[Parameter],
        *,
        lr: float,
        momentum: float = 0.0,
        weight_decay: float = 0.0,
    ) -> None:
        super().__init__(parameters, lr=lr)
        self.momentum = momentum
        self.weight_decay = weight_decay
        self._step = self.memory()  # a place for the step, so that none has to be found each time
        self._velocity: FloatArray | None = None

    def update(self, theta: FloatArray, gradient: FloatArray, part: slice) -> None:
        if self.weight_decay:
            gradient = gradient + self.weight_decay * theta
        if self.momentum:
            if self._velocity is None:
                self._velocity = self.memory()
            velocity = self._velocity[part]
            velocity *= self.momentum
            velocity += gradient
            gradient = velocity
        theta -= np.multiply(gradient, self.lr, out=self._step[part])

    def __repr__(self) -> str:
        return f"SGD(lr={self.lr}, momentum={self.momentum}, weight_decay={self.weight_decay})"


def _two_shares(name: str, value: tuple[float, float]) -> tuple[float, ...]:
    if not isinstance(value, Sequence) or len(value) != 2:
        raise ValueError(f"{name} must be two numbers, got {value!r}")
    return tuple(non_negative(name, beta, below=1) for beta in value)


class Adam(Optimizer):
    r"""Adam: each parameter has a step of its own, from running means of g and of g squared.

    .. math::

        m \leftarrow \beta_1 m + (1 - \beta_1) g, \qquad
        v \leftarrow \beta_2 v + (1 - \beta_2) g^2, \qquad
        \theta \leftarrow \theta - \eta\,
        \frac{m / (1 - \beta_1^t)}{\sqrt{v / (1 - \beta_2^t)} + \epsilon}

    Both means start at 0; dividing by :math:`1 - \beta^t` at step t makes up for that. Weight decay
    (AdamW) shortens :math:`\theta` by itself, :math:`\theta \leftarrow (1 - \eta \lambda)\, \theta`
    before the step: as a part of g it would be divided by the root, too.

    Parameters
    ----------
    parameters : sequence of Parameter
    lr : float
        The learning rate :math:`\eta > 0`.
    betas : pair of float
        :math:`\beta_1` and :math:`\beta_2`, from 0 to below 1.
    eps : float
        :math:`\epsilon > 0`.
    weight_decay : float
        :math:`\lambda \ge 0`, for weights and biases.

    Raises
    ------
    TypeError, ValueError
        If there are no parameters, or a hyperparameter is out of range, also when it is set later.
    RuntimeError
        From `step`, before any `backward`.

    References
    ----------
    Kingma and Ba (2015), *Adam: a method for stochastic optimization*; Loshchilov and Hutter
    (2019), *Decoupled weight decay regularization*.

    Examples
    --------
    >>> import numpy as np
    >>> import nnlib
    >>> parameter = nnlib.Parameter([1.0, -1.0])
    >>> parameter.grad = [7.0, -0.1]
    >>> nnlib.Adam([parameter], lr=0.5).step()
    >>> np.round(parameter.value, 6).tolist()
    [0.5, -0.5]
    """

    betas: Any = Hyperparameter(_two_shares)
    eps: Any = Hyperparameter(positive)
    weight_decay: Any = Hyperparameter(non_negative)

    def __init__(
        self,
        parameters: Sequence[Parameter],
        *,
        lr: float = 1e-3,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
        weight_decay: float = 0.0,
    ) -> None:
        super().__init__(parameters, lr=lr)
        self.betas = betas
        self.eps = eps
        self.weight_decay = weight_decay
        self._mean = self.memory()
        self._square = self.memory()

    def update(self, theta: FloatArray, gradient: FloatArray, part: slice) -> None:
        (beta_1, beta_2), t = self.betas, self.step_count
        m, v = self._mean[part], self._square[part]
        m *= beta_1
        m += (1 - beta_1) * gradient
        v *= beta_2
        v += (1 - beta_2) * gradient**2
        root = np.sqrt(v / (1 - beta_2**t))
        root += self.eps
        if self.weight_decay:
            theta *= 1 - self.lr * self.weight_decay
        theta -= (self.lr / (1 - beta_1**t)) * m / root

    def __repr__(self) -> str:
        shown = f"lr={self.lr}, betas={self.betas}, eps={self.eps}"
        return f"Adam({shown}, weight_decay={self.weight_decay})"
