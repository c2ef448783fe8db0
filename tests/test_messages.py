"""The catalogue of messages: all languages say the same, and a missing word is an error."""

import json
import re
import string
import subprocess
import sys
from pathlib import Path

import pytest

import nnbook
from figures import class_of
from nnbook import messages
from nnbook.messages import LANGUAGES, ORIGINAL, TRANSLATIONS

HOME = Path(nnbook.__file__).parent
EVERY = messages.catalogues()
# Those of the figures: a text for each key, none inside another.
CATALOGUES = [name for name in EVERY if name.startswith("figures/") or name == "messages/shared"]


def load(language, catalogue):
    return json.loads((HOME / catalogue / f"{language}.json").read_text(encoding="utf-8"))


def places(text):
    return sorted(name for _, name, _, _ in string.Formatter().parse(text) if name)


@pytest.fixture(autouse=True)
def english():
    yield
    messages.set_language("en")


def test_the_list_of_languages():
    """No two are called alike, and only what is listed has words."""
    assert ORIGINAL == "en"
    assert [it.prefix for it in LANGUAGES.values()] == ["", *(f"{key}/" for key in TRANSLATIONS)]
    for key, language in LANGUAGES.items():
        assert language.tag.split("-")[0] == key
        assert re.search(f"[{language.letters}]", language.name)
    assert len({language.name for language in LANGUAGES.values()}) == len(LANGUAGES)


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_each_catalogue_stands_in_each_language(language):
    files = HOME.rglob(f"{language}.json")
    assert sorted(file.parent.relative_to(HOME).as_posix() for file in files) == EVERY


def test_words_that_are_missing_are_named(monkeypatch):
    monkeypatch.setitem(LANGUAGES, "fr", LANGUAGES[ORIGINAL])
    messages.set_language("fr")
    words = r"^nnbook/messages/shared/fr\.json is missing: write it, or take fr out of languages"
    with pytest.raises(FileNotFoundError, match=words):
        messages.load("messages/shared")


def test_a_folder_of_words_has_nothing_but_the_languages():
    """But what was found beside them: by the browser (tools/figures.py), by tools/claims.py."""
    found = {file.name for name in EVERY for file in (HOME / name).glob("*.json")}
    words = {f"{language}.json" for language in LANGUAGES}
    assert words <= found <= words | {"forms.json", "claims.json"}


@pytest.mark.parametrize("catalogue", CATALOGUES)
def test_no_sentence_has_a_place_for_another_sentence(catalogue):
    """Where a place has the name of a message, room is kept for it, as for a part of a sentence."""
    words = load(ORIGINAL, catalogue)
    nested = {name for text in words.values() for name in places(text) if name in words}
    assert [name for name in nested if words[name].endswith(".")] == []


@pytest.mark.parametrize("language", TRANSLATIONS)
@pytest.mark.parametrize("catalogue", CATALOGUES)
def test_all_languages_have_the_same_messages_with_the_same_places(catalogue, language):
    english, own = load(ORIGINAL, catalogue), load(language, catalogue)
    assert english.keys() == own.keys()
    for key, text in english.items():
        assert sorted(set(places(text))) == sorted(set(places(own[key]))), key


@pytest.mark.parametrize("catalogue", CATALOGUES)
def test_no_message_of_the_original_is_empty_or_chinese(catalogue):
    for key, text in load(ORIGINAL, catalogue).items():
        assert text.strip() == text != "", key
        assert not re.search(r"[\u3000-\u9fff\uff00-\uffef]", text), key


@pytest.mark.parametrize("language", TRANSLATIONS)
@pytest.mark.parametrize("catalogue", CATALOGUES)
def test_no_message_is_empty_or_left_in_english(catalogue, language):
    for key, text in load(language, catalogue).items():
        assert text.strip() == text != "", key
        without_places = re.sub(r"\{\w+\}", "", text)
        # Formulas and names of functions are the same in both; a sentence is not.
        if len(re.findall(r"[A-Za-z]{2,}", without_places)) > 2:
            assert re.search(f"[{LANGUAGES[language].letters}]", text), key


def test_a_number_has_its_percent_sign_at_once():
    """So no line ends between them."""
    for path in HOME.rglob("*.json"):
        assert not re.search(r"[\d}]\s%", path.read_text(encoding="utf-8")), path


def test_every_catalogue_is_read(root):
    """Those of figures and chapters go by the names of their folders."""
    folders = ("nnbook", "theme", "tools", "js/src")
    paths = [path for folder in folders for path in sorted((root / folder).rglob("*.[pj][ys]"))]
    source = "\n".join(path.read_text(encoding="utf-8") for path in paths)
    others = [name for name in EVERY if not name.startswith(("figures/", "chapters/"))]
    assert others
    assert [name for name in others if f'{name}"' not in source] == []


def keys_in(source):
    """Return patterns of the keys that a script names: quoted, or put together in a template."""
    patterns = [re.escape(quoted) for quoted in re.findall(r"[\"'`](\w+)[\"'`]", source)]
    for template in re.findall(r"`((?:\w|\$\{[^{}`]*\})+)`", source):
        parts = re.split(r"\$\{[^{}]*\}", template)
        if any(parts):
            patterns.append(r"\w*".join(map(re.escape, parts)))
    return patterns


def test_every_message_is_used(root):
    def read(*folders):
        paths = [path for folder in folders for path in sorted(folder.rglob("*.js"))]
        return "\n".join(path.read_text(encoding="utf-8") for path in paths)

    shared = read(*(root / "js" / "src" / folder for folder in ("core", "parts", "math")))
    unused = []
    for catalogue in CATALOGUES:
        known = re.compile("|".join(keys_in(shared + read(HOME / catalogue))))
        folder, name = catalogue.split("/")
        presets = class_of(name).presets if folder == "figures" else {}
        for key in load("en", catalogue):
            if key.startswith("preset_"):
                used = key.removeprefix("preset_") in presets
            else:
                used = known.fullmatch(key) is not None
            if not used:
                unused.append(f"{catalogue}.{key}")
    assert unused == []


def test_language_of_the_session():
    assert messages.get_language() == "en"
    nnbook.set_language("zh")
    assert messages.get_language() == "zh"
    with pytest.raises(
        ValueError, match=f"language must be one of {', '.join(LANGUAGES)}, got 'fr'"
    ):
        nnbook.set_language("fr")
    assert messages.get_language() == "zh"


@pytest.mark.parametrize("folder", ["zh", "zh/chapters", "."])
def test_the_language_is_not_guessed_from_the_folder(tmp_path, folder):
    (tmp_path / folder).mkdir(parents=True, exist_ok=True)
    code = "import nnlib, nnbook.messages as m; print(m.get_language())"
    result = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path / folder,
        capture_output=True,
        text=True,
        check=True,
    )
    assert result.stdout.strip() == "en"
