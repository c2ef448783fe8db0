"""The questions of a study: hidden until they are built, and students are never given the key."""

import copy
import json
import stat
import subprocess
import sys
import zlib

import pytest
from cryptography.fernet import Fernet

import instrument

WRONG = ["of the same size", "of the other sign", "of neither"]


def item(name, form="A", key=2, **others):
    def with_key(texts, right):
        return [*texts[:key], right, *texts[key:]]

    words = {
        "stem": f"stem of {name}",
        "options": with_key(WRONG, "of the right size"),
        "thoughts": with_key([f"thinks {text}" for text in WRONG], None),
    }
    return {
        "id": name,
        "pair": 1,
        "form": form,
        "concept": "C1",
        "level": "T",
        "kind": "text",
        "key": key,
        "misconceptions": with_key(["M1", "M2", "M1"], None),
        "numbers": {"secret": 42},
        "en": words,
        "zh": copy.deepcopy(words),
    } | others


@pytest.fixture
def small():
    """Return a small instrument: a pair, and a question for all."""
    named = {"en": "name", "zh": "名称"}
    return {
        "kind": "nnlib-book-instrument",
        "v": 1,
        "concepts": {"C1": named, "C2": named},
        "levels": {"T": named},
        "misconceptions": {"M1": named, "M2": named},
        "items": [item("A01", code="x = 1"), item("B01", "B", key=0, code="x = 2")],
        "released": [item("R1", "R")],
    }


@pytest.fixture
def files(tmp_path, small):
    """Return the questions in clear, a key, and the place of the encrypted ones."""
    clear, key = tmp_path / "clear.json", tmp_path / "key"
    clear.write_text(json.dumps(small), encoding="utf-8")
    instrument.write_key(key)
    return clear, tmp_path / "encrypted", key


def test_nothing_of_the_questions_can_be_read_without_the_key(files, tmp_path):
    clear, encrypted, key = files
    instrument.encrypt(*files)
    assert b"stem of" in clear.read_bytes()
    assert b"stem" not in encrypted.read_bytes()
    packed = Fernet(key.read_bytes()).decrypt(encrypted.read_bytes())
    assert zlib.decompress(packed) == clear.read_bytes()
    other = tmp_path / "other"
    instrument.write_key(other)
    assert other.read_bytes() != key.read_bytes()
    with pytest.raises(ValueError, match="was not encrypted with the key in"):
        instrument.build(encrypted, tmp_path / "built", other)
    assert not (tmp_path / "built").exists()


def test_a_changed_file_is_refused(files, tmp_path):
    instrument.encrypt(*files)
    _, encrypted, key = files
    damaged = bytearray(encrypted.read_bytes())
    damaged[60] ^= 1
    encrypted.write_bytes(damaged)
    with pytest.raises(ValueError, match="or is damaged"):
        instrument.build(encrypted, tmp_path / "built", key)


def test_students_get_the_words_and_teachers_the_key(files, tmp_path, small):
    instrument.encrypt(*files)
    instrument.build(files[1], tmp_path / "built", files[2])
    forms, keys, released = (
        json.loads((tmp_path / "built" / name).read_text(encoding="utf-8"))
        for name in ("forms.json", "keys.json", "released.json")
    )
    assert [one["id"] for one in forms["forms"]["B"]] == ["B01"]
    (a,) = forms["forms"]["A"]
    assert a == {
        "id": "A01",
        "pair": 1,
        "concept": "C1",
        "level": "T",
        "kind": "text",
        "code": "x = 1",
        **{
            language: {name: small["items"][0][language][name] for name in ("stem", "options")}
            for language in ("en", "zh")
        },
    }
    given = json.dumps(forms)
    assert [word for word in ("key", "M1", "thinks", "secret", "R1") if word in given] == []
    assert keys["keys"]["B01"]["key"] == 0
    assert keys["keys"]["B01"]["thoughts"]["zh"] == [None, *(f"thinks {one}" for one in WRONG)]
    assert set(keys["misconceptions"]) == {"M1", "M2"}
    assert "stem" not in json.dumps(keys)
    (one,) = released["items"]
    assert (one["id"], one["key"], one["en"]["stem"]) == ("R1", 2, "stem of R1")


def test_a_key_is_its_owners_and_is_never_overwritten(files):
    key = files[2]
    before = key.read_bytes()
    if sys.platform != "win32":
        assert stat.S_IMODE(key.stat().st_mode) == 0o600
    with pytest.raises(FileExistsError):
        instrument.write_key(key)
    assert key.read_bytes() == before


def spoil(small, path, value):
    *outer, last = path
    part = small
    for name in outer:
        part = part[name]
    if value is None:
        del part[last]
    else:
        part[last] = value


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        (["v"], 2, "of kind 'nnlib-book-instrument' and v 1"),
        (["items", 0, "en"], None, "missing or misplaced: KeyError.'en'"),
        (["items", 0, "key"], 4, "A01: key must be the place of an option, 0 to 3, got 4"),
        (["items", 0, "key"], 1, "A01: misconceptions must be null at the key"),
        (["items", 0, "misconceptions", 0], "M9", r"misconceptions without a name: \['M9'\]"),
        (["items", 0, "zh", "options"], ["1", "2", "3", "3"], "zh must have 4 different options"),
        (["items", 0, "picture"], [], "en must have an alternative text"),
        (["items", 1, "level"], "X", "level must be one of levels, got 'X'"),
        (["items", 1, "concept"], "C2", "the items of pair 1 differ in concept"),
        (["items", 1, "pair"], 2, "pair 2 must have an item in A and one in B"),
        (["items", 1, "id"], "A01", "A01 is used twice"),
        (["released", 0, "en", "thoughts", 2], "all", "R1: en must be null at the key"),
    ],
)
def test_what_is_wrong_is_said_and_not_encrypted(files, small, path, value, message):
    clear, encrypted, _ = files
    spoil(small, path, value)
    clear.write_text(json.dumps(small), encoding="utf-8")
    with pytest.raises(ValueError, match=message):
        instrument.encrypt(*files)
    assert not encrypted.exists()


def test_a_file_that_is_not_json_is_named(files):
    files[0].write_text("{", encoding="utf-8")
    with pytest.raises(ValueError, match=r"clear\.json is not JSON"):
        instrument.encrypt(*files)


def test_the_command_line_says_what_is_wrong_in_a_line(root, files):
    clear, encrypted, key = files
    run = [sys.executable, str(root / "tools" / "instrument.py")]
    command = [*run, "encrypt", str(clear), str(encrypted), str(clear)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 1
    assert result.stderr.splitlines() == [
        f"{clear} holds no key: make one with `instrument.py key`"
    ]
    subprocess.run([*run, "encrypt", str(clear), str(encrypted), str(key)], check=True)
    assert encrypted.exists()
