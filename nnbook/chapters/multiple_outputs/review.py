"""The review questions on networks with several inputs and outputs."""

from __future__ import annotations

import numpy as np

from nnbook.predictions import Choice, Number
from nnbook.review.question import Question, choice, number, tuples
from nnlib.layers import Linear
from nnlib.losses import mse, ssr_derivative
from nnlib.metrics import accuracy, confusion_matrix
from nnlib.preprocessing import one_hot

CLASSES = ("zero", "one", "two")
Pair = tuple[float, float]
Triple = tuple[float, float, float]


def _silent(flower: Pair, first: Triple, second: Triple) -> Choice:
    (u, v, b), (p, q, c) = first, second
    on = Linear.from_arrays([[u, p], [v, q]], [b, c]).forward([flower])[0] > 0
    names = {
        (True, True): "neither",
        (False, False): "both",
        (True, False): "two",
        (False, True): "one",
    }
    return choice(
        ("one", "two", "both", "neither"),
        names[bool(on[0]), bool(on[1])],
        {"flower": flower, "u": u, "v": v, "b": b, "p": p, "q": q, "c": c},
    )


def _output(hidden: Pair, first: Triple, second: Triple, bias: Triple) -> Number:
    z = Linear.from_arrays([first, second], bias).forward([hidden])[0]
    row = float(np.dot(hidden, second[:2])) + bias[1]
    return number(
        "z_2",
        float(z[1]),
        {"hidden": hidden, "row_a": first, "row_b": second, "biases": bias, "own": bias[1]},
        {"first": float(z[0]), "unbiased": float(z[1]) - bias[1], "row": row},
    )


def _pieces(neurons: int) -> Number:
    return number(
        "N",
        1 + neurons + neurons * (neurons - 1) / 2,
        {"neurons": neurons, "crossings": neurons * (neurons - 1) / 2},
        {"line": neurons + 1, "powers": 2**neurons, "doubled": 2 * neurons},
    )


def _predicted(*z: float) -> Choice:
    values = {"z_a": z[0], "z_b": z[1], "z_c": z[2]}
    return choice(CLASSES, CLASSES[int(np.argmax(z))], values)


def _move(hidden: Pair, before: Triple, after: Triple) -> Choice:
    fold = (hidden[0] > 0) != (hidden[1] > 0)
    border = np.argmax(before) != np.argmax(after)
    names = {(True, True): "both", (True, False): "fold", (False, True): "border"}
    return choice(
        ("fold", "border", "both", "neither"),
        names.get((fold, bool(border)), "neither"),
        {"from_sum": hidden[0], "to_sum": hidden[1], "before": before, "after": after},
    )


def _probabilities(*z: float) -> Choice:
    right = "negative" if min(z) < 0 else "yes" if np.isclose(sum(z), 1) else "sum"
    return choice(("yes", "sum", "negative"), right, {"list": z, "sum": sum(z)})


def _pull(target: int, z: float) -> Choice:
    slope = ssr_derivative([z], [float(target)]).item()
    right = "stays" if slope == 0 else "rises" if slope < 0 else "falls"
    return choice(
        ("rises", "falls", "stays"), right, {"target": target, "output": z, "residual": target - z}
    )


def _accuracy(*rows: Triple) -> Number:
    counts = np.array(rows, int)
    true, said = (
        np.repeat(index, counts.ravel()) for index in np.indices(counts.shape).reshape(2, -1)
    )
    assert np.array_equal(confusion_matrix(true, said, 3), counts)
    right = accuracy(one_hot(said, 3), true)
    return number(
        "s",
        right,
        {
            "row_a": rows[0],
            "row_b": rows[1],
            "row_c": rows[2],
            "diagonal": np.trace(counts),
            "all": counts.sum(),
        },
        {"errors": 1 - right, "first": counts[0, 0] / counts[0].sum(), "count": np.trace(counts)},
    )


def _mean(flowers: int, outputs: int, total: float) -> Number:
    share = total / (flowers * outputs)
    targets = np.zeros((flowers, outputs))
    return number(
        "L",
        mse(targets + np.sqrt(share), targets),
        {"flowers": flowers, "outputs": outputs, "total": total, "squares": flowers * outputs},
        {"flowers": total / flowers, "outputs": total / outputs, "sum": total},
        relative=0.02,
    )


def _order(true: int, near: int, far: int) -> Number:
    ratio = (far - true) ** 2 / (near - true) ** 2
    return number(
        "k",
        ratio,
        {"true": true, "near": near, "far": far},
        {"alike": 1, "linear": abs(far - true) / abs(near - true), "root": ratio**2},
    )


