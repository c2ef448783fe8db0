"""Ward: the class, and what a reader does with it: measure, name, go on with the next patient."""

import json

import pytest
import traitlets
from browsing import Watched, until
from driver import Driver
from playwright.sync_api import expect

from nnbook.patients.measured import measured
from nnbook.widgets import Ward

KEY = "nnlib.ward.beds"


def measure(figure, *tests):
    for test in tests:
        figure.click(f"test-{test}")


def name(figure, fault):
    figure.get("fault").select_option(fault)
    figure.click("mend")


def test_a_state_is_validated_and_two_wards_share_nothing():
    first, second = Ward(), Ward()
    first.log = [("A", "look"), ["A", "=rate"]]
    assert first.log == [["A", "look"], ["A", "=rate"]]
    assert second.log == []
    for bad in ([["M", "look"]], [["A", "record"]], [["A", "=detached"]]):
        with pytest.raises(traitlets.TraitError, match="log has"):
            first.log = bad
    assert first._stored()["remember"] == "ward.beds"


def test_the_picture_has_the_losses_of_all_patients():
    axes = Ward().figure().axes
    assert [ax.get_title() for ax in axes] == [f"${letter}$" for letter in "ABCDEFGHIJKL"]
    losses = measured()["beds"]["G"]["exams"]["steps"]["record"]["losses"]
    assert list(axes[6].lines[1].get_ydata()) == [float(loss) for loss in losses]


def test_a_patient_is_measured_named_and_well(open_figure):
    figure = open_figure("Ward")
    figure.choose("bed", "B")
    assert figure.text("found-heart") == ""
    measure(figure, "look", "heart")
    assert figure.text("found-heart") == "1.46"
    assert figure.sentence() == (
        "Ten by heart: 1.46; the healthy one has 0.00. That makes 6 minutes."
    )
    measure(figure, "look")  # again costs nothing
    assert figure.state()["log"] == [["B", "look"], ["B", "heart"]]
    expect(figure.root.locator(".nn-ward-images svg")).to_have_count(10)
    expect(figure.get("mend")).to_be_disabled()
    name(figure, "softmax")
    proven = "Right and proven by elimination: softmax is applied twice. The tests took 6 minutes"
    assert figure.sentence().startswith(proven)
    expect(figure.root.locator("label[data-done]")).to_have_count(1)
    expect(figure.get("test-rates")).to_be_disabled()
    assert "1 of 28 are well, after 6 minutes" in figure.text("score")
    figure.click("again")
    assert figure.state()["log"] == []
    assert figure.broken() == ""


def test_a_guess_and_a_wrong_name_are_told_what_they_are(open_figure):
    figure = open_figure("Ward")
    figure.choose("bed", "B")
    name(figure, "softmax")
    guess = "a guess among 5 names, and a guess costs 20 minutes even if it hits"
    assert guess in figure.sentence()
    figure.choose("bed", "A")
    name(figure, "labels")
    assert "the test “Record” would most likely have found something" in figure.sentence()
    expect(figure.get("fault").locator("option[value=labels]")).to_be_disabled()
    name(figure, "dead")
    assert "does not exclude “the hidden neurons start dead”" in figure.sentence()
    assert "a guess among 4 names" in figure.sentence()
    measure(figure, "look", "heart")
    assert "That makes 46 minutes" in figure.sentence()


def test_of_two_faults_one_is_mended_after_the_other(open_figure):
    figure = open_figure("Ward")
    figure.choose("bed", "5")
    measure(figure, "look", "heart")
    name(figure, "softmax")
    assert "It is mended, but the patient is still ill" in figure.sentence()
    assert figure.text("found-heart") == ""  # another training: everything has to be measured anew
    measure(figure, "preparation")
    expect(figure.root.locator(".nn-ward-pairs svg")).to_have_count(8)
    name(figure, "preparation")
    assert "Right and proven: new images are prepared in another way" in figure.sentence()
    expect(figure.get("again")).to_be_visible()


def test_nothing_is_wrong_is_an_answer(open_figure):
    figure = open_figure("Ward")
    figure.choose("bed", "12")
    measure(figure, "look", "layers", "split")
    name(figure, "healthy")
    assert figure.sentence().startswith("Right and proven by elimination: nothing is wrong.")


