"""Every exercise: its checker knows right from wrong, and its notebook has all of it."""

import ast
import itertools
import json
import math
import re
import subprocess
import sys
from types import SimpleNamespace

import numpy as np
import pytest

import nnlib
from nnbook import exercises
from nnbook.exercises import limit
from nnbook.exercises.registry import CHAPTERS, chapter_of, find, names, words_of
from nnbook.messages import LANGUAGES, ORIGINAL, load
from nnbook.questions.code import Code, Family
from nnbook.questions.values import Values

NAMES = names()
FUNCTIONS = [name for name in NAMES if isinstance(find(name), Code)]
PLANTED = [(name, mistake) for name in NAMES for mistake in find(name).mistakes]
GENERAL = set(load("messages/exercises/_shared", "en")["mistakes"])


@pytest.fixture(scope="session")
def notebooks(root):
    return {
        chapter: json.loads((root / "chapters" / f"{chapter}.ipynb").read_text(encoding="utf-8"))
        for chapter in CHAPTERS
    }


@pytest.fixture(scope="session")
def cells(notebooks):
    """Return a function: name of an exercise -> the cells of its notebook by their ids, as text."""

    def of(name):
        cells = notebooks[name.partition("-")[0]]["cells"]
        return {cell["id"]: "".join(cell["source"]) for cell in cells}

    return of


def wrong_answer(exercise, mistake):
    planted = exercise.mistakes[mistake]
    if isinstance(planted, Family) and isinstance(planted.example, tuple):
        return planted.example
    return planted() if isinstance(exercise, Values) else planted


# -- The checkers --------------------------------------------------------------------------


def test_the_exercises_of_each_chapter_can_be_imported_first():
    afresh = """
import importlib, sys
for name in sys.argv[1:]:
    for module in [known for known in sys.modules if known.partition(".")[0] == "nnbook"]:
        del sys.modules[module]
    assert importlib.import_module(f"nnbook.chapters.{name}.exercises").EXERCISES
"""
    subprocess.run([sys.executable, "-c", afresh, *CHAPTERS], check=True)


@pytest.mark.parametrize(("name", "mistake"), PLANTED, ids=lambda value: value)
def test_a_planted_mistake_is_named(name, mistake):
    verdict = exercises.check(name, wrong_answer(find(name), mistake))
    assert verdict.correct is False
    assert verdict.mistake == mistake


@pytest.mark.parametrize("name", FUNCTIONS)
def test_what_is_no_answer_is_rejected(name):
    for answer in (
        lambda *a: 0,
        lambda *a: a[0],
        lambda *a: a[-1],
        lambda *a: [].append(a),
        3,
        "x",
    ):
        verdict = exercises.check(name, answer)
        assert verdict.correct is False, answer
        assert len(verdict.text) > 10


@pytest.mark.parametrize("name", [name for name in NAMES if name not in FUNCTIONS])
def test_another_number_is_rejected(name):
    exercise = find(name)
    right = np.asarray(exercise.answer(), dtype=float)
    assert exercises.check(name, right).correct
    assert exercises.check(name, right.tolist()).correct
    scale = np.abs(right).max() or 1.0
    for place in np.ndindex(right.shape):
        for change in (scale, -scale, 3 * exercise.rtol * abs(right[place]) + 3 * exercise.atol):
            other = right.copy()
            other[place] += change or 1e-6
            assert exercises.check(name, other).correct is False
    for answer in (math.nan, math.inf, "x", [], [[[1.0]]], lambda: 0, right + 1j):
        assert exercises.check(name, answer).correct is False


def test_an_answer_that_is_not_there_says_nothing():
    def stub(*arguments):
        """Leave this to the reader."""
        return ...

    def passed(*arguments):
        pass

    class Stub:
        def forward(self, X):
            return ...

        def backward(self, grad_output): ...

    class Begun(Stub):
        def forward(self, X):
            return X

        def backward(self, grad_output):
            return ...

    for name in NAMES:
        for nothing in (..., (..., ...), stub, passed, Stub, Begun, lambda p: ...):
            verdict = exercises.check(name, nothing)
            assert (verdict.correct, repr(verdict)) == (None, "")


# -- The solutions -------------------------------------------------------------------------


