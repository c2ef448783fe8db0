"""Move where each training starts by a billionth: what is printed should not change.

A Python whose PYTHONPATH names this folder imports this file as it starts (tools/portable.py). What
an optimizer is to move is then first moved by `SIZE` times a normal number, relative to itself.
MOVED_STARTS seeds these numbers. They are the same for each optimizer, so that two equal trainings
stay equal.
"""

import os
from collections.abc import Sequence
from typing import Any

import numpy as np

from nnlib.optim import Optimizer
from nnlib.parameters import Parameter

SIZE = 1e-9
SEED = int(os.environ.get("MOVED_STARTS", "0"))

_as_written = Optimizer.__init__


def _moved(self: Optimizer, parameters: Sequence[Parameter], **options: Any) -> None:
    _as_written(self, parameters, **options)
    rng = np.random.default_rng(SEED)
    for parameter in self.parameters:
        value = parameter.value
        value *= (1 + SIZE * rng.normal(size=value.shape)).astype(value.dtype)


Optimizer.__init__ = _moved  # type: ignore[method-assign]
