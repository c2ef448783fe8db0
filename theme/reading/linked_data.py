"""What a search engine is told of the book and of each chapter: JSON-LD in the words of schema.org.

A chapter is a `LearningResource`: how long its path takes, what one can do after it, whom it is
for, what it may be used for, and by which senses it can be read.
"""

from __future__ import annotations

import json
from typing import Any

from sphinx.application import Sphinx

from nnbook.chapters import CHAPTERS
from nnbook.messages import LANGUAGES, ORIGINAL, load
from theme.pages.context import description
from theme.pages.counterparts import path_in_site
from theme.pages.findable import address_of
from theme.reading.teachers import plain_text
from theme.stages import Context, Doctree, on_page
from theme.strings import edition_of, strings

LICENSE = "https://creativecommons.org/licenses/by/4.0/"
# The words that schema.org names for how something can be read, and what helps.
ACCESS = {
    "accessMode": ["textual", "visual"],
    "accessModeSufficient": ["textual"],
    "accessibilityFeature": [
        *("alternativeText", "MathML", "structuralNavigation", "tableOfContents"),
        "displayTransformability",
    ],
    "accessibilityHazard": ["none"],
}


def in_short(data: dict[str, Any]) -> str:
    """Write it so that it cannot end the element in which it stands."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", r"\u003c")


def shared(app: Sphinx) -> dict[str, Any]:
    """Return what holds for the book and for each chapter."""
    return {
        "@context": "https://schema.org",
        "inLanguage": LANGUAGES[edition_of(app.config.language)].tag,
        "license": LICENSE,
        "isAccessibleForFree": True,
        "educationalLevel": "beginner",
        "educationalUse": ["self-study", "instruction"],
        "audience": {"@type": "EducationalAudience", "educationalRole": ["student", "teacher"]},
        **ACCESS,
    }


def of_chapter(app: Sphinx, pagename: str, doctree: Doctree) -> dict[str, Any]:
    """Describe a chapter."""
    chapter = pagename.rpartition("/")[2]
    words = load(f"chapters/{chapter}", edition_of(app.config.language))
    whole_page = next(iter(app.env.metadata[pagename]["minutes"].values()))
    return shared(app) | {
        "@type": "LearningResource",
        "@id": address_of(app, pagename),
        "name": app.env.titles[pagename].astext(),
        "description": description(doctree),
        "learningResourceType": "chapter",
        "interactivityType": "mixed",
        "timeRequired": f"PT{round(whole_page[0])}M",
        "teaches": [plain_text(text) for text in words["objectives"].values()],
        "isPartOf": {
            "@type": "Book",
            "@id": app.config.html_baseurl,
            "name": app.config.html_title,
        },
    }


def of_book(app: Sphinx, doctree: Doctree) -> dict[str, Any]:
    """Describe the book, with its chapters and its other editions."""
    language = edition_of(app.config.language)
    site = app.config.html_baseurl.removesuffix(LANGUAGES[language].prefix)
    pages = [page for name in CHAPTERS if (page := f"chapters/{name}") in app.env.titles]
    parts = [
        {"@type": "LearningResource", "@id": address_of(app, page), "name": title.astext()}
        for page in pages
        if (title := app.env.titles[page])
    ]
    others = [{"@id": site + path_in_site("", key)} for key in LANGUAGES if key != language]
    relation = "workTranslation" if language == ORIGINAL else "translationOfWork"
    return shared(app) | {
        "@type": ["Book", "LearningResource"],
        "@id": app.config.html_baseurl,
        "name": app.config.html_title,
        "description": strings(app.config.language)["description"],
        "learningResourceType": "textbook",
        "version": app.config.release,
        "sameAs": app.config.html_theme_options["repository_url"],
        "accessibilitySummary": strings(app.config.language)["accessible"],
        "hasPart": parts,
        relation: others,
    }


def add_linked_data(app: Sphinx, pagename: str, context: Context, doctree: Doctree) -> None:
    """Give the template what it says of the first page and of the chapters."""
    if doctree is None:
        return
    if pagename == app.config.root_doc:
        context["linked_data"] = in_short(of_book(app, doctree))
    elif pagename.rpartition("/")[2] in CHAPTERS:
        context["linked_data"] = in_short(of_chapter(app, pagename, doctree))


def setup(app: Sphinx) -> None:
    """Connect to the build."""
    on_page(app, add_linked_data)
