"""The patients of the chapter on networks that do not learn: each symptom, and that its mend works.

The chapter tells what its cells show. Here the same is asked of each patient from another side, and
the code that the chapter shows is the code that runs.
"""

import ast
import json
import re

import numpy as np
import pytest

import nnlib
from nnbook import patients
from nnbook.patients import PATIENTS, Training, admit

SICK = list("ABCDEFGHIJ")


@pytest.fixture(scope="module")
def runs():
    """Each training and its history."""
    trained = {}
    for name in PATIENTS:
        training = admit(name)
        trained[name] = training, training.run()
    return trained


def hidden(training):
    return training.net[:2].predict(training.X)


def test_the_healthy_one_is_well(runs):
    training, history = runs["healthy"]
    assert history.losses[0] == pytest.approx(np.log(10), abs=0.1)
    assert history.losses[-1] < 0.06
    assert history.accuracies[-1] > 0.99
    assert history.validation_accuracies[-1] > 0.92
    assert training.steps == 250
    loss = "cross_entropy_with_logits"
    assert (
        nnlib.check_model(admit("healthy").net, training.X[:20], training.y[:20], loss=loss) is None
    )


def test_it_trains_as_the_library_does():
    """The same batches and steps as `nnlib.fit`."""
    training = admit("healthy")
    other = admit("healthy")
    history = nnlib.fit(
        other.net,
        other.X,
        other.y,
        loss="cross_entropy_with_logits",
        optimizer=nnlib.SGD(other.net.parameters(), lr=other.lr),
        epochs=other.epochs,
        batch_size=other.batch,
        rng=other.rng,
        validation=(other.X_val, other.y_val),
    )
    own = training.run()
    np.testing.assert_allclose(own.losses, history.losses, rtol=1e-6)
    assert own.validation_accuracies == history.validation_accuracies


def test_the_letters_tell_nothing():
    assert list(PATIENTS) == ["healthy", *SICK]
    assert len(set(PATIENTS.values())) == 11
    with pytest.raises(ValueError, match="name must be one of"):
        admit("K")


@pytest.mark.parametrize("name", SICK)
def test_each_patient_changes_one_thing(name):
    own = {key for key in vars(PATIENTS[name]) if not key.startswith("__")}
    assert own - {"activation"} in [
        {one} for one in ("data", "network", "loss", "slopes", "update", "lr", "batch")
    ]


@pytest.mark.parametrize("name", SICK)
def test_each_patient_is_ill(name, runs):
    """F is ill although it looks well."""
    validated = runs[name][1].validation_accuracies[-1]
    assert validated == 1 if name == "F" else validated < 0.75


@pytest.mark.parametrize("name", "ADH")
def test_three_end_as_a_constant(name, runs):
    training, history = runs[name]
    assert history.losses[-1] == pytest.approx(np.log(10), abs=0.1)
    assert (hidden(training) == 0).all()
    assert len(np.unique(training.net.predict(training.X), axis=0)) == 1


def test_only_two_start_with_a_large_loss(runs):
    starts = {name: history.losses[0] for name, (_, history) in runs.items()}
    assert {name for name, start in starts.items() if start > 2.5} == {"H", "J"}


def by_heart(training):
    for _ in range(100):
        training.slopes(training.X[:10], training.y[:10])
        training.update()
    return training.loss(training.net.predict(training.X[:10]), training.y[:10])[0]


@pytest.mark.parametrize("name", list(PATIENTS))
def test_ten_samples_are_learned_unless_something_is_broken(name):
    assert (by_heart(admit(name)) > 0.1) == (name in "ABDEH")


def test_softmax_twice_has_a_floor():
    assert np.log(1 + 9 / np.e) < by_heart(admit("B")) < 1.5
    z = np.random.default_rng(0).normal(size=(5, 10))
    y = np.arange(5)

    def loss(z):
        return admit("B").loss(z, y)[0]

    np.testing.assert_allclose(
        admit("B").loss(z, y)[1], nnlib.numerical_gradient(loss, z), atol=1e-7
    )


