"""Predict, driven as a reader does: tries, the hint, the answer; and what is remembered."""

import json
import re

import pytest
from browsing import Watched, box_of, until
from driver import SAME_IN_BOTH, Driver, every_try, stored_questions
from playwright.sync_api import expect

import preview
from nnbook.figures.myst import element_of
from nnbook.messages import LANGUAGES
from nnbook.questions import Choice
from nnbook.questions.bank import PREDICTIONS
from nnbook.questions.script import describe
from nnbook.questions.words import flat, on_surface, words_in_text

KIND = "Predict"
NUMBER, CHOICE = "losses-constant", "losses-slope"
KEY = f"nnlib.predict.{NUMBER}"
TRIES = 'String(document.querySelector(".nn-figure").figure.state.tries)'
NAMES = PREDICTIONS.names()
ESTIMATES = [name for name in NAMES if PREDICTIONS.find(name).estimate]
JUDGED = [name for name in NAMES if name not in ESTIMATES]
CHOICES = [name for name in JUDGED if isinstance(PREDICTIONS.find(name), Choice)]
NUMBERS = [name for name in JUDGED if name not in CHOICES]


def of_review(name):
    """Return what a notebook would store if the text asked the first variant of a question."""
    asked = {language: describe(name, language) for language in LANGUAGES}
    return {
        "figure": KIND,
        "state": {"name": name, "tries": [], "shown": False},
        "data": asked["en"]["variants"][0],
        "messages": {key: flat(on_surface(one["words"], 0)) for key, one in asked.items()},
        "remember": f"predict.{name}",
    }


SEEN, READ = "gradient_descent-fastest", "backpropagation-loop"


@pytest.fixture(scope="module")
def among_all(browser, tmp_path_factory):
    """Return a function: name of a prediction -> the one on a page with all those of the book."""
    watchers = {}

    def find(name, language="en"):
        if language not in watchers:
            all_stored = [
                stored for (kind, _), stored in stored_questions().items() if kind == KIND
            ]
            all_stored += [of_review(SEEN), of_review(READ)]
            path = tmp_path_factory.mktemp("all") / "predictions.html"
            path.write_text(preview.page_with(*all_stored, language=language), encoding="utf-8")
            watchers[language] = Watched(browser, "file://")
            watchers[language].open(path.as_uri())
        return Driver(watchers[language].page, KIND, name)

    yield find
    for watcher in watchers.values():
        watcher.context.close()
    assert [problem for watcher in watchers.values() for problem in watcher.problems] == []


def enter(figure, text):
    """Type an answer; a reader's first key replaces what the field has."""
    field = figure.named("answer")
    field.evaluate("field => { field.focus(); field.select(); }")
    figure.page.keyboard.type(text)
    if not text:
        figure.page.keyboard.press("Delete")
    figure.page.keyboard.press("Enter")


def option(figure, name):
    return figure.root.locator(f'[data-name="option"][value="{name}"]')


def take(figure, name):
    """Click an option."""
    figure.hit(figure.find(f'[data-name="option"][value="{name}"]'))


def progress(figure):
    return figure.root.get_attribute("data-progress")


def plain(text):
    """Return a sentence of the catalogue without formulas and code, whose spaces are set."""
    return re.sub(r"\s*(?:\$[^$]*\$|`[^`]*`)\s*", "…", text)


def says(figure, template):
    """Return whether the figure says what a text of the catalogue says, formulas aside."""
    parts, said = [part for part in plain(template).split("…") if part], figure.sentence()
    return all(part in said for part in parts)


def words(name, key, language="en"):
    return words_in_text(name)[language][key]


