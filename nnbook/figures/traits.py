"""The kinds of state that a figure has. Each refuses a bad value with `TraitError`.

A trait that a reader moves with a control says how far: the limits are here, once, and the
front end makes its sliders from them.
"""

from __future__ import annotations

import numbers
import re
from collections.abc import Sequence
from typing import Any, NoReturn

import numpy as np
import traitlets


class ReadOnly(list[Any]):
    """A list of a figure: changing an entry would not update the figure, so it is refused.

    A copy made by `list`, `copy.deepcopy` or ``+=`` is an ordinary list.
    """

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        raise TypeError(
            "the entries of this list cannot be changed one by one: "
            "set the whole trait, as in w.z = [1, 2, 3]"
        )

    append = clear = extend = insert = pop = remove = reverse = sort = _refuse
    __setitem__ = __delitem__ = _refuse

    def __iadd__(self, other: Any) -> list[Any]:  # type: ignore[misc, override]
        return [*self, *other]

    def __imul__(self, times: Any) -> list[Any]:  # type: ignore[misc, override]
        return [*self] * times

    def __reduce__(self) -> Any:
        return list, (list(self),)


def read_only(value: Any) -> Any:
    """Make each list of a value, also inside another one, one that does not change."""
    return ReadOnly(map(read_only, value)) if isinstance(value, list) else value


class Number(traitlets.TraitType):  # type: ignore[type-arg]
    """A finite number between two limits, moved by a slider.

    Parameters
    ----------
    default : float
    min, max : float
    step : float
        How far one press of an arrow key moves the slider.
    scale : {"linear", "log"}
        A logarithmic slider needs `min` above zero.
    """

    def __init__(
        self, default: float, *, min: float, max: float, step: float = 0.01, scale: str = "linear"
    ) -> None:
        self.min, self.max, self.step, self.scale = min, max, step, scale
        super().__init__(default_value=default)
        self.tag(sync=True, figure=True)

    def validate(self, obj: Any, value: object) -> float:
        if isinstance(value, bool | np.bool_) or not isinstance(value, numbers.Real):
            raise traitlets.TraitError(f"{self.name} must be a real number, got {value!r}")
        number = float(value)
        if not self.min <= number <= self.max:  # also false for NaN
            raise traitlets.TraitError(
                f"{self.name} must be from {self.min:g} to {self.max:g}, got {value!r}"
            )
        return number

    def control(self) -> dict[str, Any]:
        """Describe the slider for the front end."""
        return {"min": self.min, "max": self.max, "step": self.step, "scale": self.scale}


class Whole(Number):
    """A whole number between two limits, moved by a slider."""

    def __init__(self, default: int, *, min: int, max: int, scale: str = "linear") -> None:
        super().__init__(default, min=min, max=max, step=1, scale=scale)

    def validate(self, obj: Any, value: object) -> float:
        if not isinstance(value, numbers.Integral):
            raise traitlets.TraitError(f"{self.name} must be a whole number, got {value!r}")
        return int(super().validate(obj, value))

    def control(self) -> dict[str, Any]:
        return super().control() | {"whole": True}


class Choice(traitlets.Enum):  # type: ignore[type-arg]
    """One of several values, chosen by a row of buttons; the first is the default."""

    def __init__(self, values: Sequence[Any], default: Any = None) -> None:
        super().__init__(list(values), default_value=values[0] if default is None else default)
        self.tag(sync=True, figure=True)

    def control(self) -> dict[str, Any]:
        """Describe the buttons for the front end."""
        return {"values": list(self.values or ())}


class Switch(traitlets.Bool):  # type: ignore[type-arg]
    """Yes or no."""

    def __init__(self, default: bool = False) -> None:
        super().__init__(default)
        self.tag(sync=True, figure=True)

    def control(self) -> dict[str, Any]:
        """Describe the box for the front end."""
        return {}


class Numbers(traitlets.TraitType):  # type: ignore[type-arg]
    """A list of finite numbers, or of lists of them, whose shape stays that of the default.

    Each entry lies between the two limits. Arrays are welcome; lists are stored.

    Parameters
    ----------
    default : list or array of float
    min, max, step : float
        The limits of the sliders that move the entries.
    any_length : bool
        Whether the first axis may have another length, at least 1.
    """

    def __init__(
        self,
        default: Any,
        *,
        min: float,
        max: float,
        step: float = 0.01,
        any_length: bool = False,
    ) -> None:
        self.min, self.max, self.step, self.any_length = min, max, step, any_length
        self.shape = np.shape(default)
        super().__init__(default_value=np.asarray(default, dtype=float).tolist())
        self.tag(sync=True, figure=True)

    def validate(self, obj: Any, value: object) -> list[Any]:
        try:
            array = np.asarray(value, dtype=float)
        except (TypeError, ValueError):
            raise traitlets.TraitError(f"{self.name} must hold numbers, got {value!r}") from None
        expected = array.shape[:1] + self.shape[1:] if self.any_length else self.shape
        if array.shape != expected or array.size == 0:
            raise traitlets.TraitError(
                f"{self.name} must have shape {self.shape}, got {array.shape}"
            )
        if not np.all((array >= self.min) & (array <= self.max)):
            worst = array[~((array >= self.min) & (array <= self.max))][0]
            raise traitlets.TraitError(
                f"every entry of {self.name} must be from {self.min:g} to {self.max:g}, got {worst}"
            )
        return read_only(array.tolist())

    def default(self, obj: Any = None) -> list[Any]:
        return np.asarray(self.default_value).tolist()

    def control(self) -> dict[str, Any]:
        """Describe the sliders for the front end."""
        return {"min": self.min, "max": self.max, "step": self.step, "scale": "linear"}