@pytest.mark.parametrize("name", list(PATIENTS))
def test_a_tiny_step_finds_the_wrong_step_and_no_other(name):
    training = admit(name)
    training.lr, kept = 1e-5, []
    for _ in range(3):
        before = training.slopes(training.X, training.y)
        gradient = training.net.gradient.copy()
        training.update()
        after = training.loss(training.net.predict(training.X), training.y)[0]
        kept.append((before - after) / (training.lr * gradient @ gradient))
    expected = {"E": [-1, -1, -1], "I": [1, 1 / 2, 1 / 3]}.get(name, [1, 1, 1])
    np.testing.assert_allclose(kept, expected, atol=0.01)


def test_dead_and_saturated_are_seen_before_the_first_step():
    D, J, well = admit("D"), admit("J"), admit("healthy")
    for training in (D, J, well):
        training.slopes(training.X, training.y)
    assert (hidden(D) == 0).all()
    assert [bool(p.grad.any()) for p in D.net.parameters()] == [False, False, False, True]
    assert np.mean(1 - hidden(J) ** 2 < 0.01) > 0.85

    def ratio(training):
        first, second = (training.net[layer].weight.grad for layer in (0, 2))
        return np.sqrt(np.mean(second**2) / np.mean(first**2))

    assert ratio(J) > 50
    assert ratio(well) < 2


def test_the_rate_heals_one_and_not_the_other():
    ends = {}
    for name in "AG":
        for factor in (1 / 9, 1 / 3, 1, 3):
            training = admit(name)
            training.lr *= factor
            ends[name, factor] = training.run().losses[-1]
    assert ends["A", 1 / 9] < 0.06
    assert min(end for (name, _), end in ends.items() if name == "G") == ends["G", 1] > 1


def test_a_baseline_reads_the_dots():
    found = {}
    for name in ("healthy", "C", "F"):
        training = admit(name)
        training.net = nnlib.mlp((64, 10), rng=0)
        found[name] = training.run().validation_accuracies[-1]
    assert found["C"] < 0.1 < 0.9 < found["healthy"] < 0.93 < 0.99 < found["F"]


def mend(name):
    training, well = admit(name), admit("healthy")
    if name in "CFH":
        training.X, training.y = well.X, well.y
        training.X_val, training.y_val = well.X_val, well.y_val
    elif name in "DJ":
        training.net = nnlib.mlp((64, 32, 10), training.activation, rng=0)
    elif name in "BEI":
        for method in ("loss", "slopes", "update"):
            setattr(training, method, getattr(Training, method).__get__(training))
    else:
        training.lr, training.batch = well.lr, well.batch
    return training


@pytest.mark.parametrize("name", SICK)
def test_mended_it_is_well(name):
    history = mend(name).run()
    assert history.losses[-1] < 0.1
    assert history.accuracies[-1] > 0.98
    assert 0.87 < history.validation_accuracies[-1] < 0.99


def test_losses_in_few_letters():
    assert [patients.short(loss) for loss in (0, 2.345, 999.9, 3.35e205)] == [
        "0.00",
        "2.35",
        "999.90",
        "3e+205",
    ]


def bare(tree):
    """The code of a class or function without what its docstring says."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            if ast.get_docstring(node) is not None:
                node.body = node.body[1:]
            if isinstance(node, ast.FunctionDef):
                node.returns = None
                for argument in node.args.args:
                    argument.annotation = None
    return ast.unparse(tree)


@pytest.mark.parametrize("edition", ["", "zh"])
def test_the_chapter_shows_the_code_that_runs(root, edition):
    """Every patient's class, and of the healthy one the two functions that it explains."""
    module = ast.parse((root / "nnbook/patients.py").read_text(encoding="utf-8"))
    classes = {node.name: node for node in module.body if isinstance(node, ast.ClassDef)}
    expected = {bare(classes[PATIENTS[name].__name__]) for name in SICK}
    healthy = {
        node.name: node for node in classes["Training"].body if isinstance(node, ast.FunctionDef)
    }
    expected |= {bare(healthy[name]) for name in ("slopes", "update")}

    page = json.loads((root / edition / "chapters/diagnosis.ipynb").read_text(encoding="utf-8"))
    text = "\n\n".join("".join(c["source"]) for c in page["cells"] if c["cell_type"] == "markdown")
    blocks = re.findall(r"^```python\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    shown = {bare(node) for block in blocks for node in ast.parse(block).body}
    assert shown == expected