# -- What there is to look at --------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_picture_is_drawn_and_said(among_all, language):
    figure = among_all(SEEN, language)
    picture = figure.get("picture")
    expect(picture).to_have_role("img")
    expect(picture).to_have_accessible_name(re.compile(r"B.+w = 2, 0\.2, 0\.02.+C"))
    assert picture.locator(".nn-plot-title").all_inner_texts() == ["A", "B", "C"]
    expect(picture.locator("svg:not([aria-hidden=true])")).to_have_count(0)
    boxes = [box_of(svg) for svg in picture.locator("svg").all()]
    assert all(box["width"] > 100 and box["height"] > 60 for box in boxes)
    places = "svg => [...svg.querySelectorAll('.nn-dot, [clip-path] > g')].length"
    assert picture.locator("svg").first.evaluate(places) >= 4
    options = figure.root.locator('[data-name="option"]')
    assert options.evaluate_all("all => all.map(({ value }) => value)") == ["A", "B", "C"]
    # Three short ones stand side by side.
    lefts = "all => all.map((one) => Math.round(one.getBoundingClientRect().left))"
    first, second, third = options.evaluate_all(lefts)
    assert first < second < third


def test_code_is_shown_as_it_is_written(among_all):
    figure = among_all(READ)
    shown = figure.root.locator("pre.nn-code")
    assert shown.inner_text() == of_review(READ)["data"]["code"]
    assert "    g = g + slope(L, w)" in shown.inner_text()
    take(figure, "swings")
    assert progress(figure) == "right"


def test_code_in_an_option_is_code(among_all):
    figure = among_all("backpropagation-blind")
    assert option(figure, "found").locator("code").all_inner_texts() == ["dp", "dw"]


# -- Numbers -----------------------------------------------------------------------------------


def test_a_number_from_the_first_try_to_the_right_one(open_figure):
    figure = open_figure("Predict", NUMBER)
    assert progress(figure) == "open"
    for name in ("hint", "hint-text", "reset"):
        expect(figure.get(name)).to_be_hidden()

    enter(figure, "0.5")
    assert progress(figure) == "wrong"
    assert says(figure, words(NUMBER, "mistakes.halfway"))
    assert figure.get("answer").input_value() == "0.5"
    expect(figure.get("hint-text")).to_be_hidden()
    figure.click("hint")
    expect(figure.get("hint-text")).to_be_visible()
    expect(figure.get("hint")).to_have_attribute("aria-expanded", "true")
    assert "pull" in figure.text("hint-text")

    figure.click("hint")
    enter(figure, "0.8")
    assert "too large" in figure.sentence()
    enter(figure, "−0,2")
    assert "too small" in figure.sentence()
    enter(figure, "33")
    assert "factor of ten" in figure.sentence()
    assert figure.state()["tries"] == [0.5, 0.8, -0.2, 33]
    assert figure.numbers("tried") == [0.5, 0.8, -0.2]  # the sentence tells of the last

    enter(figure, "1/3")
    assert progress(figure) == "right"
    assert says(figure, words(NUMBER, "reason"))
    assert "0.333" in figure.sentence()
    for name in ("hint", "show", "hint-text", "check"):
        expect(figure.get(name)).to_be_hidden()
    assert figure.get("answer").is_editable() is False
    assert figure.broken() == ""


@pytest.mark.parametrize("name", NUMBERS)
def test_every_mistake_of_a_number_is_named(among_all, name):
    figure = among_all(name)
    for mistake, answer in every_try(name).items():
        enter(figure, repr(answer))
        assert says(figure, words(name, f"mistakes.{mistake}")), mistake
        assert "{" not in figure.sentence()
    enter(figure, repr(sum(figure.evaluate("root => root.figure.data.limits")) / 2))
    assert progress(figure) == "right"


def test_what_cannot_be_read_is_no_try(open_figure):
    figure = open_figure("Predict", NUMBER)
    for text in ("about half", "$x$", "1 2"):
        enter(figure, text)
        assert "cannot be read" in figure.sentence()
        assert figure.get("answer").input_value() == text
    enter(figure, "")
    assert "Enter a number" in figure.sentence()
    assert figure.state()["tries"] == []
    assert progress(figure) == "open"
    enter(figure, "7")
    assert figure.state()["tries"] == [7]
    enter(figure, "x")
    assert "cannot be read" in figure.sentence()
    enter(figure, "7")  # once more the same: no second try
    assert figure.state()["tries"] == [7]
    assert "too large" in figure.sentence()


