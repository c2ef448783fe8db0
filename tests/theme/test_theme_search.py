"""The names of other books by which terms are found."""

from nnbook.messages import LANGUAGES, load
from theme.search import index


def test_other_names_are_given_in_each_language_and_once():
    for language in LANGUAGES:
        terms = load(index.OTHER_NAMES, language)
        assert terms, language
        names = [name.lower() for names in terms.values() for name in names]
        assert len(names) == len(set(names))
