"""Drawings, exercises and predictions are found by name, in the order of the book."""

import pkgutil

import pytest
import yaml

import nnbook.drawings.chapters
import nnbook.exercises.chapters
import nnbook.predictions.chapters
import nnbook.review.chapters
import nnbook.steps.chapters
from nnbook.chapters import CHAPTERS, ByName


def test_chapters_are_in_the_order_of_the_book(root):
    contents = yaml.safe_load((root / "_toc.yml").read_text(encoding="utf-8"))
    files = [chapter["file"] for part in contents["parts"] for chapter in part["chapters"]]
    read = [contents["root"], *(file.removeprefix("chapters/") for file in files)]
    assert [name for name in read if name in CHAPTERS] == list(CHAPTERS)


PACKAGES = [
    *(nnbook.drawings.chapters, nnbook.exercises.chapters),
    *(nnbook.predictions.chapters, nnbook.review.chapters),
    nnbook.steps.chapters,
]


@pytest.mark.parametrize("package", PACKAGES)
def test_no_module_of_a_chapter_is_overlooked(package):
    modules = {module.name for module in pkgutil.iter_modules(package.__path__)}
    assert {name for name in modules if not name.startswith("_")} <= set(CHAPTERS)
    found = ByName("a thing", package.__name__, "THINGS", "the list")
    assert set(found.chapters) == modules & set(CHAPTERS)
