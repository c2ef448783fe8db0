"""Writer draws from the probabilities of its network, and compares what it writes with names."""

import numpy as np
import pytest
import traitlets
from driver import numbers
from writer.from_nnlib import networks

import nnlib
from nnbook.figures.writer import LONGEST, edit_distance
from nnbook.widgets import Writer
from nnlib.sequences import LETTERS

NETWORKS = networks()


def bar_heights(figure):
    """Return the heights of the 27 bars, as parts of the axis."""
    return figure.evaluate("""root => [...root.querySelectorAll(".nn-svg")]
      .flatMap((svg) => [...svg.querySelectorAll("g[clip-path] > rect")])
      .map((bar) => bar.height.baseVal.value)""")


def test_without_a_network_it_counts_pairs_of_letters():
    names = nnlib.datasets.dinosaurs()
    after_q = [b for name in names for a, b in zip(name, name[1:] + ".", strict=True) if a == "q"]
    p = Writer().probabilities("q")
    for k, letter in enumerate(LETTERS):
        assert p[k] == pytest.approx(after_q.count(letter) / len(after_q), abs=1e-2)
    first = [name[0] for name in names]
    assert Writer().probabilities("")[1] == pytest.approx(first.count("a") / len(first), abs=2e-3)


@pytest.mark.parametrize("name", ["attention", "tanh"])
def test_its_probabilities_are_those_of_the_rounded_network(name):
    network = NETWORKS[name]
    writer = Writer(network, temperature=0.5)
    window = [[LETTERS.index(letter) for letter in "rex"[-network.in_features :]]]
    expected = nnlib.softmax(network.predict(window)[0] / 0.5)
    assert writer.probabilities("tyrannorex") == pytest.approx(expected, rel=0.05)
    assert not np.array_equal(writer.probabilities("tyrannorex"), expected)
    assert np.all(np.modf(1000 * writer.network.theta + 1e-9)[0] % 1 < 1e-6)
    assert writer.data()["layers"] == Writer(writer.network).data()["layers"]


def test_the_network_that_is_given_stays_as_it_was():
    network = nnlib.Sequential(nnlib.Embedding(27, 27, length=1, rng=0))
    before = network.theta.copy()
    Writer(network).draws()
    np.testing.assert_array_equal(network.theta, before)


def test_a_cold_name_takes_the_likeliest_letters():
    shares, writer = [], Writer()
    for writer.temperature in (0.1, 1, 4):
        likely = []
        for writer.seed in range(20):
            likely += [draw.p.argmax() == draw.letter for draw in writer.draws()]
        shares.append(np.mean(likely))
    assert shares[0] > 0.75 > shares[1] > 0.3 > shares[2]


def test_letters_are_drawn_as_often_as_they_are_likely():
    writer = Writer(start="sau", count=1)
    firsts = []
    for seed in range(500):
        writer.seed = seed
        firsts.append(writer.draws()[0].letter)
    shares = np.bincount(firsts, minlength=27) / len(firsts)
    p = writer.probabilities("sau")
    assert np.abs(shares - p).max() < 4 * np.sqrt(0.25 / len(firsts))


def test_a_name_ends_at_the_end_or_after_24_letters():
    never = nnlib.Sequential(nnlib.Embedding(27, 27, length=1, rng=0))
    never.layers[0].weight.value = np.tile(np.eye(27)[5] * 90, (27, 1))
    assert Writer(never).word() == "e" * LONGEST
    assert Writer(never, start="abc", count=2).word() == "abcee"
    at_once = nnlib.Sequential(nnlib.Embedding(27, 27, length=1, rng=0))
    at_once.layers[0].weight.value = np.tile(np.eye(27)[0] * 90, (27, 1))
    assert len(Writer(at_once).draws()) == 1
    assert Writer(at_once, start="rex").word() == "rex"


def test_the_nearest_name():
    writer = Writer(names=["trex", "rex", "iguanodon"], start="tirex", count=0)
    assert writer.nearest() == ("trex", 1)
    assert edit_distance("", "rex") == 3
    assert edit_distance("kitten", "sitting") == 3


@pytest.mark.parametrize(
    ("network", "error", "words"),
    [
        ([1], TypeError, "network must be a Sequential, got list"),
        (nnlib.Sequential(nnlib.ReLU()), ValueError, "must say how many letters it takes"),
        (
            nnlib.Sequential(nnlib.Embedding(27, 3, length=2, rng=0)),
            ValueError,
            "must give 27 raw outputs, got 6",
        ),
        (
            nnlib.Sequential(
                nnlib.Embedding(27, 2, length=2, rng=0),
                nnlib.LeakyReLU(0.3),
                nnlib.Linear(4, 27, rng=0),
            ),
            TypeError,
            r"activations of nnlib, got LeakyReLU\(0.3\)",
        ),
    ],
)
def test_what_is_no_such_network_is_refused(network, error, words):
    with pytest.raises(error, match=words):
        Writer(network)


def test_numbers_without_end_are_refused():
    network = nnlib.Sequential(nnlib.Embedding(27, 27, length=1, rng=0))
    network.layers[0].weight.value[0, 0] = np.nan
    with pytest.raises(ValueError, match=r"must be finite, got others in .*weight"):
        Writer(network)