def solution(name, cells):
    """Return the functions and classes of a solution, as a syntax tree, and what is checked."""
    tree = ast.parse(cells(name)[f"solution-{name.partition('-')[2]}"])
    (checked,) = (
        node.args[1] if len(node.args) == 2 else ast.Tuple(node.args[1:], ast.Load())
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) == "exercises.check"
        and ast.literal_eval(node.args[0]) == name
    )
    kept = ast.FunctionDef | ast.ClassDef | ast.ImportFrom  # as from my_network
    defined = [node for node in tree.body if isinstance(node, kept)]
    return ast.Module(defined, []), ast.unparse(checked)


def made_from(tree, checked):
    space = {"np": np, "nnlib": nnlib, "math": math}
    exec(compile(ast.fix_missing_locations(tree), "<solution>", "exec"), space)
    return eval(checked, space)


def signs_in(tree):
    return [
        node
        for node in ast.walk(tree)
        if (isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub))
        or (isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub))
    ]


@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_solution_takes_no_time_worth_a_limit(name, cells, monkeypatch):
    ticks = itertools.count(0, 0.0005).__next__  # half a millisecond for each line: a slow phone
    monkeypatch.setattr(limit, "time", SimpleNamespace(monotonic=ticks))
    assert exercises.check(name, made_from(*solution(name, cells))).correct


@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_solution_passes_and_with_one_sign_flipped_it_does_not(name, cells):
    tree, checked = solution(name, cells)
    assert exercises.check(name, made_from(tree, checked)).correct, name
    for n in range(len(signs_in(tree))):
        flipped, _ = solution(name, cells)
        node = signs_in(flipped)[n]
        if isinstance(node, ast.BinOp):
            node.op = ast.Sub() if isinstance(node.op, ast.Add) else ast.Add()
        else:
            node.op = ast.UAdd()
        verdict = exercises.check(name, made_from(flipped, checked))
        assert verdict.correct is False, ast.unparse(flipped)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_negative_of_the_right_answer_is_rejected(name):
    exercise = find(name)
    if exercise.use is Code.use:
        verdict = exercises.check(name, lambda *a: -np.asarray(exercise.reference(*a)))
        assert verdict.correct is False


@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_reference_agrees_with_finite_differences(name):
    exercise = find(name)
    if exercise.finite_difference is None:
        return
    compared = 0
    for label, arguments in exercise.cases(np.random.default_rng(3)):
        if label != "extreme":
            measured = exercise.finite_difference(*arguments)
            np.testing.assert_allclose(
                exercise.reference(*arguments), measured, rtol=1e-5, atol=1e-7
            )
            compared += 1
    assert compared >= 3


# -- The words -----------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("chapter", CHAPTERS)
def test_every_exercise_and_every_mistake_has_its_words_and_no_words_are_left(chapter, language):
    words = load(f"chapters/{chapter}", language)["exercises"]
    assert set(words) == set(chapter_of(chapter))
    for name, exercise in chapter_of(chapter).items():
        entry = words[name]
        assert set(entry) - {"parts"} == {"title", "hint", "mistakes"}, name
        assert set(entry.get("parts", {})) <= set(getattr(exercise, "parts", ())), name
        assert set(exercise.mistakes) - set(entry["mistakes"]) <= GENERAL, name
        own = {"forbidden"} if getattr(exercise, "forbids", ()) else set()
        own |= {"unused"} if getattr(exercise, "uses", ()) else set()
        assert set(entry["mistakes"]) <= set(exercise.mistakes) | own, name
        texts = [entry["title"], entry["hint"], *entry["mistakes"].values()]
        assert all(text.strip() == text != "" for text in texts)
        assert not re.search(r"\{\w*\}", " ".join(entry["mistakes"].values())), (
            name
        )  # none is filled
        assert not re.search(r"\{[\w:]+\}`|\]\(", entry["hint"]), name
        assert all(re.search(f"[{LANGUAGES[language].letters}]", text) for text in texts), name
        if language == ORIGINAL:
            assert not re.search(r"[\u4e00-\u9fff]", "".join(texts)), name


def texts_in(words, path=()):
    """Yield every text of a file of messages, with its keys."""
    if isinstance(words, str):
        yield path, words
        return
    for key, part in words.items() if isinstance(words, dict) else enumerate(words):
        yield from texts_in(part, (*path, key))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_reader_sees_a_formula_or_a_name_in_its_raw_form(language, root):
    raw = []
    for path in sorted((root / "nnbook").rglob(f"{language}.json")):
        for keys, text in texts_in(json.loads(path.read_text(encoding="utf-8"))):
            rest = re.sub(r"`[^`]*`|nnlib\.\w+|\w+\.csv", "", text)  # code is code, a file a file
            is_plain = "exercises" in (keys[0], path.parent.parent.name)
            if not is_plain or keys[-1] == "hint":  # these are typeset
                rest = re.sub(r"\$[^$]*\$", "", rest)
            rest = re.sub(r"\{\w+(:[^}]*)?\}", "0", rest)
            if re.search(r"\$|\^|\\|`|[A-Za-z0-9]_[A-Za-z0-9]", rest):
                raw.append((path.parent.name, keys, text))
    assert raw == []