QUESTIONS = {
    "silent": Question(
        "sec-multi-forward",
        "relu",
        _silent,
        (
            tuples("1 2, 2 1, 3 1, 0.5 2, 1 1, 2 3, 4 1, 1 3"),
            tuples("-2 1 1, 1 -1 0.5, -1 1 1, 2 1 -1, 1 -2 0.5, -1 1 0.5, -1 2 1, 2 -1 0.5"),
            tuples("1 -1 0.5, -1 1 0.5, -2 3 1, 3 1 -1, -1 0.5 1, 1 1 -6, 1 1 -2, -1 2 -4"),
        ),
    ),
    "output": Question(
        "sec-multi-matrices",
        "weighted-sum",
        _output,
        (
            tuples("2 1, 1 3, 1 2, 4 0, 3 1, 2 2, 1 0.5, 0.5 2, 5 1"),
            tuples("1 -1 3, 2 1 -1, 0 2 1, 1 -0.5 2, 2 -1 0, 1 3 -2, 4 -2 1, 2 -4 1, 1 -1 0.5"),
            tuples("3 2 1, 4 2 0, 1 -1 2, 3 1 1, 1 4 -1, 5 -1 2, 2 6 1, -1 3 2, 2 3 -1"),
            tuples("1 2 0, 0 -1 2, 2 3 0, 2 5 1, 0 3 2, 1 -5 3, 1 4 2, 3 -1 1, 1 -2 0"),
        ),
    ),
    "pieces": Question("sec-multi-surfaces", "pieces", _pieces, ((3, 4, 5, 6, 7, 8, 9, 10),)),
    "predicted": Question(
        "sec-multi-reading",
        "largest",
        _predicted,
        (
            (1.9, -0.4, 0.9, -3, 0.1, 2.5, -1, 0.3, 1),
            (1.0, 1.2, 2.6, -1, 0.2, 1.1, -2, 0.9, 3),
            (-0.2, 1.1, 0.1, -2, 0.7, 1, -0.5, 4, 1.5),
        ),
    ),
    "move": Question(
        "sec-multi-reading",
        "fold-or-border",
        _move,
        (
            tuples("0.3 -0.2, 0.5 0.9, -0.1 0.4, 0.2 0.6, -0.8 -0.3, 0.1 -0.5, 1.2 0.7, -0.4 0.1"),
            tuples(
                "1.2 0.3 0.1, 0.9 0.7 0, 0.4 1.1 0.2, 0.2 0.8 0.3, 0.1 0.6 0.5, "
                "0.7 0.5 0.2, 0.9 0.2 0.1, 0.1 0.3 1"
            ),
            tuples(
                "0.9 0.5 0.1, 0.6 0.8 0.1, 0.9 0.6 0.1, 0.1 0.9 0.3, 0.1 0.4 0.7, "
                "0.3 0.6 0.2, 1.1 0.1 0, 0 0.4 0.8"
            ),
        ),
    ),
    "probabilities": Question(
        "sec-multi-not-probabilities",
        "probabilities",
        _probabilities,
        (
            (0.2, 1.2, 0.6, 0.1, 0.5, 0.9, -0.1, 0.3, 0.7),
            (0.5, -0.3, 0.5, 0.1, 0.25, 0.4, 0.6, 0.3, 0.2),
            (0.3, 0.1, 0.3, 0.8, 0.25, -0.3, 0.5, 0.3, 0.3),
        ),
    ),
    "pull": Question(
        "sec-multi-masking",
        "too-right",
        _pull,
        ((1, 1, 0, 0, 1, 0, 1, 1), (1.43, 0.7, -0.4, 0.3, 1, 0, -0.2, 2.1)),
    ),
    "mean": Question(
        "sec-multi-training",
        "sum-or-mean",
        _mean,
        (
            (10, 50, 20, 25, 40, 5, 100, 8, 30),
            (3, 3, 3, 4, 2, 4, 10, 5, 3),
            (15, 30, 90, 20, 20, 60, 50, 20, 36),
        ),
    ),
    "order": Question(
        "sec-multi-data",
        "one-hot",
        _order,
        ((0, 0, 1, 3, 0, 2, 9, 0, 5), (1, 1, 2, 2, 2, 3, 8, 1, 4), (2, 3, 5, 1, 3, 7, 3, 9, 0)),
    ),
    "accuracy": Question(
        "sec-multi-reading",
        "confusion",
        _accuracy,
        (
            tuples("10 0 0, 9 0 1, 5 0 0, 9 1 0, 6 2 2, 10 0 0, 4 0 1, 7 3 0"),
            tuples("0 7 3, 0 9 1, 1 4 0, 2 8 0, 1 9 0, 1 5 4, 0 5 0, 2 4 4"),
            tuples("0 2 8, 1 1 8, 0 0 5, 0 3 7, 0 3 7, 0 2 8, 2 1 2, 1 2 7"),
        ),
    ),
}
