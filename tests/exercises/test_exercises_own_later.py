"""Parts 6 to 10 of the own network, as learners write them: right in unusual forms, and wrong."""

import importlib
import itertools
import math

import numpy as np
import pytest

from nnbook import exercises

book = importlib.import_module("my_network")  # `nnbook.exercises` makes it
layer, relu, step, train = book.layer, book.relu, book.step, book.train
start, softmax = book.start, book.softmax
forward, backward, slopes = book.forward, book.backward, book.slopes
cross_entropy, cross_entropy_slope = book.cross_entropy, book.cross_entropy_slope
accuracy, train_until = book.accuracy, book.train_until

RIGHT, WRONG = [], []
HERE = object()


def right(name, *others):
    def keep(answer):
        RIGHT.append((f"{name}-own", (*others, answer)))
        return answer

    return keep


def wrong(name, mistake, *around):
    """Keep an answer, alone or `HERE` among other functions, with what is then said."""

    def keep(answer):
        answers = tuple(answer if each is HERE else each for each in around or (HERE,))
        WRONG.append((f"{name}-own", mistake, answers))
        return answer

    return keep


# -- Part 6: the start ---------------------------------------------------------------------


@right("multiple_outputs")
def standard_normal(d, h, k, rng):
    W1 = rng.standard_normal((d, h)) * math.sqrt(2 / d)
    W2 = rng.standard_normal((h, k)) * math.sqrt(2 / h)
    return W1, np.zeros(h), W2, np.zeros(k)


@right("multiple_outputs")
def second_layer_first(d, h, k, rng):
    last = [rng.normal(size=(h, k)) / np.sqrt(h / 2), np.zeros((k,))]
    return [rng.normal(size=(d, h)) / np.sqrt(d / 2), np.zeros((h,)), *last]


@right("multiple_outputs")
def uniform(d, h, k, rng):
    def matrix(rows, columns):
        edge = np.sqrt(6 / rows)
        return rng.uniform(-edge, edge, size=(rows, columns))

    return [matrix(d, h), 0 * np.arange(h), matrix(h, k), 0 * np.arange(k)]


@right("multiple_outputs")
def one_by_one(d, h, k, rng):
    W1 = [[rng.normal(loc=0, scale=(2 / d) ** 0.5) for _ in range(h)] for _ in range(d)]
    W2 = [[rng.normal(loc=0, scale=(2 / h) ** 0.5) for _ in range(k)] for _ in range(h)]
    return [W1, [0.0] * h, W2, [0.0] * k]


@right("multiple_outputs")
def by_layers(d, h, k, rng):
    sizes, params = [d, h, k], []
    for inputs, outputs in itertools.pairwise(sizes):
        W = np.empty((outputs, inputs))
        for row in W:
            row[:] = rng.normal(0, np.sqrt(2.0 / inputs), inputs)
        params += [W.T, np.full(outputs, 0.0)]
    return params


@right("multiple_outputs")
def drawn_at_once(d, h, k, rng):
    drawn = rng.normal(size=d * h + h * k)
    W1, W2 = drawn[: d * h].reshape(d, h), drawn[d * h :].reshape(h, k)
    return W1 * (2 / d) ** 0.5, np.zeros(h), W2 * (2 / h) ** 0.5, np.zeros(k)


def both(first, second=None):
    return lambda d, h, k, rng: [
        rng.normal(0, first(d, h, k), (d, h)),
        np.zeros(h),
        rng.normal(0, (second or first)(d, h, k), (h, k)),
        np.zeros(k),
    ]


wrong("multiple_outputs", "variance_for_deviation")(
    both(lambda d, h, k: 2 / d, lambda d, h, k: 2 / h)
)
wrong("multiple_outputs", "one_over_inputs")(
    both(lambda d, h, k: np.sqrt(1 / d), lambda d, h, k: np.sqrt(1 / h))
)
wrong("multiple_outputs", "second_by_first_inputs")(both(lambda d, h, k: np.sqrt(2 / d)))
wrong("multiple_outputs", "tiny")(both(lambda d, h, k: 0.01))
wrong("multiple_outputs", "by_both")(
    both(lambda d, h, k: np.sqrt(2 / (d + h)), lambda d, h, k: np.sqrt(2 / (h + k)))
)
wrong("multiple_outputs", None)(both(lambda d, h, k: np.sqrt(3 / d)))


@wrong("multiple_outputs", "not_scaled")
def plain(d, h, k, rng):
    return rng.standard_normal((d, h)), np.zeros(h), rng.standard_normal((h, k)), np.zeros(k)


