"""The exercises on backpropagation: code as learners write it, right and wrong."""

import math

import numpy as np

import nnlib
from nnbook import exercises

LN2 = math.log(2)


def mistake(name, answer):
    verdict = exercises.check(f"backpropagation-{name}", answer)
    assert verdict.correct is False, name
    return verdict.mistake


def accepted(name, *answers):
    verdicts = [exercises.check(f"backpropagation-{name}", answer) for answer in answers]
    return [verdict.text for verdict in verdicts if not verdict.correct] == []


# -- Numbers -------------------------------------------------------------------------------


def test_zeros():
    assert accepted("zeros", (0, 0, 0, 0, -1.39, -1.39, -2), [0.0] * 4 + [-2 * LN2] * 2 + [-2])
    for answer, name in (
        ((0, 0, 0, 0, 0, 0, -2), "bend_ends_at_zero"),
        ((0, 0, 0, 0, -1, -1, -2), "slope_for_value"),
        ((-0.5, -1, -0.5, -1, -1.39, -1.39, -2), "outgoing_weight_forgotten"),
        ((0, 0, 0, 0, -0.46, -0.46, -0.67), "mean_of_samples"),
        ((-1.39, -1.39, -2, 0, 0, 0, 0), "order_of_the_sweep"),
        ((0, 0, 0, 0, 1.386, 1.386, 2), "missing_minus"),
        ((0, 0, 0, 0, -0.693, -0.693, -1), "half"),
    ):
        assert mistake("zeros", answer) == name


def test_relu_is_right_with_two_digits_carried_by_hand():
    """From -0.99 one gets -1.98 and -2.97; exact are -1.987 and -2.980."""
    assert accepted("relu", (0, 0, 0, -1.49, -2.97, 1.49, 0, -1.98, -0.99))
    assert accepted("relu", (0, 0, 0, -1.490, -2.980, 1.490, 0, -1.987, -0.993))


# -- reset: loops --------------------------------------------------------------------------


def loop(before=(), each=(), after=(), path_from=0):
    """Return a training loop that runs these steps: before it, in it, after the list got longer."""

    def bias_path(model, X, y, lr, steps):
        bias = model.layers[-1].bias
        space = {"model": model, "X": X, "y": y, "bias": bias, "nnlib": nnlib, "path": []}
        space["sgd"] = nnlib.SGD([bias], lr=lr)
        for line in before:
            exec(line, space)
        for _ in range(steps):
            for line in each:
                exec(line, space)
        return space["path"]

    return bias_path


FORWARD = "y_hat = model.forward(X)"
RESET = "sgd.zero_grad()"
BACK = "model.backward(nnlib.ssr_derivative(y_hat, y))"
STEP = "sgd.step()"
KEEP = "path.append(bias.value[0])"


def without_an_optimizer(model, X, y, lr, steps):
    bias, path = model.parameters()[3], []
    for _ in range(steps):
        slope = -2 * (y - model.forward(X)).sum()
        bias.value = bias.value - lr * slope
        path.append(float(bias.value[0]))
    return path


def test_reset():
    reset_last = loop(each=[FORWARD, BACK, STEP, KEEP, RESET])
    grad_gone = loop(each=["bias.grad = None", FORWARD, BACK, STEP, KEEP])
    assert accepted("reset", reset_last, grad_gone, without_an_optimizer)
    right = [RESET, FORWARD, BACK, STEP, KEEP]
    uphill = "model.backward(2 * (y - y_hat))"
    mean = "model.backward(-2 * (y - y_hat) / len(y))"
    every = "sgd = nnlib.SGD(model.parameters(), lr=sgd.lr)"
    for answer, name in (
        (loop(each=[FORWARD, BACK, STEP, KEEP]), "gradients_added"),
        (loop(before=[RESET], each=[FORWARD, BACK, STEP, KEEP]), "gradients_added"),
        (loop(before=[FORWARD], each=[RESET, BACK, STEP, KEEP]), "forward_once"),
        (loop(before=[every], each=right), "weights_too"),
        (loop(each=[RESET, FORWARD, uphill, STEP, KEEP]), "uphill"),
        (loop(each=[RESET, FORWARD, mean, STEP, KEEP]), "mean_loss"),
        (loop(each=[KEEP, RESET, FORWARD, BACK, STEP]), "kept_before_the_step"),
        (loop(before=[KEEP], each=right), "start_kept"),
    ):
        assert mistake("reset", answer) == name
    too_early = exercises.check("backpropagation-reset", loop(each=[FORWARD, BACK, RESET, STEP]))
    assert "a parameter has no gradient: call backward before step" in too_early.text


# -- sine: layers --------------------------------------------------------------------------


class Sine(nnlib.Layer):
    def forward(self, X):
        self.slope = np.cos(X)
        return np.sin(X)

    def backward(self, grad_output):
        return np.multiply(self.slope, grad_output)


class OutputKept(Sine):
    def forward(self, X):
        self.out = np.sin(X)
        return self.out

    def backward(self, grad_output):
        return np.cos(self.out) * grad_output


class SlopeOfTheSignal(Sine):
    def backward(self, grad_output):
        return np.cos(grad_output)


class SlopeAlone(Sine):
    def backward(self, grad_output):
        return self.slope


class HandedOn(Sine):
    def backward(self, grad_output):
        return grad_output


