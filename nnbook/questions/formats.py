"""Numbers as text in mini-TeX, as the figures write them: the minus is the typographic one."""

from __future__ import annotations

MINUS = "−"
THIN_SPACE = "\u202f"


def fixed(x: float, decimals: int = 2) -> str:
    """Write with this many decimals: 0.50."""
    text = f"{x:.{decimals}f}"
    return (text.lstrip("-") if float(text) == 0 else text).replace("-", MINUS)


def significant(x: float, digits: int = 3) -> str:
    r"""Write with this many significant digits: 0.0123, 3.5\times10^{-7}."""
    if x != 0 and not 1e-3 <= abs(x) < 1e6:
        mantissa, exponent = f"{x:.{digits - 1}e}".split("e")
        return rf"{mantissa}\times10^{{{int(exponent)}}}".replace("-", MINUS)
    rounded = float(f"{x:.{digits}g}")
    return fixed(rounded, max(0, len(f"{rounded:.10f}".rstrip("0").partition(".")[2])))


def grouped(x: float) -> str:
    """Write a whole number in groups of three, separated by thin spaces."""
    return f"{round(x):,}".replace(",", THIN_SPACE).replace("-", MINUS)
