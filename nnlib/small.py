"""A neural network in a hundred lines of numpy: the formulas as the book writes them.

It checks nothing. `nnlib` is the careful library: it computes the same, and says what is wrong.
"""

import numpy as np


# 1. A layer: the weighted sums of a batch X (n, d); W is (d, m), b (m,).
def layer(X, W, b):
    return X @ W + b


# 2. The bend and its slope.
def relu(Z):
    return np.maximum(Z, 0)


def relu_slope(Z):
    return np.where(Z > 0, 1.0, 0.0)


# 3. The loss for numbers and its slopes.
def mse(Y_hat, Y):
    return np.mean((Y - Y_hat) ** 2)


def mse_slope(Y_hat, Y):
    return -2 * (Y - Y_hat) / Y.size


# 4. One step downhill; then many, over shuffled batches.
def step(params, slopes, lr):
    return [p - lr * s for p, s in zip(params, slopes, strict=True)]


def train(params, X, Y, slopes_of, lr, size, epochs, rng):
    for _ in range(epochs):
        order = rng.permutation(len(X))
        for batch in np.array_split(order, -(-len(X) // size)):
            params = step(params, slopes_of(params, X[batch], Y[batch]), lr)
    return params


# 5. Two layers forward and backward; and slopes by trying, to check them.
def forward(params, X):
    W1, b1, W2, b2 = params
    Z = layer(X, W1, b1)
    A = relu(Z)
    return Z, A, layer(A, W2, b2)


def backward(params, X, Z, A, G):
    W1, b1, W2, b2 = params
    D = (G @ W2.T) * relu_slope(Z)
    return [X.T @ D, D.sum(axis=0), A.T @ G, G.sum(axis=0)]


def tried_slopes(loss, params, h=1e-6):
    slopes = [np.zeros(p.shape) for p in params]
    for p, s in zip(params, slopes, strict=True):
        for place in np.ndindex(p.shape):
            before = p[place]
            p[place] = before + h
            above = loss(params)
            p[place] = before - h
            s[place] = (above - loss(params)) / (2 * h)
            p[place] = before
    return slopes


# 6. Starting weights: d inputs, h hidden neurons, k outputs.
def start(d, h, k, rng):
    W1 = rng.normal(0, np.sqrt(2 / d), (d, h))
    W2 = rng.normal(0, np.sqrt(2 / h), (h, k))
    return [W1, np.zeros(h), W2, np.zeros(k)]


# 7. From raw outputs to probabilities.
def softmax(Z):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)


# 8. The loss for classes, its slopes, and those of the whole network.
def cross_entropy(Z, labels):
    S = Z - Z.max(axis=1, keepdims=True)
    return np.mean(np.log(np.exp(S).sum(axis=1)) - S[np.arange(len(Z)), labels])


def cross_entropy_slope(Z, labels):
    P = softmax(Z)
    P[np.arange(len(Z)), labels] -= 1
    return P / len(Z)


def slopes(params, X, labels):
    Z, A, out = forward(params, X)
    return backward(params, X, Z, A, cross_entropy_slope(out, labels))


# 9. The share of right answers; and a stop, judged by new data.
def accuracy(params, X, labels):
    return np.mean(forward(params, X)[2].argmax(axis=1) == labels)


def train_until(params, X, labels, X_val, labels_val, lr, size, epochs, patience, rng):
    best, least, waited = params, np.inf, 0
    for _ in range(epochs):
        params = train(params, X, labels, slopes, lr, size, 1, rng)
        loss = cross_entropy(forward(params, X_val)[2], labels_val)
        waited += 1
        if loss < least:
            best, least, waited = params, loss, 0
        if waited == patience:
            break
    return best


# 10. Digits: 64 counts of ink from 0 to 16 in, ten classes out.
def train_digits(X, labels, X_val, labels_val, rng, h=64, lr=0.3, size=32, epochs=30):
    params = start(64, h, 10, rng)
    return train_until(params, X / 16, labels, X_val / 16, labels_val, lr, size, epochs, 5, rng)
