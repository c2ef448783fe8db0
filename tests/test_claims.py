"""Claims: how one is judged, and that the book marks each and tried each in all its settings.

That trying them again finds the same is tested at night: `make claims-test`.
"""

import json
import linecache
import re
import sys
from types import ModuleType, SimpleNamespace

import numpy as np
import pytest

import claims as tool
import notebook_form
from nnbook import claims
from nnbook.chapters import words_of
from nnbook.claims import Claim, Entry, Found, program
from nnbook.claims.ledger import CLAIMS, RESULTS
from nnbook.messages import LANGUAGES, ORIGINAL, TRANSLATIONS, load
from theme.claims.page import Wording, weakest

MARK = re.compile(r"\{claim\}`([^`]+)`")
NAMES = claims.names()


def difference(*, rate, pairs):
    """Be positive in the mean where the rate is, with an error of 0.05 at 20 pairs."""
    return rate + 0.218 * np.resize([-1, 1], pairs)


def share(*, rate, pairs):
    return np.arange(pairs) < rate * pairs


def claim(judge=difference, usual=None, **settings):
    usual = {"rate": 0.5, "pairs": 20} if usual is None else usual
    return Claim(judge=judge, usual=usual, **{"varied": {"rate": [0.05, 1.0]}} | settings)


def test_a_mean_difference_has_to_exceed_two_errors_and_what_is_worth_a_sentence():
    assert claim().tried().error == pytest.approx(0.05, rel=0.01)
    assert claim().tried(rate=0.101).holds
    assert not claim().tried(rate=0.099).holds
    assert not claim(least=0.5).tried(rate=0.499).holds
    assert claim(least=0.5).tried(rate=0.501).holds
    assert not claim().tried(rate=-1.0).holds


def test_a_share_has_to_be_reached():
    half = claim(share, share=0.5)
    assert half.tried(rate=0.5) == Found(holds=True, effect=0.5)
    assert half.tried(rate=0.45) == Found(holds=False, effect=0.45)
    assert half.tried(rate=0.498, pairs=500) == Found(holds=False, effect=0.498)
    assert not claim(share).tried(rate=0.95).holds  # all, if nothing is said


def test_one_constant_is_varied_at_a_time():
    usual = {"rate": 0.1, "pairs": 20, "data": "moons"}
    varied = {"rate": [0.01, 0.1, 1.0], "data": ["circles"]}
    changes = claim(usual=usual, varied=varied).settings
    assert changes == [{}, {"rate": 0.01}, {"rate": 1.0}, {"data": "circles"}]


def test_what_the_sentence_does_not_cover_is_tried_and_not_counted():
    one = claim(beyond={"rate": [-1.0, 0.0]})
    assert one.settings == claim().settings
    assert one.outside == [{"rate": -1.0}, {"rate": 0.0}]
    fails = Found(holds=False, effect=-1.0, error=0.05)
    entry = Entry("", [({}, one.tried())], [(change, fails) for change in one.outside])
    assert entry.short == "1/1"
    assert entry.fails == []
    with pytest.raises(ValueError, match="width"):
        claim(beyond={"width": [1]})


@pytest.mark.parametrize("values", [[0.1, 0.5], [0.06, 0.2, 0.5], [0.0, 1.0]])
def test_a_constant_that_hardly_varies_is_refused(values):
    with pytest.raises(ValueError, match=r"varied\['rate'\] must cover a factor of 9 or 5 values"):
        claim(varied={"rate": values})


def test_five_values_or_a_factor_of_nine_are_enough():
    claim(varied={"rate": [0.4, 0.6, 0.7, 0.8]})
    claim(varied={"rate": [4.5]})
    claim(varied={"rate": [-4.5]})


def test_what_is_no_constant_is_named():
    with pytest.raises(ValueError, match="width"):
        claim(varied={"width": [1, 9]})
    with pytest.raises(TypeError, match="no constant 'width'; there are rate, pairs"):
        claim().tried(width=3)


@pytest.mark.parametrize(
    ("pairs", "message"), [(19, "at least 20 pairs, got 19"), (20, "finite differences")]
)
def test_a_judge_that_has_too_little_to_say_is_refused(pairs, message):
    rate = 0.5 if pairs < 20 else float("nan")
    with pytest.raises(ValueError, match=message):
        claim().tried(pairs=pairs, rate=rate)


def test_the_error_of_a_share_is_none_and_that_of_equal_pairs_is_zero():
    assert claim(share).tried().error is None
    equal = claim(lambda *, rate, pairs: np.full(pairs, rate)).tried()
    assert equal.error == 0.0
    assert tool.shown(equal) == {"holds": True, "effect": 0.5, "error": 0.0}


@pytest.fixture
def judge(tmp_path, monkeypatch):
    """Return the name of a module that uses another one, whose file is `parts.py`."""
    for name, text in {"judge": "from nnbook.chapters import parts", "parts": "RATE = 0.1"}.items():
        (tmp_path / f"{name}.py").write_text(text, "utf-8")
        module = ModuleType(name)
        module.__file__ = str(tmp_path / f"{name}.py")
        monkeypatch.setitem(sys.modules, f"nnbook.chapters.{name}", module)
    return "nnbook.chapters.judge"


def test_what_a_judge_uses_belongs_to_its_program(judge):
    assert program.used(judge) == {judge, "nnbook.chapters.parts"} | program.TRAINS
    assert set(sys.modules) >= program.TRAINS


@pytest.mark.parametrize(
    ("text", "noticed"),
    [
        ("RATE = 0.2", True),
        ("RATE = '0.1'", True),
        ("RATE = 0.1 + 0", True),
        ('"""Why."""\nRATE = (\n    0.1  # small\n)\n"""How long a step is."""', False),
    ],
)
def test_a_change_of_what_a_judge_uses_is_noticed_and_its_form_is_none(
    judge, tmp_path, text, noticed
):
    before = program.digest(judge)
    linecache.clearcache()
    (tmp_path / "parts.py").write_text(text, "utf-8")
    assert (program.digest(judge) != before) == noticed