class Strokes(traitlets.TraitType):  # type: ignore[type-arg]
    """Lines that a reader draws: a list of strokes, each a list of points [x, y] in whole numbers.

    Parameters
    ----------
    min, max : int
        Limits of the coordinates.
    most : int
        Points in all.
    """

    def __init__(self, *, min: int, max: int, most: int) -> None:
        self.min, self.max, self.most = min, max, most
        super().__init__(default_value=[])
        self.tag(sync=True, figure=True)

    def validate(self, obj: Any, value: object) -> list[Any]:
        if not isinstance(value, list | tuple):
            raise traitlets.TraitError(f"{self.name} must be a list of strokes, got {value!r}")
        strokes = [self._points(stroke) for stroke in value]
        count = sum(map(len, strokes))
        if count > self.most:
            raise traitlets.TraitError(
                f"{self.name} must have at most {self.most} points, got {count}"
            )
        return read_only(strokes)

    def _points(self, stroke: object) -> list[list[int]]:
        try:
            points = np.asarray(stroke)
        except ValueError:
            points = np.empty(0)
        if points.ndim != 2 or points.shape[1] != 2 or points.dtype.kind not in "iu":
            raise traitlets.TraitError(
                f"{self.name} must hold points [x, y] in whole numbers, got {stroke!r}"
            )
        if points.min() < self.min or points.max() > self.max:
            raise traitlets.TraitError(
                f"every coordinate of {self.name} must be from {self.min} to {self.max}, "
                f"got {stroke!r}"
            )
        return points.tolist()

    def default(self, obj: Any = None) -> list[Any]:
        return []

    def control(self) -> dict[str, Any]:
        """Describe the pad for the front end."""
        return {"min": self.min, "max": self.max, "most": self.most}


class Rows(traitlets.TraitType):  # type: ignore[type-arg]
    """A list of any length up to a limit, of finite numbers or of rows of them.

    Parameters
    ----------
    default : list
    min, max : float
        The limits of every entry.
    most : int
        The largest length.
    width : int
        Length of each row; 0 for plain numbers, which are then whole.
    """

    def __init__(
        self, default: list[Any], *, min: float, max: float, most: int, width: int = 0
    ) -> None:
        self.min, self.max, self.most, self.width = min, max, most, width
        super().__init__(default_value=default)
        self.tag(sync=True, figure=True)

    def validate(self, obj: Any, value: object) -> list[Any]:
        try:
            array = np.array(value, dtype=float)
        except (TypeError, ValueError):
            raise traitlets.TraitError(f"{self.name} must hold numbers, got {value!r}") from None
        row = (self.width,) if self.width else ()
        if array.shape == (0,):
            return ReadOnly()
        if array.ndim == 0 or array.shape[1:] != row:
            raise traitlets.TraitError(
                f"{self.name} must have shape {('n', *row)}, got {array.shape}"
            )
        if len(array) > self.most:
            raise traitlets.TraitError(
                f"{self.name} must have at most {self.most} entries, got {len(array)}"
            )
        if not np.all((array >= self.min) & (array <= self.max)):
            raise traitlets.TraitError(
                f"every entry of {self.name} must be from {self.min:g} to {self.max:g}"
            )
        if not self.width and np.any(array != np.round(array)):
            raise traitlets.TraitError(f"every entry of {self.name} must be a whole number")
        return read_only(array.tolist() if self.width else array.astype(int).tolist())

    def default(self, obj: Any = None) -> list[Any]:
        return [*self.default_value]

    def control(self) -> dict[str, Any]:
        """Describe the limits for the front end."""
        return {"min": self.min, "max": self.max, "most": self.most}


class Pairs(traitlets.TraitType):  # type: ignore[type-arg]
    """A list of pairs [one, other] of names: what was done, in order.

    Parameters
    ----------
    ones, others : list of str
        The names that may come first, and second.
    """

    def __init__(self, ones: list[str], others: list[str]) -> None:
        self.names = ones, others
        super().__init__(default_value=[])
        self.tag(sync=True, figure=True)

    def validate(self, obj: Any, value: object) -> list[Any]:
        if not isinstance(value, list | tuple):
            raise traitlets.TraitError(f"{self.name} must be a list of pairs, got {value!r}")
        for pair in value:
            if not isinstance(pair, list | tuple) or len(pair) != 2:
                raise traitlets.TraitError(f"{self.name} must hold pairs of names, got {pair!r}")
            for name, known in zip(pair, self.names, strict=True):
                if name not in known:
                    raise traitlets.TraitError(
                        f"{self.name} has {name!r} in {pair!r}: it must be one of "
                        f"{', '.join(known)}"
                    )
        return read_only([list(pair) for pair in value])

    def default(self, obj: Any = None) -> list[Any]:
        return []

    def control(self) -> dict[str, Any]:
        """What moves it are the acts themselves."""
        return {}


class Letters(traitlets.TraitType):  # type: ignore[type-arg]
    """A text of small letters from a to z.

    Parameters
    ----------
    default : str
    least, most : int
        How many letters it has.
    """

    def __init__(self, default: str = "", *, least: int = 0, most: int) -> None:
        self.least, self.most = least, most
        super().__init__(default_value=default)
        self.tag(sync=True, figure=True)

    def validate(self, obj: Any, value: object) -> str:
        if not isinstance(value, str) or not re.fullmatch("[a-z]*", value):
            raise traitlets.TraitError(
                f"{self.name} must be a text of small letters from a to z, got {value!r}"
            )
        if not self.least <= len(value) <= self.most:
            raise traitlets.TraitError(
                f"{self.name} must have {self.least} to {self.most} letters, got {value!r}"
            )
        return value

    def control(self) -> dict[str, Any]:
        """Describe the field for the front end."""
        return {"least": self.least, "most": self.most}
