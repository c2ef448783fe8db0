"""The first page: three ways into the book, and one back to where one stopped."""

import json
import re

import pytest
from browsing import Watched, box_of
from playwright.sync_api import expect

from theme.reading.reading_time import levels_on_path, read, spread_of_page, total

PLACE = {"page": "gradient_descent", "id": "a", "index": 0, "top": 90, "number": "4.4", "at": 1}
SHIFTS = """
  window.shifts = [];
  new PerformanceObserver((list) => {
    for (const { value } of list.getEntries()) shifts.push(value);
  }).observe({ type: "layout-shift", buffered: true });
"""


@pytest.fixture(params=[1400, 390])
def first_page(request, watched, address):
    """Return the first page, wide and on a phone."""
    return watched(address + "intro.html", viewport={"width": request.param, "height": 844})


@pytest.mark.wcag("2.4.5")
def test_the_page_leads_to_every_chapter(root, watched, address):
    toc = (root / "_toc.yml").read_text(encoding="utf-8").partition("caption: For you")[0]
    reminder, *chapters = [f"{name}.html" for name in re.findall(r"file: (\S+)", toc)]
    for path in ("intro.html", "zh/intro.html"):
        page = watched(address + path)
        links = page.locator("#sec-map ~ ol > li a").all()
        assert [link.get_attribute("href") for link in links] == chapters
        assert all(link.get_attribute("data-minutes") for link in links)
        assert (
            page.locator("article > section > .cell + p a").last.get_attribute("href") == reminder
        )


def test_the_evenings_are_as_long_as_the_page_says(root):
    toc = (root / "_toc.yml").read_text(encoding="utf-8").partition("caption: For you")[0]
    pages = re.findall(r"file: (\S+)", toc)
    minutes = {}
    for page in ("intro", *pages[:11]):
        sections = read(root / f"{page}.ipynb")
        span = spread_of_page(total(sections, 0)[0], levels_on_path(sections))
        minutes[page] = sum(span) / 2
    assert 45 <= sum(minutes.values()) / 12 <= 65
    long = minutes.pop("chapters/backpropagation")
    assert long <= 95
    assert max(minutes.values()) <= 80


def test_the_buttons_that_the_page_names_are_in_the_figure(first_page):
    figure = first_page.locator("figure").first
    expect(first_page.locator(".try:has(em:text-is('Flat start')) > p em")).to_have_text(
        ["Pause", "Flat start"]
    )
    for name in ("Flat start", "Train"):  # *Train* is called *Pause* while it plays
        expect(first_page.locator("p em", has_text=re.compile(f"^{name}$")).first).to_be_attached()
        expect(figure.get_by_role("button", name=name, exact=True)).to_be_visible()


def test_the_first_button_of_the_page_trains(first_page):
    learn, works, build = first_page.locator("h1 + p + p a").all()
    assert works.get_attribute("href") == "#sec-short-way"
    assert build.get_attribute("href") == "chapters/networks.html"
    learn.click()
    figure = first_page.locator(".nn-figure").first
    expect(figure.locator("[data-name=train]")).to_have_attribute("data-playing", "true")
    expect(learn).to_have_text("Pause")
    first_page.wait_for_function("() => document.querySelector('.nn-figure').figure.state.step > 0")
    assert "#" not in first_page.url  # the page does not go anywhere
    figure.locator("[data-name=reset]").click()
    expect(figure.locator("[data-name=train]")).to_have_attribute("data-playing", "false")
    expect(learn).to_have_text("Watch it learn")
    assert figure.evaluate("({ figure }) => figure.state.w4 === -1 && figure.state.step === 0")


@pytest.mark.parametrize("width", [1366, 1024, 390])
@pytest.mark.parametrize("edition", ["", "zh/"])
def test_the_ways_stand_beside_the_figure_from_the_top(watched, address, edition, width):
    page = watched(f"{address}{edition}intro.html", viewport={"width": width, "height": 768})
    title, figure = (box_of(page.locator(one).first) for one in ("h1", ".nn-figure"))
    bar = box_of(page.locator(".bar"))
    assert title["y"] - bar["height"] < 40, "an empty strip above the title"
    buttons = [box_of(button) for button in page.locator("h1 + p + p a").all()]
    assert len(buttons) == 3
    assert len({(box["x"], box["width"]) for box in buttons}) == 1
    if width > 1000:
        assert figure["width"] > 0.58 * width - 60
        assert box_of(page.locator("article > section > .cell + p"))["x"] == title["x"]
    assert figure["y"] < 500


