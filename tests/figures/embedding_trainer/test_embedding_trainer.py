"""EmbeddingTrainer trains as `nnlib` does, and names what lies near what."""

import numpy as np
import pytest
from driver import numbers

import nnlib
from nnbook.widgets import EmbeddingTrainer
from nnlib.sequences import LETTERS

# What stands at which place of the first plot: a text for each letter, in their order.
PLACES = """root => {
  const svg = root.querySelector(".nn-svg");
  const texts = [...svg.querySelectorAll("text")].filter((text) => !text.closest(".nn-axes"));
  return texts.slice(0, 27).map((text) => {
    const { x, y, width, height } = text.getBoundingClientRect();
    return [text.textContent, x + width / 2, y + height / 2];
  });
}"""


def test_the_network_is_the_one_that_it_says():
    model = EmbeddingTrainer().network()
    assert [repr(layer) for layer in model] == [
        "Embedding(27, 2, length=3)",
        "Linear(6, 32)",
        "Tanh()",
        "Linear(32, 27)",
    ]
    assert np.abs(model.layers[0].weight.value).max() < 1


def test_each_loss_is_that_of_the_names_kept_aside():
    names = nnlib.datasets.dinosaurs()
    X, labels = nnlib.windows(names[4::5], 3)
    figure = EmbeddingTrainer(seed=4)
    expected = nnlib.cross_entropy_with_logits(figure.network().predict(X), labels)
    assert figure.training().losses == [pytest.approx(expected)]
    later = EmbeddingTrainer(seed=4, step=100).training()
    assert len(later.losses) == 3
    assert later.losses[-1] < later.losses[0] - 0.5


def test_another_seed_is_another_start():
    one, other = (EmbeddingTrainer(seed=seed).training().points for seed in (0, 1))
    assert not np.allclose(one, other)


def test_the_nearest_letters_come_first():
    figure = EmbeddingTrainer(letter=".", step=20)
    points = figure.training().points
    found = figure.nearest(count=26)
    assert [distance for _, distance in found] == sorted(distance for _, distance in found)
    assert {letter for letter, _ in found} == set(LETTERS) - {"."}
    letter, distance = found[0]
    assert distance == np.hypot(*(points[LETTERS.index(letter)] - points[0]))


@pytest.mark.parametrize("state", [{"step": 0, "letter": "e"}, {"step": 75, "seed": 2}])
def test_the_page_shows_what_python_computes(open_figure, state):
    figure = open_figure("EmbeddingTrainer")
    figure.set(**state)
    python = EmbeddingTrainer(**figure.state())
    run, said = python.training(), figure.sentence()
    for letter, distance in python.nearest():
        named = "the end" if letter == "." else letter
        assert f"{named} ({distance:.2f})" in said
    assert f"{run.losses[-1]:.2f}" in said
    assert f"{np.exp(run.losses[-1]):.1f} letters" in said
    places = figure.evaluate(PLACES)
    assert "".join(text for text, _, _ in places[1:]) == LETTERS[1:]
    shown = np.array([place[1:] for place in places[1:]])
    scale, corner = np.polyfit(run.points[1:, 0], shown[:, 0], 1)
    assert shown[:, 0] == pytest.approx(scale * run.points[1:, 0] + corner, abs=1.5)
    assert np.corrcoef(run.points[1:, 1], shown[:, 1])[0, 1] < -0.99
    vowels = [LETTERS.index(vowel) for vowel in "aeiou"]
    between = np.hypot(*(run.points[:, np.newaxis] - run.points).transpose(2, 0, 1))
    np.fill_diagonal(between, np.inf)
    pairs = sum(between[vowel].argmin() in vowels for vowel in vowels)
    assert numbers(figure.text("vowels"))[0] == pairs


def test_a_letter_is_chosen_by_a_tap_and_by_the_keyboard(open_figure):
    figure = open_figure("EmbeddingTrainer")
    figure.set(step=300)
    places = {text: place for text, *place in figure.evaluate(PLACES)}
    figure.page.mouse.click(*places["s"])
    assert figure.state()["letter"] == "s"
    assert "Nearest to s:" in figure.sentence()
    figure.press("letter", "ArrowRight")
    assert figure.state()["letter"] == "t"
    figure.press("letter", "Home")
    assert figure.state()["letter"] == "."
    assert "Nearest to the end:" in figure.sentence()


def test_it_trains_step_by_step_and_from_another_start(open_figure):
    figure = open_figure("EmbeddingTrainer")
    assert figure.sentence().startswith("Before the first step")
    figure.hit(figure.find("button.nn-step"))
    assert figure.state()["step"] == 1
    assert figure.sentence().startswith("After step 1 the loss")
    first = figure.evaluate(PLACES)
    figure.click("another")
    assert figure.state() == {"step": 1, "seed": 1, "letter": "a"}
    assert figure.evaluate(PLACES) != first
    figure.set(seed=99)
    figure.click("another")
    assert figure.state()["seed"] == 0
    assert figure.evaluate(PLACES) == first
    figure.click("play")
    figure.wait_for("root => root.figure.state.step > 20")
    figure.click("play")
    assert figure.state()["step"] < 4000
