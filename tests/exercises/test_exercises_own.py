"""Parts 1 to 5 of the reader's own network: answers of learners, and what is said about them."""

# ruff: noqa: B905, PERF401, RET503  learners write like this

import importlib
import itertools
import random

import numpy as np
import pytest

import nnlib
from nnbook import exercises
from nnbook.chapters.backpropagation import own as part_5
from nnbook.exercises.registry import words_of

book = importlib.import_module("my_network")  # `nnbook.exercises` makes it
RIGHT, WRONG = [], []


OWN = {
    "networks-own": ["layer"],
    "activations-own": ["relu", "relu_slope"],
    "losses-own": ["mse", "mse_slope"],
    "gradient_descent-own": ["step", "train"],
    "backpropagation-own": ["forward", "backward", "tried_slopes"],
}


def right(name):
    def keep(function):
        RIGHT.append((name, function))
        return function

    return keep


def wrong(name, mistake, said=""):
    """Keep a wrong function: the mistake that is named, and a part of what is said."""

    def keep(function):
        WRONG.append((name, mistake, said, function))
        return function

    return keep


def answers(name, function):
    """Return the book's functions of a part, that replaced whose name this one's begins with."""
    replaced = max(filter(function.__name__.startswith, OWN[name]), key=len)
    return [function if own == replaced else getattr(book, own) for own in OWN[name]]


# -- Part 1: a layer ---------------------------------------------------------------------------


@right("networks-own")
def layer_by_loops(X, W, b):
    n, d, m = len(X), len(W), len(b)
    Z = np.zeros((n, m))
    for i in range(n):
        for j in range(m):
            for k in range(d):
                Z[i, j] += X[i, k] * W[k, j]
            Z[i, j] += b[j]
    return Z


@right("networks-own")
def layer_by_einsum(X, W, b):
    return np.einsum("nd,dm->nm", X, W) + b[None, :]


@right("networks-own")
def layer_in_place(inputs, weights, biases):
    sums = np.dot(inputs, weights)
    sums += biases
    return sums


@right("networks-own")
def layer_of_rows(X, W, b):
    return [[sum(x * w for x, w in zip(row, column)) + c for column, c in zip(W.T, b)] for row in X]


@right("networks-own")
def layer_with_a_column_of_ones(X, W, b):
    return np.hstack([X, np.ones((len(X), 1))]) @ np.vstack([W, b])


@right("networks-own")
def layer_turned_twice(X, W, b):
    return (W.T @ X.T + b.reshape(-1, 1)).T


@wrong("networks-own", "bias_forgotten")
def layer_without_bias(X, W, b):
    return np.dot(X, W)


@wrong("networks-own", "entry_by_entry")
def layer_starred(X, W, b):
    return b + W * X


@wrong("networks-own", "weights_turned")
def layer_with_rows_of_neurons(X, W, b):
    return np.matmul(X, W.T) + b


@wrong("networks-own", "weights_first")
def layer_weights_first(X, W, b):
    return W @ X + b


@wrong("networks-own", "bias_for_each_input")
def layer_bias_in_the_loop(X, W, b):
    Z = np.zeros((len(X), len(b)))
    for k in range(len(W)):
        Z += np.outer(X[:, k], W[k]) + b
    return Z


@wrong("networks-own", "bent")
def layer_already_bent(X, W, b):
    Z = X @ W + b
    return Z * (Z > 0)


@wrong("networks-own", "whole_numbers")
def layer_into_whole_numbers(X, W, b):
    Z = np.zeros((len(X), len(b)), dtype=X.dtype)
    for i, j in np.ndindex(Z.shape):
        Z[i, j] = X[i] @ W[:, j] + b[j]
    return Z


@wrong("networks-own", "mutated", "changes the array")
def layer_into_the_weights(X, W, b):
    W *= 2
    return X @ W / 2 + b


@wrong("networks-own", "bias_for_each_sample")
def layer_bias_down_the_column(X, W, b):
    return X @ W + b.reshape(-1, 1)


@wrong("networks-own", "first_neuron")
def layer_of_one_neuron(X, W, b):
    return X @ W[:, 0] + b[0]


