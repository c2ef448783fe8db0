"""A driver for one interactive figure in a browser: it moves what a reader can move, and reads
what a reader can see."""

import json
import re
from functools import cache
from html import unescape

from browsing import ROOT

from nnbook.figures.myst import STATE_MIME
from nnbook.widgets import QUESTIONS

NUMBER = re.compile(
    r"([−-]?(?:\d(?:[\d\u202f]|,(?=\d{3}))*\.?\d*|∞))(?:×10([−-]?\d+|[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+))?|NaN"
)
# A power of ten in a formula is raised by its style, in a plain text by its letters.
LOWERED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789") | {ord("−"): "-"}
# Words that are the same in Chinese: names of functions, of people, of flowers, of keys, and units.
SAME_IN_BOTH = re.compile(
    r"ReLU|relu|GELU|Huber|leaky|softplus|sigmoid|tanh|SoftMax|softmax|SSR|MSE|SGD|Adam|"
    r"setosa|versicolor|virginica|"
    r"Shift|Delete|English|epoch|logit|KL|MB|GB|kB|arg|diag|max|min|exp|ln|one-hot|NaN|float|"
    r"Python|numpy|“[a-z]*”"  # what is written stands in quotation marks
)

# At the start of its axis of time the steps are so wide that a nudge moves no handle.
LATER = {"DeadNeurons": {"step": 3}}

# As wide as a figure's column is on a page of the site, in windows of these widths.
COLUMNS = {1024: 664, 390: 356, 320: 286}

# Figures of a second reading are figures like the others.
UNFOLD = """() => {
  for (const fold of document.querySelectorAll("details.second-reading")) fold.open = true;
}"""


@cache
def stored_questions():
    """Return (figure, id) -> what a notebook stores; to compute it again would train networks."""
    found = {}
    for path in (ROOT / "intro.ipynb", *sorted(ROOT.glob("chapters/*.ipynb"))):
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            for output in cell.get("outputs", []):
                stored = output.get("data", {}).get(STATE_MIME)
                if stored and stored["figure"] in QUESTIONS:
                    found[stored["figure"], stored["state"]["name"]] = stored
    return found


def every_try(name):
    """Return every option of a prediction, or every mistake: option or mistake -> what to answer.

    A mistake is named for all numbers of an interval, by tests/questions/test_every_question.py:
    here its middle.
    """
    data = stored_questions()["Predict", name]["data"]
    if data["kind"] == "choice":
        return {option: option for option in data["options"]}
    return {mistake: sum(limits) / 2 for mistake, limits in data["mistakes"].items()}


def numbers(text):
    """Read every number in a text as the figures write it."""
    found = []
    for match in NUMBER.finditer(text.replace(" ", "")):
        if match[1] is None:
            found.append(float("nan"))
            continue
        mantissa = re.sub("[\u202f,]", "", match[1]).replace("−", "-").replace("∞", "inf")
        exponent = (match[2] or "0").translate(LOWERED)
        found.append(float(f"{mantissa}e{exponent}") if "inf" not in mantissa else float(mantissa))
    return found


# The figure of a page, awake and where it can be seen. Far from the screen nothing is laid out, so
# nothing can be read; and what lies above gets its true height only while one scrolls.
AWAKE = """async ([selector, nth]) => {
  let top = null;
  for (let frame = 0; frame < 1800; frame += 1) {
    const root = document.querySelectorAll(selector)[nth];
    root?.scrollIntoView({ block: "nearest" });
    const before = top;
    top = root?.getBoundingClientRect().top;
    const still = frame ? top === before : root?.checkVisibility({ contentVisibilityAuto: true });
    if (root?.figure && still) return root;
    await new Promise(requestAnimationFrame);
  }
  throw new Error(`No figure awake: ${selector}`);
}"""


# Where an element is in the window, where the mouse can reach it.
BOX = """(element) => {
  const { top, bottom } = element.getBoundingClientRect();
  const inside = top >= 0 && bottom <= innerHeight;
  element.scrollIntoView({ block: inside ? "nearest" : "center", behavior: "instant" });
  const { x, y, width, height } = element.getBoundingClientRect();
  return { x, y, width, height };
}"""
# The middle of what can be clicked: a label stands for its radio button or box.
MIDDLE = """(element) => {
  const box = (BOX)(element);
  const middle = [box.x + box.width / 2, box.y + box.height / 2];
  const top = document.elementFromPoint(...middle);
  const hit = element.contains(top) || top?.closest("label")?.control === element;
  if (element.disabled || !hit)
    throw new Error(`${element.outerHTML} cannot be clicked for ${top?.outerHTML}`);
  return middle;
}""".replace("BOX", BOX)