def test_the_button_checks_as_well(open_figure):
    figure = open_figure("Predict", NUMBER)
    figure.get("answer").fill("0")
    figure.click("check")
    assert says(figure, words(NUMBER, "mistakes.median"))
    figure.get("answer").fill("1/3")
    figure.get("check").press("Space")
    assert progress(figure) == "right"
    expect(figure.get("answer")).to_be_focused()


def test_the_answer_can_be_shown_with_or_without_a_try(open_figure):
    figure = open_figure("Predict", NUMBER)
    enter(figure, "0.5")
    figure.click("show")
    assert progress(figure) == "shown"
    assert figure.state()["shown"] is True
    assert "The answer" in figure.sentence()
    assert says(figure, words(NUMBER, "reason"))
    expect(figure.get("answer")).to_be_focused()
    enter_is_over = figure.state()
    figure.get("answer").press("Enter")
    assert figure.state() == enter_is_over
    figure.click("reset")
    assert figure.state() == {"name": NUMBER, "tries": [], "shown": False}
    assert figure.get("answer").input_value() == ""
    expect(figure.get("answer")).to_be_focused()
    assert figure.get("answer").is_editable()
    assert figure.sentence() == ""
    figure.click("show")
    assert progress(figure) == "shown"


# -- Choices -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", CHOICES)
def test_every_option_has_its_say(among_all, name):
    figure = among_all(name)
    right = figure.evaluate("root => root.figure.data.answer")
    wrong = [key for key in every_try(name) if key != right]
    widths = "root => [...root.querySelectorAll('.nn-option')].map((one) => one.offsetWidth)"
    assert len(set(figure.evaluate(widths))) == 1
    for count, key in enumerate(wrong, start=1):
        take(figure, key)
        assert says(figure, words(name, f"mistakes.{key}")), key
        expect(option(figure, key)).to_have_attribute("data-verdict", "mistake")
        expect(option(figure, key)).to_have_css("box-shadow", "none")
        assert len(figure.state()["tries"]) == count
        assert figure.named("show").is_visible()
    option(figure, wrong[0]).click(force=True)  # tried already
    assert len(figure.state()["tries"]) == len(wrong)
    take(figure, right)
    assert progress(figure) == "right"
    assert says(figure, words(name, "reason"))
    expect(option(figure, right)).to_have_attribute("data-verdict", "right")


def test_a_sign_tells_what_a_color_tells(open_figure):
    figure = open_figure("Predict", CHOICE)
    option(figure, "ten").click()
    option(figure, "fifty").click()
    signs = figure.evaluate("""root => [...root.querySelectorAll("[data-verdict]")].map(
      (element) => getComputedStyle(element, "::before").content)""")
    assert sorted(signs) == ['"✓"', '"✗"']


def test_a_number_without_a_name_brings_the_hint_and_then_the_first_step(open_figure):
    figure = open_figure("Predict", NUMBER)
    enter(figure, "0.8")
    assert "too large" in figure.sentence()
    expect(figure.get("hint-text")).to_be_hidden()  # the first miss has its button
    enter(figure, "0.9")
    expect(figure.get("hint-text")).to_be_visible()
    expect(figure.get("hint")).to_have_attribute("aria-expanded", "true")
    assert "first step" not in figure.sentence()
    figure.click("hint")  # it can be put away, and stays away
    enter(figure, "0.95")
    expect(figure.get("hint-text")).to_be_hidden()
    first, second = words(NUMBER, "reason").split(". ", 1)
    assert says(figure, f"The first step: {first}.")
    assert second.partition("$")[0].strip() not in figure.sentence()
    enter(figure, "0.5")  # a mistake that is known says what it overlooks
    assert says(figure, words(NUMBER, "mistakes.halfway"))


# -- Estimates -----------------------------------------------------------------------------------

GUESSES = """(root, guesses) => guesses.map((guess) => {
  const { figure } = root;
  figure.set({ tries: [guess], shown: false });
  const sentence = root.querySelector(".nn-sentence").innerText;
  const found = [...root.querySelectorAll("[data-verdict]")].map((one) => one.dataset.verdict);
  figure.set({ tries: [] });
  return [sentence, found];
})"""


