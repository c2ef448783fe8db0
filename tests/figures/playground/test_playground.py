"""Playground: the page trains as nnlib does, says what happens, and can be shared."""

import contextlib
import io
import re

import numpy as np
import pytest
import traitlets
from browsing import Watched
from driver import Driver, numbers

import nnlib
import preview
from nnbook.figures._page_random import PageRandom
from nnbook.figures.playground.run import CLASSIFIER_LOSSES
from nnbook.widgets import Playground
from nnlib.activations import ACTIVATIONS
from nnlib.losses import LOSSES

COMBINATIONS = [
    *((name, "cross_entropy_with_logits") for name in ACTIVATIONS),
    *(("relu", loss) for loss in CLASSIFIER_LOSSES if loss != "cross_entropy_with_logits"),
]
CORNERS = [[-1, -1, 0], [1, 1, 0], [-1, 1, 1], [1, -1, 1]]
SAID = """(root, words) =>
  root.querySelector("[data-name=starts-said]").textContent.includes(words)"""


def test_the_generator_draws_as_others_do():
    rng = PageRandom(5)
    uniform, normal = rng.random(4000), rng.normal(2.0, 3.0, (2000, 2))
    assert 0 <= uniform.min() < uniform.max() < 1
    assert uniform.mean() == pytest.approx(0.5, abs=0.02)
    assert uniform.var() == pytest.approx(1 / 12, abs=0.005)
    assert normal.shape == (2000, 2)
    assert normal.mean() == pytest.approx(2, abs=0.2)
    assert normal.std() == pytest.approx(3, abs=0.2)
    assert sorted(rng.permutation(50)) == list(range(50))
    first = [PageRandom(1).permutation(6)[0] for _ in range(2)]
    assert first[0] == first[1]
    assert isinstance(rng.random(), float)


def test_every_place_of_a_permutation_gets_every_number():
    rng = PageRandom(9)
    counts = np.zeros((4, 4))
    for _ in range(2000):
        counts[range(4), rng.permutation(4)] += 1
    assert np.abs(counts / 2000 - 0.25).max() < 0.05


