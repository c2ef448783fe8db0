"""A deck for Anki: a card for each wording of each question."""

from __future__ import annotations

import tempfile
import zlib
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path

import genanki

from question_files.items import Item, image, picture, title

FRONT = "{{Question}}"
BACK = '{{FrontSide}}<hr id="answer">{{Answer}}<div class="why">{{Reason}}</div>'
STYLE = """
.card { font: 20px/1.5 serif; text-align: left; max-width: 40em; margin: 0 auto; }
.why { margin-top: 1em; }
img { max-width: 100%; }
pre { white-space: pre-wrap; font-size: 0.85em; }
"""
FIRST = 1_700_000_000  # seconds: when the deck was made, the same each time


def anki(items: Iterable[Item], book: str, path: Path) -> int:
    """Write the deck, with a part for each chapter; return how many cards it has."""
    decks, cards, pictures = [], 0, []
    model = genanki.Model(
        _number(f"nnlib-book {book}"),
        book,
        fields=[{"name": name} for name in ("Name", "Question", "Answer", "Reason")],
        templates=[{"name": "1", "qfmt": FRONT, "afmt": BACK}],
        css=STYLE,
    )
    with tempfile.TemporaryDirectory() as folder:
        for chapter, asked in groupby(items, key=lambda item: item.chapter):
            shown = list(asked)
            name = f"{book}::{title(chapter, shown[0].language)}"
            deck = genanki.Deck(_number(name), name)
            for item in (item for item in shown if item.first_of_its_wording):
                deck.add_note(_note(model, item))
                cards += 1
                if item.panels:
                    file = Path(folder) / _file(item)
                    file.write_bytes(picture(item))
                    pictures.append(str(file))
            decks.append(deck)
        genanki.Package(decks, media_files=pictures).write_to_file(str(path), timestamp=FIRST)
    return cards


def _note(model: genanki.Model, item: Item) -> genanki.Note:
    options = "".join(f"<li>{option.text}</li>" for option in item.options)
    asked = item.stem + image(item, _file(item)) + (f"<ul>{options}</ul>" if options else "")
    if item.options:
        answer = next(option.text for option in item.options if option.right)
    else:
        answer = f"{item.answers[0].number:.3g}"
    return genanki.Note(
        model=model,
        fields=[item.name, asked, answer, item.reason],
        guid=genanki.guid_for("nnlib-book", item.language, item.name),
        tags=[item.chapter, item.level],
    )


def _file(item: Item) -> str:
    """Return the name of an item's picture: all decks of a reader keep theirs in one folder."""
    return f"nnlib-book-{item.name}-{item.language}.png"


def _number(text: str) -> int:
    """Return what Anki knows a deck or a kind of card by: the same for the same name."""
    return zlib.crc32(text.encode()) + (1 << 30)
