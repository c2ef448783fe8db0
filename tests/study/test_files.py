"""What readers hand in: numbers are numbers, and a file that was changed is named."""

import copy
import csv
import io
import json
import runpy
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnbook.study import SimulatedClass, joined, read_doses, read_table, write_table
from nnbook.study.codes import form_of, is_code
from nnbook.study.files import Answer, Answers

damages = runpy.run_path(str(Path(__file__).parents[1] / "fixtures" / "study.py"))["damages"]
MADE = SimulatedClass(readers=6, items=4)
KEYS, FILES = MADE.keys(), MADE.files(np.random.default_rng(0))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(), inner, max_size=2),
    max_leaves=3,
)


@pytest.mark.parametrize("change", damages(FILES[0]))
def test_what_the_study_mode_never_writes_is_refused_by_name(change):
    said = r"^file 1 of 6 \(code " if "code" in change or "phase" in change else "^study-K7-"
    with pytest.raises(ValueError, match=said):
        joined([FILES[0] | change, *FILES[1:6]], KEYS)


@pytest.mark.parametrize("file", [[], None, "text", 7, {}])
def test_what_is_no_file_is_named_by_its_place(file):
    with pytest.raises(ValueError, match=r"^file 2 of 2 .*: each file must be of kind"):
        joined([FILES[0], file], KEYS)


def said_of(file):
    """Return what is said against a file; nothing where it is taken."""
    try:
        assert len(joined([file], KEYS).rows) == len(file["items"])
    except ValueError as error:
        return str(error)
    return ""


@given(st.sampled_from([*FILES[0]]), JSON)
def test_nothing_but_a_clear_error_comes_of_any_value_of_a_file(name, value):
    said = said_of(FILES[0] | {name: value})
    assert said.startswith(("study-K7-", "file 1 of 1")) or said == ""


@given(st.sampled_from([*FILES[0]["items"][0]]), JSON)
def test_nothing_but_a_clear_error_comes_of_any_value_of_an_answer(name, value):
    file = copy.deepcopy(FILES[0])
    file["items"][1][name] = value
    assert said_of(file).startswith("study-K7-") or said_of(file) == ""


def test_a_phase_is_finished_when_the_whole_form_was_answered():
    stopped = [file | {"items": file["items"][:3]} for file in FILES]
    assert joined(stopped, KEYS).who("pre") == []
    assert joined([*stopped[:5], FILES[5]], KEYS).who("pre") == [FILES[5]["code"]]


def test_forms_of_unlike_lengths_are_refused():
    keys = KEYS | {"keys": {name: key for name, key in KEYS["keys"].items() if name != "B04"}}
    with pytest.raises(ValueError, match="keys must have as many questions in each form"):
        joined(FILES[:1], keys)


def saved(tmp_path, **change):
    """Save the table of three readers, one cell of it changed."""
    rows = list(csv.DictReader(io.StringIO(write_table(joined(FILES[:3], KEYS))[1:])))
    rows[1] |= change
    path = tmp_path / "class_long.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    return path


def test_a_table_says_who_finished(tmp_path):
    path = saved(tmp_path)
    assert read_table(path, 4).rows == joined(FILES[:3], KEYS).rows
    assert len(read_table(path, 4).who("pre")) == 3
    assert read_table(path).who("pre") == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("right", "7"),
        ("right", ""),
        ("answer", "-1"),
        ("answer", ""),
        ("ms", "1.5"),
        ("sure", "very"),
        ("code", "=1+1"),
        ("group", "M7"),
        ("phase", "later"),
        ("form", "C"),
        ("item", "B02"),
    ],
)
def test_a_cell_that_was_changed_is_named(tmp_path, name, value):
    with pytest.raises(ValueError, match=rf"class_long.csv, row 2: {name} must not be '"):
        read_table(saved(tmp_path, **{name: value}), 4)


def test_a_question_too_many_is_named(tmp_path):
    with pytest.raises(ValueError, match=r"A01 stands twice in study-K7-229-pre.json"):
        read_table(saved(tmp_path, item="A01"), 4)
    with pytest.raises(ValueError, match="items must be at least 5, got 4"):
        read_table(saved(tmp_path, item="A99"), 4)


def test_no_cell_begins_like_a_formula():
    for text in ("=1+1", "+A1", "-2+3", "@SUM(1)", "\tx", "-1_0", "-inf"):
        row = Answer("K7-229", "K7", "pre", "A", "A01", 1, 0, text, -5, "sure")
        assert f'"\'{text}"' in write_table(Answers([row]))
        assert '"-5"' in write_table(Answers([row])), "a number stays one"


def test_what_readers_did_must_be_numbers(tmp_path):
    path = tmp_path / "class_wide.csv"
    head = "code,post_minutes,post_predictions,post_exercises,post_review\n"
    for cells in ("K7-229,=1+1,1,1,1", "K7-229,1,1,1,", "K7-229,1,1", "K7-220,1,1,1,1"):
        path.write_text(head + cells)
        with pytest.raises(ValueError, match=f"{cells[:6]}: post_minutes.* must be whole numbers"):
            read_doses(path)


def test_codes_are_those_of_the_page():
    for file in json.loads(json.dumps(FILES)):
        assert is_code(file["code"])
        assert form_of(file["code"], file["phase"]) == file["form"]
    assert not any(map(is_code, ["K7-PM3", "k7-229", "K7229", "K7-2290", None, 7]))