@pytest.mark.parametrize("name", ESTIMATES)
def test_an_estimate_is_told_how_it_came_out_and_not_judged(among_all, name):
    figure = among_all(name)
    assert "Only an experiment can tell" in figure.sentence()
    tries = every_try(name)
    data = figure.evaluate("root => root.figure.data")
    for key, (said, found) in zip(
        tries, figure.evaluate(GUESSES, list(tries.values())), strict=True
    ):
        right = key == data.get("answer")
        parts = plain(words(name, "reason" if right else f"mistakes.{key}")).split("…")
        assert all(part in said for part in parts), key
        assert "Right" not in said
        assert not said.startswith("Not ")
        assert found == (["found"] if data["kind"] == "choice" else [])


def test_an_estimate_is_one_guess_and_a_distance(open_figure):
    figure = open_figure("Predict", "digits-hands")
    enter(figure, "90 %")
    assert progress(figure) == "guessed"
    assert figure.numbers("tried") == []
    assert "You were 0.02 too low" in figure.sentence()
    assert figure.get("answer").is_editable() is False
    for name in ("hint", "show", "check"):
        expect(figure.get(name)).to_be_hidden()
    figure.click("reset")
    enter(figure, "0.99")
    assert "You were 0.07 too high" in figure.sentence()
    figure.click("reset")
    enter(figure, "0.92")
    assert "that is what came out" in figure.sentence()
    figure = open_figure("Predict", "words-copies")
    order = figure.evaluate(
        "root => [...root.querySelectorAll('[data-name=option]')].map((e) => e.value)"
    )
    assert order == list(PREDICTIONS.find("words-copies").options), "a scale keeps its order"
    option(figure, "most").click()
    option(figure, "half").click(force=True)
    assert figure.state()["tries"] == ["most"]
    expect(option(figure, "few")).to_have_attribute("data-verdict", "found")


# -- Keyboard, live region, focus --------------------------------------------------------------


def test_the_keyboard_alone(open_figure):
    figure = open_figure("Predict", NUMBER)
    keyboard = figure.page.keyboard
    figure.get("answer").focus()
    keyboard.type("0.5")
    keyboard.press("Enter")
    expect(figure.get("answer")).to_be_focused()
    for name in ("check", "hint"):
        keyboard.press("Tab")
        expect(figure.get(name)).to_be_focused()
    keyboard.press("Space")
    expect(figure.get("hint-text")).to_be_visible()
    expect(figure.get("hint")).to_be_focused()
    for _ in range(2):
        keyboard.press("Shift+Tab")
    keyboard.type("0.33")  # the last try was selected: this replaces it
    keyboard.press("Enter")
    assert progress(figure) == "right"
    expect(figure.get("answer")).to_be_focused()
    keyboard.press("Tab")
    expect(figure.get("reset")).to_be_focused()
    keyboard.press("Enter")
    assert progress(figure) == "open"
    expect(figure.get("answer")).to_be_focused()

    figure = open_figure("Predict", CHOICE)
    option(figure, "square").focus()
    figure.page.keyboard.press("Enter")
    expect(option(figure, "square")).to_be_focused()
    order = figure.evaluate(
        "root => [...root.querySelectorAll('[data-name=option]')].map((e) => e.value)"
    )
    way = order.index("fifty") - order.index("square")
    for _ in range(abs(way)):
        figure.page.keyboard.press("Tab" if way > 0 else "Shift+Tab")
    figure.page.keyboard.press("Space")
    assert progress(figure) == "right"
    expect(option(figure, "fifty")).to_be_focused()


def test_a_verdict_is_read_aloud_once(open_figure):
    figure = open_figure("Predict", NUMBER)
    enter(figure, "0.5")
    aloud = figure.root.locator("[aria-live]")
    expect(aloud).to_have_count(1)
    expect(aloud).to_contain_text("Not c = 0.5.")
    enter(figure, "0.49")  # the same mistake is said again, of another number
    expect(aloud).to_contain_text("Not c = 0.49.")
    assert "$" not in aloud.text_content()
    names = figure.evaluate("""root => [...root.querySelectorAll("input, button, [role], ul")]
      .filter((e) => !(e.getAttribute("aria-label") || e.innerText).trim())
      .map((e) => e.outerHTML)""")
    assert names == []


