r"""A question of the bank with its numbers and words filled in, before it has any format.

Texts become HTML, with formulas between ``\(`` and ``\)`` as Moodle, Canvas and Anki set them.
"""

from __future__ import annotations

import html
import io
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

import matplotlib.pyplot as plt
import yaml

from nnbook.chapters import words_of
from nnbook.figures.predict.picture import draw
from nnbook.messages import LANGUAGES
from nnbook.questions import bank
from nnbook.questions.choice import Choice
from nnbook.questions.number import Interval, Number
from nnbook.questions.picture import Panel
from nnbook.questions.words import flat, on_surface, surfaces

ROOT = Path(__file__).resolve().parents[2]
PLACE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, kw_only=True)
class Option:
    """What can be chosen, and what is said to who chooses it."""

    name: str
    text: str
    feedback: str
    right: bool = False


@dataclass(frozen=True, kw_only=True)
class Answer:
    """Numbers that are judged alike, and what is said to who gives one of them."""

    name: str
    number: float
    within: Interval
    feedback: str
    right: bool = False

    @property
    def middle(self) -> float:
        """Of the interval: where formats have a number and a tolerance."""
        return sum(self.within) / 2

    @property
    def tolerance(self) -> float:
        """Half of the interval."""
        return (self.within[1] - self.within[0]) / 2


@dataclass(frozen=True, kw_only=True)
class Item:
    """One variant of a question in one language; exactly one of `options` and `answers` is filled.

    Attributes
    ----------
    name : str
        Of the question, and the number of the variant from 1 on.
    stem, hint, reason : str
        HTML.
    first_of_its_wording : bool
        Whether no earlier variant has these words; those after it differ only in their numbers.
    panels : sequence of Panel
        The picture, and in `alt` what it shows; none if there is nothing to look at.
    """

    name: str
    chapter: str
    level: str = ""
    language: str = ""
    stem: str
    hint: str
    reason: str
    options: Sequence[Option] = ()
    answers: Sequence[Answer] = ()
    panels: Sequence[Panel] = field(default=(), repr=False)
    alt: str = ""
    first_of_its_wording: bool = True


def items(language: str) -> Iterator[Item]:
    """Yield every variant of every review question, in the order of the book."""
    for name in bank.in_review():
        words = words_of("questions", name, language)
        own = {key: part for key, part in words.items() if key != "in_text"}
        wordings, level = surfaces(own), bank.find(name).level
        for number, variant in enumerate(bank.find(name).variants):
            yield replace(
                item(f"{name}-{number + 1}", variant, flat(on_surface(own, number))),
                level=level,
                language=language,
                first_of_its_wording=number < wordings,
            )


def item(name: str, asked: Number | Choice, texts: dict[str, str]) -> Item:
    """Fill in the numbers of a variant."""
    values = {key: str(value) for key, value in asked.describe()["values"].items()}
    html_of = {key: as_html(filled(text, values)) for key, text in texts.items()}
    code = f"<pre><code>{html.escape(asked.code)}</code></pre>" if asked.code else ""
    symbol = f"<p>\\({asked.symbol} = \\;?\\)</p>" if isinstance(asked, Number) else ""
    return Item(
        name=name,
        chapter=name.partition("-")[0],
        stem=f"<p>{html_of['question']}</p>{code}{symbol}",
        hint=html_of["hint"],
        reason=html_of["reason"],
        options=_options(asked, html_of) if isinstance(asked, Choice) else (),
        answers=_answers(asked, html_of) if isinstance(asked, Number) else (),
        panels=asked.panels,
        alt=re.sub(r"\\[()]", "", filled(texts["alt"], values).replace("$", ""))
        if asked.panels
        else "",
    )


def _options(asked: Choice, texts: dict[str, str]) -> list[Option]:
    return [
        Option(
            name=name,
            text=texts[f"options.{name}"],
            feedback=texts["reason" if name == asked.right else f"mistakes.{name}"],
            right=name == asked.right,
        )
        for name in asked.options
    ]


def _answers(asked: Number, texts: dict[str, str]) -> list[Answer]:
    right = Answer(
        name="right",
        number=asked.right,
        within=asked.limits,
        feedback=texts["reason"],
        right=True,
    )
    wrong = [
        Answer(
            name=name,
            number=float(asked.mistakes[name]()),
            within=within,
            feedback=texts[f"mistakes.{name}"],
        )
        for name, within in asked.intervals.items()
    ]
    return [right, *wrong]


def filled(text: str, values: dict[str, str]) -> str:
    """Fill in the places; in a formula, braces that hold no name of a value are TeX's own."""

    def fill(piece: str, formula: bool) -> str:
        missing = [name for name in PLACE.findall(piece) if name not in values]
        if missing and not formula:
            raise ValueError(f"{text!r} needs {missing[0]!r}, got only {', '.join(values)}")
        return PLACE.sub(lambda match: values.get(match[1], match[0]), piece)

    return "$".join(fill(piece, n % 2 == 1) for n, piece in enumerate(text.split("$")))


def as_html(text: str) -> str:
    """Turn ``$formulas$`` and code in backticks into HTML."""
    pieces = text.split("$")
    if len(pieces) % 2 == 0:
        raise ValueError(f"dollars must come in pairs, got {text!r}")
    return "".join(
        f"\\({html.escape(piece)}\\)"
        if index % 2
        else re.sub(r"`([^`]+)`", r"<code>\1</code>", html.escape(piece, quote=False))
        for index, piece in enumerate(pieces)
    )


def image(shown: Item, address: str) -> str:
    """Return the HTML that shows the picture of an item; nothing if it has none."""
    if not shown.panels:
        return ""
    return f'<p><img src="{html.escape(address)}" alt="{html.escape(shown.alt)}"/></p>'


_pictures: dict[str, bytes] = {}


def picture(shown: Item) -> bytes:
    """Return the picture of an item as a PNG, sharp on any screen: it has no words."""
    if shown.name not in _pictures:
        _pictures[shown.name] = _drawn(shown)
    return _pictures[shown.name]


def _drawn(shown: Item) -> bytes:
    file = io.BytesIO()
    figure = draw(shown.panels)
    figure.savefig(file, format="png", dpi=200, bbox_inches="tight", facecolor="white")
    plt.close(figure)
    return file.getvalue()


def book_title(language: str) -> str:
    """Return the title of an edition."""
    path = ROOT / LANGUAGES[language].folder / "_config.yml"
    title: str = yaml.safe_load(path.read_text(encoding="utf-8"))["title"]
    return title


@cache
def title(chapter: str, language: str) -> str:
    """Return the title of a chapter."""
    path = ROOT / LANGUAGES[language].folder / "chapters" / f"{chapter}.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    text = "".join("".join(cell["source"]) + "\n" for cell in notebook["cells"][:3])
    found = re.search(r"^# (.+)$", text, flags=re.MULTILINE)
    if not found:
        raise ValueError(f"{path.name} has no title in its first cells")
    return found[1]
