"""A class of simulated readers goes through the study's files, and what was planted comes out."""

import copy
import json
import math

import numpy as np
import pytest

from nnbook.study import (
    SimulatedClass,
    adjusted_difference,
    cronbach_alpha,
    difficulty,
    doses,
    form_effect,
    hedges_g,
    joined,
    mean_change,
    read_doses,
    read_table,
    simulation,
    write_table,
)

PHASES = ("pre", "post", "delayed")
BOTH = ("pre", "post")


def table(made, seed=0):
    files = json.loads(json.dumps(made.files(np.random.default_rng(seed))))  # as from a disk
    return joined(files, made.keys())


def scores(answers):
    who = answers.who(*BOTH)
    return who, *(answers.scores(phase, who) for phase in BOTH)


def shares(made, judge, seeds=200):
    return float(np.mean([judge(table(made, seed)) for seed in range(seeds)]))


@pytest.mark.slow
def test_the_planted_effect_is_that_of_very_many_readers():
    made = SimulatedClass(readers=6000, gain=0.8, treatment=0.5, easier_b=0.4)
    _, before, after = scores(table(made))
    assert hedges_g(before, after).value == pytest.approx(made.planted(), abs=0.04)
    unchanged = SimulatedClass(gain=0.0)
    assert unchanged.planted() == pytest.approx(0, abs=1e-12)


@pytest.mark.slow
@pytest.mark.parametrize("gain", [0.0, 0.8])
def test_forty_readers_show_the_planted_effect_in_95_of_100_classes(gain):
    made = SimulatedClass(readers=40, gain=gain, easier_b=0.3)
    true = made.planted()
    covered = shares(made, lambda class_: hedges_g(*scores(class_)[1:]).covers(true))
    assert 0.92 < covered < 0.985


@pytest.mark.slow
def test_a_treatment_and_an_easier_form_are_found_and_kept_apart():
    big = table(SimulatedClass(readers=6000, treatment=0.6, easier_b=0.5))
    who, before, after = scores(big)
    group = [code[0] == "M" for code in who]
    ahead = adjusted_difference(before, after, group).value
    order = np.array(big.form("pre", who)) == "A"
    easier = form_effect(before, after, order).value
    assert easier > 1
    assert abs(big.scores("pre")[order].mean() - big.scores("pre")[~order].mean()) > 1

    made = SimulatedClass(readers=40, treatment=0.6, easier_b=0.5)

    def found(class_):
        who, before, after = scores(class_)
        group = [code[0] == "M" for code in who]
        a_first = [form == "A" for form in class_.form("pre", who)]
        return (
            adjusted_difference(before, after, group).covers(ahead),
            form_effect(before, after, a_first).covers(easier),
        )

    covered = np.mean([found(table(made, seed)) for seed in range(80)], axis=0)
    assert (0.89 < covered).all()
    assert (covered < 0.99).all()


def test_who_leaves_is_missing_and_nothing_else():
    made = SimulatedClass(readers=400, lost=0.25)
    answers = table(made)
    assert answers.who("pre") == answers.codes
    assert 0.2 < 1 - len(answers.who(*BOTH)) / 400 < 0.3
    assert 0.2 < 1 - len(answers.who("delayed")) / 400 < 0.3
    assert set(answers.who(*PHASES)) < set(answers.who(*BOTH))


def test_items_that_share_an_ability_have_an_alpha_and_fall_in_order():
    answers = table(SimulatedClass(readers=2000))
    right = answers.right("post")
    assert 0.7 < cronbach_alpha(right) < 0.9
    shares = difficulty(right)
    assert np.corrcoef(shares, np.arange(len(shares)))[0, 1] < -0.98


def test_sure_and_wrong_falls_as_planted():
    answers = table(SimulatedClass(readers=1000, gain=0.0, sure=(0.4, 0.1, 0.1)))
    found = []
    for phase, planted in (("pre", 0.4), ("post", 0.1)):
        all_wrong = (answers.right(phase) == 0).sum()
        _, wrong = answers.sure_and_wrong(phase, answers.codes)
        found.append(wrong / all_wrong)
        assert found[-1] == pytest.approx(planted, abs=0.02)


def test_a_wrong_answer_is_told_by_its_thought():
    rows = [row for row in table(SimulatedClass(readers=500)).rows if not row.right]
    share = [sum(row.misconception == name for row in rows) / len(rows) for name in ("M1", "M3")]
    assert share == pytest.approx([0.6, 0.1], abs=0.02)


def test_the_table_survives_its_file(tmp_path):
    answers = table(SimulatedClass(readers=4))
    path = tmp_path / "class_long.csv"
    path.write_text(write_table(answers), encoding="utf-8", newline="")
    assert read_table(path).rows == answers.rows
    path.write_text("code,phase\n")
    with pytest.raises(ValueError, match=r"must be class_long.csv; it has no column 'group'"):
        read_table(path)


def test_what_readers_did_is_read_from_the_table_and_from_the_files(tmp_path):
    files = SimulatedClass(readers=3).files(np.random.default_rng(0))
    files[4]["dose"] = None
    known = doses(files)
    assert list(known) == [files[3]["code"], files[5]["code"]]
    kinds = list(known[files[3]["code"]])
    head = ["code", *(f"post_{kind}" for kind in kinds)]
    empty = dict.fromkeys(kinds, "")
    rows = [[f["code"], *map(str, (f["dose"] or empty).values())] for f in files[3:6]]
    path = tmp_path / "class_wide.csv"
    path.write_text(
        "\ufeff" + "\r\n".join(map(",".join, [head, *rows])), encoding="utf-8", newline=""
    )
    assert read_doses(path) == known
    with pytest.raises(ValueError, match=r"must be class_wide.csv; it has no delayed_minutes"):
        read_doses(path, "delayed")


def test_every_reader_has_a_code_of_the_study_mode():
    codes = SimulatedClass(readers=3000).codes
    assert len(set(codes)) == 3000
    for code in codes:
        places = [simulation.LETTERS.index(letter) for letter in code.replace("-", "")]
        assert sum(at * place for at, place in enumerate(places, 1)) % 31 == 0
    forms = table(SimulatedClass(readers=40)).form("pre", SimulatedClass(readers=40).codes)
    assert forms.count("A") == 20


def test_of_two_files_of_a_phase_the_first_counts_and_half_a_phase_does_not():
    made = SimulatedClass(readers=4)
    files = made.files(np.random.default_rng(0))
    again = copy.deepcopy(files[0]) | {"started": "2027-04-01T08:00:00.000Z"}
    again["items"] = [item | {"answer": 0} for item in again["items"]]
    assert joined([again, *files], made.keys()).rows == joined(files, made.keys()).rows
    files[1]["items"] = files[1]["items"][:20]
    answers = joined(files, made.keys())
    assert files[1]["code"] not in answers.who("pre")
    assert files[1]["code"] in answers.who("post")


def test_other_keys_are_refused():
    made = SimulatedClass(readers=4)
    files = made.files(np.random.default_rng(0))
    with pytest.raises(ValueError, match=r"the file keys.json"):
        joined(files, files[0])
    with pytest.raises(ValueError, match=r"study-K7-229-pre.json: A05 has no key: these are other"):
        joined(files, SimulatedClass(items=4).keys())


def test_forty_readers_are_enough_for_an_interval_that_excludes_nothing_learned():
    _, before, after = scores(table(SimulatedClass(readers=40, gain=1.2)))
    change = mean_change(before, after)
    assert change.low > 0
    assert math.isfinite(change.high)