@pytest.mark.parametrize("start", ["Rex", "t-rex", "a" * 13, "é"])
def test_first_letters_are_small_letters(start):
    with pytest.raises(traitlets.TraitError, match="start must"):
        Writer(start=start)


def test_names_are_words():
    with pytest.raises(ValueError, match="names must"):
        Writer(names=["Rex"])


@pytest.mark.parametrize("name", ["table", "attention"])
def test_the_page_writes_what_python_writes(open_figure, name):
    network = NETWORKS[name]
    traits = {"network": network} if network else {}
    figure = open_figure("Writer", traits=traits | {"seed": 5})
    for state in ({"start": "", "count": 24}, {"start": "dino", "temperature": 0.4, "count": 2}):
        figure.set(**state)
        python = Writer(network, **figure.state())
        assert figure.text("word").replace("\n", "").strip("•") == python.word()
        made = python.draws()[: python.count]
        heights = np.array(bar_heights(figure))
        p = made[-1].p
        assert heights / heights.max() == pytest.approx(p / p.max(), abs=0.02)
        assert figure.number("p") == pytest.approx(p[made[-1].letter], abs=5.1e-3)
        entropy = -np.sum(p * np.log(np.maximum(p, 1e-300)))
        assert numbers(figure.text("hesitates"))[0] == pytest.approx(np.exp(entropy), abs=0.051)
        looks = python.looks(made[-1].before)
        assert figure.get("looks").is_visible() == (looks is not None) == (name == "attention")
        if looks is not None:
            assert numbers(figure.text("looks")) == pytest.approx(looks, abs=5.1e-3)
            bars = figure.evaluate(
                """root => [...root.querySelectorAll(".nn-writer-word i")]
                  .map((bar) => Number(bar.style.getPropertyValue("--weight")))"""
            )
            assert len(bars) == len(python.word())
            letters = len(made[-1].before)
            assert bars[letters - 3 : letters] == pytest.approx(looks)
            assert sum(bars) == pytest.approx(1)


def test_attention_looks_where_its_scores_say():
    writer = Writer(NETWORKS["attention"])
    letters, places, head = NETWORKS["attention"][:3]
    window = [[LETTERS.index(letter) for letter in "rex"]]
    weights = head.weights(places.predict(letters.predict(window)))[0]
    assert writer.looks("tyrannorex") == pytest.approx(weights, abs=5e-3)
    assert Writer(NETWORKS["tanh"]).looks("rex") is None


def test_first_letters_are_typed(open_figure):
    figure = open_figure("Writer")
    field = figure.get("start")
    field.click()
    figure.page.keyboard.type("T-rEx9")
    assert field.input_value() == "trex"
    assert figure.state()["start"] == "trex"
    assert figure.state()["count"] == 0
    assert figure.sentence().startswith("After “trex” the likeliest letter is")
    figure.page.keyboard.press("Enter")
    figure.wait_for("root => root.figure.state.count > 0")
    field.click()
    figure.page.keyboard.type("abcdefghijkl")
    assert figure.state()["start"] == "trexabcdefgh"
    figure.click("reset")
    assert figure.state()["start"] == ""
    assert field.input_value() == ""


def test_it_writes_letter_by_letter(open_figure):
    figure = open_figure("Writer")
    figure.set(count=0, start="tri")
    python = Writer(start="tri")
    for count in range(1, 4):
        figure.hit(figure.find("button.nn-step"))
        python.count = count
        assert figure.text("word").replace("\n", "") == python.word()
        draw = python.draws()[count - 1]
        assert f"“{draw.before}”" in figure.sentence()
    figure.click("another")
    assert figure.state()["seed"] == 2
    figure.wait_for("root => root.figure.state.count > 0")
    figure.click("another")
    before = figure.state()
    figure.page.wait_for_timeout(400)
    assert figure.state() == before


def test_what_is_written_is_compared_with_the_names(open_figure):
    known, near = "rex", "iguana"
    figure = open_figure("Writer", traits={"names": [known, near]})
    end = "root => root.figure.set({ count: 24 })"
    seen = set()
    for seed in range(60):
        figure.set(seed=seed)
        figure.evaluate(end)
        python = Writer(names=[known, near], seed=seed)
        word, said = python.word(), figure.sentence()
        if not word:
            assert said.startswith("The end was drawn at once")
            seen.add("nothing")
        elif word in (known, near):
            assert said == f"Finished: “{word}” is one of the 2 names of the list."
            seen.add("known")
        elif len(word) < LONGEST:
            name, distance = python.nearest()
            assert f"The nearest is “{name}”" in said
            expected = "one change" if distance == 1 else f"{distance} changes"
            assert f"“, {expected} away".replace("“", "”") in said
            seen.add("new")
    assert {"known", "new"} <= seen
    figure.set(start="iguanaiguana", temperature=4, count=24)
    assert "iguanaiguana" in figure.sentence()


def test_temperature_is_moved_by_an_example(open_figure):
    figure = open_figure("Writer")
    undecided = []
    for preset in ("cold", "plain", "hot"):
        figure.click(f"preset-{preset}")
        figure.set(count=0)
        undecided.append(numbers(figure.text("hesitates"))[0])
    assert undecided == sorted(undecided)
    assert undecided[0] < undecided[2] / 2