@pytest.mark.parametrize("width", [1366, 1024, 390])
@pytest.mark.parametrize(
    ("edition", "title", "label"),
    [
        ("", "Count the steps before you walk", "Continue: 4.4 Count the steps before you walk"),
        ("zh/", "先算步数，再走", "接着读：4.4 先算步数，再走"),
    ],
)
def test_who_stopped_is_led_on_and_nothing_moves(browser, address, edition, title, label, width):
    watcher = Watched(browser, address, viewport={"width": width, "height": 768})
    page, held = watcher.page, []
    place = PLACE | {"title": title, "lang": "zh-CN" if edition else "en"}
    record = json.dumps({"v": 1, "read": {}, "place": place})
    page.add_init_script(f"localStorage.setItem('nnlib-book:read', {json.dumps(record)})")
    page.add_init_script(SHIFTS)
    page.route(
        re.compile(r"_static/site\.[^/]*js|reading/reading"), lambda route: held.append(route)
    )
    page.goto(f"{address}{edition}intro.html", wait_until="commit")
    expect(page.locator(".colophon")).to_be_attached()
    page.wait_for_timeout(300)
    go = page.locator("h1 + p + p .continue")
    expect(go).to_have_count(0)
    assert held
    top = box_of(page.locator("h1 + p + p .moves, h1 + p + p a").first)["y"]
    for route in held:
        route.continue_()
    expect(go).to_have_text(label)
    page.wait_for_timeout(300)
    assert sum(page.evaluate("shifts")) < 0.001
    after = page.locator("h1 + p + p a:not(.continue)").first
    assert box_of(after)["y"] == pytest.approx(top, abs=0.6)
    box = box_of(go)
    assert box["y"] + box["height"] <= top
    assert go.evaluate("(go) => go.scrollHeight <= go.clientHeight")
    expect(page.locator("h1 + p + p .moves")).to_have_css("background-color", "rgba(0, 0, 0, 0)")
    expect(go).not_to_have_css("background-color", "rgba(0, 0, 0, 0)")
    watcher.context.close()
    assert watcher.problems == []


INPUTS_SHOWN = """
  const shown = (window.inputsShown = []);
  new MutationObserver(() => {
    const text = document.querySelector(".nn-figure [data-name=input]")?.textContent;
    if (text && text !== shown.at(-1)) shown.push(text);
  }).observe(document, { subtree: true, childList: true, characterData: true });
"""


@pytest.mark.parametrize("motion", ["no-preference", "reduce"])
def test_the_first_figure_shows_once_that_it_moves(watched, address, motion):
    page = watched(address + "intro.html", viewport={"width": 1400, "height": 844})
    page.emulate_media(reduced_motion=motion)
    page.add_init_script(INPUTS_SHOWN)
    page.reload()
    page.wait_for_function("() => document.querySelector('.nn-figure').figure")
    if motion == "no-preference":
        page.wait_for_function("() => inputsShown.length > 5 && inputsShown.at(-1) === '0.50'")
        assert max(page.evaluate("inputsShown")) > "0.70"
    else:
        page.wait_for_timeout(300)
        assert page.evaluate("inputsShown") == ["0.50"]
    assert page.evaluate("document.querySelector('.nn-figure').figure.state.x") == 0.5


LINES = """(heading) => {
  const lines = {};
  const walker = document.createTreeWalker(heading, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode;
    for (let i = 0; i < text.length && !text.parentElement.matches(".headerlink"); i += 1) {
      const range = document.createRange();
      range.setStart(text, i);
      range.setEnd(text, i + 1);
      const top = Math.round(range.getBoundingClientRect().bottom / 8);
      lines[top] = (lines[top] ?? "") + text.data[i];
    }
  }
  return Object.values(lines).map((line) => line.replace("\u00a0", " ").trim());
}"""


def test_the_title_breaks_at_its_comma(first_page):
    assert first_page.locator("h1").evaluate(LINES) == ["Neural networks,", "from the first neuron"]


@pytest.mark.parametrize(
    ("chapter", "lines"),
    [
        ("intro", ["神经网络：", "从第一个神经元开始"]),
        ("chapters/cross_entropy", ["8 交叉熵", "与分类器的训练"]),
        ("chapters/playground", ["14 在网页上", "亲手训练一个网络"]),
    ],
)
def test_a_chinese_heading_breaks_between_words(watched, address, chapter, lines):
    phone = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
    page = watched(f"{address}zh/{chapter}.html", **phone)
    assert page.locator("h1").evaluate(LINES) == lines
    expect(page.locator("h1 .headerlink")).to_have_css("opacity", "0")  # it would be all one sees


def test_links_to_places_are_named_in_the_language_of_the_page(html):
    for page, name in (
        ("chapters/softmax.html", "Link to this place"),
        ("zh/chapters/softmax.html", "指向此处的链接"),
    ):
        text = (html / page).read_text(encoding="utf-8")
        titles = set(re.findall(r'class="headerlink"[^>]* title="([^"]*)"', text))
        assert titles == {name}