@wrong("networks-own", None, "returned None")
def layer_printed(X, W, b):
    print(X @ W + b)


@wrong("networks-own", "forbidden", "nnlib")
def layer_of_nnlib(X, W, b):
    import nnlib

    return nnlib.Linear.from_arrays(W, b).forward(X)


# -- Part 2: ReLU -------------------------------------------------------------------------------


@right("activations-own")
def relu_by_where(Z):
    return np.where(Z > 0, Z, 0)


@right("activations-own")
def relu_on_a_copy(Z):
    A = Z.copy()
    A[A < 0] = 0
    return A


@right("activations-own")
def relu_by_half(Z):
    return Z / 2 + abs(Z / 2)


@right("activations-own")
def relu_by_hand(Z):
    return [[max(0, z) for z in row] for row in Z]


@right("activations-own")
def relu_clipped(Z):
    return np.clip(Z, 0, None)


@right("activations-own")
def relu_slope_as_truth(Z):
    return Z > 0


@right("activations-own")
def relu_slope_by_heaviside(Z):
    return np.heaviside(Z, 0)


@right("activations-own")
def relu_slope_by_sign(Z):
    return np.maximum(np.sign(Z), 0)


@right("activations-own")
def relu_slope_by_loops(Z):
    S = np.zeros_like(Z)
    for place, z in np.ndenumerate(Z):
        if z > 0:
            S[place] = 1
    return S


@wrong("activations-own", "one_number_at_a_time", "code stopped")
def relu_by_max(Z):
    return max(0, Z)


@wrong("activations-own", "one_number_at_a_time", "code stopped")
def relu_by_if(Z):
    if Z > 0:
        return Z
    return 0


@wrong("activations-own", "largest_of_each_column")
def relu_by_np_max(Z):
    return np.max(Z, 0)


@wrong("activations-own", "zero_for_array", "`np.maximum`")
def relu_by_np_max_of_zero(Z):
    return np.max(0, Z)


@wrong("activations-own", "mutated")
def relu_in_place(Z):
    Z[Z < 0] = 0
    return Z


@wrong("activations-own", "leaky")
def relu_leaking(Z):
    return np.where(Z > 0, Z, 0.01 * Z)


@wrong("activations-own", "size")
def relu_of_the_size(Z):
    return (Z**2) ** 0.5


@wrong("activations-own", None, "relu")
def relu_shifted(Z):
    return np.maximum(Z, 0) - 0.1


@wrong("activations-own", "on_at_the_corner", "borderline")
def relu_slope_at_zero(Z):
    return 1.0 * (Z >= 0)


@wrong("activations-own", "sign")
def relu_slope_of_the_size(Z):
    return np.where(Z > 0, 1, np.where(Z < 0, -1, 0))


@wrong("activations-own", "value_for_slope")
def relu_slope_once_more(Z):
    return Z * (Z > 0)


@wrong("activations-own", "sum_for_slope")
def relu_slope_mixed(Z):
    return np.maximum(Z, 1.0 * (Z <= 0))


@wrong("activations-own", "slope_never_zero")
def relu_slope_everywhere(Z):
    return np.full(Z.shape, 1.0)


@wrong("activations-own", "largest_of_all")
def relu_of_the_largest(Z):
    return max(0, Z.max())


# -- Part 3: the loss ---------------------------------------------------------------------------


@right("losses-own")
def mse_by_size(Y_hat, Y):
    return ((Y_hat - Y) ** 2).sum() / Y.size


@right("losses-own")
def mse_by_loops(predictions, targets):
    squares = [(t - p) ** 2 for p, t in zip(predictions.flat, targets.flat)]
    return sum(squares) / len(squares)


@right("losses-own")
def mse_in_two_means(Y_hat, Y):
    return np.square(Y - Y_hat).mean(axis=1).mean()


@right("losses-own")
def mse_by_vdot(Y_hat, Y):
    R = Y_hat - Y
    return np.vdot(R, R) / R.size


@right("losses-own")
def mse_slope_turned(Y_hat, Y):
    return 2 * (Y_hat - Y) / (len(Y) * Y.shape[1])


@right("losses-own")
def mse_slope_by_loops(Y_hat, Y):
    return [[-2 * (t - p) / Y.size for p, t in zip(*rows)] for rows in zip(Y_hat, Y)]


