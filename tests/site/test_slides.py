"""The decks of slides, opened from a folder: all of each slide is there, and its figures live."""

import subprocess
import sys
import zipfile

import pypdfium2
import pytest
from axe import EVERYTHING, script
from browsing import ROOT
from bs4 import BeautifulSoup

from nnbook.chapters import CHAPTERS
from nnbook.messages import LANGUAGES

pytestmark = pytest.mark.exhaustive

DECKS = CHAPTERS[1:]
SIZES = [(1280, 720), (1920, 1080)]
SMALLEST = 15  # pixels of a slide that is 720 high
# Shows a slide, waits until its figure has found its size, and says what is wrong.
LOOK = """async (number) => {
  const frame = () => new Promise(requestAnimationFrame);
  Reveal.slide(number);
  await frame();
  const slide = Reveal.getCurrentSlide();
  const stage = slide.querySelector(".stage");
  const figure = stage?.querySelector(".nn-figure");
  for (let n = 0; n < 2000 && figure && !stage.dataset.fits; n += 1) await frame();
  await frame();
  const [main, sheet] = [".main", ".sheet"].map((part) => slide.querySelector(part));
  const wrong = [];
  const within = (part, whole, what) => {
    const [a, b] = [part.getBoundingClientRect(), whole.getBoundingClientRect()];
    const out = [b.left - a.left, b.top - a.top, a.right - b.right, a.bottom - b.bottom];
    if (Math.max(...out) > 3) wrong.push(`${what} stands out`);
  };
  for (const part of sheet.children) within(part, sheet, part.className);
  for (const part of main.children) within(part, main, part.className || part.localName);
  const over = [main.scrollHeight - main.clientHeight, main.scrollWidth - main.clientWidth];
  if (Math.max(...over) > 3) wrong.push("too much");
  if (figure) within(figure, stage, "figure");
  if (figure && !(Number(stage.dataset.fits) > 0.6)) wrong.push(`figure at ${stage.dataset.fits}`);
  if (stage && stage.clientHeight < 140) wrong.push(`a stage of ${stage.clientHeight}`);
  if (slide.querySelector(".nn-broken")) wrong.push("broken");
  const size = Number.parseFloat(getComputedStyle(main).fontSize);
  if (size < SMALLEST) wrong.push(`letters of ${size}`);
  for (const image of slide.querySelectorAll("img"))
    if (image.checkVisibility() && !(image.complete && image.naturalWidth)) {
      await image.decode().catch(() => wrong.push("a picture is missing"));
    }
  return wrong.map((what) => `${number}: ${what}`);
}""".replace("SMALLEST", str(SMALLEST))
COUNT = """async () => {
  while (!window.Reveal?.isReady()) await new Promise(requestAnimationFrame);
  return document.querySelectorAll(".slides section").length;
}"""
EXPLORER = """() => Reveal.getSlides().findIndex(
  (slide) => slide.querySelector("[data-state*=CrossEntropySlopes]"))"""
AXE = """async (rules) => {
  const options = { resultTypes: ["violations"], preload: false, ...rules };
  const { violations } = await axe.run(".present .sheet", options);
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => [id, html.slice(0, 150)]));
}"""


@pytest.fixture(scope="module")
def made(html, tmp_path_factory):
    """Return a folder with the decks of all editions and their zips."""
    folder = tmp_path_factory.mktemp("slides")
    places = ["--site", html, "--to", folder / "decks", "--zips", folder]
    subprocess.run([sys.executable, ROOT / "tools/slides.py", *places], check=True, cwd=ROOT)
    return folder


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_zip_has_all_that_its_decks_load(made, language):
    with zipfile.ZipFile(made / f"slides-{language}.zip") as archive:
        archive.extractall(made / "unpacked")
    folder = made / "unpacked" / f"slides-{language}"
    assert {path.stem for path in folder.glob("*.html")} == {*DECKS, "index"}
    index = BeautifulSoup((folder / "index.html").read_text(encoding="utf-8"), "lxml")
    assert [link["href"] for link in index.select("ul a")] == [f"{name}.html" for name in DECKS]
    for deck in folder.glob("*.html"):
        page = BeautifulSoup(deck.read_text(encoding="utf-8"), "lxml")
        addresses = [tag["src"] for tag in page.select("[src]")]
        addresses += [tag["href"] for tag in page.select("link[href]")]
        assert addresses
        assert [address for address in addresses if not (folder / address).is_file()] == []
        assert [link["href"] for link in page.select(".slides a")] == [
            link["href"] for link in page.select(".end a")
        ]


