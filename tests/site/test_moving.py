"""Words of the text set the figure that they speak of."""

import pytest
from browsing import VIEWPORT, Watched, box_of, until
from playwright.sync_api import expect

CHAPTERS = [
    *("networks", "activations", "losses", "gradient_descent", "backpropagation"),
    *("multiple_outputs", "softmax", "cross_entropy", "digits", "playground"),
]

# Clicks each; gives what is wrong with the figure then, and how many were clicked.
MOVE = """async () => {
  const frame = () => new Promise(requestAnimationFrame);
  const wrong = [];
  for (const fold of document.querySelectorAll("details")) fold.open = true;
  const links = [...document.querySelectorAll("a[data-traits]")];
  for (const link of links) {
    const place = document.querySelector(link.hash);
    const root = place?.querySelector(".nn-figure");
    link.click();
    await frame();
    const { figure } = root ?? {};
    const { preset, ...traits } = JSON.parse(link.dataset.traits);
    const known =
      figure &&
      (preset === undefined || preset in figure.presets) &&
      Object.keys(traits).every((name) => name in figure.initial);
    const wanted = known && { ...figure.initial, ...figure.presets[preset], ...traits };
    const same = JSON.stringify(figure?.state) === JSON.stringify(wanted);
    if (!known || !same || figure.broken) wrong.push([link.textContent, link.hash]);
  }
  document.querySelector(".way-back")?.remove();
  return [wrong, links.length];
}"""

# Twice at the same place of the screen, a frame apart; else it is brought there once more.
RESTS_IN_VIEW = """(async (element) => {
  const place = () => element.getBoundingClientRect().y;
  const before = place();
  await new Promise(requestAnimationFrame);
  const rests = place() === before && before > 60 && before < innerHeight - 60;
  if (!rests) element.scrollIntoView({ block: "center", behavior: "instant" });
  return rests;
})"""


@pytest.fixture(scope="module", params=["", "zh/"])
def window(request, browser, html):
    """Return an open window and the edition's folder."""
    watcher = Watched(browser, "file://")
    yield watcher, html / request.param
    watcher.context.close()


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_each_link_sets_its_figure(window, chapter):
    watcher, folder = window
    page = watcher.open((folder / "chapters" / f"{chapter}.html").as_uri())
    wrong, count = page.evaluate(MOVE)
    assert wrong == []
    assert count >= 1
    assert watcher.problems == []


@pytest.mark.wcag("2.1.1")
def test_the_figure_comes_into_view_and_the_keyboard_does_the_same(window):
    watcher, folder = window
    page = watcher.open((folder / "chapters" / "activations.html").as_uri())
    link = page.locator("a[data-traits*=stays]")
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_function("""() => {
      const root = document.querySelector("#fig-vanishing-gradient .nn-figure");
      const { top, bottom } = root.getBoundingClientRect();
      return root.figure?.state.w === 4 && top < innerHeight && bottom > 0;
    }""")


@pytest.mark.parametrize("size", [VIEWPORT, {"width": 390, "height": 600}], ids=["wide", "phone"])
@pytest.mark.parametrize("way", ["button", "Back"])
def test_a_reader_who_was_led_away_comes_back_to_the_words(window, way, size):
    watcher, folder = window
    page = watcher.open((folder / "chapters" / "softmax.html").as_uri())
    page.set_viewport_size(size)
    page.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true; })")
    link = page.locator("a.moves").last
    link.focus()
    page.keyboard.press("Shift")  # the reader moves: the page is not held any more
    # Sections on the way get their true height only now, and push the words off again.
    until(page, f"{RESTS_IN_VIEW}(document.activeElement)")
    until(page, "history.state?.place")
    before = box_of(link)["y"]
    page.keyboard.press("Enter")
    button = page.locator(".way-back")
    expect(button).to_be_focused()
    page.wait_for_timeout(600)  # what is above has its height by now
    expect(button).to_be_in_viewport()
    if way == "button":
        page.keyboard.press("Enter")
    else:
        page.go_back()
    expect(link).to_be_focused()
    expect(link).to_be_in_viewport()
    until(page, f"Math.abs(document.activeElement.getBoundingClientRect().y - {before}) < 40")
    expect(button).to_have_count(0)
    assert page.url.endswith("softmax.html")
    page.set_viewport_size(VIEWPORT)


def test_where_the_words_stay_in_sight_nothing_leads_back(window):
    watcher, folder = window
    page = watcher.open((folder / "chapters" / "activations.html").as_uri())
    page.set_viewport_size({"width": 1280, "height": 1600})
    near = page.evaluate("""() => {
      for (const link of document.querySelectorAll("a.moves")) {
        const figure = document.querySelector(`${link.hash} .nn-figure`);
        link.scrollIntoView({ block: "center" });
        const { top, bottom } = figure.getBoundingClientRect();
        if (top > 60 && bottom < innerHeight) return link.click(), true;
      }
    }""")
    assert near
    expect(page.locator(".way-back")).to_have_count(0)
    assert page.evaluate("location.hash") == ""
    page.set_viewport_size(VIEWPORT)
