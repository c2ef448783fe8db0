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
# What sticks out of any figure, or nothing: each draws some frames after it hears of its width.
STICKS_OUT = """async (tries) => {
  const outside = OUTSIDE;
  const figures = [...document.querySelectorAll(".nn-figure")];
  for (const { dataset, figure } of figures)
    if (dataset.id in tries) figure.set({ tries: tries[dataset.id] });
  const find = () => figures.flatMap(outside);
  for (let frame = 0; frame < 3 || (frame < 200 && find().length > 0); frame += 1)
    await new Promise(requestAnimationFrame);
  const pageWidth = document.documentElement.scrollWidth;
  return pageWidth > innerWidth ? [`a page ${pageWidth} px wide`, ...find()] : find();
}""".replace("OUTSIDE", OUTSIDE)
PHONE = 390  # up to here one option is below the other
PREDICTION = '.nn-figure[data-figure="Predict"]'
QUESTION = ", ".join(f'.nn-figure[data-figure="{name}"]' for name in QUESTIONS)
FIGURE = f".nn-figure:not({QUESTION})"

pytestmark = pytest.mark.on_page


@pytest.fixture(scope="module", params=NOTEBOOKS)
def page(request, browser, html):
    """Return each page with figures, awake and unfolded."""
    watcher = Watched(browser, "file://")
    page = watcher.open((html / request.param).as_uri())
    page.evaluate(UNFOLD)
    wake(page)
    assert page.evaluate(OPEN) == 0
    yield page
    watcher.context.close()
    assert watcher.problems == []


def test_every_figure_answers(page):
    assert page.locator(".nn-broken").count() == 0
    for root in page.locator(FIGURE).all():
        before = root.evaluate("root => root.figure.state")
        control = root.locator("input[type=range]:visible, .nn-handle:visible").first
        control.press("ArrowRight")
        if root.evaluate("root => root.figure.state") == before:  # it was at its end
            control.press("ArrowLeft")
        assert root.evaluate("root => root.figure.state") != before
        root.evaluate("root => root.figure.reset()")


def test_an_answer_is_part_of_its_question_and_its_code_is_gone(page):
    for root in page.locator(QUESTION).all():
        question = root.locator("xpath=ancestor::*[contains(@class, 'predict')]")
        assert question.count() == 1
        assert question.locator(".admonition-title").count() == 1
        assert question.locator(".cell_input").count() == 0
    for name in QUESTIONS:
        assert page.locator(f"text=widgets.{name}").count() == 0


@pytest.mark.parametrize("width", [1400, *COLUMNS])
def test_nothing_sticks_out(page, width):
    page.set_viewport_size({"width": width, "height": 844})
    ids = page.locator(PREDICTION).evaluate_all("all => all.map((root) => root.dataset.id)")
    tries = {key: every_try(key.removeprefix("predict.")) for key in ids}
    for count in range(max(map(len, tries.values()), default=0) + 1):
        state = {key: values[:count] for key, values in tries.items()}
        assert page.evaluate(STICKS_OUT, state) == []
    if width > PHONE:
        return
    uneven = page.locator(PREDICTION).evaluate_all("""all => all.filter((root) => {
      const boxes = [...root.querySelectorAll("[data-name=option]")]
        .map((option) => option.getBoundingClientRect());
      const widths = new Set(boxes.map((box) => Math.round(box.width)));
      return widths.size > 1 || boxes.some((box) => box.height < 34);
    }).map((root) => root.dataset.id)""")
    assert uneven == []


# On the first page the figure stands beside the text.
@pytest.mark.parametrize("page", [one for one in NOTEBOOKS if "chapters" in one], indirect=True)
@pytest.mark.parametrize("width", COLUMNS)
def test_a_column_is_as_wide_as_the_tests_of_one_figure_take_it_to_be(page, width):
    page.set_viewport_size({"width": width, "height": 844})
    widths = page.locator(FIGURE).evaluate_all("all => all.map((root) => root.offsetWidth)")
    assert [one for one in widths if one < COLUMNS[width]] == []
