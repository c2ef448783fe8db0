"""Answers of other learners: right in unusual forms, and wrong, with what is then said."""

import math
import statistics

import numpy as np
import pytest

import nnlib
from nnbook import exercises

RIGHT, WRONG = [], []


def right(name):
    def keep(answer):
        RIGHT.append((name, answer))
        return answer

    return keep


def wrong(name, mistake):
    def keep(answer):
        WRONG.append((name, mistake, answer))
        return answer

    return keep


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


# -- Right --


@right("generalization-scaler")
def loops(X, new):
    out = []
    for row in new:
        o = []
        for j, v in enumerate(row):
            m = statistics.fmean(X[:, j])
            s = statistics.pstdev(X[:, j]) or 1.0
            o.append((v - m) / s)
        out.append(o)
    return out


@right("generalization-scaler")
def where_(X, new):
    s = X.std(0)
    return (new - X.mean(0)) / np.where(s == 0, 1, s)


@right("generalization-scaler")
def plus_bool(X, new):
    s = X.std(0)
    return (new - X.mean(0)) / (s + (s == 0))


@right("generalization-scaler")
def scaler_(X, new):
    _, sc = nnlib.standardize(X)
    return (new - sc.mean) / sc.scale


@right("generalization-scaler")
def sqrt_(X, new):
    m = X.sum(0) / len(X)
    v = ((X - m) ** 2).sum(0) / len(X)
    v[v < 1e-12] = 1
    return (new - m) / v**0.5


@right("losses-median")
def stat(y):
    return statistics.median(y.tolist())


