"""Scores, weights and outputs of `nnlib.Attention`, whose inputs hold query, key and value."""

import numpy as np

import nnlib

PARTS = np.eye(6).reshape(3, 2, 6)  # of six numbers two are the query, two the key, two the value


def attention():
    """Return a layer that takes query, key and value of each letter as they come in."""
    layer = nnlib.Attention(3, 2, width=6, rng=0)
    layer.query.value, layer.key.value, layer.value.value = (part.T for part in PARTS)
    return layer


def places(q, k, v):
    """Return the row for that layer: the query is that of the last letter."""
    return np.hstack([np.tile(q, (3, 1)), k, v]).reshape(1, -1)


def fixtures():
    rng, layer = np.random.default_rng(0), attention()
    cases = []
    for scale in (0, 0.3, 1, 3):
        for _ in range(10):
            q, k, v = scale * rng.normal(size=2), rng.normal(size=(3, 2)), rng.normal(size=(3, 2))
            row = places(q, k, v)
            found = {"weights": layer.weights(row)[0], "output": layer(row)[0]}
            cases.append({"q": q, "k": k, "v": v, "scores": k @ q / np.sqrt(2)} | found)
    return cases