def test_the_weakest_come_first():
    def entry(*holds):
        return Entry("", [({}, Found(each, 1.0)) for each in holds])

    known = {"a": entry(True, False), "b": entry(True), "c": entry(False, False)}
    assert [name for name, _ in weakest(known.items())] == ["c", "a"]


def test_what_is_found_again_may_move_by_its_error_but_not_fall():
    row = {"change": {}, "holds": True, "effect": 0.5, "error": 0.1}
    assert tool.agree([row], [row | {"effect": 0.59}])
    assert not tool.agree([row], [row | {"effect": 0.61}])
    assert not tool.agree([row], [row | {"holds": False}])
    assert not tool.agree([row], [row | {"change": {"rate": 1}}])
    assert not tool.agree([row], [])


def test_only_what_was_found_otherwise_fails_a_check(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(tool, "CHAPTERS", tmp_path)
    monkeypatch.setattr(tool, "names", lambda: ["losses-one"])
    monkeypatch.setattr(tool, "find", lambda name: claim())
    (tmp_path / "losses").mkdir()
    run = lambda *line: (monkeypatch.setattr("sys.argv", ["claims.py", *line]), tool.main())[1]  # noqa: E731
    assert run("--check") == 1  # never tried
    assert run() == 0
    assert run("--check") == 0
    stored = tmp_path / "losses" / RESULTS
    kept = stored.read_text("utf-8")
    assert [len(one["found"]) for one in json.loads(kept).values()] == [3]
    stored.write_text(kept.replace('"holds": true', '"holds": false', 1), "utf-8")
    assert run("--check") == 1
    assert "losses-one: holds in 1 of 3" in capsys.readouterr().out
    assert run() == 0, "it was tried by this program, so it is not tried again"
    assert stored.read_text("utf-8") != kept
    assert run("losses-one") == 0
    assert stored.read_text("utf-8") == kept


def marks(root, edition):
    """Return page -> the claims that it marks, in their order."""
    found = {}
    for path in notebook_form.all_notebooks():
        if (path.parts[0] if path.parts[0] in TRANSLATIONS else ORIGINAL) == edition:
            cells = json.loads((root / path).read_text(encoding="utf-8"))["cells"]
            text = "\n".join(notebook_form.text_of(cell["source"]) for cell in cells)
            if names := MARK.findall(text):
                found[path.stem] = names
    return found


def test_every_claim_is_marked_in_its_chapter_and_every_mark_is_a_claim(root):
    marked = marks(root, ORIGINAL)
    own = {name for page, names in marked.items() for name in names if name.startswith(f"{page}-")}
    assert own == set(NAMES)
    assert {name for names in marked.values() for name in names} == own


@pytest.mark.parametrize("edition", TRANSLATIONS)
def test_both_editions_have_the_same_marks(root, edition):
    def counted(page_marks):
        return {page: sorted(names) for page, names in page_marks.items()}

    assert counted(marks(root, edition)) == counted(marks(root, ORIGINAL))


@pytest.mark.parametrize("name", NAMES)
def test_a_claim_was_tried_by_this_program_in_all_its_settings(name):
    entry, one = claims.entry(name), claims.find(name)
    assert entry.digest == one.digest, "make claims"
    stored = json.loads(json.dumps(one.settings))
    assert [change for change, _ in entry.found] == stored
    assert [change for change, _ in entry.beyond] == json.loads(json.dumps(one.outside))
    assert entry.found[0][1].holds, "it has to hold in the setting of the text"


def test_nothing_is_stored_of_claims_that_are_gone():
    for chapter in CLAIMS.chapters:
        stored = json.loads((tool.CHAPTERS / chapter / RESULTS).read_text("utf-8"))
        assert list(stored) == list(CLAIMS.of(chapter))


def test_settings_of_several_constants_are_told_apart():
    said = Wording(NAMES[0], "en")
    said.claim = SimpleNamespace(usual={"width": "8 0.5"}, varied={"width": ["32 0.1"]})
    assert said.range_of("width").endswith(" 8, 0.5; 32, 0.1")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_a_reader_is_told_of_each_setting_in_words(name, language):
    said = Wording(name, language)
    own = words_of("claims", name, language)
    assert own["says"]
    assert own["measured"]
    assert set(own) <= {"says", "measured", "constants", "values"}
    general = load("messages/claims", language)["constants"]
    repeated = set(own.get("constants", {})) & set(general)
    assert not {
        constant for constant in repeated if own["constants"][constant] == general[constant]
    }
    settings = [*said.claim.settings, *said.claim.outside]
    texts = [value for change in settings for value in change.values()]
    texts = [value for value in [*texts, *said.claim.usual.values()] if isinstance(value, str)]
    known = load("messages/claims", language)["values"] | own.get("values", {})
    words = {word for text in texts if text not in known for word in text.split()}
    assert not {word for word in words - set(known) if not re.fullmatch(r"[\d./]+", word)}
    assert said.verdict
    assert bool(said.end) == bool(said.claim.outside)
    assert said.numbers
    compile(said.call, name, "exec")


@pytest.mark.parametrize("edition", [".", *TRANSLATIONS])
def test_the_page_lists_every_chapter_that_claims_something(root, edition):
    page = (root / edition / "chapters" / "claims.md").read_text("utf-8")
    listed = re.findall(r"^```\{claims\} (\w+)$", page, re.MULTILINE)
    assert [name for name in listed if name in CLAIMS.chapters] == list(CLAIMS.chapters)