def test_the_keyboard_alone(open_figure):
    figure = open_figure("Ward")
    keyboard = figure.page.keyboard
    figure.get("bed").nth(0).focus()
    keyboard.press("ArrowRight")
    assert figure.state()["bed"] == "B"
    figure.get("test-look").focus()
    keyboard.press("Enter")
    figure.get("test-heart").focus()
    keyboard.press("Enter")
    figure.get("fault").focus()
    figure.page.evaluate("addEventListener('keydown', ({ key }) => { window.heard = key; })")
    keyboard.type("softmax")  # as in any list: by its first letters
    assert figure.page.evaluate("window.heard") is None  # nor does JupyterLab hear a command
    keyboard.press("Tab")
    expect(figure.get("mend")).to_be_focused()
    keyboard.press("Enter")
    assert figure.state()["log"][-1] == ["B", "=softmax"]
    expect(figure.root.locator("[aria-live]")).to_contain_text("Right and proven")


def test_it_is_kept_across_a_reload_and_rubbish_is_not(browser, figure_page):
    watcher = Watched(browser, "file://")
    page = watcher.open(figure_page("Ward"))
    figure = Driver(page, "Ward")
    figure.choose("bed", "C")
    measure(figure, "look")
    until(page, f"localStorage.getItem({KEY!r})?.includes('look')")
    page.reload()
    figure = Driver(page, "Ward")
    assert figure.state() == {"bed": "C", "test": "look", "log": [["C", "look"]]}
    logs = ('[["A", "nothing"]]', "[7]", '[["A", "=x"]]')
    for text in ('{"bed": "Z"}', *(f'{{"log": {log}}}' for log in logs), "x"):
        page.evaluate("([key, text]) => localStorage.setItem(key, text)", [KEY, text])
        page.reload()
        figure = Driver(page, "Ward")
        assert figure.broken() == "", text
        assert figure.state() == {"bed": "A", "test": "record", "log": []}, text
    watcher.context.close()
    assert watcher.problems == []


# How high the figure is in each state.
HEIGHTS = """(root, states) => states.map((state) => {
  root.figure.set(state);
  return root.getBoundingClientRect().height;
})"""


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("width", [390, 810])
def test_it_stays_as_high_as_it_is_whatever_is_measured_and_said(open_figure, language, width):
    figure = open_figure("Ward", language=language, viewport={"width": width, "height": 844})
    minutes = measured()["minutes"]
    tests = [test for test in minutes if test != "record"]
    acts = [
        *([["B", test]] for test in tests),
        [["B", test] for test in tests],
        [["B", "=softmax"]],
        [["B", "=dead"], ["B", "look"], ["B", "=saturated"]],
        [["B", "rates"], ["B", "heart"], ["B", "look"], ["B", "=softmax"]],
    ]
    states = [{"bed": "B", "log": log, "test": log[0][1]} for log in acts]
    states = [one | ({} if one["test"] in minutes else {"test": "record"}) for one in states]
    pair, classes = [["2", "look"], ["2", "=labels"]], [["14", "split"]]
    uphill = [["6", "tiny"], ["6", "rates"]]
    states += [{"bed": "6", "log": uphill, "test": "tiny"}, {"bed": "2", "log": pair}]
    states += [{"bed": "14", "log": classes, "test": "split"}]
    guess = [["14", "=healthy"]]
    states += [{"bed": "14", "log": guess, "test": "record"}]
    heights = figure.evaluate(HEIGHTS, states)
    assert max(heights) - min(heights) < 1, heights


def test_on_paper_is_what_was_measured(open_figure):
    figure = open_figure("Ward", viewport={"width": 800, "height": 900})
    figure.set(bed="B", log=[["B", "heart"]], test="heart")
    figure.page.emulate_media(media="print")
    expect(figure.get("found-heart")).to_be_visible()
    expect(figure.get("fault")).to_be_hidden()
    figure.page.emulate_media(media="screen")


def test_all_words_are_used_and_nothing_english_is_left(open_figure):
    figure = open_figure("Ward", language="zh-CN")
    minutes = measured()["minutes"]
    for bed in ("A", "D"):
        figure.choose("bed", bed)
        measure(figure, *(test for test in minutes if test != "record"))
        shown = figure.root.inner_text()
        assert not any(word in shown for word in ("training", "healthy", "minutes", "rate")), shown
    assert json.dumps(figure.state()).count("look") == 2
