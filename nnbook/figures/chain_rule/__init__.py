"""The chain rule: a change passed from one quantity to the next, and what straight lines miss."""

from __future__ import annotations

from typing import Any, ClassVar

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from nnbook.figures._figure import InteractiveFigure
from nnbook.figures.traits import Number
from nnlib.activations import sigmoid, softplus
from nnlib.plots.style import color, halo, label_axes


class ChainRule(InteractiveFigure):
    r"""Three quantities in a row, and how a change of the first reaches the last.

    .. math:: z \to a = \operatorname{softplus}(z) \to L = (1 - a)^2, \qquad
       \Delta L \approx g'(a)\,f'(z)\,\Delta z

    The error of the straight lines is about :math:`\tfrac12 h''(z)\,\Delta z^2`, where
    :math:`h(z) = g(f(z))`.

    Parameters
    ----------
    z : float
        From -3 to 2.
    dz : float
        The change :math:`\Delta z`, from 0.001 to 1.
    language : str, such as "zh"
    """

    z = Number(0.24, min=-3, max=2, step=0.01)
    dz = Number(0.1, min=0.001, max=1, scale="log")
    presets: ClassVar[dict[str, dict[str, Any]]] = {
        "dz_1": {"z": 0.24, "dz": 1.0},
        "dz_01": {"z": 0.24, "dz": 0.1},
        "dz_001": {"z": 0.24, "dz": 0.01},
        "flat": {"z": 0.54, "dz": 0.1},
    }

    def change(self, dz: float | None = None) -> dict[str, float]:
        """Return slopes and changes for the figure's z and `dz`, by default the figure's own."""
        dz = self.dz if dz is None else dz
        a, end = float(softplus(self.z)), float(softplus(self.z + dz))
        f_slope, g_slope = float(sigmoid(self.z)), -2 * (1 - a)
        line, true = g_slope * f_slope * dz, (1 - end) ** 2 - (1 - a) ** 2
        return {
            "a": a,
            "L": (1 - a) ** 2,
            "f_slope": f_slope,
            "g_slope": g_slope,
            "line_a": f_slope * dz,
            "line_L": line,
            "true_a": end - a,
            "true_L": true,
            "error": true - line,
        }

    def curvature(self) -> float:
        """Return h''(z): half of it is the limit of error / dz^2."""
        slope = float(sigmoid(self.z))
        return 2 * slope**2 - 2 * (1 - float(softplus(self.z))) * slope * float(sigmoid(-self.z))

    def _draw(self) -> Figure:
        figure, (gears, errors) = plt.subplots(1, 2, figsize=(6.6, 3.3), width_ratios=(6, 5))
        now = self.change()
        true = [self.dz, now["true_a"], now["true_L"]]
        line = [self.dz, now["line_a"], now["line_L"]]
        reach = 1.2 * max(map(abs, true + line))
        shades = [color("activation"), color("activation"), color("loss")]
        starts = [("z", self.z), ("a", now["a"]), ("L", now["L"])]
        for part in (0.25, 0.5, 0.75, 1.0):
            ray = self.change(part * self.dz)
            ends = [part * self.dz, ray["true_a"], ray["true_L"]]
            gears.plot(ends, [2, 1, 0], color=color("muted"), linewidth=0.8 if part < 1 else 1.6)
        gears.plot(line, [2, 1, 0], "--", color=color("gradient"), linewidth=1.6)
        gears.plot([0, 0], [2, 0], color=color("muted"), linewidth=0.8)
        for row, (end, straight, shade, (name, value)) in enumerate(
            zip(true, line, shades, starts, strict=True)
        ):
            y = 2 - row
            gears.plot([-reach, reach], [y, y], color=color("grid"), zorder=0)
            style = {"width": 2.2, "headwidth": 8, "headlength": 8, "shrinkA": 0, "shrinkB": 0}
            gears.annotate("", (end, y), (0, y), arrowprops={"color": shade, **style})
            if row:
                hollow = {"markerfacecolor": color("background"), "markeredgewidth": 2}
                gears.plot(straight, y, "o", color=color("gradient"), markersize=8, **hollow)
            text: dict[str, Any] = {"color": shade, "path_effects": halo()}
            gears.text(-0.98 * reach, y + 0.12, f"${name} = {value:.4f}$", **text)
            change = rf"$\Delta {name} = {end:.4g}$"
            gears.text(0.98 * reach, y + 0.12, change, ha="right", fontsize=10.5, **text)
        gears.set(xlim=(-reach, reach), ylim=(-0.5, 2.4))
        gears.axis("off")

        grid = np.logspace(-3, 0, 61)
        changes = [self.change(float(step)) for step in grid]
        for key, quantity, line_style in (("true_L", "loss", "-"), ("error", "gradient", "--")):
            sizes = np.abs([each[key] for each in changes])
            errors.loglog(grid, sizes, line_style, color=color(quantity))
        errors.loglog(self.dz, abs(now["error"]), "o", color=color("gradient"), markersize=8)
        for height, label, quantity in (
            (abs(changes[8]["true_L"]) * 2, r"$|\Delta L|$", "loss"),
            (abs(changes[8]["error"]) / 20, r"$|\Delta L - g' f' \Delta z|$", "gradient"),
        ):
            errors.text(grid[8], height, label, color=color(quantity), path_effects=halo())
        errors.set(xlim=(9e-4, 1.2), ylim=(1e-8, 10))
        label_axes(errors, r"$\Delta z$")
        return figure
