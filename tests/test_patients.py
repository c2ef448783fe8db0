"""The patients: each has one fault, and the tests find it.

What the tests measure is compared with what the figure has stored; the code that the chapter shows
is the code that runs.
"""

import ast
import itertools
import json
import re

import numpy as np
import pytest

import nnlib
from nnbook import patients, ten_tests
from nnbook.patients import FAULTS, PATIENTS, OneOutput, admit, checks, faults
from nnbook.patients.measured import KINDS, beds, measured, profiles, with_fault
from nnbook.patients.training import TYPICAL
from nnbook.patients.ward import BEDS, UNKNOWN
from nnlib import small

SICK = list("ABCDEFGHIJKL")


def test_the_healthy_one_is_well_and_typical():
    training = admit("healthy")
    history = training.run()
    assert history.losses[-1] < 0.06
    assert history.accuracies[-1] > 0.99
    assert history.validation_accuracies[-1] > 0.92
    assert training.steps == 250
    loss = "cross_entropy_with_logits"
    new = admit("healthy")
    assert nnlib.check_model(new.net, new.X[:20], new.y[:20], loss=loss) is None
    assert patients.typical() == TYPICAL


def test_it_trains_as_the_library_does():
    """The same batches and steps as `nnlib.fit`."""
    training, other = admit("healthy"), admit("healthy")
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
    assert len(set(PATIENTS.values())) == 13
    with pytest.raises(ValueError, match="name must be one of"):
        admit("M")


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_changes_one_thing(fault):
    own = {key for key in vars(FAULTS[fault]) if not key.startswith("__")} - {"activation"}
    assert len(own) == 1
    assert own < set(dir(OneOutput))


@pytest.mark.parametrize("kind", [faults.SoftmaxTwice, OneOutput, faults.ColumnMinusRow])
def test_the_slopes_of_a_loss_belong_to_it(kind):
    patient = kind()
    y = patient.y[:5]
    z = np.random.default_rng(0).normal(size=patient.net.predict(patient.X[:5]).shape)
    slopes = nnlib.numerical_gradient(lambda z: patient.loss(z, y)[0], z)
    np.testing.assert_allclose(patient.loss(z, y)[1], slopes, atol=1e-7)


def test_a_column_minus_a_row_learns_the_mean():
    patient = admit("D")
    losses = patient.run().losses
    assert losses[-1] == pytest.approx(np.var(patient.y), rel=0.15)
    assert OneOutput().run().losses[-1] < losses[-1] / 4


def test_a_tiny_step_does_not_see_everything():
    """Slopes that do not arrive promise nothing, and keep it."""
    expected = {"detached": 1, "layer": 0.22, "softmax": 1, "rate": 1, "uphill": -1}
    for fault, kept in expected.items():
        assert checks.tiny(FAULTS[fault]())["kept"][0] == kept
    assert checks.tiny(admit("I"))["kept"] == [1, 0.5, 0.33]
    assert checks.layers(FAULTS["detached"]())["steps"][0] == 0


def test_two_softmaxes_have_a_floor():
    assert checks.heart(admit("B"))["loss"] == "1.46"
    assert np.log(1 + 9 / np.e) == pytest.approx(1.461, abs=1e-3)


def test_new_images_prepared_in_another_way_are_no_overfitting():
    found = checks.preparation(admit("E"))
    assert found["own"] > 0.99
    assert found["new"] < 0.4
    assert checks.split(admit("E"))["validated"] < 0.4


def test_a_rare_class_is_never_read():
    found = checks.split(admit("L"))
    assert found["validated"] > 0.8
    assert found["classes"][8] == 0
    assert sum(share > 0.75 for share in found["classes"]) == 9


def test_a_check_leaves_the_patient_as_it_is():
    patient, other = admit("J"), admit("J")
    checks.examine(patient)
    assert patient.steps == 0
    np.testing.assert_array_equal(patient.net.theta, other.net.theta)
    np.testing.assert_array_equal(patient.order(), other.order())
    assert patient.rng.random() == other.rng.random()