class WrongSign(Sine):
    def backward(self, grad_output):
        return 0 - self.slope * grad_output


class ValueForSlope(Sine):
    def forward(self, X):
        self.kept = np.sin(X)
        return self.kept

    def backward(self, grad_output):
        return self.kept * grad_output


class NothingReturned(Sine):
    def backward(self, grad_output):
        self.slope * grad_output


class ForwardPrinted(Sine):
    def forward(self, X):
        print(np.sin(X))


class BackwardMisspelled(nnlib.Layer):
    def forward(self, X):
        return np.sin(X)

    def backwards(self, grad_output):
        return grad_output


def test_sine():
    assert accepted("sine", Sine, Sine())
    for answer, name in (
        (OutputKept, "slope_at_output"),
        (SlopeOfTheSignal, "slope_at_signal"),
        (SlopeAlone, "signal_forgotten"),
        (HandedOn, "slope_forgotten"),
        (WrongSign, "minus_too_many"),
        (ValueForSlope, "sine_for_slope"),
    ):
        assert mistake("sine", answer) == name
    nothing = exercises.check("backpropagation-sine", NothingReturned)
    assert nothing.text.endswith("`backward` returned None. Is a `return` missing?")
    printing = exercises.check("backpropagation-sine", ForwardPrinted)
    assert printing.text.startswith("Tested on ordinary input, [[0.5]], [[2.]]: `forward` returned")
    assert printing.text.endswith("For this input your code printed:\n[[0.47942554]]")
    half = exercises.check("backpropagation-sine", BackwardMisspelled)
    assert half.text.endswith(
        "the method `backward` is missing; it is needed here. Check its name and its indentation."
    )
    no_layer = exercises.check("backpropagation-sine", type("Sine", (), dict(vars(Sine))))
    assert "TypeError: layers must be Layer or Sequential objects" in no_layer.text


# -- shortcut ------------------------------------------------------------------------------


def by_samples(X, W, b, G):
    rows = []
    for x, g in zip(X, G, strict=True):
        delta = g * (1 - np.tanh(x @ W + b) ** 2)
        rows.append(g + W @ delta)
    return np.array(rows)


def by_layers(X, W, b, G):
    branch = nnlib.Sequential(nnlib.Linear.from_arrays(W, b), nnlib.Tanh())
    branch.forward(X)
    return branch.backward(G, input_gradient=True) + G


def bend(X, W, b):
    return 1 - np.tanh(X @ W + b) ** 2


def added_in_place(X, W, b, G):
    G += (G * bend(X, W, b)) @ W.T
    return G


def test_shortcut():
    assert accepted("shortcut", by_samples, by_layers)
    for answer, name in (
        (lambda X, W, b, G: G + np.dot(G * bend(X, W, b), W), "not_transposed"),
        (lambda X, W, b, G: by_layers(X, W, b, G) - G, "shortcut_forgotten"),
        (lambda X, W, b, G: 1 * G, "branch_forgotten"),
        (lambda X, W, b, G: G @ (np.eye(len(b)) + W).T, "bend_forgotten"),
        (lambda X, W, b, G: G + bend(X, W, b) * (G @ W.T), "slope_after_weights"),
        (
            lambda X, W, b, G: G + (G * (1 - np.tanh(np.tanh(X @ W + b)) ** 2)) @ W.T,
            "slope_at_output",
        ),
        (
            lambda X, W, b, G: (G * bend(X, W, b)) @ W.T + G * bend(X, W, b),
            "shortcut_through_the_bend",
        ),
        (lambda X, W, b, G: by_samples(X, W, 0 * b, G), "bias_forgotten"),
        (lambda X, W, b, G: -by_samples(X, W, b, G), "missing_minus"),
        (added_in_place, "mutated"),
    ):
        assert mistake("shortcut", answer) == name
    verdict = exercises.check("backpropagation-shortcut", lambda X, W, b, G: G)
    assert verdict.text.startswith("Only what comes back on the shortcut is there.")
    assert verdict.more.endswith(
        "entry [0, 0] of your result is 1; it should be 1.78964. A central difference agrees: "
        "1.7896."
    )


# -- leaky: a formula ----------------------------------------------------------------------


def test_leaky():
    assert accepted(
        "leaky",
        lambda d, alpha: 1 / (d * (0.5 + 0.5 * alpha * alpha)),
        lambda d, alpha: 2.0 / d / (1 + alpha**2),
    )
    for answer, name in (
        (lambda d, alpha: 1 / d / (0.5 + alpha / 2), "slope_not_squared"),
        (lambda d, alpha: 1 / d / (1 + alpha**2), "halves_forgotten"),
        (lambda d, alpha: 1 / (0.5 * d), "only_the_positive_half"),
        (lambda d, alpha: 1 / (0.5 + alpha**2 / 2), "width_forgotten"),
        (lambda d, alpha: math.sqrt(2 / d / (1 + alpha**2)), "standard_deviation"),
        (lambda d, alpha: d * (0.5 + alpha**2 / 2), "factor_of_the_layer"),
        (lambda d, alpha: 4 / (d + d * alpha**2), "twice"),
    ):
        assert mistake("leaky", answer) == name
    text = exercises.check("backpropagation-leaky", lambda d, alpha: 2 / d).text
    assert text.startswith("This is He's variance, the one for ReLU.")
