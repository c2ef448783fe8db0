"""The questions in the formats of other tools, read back: they judge and say what the book does."""

import html
import re
import sqlite3
import zipfile
from xml.etree import ElementTree as ET

import pytest

from nnbook.messages import LANGUAGES
from nnbook.questions import bank
from question_files.anki import anki
from question_files.gift import gift
from question_files.items import as_html, book_title, filled, items
from question_files.moodle import moodle
from question_files.qti import QTI, qti

BOOK = "A book: with {signs} = #1"
TAG = f"{{{QTI}}}"


@pytest.fixture(scope="module", params=LANGUAGES)
def every(request):
    return list(items(request.param))


@pytest.fixture(scope="module")
def some(every):
    """Return the variants of every ninth question, and one with a picture of each kind."""
    plain = dict.fromkeys(own(item) for item in every if not item.panels)
    pictured = {bool(item.options): item for item in every if item.panels}.values()
    return [item for item in every if own(item) in [*plain][::9] or item in pictured]


def own(item):
    return item.name.rpartition("-")[0]


def judged_by_the_book(item, answer):
    variant = bank.find(own(item)).variants[int(item.name.rpartition("-")[2]) - 1]
    judgement = variant.judge(answer)
    return judgement.name if judgement.verdict == "mistake" else judgement.verdict


def tried(item):
    """Yield answers: every option; near each listed number, and just beyond what it covers."""
    yield from (option.name for option in item.options)
    for one in item.answers:
        for place in (0, 0.98, -0.98, 1.02, -1.02):
            yield one.middle + place * one.tolerance


def test_every_text_is_filled_in_and_has_its_feedback(every):
    assert len(every) == sum(len(bank.find(name).variants) for name in bank.in_review())
    for item in every:
        judged = [*item.options, *item.answers]
        assert sum(one.right for one in judged) == 1
        for text in (item.stem, item.hint, item.reason, *(one.feedback for one in judged)):
            assert text
            plain = re.sub(r"\\\(.*?\\\)", "", text)
            assert not re.search(r"[$`{}\\]", plain)
            ET.fromstring(f"<div>{text}</div>")


def test_words_and_formulas_are_told_apart():
    assert filled(r"{a} of $\frac{a}{c}$", {"a": "2"}) == r"2 of $\frac2{c}$"
    assert as_html("a < b: $a < b$ and `x & y`") == (
        r"a &lt; b: \(a &lt; b\) and <code>x &amp; y</code>"
    )
    with pytest.raises(ValueError, match="dollars must come in pairs"):
        as_html("$a")
    with pytest.raises(ValueError, match="needs 'b', got only a"):
        filled("{b}", {"a": "1"})


def test_moodle_judges_and_says_what_the_book_does(some):
    quiz = ET.fromstring(moodle(some, BOOK))
    found = {one.findtext("name/text"): one for one in quiz if one.get("type") != "category"}
    categories = quiz.findall("question[@type='category']")
    assert len(categories) == len({item.chapter for item in some})
    assert list(found) == [item.name for item in some]
    for item in some:
        question = found[item.name]
        assert question.get("type") == ("multichoice" if item.options else "numerical")
        assert question.findtext("generalfeedback/text") == f"<p>{item.reason}</p>"
        assert question.findtext("hint/text") == f"<p>{item.hint}</p>"
        told = {}
        for answer in question.findall("answer"):
            text = answer.findtext("text")
            told[text] = (answer.get("fraction"), answer.findtext("feedback/text") or "")
        for answer in item.answers:
            for number in (answer.middle, *answer.within):
                (text,) = (
                    one.findtext("text")
                    for one in question.findall("answer")
                    if abs(number - float(one.findtext("text")))
                    <= float(one.findtext("tolerance")) * (1 + 1e-6)
                )
                right = judged_by_the_book(item, answer.middle) == "right"
                assert told[text] == (("100", "") if right else ("0", answer.feedback))
        for option in item.options:
            right = judged_by_the_book(item, option.name) == "right"
            assert told[option.text] == (("100", "") if right else ("0", option.feedback))
        files = question.findall("questiontext/file")
        assert len(files) == bool(item.panels)
        if item.panels:
            stem = question.findtext("questiontext/text")
            assert f'src="@@PLUGINFILE@@/{item.name}.png"' in stem
            assert item.alt in html.unescape(re.search('alt="(.*?)"', stem)[1])


def unescaped(text):
    return re.sub(r"\\([~=#{}:])", r"\1", text)