# -- What is remembered --------------------------------------------------------------------------


@pytest.fixture
def visit(browser, figure_page):
    """Return a function that opens a prediction in a context that outlives the page."""
    opened = []

    def open_it(name=NUMBER, *, script="", **page_options):
        watcher = Watched(browser, "file://")
        opened.append(watcher)
        if script:
            watcher.context.add_init_script(script)
        return watcher.open(figure_page("Predict", name, **page_options))

    yield open_it
    problems = [problem for watcher in opened for problem in watcher.problems]
    for watcher in opened:
        watcher.context.close()
    assert problems == []


def reload(page):
    page.wait_for_timeout(250)  # what was stored is on its way to the browser's own process
    page.reload()


def test_tries_outlast_the_visit_and_a_reset_forgets_them(visit):
    page = visit()
    figure = Driver(page, "Predict", NUMBER)
    enter(figure, "0.5")
    enter(figure, "0.3333")
    stored = json.loads(page.evaluate("key => localStorage.getItem(key)", KEY))
    assert stored == {"tries": [0.5, 0.3333]}
    reload(page)
    figure = Driver(page, "Predict", NUMBER)
    assert progress(figure) == "right"
    assert figure.state()["tries"] == [0.5, 0.3333]
    assert figure.get("answer").input_value() == "0.3333"
    assert figure.root.locator("[aria-live]").text_content() == ""
    figure.click("reset")
    assert progress(figure) == "open"
    assert page.evaluate("key => localStorage.getItem(key)", KEY) is None
    reload(page)
    assert progress(Driver(page, "Predict", NUMBER)) == "open"


def test_two_tabs_keep_each_others_tries(visit):
    first = visit()
    second = first.context.new_page()
    second.goto(first.url)
    one, two = Driver(first, "Predict", NUMBER), Driver(second, "Predict", NUMBER)
    enter(one, "0.5")
    until(second, f"{TRIES} === '0.5'")
    enter(two, "7")
    until(first, f"{TRIES} === '0.5,7'")
    stored = first.evaluate("key => localStorage.getItem(key)", KEY)
    assert json.loads(stored) == {"tries": [0.5, 7]}
    one.click("reset")
    until(second, f"{TRIES} === ''")
    assert progress(two) == "open"
    reload(first)
    assert Driver(first, "Predict", NUMBER).broken() == ""


def anew(page):
    """Make the figure anew on its page, as a page that is loaded again does."""
    element = element_of(stored_questions()["Predict", NUMBER])
    page.evaluate(
        """(element) => {
          document.querySelector(".nn-figure").outerHTML = element;
          nnlibFigures.hydrate();
        }""",
        element,
    )
    return Driver(page, "Predict", NUMBER)


RUBBISH = [
    "{",
    "null",
    "7",
    '"text"',
    "[]",
    '{"tries": "0.5"}',
    '{"tries": ["text"]}',
    '{"tries": [null]}',
    '{"tries": [[1]], "shown": 3}',
    '{"tries": {"length": 2}, "name": 3}',
    '{"state": 1}',
]


def test_rubbish_in_the_storage_is_forgotten(visit):
    page = visit()
    for rubbish in RUBBISH:
        page.evaluate("([key, text]) => localStorage.setItem(key, text)", [KEY, rubbish])
        figure = anew(page)
        assert figure.broken() == "", rubbish
        assert progress(figure) == "open", rubbish
        enter(figure, "0.5")
        assert anew(page).state()["tries"] == [0.5], rubbish


def test_an_option_that_is_no_more_is_forgotten(visit):
    page = visit(CHOICE)
    hundred = [f"nnlib.predict.{CHOICE}", '{"tries": ["hundred"]}']
    page.evaluate("([key, text]) => localStorage.setItem(key, text)", hundred)
    reload(page)
    figure = Driver(page, "Predict", CHOICE)
    assert progress(figure) == "open"
    assert page.evaluate("key => localStorage.getItem(key)", hundred[0]) is None