@wrong("multiple_outputs", "zero")
def zeros(d, h, k, rng):
    return [np.zeros((d, h)), np.zeros(h), np.zeros((h, k)), np.zeros(k)]


@wrong("multiple_outputs", "all_equal")
def equal(d, h, k, rng):
    W1, W2 = np.full((d, h), np.sqrt(2 / d)), np.full((h, k), np.sqrt(2 / h))
    return [W1, np.zeros(h), W2, np.zeros(k)]


@wrong("multiple_outputs", "biases_not_zero")
def biases_drawn(d, h, k, rng):
    W1, _, W2, _ = standard_normal(d, h, k, rng)
    return W1, rng.normal(0, 0.1, h), W2, rng.normal(0, 0.1, k)


@wrong("multiple_outputs", "biases_not_zero")
def biases_one(d, h, k, rng):
    W1, _, W2, b2 = standard_normal(d, h, k, rng)
    return W1, np.ones(h), W2, b2


@wrong("multiple_outputs", "turned")
def transposed(d, h, k, rng):
    W1, W2 = rng.normal(size=(h, d)), rng.normal(size=(k, h))
    return [W1 * np.sqrt(2 / d), np.zeros(h), W2 * np.sqrt(2 / h), np.zeros(k)]


@wrong("multiple_outputs", "biases_as_rows")
def rows_of_biases(d, h, k, rng):
    W1, _, W2, _ = standard_normal(d, h, k, rng)
    return W1, np.zeros((1, h)), W2, np.zeros((1, k))


@wrong("multiple_outputs", "weights_first")
def weights_then_biases(d, h, k, rng):
    W1, b1, W2, b2 = standard_normal(d, h, k, rng)
    return W1, W2, b1, b2


@wrong("multiple_outputs", "own_generator")
def seeded(d, h, k, rng):
    return standard_normal(d, h, k, np.random.default_rng(42))


@wrong("multiple_outputs", "global_numbers")
def legacy(d, h, k, rng):
    W1, W2 = np.random.randn(d, h), np.random.randn(h, k)  # noqa: NPY002  as many do
    return W1 * np.sqrt(2 / d), np.zeros(h), W2 * np.sqrt(2 / h), np.zeros(k)


@wrong("multiple_outputs", "never_negative")
def from_zero_to_one(d, h, k, rng):
    W1, W2 = rng.random((d, h)) * np.sqrt(2 / d), rng.random((h, k)) * np.sqrt(2 / h)
    return [W1, np.zeros(h), W2, np.zeros(k)]


@wrong("multiple_outputs", None)
def only_weights(d, h, k, rng):
    return standard_normal(d, h, k, rng)[::2]


# -- Part 7: the softmax -------------------------------------------------------------------


@right("softmax")
def columns(Z):
    E = np.exp(Z.T - Z.max(1))
    return (E / E.sum(0)).T


@right("softmax")
def with_logarithm(Z):
    m = Z.max(axis=1)[:, None]
    return np.exp(Z - m - np.log(np.sum(np.exp(Z - m), 1))[:, None])


@right("softmax")
def by_rows(Z):
    out = np.empty(Z.shape)
    for row, z in zip(out, Z, strict=True):
        e = np.exp(z - z.max())
        row[:] = e / e.sum()
    return out


@right("softmax")
def lists(Z):
    out = []
    for row in Z.tolist():
        e = [math.exp(z - max(row)) for z in row]
        out.append([each / sum(e) for each in e])
    return out


@right("softmax")
def in_place_on_a_copy(Z):
    Z = Z.astype(float)
    Z -= np.max(Z, axis=1, keepdims=True)
    np.exp(Z, out=Z)
    Z /= np.einsum("nk->n", Z)[:, np.newaxis]
    return Z


@right("softmax")
def differences(Z):
    return 1 / np.exp(Z[:, None, :] - Z[:, :, None]).sum(axis=2)


@wrong("softmax", "no_shift")
def naive(Z):
    E = np.exp(Z)
    return E / E.sum(axis=1, keepdims=True)


@wrong("softmax", "no_shift_and_axis_dropped")
def likeliest(Z):
    return np.exp(Z) / np.sum(np.exp(Z), axis=1)


@wrong("softmax", "whole_numbers")
def into_an_array_of_its_type(Z):
    P = np.zeros_like(Z)
    for i, row in enumerate(Z):
        e = np.exp(row - row.max())
        P[i] = e / e.sum()
    return P


@wrong("softmax", "one_shift_for_all")
def one_shift(Z):
    E = np.exp(Z - np.max(Z))
    return E / E.sum(axis=1, keepdims=True)


@wrong("softmax", "sum_axis_dropped")
def flat(Z):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return E / E.sum(axis=1)


