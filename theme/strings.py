"""The few words that the theme itself puts on a page, in the language of the edition."""

from __future__ import annotations

STRINGS = {
    "en": {
        "close": "Close",
        "colab": "Run in Colab",
        "contents": "Contents",
        "copied": "Copied",
        "copy_code": "Copy the code",
        "description": "An interactive textbook on the basics of neural networks.",
        "download": "Download the notebook",
        "edit": "Edit this page",
        "binder": "Run in Binder",
        "exercise": "Exercise",
        "first_page": "What this book is",
        "issue": "Report a problem",
        "kind": "Kind",
        "kind_mend": "break and mend",
        "kind_predict": "predict",
        "kind_prove": "prove",
        "kind_write": "write",
        "level": "Level",
        "level_1": "●○○ warm-up",
        "level_2": "●●○ ordinary",
        "level_3": "●●● hard",
        "license": "Text CC BY 4.0, code MIT",
        "next": "Next",
        "no_script": "The search needs JavaScript.",
        "not_found": "This page does not exist",
        "not_found_text": "The address may be old or mistyped.",
        "not_found_home": "To the first page of the book",
        "on_this_page": "On this page",
        "previous": "Previous",
        "run": "Run this page",
        "run_short": "Run",
        "search": "Search",
        "search_placeholder": "Search the book",
        "skip": "Skip to the text",
        "source": "Source code",
        "theme": "Switch between light and dark",
        "version": "Version",
    },
}


def strings(language: str | None) -> dict[str, str]:
    """Give the words in `language`, or in English where the theme does not know it."""
    return STRINGS.get(language or "en", STRINGS["en"])
