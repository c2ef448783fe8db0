"""Write the review questions for the tools that teachers have, in every language of the book.

    python tools/questions.py FOLDER

It writes for each language Moodle XML, a QTI 2.1 package (Canvas and others), GIFT and an Anki
deck, all from the bank that the book asks from: the same numbers and tolerances, and for each
likely mistake the sentence that the book would say. Pictures are in all but GIFT, which has none.
"""

import argparse
import sys
from pathlib import Path

import console
from nnbook.messages import LANGUAGES
from question_files.anki import anki
from question_files.gift import gift
from question_files.items import book_title, items
from question_files.moodle import moodle
from question_files.qti import qti


def main() -> int:
    """Write the files, and say what is in them."""
    console.prepare()
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    for language in LANGUAGES:
        for path, count in written(folder, language):
            print(f"{path}: {count} questions, {path.stat().st_size / 1e6:.1f} MB")
    return 0


def written(folder: Path, language: str) -> list[tuple[Path, int]]:
    """Write the files of one language; return each with the number of its questions."""
    asked, book = list(items(language)), book_title(language)
    stem = f"nnlib-book-{language}"
    xml, text = folder / f"{stem}.moodle.xml", folder / f"{stem}.gift.txt"
    package, deck = folder / f"{stem}.qti.zip", folder / f"{stem}.apkg"
    xml.write_bytes(moodle(asked, book))
    text.write_text(gift(asked, book), encoding="utf-8", newline="\n")
    plain = sum(not item.panels for item in asked)
    return [
        (xml, len(asked)),
        (text, plain),
        (package, qti(asked, package)),
        (deck, anki(asked, book, deck)),
    ]


if __name__ == "__main__":
    sys.exit(main())