@wrong("softmax", "along_columns")
def down(Z):
    E = np.exp(Z - Z.max(axis=0))
    return E / E.sum(axis=0)


@wrong("softmax", "one_sum_for_all")
def whole_sum(Z):
    E = np.exp(Z - Z.max())
    return E / np.sum(E)


@wrong("softmax", "not_divided")
def exponentials(Z):
    return np.exp(Z - Z.max(axis=1, keepdims=True))


@wrong("softmax", "no_exponential")
def proportions(Z):
    return Z / np.sum(Z, axis=1)[:, None]


@wrong("softmax", "shift_left_out_below")
def half_shifted(Z):
    return np.exp(Z - Z.max(1)[:, None]) / np.exp(Z).sum(1)[:, None]


@wrong("softmax", "mutated")
def on_the_batch_itself(Z):
    for row in Z:
        row -= row.max()
    E = np.exp(Z)
    return E / E.sum(axis=1, keepdims=True)


@wrong("softmax", "largest_gets_all")
def winner(Z):
    P = np.zeros(Z.shape)
    P[np.arange(len(Z)), Z.argmax(axis=1)] = 1
    return P


# -- Part 8: the loss for classes ----------------------------------------------------------

LOSS, SLOPE, SLOPES = cross_entropy, cross_entropy_slope, slopes


def log_sums(Z, labels):
    top = np.max(Z, 1)
    logs = top + np.log(np.exp(Z - top[:, None]).sum(1))
    return (logs - Z[range(len(Z)), labels]).mean()


def added_up(Z, labels):
    total = 0.0
    for z, label in zip(Z, labels, strict=True):
        total += np.log(sum(math.exp(each - max(z)) for each in z)) + max(z) - z[label]
    return total / len(labels)


def chosen(Z, labels):
    return -np.take_along_axis(
        Z - np.logaddexp.reduce(Z, axis=1, keepdims=True), labels[:, None], 1
    ).mean()


def masked(Z, labels):
    Y = np.eye(Z.shape[1])[labels]
    return (softmax(Z) - Y) / Y.shape[0]


def compared(Z, labels):
    return (softmax(Z) - (labels[:, None] == np.arange(Z.shape[1]))) * (1 / len(labels))


def looped(Z, labels):
    P = softmax(Z).tolist()
    for row, label in zip(P, labels, strict=True):
        row[label] -= 1
    return [[p / len(P) for p in row] for row in P]


def by_hand(params, X, labels):
    W1, b1, W2, b2 = params
    Z = X @ W1 + b1
    A = Z * (Z > 0)
    G = masked(A @ W2 + b2, labels)
    D = np.einsum("nk,jk->nj", G, W2)
    D[Z <= 0] = 0
    return np.einsum("ni,nj->ij", X, D), D.sum(0), np.einsum("nj,nk->jk", A, G), np.sum(G, axis=0)


def sample_by_sample(params, X, labels):
    total = [np.zeros_like(p) for p in params]
    for x, label in zip(X, labels, strict=True):
        one, true = x[np.newaxis], np.array([label])
        for t, s in zip(total, slopes(params, one, true), strict=True):
            t += s / len(X)
    return total


def with_names(params, X, labels):
    Z, A, out = forward(params=params, X=X)
    return tuple(backward(params, X, Z=Z, A=A, G=compared(out, labels)))


right("cross_entropy", log_sums, masked)(by_hand)
right("cross_entropy", added_up, looped)(sample_by_sample)
right("cross_entropy", chosen, compared)(with_names)
right("cross_entropy", log_sums, compared)(sample_by_sample)
right("cross_entropy", chosen, looped)(by_hand)


@wrong("cross_entropy", "softmax_first", HERE, SLOPE, SLOPES)
def log_of_softmax(Z, labels):
    P = softmax(Z)
    return -np.log(P[np.arange(len(Z)), labels]).mean()


@wrong("cross_entropy", "no_shift", HERE, SLOPE, SLOPES)
def unshifted(Z, labels):
    return np.mean(np.log(np.sum(np.exp(Z), axis=1)) - Z[np.arange(len(labels)), labels])


@wrong("cross_entropy", "overflow", HERE, SLOPE, SLOPES)
def shifted_by_the_mean(Z, labels):
    return unshifted(Z - Z.mean(axis=1, keepdims=True), labels)


@wrong("cross_entropy", "loss_summed", HERE, SLOPE, SLOPES)
def summed(Z, labels):
    return log_sums(Z, labels) * len(Z)


@wrong("cross_entropy", "every_row_with_every_label", HERE, SLOPE, SLOPES)
def all_columns(Z, labels):
    return np.mean(-np.log(softmax(Z)[:, labels]))