def test_no_cell_prints_a_formula_in_its_raw_form(root):
    raw = [
        (path.name, cell["id"])
        for path in [root / "intro.ipynb", *sorted((root / "chapters").glob("*.ipynb"))]
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]
        if any("$" in "".join(output.get("text", "")) for output in cell.get("outputs", []))
    ]
    assert raw == []


def test_general_mistakes_are_those_that_are_looked_for(root):
    source = (root / "nnbook" / "exercises" / "mistakes.py").read_text(encoding="utf-8")
    source += (root / "nnbook" / "questions" / "values.py").read_text(encoding="utf-8")
    for name in GENERAL:
        assert f'"{name}"' in source, name


# -- The notebooks -------------------------------------------------------------------------


def beside_own(chapter):
    """Return the numbered exercises: all but the part of the reader's own network."""
    return {name: one for name, one in chapter_of(chapter).items() if name != "own"}


def test_each_chapter_has_some_from_the_easy_to_the_hard():
    assert all(len(beside_own(chapter)) >= 3 for chapter in CHAPTERS)
    for chapter in CHAPTERS:
        levels = [exercise.level for exercise in beside_own(chapter).values()]
        assert levels == sorted(levels), chapter
        if chapter == "refresher":  # a reminder asks for nothing hard, and for no proof
            continue
        assert levels[0] == 1, chapter
        assert levels[-1] > 1, chapter
        assert len({exercise.kind for exercise in chapter_of(chapter).values()}) >= 2, chapter


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_the_notebook_has_these_exercises_in_this_order(chapter, notebooks):
    text = "\n".join(
        "".join(cell["source"])
        for cell in notebooks[chapter]["cells"]
        if cell["cell_type"] == "markdown"
    )
    found = re.findall(
        r":{3,}\{admonition\} Exercise (\d+) – (.*)\n:class: exercise level-(\d)\n:name: (\S+)\n",
        text,
    )
    expected = [
        (
            str(n + 1),
            words_of(f"{chapter}-{name}", "en")["title"],
            str(exercise.level),
            f"ex-{chapter}-{name}".replace("_", "-"),
        )
        for n, (name, exercise) in enumerate(beside_own(chapter).items())
    ]
    assert found == expected
    assert len(re.findall(r"\{admonition\} Exercise", text)) == len(found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_has_the_titles_and_hints_of_the_messages_in_its_language(language, root):
    folder = root / LANGUAGES[language].folder / "chapters"
    for chapter in CHAPTERS:
        notebook = json.loads((folder / f"{chapter}.ipynb").read_text(encoding="utf-8"))
        text = {cell["id"]: "".join(cell["source"]) for cell in notebook["cells"]}
        for name in (name for name in NAMES if name.partition("-")[0] == chapter):
            words = words_of(name, language)
            found = text[f"exercise-{name.partition('-')[2]}"]
            assert [words[key] for key in ("title", "hint") if words[key] not in found] == [], name


@pytest.mark.parametrize("name", NAMES)
def test_an_exercise_has_its_hint_a_cell_for_the_answer_and_a_solution(name, cells, notebooks):
    chapter, _, short = name.partition("-")
    found = cells(name)
    order = list(found)
    parts = [f"exercise-{short}", f"answer-{short}", f"solution-{short}-text", f"solution-{short}"]
    places = [order.index(part) for part in parts]
    assert places == sorted(places)
    hint = words_of(name, "en")["hint"]
    more = "::::" if short != "own" else ""  # the parts of the own network have further hints
    hint = f":::{{dropdown}} Hint\n:class: hint\n\n{hint}\n:::\n{more}"
    assert hint in found[f"exercise-{short}"]
    assert ":::{dropdown} Solution\n" in found[f"solution-{short}-text"]
    assert f'exercises.check("{name}", ' in found[f"answer-{short}"]
    assert "..." in found[f"answer-{short}"]
    cell = {cell["id"]: cell for cell in notebooks[chapter]["cells"]}
    assert cell[f"answer-{short}"]["outputs"] == []
    assert cell[f"solution-{short}"]["outputs"][-1]["data"]["text/plain"] == ["True"]