class Driver:
    """One figure on an open page.

    `root` is its locator; `evaluate` asks the element itself, which is ten times as quick.
    """

    def __init__(self, page, name, *ids, nth=0):
        self.page = page
        self.name = name
        which = "".join(f'[data-id$=".{identifier}"]' for identifier in ids)
        selector = f'.nn-figure[data-figure="{name}"]{which}'
        self.root = page.locator(selector).nth(nth)
        self.element = page.evaluate_handle(AWAKE, [selector, nth])

    # What it is

    def evaluate(self, script, argument=None):
        """Run a script with the figure's element, and an argument."""
        return self.element.evaluate(script, argument)

    def wait_for(self, condition, argument=None):
        """Wait until a function of the figure's element, and of an argument, holds."""
        self.evaluate(
            """async (root, argument) => {
              const holds = CONDITION;
              for (let frame = 0; frame < 1800; frame += 1) {
                if (holds(root, argument)) return;
                await new Promise(requestAnimationFrame);
              }
              throw new Error(`Waited in vain: ${holds}`);
            }""".replace("CONDITION", condition),
            argument,
        )

    def found_at_rest(self, script):
        """Return what a script finds in the figure: nothing, or what stays after some frames.

        Far from the screen a figure is not laid out, and hears nothing of a new width.
        """
        return self.evaluate(
            """async (root) => {
              const find = FIND;
              root.scrollIntoView();
              for (let frame = 0; frame < 200 && find(root).length > 0; frame += 1)
                await new Promise(requestAnimationFrame);
              return find(root);
            }""".replace("FIND", script)
        )

    def state(self):
        """Return the figure's state: name of a trait -> value."""
        return self.evaluate("root => root.figure.state")

    def controls(self):
        """Return what Python declares of each trait."""
        return self.evaluate("root => root.figure.controls")

    def get(self, name):
        """Return the elements of that name: a slider, a button, a handle, a number."""
        return self.root.locator(f'[data-name="{name}"]')

    def find(self, selector, nth=0):
        """Return an element itself, as it is now."""
        script = "(root, [selector, nth]) => root.querySelectorAll(selector)[nth]"
        return self.element.evaluate_handle(script, [selector, nth]).as_element()

    def seen(self, selector):
        """Go through the elements that can be seen when it is their turn."""
        script = "(root, selector) => root.querySelectorAll(selector).length"
        for nth in range(self.evaluate(script, selector)):
            element = self.find(selector, nth)  # nothing where an action took it away
            if element and element.is_visible():
                yield element

    def named(self, name, nth=0):
        """Return the element of that name itself."""
        return self.find(f'[data-name="{name}"]', nth)

    def text(self, name):
        """Return what a readout shows, as text."""
        return self.evaluate(
            """(root, name) => {
              const element = root.querySelector(`[data-name="${name}"]`);
              return element.innerText ?? element.textContent; // a plot's is SVG
            }""",
            name,
        )

    def numbers(self, name):
        """Return every number that a readout shows."""
        return numbers(self.text(name))

    def number(self, name):
        """Return the last number that a readout shows: the result of a formula."""
        return self.numbers(name)[-1]

    def sentence(self):
        """Return the sentence that says what the figure shows, an index as the messages have it."""
        lowered = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
        html = self.root.locator(".nn-sentence").inner_html()
        html = re.sub("<sub>(.*?)</sub>", lambda found: found[1].translate(lowered), html)
        return unescape(re.sub("<[^>]*>", "", html))

    def broken(self):
        """Return what the figure says when it cannot be drawn, or nothing."""
        found = self.root.locator(".nn-broken")
        return found.first.inner_text() if found.count() else ""

    # What one can do

    def fold(self, folded=True):
        """Close what folds in the figure, or open it."""
        self.evaluate(
            """async (root, open) => {
              const all = (selector) => [...root.querySelectorAll(selector)];
              const folds = all(".nn-more").filter((fold) => fold.open !== open);
              const buttons = all(`[aria-expanded="${!open}"]`);
              const heard = folds.map((fold) => new Promise((hear) => {
                fold.addEventListener("toggle", hear, { once: true });
                fold.open = open;
              }));
              for (const button of buttons) button.click();
              await Promise.all(heard); // what opens is drawn then, on a busy machine frames later
              for (let n = 0; n < 2 && (folds.length || buttons.length); n += 1)
                await new Promise(requestAnimationFrame);
            }""",
            not folded,
        )

    def set(self, **traits):
        """Put the figure into a state at once."""
        self.evaluate("(root, traits) => root.figure.set(traits)", traits)

    def press(self, name, key, times=1, nth=0):
        """Focus a control and press a key."""
        self.named(name, nth).focus()
        for _ in range(times):
            self.page.keyboard.press(key)

    def hit(self, element):
        """Click an element with the mouse; nothing may lie on it."""
        self.page.mouse.click(*element.evaluate(MIDDLE))

    def click(self, name, nth=0):
        """Click a button, or the label of a radio button or box."""
        self.hit(self.named(name, nth))

    def choose(self, name, value):
        """Choose one value of a row of buttons."""
        self.hit(self.find(f'input[data-name="{name}"][value="{value}"]'))

    def slide(self, name, part, nth=0):
        """Move a slider with the mouse to a part of its way, 0 to 1."""
        box = self.named(name, nth).evaluate(BOX)
        across = box["x"] + 9 + (box["width"] - 18) * part
        self.page.mouse.click(across, box["y"] + box["height"] / 2)

    def drag(self, name, dx, dy, nth=0):
        """Drag a handle with the mouse by so many pixels."""
        self.pull(self.named(name, nth), dx, dy)

    def pull(self, element, dx, dy):
        """Drag an element with the mouse by so many pixels."""
        box = element.evaluate(BOX)
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        self.page.mouse.move(x + dx / 2, y + dy / 2)
        self.page.mouse.move(x + dx, y + dy)
        self.page.mouse.up()