@wrong("cross_entropy", "one_loss_per_sample", HERE, SLOPE, SLOPES)
def each_sample(Z, labels):
    return -np.log(softmax(Z)[np.arange(len(Z)), labels])


@wrong("cross_entropy", "minus_forgotten", HERE, SLOPE, SLOPES)
def without_minus(Z, labels):
    return np.mean(Z[np.arange(len(Z)), labels] - np.logaddexp.reduce(Z, axis=1))


@wrong("cross_entropy", "target_minus_prediction", LOSS, HERE, SLOPES)
def downhill(Z, labels):
    return (np.eye(Z.shape[1])[labels] - softmax(Z)) / len(Z)


@wrong("cross_entropy", "slope_not_divided", LOSS, HERE, SLOPES)
def not_divided(Z, labels):
    P = softmax(Z)
    P[np.arange(len(Z)), labels] -= 1
    return P


@wrong("cross_entropy", "slope_divided_by_entries", LOSS, HERE, SLOPES)
def by_size(Z, labels):
    return (softmax(Z) - np.eye(Z.shape[1])[labels]) / Z.size


@wrong("cross_entropy", "labels_subtracted", LOSS, HERE, SLOPES)
def prediction_minus_label(Z, labels):
    return (softmax(Z) - labels) / len(labels)


@wrong("cross_entropy", "labels_subtracted_and_not_divided", LOSS, HERE, SLOPES)
def prediction_minus_label_alone(Z, labels):
    return softmax(Z) - labels


@wrong("cross_entropy", "column_of_labels_subtracted", LOSS, HERE, SLOPES)
def row_minus_label(Z, labels):
    return (softmax(Z) - labels.reshape(-1, 1)) / len(Z)


@wrong("cross_entropy", "hidden_sums_for_outputs", LOSS, SLOPE, HERE)
def slope_at_the_first_result(params, X, labels):
    Z, A, _ = forward(params, X)
    return backward(params, X, Z, A, cross_entropy_slope(Z, labels))


@wrong("cross_entropy", "sums_and_activations_swapped", LOSS, SLOPE, HERE)
def activations_before_sums(params, X, labels):
    Z, A, out = forward(params, X)
    return backward(params, X, A, Z, cross_entropy_slope(out, labels))


@wrong("cross_entropy", "whole_columns", LOSS, HERE, SLOPES)
def columns_for_entries(Z, labels):
    P = softmax(Z)
    P[:, labels] -= 1
    return P / len(Z)


@wrong("cross_entropy", "divided_before", LOSS, HERE, SLOPES)
def divided_too_early(Z, labels):
    P = softmax(Z) / len(Z)
    P[np.arange(len(Z)), labels] -= 1
    return P


@wrong("cross_entropy", "mutated", LOSS, HERE, SLOPES)
def on_the_raw_outputs(Z, labels):
    Z -= Z.max(axis=1, keepdims=True) if Z.dtype.kind == "f" else Z.max()
    return masked(Z, labels)


@wrong("cross_entropy", "shares_sent_back", LOSS, SLOPE, HERE)
def targets_forgotten(params, X, labels):
    Z, A, out = forward(params, X)
    return backward(params, X, Z, A, softmax(out) / len(X))


@wrong("cross_entropy", "divided_twice", LOSS, SLOPE, HERE)
def divided_again(params, X, labels):
    Z, A, out = forward(params, X)
    return [s / len(X) for s in backward(params, X, Z, A, cross_entropy_slope(out, labels))]


@wrong("cross_entropy", "off_neurons_forgotten", LOSS, SLOPE, HERE)
def without_the_bend(params, X, labels):
    _, A, out = forward(params, X)
    G = cross_entropy_slope(out, labels)
    D = G @ params[2].T
    return [X.T @ D, D.sum(axis=0), A.T @ G, G.sum(axis=0)]


@wrong("cross_entropy", "loss_too", LOSS, SLOPE, HERE)
def a_pair(params, X, labels):
    return cross_entropy(forward(params, X)[2], labels), slopes(params, X, labels)


@wrong("cross_entropy", "other_order", LOSS, SLOPE, HERE)
def backward_order(params, X, labels):
    s = slopes(params, X, labels)
    return s[2:] + s[:2]


@wrong("cross_entropy", "divided_twice", LOSS, SLOPE, HERE)
def means_of_biases(params, X, labels):
    W1, b1, W2, b2 = slopes(params, X, labels)
    return W1, b1, W2, b2 / len(X)


# -- Part 9: right answers, and a stop -----------------------------------------------------


def counted(params, X, labels):
    hits = 0
    for x, label in zip(X, labels, strict=True):
        hits += int(np.argmax(forward(params, x[None])[-1]) == label)
    return hits / len(labels)


