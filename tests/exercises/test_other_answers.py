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


@right("losses-logits")
def tuple_np(z, y):
    return np.logaddexp(0, (1 - 2 * y) * z).mean(), (
        1 / (1 + np.exp(-np.clip(z, -700, 700))) - y
    ) / z.size


@right("losses-logits")
def maxform(z, y):
    L = np.maximum(z, 0) - z * y + np.log1p(np.exp(-np.abs(z)))
    s = np.where(z > 0, 1 / (1 + np.exp(-z)), np.exp(z) / (1 + np.exp(z)))
    s = np.where(np.isnan(s), 0, s)
    return float(L.mean()), list((s - y) / len(y))


@right("losses-logits")
def one_item(z, y):
    return np.array([np.logaddexp(0, (1 - 2 * y) * z).mean()]), (
        (np.exp(-np.logaddexp(0, -z)) - y) / len(z)
    ).reshape(-1, 1)


@right("losses-logits")
def loopm(z, y):
    tot = 0
    g = []
    for a, t in zip(z, y, strict=False):
        tot += max(a, 0) - a * t + math.log1p(math.exp(-abs(a)))
        s = 1 / (1 + math.exp(-a)) if a >= 0 else math.exp(a) / (1 + math.exp(a))
        g.append((s - t) / len(z))
    return [tot / len(z), g]


@right("losses-divergence")
def loopd(q, p):
    t = 0.0
    for a, b in zip(q, p, strict=False):
        if a > 0:
            t += math.inf if b == 0 else a * math.log(a / b)
    return t


@right("losses-divergence")
def whr(q, p):
    return np.where(q > 0, q * np.log(np.where(q > 0, q, 1) / p), 0).sum()


@right("losses-divergence")
def nans(q, p):
    return np.nansum(q * np.log(q / p))


@right("losses-divergence")
def ent(q, p):
    k = np.flatnonzero(q)
    return -(q[k] @ np.log(p[k])) + q[k] @ np.log(q[k])


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


@right("softmax-batch")
def lse(Z):
    m = Z.max(1, keepdims=True)
    return np.exp(Z - m - np.log(np.exp(Z - m).sum(1, keepdims=True)))


@right("softmax-batch")
def reduc(Z):
    return np.exp(Z - np.logaddexp.reduce(Z, axis=1, keepdims=True))


@right("softmax-batch")
def ratio(Z):
    return 1 / np.exp(Z[:, None, :] - Z[:, :, None]).sum(2)


@right("softmax-batch")
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


@right("diagnosis-alarm")
def tern(K, s, h, ra, v):
    return (
        3
        if s > 2 * math.log(K)
        else 5
        if h > 0.1
        else 6
        if not 0.9 <= ra <= 1.1
        else 10
        if v < 2 / K
        else 0
    )


@right("diagnosis-alarm")
def listed(K, s, h, ra, v):
    t = {3: s > 2 * np.log(K), 5: h > 0.1, 6: np.abs(ra - 1) > 0.1, 10: v < 2 / K}
    return ([k for k in t if t[k]] + [0])[0]


@right("diagnosis-alarm")
def npfloat(K, s, h, ra, v):
    return np.float64(tern(K, s, h, ra, v))


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


@wrong("losses-logits", "overflow")
def clip_z(z, y):
    z = np.clip(z, -500, 500)
    p = sigmoid(z)
    return -np.mean(np.log(np.where(y == 1, p, 1 - p))), (p - y) / len(z)


@wrong("losses-logits", "clipped")
def clip_700(z, y):
    z = np.clip(z, -30, 30)
    return np.mean(np.logaddexp(0, z) - y * z), (sigmoid(z) - y) / len(z)


@wrong("losses-logits", "clipped")
def eps7(z, y):
    p = sigmoid(z)
    return -np.mean(y * np.log(p + 1e-8) + (1 - y) * np.log(1 - p + 1e-8)), (p - y) / len(z)


@wrong("losses-logits", "overflow")
def nan2num(z, y):
    p = sigmoid(z)
    return np.mean(np.nan_to_num(-y * np.log(p) - (1 - y) * np.log(1 - p))), (p - y) / len(z)


@wrong("losses-logits", "sum_for_mean")
def sum_both(z, y):
    return np.sum(np.logaddexp(0, z) - y * z), sigmoid(z) - y


@wrong("losses-logits", None)
def only_slope(z, y):
    return (sigmoid(z) - y) / len(z)


@wrong("losses-logits", None)
def list_in_array(z, y):
    return np.array([np.mean(np.logaddexp(0, z) - y * z), *((sigmoid(z) - y) / len(z))])


