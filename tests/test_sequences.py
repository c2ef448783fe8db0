"""Windows, embedding and attention: by hand, against other formulas, central differences, JAX."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from oracles import jax_reference

import nnlib
from nnlib import Attention, Embedding, Linear, Places, Sequential, Value

NAMES = st.lists(st.text("abcxyz", min_size=1, max_size=6), min_size=1, max_size=4)


def diverged():
    model = window_network()
    model[1].bias.value[:] = np.nan
    return model


def window_network(seed=0, size=4):
    return Sequential(Embedding(27, size, length=3, rng=seed), Linear(3 * size, 27, rng=seed))


# -- Windows


@given(NAMES, st.integers(1, 4))
def test_windows_spell_the_names_again(names, length):
    X, labels = nnlib.windows(names, length)
    assert X.shape == (sum(len(name) + 1 for name in names), length)
    text = "".join(nnlib.LETTERS[label] for label in labels)
    assert text == "".join(f"{name}." for name in names)
    starts = np.flatnonzero(np.r_[0, labels[:-1]] == 0)
    assert not X[starts].any()
    inside = np.setdiff1d(np.arange(len(X)), starts)
    np.testing.assert_array_equal(X[inside, -1], labels[inside - 1])
    np.testing.assert_array_equal(X[inside, :-1], X[inside - 1, 1:])


# -- Embedding


@settings(max_examples=25)
@given(st.integers(1, 5), st.integers(1, 3), st.integers(1, 3), st.integers(0, 99))
def test_an_embedding_is_one_hot_times_a_matrix(count, size, length, seed):
    rng = np.random.default_rng(seed)
    layer = Embedding(count, size, length=length, rng=rng)
    X = rng.integers(0, count, (4, length))
    one_hot = nnlib.one_hot(X.ravel(), count)
    expected = (one_hot @ layer.weight.value).reshape(4, -1)
    np.testing.assert_array_equal(layer(X), expected)
    G = rng.normal(size=expected.shape)
    assert layer.backward(G).tolist() == np.zeros((4, length)).tolist()
    np.testing.assert_allclose(layer.weight.grad, one_hot.T @ G.reshape(-1, size), atol=1e-12)
    layer.backward_parameters(G)
    np.testing.assert_allclose(layer.weight.grad, 2 * one_hot.T @ G.reshape(-1, size), atol=1e-12)


def test_a_letter_that_is_read_twice_gets_both_slopes():
    layer = Embedding(3, 1, rng=0)
    layer([[2, 1, 2]])
    layer.backward([[1.0, 10.0, 100.0]])
    assert layer.weight.grad.tolist() == [[0], [10], [101]]


def test_without_a_length_rows_may_be_of_any():
    layer = Embedding(3, 2, rng=0)
    assert layer([[0, 1]]).shape == (1, 4)
    assert layer([[0], [1]]).shape == (2, 2)
    assert (repr(layer), repr(Embedding(3, 2, length=4, rng=0))) == (
        "Embedding(3, 2)",
        "Embedding(3, 2, length=4)",
    )


# -- Attention


def test_attention_by_hand():
    layer = Attention(3, 1, width=2, rng=0)
    layer.query.value, layer.key.value, layer.value.value = (
        [[1], [0]],
        [[np.log(2)], [0]],
        [[0], [1]],
    )
    # The last place has query 1, the keys are 0, log 2 and log 2: weights 1/5, 2/5, 2/5.
    X = [[0.0, 10.0, 1.0, 20.0, 1.0, 30.0]]
    np.testing.assert_allclose(layer.weights(X), [[0.2, 0.4, 0.4]], rtol=1e-12)
    np.testing.assert_allclose(layer(X), [[22.0]], rtol=1e-12)


@settings(max_examples=10, deadline=None)
@given(st.integers(1, 4), st.integers(1, 3), st.integers(1, 3), st.integers(0, 99))
def test_attention_and_its_gradients_are_those_of_jax(length, size, width, seed):
    rng = np.random.default_rng(seed)
    layer = Attention(length, size, width=width, rng=rng)
    X, G = rng.normal(size=(3, length * width)), rng.normal(size=(3, size))
    parameters = [parameter.value for parameter in layer.parameters()]
    np.testing.assert_allclose(layer(X), jax_reference.attention(X, *parameters), atol=1e-12)
    slope = layer.backward(G)
    expected = jax_reference.attention_gradients(X, *parameters, G)
    for ours, theirs in zip(
        (slope, *(parameter.grad for parameter in layer.parameters())), expected, strict=True
    ):
        np.testing.assert_allclose(ours, theirs, atol=1e-11)


def test_attention_of_values_has_the_slopes_of_backward():
    keys, values, query = [0.5, -1.0], [2.0, 3.0], 0.7
    q, ks, vs = Value(query), [Value(k) for k in keys], [Value(v) for v in values]
    shares = [(k * q).exp() for k in ks]
    mean = sum(s * v for s, v in zip(shares, vs, strict=True)) / sum(shares)
    mean.backward()
    layer = Attention(2, 1, rng=0)
    layer.query.value, layer.key.value, layer.value.value = [[query / keys[1]]], [[1]], [[1]]
    assert layer([keys])[0, 0] == pytest.approx(
        sum(s.data * k for s, k in zip(shares, keys, strict=True)) / sum(s.data for s in shares)
    )
    # With the values equal to the keys, a place's slope adds up those as key, value and query.
    slopes = []
    for t in range(2):
        xs = [Value(k) for k in keys]
        q = xs[1] * (query / keys[1])
        shares = [(x * q).exp() for x in xs]
        (sum(s * x for s, x in zip(shares, xs, strict=True)) / sum(shares)).backward()
        slopes.append(xs[t].grad)
    np.testing.assert_allclose(layer.backward([[1.0]]), [slopes], rtol=1e-12)


@given(st.integers(1, 5), st.integers(0, 99))
def test_the_weights_are_shares_and_without_places_know_no_order(length, seed):
    rng = np.random.default_rng(seed)
    layer, X = Attention(length, 2, rng=rng), rng.normal(size=(1, length, 2))
    shares = layer.weights(X.reshape(1, -1))
    assert shares.min() > 0
    assert shares.sum() == pytest.approx(1)
    order = [*rng.permutation(length - 1), length - 1]
    np.testing.assert_allclose(
        layer(X.reshape(1, -1)), layer(X[:, order].reshape(1, -1)), atol=1e-12
    )


def test_a_network_of_them_against_central_differences():
    rng = np.random.default_rng(0)
    model = Sequential(
        Embedding(5, 2, length=3, rng=rng),
        Places(3, 2, rng=rng),
        Attention(3, 4, width=2, rng=rng),
        nnlib.Tanh(),
        Linear(4, 5, rng=rng),
    )
    X, y = rng.integers(0, 5, (6, 3)), rng.integers(0, 5, 6)
    nnlib.check_model(model, X, y, loss="cross_entropy_with_logits")
    assert [line.split()[-1] for line in model.summary().splitlines()[2:7]] == [
        "10",
        "6",
        "24",
        "0",
        "25",
    ]


def test_places_add_their_vectors():
    layer = Places(2, 1, rng=0)
    layer.bias.value = [10.0, 20.0]
    assert layer([[1.0, 2.0], [0.0, 0.0]]).tolist() == [[11, 22], [10, 20]]
    assert layer.backward([[1.0, 2.0], [3.0, 5.0]]).tolist() == [[1, 2], [3, 5]]
    assert layer.bias.grad.tolist() == [4, 7]
    assert repr(layer) == "Places(2, 1)"
    assert repr(Attention(2, 3, width=4, rng=0)) == "Attention(2, 3, width=4)"
    assert repr(Attention(2, 3, rng=0)) == "Attention(2, 3)"


def test_the_starts_have_their_variances():
    assert Embedding(300, 50, rng=0).weight.value.var() == pytest.approx(1, rel=0.03)
    assert Places(300, 50, rng=0).bias.value.var() == pytest.approx(1, rel=0.03)
    for parameter in Attention(2, 100, width=80, rng=0).parameters():
        assert parameter.value.var() == pytest.approx(1 / 80, rel=0.05)


def test_float32_stays():
    model = Sequential(
        Embedding(5, 2, length=3, rng=0, dtype=np.float32),
        Places(3, 2, rng=0, dtype=np.float32),
        Attention(3, 2, rng=0, dtype=np.float32),
    )
    assert model([[0, 1, 2]]).dtype == np.float32
    gradient = model.backward(np.ones((1, 2), np.float32), input_gradient=True)
    assert gradient.dtype == np.float32


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_attention_passes_on_what_is_not_finite_without_a_warning(value):
    layer = Attention(2, 2, rng=0)
    assert np.isnan(layer([[value, 1, 1, 1], [1, 1, 1, 1]])).tolist() == [[True] * 2, [False] * 2]


# -- Writing


def certain(following):
    """A network that is sure of the next letter: `following` says which comes after which."""
    model = Sequential(Embedding(27, 27, length=1, rng=0), Linear(27, 27, rng=0))
    scores = np.zeros((27, 27))
    for before, after in following.items():
        scores[nnlib.LETTERS.index(before), nnlib.LETTERS.index(after)] = 1000.0
    model[0].weight.value, model[1].weight.value = np.eye(27), scores
    return model


def test_what_is_certain_is_written():
    model = certain({".": "d", "d": "i", "i": "n", "n": "o", "o": "."})
    assert nnlib.write(model, rng=0) == "dino"
    assert nnlib.write(model, rng=0, start="xin") == "xino"
    assert nnlib.write(model, rng=0, start="dino") == "dino"
    assert nnlib.write(certain({".": "a", "a": "a"}), rng=0, longest=7) == "aaaaaaa"


def test_a_start_that_is_long_enough_comes_back():
    assert nnlib.write(window_network(), rng=0, start="abcde", longest=3) == "abcde"


def test_letters_are_drawn_with_the_probabilities_of_softmax():
    model, rng = window_network(), np.random.default_rng(1)
    first = [nnlib.write(model, rng=rng, longest=1, temperature=2.0) for _ in range(4000)]
    shares = [first.count(letter.strip(".")) / 4000 for letter in nnlib.LETTERS]
    p = nnlib.softmax(model.predict([[0, 0, 0]])[0] / 2)
    assert np.max(np.abs(shares - p) / np.sqrt(p * (1 - p) / 4000)) < 4.5


def test_a_seed_repeats_a_word_and_a_prediction_leaves_no_trace():
    model = window_network()
    model([[1, 2, 3]])
    words = [nnlib.write(model, rng=3) for _ in range(2)]
    assert words[0] == words[1]
    model.backward(np.ones((1, 27)))
    assert np.flatnonzero(model[0].weight.grad.any(axis=1)).tolist() == [1, 2, 3]


# -- Wrong input

CASES = [
    (lambda: nnlib.windows("abc", 3), TypeError, "names must be a list of words", "['abc']"),
    (lambda: nnlib.windows(["Abc"], 3), ValueError, "small letters from a to z", "'Abc'"),
    (lambda: nnlib.windows(["ab.c"], 3), ValueError, "small letters", "'ab.c'"),
    (lambda: nnlib.windows([""], 3), ValueError, "small letters", "''"),
    (lambda: nnlib.windows([3], 3), TypeError, "names must be made of words", "3"),
    (lambda: nnlib.windows([], 3), ValueError, "names must not be empty"),
    (lambda: nnlib.windows(["abc"], 0), ValueError, "length must be at least 1", "0"),
    (lambda: Embedding(0, 2, rng=0), ValueError, "count must be at least 1", "0"),
    (lambda: Embedding(3, 2.0, rng=0), TypeError, "size must be an integer", "2.0"),
    (lambda: Embedding(3, 2, length=0, rng=0), ValueError, "length must be at least 1"),
    (lambda: Embedding(3, 2, rng=0, dtype=int), TypeError, "dtype", "int64"),
    (lambda: Embedding(3, 2, rng=0)([[0, 3]]), ValueError, "whole numbers from 0 to 2", "3.0"),
    (lambda: Embedding(3, 2, rng=0)([[-1]]), ValueError, "whole numbers from 0 to 2", "-1.0"),
    (lambda: Embedding(3, 2, rng=0)([[0.5]]), ValueError, "whole numbers from 0 to 2", "0.5"),
    (lambda: Embedding(3, 2, rng=0)([[np.nan]]), ValueError, "whole numbers", "nan"),
    (lambda: Embedding(3, 2, rng=0)([1, 2]), ValueError, "X must have shape (n, d)", "(2,)"),
    (lambda: Embedding(3, 2, length=2, rng=0)([[1]]), ValueError, "(n, 2)", "(1, 1)"),
    (lambda: Embedding(3, 2, rng=0)([["a"]]), TypeError, "X must be an array of real numbers"),
    (lambda: Places(0, 2, rng=0), ValueError, "length must be at least 1"),
    (lambda: Places(2, 0, rng=0), ValueError, "size must be at least 1"),
    (lambda: Places(2, 1, rng=0)([[1.0]]), ValueError, "(n, 2)", "(1, 1)"),
    (lambda: Attention(0, 1, rng=0), ValueError, "length must be at least 1"),
    (lambda: Attention(1, 0, rng=0), ValueError, "size must be at least 1"),
    (lambda: Attention(1, 1, width=0, rng=0), ValueError, "width must be at least 1"),
    (lambda: Attention(2, 1, rng=0)([[1.0]]), ValueError, "(n, 2)", "(1, 1)"),
    (lambda: Attention(2, 1, rng=0).weights([[1.0]]), ValueError, "(n, 2)", "(1, 1)"),
    (lambda: Attention(2, 1, rng=0, dtype=int), TypeError, "dtype", "int64"),
    (lambda: nnlib.write(window_network, rng=0), TypeError, "model must be a Sequential"),
    (lambda: nnlib.write(window_network(), rng=None), TypeError, "rng must be"),
    (lambda: nnlib.write(window_network(), rng=0, start="D"), ValueError, "start", "'D'"),
    (lambda: nnlib.write(window_network(), rng=0, temperature=0), ValueError, "temperature", "0"),
    (
        lambda: nnlib.write(window_network(), rng=0, temperature=1e-320),
        ValueError,
        "temperature must be larger",
    ),
    (lambda: nnlib.write(diverged(), rng=0), ValueError, "the model's output must be finite"),
    (lambda: nnlib.write(window_network(), rng=0, longest=0), ValueError, "longest", "0"),
    (
        lambda: nnlib.write(Sequential(Embedding(27, 27, rng=0)), rng=0),
        ValueError,
        "model must say how many letters it takes",
        "length=3",
    ),
    (
        lambda: nnlib.write(Sequential(Embedding(27, 2, length=3, rng=0)), rng=0),
        ValueError,
        "the model's output must have shape (n, 27)",
        "(1, 6)",
    ),
]


@pytest.mark.parametrize("case", CASES, ids=[f"{i}-{case[2][:32]}" for i, case in enumerate(CASES)])
def test_one_wrong_thing(case):
    call, error, *fragments = case
    with pytest.raises(error) as raised:
        call()
    for fragment in fragments:
        assert fragment in str(raised.value)


@pytest.mark.parametrize(
    "layer",
    [Embedding(3, 2, rng=0), Places(2, 1, rng=0), Attention(2, 1, rng=0)],
    ids=["Embedding", "Places", "Attention"],
)
@pytest.mark.parametrize("method", ["backward", "backward_parameters"])
def test_backward_comes_after_forward_and_wants_its_shape(layer, method):
    fresh = type(layer).__new__(type(layer))
    vars(fresh).update(layer.__getstate__())
    with pytest.raises(RuntimeError, match="call forward before backward"):
        getattr(fresh, method)([[1.0]])
    out = layer([[1, 0]])
    with pytest.raises(ValueError, match="shape of the output"):
        getattr(layer, method)(np.ones((1, out.shape[1] + 1)))


@pytest.mark.parametrize("make", [Embedding, Places, Attention])
def test_chance_comes_from_a_generator_or_a_seed(make):
    with pytest.raises(TypeError, match="rng must be"):
        make(2, 2, rng=None)