def by_probability(params, X, labels):
    P = softmax(forward(params, X)[2])
    return sum(P.argmax(1) == labels) / P.shape[0]


def own_outputs(params, X, labels):
    W1, b1, W2, b2 = params
    out = layer(relu(layer(X, W1, b1)), W2, b2)
    return (np.argmax(out, axis=-1) == labels).mean()


def start_counts(params, X, labels, X_val, labels_val, lr, size, epochs, patience, rng):
    def cost(p):
        return cross_entropy(forward(p, X_val)[2], labels_val)

    best, least, since, epoch = params, cost(params), 0, 0
    while epoch < epochs and since < patience:
        params, epoch = train(params, X, labels, slopes, lr, size, 1, rng), epoch + 1
        since += 1
        if cost(params) < least:
            best, least, since = params, cost(params), 0
    return best


def remembers_all(params, X, labels, X_val, labels_val, lr, size, epochs, patience, rng):
    found, losses = [], []
    for epoch in range(epochs):
        params = train(params, X, labels, slopes, lr, size, epochs=1, rng=rng)
        found.append(params)
        losses.append(cross_entropy(forward(params, X_val)[2], labels_val))
        if epoch - int(np.argmin(losses)) >= patience:
            break
    return tuple(found[int(np.argmin(losses))])


def own_batches(params, X, labels, X_val, labels_val, lr, size, epochs, patience, rng):
    best, least, best_epoch = None, float("inf"), -1
    for epoch in range(epochs):
        order = np.arange(len(X))
        rng.shuffle(order)
        for rows in np.array_split(order, range(size, len(X), size)):
            params = step(params, slopes(params, X[rows], labels[rows]), lr)
        loss = cross_entropy(forward(params, X_val)[2], labels_val)
        if loss < least:
            best, least, best_epoch = [p.copy() for p in params], loss, epoch
        elif epoch - best_epoch == patience:
            return best
    return best


def in_place_on_copies(params, X, labels, X_val, labels_val, lr, size, epochs, patience, rng):
    current = [np.array(p) for p in params]
    best, least, left = params, np.inf, patience
    for _ in range(epochs):
        order = rng.permutation(len(X))
        for i in range(0, len(X), size):
            b = order[i : i + size]
            for p, s in zip(current, slopes(current, X[b], labels[b]), strict=True):
                p -= lr * s
        loss = cross_entropy(forward(current, X_val)[2], labels_val)
        left -= 1
        if loss < least:
            best, least, left = [p.copy() for p in current], loss, patience
        if not left:
            break
    return best


def recursive(
    params, X, labels, X_val, labels_val, lr, size, epochs, patience, rng, kept=None, waited=0
):
    kept = kept or (np.inf, params)
    if epochs == 0 or waited == patience:
        return kept[1]
    params = train(params, X, labels, slopes, lr, size, 1, rng)
    loss = cross_entropy(forward(params, X_val)[2], labels_val)
    waited, kept = (0, (loss, params)) if loss < kept[0] else (waited + 1, kept)
    rest = (X_val, labels_val, lr, size, epochs - 1, patience, rng, kept, waited)
    return recursive(params, X, labels, *rest)


right("generalization", counted)(start_counts)
right("generalization", by_probability)(remembers_all)
right("generalization", own_outputs)(own_batches)
right("generalization", counted)(in_place_on_copies)
right("generalization", by_probability)(recursive)


@wrong("generalization", "number_right", HERE, train_until)
def hits(params, X, labels):
    return (forward(params, X)[2].argmax(axis=1) == labels).sum()


@wrong("generalization", "percentage", HERE, train_until)
def percent(params, X, labels):
    return own_outputs(params, X, labels) * 100


@wrong("generalization", "samples_for_classes", HERE, train_until)
def other_axis(params, X, labels):
    return np.mean(forward(params, X)[2].argmax(axis=0) == labels)


@wrong("generalization", "not_averaged", HERE, train_until)
def one_each(params, X, labels):
    return np.argmax(forward(params, X)[2], axis=1) == labels


@wrong("generalization", None, HERE, train_until)
def whole_result(params, X, labels):
    return np.mean(forward(params, X).argmax(axis=1) == labels)


def stopping(rule):
    """Return a training in which one rule is wrong: it changes the state after each epoch."""

    def answer(params, X, labels, X_val, labels_val, lr, size, epochs, patience, rng):
        state = {"best": params, "least": np.inf, "waited": 0, "first": params, "params": params}
        state |= {"patience": patience, "over": False, "result": "best"}
        for _ in range(epochs):
            new = train(state["params"], X, labels, slopes, lr, size, 1, rng)
            state["params"] = new
            state["loss"] = cross_entropy(forward(new, X_val)[2], labels_val)
            state["training"] = cross_entropy(forward(new, X)[2], labels)
            state["right"] = accuracy(new, X_val, labels_val)
            rule(state)
            if state["over"]:
                break
        return state[state["result"]]

    return answer