@wrong("losses-logits", None)
def wrong_formula(z, y):
    return np.mean(np.logaddexp(0, (2 * y - 1) * z)), (sigmoid(z) - y) / len(z)


@wrong("losses-logits", "overflow")
def math_exp(z, y):
    p = [1 / (1 + math.exp(-t)) for t in z]
    return -sum(math.log(a if b else 1 - a) for a, b in zip(p, y, strict=False)) / len(
        z
    ), np.subtract(p, y) / len(z)


@wrong("losses-logits", None)
def dict_(z, y):
    return {"loss": 1, "slope": z}


@wrong("losses-logits", None)
def mean_slope(z, y):
    return np.mean(np.logaddexp(0, z) - y * z), np.mean(sigmoid(z) - y)


@wrong("losses-logits", None)
def nested(z, y):
    return (np.mean(np.logaddexp(0, z) - y * z),), ((sigmoid(z) - y) / len(z)), 0


@wrong("losses-divergence", "kept_finite")
def maskp(q, p):
    k = (q > 0) & (p > 0)
    return np.sum(q[k] * np.log(q[k] / p[k]))


@wrong("losses-divergence", "kept_finite")
def nan_zero(q, p):
    return np.nan_to_num(q * np.log(q / p)).sum()


@wrong("losses-divergence", "kept_finite")
def maximum_(q, p):
    return np.sum(q * np.log(np.maximum(q, 1e-10) / np.maximum(p, 1e-10)))


@wrong("losses-divergence", None)
def sym(q, p):
    k = q > 0
    return np.sum((q[k] - p[k]) * np.log(q[k] / p[k]))


@wrong("losses-divergence", None)
def math_log(q, p):
    return sum(a * math.log(a / b) for a, b in zip(q, p, strict=False))


@wrong("losses-divergence", "cross_entropy")
def abs_(q, p):
    k = q > 0
    return abs(np.sum(q[k] * np.log(p[k])))


@wrong("losses-divergence", "missing_minus")
def entropy_minus(q, p):
    k = q > 0
    return np.sum(q[k] * np.log(p[k])) - np.sum(q[k] * np.log(q[k]))


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


@wrong("softmax-batch", "forbidden")
def library(Z):
    return np.exp(nnlib.log_softmax(Z))


@wrong("softmax-batch", "imprecise")
def eps(Z):
    E = np.exp(Z - Z.max(1, keepdims=True))
    return E / (E.sum(1, keepdims=True) + 1e-8)


@wrong("softmax-batch", "imprecise")
def f32(Z):
    Z = Z.astype(np.float32)
    E = np.exp(Z - Z.max(1, keepdims=True))
    return E / E.sum(1, keepdims=True)


@wrong("softmax-batch", "mean_subtracted")
def median_shift(Z):
    E = np.exp(Z - np.median(Z, axis=1, keepdims=True))
    return E / E.sum(1, keepdims=True)


@wrong("softmax-batch", "overflow")
def first_shift(Z):
    E = np.exp(Z - Z[:, :1])
    return E / E.sum(1, keepdims=True)


@wrong("softmax-batch", None)
def clipz(Z):
    E = np.exp(np.clip(Z, -700, 700))
    return E / E.sum(1, keepdims=True)


@wrong("softmax-batch", None)
def noax(Z):
    E = np.exp(Z - Z.max(1, keepdims=True))
    return E / E.sum(axis=0)


@wrong("softmax-batch", None)
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


@wrong("diagnosis-alarm", "twice_forgotten")
def not_twice(K, s, h, r, v):
    if s > math.log(K):
        return 3
    if h > 0.1:
        return 5
    if abs(r - 1) > 0.1:
        return 6
    return 10 if v < 2 / K else 0


@wrong("diagnosis-alarm", "common_logarithm")
def common_logarithm(K, s, h, r, v):
    if s > 2 * math.log10(K):
        return 3
    if h > 0.1:
        return 5
    if abs(r - 1) > 0.1:
        return 6
    return 10 if v < 2 / K else 0


@wrong("diagnosis-alarm", None)
def binary_logarithm(K, s, h, r, v):
    if s > 2 * math.log2(K):
        return 3
    if h > 0.1:
        return 5
    if abs(r - 1) > 0.1:
        return 6
    return 10 if v < 2 / K else 0


@wrong("diagnosis-alarm", None)
def nothing(K, s, h, r, v):
    if s > 2 * math.log(K):
        return 3
    if h > 0.1:
        return 5
    if abs(r - 1) > 0.1:
        return 6
    if v < 2 / K:
        return 10
    return None


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
