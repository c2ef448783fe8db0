"""Encrypt the questions of a study, and build from them what students and teachers are given.

    python tools/instrument.py key KEY
    python tools/instrument.py encrypt CLEAR ENCRYPTED KEY
    python tools/instrument.py build ENCRYPTED FOLDER KEY

`key` writes a new key into a file. Neither it nor the questions in clear belong in the repository:
who can read the questions before a study spoils it. `build` writes into a folder `forms.json`, from
which students are asked and which says of no option whether it is right, `keys.json`, with which
their teacher judges, and `released.json`, the few questions that everybody may see.
The questions of this book lie beside this script, in `instrument.encrypted`; its owner has the key.

The questions are JSON: `kind`, `v`, `concepts`, `levels` and `misconceptions` with their names;
`items`, in pairs of the forms A and B; `released`. An item has `id`, `pair`, `form`, `concept`,
`level`, `kind`, `key` (the place of the right option), `misconceptions` (of each option, none at
the key), `code` or `picture` if it shows one (`nnbook.questions.picture`), and for each language
`stem`, `options`, `thoughts` and, with a picture, `alt`. Whatever else it has stays behind.

The book asks from `forms.json` (js/src/practice/study). After each phase a student hands in a
study file:

    {"kind": "nnlib-book-study", "v": 1, "code": "K7-PMT", "phase": "pre", "form": "A",
     "started": "2026-03-02T09:15:00.000Z", "language": "en",
     "items": [{"id": "A01", "answer": 2, "right": null, "ms": 41250, "sure": "rather"}],
     "dose": {"minutes": 85, "predictions": 12, "exercises": 3, "review": 20}}

A code begins with the two letters of its sheet, so a group has a sheet of its own; its last letter
checks the others. The third letter says which form is asked in `pre`; `post` asks the other, and
`delayed` the first again, which was seen longest ago: so each phase asks both forms equally often,
and the first and the last ask a student the same. `items` are in the order in which they were
asked; what was not answered is not among them. `answer` is the place of the option, `right` always
null, since only `keys.json` knows. `ms` is how long the question was visible, `sure` one of sure,
rather, guess. `dose` is what the record of the browser holds as the phase ends: the minutes of the
sections that were read, answered predictions, solved exercises, answers in review; null where it
cannot be read.
"""

import argparse
import json
import os
import sys
import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from cryptography.fernet import Fernet, InvalidToken

import console
from nnbook.messages import LANGUAGES

KIND, VERSION = "nnlib-book-instrument", 1
FORMS = ("A", "B")
OPTIONS = 4
ALIKE = ("concept", "level", "kind")
"""What the two items of a pair share."""
SHOWN = ("id", "pair", "concept", "level", "kind", "code", "picture")
"""What students get of an item, besides its words."""
WORDS = ("stem", "options", "alt")

Item = dict[str, Any]