def test_two_faults_told_apart_and_no_fault_from_any():
    """For each two there is a test that no start lets answer both the same."""
    for kind, ways in measured()["profiles"].items():
        for one, other in itertools.combinations(ways, 2):
            told = any(
                set(ways[one][check]).isdisjoint(ways[other][check]) for check in checks.CHECKS
            )
            # One output learns as slowly from shifted labels as at a small rate.
            assert told or (kind, one, other) == ("one", "labels", "slow")


def test_one_output_has_profiles_of_its_own():
    ten, one = (measured()["profiles"][kind] for kind in ("ten", "one"))
    assert set(one) ^ set(ten) == {"softmax", "rare", "shapes"}
    assert {name for name, bed in measured()["beds"].items() if bed["kind"] == "one"} == {
        "D",
        "14",
        "16",
    }
    # No loss is known beforehand, so the start says nothing there.
    assert all(ways["start"] == [""] for ways in one.values())
    rate, usual = (with_fault(fault, (0, 0), "one").lr for fault in ("rate", "dead"))
    assert rate == pytest.approx(10 * usual)


def test_the_tests_find_what_is_known_of_a_fault():
    for name, bed in measured()["beds"].items():
        for left, exam in bed["exams"].items():
            for check, found in exam.items() if "+" not in left else ():
                ways = measured()["profiles"][bed["kind"]][left or "healthy"][check]
                # A patient that has lost one of its two faults is on a start of its own.
                assert found["signs"] in ways or len(bed["faults"]) == 2, (name, check)


def test_what_is_stored_is_measured():
    names = ("A", "F", "3", "5")
    now, images = beds(names), measured()["images"]

    def seen(found, album):
        """Put the images themselves in the places of their numbers."""
        text = json.dumps(found)
        for key in ("images", "pairs"):
            text = re.sub(
                rf'("{key}": )(\[\[.*?\]\]|\[.*?\])',
                lambda m: m[1] + re.sub(r"\d+", lambda at: f'"{album[at[0]]}"', m[2]),
                text,
            )
        return text

    fresh = {str(at): image for at, image in enumerate(now["images"])}
    stored = {name: measured()["beds"][name] for name in names}
    assert seen(now["beds"], fresh) == seen(stored, images)
    assert seen(now["well"], fresh) == seen(measured()["well"], images)


@pytest.mark.exhaustive
def test_all_beds_that_are_stored_are_measured():
    now = beds()
    assert (now["beds"], now["well"]) == (measured()["beds"], measured()["well"])


@pytest.mark.exhaustive
@pytest.mark.parametrize("kind", KINDS)
def test_all_profiles_that_are_stored_are_measured(kind):
    assert profiles(kind) == measured()["profiles"][kind]


