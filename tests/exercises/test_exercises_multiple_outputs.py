"""The exercises on several inputs and outputs, answered as learners answer them."""

import numpy as np
import pytest

from nnbook import exercises

NUMBERS = {
    "forward": {
        (0.0005, 0.1695, 0.8505): None,
        (-0.883, 1.0220, 0.711): "relu_forgotten",
        (0.03 * 2.2 - 0.04, -0.63 * 2.2 + 1.02, 0.63 * 2.2): "hidden_bias_forgotten",
        (0.0405, -0.8505, 0.8505): "output_bias_forgotten",
        (0.57 * 3.55 - 0.04, -0.55 * 3.55 + 1.02, 0.09 * 3.55): "rows_for_columns",
        (0.0785, -1.4685, 2.4885): "inputs_swapped",
        (0, 1.35): "hidden_layer_alone",
    },
    "moves": {
        (-0.126, 0.8505): None,
        (-0.126, 0.882): "fold_overlooked",
        (-1.26, -1.26): "slopes",
        (-0.016, 0.112): "silent_one_counted",
        (-0.063, 0.441): "first_layer_skipped",
        (0.006, -0.0405): "first_output",
        (0.0435, 1.02): "outputs_themselves",
        (0.126, -0.8505): "missing_minus",
    },
}


@pytest.mark.parametrize(
    ("name", "answer", "mistake"),
    [(name, *case) for name, cases in NUMBERS.items() for case in cases.items()],
    ids=str,
)
def test_numbers(name, answer, mistake):
    verdict = exercises.check(f"multiple_outputs-{name}", answer)
    assert (verdict.correct, verdict.mistake) == (mistake is None, mistake)


FUNCTIONS = {
    "shift": {
        "def f(W, b): return W - W[:, [-1]], b - b[-1]": None,
        "def f(W, b): M = np.eye(len(b)); M[-1] -= 1; return [W @ M, b @ M]": None,
        "def f(W, b): W, b = W.copy(), b.copy(); W[:, -1] = 0; b[-1] = 0; return W, b": (
            "last_alone"
        ),
        "def f(W, b): return np.array([row - row[-1] for row in W]), b": "biases_kept",
        "def f(W, b): return W.copy(), b - b[len(b) - 1]": "weights_kept",
        "def f(W, b): return W - W[-1:], b - b[-1]": "last_row",
        "def f(W, b): return (W.T - W.T[0]).T, b - b[0]": "first_at_zero",
        "def f(W, b): return (W.T - W.T.mean(axis=0)).T, b - np.mean(b)": "mean_at_zero",
        "def f(W, b): return (W.T + W.T[-1]).T, b[-1] + b": "added",
        "def f(W, b): c = W[:, -1]; return W - c, b - b[-1]": "axis_dropped",
        "def f(W, b): W -= W[:, -1:].copy(); b -= b[-1]; return W, b": "mutated",
    },
    "pieces": {
        "def f(H): return 1 + (H * H + H) // 2": None,
        "def f(H): return 1 + sum(range(1, H + 1))": None,
        "def f(H, f=lambda f, H: H + f(f, H - 1) if H else 1): return f(f, H)": None,
        "def f(H): return np.power(2.0, H)": "every_pattern",
        "def f(H): return H + 1": "lines_apart",
        "def f(H): return H + H": "two_each",
        "def f(H): return sum(range(H + 1))": "start_forgotten",
        "def f(H): return 1 + sum(range(H))": "one_part_too_few",
        "def f(H): return H**2 + 1": "pairs_twice",
    },
    "centimeters": {
        "def f(W, b, m, s): return np.diag(1 / s) @ W, b - (m / s) @ W": None,
        "def f(W, b, m, s): V = (W.T / s).T; return V, b - V.T @ m": None,
        "def f(W, b, m, s): V = np.divide(W, s); return V, b - V.T @ m": "columns_divided",
        "def f(W, b, m, s): V = np.diag(s) @ W; return V, b - V.T @ m": "multiplied",
        "def f(W, b, m, s): return (W.T / s).T, b": "bias_kept",
        "def f(W, b, m, s): return (W.T / s).T, b + (m / s) @ W": "bias_added",
        "def f(W, b, m, s): return (W.T / s).T, b - W.T @ m": "old_weights_in_bias",
        "def f(W, b, m, s): return W, b - (m / s) @ W": "weights_kept",
        "def f(W, b, m, s): W /= s.reshape(-1, 1); return W, b - m @ W": "mutated",
    },
    "order": {
        "def f(X, y, N): return np.argmax(planes(X, np.eye(3)[y], N), axis=1)": None,
        "def f(X, y, N): return [r.tolist().index(max(r)) for r in planes(X, hot(y), N)]": None,
        "def f(X, y, N): return planes(X, y, N).round().clip(0, 2).astype(int)": "numbers_kept",
        "def f(X, y, N): return np.argmax(N @ np.linalg.lstsq(X, hot(y), None)[0], axis=1)": (
            "bias_forgotten"
        ),
        "def f(X, y, N): return planes(X, hot(y), N)": "outputs_returned",
        "def f(X, y, N): return planes(X, hot(y), N).argmax(axis=0)": "rows_compared",
        "def f(X, y, N): return (-planes(X, hot(y), N)).argmax(axis=1)": "smallest",
        "def f(X, y, N): return 1 + planes(X, hot(y), N).argmax(axis=-1)": "counted_from_one",
        "def f(X, y, N): return planes(X, hot(y), X).argmax(axis=1)": "known_flowers",
    },
    "sum": {
        "def f(A, Y): return planes(A, Y, A)": None,
        "def f(A, Y): C = A - A.mean(0); return Y.mean(0) + C @ np.linalg.pinv(C) @ Y": None,
        "def f(A, Y): return A @ np.linalg.lstsq(A, Y, None)[0]": "bias_forgotten",
        "def f(A, Y): return np.linalg.pinv(np.c_[A, np.ones(len(A))]) @ Y": "parameters_returned",
        "def f(A, Y): return Y - planes(A, Y, A)": "residuals_returned",
        "def f(A, Y): Z = planes(A, Y, A); return (Z.T / Z.T.sum(axis=0)).T": "made_to_add_up",
        "def f(A, Y): D = np.c_[A, np.ones(len(A))]; return D @ np.linalg.inv(D.T @ D) @ D.T @ Y": (
            "dead_neuron"
        ),
    },
}


