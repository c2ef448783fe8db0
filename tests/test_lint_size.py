"""The linter of sizes refuses what has grown and what has no limit."""

import json
from collections import Counter

import lint_size


def test_a_page_may_shrink_and_not_grow(monkeypatch, tmp_path):
    monkeypatch.setattr(lint_size, "LIMITS", tmp_path / "sizes.json")
    monkeypatch.setattr(lint_size, "lines", Counter)
    monkeypatch.setattr(lint_size, "words", lambda: Counter(losses=10, digits=20))
    limits = {"lines": {}, "words": {"losses": 10, "digits": 30}}
    lint_size.LIMITS.write_text(json.dumps(limits), encoding="utf-8")
    assert list(lint_size.problems()) == []
    lint_size.lower()
    monkeypatch.setattr(lint_size, "words", lambda: Counter(losses=9, digits=21, new=1))
    assert list(lint_size.problems()) == [
        "digits: 21 words, at most 20",
        "new: 1 words, at most 0",
    ]
