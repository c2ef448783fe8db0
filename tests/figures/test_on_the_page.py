"""Figures as readers meet them: on the pages of the built site, amid the text and each other."""

import pytest
from browsing import ROOT, Watched, wake
from driver import COLUMNS, UNFOLD, every_try
from test_every_figure import OUTSIDE

from nnbook.messages import LANGUAGES
from nnbook.widgets import QUESTIONS

NOTEBOOKS = [
    path.relative_to(ROOT).with_suffix(".html").as_posix()
    for language in LANGUAGES
    for folder in [ROOT if language == "en" else ROOT / language]
    for path in (folder / "intro.ipynb", *sorted(folder.glob("chapters/*.ipynb")))
]
# All is open, and laid out also far from the screen.
OPEN = """async () => {
  const whole = new CSSStyleSheet();
  whole.replaceSync("article > section > section { content-visibility: visible !important; }");
  document.adoptedStyleSheets.push(whole);
  const figures = [...document.querySelectorAll(".nn-figure")];
  for (let n = 0; n < 600 && figures.some((root) => !root.figure); n += 1)
    await new Promise(requestAnimationFrame);
  for (const fold of document.querySelectorAll(".nn-more")) fold.open = true;
  for (const button of document.querySelectorAll(".nn-figure [aria-expanded=false]"))
    button.click();
  return figures.filter((root) => !root.figure).length;
}"""
# Takes away what surrounds the figures: to lay all that text out anew at each width takes time.
LEAVE_FIGURES = """() => {
  const article = document.querySelector("article");
  const kept = new Set();
  for (const figure of document.querySelectorAll(".nn-figure"))
    for (let part = figure; article.contains(part); part = part.parentElement) kept.add(part);
  for (const part of kept)
    for (const beside of part.parentElement.children)
      if (part !== article && !kept.has(beside)) beside.style.display = "none";
}"""
# What sticks out of any figure, or nothing: each draws some frames after it hears of its width.
# Then the predictions have one try more each time; the other figures stay as they are.
STICKS_OUT = """async (tries) => {
  const outside = OUTSIDE;
  const all = [...document.querySelectorAll(".nn-figure")];
  const predictions = all.filter(({ dataset }) => dataset.id in tries);
  const found = async (figures, frames) => {
    const find = () => {
      const pageWidth = document.documentElement.scrollWidth;
      const wide = pageWidth > innerWidth ? [`a page ${pageWidth} px wide`] : [];
      return [...wide, ...figures.flatMap(outside)];
    };
    for (let frame = 0; frame < frames || (frame < 200 && find().length > 0); frame += 1)
      await new Promise(requestAnimationFrame);
    return find();
  };
  const most = Math.max(0, ...Object.values(tries).map(({ length }) => length));
  const out = [];
  for (let count = 0; count <= most; count += 1) {
    for (const { dataset, figure } of predictions)
      figure.set({ tries: tries[dataset.id].slice(0, count) });
    out.push(...(count ? await found(predictions, 0) : await found(all, 3)));
  }
  return out;
}""".replace("OUTSIDE", OUTSIDE)
# How wide each option of a prediction is, and whether one is too low for a finger.
UNEVEN = """(predictions) => [...document.querySelectorAll(predictions)].filter((root) => {
  const boxes = [...root.querySelectorAll("[data-name=option]")]
    .map((option) => option.getBoundingClientRect());
  const widths = new Set(boxes.map((box) => Math.round(box.width)));
  return widths.size > 1 || boxes.some((box) => box.height < 34);
}).map((root) => root.dataset.id)"""
# What a page has of each question, and of the code that made it.
QUESTIONS_ASKED = """([questions, names]) => [
  [...document.querySelectorAll(questions)].map((root) => {
    const around = [];
    for (let part = root.parentElement; part; part = part.parentElement)
      if (part.className.includes("predict")) around.push(part);
    const count = (selector) => around[0]?.querySelectorAll(`${selector}:not(.held *)`).length;
    return [around.length, count(".admonition-title"), count(".cell_input")];
  }),
  names.filter((name) => document.body.innerText.includes(`widgets.${name}`)),
]"""
PHONE = 390  # up to here one option is below the other
PREDICTION = '.nn-figure[data-figure="Predict"]'
QUESTION = ", ".join(f'.nn-figure[data-figure="{name}"]' for name in QUESTIONS)
FIGURE = f".nn-figure:not({QUESTION})"
FIRST_CONTROL = """root => [...root.querySelectorAll("input[type=range], .nn-handle")]
  .find((control) => control.checkVisibility({ visibilityProperty: true }))"""

LAST_CHOICE = """root =>
  [...root.querySelectorAll("[data-name^=preset-], [data-name=bed]")].at(-1).click()"""

pytestmark = pytest.mark.on_page


@pytest.fixture(scope="module")
def watcher(browser):
    """Return the window in which the pages are opened one after the other."""
    watcher = Watched(browser, "file://")
    yield watcher
    watcher.context.close()


@pytest.fixture(scope="module", params=NOTEBOOKS)
def page(request, watcher, html):
    """Return each page with figures, awake and unfolded."""
    watcher.surround()
    page = watcher.open((html / request.param).as_uri())
    page.evaluate(UNFOLD)
    wake(page)
    assert page.evaluate(OPEN) == 0
    yield page
    page.evaluate("localStorage.clear(); sessionStorage.clear()")
    page.goto("about:blank")  # the next one comes in a window of another width
    problems = watcher.problems.copy()
    watcher.problems.clear()
    assert problems == []


def test_every_figure_answers(page):
    assert page.query_selector(".nn-broken") is None
    state = "root => root.figure.state"
    for root in page.query_selector_all(FIGURE):
        before = root.evaluate(state)
        control = root.evaluate_handle(FIRST_CONTROL).as_element()
        if control is None:  # a pad without sliders: its examples; the ward: a bed
            root.evaluate(LAST_CHOICE)
        else:
            control.press("ArrowRight")
            if root.evaluate(state) == before:  # it was at its end
                control.press("ArrowLeft")
        assert root.evaluate(state) != before
        root.evaluate("root => root.figure.reset()")


def test_an_answer_is_part_of_its_question_and_its_code_is_gone(page):
    questions, code = page.evaluate(QUESTIONS_ASKED, [QUESTION, list(QUESTIONS)])
    assert questions == [[1, 1, 0]] * len(questions)
    assert code == []


@pytest.mark.parametrize("width", [1400, *COLUMNS])
def test_nothing_sticks_out_of_columns_as_wide_as_tests_of_one_figure_take_them_to_be(page, width):
    if "/chapters/" in page.url:  # on the first page the figure has its place beside the text
        page.evaluate(LEAVE_FIGURES)
    page.set_viewport_size({"width": width, "height": 844})
    ids = page.evaluate(
        "all => [...document.querySelectorAll(all)].map((root) => root.dataset.id)", PREDICTION
    )
    tries = {key: list(every_try(key.removeprefix("predict.")).values()) for key in ids}
    assert page.evaluate(STICKS_OUT, tries) == []
    if width <= PHONE:
        assert page.evaluate(UNEVEN, PREDICTION) == []
    if width in COLUMNS and "/chapters/" in page.url:
        widths = page.evaluate(
            "all => [...document.querySelectorAll(all)].map((root) => root.offsetWidth)", FIGURE
        )
        assert [one for one in widths if one < COLUMNS[width]] == []