@right("losses-own")
def mse_slope_in_place(Y_hat, Y):
    G = np.subtract(Y_hat, Y, dtype=float)
    G *= 2 / G.size
    return G


@wrong("losses-own", "loss_summed")
def mse_summed(Y_hat, Y):
    return np.sum((Y - Y_hat) ** 2)


@wrong("losses-own", "divided_by_samples")
def mse_by_rows(Y_hat, Y):
    return np.sum((Y - Y_hat) ** 2) / len(Y)


@wrong("losses-own", "mean_squared")
def mse_brackets(Y_hat, Y):
    return np.mean(Y - Y_hat) ** 2


@wrong("losses-own", "half_the_mean")
def mse_halved(Y_hat, Y):
    return 0.5 * np.mean((Y - Y_hat) ** 2)


@wrong("losses-own", "root")
def mse_rooted(Y_hat, Y):
    return np.linalg.norm(Y - Y_hat) / np.sqrt(Y.size)


@wrong("losses-own", "one_loss_per_sample")
def mse_per_row(Y_hat, Y):
    return [np.mean((y - p) ** 2) for p, y in zip(Y_hat, Y)]


@wrong("losses-own", "loss_not_averaged")
def mse_squares(Y_hat, Y):
    return (Y - Y_hat) ** 2


@wrong("losses-own", "mutated")
def mse_in_place(Y_hat, Y):
    Y_hat -= Y
    return np.mean(Y_hat**2)


@wrong("losses-own", "slope_turned", "Right: `mse`. Not yet right: `mse_slope`")
def mse_slope_sign(Y_hat, Y):
    return 2 * (Y - Y_hat) / Y.size


@wrong("losses-own", "slope_of_the_sum")
def mse_slope_of_ssr(Y_hat, Y):
    return -2 * (Y - Y_hat)


@wrong("losses-own", "slope_divided_by_samples")
def mse_slope_by_rows(Y_hat, Y):
    return -2 * (Y - Y_hat) / len(Y)


@wrong("losses-own", "two_forgotten")
def mse_slope_without_two(Y_hat, Y):
    return (Y_hat - Y) / Y.size


@wrong("losses-own", "slopes_added", "single number")
def mse_slope_as_number(Y_hat, Y):
    return np.mean(-2 * (Y - Y_hat))


@wrong("losses-own", None, "mse_slope")
def mse_slope_flat(Y_hat, Y):
    return (-2 * (Y - Y_hat) / Y.size)[:, 0]


# -- Part 4: a step, and a training -------------------------------------------------------------


def walk(params, X, Y, slopes_of, lr, batches):
    for batch in batches:
        params = book.step(params, slopes_of(params, X[batch], Y[batch]), lr)
    return params


@right("gradient_descent-own")
def step_by_append(params, slopes, lr):
    moved = []
    for k in range(len(params)):
        moved.append(params[k] + (-lr) * slopes[k])
    return tuple(moved)


@right("gradient_descent-own")
def step_on_copies(params, slopes, lr):
    new = [p.copy() for p in params]
    for p, s in zip(new, slopes):
        p -= lr * s
    return new


@right("gradient_descent-own")
def train_by_shuffle(params, X, Y, slopes_of, lr, size, epochs, rng):
    n = len(X)
    for _ in range(epochs):
        order = np.arange(n)
        rng.shuffle(order)
        batches = [order[k : k + size] for k in range(0, n, size)]
        params = walk(params, X, Y, slopes_of, lr, batches)
    return params


@right("gradient_descent-own")
def train_with_while(params, X, Y, slopes_of, lr, size, epochs, rng):
    while epochs > 0:
        waiting = rng.permutation(len(X)).tolist()
        while waiting:
            batch, waiting = waiting[:size], waiting[size:]
            slopes = slopes_of(params=params, X=X[batch], Y=Y[batch])
            params = [p - lr * s for p, s in zip(params, slopes)]
        epochs -= 1
    return params


