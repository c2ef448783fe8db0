"""Readers without JavaScript, without storage, with a slow network, with a damaged page."""

import json
import re

import pytest
from browsing import Watched, box_of, wake
from playwright.sync_api import expect

import figure_heights

CHAPTER = "chapters/activations.html"
NO_STORAGE = """Object.defineProperty(window, "localStorage", {
  get() { throw new DOMException("The operation is insecure.", "SecurityError"); },
});"""
WATCH_SHIFTS = """
  window.shifts = [];
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      const nodes = entry.sources.map(({ node }) => node?.outerHTML ?? node?.nodeName ?? "");
      shifts.push([entry.value, nodes.map((node) => node.slice(0, 120))]);
    }
  }).observe({ type: "layout-shift", buffered: true });
"""

# What stands around the figures is most of a page, and does not make them higher.
FIGURES_ALONE = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(":is(math, p, pre, table):not([data-place] *) { display: none !important; }");
  document.adoptedStyleSheets.push(sheet);
}"""

# The room that the style sheet keeps for measured figures that have not come to life.
KEPT = """() => {
  const figures = [...document.querySelectorAll("[data-place][style]")];
  for (const figure of figures) figure.dataset.state = "";
  const room = (figure) => parseFloat(getComputedStyle(figure).minHeight);
  const kept = figures.map((figure) => [figure.dataset.place, room(figure)]);
  for (const figure of figures) figure.removeAttribute("data-state");
  return kept;
}"""


def test_without_javascript_all_of_the_text_can_be_read(browser, address):
    watcher = Watched(browser, address, java_script_enabled=False)
    page = watcher.open(address + CHAPTER)
    more = page.locator("details.second-reading").first
    more.locator("summary").first.click()
    expect(more.locator("p:visible").nth(1)).to_be_visible()
    fold = page.locator("details.proof").first
    expect(fold.locator("p").first).to_be_hidden()
    fold.locator("summary").click()
    expect(fold.locator("p").first).to_be_visible()
    expect(page.locator(".scheme-button")).to_be_hidden()
    picture = page.locator(".nn-figure img:visible").first
    picture.scroll_into_view_if_needed()
    expect(picture).to_have_js_property("complete", value=True)
    page.set_viewport_size({"width": 390, "height": 844})
    page.get_by_role("button", name="Contents").click()
    page.locator("#contents").get_by_role("link", name="Loss functions").click()
    page.wait_for_url("**/losses.html")
    page.goto(address + "search.html")
    expect(page.locator("noscript p")).to_be_visible()
    assert watcher.problems == []
    watcher.context.close()


def test_without_storage_everything_answers(browser, address):
    watcher = Watched(browser, address)
    watcher.page.add_init_script(NO_STORAGE)
    page = watcher.open(address + CHAPTER)
    with pytest.raises(Exception, match="insecure"):
        page.evaluate("localStorage")
    before = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    page.get_by_role("button", name="Switch between light and dark").click()
    after = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert after != before
    wake(page)
    choice = page.locator('[data-name="option"]')
    question = page.locator('.nn-figure[data-figure="Predict"]:visible').filter(has=choice).first
    question.scroll_into_view_if_needed()
    page.wait_for_function("root => root.figure", arg=question.element_handle())
    question.locator('[data-name="option"]').first.click()
    expect(question).to_have_attribute("data-progress", re.compile("wrong|right|guessed"))
    expect(page.locator(".nn-broken")).to_have_count(0)
    assert watcher.problems == []
    watcher.context.close()


def test_what_is_damaged_is_named_in_its_place_and_the_other_figures_answer(browser, address):
    watcher = Watched(browser, address)

    def damage(route):
        response = route.fetch()
        text, count = re.subn(r'"state":\{"', '"state":{"" ', response.text(), count=1)
        assert count == 1
        text = "<noscript><img src=x onerror=alert()>".join(text.rsplit("<noscript>", 1))
        route.fulfill(response=response, body=text)

    watcher.page.route("**/" + CHAPTER, damage)
    page = watcher.open(address + CHAPTER)
    figures = page.locator(".nn-figure")
    wake(page)
    expect(page.locator(".nn-broken")).to_have_count(2)
    expect(page.locator(".nn-broken").filter(has_text="JSON")).to_have_count(1)
    expect(page.locator(".nn-broken").filter(has_text="Not the pictures")).to_have_count(1)
    expect(page.locator("[onerror]")).to_have_count(0)
    expect(page.locator(".nn-figure .nn-body")).to_have_count(figures.count() - 2)
    assert watcher.problems == []
    watcher.context.close()


def test_figures_wake_as_the_reader_comes_near(browser, address):
    watcher = Watched(browser, address)
    page = watcher.open(address + CHAPTER)
    asleep = page.locator(".nn-figure[data-state]")
    page.locator(".nn-figure").first.scroll_into_view_if_needed()
    expect(page.locator(".nn-figure .nn-body").first).to_be_visible()
    page.wait_for_timeout(300)
    many = asleep.count()
    assert many > 3
    far = page.locator(".nn-figure:visible").nth(3)
    for _ in range(5):  # what lies above gets its true height only while one scrolls
        far.evaluate("figure => figure.scrollIntoView({ block: 'center' })")
        page.wait_for_timeout(100)
    expect(far.locator(".nn-body").first).to_be_visible()
    assert 0 < asleep.count() < many
    wake(page)  # the next stop of the keyboard may lie in any figure
    expect(asleep).to_have_count(0)
    assert watcher.problems == []
    watcher.context.close()


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize(
    "path", ["intro.html", CHAPTER, "chapters/softmax.html", "chapters/playground.html"]
)
def test_figures_that_come_late_move_nothing(browser, address, path, width):
    watcher = Watched(browser, address, viewport={"width": width, "height": 844})
    page = watcher.page
    page.add_init_script(WATCH_SHIFTS)
    held = []
    page.route(re.compile("figures/core.js"), lambda route: held.append(route))
    page.goto(address + path, wait_until="commit")
    waiting = page.locator(".nn-figure").first
    expect(page.locator(".colophon")).to_be_attached()
    waiting.evaluate("figure => figure.scrollIntoView({ block: 'center' })")
    page.wait_for_timeout(300)
    place = waiting.evaluate("figure => figure.getBoundingClientRect().height")
    before = sum(value for value, _ in page.evaluate("shifts"))
    for route in held:
        route.continue_()
    expect(waiting.locator(".nn-body").first).to_be_visible()
    page.wait_for_timeout(300)
    shifts = page.evaluate("shifts")
    assert sum(value for value, _ in shifts) - before < 0.02, shifts
    assert place > 90
    assert watcher.problems == []
    watcher.context.close()


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize(
    ("path", "filled"),
    [("progress", "#reading-progress details"), ("practice", '[data-practice="mixed"] button')],
)
def test_what_scripts_fill_in_late_moves_nothing(browser, address, path, filled, width):
    watcher = Watched(browser, address, viewport={"width": width, "height": 844})
    page, held = watcher.page, []
    page.add_init_script(WATCH_SHIFTS)
    page.route(re.compile(r"_static/(reading|practice)/.*\.js"), lambda route: held.append(route))
    page.goto(f"{address}chapters/{path}.html", wait_until="commit")
    expect(page.locator(".colophon")).to_be_attached()
    page.wait_for_timeout(300)
    assert page.locator(filled).count() == 0
    for route in held:
        route.continue_()
    page.unroute_all()
    expect(page.locator(filled).first).to_be_visible()
    page.wait_for_timeout(300)
    shifts = page.evaluate("shifts")
    assert sum(value for value, _ in shifts) < 0.02, shifts
    assert watcher.problems == []
    watcher.context.close()


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("comes", [True, False], ids=["late", "never"])
def test_what_is_due_comes_late_and_moves_nothing(browser, address, width, comes):
    watcher = Watched(browser, address, viewport={"width": width, "height": 1400})
    page, held = watcher.page, []
    entry = {"right": 0, "wrong": 1, "last": 1, "due": 2, "days": 0, "variant": 0}
    kept = json.dumps({"v": 1, "asked": {"refresher-square": entry}})
    page.add_init_script(f"localStorage.setItem('nnlib-book:review', {json.dumps(kept)});")
    page.add_init_script(WATCH_SHIFTS)
    page.route(re.compile(r"_static/practice/.*\.js"), lambda route: held.append(route))
    page.goto(f"{address}chapters/generalization.html", wait_until="commit")
    expect(page.locator(".colophon")).to_be_attached()
    page.wait_for_timeout(300)
    place, section = page.locator("[data-practice=back]"), page.locator("[data-practice] ~ section")
    room = box_of(place)["height"]
    expect(section.first).to_be_hidden()  # it has room, and is not painted
    for route in held:
        if comes:
            route.continue_()
        else:
            route.abort()
    page.unroute_all()
    expect(place.locator(".practice-question")).to_have_count(1 if comes else 0)
    expect(section.first).to_be_visible()
    page.wait_for_timeout(300)
    assert box_of(section.first)["y"] < 1400
    if comes:
        assert box_of(place)["height"] != room
        assert watcher.problems == []
    else:
        expect(place).to_be_hidden()
    shifts = page.evaluate("shifts")
    assert sum(value for value, _ in shifts) < 0.001, shifts
    watcher.context.close()


@pytest.mark.parametrize("width", [390, 1280])
def test_a_text_face_that_comes_late_moves_next_to_nothing(browser, address, width):
    """What stands in for it has the same mean width of a letter and the same line."""
    watcher = Watched(browser, address, viewport={"width": width, "height": 800})
    page, held = watcher.page, []
    page.add_init_script(WATCH_SHIFTS)
    page.route("**/fonts/Text*", lambda route: held.append(route))
    page.goto(address + CHAPTER, wait_until="domcontentloaded")
    page.wait_for_timeout(300)
    page.evaluate("shifts.length = 0")
    assert held
    for route in held:
        route.continue_()
    page.evaluate("document.fonts.ready")
    assert page.evaluate("document.fonts.check('1em \\'Book Text\\'')")
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
    assert page.evaluate("shifts.reduce((sum, [value]) => sum + value, 0)") < 0.05
    watcher.context.close()


def test_the_place_that_is_kept_is_as_high_as_its_figure(browser, html):
    """What differs by more than three lines was measured before the figure changed."""
    watcher = Watched(browser, "file://")
    compared, wrong = 0, []
    for path in [html / "intro.html", *sorted((html / "chapters").glob("*.html"))]:
        if "data-place=" not in path.read_text(encoding="utf-8"):
            continue
        page = watcher.open(path.as_uri())
        page.evaluate(FIGURES_ALONE)
        for width in (390, 768, 1280):
            watcher.surround(viewport={"width": width, "height": 900})
            true = dict(page.evaluate(figure_heights.HEIGHTS))
            kept = dict(page.evaluate(KEPT))
            assert kept.keys() <= true.keys()
            compared += len(kept)
            wrong += [
                (name, width, kept[name], true[name])
                for name in kept
                if abs(kept[name] - true[name]) > 75
            ]
    watcher.context.close()
    assert wrong == [], "run tools/figure_heights.py"
    assert compared > 100