def planes(X, targets, X_new):
    ones, ones_new = np.ones((len(X), 1)), np.ones((len(X_new), 1))
    return (
        np.hstack([X_new, ones_new]) @ np.linalg.lstsq(np.hstack([X, ones]), targets, rcond=None)[0]
    )


def hot(y):
    return (y[:, np.newaxis] == [0, 1, 2]).astype(float)


def written(code):
    space = {"np": np, "planes": planes, "hot": hot}
    exec(code, space)
    return space["f"]


@pytest.mark.parametrize(
    ("name", "code", "mistake"),
    [(name, *case) for name, cases in FUNCTIONS.items() for case in cases.items()],
    ids=str,
)
def test_functions(name, code, mistake):
    verdict = exercises.check(f"multiple_outputs-{name}", written(code))
    assert (verdict.correct, verdict.mistake) == (mistake is None, mistake), verdict


def test_a_verdict_says_what_to_change_and_shows_an_example():
    verdict = exercises.check("multiple_outputs-pieces", lambda H: 2**H)
    assert "three lines leave 7 pieces at most, not 8" in verdict.text
    assert "Tested on ordinary input, 3: your answer gives 8; it should be 7." in verdict.more


def test_results_are_told_by_their_number_and_by_the_shape_of_each():
    verdict = exercises.check("multiple_outputs-shift", lambda W, b: W - W[:, -1:])
    assert verdict.mistake is None
    assert "should return 2 results, separated by a comma; it returned 1." in verdict.text
    verdict = exercises.check("multiple_outputs-shift", lambda W, b: (W.T, b - b[-1]))
    assert "result 1 of your function is an array of shape (3, 2); it should be" in verdict.text


def test_a_dead_neuron_shows_where_the_code_stopped():
    code = FUNCTIONS["sum"]
    (inverse,) = (line for line, mistake in code.items() if mistake == "dead_neuron")
    verdict = exercises.check("multiple_outputs-sum", written(inverse))
    assert "borderline" in verdict.text
    assert "LinAlgError: Singular matrix" in verdict.text