def test_gift_says_what_the_book_does(some):
    text = gift(some, BOOK)
    blocks = re.findall(r"^::(.*?)::\[html\](.*?)(?<!\\)\{(#?)\n(.*?)^\}$", text, re.M | re.S)
    shown = [item for item in some if not item.panels]
    assert [name for name, *_ in blocks] == [item.name for item in shown]
    for item, (_, stem, number, body) in zip(shown, blocks, strict=True):
        assert unescaped(stem) == item.stem.replace("\n", "<br>")
        assert bool(number) == bool(item.answers)
        *lines, reason = body.rstrip("\n").split("\n")
        assert unescaped(reason.removeprefix("####")) == item.reason
        for line, one in zip(lines, [*item.options, *item.answers], strict=True):
            answer, feedback, *_ = [*re.split(r"(?<!\\)#", line[1:], maxsplit=1), ""]
            assert unescaped(feedback) == ("" if one.right else one.feedback)
            if item.answers:
                assert line.startswith("=%0%") is not one.right
                middle, tolerance = answer.removeprefix("%0%").split(":")
                assert float(middle) == pytest.approx(one.middle)
                assert float(tolerance) == pytest.approx(one.tolerance)
            else:
                assert line.startswith("=") is one.right
                assert unescaped(answer) == one.text


def outcome(item, answer):
    """Run the response processing of a QTI item; return the score and the feedback's name."""
    for case in item.find(f"{TAG}responseProcessing/{TAG}responseCondition"):
        value = case.find(f".//{TAG}baseValue").text
        test = case[0]
        if test.tag == f"{TAG}match":
            holds = answer == value
        else:
            below, above = map(float, test.get("tolerance").split())
            holds = float(value) - below <= answer <= float(value) + above
        if holds:
            score, name = (told[0].text for told in case.findall(f"{TAG}setOutcomeValue"))
            return float(score), name
    return 0.0, None


def test_qti_judges_and_says_what_the_book_does(some, tmp_path):
    assert qti(some, tmp_path / "a.zip") == len(some)
    package = zipfile.ZipFile(tmp_path / "a.zip")
    listed = re.findall(r'file href="(.*?)"', package.read("imsmanifest.xml").decode())
    assert sorted([*listed, "imsmanifest.xml"]) == sorted(package.namelist())
    for item in some:
        root = ET.fromstring(package.read(f"items/{item.name}.xml"))
        feedback = {
            one.get("identifier"): "".join(one.itertext())
            for one in root.findall(f"{TAG}modalFeedback")
        }
        plain = {
            one.name: "".join(ET.fromstring(f"<p>{one.feedback}</p>").itertext())
            for one in (*item.options, *item.answers)
        }
        assert feedback == plain
        for answer in tried(item):
            book = judged_by_the_book(item, answer)
            score, name = outcome(root, answer)
            if item.options:
                right = next(option.name for option in item.options if option.right)
                assert (score, name) == ((1, right) if book == "right" else (0, answer))
            else:
                assert score == (book == "right")
                assert name == (book if book in feedback else None)
        images = root.findall(f".//{TAG}img")
        assert [image.get("alt") for image in images] == ([item.alt] if item.panels else [])
        for image in images:
            assert package.read(f"items/{image.get('src')}").startswith(b"\x89PNG")


def test_equal_questions_make_an_equal_package(some, tmp_path):
    for name in "ab":
        qti(some[:5], tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_anki_has_a_card_for_each_wording(some, tmp_path):
    path = tmp_path / "deck.apkg"
    book = book_title(some[0].language)
    cards = anki(some, book, path)
    package = zipfile.ZipFile(path)
    (tmp_path / "cards.db").write_bytes(package.read("collection.anki2"))
    with sqlite3.connect(tmp_path / "cards.db") as cards_file:
        notes = [row[0].split("\x1f") for row in cards_file.execute("select flds from notes")]
    cards_file.close()
    asked = [item for item in some if item.first_of_its_wording]
    assert len(notes) == cards == len(asked)
    assert len({item.stem for item in asked}) == len(asked)
    for (name, front, answer, reason), item in zip(notes, asked, strict=True):
        assert (name, reason) == (item.name, item.reason)
        assert front.startswith(item.stem)
        if item.answers:
            assert judged_by_the_book(item, float(answer)) == "right"
        else:
            assert answer == next(option.text for option in item.options if option.right)
            assert all(option.text in front for option in item.options)
        assert ("<img" in front) == bool(item.panels)
