"""The first page: its map leads to every chapter, and its boxes lie as the arrows say."""

import re

import pytest
from playwright.sync_api import expect

# Chapter -> those it builds on, 0 for the reminder: an arrow comes from above or from the side.
ARROWS = {
    1: (0,),
    2: (1,),
    3: (1, 2),
    4: (3,),
    5: (4,),
    6: (2, 4),
    7: (6,),
    8: (7, 5),
    9: (8,),
    10: (9,),
    11: (10,),
    12: (9,),
    13: (10,),
    14: (),
}

BOXES = """(list) => [...list.children].map((item) => {
  const { left, top, right, bottom } = item.getBoundingClientRect();
  const drawn = (name) => getComputedStyle(item, name).content === '""';
  const arrows = ["::before", "::after"].filter(drawn);
  return { left, top, right, bottom, arrows: arrows.length };
})"""


@pytest.fixture(params=[1400, 390])
def first_page(request, watched, address):
    """Return the first page, wide and on a phone."""
    return watched(address + "intro.html", viewport={"width": request.param, "height": 844})


@pytest.mark.wcag("2.4.5")
def test_the_map_leads_to_every_chapter(root, watched, address):
    toc = (root / "_toc.yml").read_text(encoding="utf-8").partition("caption: For you")[0]
    chapters = [f"{name}.html" for name in re.findall(r"file: (\S+)", toc)]
    for page in ("intro.html", "zh/intro.html"):
        links = watched(address + page).locator("#sec-map ~ ul a")
        assert [link.get_attribute("href") for link in links.all()] == chapters
        numbers = [re.match(r"\d*", link.text_content())[0] for link in links.all()]
        assert numbers == ["", *map(str, range(1, len(chapters)))]


def test_every_arrow_of_the_map_comes_from_its_neighbor(first_page):
    boxes = first_page.locator("#sec-map ~ ul").evaluate(BOXES)
    assert [box["arrows"] for box in boxes] == [0, *map(len, ARROWS.values())]
    for chapter, sources in ARROWS.items():
        box = boxes[chapter]
        for source in sources:
            other = boxes[source]
            above = 0 < box["top"] - other["bottom"] < 40
            beside = box["top"] == other["top"] and other["left"] != box["left"]
            assert above or beside, (chapter, source)
            if above:
                assert box["left"] < other["right"]
                assert other["left"] < box["right"]


def test_the_buttons_that_the_page_names_are_in_the_figure(first_page):
    figure = first_page.locator("figure").first
    expect(first_page.locator("#what-a-neural-network-does .try em")).to_have_text(
        ["Pause", "Flat start"]
    )
    for name in ("Flat start", "Train"):  # *Train* is called *Pause* while it plays
        expect(first_page.locator("p em", has_text=re.compile(f"^{name}$")).first).to_be_attached()
        expect(figure.get_by_role("button", name=name, exact=True)).to_be_visible()


def test_the_first_button_of_the_page_trains(first_page):
    learn, read = first_page.locator("h1 + p + p a").all()
    assert read.get_attribute("href") == "chapters/networks.html"
    learn.click()
    figure = first_page.locator(".nn-figure").first
    expect(figure.locator("[data-name=train]")).to_have_attribute("data-playing", "true")
    first_page.wait_for_function("() => document.querySelector('.nn-figure').figure.state.step > 0")
    assert "#" not in first_page.url  # the page does not go anywhere
    figure.locator("[data-name=reset]").click()
    expect(figure.locator("[data-name=train]")).to_have_attribute("data-playing", "false")


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