def kept(state, better, key="loss"):
    if better:
        state["best"], state["least"], state["waited"] = state["params"], state[key], 0
    else:
        state["waited"] += 1
    state["over"] = state["waited"] == state["patience"]


@wrong("generalization", "last_returned", accuracy, HERE)
@stopping
def last(state):
    kept(state, state["loss"] < state["least"])
    state["result"] = "params"


@wrong("generalization", "training_set_judges", accuracy, HERE)
@stopping
def by_training(state):
    kept(state, state["training"] < state["least"], "training")


@wrong("generalization", "never_stops", accuracy, HERE)
@stopping
def stubborn(state):
    kept(state, state["loss"] < state["least"])
    state["over"] = False


@wrong("generalization", "count_not_reset", accuracy, HERE)
@stopping
def all_counted(state):
    waited = state["waited"]
    kept(state, state["loss"] < state["least"])
    state["waited"] = max(state["waited"], waited)
    state["over"] = state["waited"] == state["patience"]


@wrong("generalization", "all_epochs_counted", accuracy, HERE)
@stopping
def never_reset(state):
    waited = state["waited"] + 1
    kept(state, state["loss"] < state["least"])
    state["waited"] = waited
    state["over"] = waited == state["patience"]


@wrong("generalization", "hidden_sums_judge", accuracy, HERE)
def by_the_first_result(params, X, labels, X_val, labels_val, lr, size, epochs, patience, rng):
    best, least, waited = params, np.inf, 0
    for _ in range(epochs):
        params = train(params, X, labels, slopes, lr, size, 1, rng)
        loss = cross_entropy(forward(params, X_val)[0], labels_val)
        best, least, waited = (params, loss, 0) if loss < least else (best, least, waited + 1)
        if waited == patience:
            break
    return best


@wrong("generalization", "validation_set_trains", accuracy, HERE)
def on_the_validation_set(params, X, labels, X_val, labels_val, *rest):
    return train_until(params, X_val, labels_val, X_val, labels_val, *rest)


@wrong("generalization", "slopes_called", accuracy, HERE)
def list_for_function(params, X, labels, X_val, labels_val, lr, size, epochs, patience, rng):
    for _ in range(epochs):
        params = train(params, X, labels, slopes(params, X, labels), lr, size, 1, rng)
    return params


@wrong("generalization", "starts_again", accuracy, HERE)
def returned_in_the_loop(params, X, labels, X_val, labels_val, lr, size, epochs, *rest):
    for _ in range(epochs):
        return train(params, X, labels, slopes, lr, size, 1, rest[-1])
    return None


@wrong("generalization", "start_returned", accuracy, HERE)
@stopping
def never_better(state):
    kept(state, state["loss"] > state["least"])


@wrong("generalization", "one_epoch_too_many", accuracy, HERE)
@stopping
def later(state):
    kept(state, state["loss"] < state["least"])
    state["over"] = state["waited"] > state["patience"]


@wrong("generalization", "stops_at_once", accuracy, HERE)
@stopping
def impatient(state):
    better = state["loss"] < state["least"]
    kept(state, better)
    state["over"] = not better


@wrong("generalization", "least_not_kept", accuracy, HERE)
@stopping
def no_record(state):
    kept(state, state["loss"] < state["least"])
    state["least"] = np.inf


@wrong("generalization", None, accuracy, HERE)
@stopping
def compared_with_the_last(state):
    kept(state, state["loss"] < state["least"])
    state["least"] = state["loss"]


@wrong("generalization", "stops_at_once", accuracy, HERE)
@stopping
def back_to_the_best(state):
    kept(state, state["loss"] < state["least"])
    state["params"] = state["best"]


@wrong("generalization", "starts_again", accuracy, HERE)
@stopping
def from_the_start(state):
    kept(state, state["loss"] < state["least"])
    state["params"] = state["first"]


@wrong("generalization", "all_epochs_at_once", accuracy, HERE)
def all_epochs(params, X, labels, X_val, labels_val, lr, size, epochs, patience, rng):
    best, least, waited = params, np.inf, 0
    for _ in range(epochs):
        params = train(params, X, labels, slopes, lr, size, epochs, rng)
        loss = cross_entropy(forward(params, X_val)[2], labels_val)
        best, least, waited = (params, loss, 0) if loss < least else (best, least, waited + 1)
        if waited == patience:
            break
    return best