def test_the_ward_has_all_faults_pairs_and_healthy_ones():
    assert {fault for bed in BEDS.values() for fault in bed.faults} == set(FAULTS)
    kinds = [len(bed.faults) for bed in UNKNOWN.values()]
    assert min(kinds.count(count) for count in (0, 1, 2)) >= 4
    for name, bed in BEDS.items():
        well = bed.admit(*bed.faults)
        assert type(well).__mro__[1] in (bed.well, *bed.well.__mro__), name


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
def test_the_chapter_shows_the_code_of_the_ten_tests(root, edition):
    """All of it but one small function, in the order of the file."""
    module = ast.parse((root / "nnbook/ten_tests.py").read_text(encoding="utf-8"))
    runs = [bare(n) for n in module.body if isinstance(n, ast.ClassDef | ast.FunctionDef)]
    page = json.loads((root / edition / "chapters/diagnosis.ipynb").read_text(encoding="utf-8"))
    text = "\n\n".join("".join(c["source"]) for c in page["cells"] if c["cell_type"] == "markdown")
    blocks = re.findall(r"^```python\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    shown = [bare(node) for block in blocks for node in ast.parse(block).body]
    assert shown == [one for one in runs if not one.startswith("def log_softmax")]


def test_readers_can_take_the_ten_tests_to_a_network_of_their_own(root):
    """The file imports nothing of the book, leaves a model as it is and finds faults."""
    module = ast.parse((root / "nnbook/ten_tests.py").read_text(encoding="utf-8"))
    imports = [n for n in ast.walk(module) if isinstance(n, ast.Import | ast.ImportFrom)]
    assert {getattr(n, "module", None) or n.names[0].name for n in imports} == {"copy", "numpy"}
    well = admit("healthy")
    X, y, net = well.X, well.y, nnlib.mlp((64, 32, 10), rng=0)
    before, model = net.theta.copy(), ten_tests.Model(net, lr=0.5)
    assert ten_tests.look(model, X[:20], y[:20])["alone"]
    loss, usual = ten_tests.start(model, X, y)
    assert usual < loss < 2 * usual
    assert ten_tests.heart(model, X, y) < 0.01
    np.testing.assert_allclose(ten_tests.tiny(model, X, y), 1, atol=0.01)
    assert 0.01 < ten_tests.layers(model, X[:20], y[:20]).max() < 0.2
    images, zeros = ten_tests.zeros(model, X, y)
    assert images < 0.2 < 2.2 < zeros
    assert ten_tests.rates(model, X, y).argmin() == 2
    np.testing.assert_array_equal(net.theta, before)
    model.train(X, y)
    assert ten_tests.preparation(model, X, y, np.copy, np.zeros_like)[0] > 0.95
    right, each = ten_tests.classes(model, well.X_val, well.y_val)
    assert right > 0.85
    assert each.shape == (10,)


class Mine(ten_tests.Model):
    """A network of functions and arrays, as readers have it after the chapters."""

    def predict(self, X):
        return small.forward(self.net, X)[-1]

    def parameters(self):
        return self.net

    def gradients(self):
        return self.slopes

    def step(self, X, y):
        self.slopes = small.slopes(self.net, X, y)
        self.net = small.step(self.net, self.slopes, self.lr)


def test_a_network_of_functions_is_tested_too():
    well = admit("healthy")
    model = Mine(small.start(64, 32, 10, np.random.default_rng(0)), lr=0.5)
    np.testing.assert_allclose(ten_tests.tiny(model, well.X, well.y), 1, atol=0.01)
    assert ten_tests.heart(model, well.X, well.y) < 0.01
    assert ten_tests.layers(model, well.X[:20], well.y[:20]).shape == (2,)
    assert ten_tests.zeros(model, well.X, well.y)[0] < 0.3


class TrainingModeLeftOn(ten_tests.Model):
    """Batch normalization that goes on with the mean of the batch."""

    def predict(self, X):
        return super().predict(X - X.mean(axis=0))


def test_a_sample_alone_betrays_the_training_mode():
    well = admit("healthy")
    model = TrainingModeLeftOn(well.net, lr=0.5)
    assert not ten_tests.look(model, well.X[:20], well.y[:20])["alone"]


def rows(root, edition, name):
    """The rows of a table of the chapter, each a list of its cells."""
    page = json.loads((root / edition / "chapters/diagnosis.ipynb").read_text(encoding="utf-8"))
    text = "\n\n".join("".join(c["source"]) for c in page["cells"])
    table = re.search(rf":name: {name}\n(.*?)\n:::", text, re.DOTALL)[1]
    return [[cell.strip() for cell in line.split("|")[1:-1]] for line in table.split("\n")][3:]


@pytest.mark.parametrize("edition", ["", "zh"])
def test_the_list_has_the_tests_of_the_ward_in_their_order_at_their_prices(root, edition):
    tests = list(checks.CHECKS.values())[1:]
    listed = [
        (number, minutes) for number, _, minutes, *_ in rows(root, edition, "tbl-diagnosis-list")
    ]
    assert listed == [(str(n), str(test.minutes)) for n, test in enumerate(tests, 1)]


@pytest.mark.parametrize("edition", ["", "zh"])
def test_what_shows_a_fault_in_the_text_finds_it_in_the_ward(root, edition):
    tests = list(checks.CHECKS)
    diagnoses = rows(root, edition, "tbl-diagnosis-all")
    assert [letter for letter, *_ in diagnoses] == SICK
    for letter, _, shown, *_ in diagnoses:
        (exam,) = measured()["beds"][letter]["exams"].values()
        numbers = re.findall(r"\d+(?=[:：])", shown)
        assert numbers
        for number in numbers:
            assert exam[tests[int(number)]]["signs"], (letter, number)