def main() -> int:
    """Read the command line; return 1 if a file is not what it should be."""
    console.prepare()
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    for name, files in (
        ("key", ["key"]),
        ("encrypt", ["clear", "encrypted", "key"]),
        ("build", ["encrypted", "folder", "key"]),
    ):
        command = commands.add_parser(name)
        for file in files:
            command.add_argument(file, type=Path)
    asked = parser.parse_args()
    try:
        if asked.command == "key":
            write_key(asked.key)
        elif asked.command == "encrypt":
            encrypt(asked.clear, asked.encrypted, asked.key)
        else:
            build(asked.encrypted, asked.folder, asked.key)
    except (OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def write_key(path: Path) -> None:
    """Write a new key, which only its owner can read, and over none that is there."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(Fernet.generate_key())


def encrypt(clear: Path, encrypted: Path, key: Path) -> None:
    """Encrypt questions that are as they should be."""
    text = clear.read_bytes()
    try:
        instrument = json.loads(text)
    except ValueError as error:
        raise ValueError(f"{clear} is not JSON: {error}") from error
    checked(instrument)
    encrypted.write_bytes(_box(key).encrypt(zlib.compress(text, 9)))


def build(encrypted: Path, folder: Path, key: Path) -> None:
    """Write the three files."""
    try:
        text = zlib.decompress(_box(key).decrypt(encrypted.read_bytes()))
    except InvalidToken:
        raise ValueError(
            f"{encrypted} was not encrypted with the key in {key}, or is damaged"
        ) from None
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in built(checked(json.loads(text))).items():
        written = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
        (folder / name).write_text(written, encoding="utf-8", newline="\n")


def built(instrument: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return what is in each file, by its name."""
    forms = {
        form: [shown(item) for item in instrument["items"] if item["form"] == form]
        for form in FORMS
    }
    names = {name: instrument[name] for name in ("concepts", "levels", "misconceptions")}
    keys = {item["id"]: judging(item) for item in instrument["items"]}
    released = [shown(item) | judging(item) for item in instrument["released"]]
    return {
        "forms.json": {"kind": "nnlib-book-forms", "v": VERSION, "forms": forms},
        "keys.json": {"kind": "nnlib-book-keys", "v": VERSION, **names, "keys": keys},
        "released.json": {"kind": "nnlib-book-released", "v": VERSION, "items": released},
    }


def shown(item: Item) -> Item:
    """Return what students get of an item: nothing that tells right from wrong."""
    words = {
        language: {name: item[language][name] for name in WORDS if name in item[language]}
        for language in LANGUAGES
    }
    return {name: item[name] for name in SHOWN if name in item} | words


def judging(item: Item) -> Item:
    """Return what judges an item, with the thought behind each wrong option."""
    thoughts = {language: item[language]["thoughts"] for language in LANGUAGES}
    return {"key": item["key"], "misconceptions": item["misconceptions"], "thoughts": thoughts}


def checked(instrument: Any) -> dict[str, Any]:
    """Return the questions if they are as they should be; else say all that is not."""
    head = (KIND, VERSION)
    if not isinstance(instrument, dict) or (instrument.get("kind"), instrument.get("v")) != head:
        raise ValueError(f"the questions must be an object of kind {KIND!r} and v {VERSION}")
    try:
        wrong = [*_faults(instrument)]
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"something is missing or misplaced: {error!r}") from error
    if wrong:
        raise ValueError("\n".join(wrong))
    return instrument


def _faults(instrument: dict[str, Any]) -> Iterable[str]:
    everything = [*instrument["items"], *instrument["released"]]
    ids = [item["id"] for item in everything]
    yield from (f"{name} is used twice" for name in sorted(set(ids)) if ids.count(name) > 1)
    for item in everything:
        yield from (f"{item['id']}: {fault}" for fault in _faults_of(item, instrument))
    pairs: dict[int, dict[str, Item]] = {}
    for item in instrument["items"]:
        pairs.setdefault(item["pair"], {})[item["form"]] = item
    for number, pair in pairs.items():
        if set(pair) != set(FORMS):
            yield f"pair {number} must have an item in A and one in B, got {sorted(pair)}"
        elif differ := [name for name in ALIKE if pair["A"][name] != pair["B"][name]]:
            yield f"the items of pair {number} differ in {', '.join(differ)}"
    if len(instrument["items"]) != len(FORMS) * len(pairs):
        yield "a form must have one item of each pair"


def _faults_of(item: Item, instrument: dict[str, Any]) -> Iterable[str]:
    key = item["key"]
    if key not in range(OPTIONS):
        yield f"key must be the place of an option, 0 to {OPTIONS - 1}, got {key!r}"
    for part, names in (("concept", "concepts"), ("level", "levels")):
        if item[part] not in instrument[names]:
            yield f"{part} must be one of {names}, got {item[part]!r}"
    thoughts = {language: item[language]["thoughts"] for language in LANGUAGES}
    for name, listed in {"misconceptions": item["misconceptions"], **thoughts}.items():
        if [place for place, one in enumerate(listed) if one is None] != [key]:
            yield f"{name} must be null at the key, and only there"
        if len(listed) != OPTIONS:
            yield f"{name} must have {OPTIONS} entries, got {len(listed)}"
    unknown = {one for one in item["misconceptions"] if one} - set(instrument["misconceptions"])
    if unknown:
        yield f"misconceptions without a name: {sorted(unknown)}"
    for language in LANGUAGES:
        options = item[language]["options"]
        if len(options) != OPTIONS or len(set(options)) != OPTIONS:
            yield f"{language} must have {OPTIONS} different options, got {options}"
        if ("alt" in item[language]) != ("picture" in item):
            yield f"{language} must have an alternative text if there is a picture, and else none"


def _box(key: Path) -> Fernet:
    try:
        return Fernet(key.read_bytes().strip())
    except ValueError:
        raise ValueError(f"{key} holds no key: make one with `instrument.py key`") from None


if __name__ == "__main__":
    sys.exit(main())