def test_it_works_where_nothing_may_be_stored(visit):
    denied = """Object.defineProperty(window, "localStorage", {
      get() { throw new DOMException("denied", "SecurityError"); } });"""
    full = """Storage.prototype.setItem = () => { throw new DOMException("full"); };"""
    for script in (denied, full):
        page = visit(script=script)
        figure = Driver(page, "Predict", NUMBER)
        lost = figure.root.locator(".nn-lost")
        expect(lost).to_be_hidden()
        enter(figure, "0.5")
        expect(lost).to_have_text(re.compile("forgotten when you leave"))
        enter(figure, "0.33")
        assert progress(figure) == "right"
        figure.click("reset")
        assert progress(figure) == "open"


# -- How it looks (on pages of every width: test_on_the_page.py) ---------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_it_speaks_chinese(among_all, name):
    figure = among_all(name, "zh-CN")
    tries = list(every_try(name).values())
    said = figure.evaluate(
        """(root, tries) => [tries, ...tries].map((_, count) => {
          root.figure.set({ tries: tries.slice(0, count) });
          return [root.innerText, root.querySelector(".nn-sentence").innerText];
        })""",
        tries,
    )
    for text, sentence in said[1:]:
        assert re.findall(r"[A-Za-z]{4,}", SAME_IN_BOTH.sub("", text)) == []
        assert re.search(r"[\u4e00-\u9fff]", sentence)


def test_light_and_dark_and_in_either_the_verdict_can_be_read(open_figure):
    shades = {}
    for scheme in ("light", "dark"):
        figure = open_figure("Predict", CHOICE, color_scheme=scheme)
        option(figure, "ten").click()
        option(figure, "fifty").click()
        shades[scheme] = (
            figure.evaluate("""root => [root, ...root.querySelectorAll("[data-verdict]")]
          .map((e) => getComputedStyle(e).color + getComputedStyle(e).borderTopColor)""")
        )
    assert all(light != dark for light, dark in zip(shades["light"], shades["dark"], strict=True))


def test_on_paper_there_are_options_or_a_line_and_no_verdict(open_figure):
    figure = open_figure("Predict", NUMBER, viewport={"width": 800, "height": 600})
    enter(figure, "0.33")
    figure.page.emulate_media(media="print")
    for part in (".nn-sentence", '[data-name="check"]', '[data-name="tried"]', ".nn-foot"):
        expect(figure.root.locator(part)).to_be_hidden()
    color = figure.get("answer").evaluate("input => getComputedStyle(input).color")
    assert color == "rgba(0, 0, 0, 0)"
    figure = open_figure("Predict", CHOICE, viewport={"width": 800, "height": 600})
    option(figure, "fifty").click()
    figure.page.emulate_media(media="print")
    expect(figure.root.locator(".nn-sentence")).to_be_hidden()
    signs = figure.evaluate("""root => [...root.querySelectorAll("[data-name=option]")].map(
      (e) => getComputedStyle(e, "::before").content + getComputedStyle(e).color)""")
    assert len(set(signs)) == 1


def test_two_copies_share_nothing(open_figure):
    first = open_figure("Predict", NUMBER, page_options={"copies": 2})
    second = Driver(first.page, "Predict", nth=1)
    enter(first, "0.5")
    assert second.state()["tries"] == []
    ids = first.page.evaluate("[...document.querySelectorAll('[id]')].map((e) => e.id)")
    assert len(ids) == len(set(ids))


@pytest.mark.on_page
def test_without_javascript_there_is_the_question_and_its_answer_folded(unscripted, places):
    unscripted.goto(places[NUMBER][0].as_uri())
    question = unscripted.locator(".admonition.predict").first
    question.scroll_into_view_if_needed()
    box, text = box_of(question), box_of(question.locator("> :is(p, details)").last)
    expect(question.locator("> details")).not_to_have_attribute("open", "")
    assert question.locator(".nn-figure").is_hidden()
    assert box["y"] + box["height"] - text["y"] - text["height"] < 20


def test_the_size_of_a_negative_answer_is_not_called_large_or_small(open_figure):
    figure = open_figure("Predict", "words-twice")
    for answer in ("-70", "-0.1"):
        enter(figure, answer)
        assert "is off by a factor of ten or more" in figure.sentence()