@right("losses-median")
def part(y):
    return np.partition(y, len(y) // 2)[len(y) // 2]


@right("losses-median")
def quant(y):
    return np.quantile(y, 0.5)


@right("losses-median")
def brute(y):
    return min(y, key=lambda c: np.abs(y - c).sum())


@right("losses-line")
def matrix(w, b, x, y):
    A = np.column_stack([x, np.ones_like(x)])
    return 2 * A.T @ (A @ [w, b] - y)


@right("losses-line")
def autod(w, b, x, y):
    W, B = nnlib.Value(w), nnlib.Value(b)
    L = 0
    for a, t in zip(x, y, strict=False):
        L = (W * float(a) + B - float(t)) ** 2 + L
    L.backward()
    return W.grad, B.grad


@right("losses-line")
def lib(w, b, x, y):
    g = nnlib.ssr_derivative(w * x + b, y)
    return np.array([g @ x, g.sum()])


@right("softmax-product")
def ein(p, g):
    return p * (g - np.einsum("nk,nk->n", p, g)[:, None])


@right("softmax-product")
def cols(p, g):
    return ((g.T - (p * g).sum(1)) * p.T).T


@right("softmax-product")
def matm(p, g):
    return p * g - p * (p[:, None, :] @ g[:, :, None])[:, :, 0]


@right("softmax-own")
def lse(Z):
    m = Z.max(1, keepdims=True)
    return np.exp(Z - m - np.log(np.exp(Z - m).sum(1, keepdims=True)))


@right("softmax-own")
def reduc(Z):
    return np.exp(Z - np.logaddexp.reduce(Z, axis=1, keepdims=True))


@right("softmax-own")
def ratio(Z):
    return 1 / np.exp(Z[:, None, :] - Z[:, :, None]).sum(2)


@right("softmax-own")
def listc(Z):
    o = []
    for row in Z.tolist():
        e = [math.exp(v - max(row)) for v in row]
        o.append([a / sum(e) for a in e])
    return o


@right("diagnosis-floor")
def derived(K):
    return -np.log(nnlib.softmax(np.eye(K)[0])[0])


@right("diagnosis-floor")
def ce(K):
    return nnlib.cross_entropy_with_logits(np.eye(1, K), [0])


@right("diagnosis-floor")
def logs(K):
    return math.log(math.e + K - 1) - 1


@right("refresher-spread")
def stats(X):
    return [[statistics.fmean(c) for c in X.T], [statistics.pvariance(c.tolist()) for c in X.T]]


@right("refresher-spread")
def ex2(X):
    return np.array([X.mean(0), (X**2).mean(0) - X.mean(0) ** 2])


@right("gradient_descent-tolerance")
def rec(slope, start, lr, tol, n):
    g = slope(start)
    if abs(g) < tol or n == 0:
        return start, abs(g) < tol
    return rec(slope, start - lr * g, lr, tol, n - 1)


@right("gradient_descent-tolerance")
def lst(slope, start, lr, tol, n):
    k = 0
    while abs(slope(start)) >= tol and k < n:
        start -= lr * slope(start)
        k += 1
    return [np.array([start]), bool(abs(slope(start)) < tol)]


@right("cross_entropy-soft")
def lae(Z, Q):
    return np.mean([(np.logaddexp.reduce(z) - q @ z) for z, q in zip(Z, Q, strict=False)])


@right("multiple_outputs-shift")
def brow(Wm, b):
    return Wm - Wm[:, [-1]], (b - b[-1])[None, :]


@right("networks-symmetry")
def lists(W1, b1, W2):
    n = np.sqrt((W1**2).sum(0))
    o = sorted(range(len(n)), key=lambda j: (b1[j] / n[j], W1[0, j] / n[j]))
    return [(W1 / n)[:, o].tolist(), (b1 / n)[o].tolist(), (W2.T * n).T[o].tolist()]


# -- Wrong --


@wrong("generalization-scaler", "tiny_added")
def eps_inside_sqrt(X, new):
    return (new - X.mean(0)) / np.sqrt(X.var(0) + 1e-5)


@wrong("generalization-scaler", None)
def minmax(X, new):
    lo, hi = X.min(0), X.max(0)
    return (new - lo) / np.where(hi > lo, hi - lo, 1)


@wrong("generalization-scaler", None)
def median_scale(X, new):
    return (new - np.median(X, 0)) / np.where(X.std(0) > 0, X.std(0), 1)


@wrong("generalization-scaler", None)
def var_for_std(X, new):
    return (new - X.mean(0)) / np.where(X.var(0) > 0, X.var(0), 1)


@wrong("generalization-scaler", None)
def rows_axis(X, new):
    return (new - X.mean(axis=1)) / X.std(axis=1)


@wrong("generalization-scaler", "tiny_added")
def nan_to_num(X, new):
    return np.nan_to_num((new - X.mean(0)) / X.std(0))


@wrong("generalization-scaler", None)
def returns_scaler(X, new):
    return nnlib.standardize(X)[1]


@wrong("generalization-scaler", None)
def returns_pair(X, new):
    return nnlib.standardize(X)


@wrong("generalization-scaler", None)
def calls_scaler(X, new):
    _, s = nnlib.standardize(X)
    return s(new)


@wrong("generalization-scaler", None)
def mean_of_both(X, new):
    m = np.vstack([X, new]).mean(0)
    return (new - m) / np.where(X.std(0) > 0, X.std(0), 1)


@wrong("losses-median", None)
def sorted_none(y):
    return sorted(y)[int((len(y) + 1) / 2)]


@wrong("losses-median", None)
def mode(y):
    return max(set(y.tolist()), key=y.tolist().count)


@wrong("losses-median", None)
def reverse_inplace(y):
    y = y.sort()
    return np.median(y)


@wrong("losses-median", None)
def geometric(y):
    return np.exp(np.mean(np.log(np.abs(y))))


@wrong("losses-line", None)
def fwd_diff(w, b, x, y):
    h = 1e-6

    def loss(w, b):
        return np.sum((y - w * x - b) ** 2)

    return [(loss(w + h, b) - loss(w, b)) / h, (loss(w, b + h) - loss(w, b)) / h]


@wrong("losses-line", None)
def list_of_arrays(w, b, x, y):
    r = y - w * x - b
    return -2 * r * x, -2 * r


@wrong("losses-line", None)
def one_number(w, b, x, y):
    return -2 * np.sum((y - w * x - b) * x)


@wrong("softmax-product", "forbidden")
def bc(p, g):
    J = np.eye(p.shape[1]) * p[:, :, None] - p[:, :, None] * p[:, None, :]
    return (J @ g[:, :, None])[:, :, 0]


@wrong("softmax-product", "forbidden")
def wrong_ein(p, g):
    return np.einsum("ni,nij->nj", g, np.stack([np.diag(r) - np.outer(r, r) for r in p]))


@wrong("softmax-product", "forbidden")
def jac(p, g):
    return np.array([nnlib.softmax_jacobian(np.log(a)) @ b for a, b in zip(p, g, strict=False)])


@wrong("softmax-product", None)
def no_p(p, g):
    return p * g - np.sum(p * g, axis=1, keepdims=True)


@wrong("softmax-own", "forbidden")
def library(Z):
    return np.exp(nnlib.log_softmax(Z))


@wrong("softmax-own", "imprecise")
def eps(Z):
    E = np.exp(Z - Z.max(1, keepdims=True))
    return E / (E.sum(1, keepdims=True) + 1e-8)


@wrong("softmax-own", "imprecise")
def f32(Z):
    Z = Z.astype(np.float32)
    E = np.exp(Z - Z.max(1, keepdims=True))
    return E / E.sum(1, keepdims=True)


@wrong("softmax-own", "mean_subtracted")
def median_shift(Z):
    E = np.exp(Z - np.median(Z, axis=1, keepdims=True))
    return E / E.sum(1, keepdims=True)


@wrong("softmax-own", "overflow")
def first_shift(Z):
    E = np.exp(Z - Z[:, :1])
    return E / E.sum(1, keepdims=True)


@wrong("softmax-own", None)
def clipz(Z):
    E = np.exp(np.clip(Z, -700, 700))
    return E / E.sum(1, keepdims=True)


@wrong("softmax-own", None)
def noax(Z):
    E = np.exp(Z - Z.max(1, keepdims=True))
    return E / E.sum(axis=0)


@wrong("softmax-own", "no_exponential")
def linear(Z):
    return Z / Z.sum(1, keepdims=True)


@wrong("diagnosis-floor", None)
def natural(K):
    return math.log(K) - 1


@wrong("diagnosis-floor", None)
def tenonly(K):
    return 1.461


@wrong("diagnosis-floor", "counts_itself")
def single(K):
    return -math.log(math.e / (math.e + K))


@wrong("refresher-spread", "not_divided")
def total(X):
    return [X.mean(0), np.sum((X - X.mean(0)) ** 2, 0)]


@wrong("refresher-spread", "deviations_from_one_mean")
def meanall(X):
    return [X.mean(0), np.mean((X - X.mean()) ** 2, 0)]


@wrong("refresher-spread", None)
def squared_mean(X):
    return [X.mean(0), X.mean(0) ** 2]


@wrong("refresher-spread", "transposed")
def turned(X):
    return np.stack([X.mean(0), X.var(0)], axis=1)


@wrong("refresher-spread", None)
def only_means(X):
    return X.mean(0)


@wrong("refresher-spread", None)
def hstack_(X):
    return np.hstack([X.mean(0), X.var(0)])


@wrong("gradient_descent-tolerance", "point_alone")
def pt(slope, start, lr, tol, n):
    for _ in range(n):
        if abs(slope(start)) < tol:
            break
        start -= lr * slope(start)
    return start


@wrong("gradient_descent-tolerance", None)
def three(slope, start, lr, tol, n):
    return start, True, n


@wrong("gradient_descent-tolerance", None)
def strs(slope, start, lr, tol, n):
    return start, "yes"


@wrong("cross_entropy-soft", "forbidden")
def wrong_lib(Z, Q):
    return -np.mean(np.sum(Q * nnlib.log_softmax(Z), axis=1))


@wrong("gradient_descent-momentum", "forbidden")
def sgdlib(g, start, lr, mu, steps):
    th = [np.array(start, float)]
    v = nnlib.softplus(np.zeros_like(start)) * 0
    for _ in range(steps):
        v = mu * v + g(th[-1])
        th.append(th[-1] - lr * v)
    return np.array(th)


@wrong("multiple_outputs-shift", None)
def biasonly(Wm, b):
    return b - b[-1]


@wrong("multiple_outputs-centimeters", None)
def flipped(Wm, b, m, s):
    return (b - m @ (Wm / s[:, None]), Wm / s[:, None])


@pytest.mark.parametrize(("name", "answer"), RIGHT)
def test_an_unusual_right_answer_is_right(name, answer):
    verdict = exercises.check(name, answer)
    assert verdict.correct, verdict


@pytest.mark.parametrize(("name", "mistake", "answer"), WRONG)
def test_a_wrong_answer_is_told_its_mistake_or_none(name, mistake, answer):
    verdict = exercises.check(name, answer)
    assert (verdict.correct, verdict.mistake) == (False, mistake), verdict
