"""The few words that the theme itself puts on a page (`nnbook/messages/site`)."""

from __future__ import annotations

from nnbook.messages import LANGUAGES, ORIGINAL, load


def edition_of(language: str | None) -> str:
    """Return the edition that the language of Sphinx's configuration (zh_CN, en) belongs to."""
    edition = (language or ORIGINAL).split("_")[0]
    return edition if edition in LANGUAGES else ORIGINAL


def strings(language: str | None) -> dict[str, str]:
    """Give the words in `language`, or in English if it is none of ours."""
    return load("messages/site/pages", edition_of(language))
