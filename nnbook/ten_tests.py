"""Ten tests for a network that does not learn: the list of the chapter "When nothing learns".

Take this file along: it needs only numpy. X holds the samples, one per row, and y their classes,
0 to K - 1. The model is your network together with the way you train it:

    model.lr              the learning rate
    model.predict(X)      the raw outputs, one row per sample
    model.answers(X)      the class that it gives each sample
    model.loss(X, y)      the loss, a number
    model.step(X, y)      one step of your training on these samples, as your loop takes it
    model.train(X, y)     your training, to its end
    model.parameters()    the arrays that it learns
    model.gradients()     their slopes, in the same order, as the last step used them

`Model` below is this for a network like those of nnlib. Change it until it does what your program
does: the tests see what the model shows them, and nothing else. With PyTorch, `predict` begins with
`net.eval()` and `step` with `net.train()`; the arrays are `p.detach().numpy()`, their slopes
`p.grad.numpy()`.

No test changes the model that it is given: it trains copies.
"""

from copy import deepcopy

import numpy as np


class Model:
    """A network that classifies, and plain gradient descent in shuffled batches."""

    def __init__(self, net, lr, epochs=10, batch=20, seed=0):
        self.net, self.lr, self.epochs, self.batch = net, lr, epochs, batch
        self.rng = np.random.default_rng(seed)

    def predict(self, X):
        return self.net.predict(X)

    def answers(self, X):
        return self.predict(X).argmax(axis=1)

    def parameters(self):
        return [p.value for p in self.net.parameters()]

    def gradients(self):
        return [p.grad for p in self.net.parameters()]

    def loss(self, X, y):
        return -np.mean(log_softmax(self.predict(X))[np.arange(len(y)), y])

    def step(self, X, y):
        slopes = np.exp(log_softmax(self.net.forward(X)))
        slopes[np.arange(len(y)), y] -= 1
        for p in self.net.parameters():
            p.grad = None
        self.net.backward(slopes / len(y))
        for W, G in zip(self.parameters(), self.gradients(), strict=True):
            W[:] -= self.lr * G

    def train(self, X, y):
        for _ in range(self.epochs):
            rows = self.rng.permutation(len(X))
            for some in np.array_split(rows, -(-len(X) // self.batch)):
                self.step(X[some], y[some])


def log_softmax(z):
    """Return the logarithms of the probabilities."""
    z = z - z.max(axis=1, keepdims=True)
    return z - np.log(np.exp(z).sum(axis=1, keepdims=True))


# -- The tests ------------------------------------------------------------------------------------


def look(model, X, y):
    """1. One batch, as your loop hands it to the network. Look at the samples themselves, too."""
    z = model.predict(X)
    return {
        "shapes": (X.shape, z.shape, y.shape),
        "range": (float(X.min()), float(X.max())),
        "kinds": len(np.unique(y)),
        "alone": bool(np.allclose(z[:1], model.predict(X[:1]), 1e-3, 1e-4)),
    }


def baseline(X, y, X_val, y_val):
    """2. Something simple on the same data: the class whose mean is nearest. Both accuracies."""
    kinds = np.unique(y)
    means = np.stack([X[y == kind].mean(axis=0) for kind in kinds])

    def read(A):
        return kinds[((A[:, np.newaxis] - means) ** 2).sum(axis=2).argmin(axis=1)]

    return np.array([np.mean(read(X) == y), np.mean(read(X_val) == y_val)])


def start(model, X, y):
    """3. The loss before the first step, and that of equal probabilities, ln K."""
    return np.array([model.loss(X, y), np.log(model.predict(X[:1]).shape[1])])


def zeros(model, X, y):
    """4. The losses at the end: trained with the samples, and with zeros in their place."""
    ends = []
    for A in (X, np.zeros_like(X)):
        copy = deepcopy(model)
        copy.train(A, y)
        ends.append(copy.loss(A, y))
    return np.array(ends)


def heart(model, X, y, rates=(1.5, 0.5, 0.15, 0.05, 0.015), steps=200):
    """5. Ten samples by heart: the smallest loss after so many steps, at one of these rates."""
    ends = []
    for rate in rates:
        copy = deepcopy(model)
        copy.lr = rate
        for _ in range(steps):
            copy.step(X[:10], y[:10])
        ends.append(copy.loss(X[:10], y[:10]))
    return np.nan_to_num(ends, nan=np.inf).min()


def tiny(model, X, y, rate=1e-4, steps=3):
    """6. What each of some tiny steps gains, divided by what its slopes promise."""
    copy, kept = deepcopy(model), []
    copy.lr = rate
    for _ in range(steps):
        before = copy.loss(X, y)
        copy.step(X, y)
        promised = rate * sum(np.sum(G**2) for G in copy.gradients())
        kept.append((before - copy.loss(X, y)) / promised)
    return np.array(kept)


def layers(model, X, y):
    """7. How far one step moves the weights of each layer, divided by their size."""
    copy = deepcopy(model)
    before = [W.copy() for W in copy.parameters()]
    copy.step(X, y)
    pairs = [(W, V) for W, V in zip(before, copy.parameters(), strict=True) if W.ndim > 1]
    return np.array([np.linalg.norm(V - W) / np.linalg.norm(W) for W, V in pairs])


def flat(derivatives):
    """7. The share of hidden neurons that are flat on a sample, and of those flat on every one.

    The derivatives are f'(z) of a hidden layer: one row per sample, one column per neuron.
    """
    low = ~(np.abs(derivatives) >= 0.01)
    return np.array([low.mean(), low.all(axis=0).mean()])


def rates(model, X, y, factors=(1 / 9, 1 / 3, 1, 3)):
    """8. The loss at the end of a training at each of some rates."""
    ends = []
    for factor in factors:
        copy = deepcopy(model)
        copy.lr = factor * model.lr
        copy.train(X, y)
        ends.append(copy.loss(X, y))
    return np.array(ends)


def preparation(model, X, y, prepare, prepare_new):
    """9. A trained model on its training samples, as they are stored, prepared in both ways."""
    return np.array([np.mean(model.answers(way(X)) == y) for way in (prepare, prepare_new)])


def classes(model, X, y):
    """10. The accuracy of a trained model, and the share of each class that it gets right."""
    right = model.answers(X) == y
    return right.mean(), np.array([right[y == kind].mean() for kind in np.unique(y)])
