r"""Layers for images: the same few weights at every place, and the largest of its neighbors.

Between layers an image stays a row of numbers, as `flatten` leaves it: row by row, and at each
pixel its channels. So these layers take part in a `Sequential` like any other. Inside, an image
is an array (height, width, channels).
"""

from __future__ import annotations

from collections.abc import Sequence
from math import prod
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import ArrayLike, DTypeLike

from nnlib._sums import ones
from nnlib._typing import FloatArray
from nnlib._validation import (
    check_rows,
    float_array,
    float_dtype,
    positive_int,
    random_generator,
)
from nnlib.layers import Layer, require_forward, require_gradient
from nnlib.parameters import Parameter


class Conv2d(Layer):
    r"""Weighted sums of each pixel's surroundings, with the same weights at every pixel.

    .. math:: Z_{rcf} = b_f + \sum_{i=1}^{s} \sum_{j=1}^{s} \sum_{k}
              X_{r + i - m,\, c + j - m,\, k}\, W_{ijkf},
              \qquad m = \tfrac{s + 1}{2}.

    Beyond the rim of the image X is 0, so that Z has as many pixels as X. (Strictly, this is a
    correlation; a convolution would turn W by 180 degrees.)

    Parameters
    ----------
    shape : (int, int, int)
        Height, width and channels of the images that come in: 1 channel if they are gray.
    filters : int
        Channels that go out: one for each set of weights.
    size : int
        Side of the square of pixels that a filter sees: odd, so that it has a middle.
    rng : numpy.random.Generator or int
        Draws the initial weights (an integer is a seed) with the variance 2 / (size * size *
        channels), for ReLU; the biases start at 0.
    dtype : float dtype
        Of weights and biases; X is brought to it, and all is computed in it.

    Attributes
    ----------
    weight : Parameter (s, s, K, F)
    bias : Parameter (F,)
    in_features : int
        Numbers in a row that comes in: height * width * channels.
    out_features : int
        Numbers in a row that goes out: height * width * filters.

    Raises
    ------
    TypeError, ValueError
        If `shape` is not three positive integers, `filters` or `size` is not a positive integer,
        `size` is even, `rng` is neither a Generator nor a seed, or `dtype` is not a float dtype;
        from `forward`, if X is not (n, height * width * channels); from `backward`, if the
        gradient is not (n, height * width * filters).
    RuntimeError
        From `backward`, before any `forward`.

    References
    ----------
    Fukushima (1980), *Neocognitron*; LeCun, Bottou, Bengio and Haffner (1998), *Gradient-based
    learning applied to document recognition*.

    Examples
    --------
    >>> import nnlib
    >>> layer = nnlib.Conv2d((1, 4, 1), 1, rng=0)
    >>> layer.weight.value[:] = 0.0
    >>> layer.weight.value[1, :, 0, 0] = -1.0, 0.0, 1.0
    >>> layer([[0.0, 0.0, 5.0, 5.0]]).tolist()
    [[0.0, 5.0, 5.0, -5.0]]
    """

    remembers = ("_patches",)
    in_features: int
    out_features: int

    def __init__(
        self,
        shape: Sequence[int],
        filters: int,
        *,
        size: int = 3,
        rng: np.random.Generator | int,
        dtype: DTypeLike = float,
    ) -> None:
        shape = _image_shape(shape)
        size, filters = positive_int("size", size), positive_int("filters", filters)
        if size % 2 == 0:
            raise ValueError(f"size must be odd, got {size}")
        rng = random_generator("rng", rng)
        dtype = float_dtype("dtype", dtype)
        weights = (size, size, shape[2], filters)
        weight = rng.normal(0, np.sqrt(2 / prod(weights[:3])), weights)
        self._set(shape, Parameter(weight.astype(dtype)), Parameter(np.zeros(filters, dtype)))

    @classmethod
    def from_arrays(cls, shape: Sequence[int], weight: ArrayLike, bias: ArrayLike) -> Conv2d:
        """The layer with these weights (s, s, K, F) and biases (F,), for images of this shape.

        Raises
        ------
        TypeError, ValueError
            If `shape` is not three positive integers, or another argument is not a finite array of
            real numbers of that shape, s odd and K the channels of `shape`.
        """
        shape = _image_shape(shape)
        W, b = float_array("weight", weight, finite=True), float_array("bias", bias, finite=True)
        size, filters = W.shape[0] if W.ndim else 0, W.shape[-1:]
        if W.shape != (size, size, shape[2], *filters) or size % 2 == 0 or b.shape != filters:
            raise ValueError(
                f"weight must have shape (s, s, {shape[2]}, F), s odd, and bias (F,), "
                f"got {W.shape} and {b.shape}"
            )
        layer = cls.__new__(cls)
        layer._set(shape, Parameter(W), Parameter(b))
        return layer

    def _set(self, shape: tuple[int, int, int], weight: Parameter, bias: Parameter) -> None:
        self.shape, self.weight, self.bias = shape, weight, bias
        self.in_features = prod(shape)
        self.out_features = shape[0] * shape[1] * len(bias.value)
        self._patches: FloatArray | None = None

    def forward(self, X: ArrayLike) -> FloatArray:
        images = _images(X, self.shape, self.weight.value.dtype)
        self._patches = self._cut(images)
        Z = self._patches.dot(self.weight.value.reshape(-1, len(self.bias.value)))
        Z += self.bias.value
        return Z.reshape(len(images), -1)

    def _cut(self, images: FloatArray) -> FloatArray:
        """The surroundings of each pixel of each image: one row of numbers for each."""
        size = len(self.weight.value)
        rim = [(0, 0), (size // 2,) * 2, (size // 2,) * 2, (0, 0)]
        windows = sliding_window_view(np.pad(images, rim), (size, size), axis=(1, 2))
        return windows.transpose(0, 1, 2, 4, 5, 3).reshape(-1, size * size * images.shape[3])

    def backward(self, grad_output: ArrayLike) -> FloatArray:
        """The gradient's own surroundings, with the weights turned by 180 degrees.

        A pixel has gone into the sums of its surroundings, so it collects the gradient from there.
        """
        gradient = self._add_grads(grad_output)
        height, width, channels = self.shape
        turned = self.weight.value[::-1, ::-1].swapaxes(2, 3).reshape(-1, channels)
        sums = gradient.reshape(-1, height, width, gradient.shape[1])
        return self._cut(sums).dot(turned).reshape(len(sums), -1)

    def backward_parameters(self, grad_output: ArrayLike) -> None:
        """Only add the gradients of weights and biases: the first layer needs no more."""
        self._add_grads(grad_output)

    def _add_grads(self, grad_output: ArrayLike) -> FloatArray:
        patches = require_forward(self._patches, self)
        height, width, _ = self.shape
        filters, pixels = len(self.bias.value), height * width
        shape = (len(patches) // pixels, pixels * filters)
        gradient = require_gradient(grad_output, shape, patches.dtype).reshape(-1, filters)
        self.weight.add_grad_product(patches.T, gradient)
        self.bias.add_grad_product(ones(len(gradient), gradient.dtype), gradient)
        return gradient

    def parameters(self) -> list[Parameter]:
        return [self.weight, self.bias]

    def __repr__(self) -> str:
        size, _, _, filters = self.weight.value.shape
        return f"Conv2d({self.shape}, {filters}, size={size})"


class MaxPool2d(Layer):
    r"""The largest number in each block of pixels, for each channel by itself.

    .. math:: A_{rck} = \max_{i,\, j}\; X_{sr + i,\, sc + j,\, k}, \qquad 0 \le i, j < s

    Parameters
    ----------
    shape : (int, int, int)
        Height, width and channels of the images that come in.
    size : int
        Side of a block; height and width must be multiples of it.

    Attributes
    ----------
    in_features : int
        Numbers in a row that comes in: height * width * channels.
    out_features : int
        Numbers in a row that goes out: height * width * channels / size**2.

    Raises
    ------
    TypeError, ValueError
        If `shape` is not three positive integers, or `size` is not a positive integer that divides
        height and width; from `forward`, if X is not (n, height * width * channels); from
        `backward`, if the gradient does not have the output's shape.
    RuntimeError
        From `backward`, before any `forward`.

    References
    ----------
    Weng, Ahuja and Huang (1992), *Cresceptron*.

    Examples
    --------
    >>> import nnlib
    >>> layer = nnlib.MaxPool2d((2, 4, 1))
    >>> layer([[1.0, 2.0, 0.0, 0.0, 3.0, 4.0, 0.0, 5.0]]).tolist()
    [[4.0, 5.0]]
    >>> layer.backward([[1.0, 2.0]]).tolist()
    [[0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 2.0]]
    """

    remembers = ("_blocks", "_A")

    def __init__(self, shape: Sequence[int], *, size: int = 2) -> None:
        self.shape = _image_shape(shape)
        self.size = size = positive_int("size", size)
        if self.shape[0] % size or self.shape[1] % size:
            raise ValueError(f"size must divide height and width, {self.shape[:2]}, got {size}")
        self.in_features = prod(self.shape)
        self.out_features = self.in_features // size**2
        self._blocks: FloatArray | None = None

    def forward(self, X: ArrayLike) -> FloatArray:
        (height, width, channels), size = self.shape, self.size
        cut = (-1, height // size, size, width // size, size, channels)
        self._blocks = _images(X, self.shape).reshape(cut)
        # One axis after the other: numpy is faster so.
        self._A = self._blocks.max(axis=2, keepdims=True).max(axis=4, keepdims=True)
        return self._A.reshape(len(self._A), -1)

    def backward(self, grad_output: ArrayLike) -> FloatArray:
        """Each number of the gradient goes to the pixel that was the largest, the others get 0.

        Where several were equal, they share it. A block that holds NaN has none: it gets NaN.
        """
        blocks, A = require_forward(self._blocks, self), self._A
        shape = (len(A), prod(A.shape[1:]))
        gradient = require_gradient(grad_output, shape, A.dtype).reshape(A.shape)
        largest = blocks == A
        count = largest.sum(axis=(2, 4), keepdims=True, dtype=A.dtype)
        count[count == 0] = np.nan
        return (largest * (gradient / count)).reshape(len(A), -1)

    def __repr__(self) -> str:
        return f"MaxPool2d({self.shape}, size={self.size})"


def _image_shape(shape: Sequence[int]) -> tuple[int, int, int]:
    if not isinstance(shape, Sequence | np.ndarray) or len(shape) != 3:
        raise ValueError(f"shape must be (height, width, channels), got {shape!r}")
    height, width, channels = (positive_int("shape", number) for number in shape)
    return height, width, channels


def _images(
    X: ArrayLike, shape: tuple[int, int, int], dtype: np.dtype[Any] | None = None
) -> FloatArray:
    rows = float_array("X", X, dtype=dtype)
    check_rows("X", rows, prod(shape))
    return rows.reshape(-1, *shape)
