"""The functions of the book at 60 digits, and how far a float is from them."""

from __future__ import annotations

import mpmath
import numpy as np

mp = mpmath.mp.clone()
mp.dps = 60


def softplus(z):
    return z + mp.log1p(mp.exp(-z)) if z > 0 else mp.log1p(mp.exp(z))


def sigmoid(z):
    return 1 / (1 + mp.exp(-z))


def sigmoid_derivative(z):
    return sigmoid(z) * sigmoid(-z)


def tanh(z):
    return mp.tanh(z)


def tanh_derivative(z):
    return 1 / mp.cosh(z) ** 2


def normal_cdf(z):
    return mp.mpf(z > 0) if abs(z) > 60 else mp.erfc(-z / mp.sqrt(2)) / 2


def normal_density(z):
    return mp.exp(-z * z / 2) / mp.sqrt(2 * mp.pi)


def gelu(z):
    return z * normal_cdf(z)


def gelu_derivative(z):
    return normal_cdf(z) + z * normal_density(z)


def log_sum_exp(z):
    """ln(sum of e^z), the largest taken out so that a dominant one keeps its tiny rest."""
    largest, *rest = sorted((mp.mpf(float(entry)) for entry in z), reverse=True)
    return largest, mp.log1p(mp.fsum(mp.exp(entry - largest) for entry in rest))


def log_softmax(z):
    largest, rest = log_sum_exp(z)
    return [(mp.mpf(float(entry)) - largest) - rest for entry in z]


def softmax(z):
    return [mp.exp(entry) for entry in log_softmax(z)]


def ulps(computed: float, exact, least: float = 0.0) -> float:
    """Distance of a float64 from the exact number, in units in the last place of the latter.

    No unit is smaller than `least`.
    """
    unit = mp.mpf(max(least, float(np.spacing(abs(float(exact))))))
    return float(abs(mp.mpf(float(computed)) - exact) / unit)


def relative_error(computed: float, exact) -> float:
    if exact == 0:
        return 0.0 if computed == 0 else float("inf")
    return float(abs(mp.mpf(float(computed)) - exact) / abs(exact))


def points() -> np.ndarray:
    """Numbers of every size, of both signs: a grid, random ones, and the edges of float64."""
    rng = np.random.default_rng(2024)
    edges = np.array(
        [
            0.0,
            5e-324,
            1e-320,
            2.2250738585072014e-308,
            1e-300,
            1e-100,
            1e-20,
            2.0**-54,
            2.0**-53,
            2.0**-52,
            1e-8,
            0.5,
            np.log(2),
            1.0,
            18.37,
            18.714973875118524,
            19.06,
            22.0,
            36.04365338911715,
            36.7,
            36.7368005696771,
            37.0,
            40.0,
            354.19,
            372.22,
            372.6,
            373.0,
            708.39,
            708.3964185322641,
            709.78,
            709.782712893384,
            710.0,
            744.4400719213812,
            745.0,
            745.1332191019411,
            745.14,
            746.0,
            1e3,
            1e5,
            1e10,
            1e100,
            1e300,
        ]
    )
    sizes = np.concatenate(
        [
            edges,
            np.nextafter(edges, np.inf),
            np.nextafter(edges, -np.inf),
            np.linspace(0, 45, 451),
            np.linspace(0, 1e-3, 101),
            10 ** rng.uniform(-323, 300, 400),
            rng.uniform(0, 1, 200),
            rng.uniform(0, 50, 300),
            rng.uniform(0, 760, 300),
        ]
    )
    return np.concatenate([sizes, -sizes])