@wrong("generalization", "mutated", accuracy, HERE)
def in_place(params, X, labels, X_val, labels_val, lr, size, epochs, patience, rng):
    for p, new in zip(params, train(params, X, labels, slopes, lr, size, epochs, rng), strict=True):
        p[...] = new
    return params


@wrong("generalization", "loss_too", accuracy, HERE)
def best_and_loss(params, X, labels, X_val, labels_val, *rest):
    best = train_until(params, X, labels, X_val, labels_val, *rest)
    return best, cross_entropy(forward(best, X_val)[2], labels_val)


# -- Part 10: the digits -------------------------------------------------------------------


def sixteenth(X):
    return np.asarray(X, dtype=float) * 0.0625


@right("digits")
def by_names(X, labels, X_val, labels_val, rng, h=64, lr=0.3, size=32, epochs=30):
    return train_until(
        params=start(64, h, 10, rng),
        X=sixteenth(X),
        labels=labels,
        X_val=sixteenth(X_val),
        labels_val=labels_val,
        lr=lr,
        size=size,
        epochs=epochs,
        patience=5,
        rng=rng,
    )


@right("digits")
def with_another_start(X, labels, X_val, labels_val, rng, h=64, lr=0.3, size=32, epochs=30):
    params = uniform(64, h, 10, rng)
    rest = X_val / 16, labels_val, lr, size, epochs, 5, rng
    return tuple(train_until(params, X / 16, labels, *rest))


@right("digits")
def with_another_loop(X, labels, X_val, labels_val, rng, h=64, lr=0.3, size=32, epochs=30):
    params = second_layer_first(X.shape[1], h, 10, rng)
    return own_batches(params, X / 16, labels, X_val / 16, labels_val, lr, size, epochs, 5, rng)


@right("digits")
def on_copies(X, labels, X_val, labels_val, rng, h=64, lr=0.3, size=32, epochs=30):
    X, X_val = X.copy(), X_val.copy()
    for array in (X, X_val):
        array /= 16
    params = one_by_one(64, h, 10, rng)
    return in_place_on_copies(params, X, labels, X_val, labels_val, lr, size, epochs, 5, rng)


@right("digits")
def everything_by_keyword(X, labels, X_val, labels_val, rng, **options):
    h, lr, size, epochs = ({"h": 64, "lr": 0.3, "size": 32, "epochs": 30} | options).values()
    params = start(64, h, 10, rng)
    return remembers_all(params, X / 16, labels, X_val / 16, labels_val, lr, size, epochs, 5, rng)


@right("digits")
def with_other_defaults(X, labels, X_val, labels_val, rng, h=128, lr=0.1, size=16, epochs=60):
    return by_names(X, labels, X_val, labels_val, rng, h, lr, size, epochs)


def reading(change):
    """Return a training in which some of the arguments of `train_until` are changed."""

    def answer(X, labels, X_val, labels_val, rng, h=64, lr=0.3, size=32, epochs=30):
        given = {"X": X / 16, "labels": labels, "X_val": X_val / 16, "labels_val": labels_val}
        given |= {"lr": lr, "size": size, "epochs": epochs, "patience": 5, "rng": rng}
        given |= change(given)
        return train_until(start(64, h, 10, rng), **given)

    return answer


wrong("digits", "not_divided")(
    reading(lambda given: {"X": given["X"] * 16, "X_val": given["X_val"] * 16})
)
wrong("digits", "validation_not_divided")(reading(lambda given: {"X_val": given["X_val"] * 16}))
wrong("digits", "training_not_divided")(reading(lambda given: {"X": given["X"] * 16}))
wrong("digits", "divided_by_255")(
    reading(lambda given: {name: given[name] * 16 / 255 for name in ("X", "X_val")})
)
wrong("digits", "divided_by_largest")(
    reading(lambda given: {n: given[n] / given[n].max() for n in ("X", "X_val")})
)
wrong("digits", "divided_by_largest_of_training")(
    reading(lambda given: {n: given[n] / given["X"].max() for n in ("X", "X_val")})
)
wrong("digits", "validation_divided_by_largest")(
    reading(lambda given: {"X_val": given["X_val"] / given["X_val"].max()})
)
wrong("digits", "more_patience")(reading(lambda given: {"patience": 10}))
wrong("digits", "rate_ignored")(
    lambda X, y, X_val, y_val, rng, h=64, lr=0.3, size=32, epochs=30: train_until(
        start(64, h, 10, rng), X / 16, y, X_val / 16, y_val, 0.3, size, epochs, 5, rng
    )
)
wrong("digits", "epochs_ignored")(reading(lambda given: {"epochs": 30}))
wrong("digits", "size_ignored")(reading(lambda given: {"size": 32}))
wrong("digits", "sets_exchanged")(
    reading(
        lambda given: {
            "X": given["X_val"],
            "labels": given["labels_val"],
            "X_val": given["X"],
            "labels_val": given["labels"],
        }
    )
)


