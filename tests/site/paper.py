"""What the tests of the book on paper read out of a PDF."""

import collections
import io
import re
import unicodedata

import pikepdf
import pypdfium2

FOOT = 0.94  # of the height: below stands the number of the page
EDGE = 16.5 / 210  # of the width: just outside the text

# What of a page has to be found on paper again. The page is opened without scripts, which leaves
# the pictures of interactive figures where they can be seen.
FACTS = """() => {
  // Lists of mistakes, for teachers, are closed on paper, too. Solutions are at the book's end.
  const CLOSED = "details:not([class], .exercise > *)";
  const all = (selector) => [...document.querySelectorAll(`article ${selector}`)];
  const title = (heading) => {
    const copy = heading.cloneNode(true);
    copy.querySelectorAll(".headerlink").forEach((part) => part.remove());
    copy.querySelectorAll("math").forEach((formula) => formula.replaceWith("|"));
    return copy.textContent;
  };
  const options = (figure) => JSON.parse(figure.dataset.state).data?.options ?? [];
  const code = (output) => output.closest(".cell").querySelector(".cell_input");
  const above = (output) => output.previousElementSibling ?? code(output);
  return {
    choices: all(".nn-figure[data-state]").flatMap(options).length,
    pictures: all("img.only-light").map((image) => image.alt),
    formulas: all("[data-tex]")
      .filter((formula) => !formula.closest(CLOSED))
      .map((formula) => formula.dataset.tex),
    external: all("a[href*='://']").map((link) => link.href),
    headings: all(":is(h1, h2)").map(title),
    outputs: all(".cell:not(.tag_hide-input) > .cell_output > [class*=highlight-]").map(
      (output) => [above(output).textContent, output.textContent],
    ),
  };
}"""


def chapters_of(html):
    """Return the pages of the book."""
    return ["intro.html", *sorted(f"chapters/{path.name}" for path in html.glob("chapters/*.html"))]


def facts_of(html, browser, chapters):
    """Return what each page says that it holds."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    found = {}
    for chapter in chapters:
        page.goto((html / chapter).as_uri())
        found[chapter] = page.evaluate(FACTS)
    context.close()
    return found


def flaws(paper):
    """Name the pages that are empty or on which something reaches into the margin at the side."""
    for number in range(len(paper)):
        ink = paper.ink(number)
        height, width = ink.shape
        body = ink[: int(height * FOOT)]
        edge = int(width * EDGE)
        if not body.any():
            yield number + 1, "empty"
        if body[:, :edge].any() or body[:, -edge:].any():
            yield number + 1, "cut off"


def holds(text, title):
    """Tell whether a text has a title; where that has a formula, a "|", what stands around it."""
    return all(squeezed(piece) in text for piece in title.split("|"))


def squeezed(text):
    """Leave out all spaces and invisible signs; the letters of formulas are like any others."""
    return re.sub(r"[\s\u200b\u2061]+", "", unicodedata.normalize("NFKC", text))


class Paper:
    """A printed document: what its pages show, say and link to."""

    def __init__(self, pdf):
        self.drawn = pypdfium2.PdfDocument(pdf)
        self.parts = pikepdf.open(io.BytesIO(pdf))
        self.texts = [squeezed(page.get_textpage().get_text_range()) for page in self.drawn]
        self.numbers = {page.objgen: n for n, page in enumerate(self.parts.pages, start=1)}
        self.anchors = {
            str(name): self.numbers[destination[0].objgen]
            for name, destination in self.parts.Root.get("/Dests", {}).items()
        }

    def __len__(self):
        return len(self.texts)

    @property
    def text(self):
        return "".join(self.texts)

    def ink(self, number):
        """Return where a page is dark: one row a line of pixels, one column a point."""
        picture = self.drawn[number].render(scale=1, grayscale=True)
        return picture.to_numpy() < 200

    def half_blank(self, number):
        """Tell whether nothing stands on the lower half of a page but its number."""
        ink = self.ink(number)
        return not ink[len(ink) // 2 : int(len(ink) * FOOT)].any()

    def named(self, kind):
        """Count the alternative texts of the parts with that tag: "/Figure", "/Formula"."""
        elements = (part for part in self.parts.objects if isinstance(part, pikepdf.Dictionary))
        return collections.Counter(
            str(part.Alt) for part in elements if "/Alt" in part and part.get("/S") == kind
        )

    def links(self, number):
        """Return (target, text) of every link on a page; the target is an anchor or an address."""
        words = self.drawn[number].get_textpage()
        for link in self.parts.pages[number].get("/Annots", []):
            target = link.Dest if "/Dest" in link else link.A.URI
            yield str(target), squeezed(words.get_text_bounded(*map(float, link.Rect)))
