"""The criteria of WCAG 2.2 and the tests that are marked with their numbers."""

import subprocess
import sys
from collections import Counter

import pytest

from nnbook.messages import LANGUAGES, load
from theme.accessible import criteria


def test_there_are_all_criteria_of_both_levels_once_and_in_order():
    numbers = criteria.in_order()
    assert Counter(map(criteria.level_of, numbers)) == {"A": 31, "AA": 24}
    assert criteria.AA <= {*numbers}
    assert numbers == sorted(set(numbers), key=lambda each: [*map(int, each.split("."))])
    assert "4.1.1" not in numbers  # taken out of version 2.2


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_criterion_has_its_words(language):
    words = load(criteria.WORDS, language)
    assert [*words["criteria"]] == criteria.in_order()
    for entry in words["criteria"].values():
        assert entry["name"].strip()
        assert entry["note"].strip()[-1] in ".。"


def test_every_mark_names_a_criterion_and_every_criterion_is_judged():
    proofs = criteria.proofs_in()
    assert proofs.keys() <= {*criteria.in_order()}
    judged = {number: criteria.verdict(number, proofs) for number in criteria.in_order()}
    assert judged["2.4.7"] == "met"
    assert judged["1.2.1"] == judged["3.3.8"] == "none"
    listed = [number for numbers in criteria.NOT_SIMPLY_MET.values() for number in numbers]
    assert len(listed) == len(set(listed))
    assert {*listed} <= {*criteria.in_order()}
    # A criterion with a test is not said to be without.
    without = criteria.NOT_SIMPLY_MET["none"] | criteria.NOT_SIMPLY_MET["seen"]
    assert without & proofs.keys() == set()


def test_a_criterion_whose_test_is_gone_is_not_claimed():
    with pytest.raises(LookupError, match=r"no test has the mark wcag\('2\.4\.7'\): mark one"):
        criteria.verdict("2.4.7", {})


def test_marks_are_read_where_pytest_reads_them(tmp_path):
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "test_it.py").write_text(
        """
import pytest

class TestPage:
    @pytest.mark.slow
    @pytest.mark.wcag("1.1.1", "2.4.2")
    @pytest.mark.wcag("1.3.1")
    def test_all(self): ...

@pytest.mark.wcag("1.1.1")
def test_one(): ...

def test_two():
    '''@pytest.mark.wcag("9.9.9")'''
""",
        encoding="utf-8",
    )
    file = f"{tmp_path.name}/deep/test_it.py"
    both = [criteria.Proof(file, "TestPage::test_all"), criteria.Proof(file, "test_one")]
    found = {"1.1.1": both, "2.4.2": both[:1], "1.3.1": both[:1]}
    assert criteria.proofs_in(tmp_path) == found


@pytest.mark.slow
def test_pytest_collects_every_marked_test(root):
    marked = {test for tests in criteria.proofs_in().values() for test in tests}
    files = sorted({test.file for test in marked})
    options = ["-p", "no:nbval", "--collect-only", "-q", "-m", "wcag", *files]
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", *options],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout
    lines = [line.partition("[")[0] for line in ran.stdout.splitlines() if "::" in line]
    collected = {criteria.Proof(*line.split("::", 1)) for line in lines}
    inherited = {test for test in collected if test.name.startswith("TestTranslations::")}
    assert collected - inherited == marked


def test_the_anchors_are_those_of_the_standard():
    assert criteria.slug("Non-text Content") == "non-text-content"
    assert criteria.slug("Error Prevention (Legal, Financial, Data)") == (
        "error-prevention-legal-financial-data"
    )