def test_a_run_is_that_of_fit():
    figure = Playground(batch_size=20, momentum=0.5, decay=0.01, seed=4)
    sets, model = figure.sets(), figure.network()
    optimizer = nnlib.SGD(model.parameters(), lr=0.1, momentum=0.5, weight_decay=0.01)
    history = nnlib.fit(
        model,
        sets.inputs(sets.X),
        sets.y,
        loss="cross_entropy_with_logits",
        optimizer=optimizer,
        epochs=3,
        batch_size=20,
        rng=PageRandom(2 * 4 + 3),
        validation=(sets.inputs(sets.X_val), sets.y_val),
    )
    each = -(-len(sets.X) // 20)
    run = figure.run(3 * each)
    assert [run.losses[each * epoch] for epoch in range(4)] == history.losses
    assert [run.validation_losses[each * epoch] for epoch in range(4)] == history.validation_losses
    assert run.accuracies() == (history.accuracies[-1], history.validation_accuracies[-1])


def test_points_are_parted_and_scaled():
    sets = Playground(count=100).sets()
    assert (len(sets.X), len(sets.X_val), sets.classes) == (75, 25, 2)
    scaled = sets.inputs(sets.X)
    assert scaled.mean(axis=0) == pytest.approx([0, 0], abs=1e-12)
    assert scaled.std(axis=0) == pytest.approx([1, 1])
    own = Playground(count=100, points=[[9, 9, 4]]).sets()
    assert (len(own.X), own.classes) == (76, 5)
    assert own.X[-1].tolist() == [9, 9]
    assert (own.X_val == sets.X_val).all()
    few = Playground(dataset="none", points=[[0, 0, 0], [1, 1, 1]], standardized=False).sets()
    assert (len(few.X), len(few.X_val), few.scaler) == (2, 0, None)


def test_a_start_is_scaled_and_depends_on_the_seed():
    weights = [
        Playground(**traits).network().parameters()[0].value
        for traits in ({}, {"start": 0.5}, {"seed": 1}, {"count": 50})
    ]
    assert weights[1] == pytest.approx(0.5 * weights[0])
    assert not np.allclose(weights[2], weights[0])
    assert (weights[3] == weights[0]).all()


def test_losses_are_recorded_as_often_as_asked():
    run = Playground().run(25, every=10)
    assert run.steps == [0, 10, 20, 25]
    every = Playground().run(25)
    assert run.losses == [every.losses[step] for step in run.steps]


def test_divergence_and_emptiness_are_reported():
    broken = Playground(loss="ssr", activation="relu", rate=5).run(100)
    assert broken.diverged
    assert broken.steps[-1] < 100
    empty = Playground(dataset="none", step=5)
    assert empty.run().losses == []
    assert np.isnan(empty.run().accuracies()).all()
    assert Playground(loss="ssr", rate=5, activation="relu", step=100).figure().axes
    assert empty.figure().axes


def test_bad_rows_are_refused():
    figure = Playground()
    for points in ([[0, 0, 5]], [[0, 0, 0.5]], [[0, 0]], [[np.inf, 0, 0]], "points"):
        with pytest.raises(traitlets.TraitError, match="points"):
            figure.points = points
    for hidden in ([0], [9], [1.5], [[1]], [1] * 7):
        with pytest.raises(traitlets.TraitError, match="hidden"):
            figure.hidden = hidden
    figure.hidden = []
    assert figure.hidden == []
    assert figure.network().parameters()[0].value.shape == (2, 2)


def settle(figure):
    """Wait until the run has reached the step of the state."""
    figure.wait_for(
        """({ dataset, figure }) => Number(dataset.at) === figure.state.step
          || dataset.kind === 'diverged'"""
    )


def losses(figure):
    """Return the losses at the ends of the two curves, as they are read aloud."""
    told = "root => root.querySelector('.nn-aside .nn-svg').getAttribute('aria-label')"
    return numbers(figure.evaluate(told).partition(": ")[2].partition(": ")[2])


@pytest.fixture
def figure(open_figure):
    return open_figure("Playground")


@pytest.mark.parametrize(("activation", "loss"), COMBINATIONS)
def test_the_program_gives_the_losses_of_the_page(figure, activation, loss):
    rate = 0.002 if LOSSES[loss].reduction == "sum" else 0.05
    settings = {
        "activation": activation, "loss": loss, "rate": rate, "batch_size": 20,
        "momentum": 0.5, "decay": 0.001, "hidden": [5, 4], "count": 120, "seed": 7, "step": 200,
    }  # fmt: skip
    figure.set(**settings)
    settle(figure)
    shown = losses(figure)
    figure.click("copy-program")
    program = figure.get("shared").input_value()
    found = {}
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        exec(compile(program, "program.py", "exec"), found)
    assert printed.getvalue().startswith("0 ")
    run = Playground(**settings).run()
    assert len(found["losses"]) == 201
    assert found["losses"] == pytest.approx(run.losses, rel=1e-9)
    assert found["validation_losses"] == pytest.approx(run.validation_losses, rel=1e-9)
    assert [found["losses"][-1], found["validation_losses"][-1]] == pytest.approx(shown, rel=1e-3)
    history = figure.evaluate("root => root.figure.history()")
    steps = history["steps"]
    assert steps[-1] == 200
    assert len(steps) > 150
    for name in ("losses", "validation_losses"):
        assert history[name] == pytest.approx([found[name][step] for step in steps], rel=1e-9)


def test_programs_of_special_states_run(figure):
    for change in (
        {"dataset": "none", "points": CORNERS, "batch_size": 500},
        {"dataset": "iris", "hidden": [], "standardized": False, "loss": "ssr", "rate": 0.001},
        Playground.presets["diverges"] | {"step": 60},
    ):
        state = {"step": 40, **change}
        figure.click("reset")
        figure.set(**state)
        settle(figure)
        figure.click("copy-program")
        found = {}
        # np.errstate, as the program of a training that diverges turns numpy's warnings off.
        with contextlib.redirect_stdout(io.StringIO()), np.errstate():
            exec(compile(figure.get("shared").input_value(), "program.py", "exec"), found)
        run = Playground(**state).run(found["steps"])
        assert found["losses"] == pytest.approx(run.losses, rel=1e-9)


@pytest.mark.parametrize("name", Playground.presets)
def test_what_the_curves_end_with_is_what_nnlib_computes(figure, name):
    figure.get("begin").select_option(name)
    state = Playground.presets[name] | {"step": 50}
    figure.set(**state)
    settle(figure)
    assert figure.get("begin").input_value() == name
    run = Playground(**state).run()
    if run.diverged:
        assert figure.root.get_attribute("data-kind") == "diverged"
        assert figure.root.get_attribute("data-at") == str(len(run.losses) - 1)
        return
    both = [run.losses[-1], run.validation_losses[-1]][: 2 if len(run.sets.X_val) else 1]
    assert losses(figure) == pytest.approx(both, rel=1e-3)
    shares = [round(100 * share) for share in run.accuracies() if np.isfinite(share)]
    if figure.sentence().startswith("Step"):
        assert numbers(figure.sentence())[: len(shares) + 1] == [50, *shares]


@pytest.mark.parametrize(
    ("settings", "kind", "place"),
    [
        (Playground.presets["diverges"] | {"step": 99}, "diverged", "gradient_descent"),
        ({"hidden": [4, 4], "activation": "relu", "rate": 8, "step": 40}, "dead_layer",
         "activations"),
        ({"start": 0, "step": 20}, "zero", "backpropagation"),
        ({"hidden": [4, 4], "rate": 5, "seed": 1, "step": 40}, "saturated",
         "activations"),
        ({"hidden": [6] * 6, "activation": "sigmoid", "rate": 0.3, "step": 200}, "vanishing",
         "activations"),
        ({"count": 40, "noise": 0.4, "hidden": [8, 8], "activation": "relu", "step": 3000},
         "overfit", "generalization"),
        ({"hidden": [], "step": 300}, "linear", "networks"),
        ({"dataset": "none", "points": []}, "empty", None),
    ],
)  # fmt: skip
def test_what_happens_is_said_and_leads_to_its_chapter(figure, settings, kind, place):
    figure.set(**settings)
    settle(figure)
    assert figure.root.get_attribute("data-kind") == kind
    assert len(figure.sentence()) > 40
    why = figure.get("why")
    assert why.is_visible() == (place is not None)
    if place:
        assert why.get_attribute("href").startswith(f"{place}.html#sec-")


def test_every_link_leads_to_a_section(root):
    source = (root / "nnbook/figures/playground/diagnosis.js").read_text(encoding="utf-8")
    places = re.findall(r'"(\w+)#([\w-]+)"', source)
    assert len(places) >= 10
    for chapter, section in places:
        text = (root / f"chapters/{chapter}.ipynb").read_text(encoding="utf-8")
        assert f"({section})=" in text, section


def test_lamps_go_out_where_units_are_dead(figure):
    figure.set(hidden=[4, 4], activation="relu", rate=8, step=40)
    settle(figure)
    dead = figure.root.locator('.nn-pg-unit[data-status="dead"]')
    run = Playground(hidden=[4, 4], activation="relu", rate=8, step=40).run()
    assert dead.count() == sum(share == 0 for layer in _lit_shares(run) for share in layer)
    assert dead.count() >= 4


def _lit_shares(run):
    activations, shares = run.sets.inputs(run.sets.X), []
    for layer in run.model.layers[:-1]:
        before, activations = activations, layer.forward(activations)
        if not layer.parameters():
            shares.append(np.mean(before > 0, axis=0))
    return shares


def test_points_are_added_by_a_tap_and_by_the_keyboard_and_erased(figure):
    figure.set(dataset="none", points=[])
    plane = figure.get("plane")
    plane.scroll_into_view_if_needed()
    box = plane.bounding_box()
    middle = {"x": box["width"] / 2, "y": box["height"] / 2}
    plane.click(position=middle)
    figure.root.locator('input[data-name="brush"][value="3"]').check(force=True)
    plane.focus()
    for key in ("ArrowRight", "ArrowRight", "ArrowUp", "Enter"):
        figure.page.keyboard.press(key)
    points = figure.state()["points"]
    assert [point[2] for point in points] == [0, 3]
    assert points[0][:2] == pytest.approx([0, 0], abs=0.02)
    assert points[1][:2] == pytest.approx([0.12, 0.06], abs=1e-3)
    figure.root.locator('input[data-name="brush"][value="erase"]').check(force=True)
    plane.click(position=middle)
    assert len(figure.state()["points"]) == 1
    figure.click("clear")
    assert figure.state()["points"] == []
    figure.click("reset")
    assert figure.root.locator('input[data-name="brush"][value="0"]').is_checked()


def test_layers_are_added_and_made_wider(figure):
    figure.click("wider-1")
    figure.click("narrower-2")
    figure.click("add-layer")
    assert figure.state()["hidden"] == [7, 3, 3]
    for _ in range(3):
        figure.click("remove-layer")
    assert figure.state()["hidden"] == []
    assert figure.get("remove-layer").is_disabled()
    assert figure.root.locator(".nn-pg-unit").count() == 4


def test_other_settings_start_anew(figure):
    figure.set(step=25)
    figure.press("rate", "ArrowRight")
    assert figure.state()["step"] == 0
    figure.click("next")
    assert figure.state()["step"] == 1
    figure.click("restart")
    assert figure.state()["step"] == 0


def test_only_reset_forgets_the_run(figure):
    steps = "root => root.figure.history().steps"
    figure.set(step=3000)
    settle(figure)
    figure.click("restart")
    assert figure.evaluate(steps)[-1] > 2000  # one can go forth again
    figure.click("reset")
    assert figure.evaluate(steps) == [0]


def test_after_the_last_step_play_starts_over(figure):
    last = figure.controls()["step"]["max"]
    figure.set(hidden=[], batch_size=500, step=last)
    settle(figure)
    assert figure.named("next").is_disabled()
    figure.click("play")
    figure.wait_for("({ figure }, last) => figure.state.step > 0 && figure.state.step < last", last)
    figure.click("play")


def test_a_challenge_is_set_up_noticed_and_remembered(figure):
    assert not figure.get("goal").is_visible()
    begin = figure.get("begin")
    begin.select_option("5")
    state = figure.state()
    assert (state["challenge"], state["hidden"], state["step"]) == (5, [4, 4], 0)
    assert "Kill" in figure.text("goal")
    figure.set(rate=8, step=40)
    settle(figure)
    assert "Challenge 5, solved" in begin.inner_text()
    assert "Challenge 5" in figure.sentence()
    stored = figure.page.evaluate("localStorage.getItem('nnlib.playground.challenges')")
    assert stored == "[5]"
    figure.page.evaluate("localStorage.removeItem('nnlib.playground.challenges')")
    figure.click("challenge-again")
    assert figure.state()["rate"] == Playground().rate
    begin.select_option("moons")
    assert figure.state() == Playground().state()
    assert not figure.get("goal").is_visible()
    figure.set(rate=0.3)
    assert begin.input_value() == ""


def test_a_solved_challenge_keeps_its_step_and_sends_nobody_astray(figure):
    """Straight lines are enough for the first one, and a hidden layer is against its rules."""
    figure.get("begin").select_option("1")
    figure.set(step=200)
    settle(figure)
    assert "every border is a straight line" in figure.sentence()
    assert "add a layer" not in figure.sentence()
    figure.set(loss="cross_entropy_with_logits")
    figure.set(step=300)
    settle(figure)
    solved = figure.sentence()
    assert "Challenge 1 is solved, at step 300." in solved
    figure.set(step=400)
    settle(figure)
    assert figure.sentence() == solved
    figure.set(step=250)
    settle(figure)
    assert "Challenge 1 is solved, at step 250." in figure.sentence()
    figure.get("begin").select_option("2")
    figure.set(step=200)
    settle(figure)
    assert "add a layer" in figure.sentence()


@pytest.mark.parametrize("size", [(1400, 900), (390, 844)])
def test_the_plane_stays_in_sight_while_a_setting_changes(open_figure, size):
    figure = open_figure("Playground", viewport=dict(zip(("width", "height"), size, strict=True)))
    figure.named("seed").evaluate("slider => slider.scrollIntoView({ block: 'end' })")
    plane = figure.named("plane").bounding_box()
    assert plane["y"] >= 0
    slider = figure.named("seed").bounding_box()
    assert plane["y"] + plane["height"] < slider["y"] < size[1]


def test_no_word_of_the_loss_plot_lies_on_a_number(figure):
    for step in (0, 30, 2000):
        figure.set(step=step)
        settle(figure)
        touching = figure.evaluate("""root => {
          const plot = root.querySelector(".nn-aside .nn-plot svg");
          const texts = [...plot.querySelectorAll("text")].filter((text) => text.textContent);
          const boxes = texts.map((text) => text.getBoundingClientRect());
          return texts.flatMap((text, i) => boxes.slice(i + 1)
            .filter((box) => box.left < boxes[i].right && boxes[i].left < box.right
              && box.top + 4 < boxes[i].bottom && boxes[i].top + 4 < box.bottom)
            .map(() => text.textContent));
        }""")
        assert touching == []


def test_five_starts_are_those_of_nnlib(figure):
    figure.set(step=60)
    settle(figure)
    figure.click("starts")
    said = figure.get("starts-said")
    figure.wait_for(SAID, "median")
    runs = [Playground(step=60, seed=seed).run() for seed in range(5)]
    losses = sorted(run.validation_losses[-1] for run in runs)
    right = sorted(run.accuracies()[1] for run in runs)
    numbers = re.findall(r"[\d.]*\d", said.inner_text())
    shown = [f"{float(f'{loss:.3g}'):g}" for loss in (losses[2], losses[0], losses[4])]
    shares = [f"{100 * share:.0f}" for share in (right[0], right[4])]
    assert numbers == ["60", *shown, *shares]
    figure.click("starts")
    assert "median" not in said.inner_text()


def test_challenges_look_at_five_starts(figure):
    figure.get("begin").select_option("3")
    figure.set(hidden=[5], momentum=0.9, step=2000)
    settle(figure)
    assert "Challenge 3, solved" not in figure.get("begin").inner_text()
    figure.click("starts")
    figure.wait_for(
        "root => root.querySelector('[data-name=begin]').textContent.includes('3, solved')"
    )


def test_a_pinned_run_says_what_differs_and_what_came_of_it(figure):
    figure.set(step=60)
    settle(figure)
    figure.click("pin")
    assert "those of the pinned run" in figure.text("pin-said")
    figure.set(rate=0.3, step=40)
    settle(figure)
    said = figure.text("pin-said")
    assert "learning rate 0.3 (0.1)" in said
    assert "same weights" in said
    now, before = (Playground(rate=rate).run(40).validation_losses[-1] for rate in (0.3, 0.1))
    assert f"At step 40 the validation loss is {now:.3g}" in said
    assert f"it was {before:.3g}" in said
    figure.set(hidden=[8], step=40)
    settle(figure)
    said = figure.text("pin-said")
    assert "hidden layers 8 (6-4)" in said
    assert "different weights" in said
    figure.set(dataset="iris", step=40)
    settle(figure)
    assert "cannot be compared" in figure.text("pin-said")
    figure.click("unpin")
    assert "cannot be compared" not in figure.text("pin-said")


def test_a_run_that_diverged_shows_no_number_where_there_is_none(figure):
    figure.set(**Playground.presets["diverges"] | {"step": 99})
    settle(figure)
    figure.click("starts")
    figure.wait_for(SAID, "diverged")
    assert "Choose a learning rate smaller than 0.03" in figure.sentence()
    assert losses(figure) == []
    labels = "root => [...root.querySelectorAll('[aria-label]')].map((one) => one.ariaLabel)"
    everything = [figure.root.inner_text(), *figure.evaluate(labels)]
    assert [text for text in everything if re.search("NaN|∞|Infinity", text)] == []


@pytest.mark.parametrize("step", [0, 10, 400])
def test_without_validation_points_nothing_is_said_of_them(figure, step):
    figure.set(dataset="none", points=CORNERS, batch_size=4, step=step)
    settle(figure)
    assert len(losses(figure)) == 1
    assert "NaN" not in figure.root.inner_text()
    assert step == 0 or "none is left for validation" in figure.sentence()


def test_its_folds_do_not_look_like_proofs(open_figure, root):
    figure = open_figure("Playground", page_options={"copies": 1})
    for sheet in ("text", "boxes"):
        figure.page.add_style_tag(url=(root / f"theme/book/static/{sheet}.css").as_uri())
    folds = figure.page.evaluate("""() => {
      const article = document.createElement("article");
      document.body.append(article);
      article.append(document.querySelector(".nn-figure"));
      const look = (fold) => [getComputedStyle(fold), getComputedStyle(fold.firstElementChild)];
      return [...article.querySelectorAll("details")].map(look)
        .map(([fold, title]) => [fold.paddingLeft, fold.borderLeftWidth, title.marginLeft]);
    }""")
    assert len(folds) == 1
    assert all(fold == ["0px", "0px", "0px"] for fold in folds)


@pytest.fixture
def address(browser, tmp_path):
    """Return a function that opens a page with playgrounds, at an address behind the #."""
    opened = []

    def open_it(text="", copies=1):
        path = tmp_path / f"{copies}.html"
        path.write_text(preview.page_of(Playground(), copies=copies), encoding="utf-8")
        opened.append(Watched(browser, "file://"))
        page = opened[-1].open(path.as_uri() + (f"#{text}" if text else ""))
        return [Driver(page, "Playground", nth=nth) for nth in range(copies)]

    yield open_it
    for watcher in opened:
        watcher.context.close()
    assert [problem for watcher in opened for problem in watcher.problems] == []


def test_an_address_brings_the_state_and_follows_it(address):
    (figure,) = address("playground?dataset=spirals&hidden=8-8&standardized=0&step=40")
    settle(figure)
    state = figure.state()
    assert (state["dataset"], state["hidden"], state["step"]) == ("spirals", [8, 8], 40)
    assert state["standardized"] is False
    figure.set(rate=0.5)
    figure.page.wait_for_function("location.hash.includes('rate=0.5')")
    assert "step" not in figure.page.evaluate("location.hash")
    figure.click("reset")
    assert figure.state() == Playground().state()
    figure.page.wait_for_function("location.hash === ''")
    figure.page.evaluate("location.hash = 'playground?seed=3'")
    figure.page.wait_for_function("document.querySelector('.nn-figure').figure.state.seed === 3")


@pytest.mark.parametrize(
    ("text", "opened"),
    [
        ("", False),
        ("playground?hidden=8&rate=0.5&activation=relu&step=10", False),
        ("playground?dataset=spirals&noise=0.02&hidden=8-8&rate=0.05&momentum=0.9", False),
        ("playground?challenge=12&count=80&noise=0.35&hidden=8-8&activation=relu", False),
        ("playground?challenge=12&count=80&noise=0.35&hidden=8-8&activation=relu&decay=0.05", True),
        ("playground?seed=3", True),
        ("playground?points=0.1,0.2,1", True),
    ],
)
def test_an_address_opens_more_where_it_needs_it(address, text, opened):
    """A setting that an example or a challenge brings with it needs no control in sight."""
    (figure,) = address(text)
    assert figure.root.locator(".nn-more").evaluate("fold => fold.open") is opened


def test_what_is_needed_is_seen_first(open_figure):
    figure = open_figure("Playground", folded=True)
    controls = [
        control.get_attribute("data-name")
        for control in figure.seen("button, input, select, summary, textarea, [tabindex='0']")
    ]
    assert {"begin", "dataset", "activation", "rate", "plane", "play", "next", "restart"} <= set(
        controls
    )
    assert len(controls) <= 20
    plane, play = (figure.named(name).bounding_box() for name in ("plane", "play"))
    assert 0 < play["y"] - (plane["y"] + plane["height"]) < 60


def test_who_leaves_while_it_trains_comes_back_to_the_step(address):
    (figure,) = address("playground?seed=2")
    figure.click("play")
    figure.page.wait_for_function("location.hash.includes('step=')")
    assert figure.get("play").get_attribute("data-playing") == "true"
    figure.page.goto("about:blank")
    figure.page.go_back()
    back = Driver(figure.page, "Playground")
    assert back.state()["step"] > 0
    assert back.state()["seed"] == 2


def test_a_bad_address_does_no_harm(address):
    (figure,) = address("playground?hidden=99&dataset=nothing&rate=-1&seed=4&%zz")
    assert figure.state() == Playground(seed=4).state()
    assert "hidden, dataset, rate" in figure.text("note")
    assert figure.broken() == ""


def test_two_playgrounds_do_not_fight_over_the_address(address):
    first, second = address("playground-2?seed=5", copies=2)
    assert (first.state()["seed"], second.state()["seed"]) == (0, 5)
    first.set(seed=7)
    first.page.wait_for_function("location.hash === '#playground?seed=7'")
    assert second.state()["seed"] == 5
    second.set(seed=8)
    second.page.wait_for_function("location.hash === '#playground-2?seed=8'")
    assert first.state()["seed"] == 7


def test_a_link_that_cannot_hold_the_points_says_so(address):
    (figure,) = address()
    figure.set(dataset="none", points=[[k / 300, 1 - k / 300, k % 2] for k in range(300)])
    figure.page.wait_for_function("location.hash === '#playground?dataset=none'")
    assert "do not fit" in figure.text("note")
    figure.fold(False)
    figure.click("copy-program")
    assert "#playground?dataset=none\n" in figure.get("shared").input_value()


def test_which_of_two_runs_diverged(figure):
    figure.set(**Playground.presets["diverges"] | {"step": 99})
    settle(figure)
    figure.click("pin")
    said = figure.get("pin-said").element_handle()
    for changed, sentence in (
        ({"rate": 0.5}, "Both runs have diverged."),
        ({"rate": 0.001}, "One of the two runs has diverged."),
    ):
        figure.set(**changed, step=99)
        figure.page.wait_for_function(
            "([p, sentence]) => p.textContent.includes(sentence)", arg=[said, sentence]
        )