@wrong("digits", "last_returned")
def no_stop(X, labels, X_val, labels_val, rng, h=64, lr=0.3, size=32, epochs=30):
    return train(start(64, h, 10, rng), X / 16, labels, slopes, lr, size, epochs, rng)


@wrong("digits", "width_ignored")
def always_64(X, labels, X_val, labels_val, rng, h=64, lr=0.3, size=32, epochs=30):
    rest = X_val / 16, labels_val, lr, size, epochs, 5, rng
    return train_until(start(64, 64, 10, rng), X / 16, labels, *rest)


@wrong("digits", "mutated")
def divided_where_they_are(X, labels, X_val, labels_val, rng, h=64, lr=0.3, size=32, epochs=30):
    X /= 16
    X_val /= 16
    return train_until(
        start(64, h, 10, rng), X, labels, X_val, labels_val, lr, size, epochs, 5, rng
    )


@wrong("digits", "own_generator")
def fixed_seed(X, labels, X_val, labels_val, rng, h=64, lr=0.3, size=32, epochs=30):
    rng = np.random.default_rng(0)
    return by_names(X, labels, X_val, labels_val, rng, h, lr, size, epochs)


@wrong("digits", None)
def a_number(X, labels, X_val, labels_val, rng, **options):
    params = by_names(X, labels, X_val, labels_val, rng, **options)
    return accuracy(params, X_val / 16, labels_val)


@wrong("digits", "training_not_divided")
def undivided_from_another_start(
    X, labels, X_val, labels_val, rng, h=64, lr=0.3, size=32, epochs=30
):
    params = uniform(64, h, 10, rng)
    return train_until(params, X, labels, X_val / 16, labels_val, lr, size, epochs, 5, rng)


@wrong("digits", None)
def epochs_halved(X, labels, X_val, labels_val, rng, h=64, lr=0.3, size=32, epochs=30):
    return by_names(X, labels, X_val, labels_val, rng, h, lr, size, epochs // 2)


# -- What is said --------------------------------------------------------------------------


def named(entry):
    return f"{entry[0]}-{'-'.join(each.__name__ for each in entry[-1])}"


@pytest.mark.parametrize(("name", "answers"), RIGHT, ids=map(named, RIGHT))
def test_a_right_answer_in_another_form_is_right(name, answers):
    verdict = exercises.check(name, *answers)
    assert verdict.correct, verdict


@pytest.mark.parametrize(("name", "mistake", "answers"), WRONG, ids=map(named, WRONG))
def test_a_wrong_answer_is_told_what_is_wrong(name, mistake, answers):
    verdict = exercises.check(name, *answers)
    assert (verdict.correct, verdict.mistake) == (False, mistake), verdict


def test_each_part_has_been_tried_enough():
    for part in ("multiple_outputs", "softmax", "cross_entropy", "generalization", "digits"):
        assert sum(name == f"{part}-own" for name, _ in RIGHT) >= 5, part
        assert sum(name == f"{part}-own" for name, *_ in WRONG) >= 8, part


def test_the_verdict_names_the_part_that_is_wrong_and_those_that_are_right():
    verdict = exercises.check("cross_entropy-own", LOSS, SLOPE, means_of_biases)
    assert "`b2` of `slopes`" in verdict.text.splitlines()[0]
    assert verdict.text.startswith("Right: `cross_entropy`, `cross_entropy_slope`, ")
    assert "entry [0] of your result" in verdict.more
    verdict = exercises.check("multiple_outputs-own", both(lambda d, h, k: np.sqrt(3 / d)))
    assert "Not yet right: the standard deviation of the weights `W1`" in verdict.text
    for answer in (rows_of_biases, transposed):
        verdict = exercises.check("multiple_outputs-own", answer)
        assert verdict.text.startswith("Not yet right: the shapes of the four arrays.")
    verdict = exercises.check("multiple_outputs-own", plain)
    assert "Not yet right: the standard deviation of the weights `W1`" in verdict.text


def test_the_first_epoch_and_the_start_are_told_with_both_their_causes():
    verdict = exercises.check("generalization-own", accuracy, returned_in_the_loop)
    assert "a `return` inside the loop" in verdict.text
    verdict = exercises.check("generalization-own", accuracy, never_better)
    assert "no epoch counts as better" in verdict.text