@pytest.mark.parametrize("name", DECKS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_all_of_each_slide_is_there(made, watched, language, name):
    width, height = SIZES[0]
    page = watched(
        (made / f"decks/{language}/{name}.html").as_uri(),
        viewport={"width": width, "height": height},
    )
    count = page.evaluate(COUNT)
    assert count > 12
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        assert [wrong for n in range(count) for wrong in page.evaluate(LOOK, n)] == [], (
            width,
            height,
        )


def test_a_figure_is_dragged_to_where_the_hand_is_also_on_a_larger_screen(made, watched):
    page = watched(
        (made / "decks/en/losses.html").as_uri(), viewport={"width": 1920, "height": 1080}
    )
    count = page.evaluate(COUNT)
    number = page.evaluate(EXPLORER)
    assert 0 < number < count
    assert page.evaluate(LOOK, number) == []
    assert page.evaluate("Reveal.getScale()") == 1.5
    ball = page.locator(".present .nn-handle").first
    box = ball.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 80, y)
    page.mouse.move(x + 160, y)
    page.mouse.up()
    moved = ball.bounding_box()
    assert abs(moved["x"] + moved["width"] / 2 - (x + 160)) < 4
    page.keyboard.press("ArrowRight")  # is the figure's, whose ball has the focus
    assert page.evaluate("Reveal.getIndices().h") == number
    page.keyboard.press("PageDown")  # a presenter's remote goes on all the same
    assert page.evaluate("Reveal.getIndices().h") == number + 1


def test_the_speaker_has_the_notes_in_a_window(made, watched):
    page = watched((made / "decks/en/losses.html").as_uri())
    page.evaluate(COUNT)
    problems = []
    page.context.on("console", lambda message: problems.append(message.text))
    with page.expect_popup() as opened:
        page.keyboard.press("s")
    notes = """async () => {
      for (;;) {
        const text = document.querySelector(".speaker-controls-notes .value")?.textContent;
        if (text) return text;
        await new Promise((done) => setTimeout(done, 50));
      }
    }"""
    assert "S opens the speaker’s view" in opened.value.evaluate(notes)
    assert problems == []


def test_d_changes_between_light_and_dark(made, watched):
    page = watched((made / "decks/zh/softmax.html").as_uri())
    page.evaluate(COUNT)
    ground = "() => getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(ground)
    page.keyboard.press("d")
    dark = page.evaluate(ground)
    assert dark != light
    page.keyboard.press("d")
    assert page.evaluate(ground) == light


def test_on_paper_each_slide_is_a_page_with_its_figure(made, watched):
    slides = (made / "decks/en/softmax.html").read_text(encoding="utf-8").count("<section ")
    page = watched((made / "decks/en/softmax.html").as_uri() + "?print-pdf")
    laid_out = """async (slides) => {
      const all = (selector) => [...document.querySelectorAll(selector)];
      const waits = (stage) => !stage.dataset.fits;
      while (all(".pdf-page .sheet").length < slides || all(".stage:has(.nn-figure)").some(waits))
        await new Promise(requestAnimationFrame);
      return all(".pdf-page .stage:has(.nn-figure)").length;
    }"""
    assert page.evaluate(laid_out, slides) > 5
    paper = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    assert len(paper) == slides
    assert {paper[n].get_size() for n in range(slides)} == {(960, 540)}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_slides_are_accessible(made, watched, scheme):
    page = watched((made / "decks/en/losses.html").as_uri(), color_scheme=scheme)
    count = page.evaluate(COUNT)
    page.evaluate(script())
    found, seen = [], set()
    for number in range(count):
        page.evaluate(LOOK, number)
        kind = page.evaluate("Reveal.getCurrentSlide().className.split(' ')[0]")
        if kind not in seen:
            seen.add(kind)
            found += page.evaluate(AXE, EVERYTHING)
    assert len(seen) > 6
    assert found == []