@right("gradient_descent-own")
def train_on_shuffled_copies(params, X, Y, slopes_of, lr, size, epochs, rng):
    for _ in range(epochs):
        order = rng.permutation(len(X))
        X, Y = X[order], Y[order]
        for k in range(0, len(X), size):
            params = book.step(params, slopes_of(params, X[k : k + size], Y[k : k + size]), lr)
    return params


@right("gradient_descent-own")
def train_by_choice(params, X, Y, slopes_of, lr, size, epochs, rng):
    for _ in range(epochs):
        order = rng.choice(len(X), len(X), replace=False)
        cuts = range(size, len(X), size)
        params = walk(params, X, Y, slopes_of, lr, np.split(order, cuts))
    return params


@right("gradient_descent-own")
def train_by_sorting(params, X, Y, slopes_of, lr, size, epochs, rng):
    steps = -(-len(X) // size)
    for _ in range(epochs):
        order = np.argsort(rng.random(len(X)))
        batches = [np.sort(order[k * size : (k + 1) * size]) for k in range(steps)]
        params = walk(params, X, Y, slopes_of, lr, batches)
    return params


@right("gradient_descent-own")
def train_in_place_on_copies(params, X, Y, slopes_of, lr, size, epochs, rng):
    params, order = [p.copy() for p in params], np.arange(len(X))
    for _ in range(epochs):
        rng.shuffle(order)
        for k in range(0, len(X), size):
            rows = order[k : k + size]
            for p, s in zip(params, slopes_of(params, X[rows], Y[rows])):
                p -= lr * s
    return params


@right("gradient_descent-own")
def train_that_asks_for_each_array(params, X, Y, slopes_of, lr, size, epochs, rng):
    for _ in range(epochs):
        order = rng.permutation(len(X))
        for k in range(0, len(X), size):
            rows = order[k : k + size]
            params = [
                params[i] - lr * slopes_of(params, X[rows], Y[rows])[i] for i in range(len(params))
            ]
    return params


@right("gradient_descent-own")
def train_without_what_fills_no_batch(params, X, Y, slopes_of, lr, size, epochs, rng):
    for _ in range(epochs):
        order = rng.permutation(len(X))
        for k in range(len(X) // size):
            rows = order[k * size : (k + 1) * size]
            params = book.step(params, slopes_of(params, X[rows], Y[rows]), lr)
    return params


@wrong("gradient_descent-own", "uphill", "`W1` of `step`")
def step_up(params, slopes, lr):
    return [p + lr * s for p, s in zip(params, slopes)]


@wrong("gradient_descent-own", "mutated")
def step_in_place(params, slopes, lr):
    for p, s in zip(params, slopes):
        p -= lr * s
    return params


@wrong("gradient_descent-own", "mutated")
def step_into_the_list(params, slopes, lr):
    for k in range(len(params)):
        params[k] = params[k] - lr * slopes[k]
    return params


@wrong("gradient_descent-own", "nothing_moved")
def step_renamed(params, slopes, lr):
    for p, s in zip(params, slopes):
        p = p - lr * s
    return params


@wrong("gradient_descent-own", "first_parameter", "should return 4 results")
def step_returned_early(params, slopes, lr):
    for p, s in zip(params, slopes):
        return p - lr * s


@wrong("gradient_descent-own", "list_for_array", "code stopped")
def step_of_lists(params, slopes, lr):
    return params - lr * slopes


@wrong("gradient_descent-own", "rate_forgotten")
def step_without_rate(params, slopes, lr):
    return [p - s for p, s in zip(params, slopes)]


@wrong("gradient_descent-own", "weights_alone", "`b1` of `step`")
def step_of_weights_only(params, slopes, lr):
    return [p - lr * s if p.ndim == 2 else p for p, s in zip(params, slopes)]


def trained(order_of="rng.permutation(len(X))", cut="order[first : first + size]", **changed):
    """Return the book's training with some of its code replaced, as a learner would write it."""
    parts = {
        "before": "pass",
        "epochs": "range(epochs)",
        "firsts": "range(0, len(X), size)",
        "X": "X[batch]",
        "Y": "Y[batch]",
        "at": "params",
        "keep": "params = ",
        "inner": "pass",
        "outer": "pass",
    } | changed
    code = f"""
def train(params, X, Y, slopes_of, lr, size, epochs, rng):
    start = params
    {parts["before"]}
    for epoch in {parts["epochs"]}:
        begun = params
        order = {order_of}
        for first in {parts["firsts"]}:
            batch = {cut}
            {parts["keep"]}step(params, slopes_of({parts["at"]}, {parts["X"]}, {parts["Y"]}), lr)
            {parts["inner"]}
        {parts["outer"]}
    return params
"""
    space = {"np": np, "step": book.step, "random": random}
    exec(code, space)
    return space["train"]


EQUALLY = {"cut": "first", "firsts": "np.array_split(order, -(-len(X) // size))"}
LEFT_OUT = {"firsts": "range(0, len(X) - size + 1, size)"}
TRAININGS = [
    ("not_shuffled", "with a new order", trained("np.arange(len(X))")),
    ("not_shuffled", "", trained("range(len(X))", "list(order[first : first + size])")),
    (
        "shuffled_once",
        "with a new order",
        trained("order", before="order = rng.permutation(len(X))"),
    ),
    ("shuffled_once", "", trained("np.random.default_rng(0).permutation(len(X))")),
    (
        "another_generator",
        "`rng`",
        trained("mine.permutation(len(X))", before="mine = np.random.default_rng(5)"),
    ),
    ("another_seed", "`rng`", trained("np.random.default_rng().permutation(len(X))")),
    ("targets_as_they_lie", "belong to another one", trained(Y="Y[first : first + len(batch)]")),
    ("all_targets", "code stopped", trained(Y="Y")),
    ("whole_data", "the sizes of its batches", trained(X="X", Y="Y")),
    ("as_many_as_size", "", trained(cut="first", firsts="np.array_split(order, size)")),
    ("overlapping", "Not yet right: the number of steps", trained(firsts="range(len(X))")),
    ("same_size", "the sizes of its batches", trained(cut="rng.choice(len(X), size)")),
    ("same_size", "the sizes of its batches", trained(cut="order[:size]")),
    (
        "drawn_anew",
        "how often each sample",
        trained(cut="rng.choice(len(X), len(order[first:][:size]))"),
    ),
    ("one_batch", "Not yet right: the number of steps", trained(firsts="[0]")),
    ("step_not_kept", "the length of each step", trained(keep="")),
    ("step_not_kept", "the length of each step", trained(keep="new = ")),
    ("frozen_at_the_start", "the length of each step", trained(at="start")),
    ("frozen_in_an_epoch", "the length of each step", trained(at="begun")),
    (
        "from_the_start",
        "the length of each step",
        trained("rng.permutation(len(X)); params = start"),
    ),
    ("returned_in_the_loop", "Not yet right: the number of steps", trained(inner="return params")),
    (
        "returned_after_an_epoch",
        "Not yet right: the number of steps",
        trained(outer="return params"),
    ),
    ("returned_after_an_epoch", "Not yet right: the number of steps", trained(epochs="range(1)")),
    (None, "Not yet right: the number of steps", trained(epochs="range(1, epochs)")),
    *(
        one
        for way in (EQUALLY, LEFT_OUT)
        for one in (
            ("not_shuffled", "with a new order", trained("np.arange(len(X))", **way)),
            ("shuffled_once", "", trained("np.random.default_rng(0).permutation(len(X))", **way)),
            (
                "another_seed",
                "`rng`",
                trained("np.random.default_rng().permutation(len(X))", **way),
            ),
            ("step_not_kept", "the length of each step", trained(keep="", **way)),
            ("frozen_at_the_start", "the length of each step", trained(at="start", **way)),
            ("frozen_in_an_epoch", "the length of each step", trained(at="begun", **way)),
            ("returned_in_the_loop", "the number of steps", trained(inner="return params", **way)),
        )
    ),
    (None, "the length of each step", trained(inner="lr = lr / 2")),
    (None, "the length of each step", trained(before="lr = lr / size")),
    ("rows_for_numbers", "code stopped", trained(cut="X[first : first + size]")),
    (
        "ends_at_size",
        "Not yet right: the number of steps",
        trained(cut="order[first:size]"),
    ),
    (None, "the start at `params`", trained(before="params = [0 * p for p in params]")),
    ("mutated", "", trained(before="rng.shuffle(X)")),
    ("mutated", "", trained(inner="start[0] *= 1.5")),
    (None, "too many values", trained(outer="params = params + [0]")),
]


@wrong("gradient_descent-own", "params_not_handed", ": slopes_of() missing")
def train_without_params(params, X, Y, slopes_of, lr, size, epochs, rng):
    for _ in range(epochs):
        order = rng.permutation(len(X))
        for first in range(0, len(X), size):
            batch = order[first : first + size]
            params = book.step(params, slopes_of(X[batch], Y[batch]), lr)
    return params


# -- Part 5: forward, backward, and a check -----------------------------------------------------


@right("backpropagation-own")
def forward_by_hand(params, X):
    Z = X @ params[0] + params[1]
    A = Z * (Z > 0)
    return [Z, A, A @ params[2] + params[3]]


@right("backpropagation-own")
def forward_with_names(weights, inputs):
    first, second = weights[:2], weights[2:]
    sums = book.layer(inputs, *first)
    return sums, book.relu(sums), book.layer(book.relu(sums), *second)


@right("backpropagation-own")
def backward_by_einsum(params, X, Z, A, G):
    D = np.einsum("nk,hk->nh", G, params[2]) * (A > 0)
    return (
        np.einsum("nd,nh->dh", X, D),
        np.einsum("nh->h", D),
        np.einsum("nh,nk->hk", A, G),
        np.einsum("nk->k", G),
    )


@right("backpropagation-own")
def backward_sample_by_sample(params, X, Z, A, G):
    total = [np.zeros(p.shape) for p in params]
    for x, z, a, g in zip(X, Z, A, G):
        d = (params[2] @ g) * (z > 0)
        for t, s in zip(total, (np.outer(x, d), d, np.outer(a, g), g)):
            t += s
    return total


@right("backpropagation-own")
def backward_in_place(params, X, Z, A, G):
    D = G @ params[2].T
    D[Z <= 0] = 0
    ones = np.ones(len(X))
    return [X.T.dot(D), ones @ D, A.T.dot(G), ones @ G]


@right("backpropagation-own")
def tried_slopes_on_copies(loss, params, h=1e-6):
    slopes = []
    for k, p in enumerate(params):
        s = np.empty(p.shape)
        for place in itertools.product(*map(range, p.shape)):
            up, down = ([q.copy() for q in params] for _ in range(2))
            up[k][place] += h
            down[k][place] -= h
            s[place] = (loss(up) - loss(down)) / (2 * h)
        slopes.append(s)
    return slopes


@right("backpropagation-own")
def tried_slopes_flat(loss, params, h=0.000001):
    def slope(p, i):
        kept = p.flat[i]
        ends = []
        for sign in (1, -1):
            p.flat[i] = kept + sign * h
            ends.append(loss(params))
        p.flat[i] = kept
        return (ends[0] - ends[1]) / h / 2

    return [np.reshape([slope(p, i) for i in range(p.size)], p.shape) for p in params]


@right("backpropagation-own")
def tried_slopes_with_unit_moves(loss, params, h=1e-6):
    out = []
    for k, p in enumerate(params):
        moves = h * np.eye(p.size).reshape(p.size, *p.shape)
        ends = [
            [loss([*params[:k], p + sign * move, *params[k + 1 :]]) for move in moves]
            for sign in (1, -1)
        ]
        out.append((np.subtract(*ends) / (2 * h)).reshape(p.shape))
    return out


@wrong("backpropagation-own", "bend_forgotten", "the activations `A`")
def forward_unbent(params, X):
    W1, b1, W2, b2 = params
    Z = X @ W1 + b1
    return Z, Z, Z @ W2 + b2


@wrong("backpropagation-own", "sums_for_activations", "the output of `forward`")
def forward_past_the_bend(params, X):
    W1, b1, W2, b2 = params
    Z = X @ W1 + b1
    return Z, np.maximum(Z, 0), Z @ W2 + b2


@wrong("backpropagation-own", "output_bent")
def forward_all_bent(params, X):
    Z, A, out = book.forward(params, X)
    return Z, A, np.maximum(out, 0)


@wrong("backpropagation-own", "output_alone", "should return 3 results")
def forward_output_only(params, X):
    return book.forward(params, X)[-1]


@wrong("backpropagation-own", "sums_bent", "the sums `Z`")
def forward_one_name(params, X):
    _, A, out = book.forward(params, X)
    return A, A, out


def backward_of(D="(G @ W2.T) * (Z > 0)", W1="X.T @ D", b1="D.sum(0)", W2="A.T @ G", b2="G.sum(0)"):
    """Return a way back as a learner would write it, with some of its code replaced."""
    code = f"""
def backward(params, X, Z, A, G):
    n, W2 = len(X), params[2]
    D = {D}
    return [{W1}, {b1}, {W2}, {b2}]
"""
    space = {"np": np}
    exec(code, space)
    return space["backward"]


BACKWARD = [
    ("gate_forgotten", "`W1`", {"D": "G @ W2.T"}),
    ("value_for_gate", "`W1`", {"D": "(G @ W2.T) * np.maximum(Z, 0)"}),
    ("value_for_gate", "`W1`", {"D": "(G @ W2.T) * A"}),
    ("gate_as_matrix", "`W1`", {"D": "(G @ W2.T) @ np.where(Z > 0, 1.0, 0.0)"}),
    ("weights_not_turned", "`W1`", {"D": "(G @ W2) * (Z > 0)"}),
    ("first_slopes_turned", "`W1`", {"W1": "D.T @ X"}),
    ("samples_not_turned", "`W1`", {"W1": "X @ D"}),
    ("signal_of_the_output", "`W1`", {"W1": "X.T @ G"}),
    ("missing_minus", "`W1`", {"D": "-(G @ W2.T) * (Z > 0)"}),
    (
        "divided_by_samples",
        "`W1`",
        {"W1": "X.T @ D / n", "b1": "D.mean(0)", "W2": "A.T @ G / n", "b2": "G.mean(0)"},
    ),
    ("on_at_the_corner", "`b1`", {"D": "(G @ W2.T) * (Z >= 0)"}),
    ("gate_forgotten_for_biases", "`b1`", {"b1": "(G @ W2.T).sum(0)"}),
    ("first_bias_averaged", "`b1`", {"b1": "D.mean(axis=0)"}),
    ("first_bias_one_number", "`b1`", {"b1": "D.sum()"}),
    ("first_bias_by_samples", "`b1`", {"b1": "D.sum(axis=1)"}),
    ("first_bias_not_summed", "`b1`", {"b1": "D"}),
    ("first_bias_of_the_output", "`b1`", {"b1": "G.sum(0)"}),
    ("weights_before_biases", "`b1`", {"b1": "A.T @ G", "W2": "D.sum(0)"}),
    (None, "`b1`", {"b1": "D.sum(0, keepdims=True)"}),
    ("sums_into_second", "`W2`", {"W2": "Z.T @ G"}),
    ("inputs_into_second", "`W2`", {"W2": "X.T @ G"}),
    ("second_slopes_turned", "`W2`", {"W2": "G.T @ A"}),
    ("hidden_signal_in_second", "`W2`", {"W2": "A.T @ D"}),
    ("missing_minus", "`W2`", {"W2": "-A.T @ G"}),
    ("second_bias_averaged", "`b2`", {"b2": "np.mean(G, axis=0)"}),
    ("second_bias_one_number", "`b2`", {"b2": "np.sum(G)"}),
    ("second_bias_by_samples", "`b2`", {"b2": "G.sum(1)"}),
    ("second_bias_not_summed", "`b2`", {"b2": "G"}),
    ("twice", "`b2`", {"b2": "2 * G.sum(0)"}),
]


@wrong("backpropagation-own", "mutated")
def backward_into_the_signal(params, X, Z, A, G):
    slopes = book.backward(params, X, Z, A, G)
    G *= 2
    return slopes


def tried_of(up="p[place] = before + h", down="p[place] = before - h", **changed):
    """Return a check as a learner would write it, with some of its code replaced."""
    parts = {
        "above": "loss(params)",
        "below": "loss(params)",
        "slope": "(above - below) / (2 * h)",
        "back": "p[place] = before",
        "places": "np.ndindex(p.shape)",
        "after": "pass",
    } | changed
    code = f"""
def tried_slopes(loss, params, h=1e-6):
    slopes = [np.zeros(p.shape) for p in params]
    for p, s in zip(params, slopes):
        for place in {parts["places"]}:
            before = p[place]
            {up}
            above = {parts["above"]}
            {down}
            below = {parts["below"]}
            s[place] = {parts["slope"]}
            {parts["back"]}
        {parts["after"]}
    return slopes
"""
    space = {"np": np}
    exec(code, space)
    return space["tried_slopes"]


TRIED = [
    ("one_sided", {"down": "p[place] = before", "slope": "(above - below) / h"}),
    ("one_sided_halved", {"down": "p[place] = before"}),
    ("loss_of_one_array", {"above": "loss(p)", "below": "loss(p)"}),
    ("two_forgotten", {"slope": "(above - below) / h"}),
    ("brackets_forgotten", {"slope": "(above - below) / 2 * h"}),
    ("not_divided", {"slope": "above - below"}),
    ("below_minus_above", {"slope": "(below - above) / (2 * h)"}),
    ("left_below", {"back": "pass"}),
    ("left_below", {"up": "p[place] += h", "down": "p[place] -= 2 * h", "back": "pass"}),
    ("left_above", {"back": "p[place] = before + h"}),
    ("h_fixed", {"up": "h = 1e-6; p[place] = before + h"}),
    ("h_fixed", {"up": "h = 1e-5; p[place] = before + h"}),
    ("returned_in_the_loop", {"after": "return slopes"}),
    ("not_put_back", {"up": "p[place] += h", "down": "p[place] -= 2 * h", "back": "p[place] += h"}),
    (None, {"slope": "(above - below) / (2 * h) + 1"}),
    ("two_forgotten", {"slope": "2 * (above - below) / (2 * h)"}),
]


@wrong("backpropagation-own", "all_at_once", "tried slopes")
def tried_slopes_of_arrays(loss, params, h=1e-6):
    out = []
    for k in range(len(params)):
        up = [p + h * (i == k) for i, p in enumerate(params)]
        down = [p - h * (i == k) for i, p in enumerate(params)]
        out.append((loss(up) - loss(down)) / (2 * h))
    return out


@wrong("backpropagation-own", None, "2 positional arguments but 3 were given")
def tried_slopes_without_h(loss, params):
    return book.tried_slopes(loss, params)


# -- The tests ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "function"), RIGHT, ids=lambda one: getattr(one, "__name__", one))
def test_an_unusual_right_answer_is_right(name, function):
    verdict = exercises.check(name, *answers(name, function))
    assert verdict.correct, verdict


@pytest.mark.parametrize(
    ("name", "mistake", "said", "function"),
    WRONG
    + [("gradient_descent-own", *one) for one in TRAININGS]
    + [
        ("backpropagation-own", m, f"with respect to {p}.", backward_of(**o))
        for m, p, o in BACKWARD
    ]
    + [("backpropagation-own", mistake, "tried", tried_of(**one)) for mistake, one in TRIED],
)
def test_a_wrong_answer_is_told_its_mistake_and_where(name, mistake, said, function):
    verdict = exercises.check(name, *answers(name, function))
    assert (verdict.correct, verdict.mistake) == (False, mistake), verdict
    assert said in repr(verdict)
    if mistake in words_of(name, "en")["mistakes"]:
        assert words_of(name, "en")["mistakes"][mistake] in verdict.text


def test_the_slopes_of_part_5_are_those_of_nnlib():
    cases = [*part_5.own_cases(np.random.default_rng(0))]
    for _, (params, X, G) in cases:
        (W1, b1, W2, b2) = params
        layers = nnlib.Linear.from_arrays(W1, b1), nnlib.ReLU(), nnlib.Linear.from_arrays(W2, b2)
        model = nnlib.Sequential(*layers)
        np.testing.assert_allclose(part_5.forward(params, X)[2], model.forward(X), rtol=1e-12)
        model.backward(G)
        for slopes, parameter in zip(part_5.backward(params, X, G), model.parameters()):
            np.testing.assert_allclose(slopes, parameter.grad, rtol=1e-12, atol=1e-12)
    assert len(cases) == 10
