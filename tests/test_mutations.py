"""The changes that `make mutations` tries: each can be run, and those that are forgiven exist."""

import json

import mutations


def changes(source, path="made.py"):
    return [str(mutant) for mutant in mutations.mutants_of(path, source)]


def test_operators_numbers_and_calls_are_changed_but_neither_words_nor_unpacking():
    source = '''def f(*rows, **options):
    """Give 1 + 1."""
    check(rows)
    return max(0.5, len(rows) - 3) < 20 and "a < b"  # or 2
'''
    line = 'return max(0.5, len(rows) - 3) < 20 and "a < b"  # or 2'
    assert changes(source) == [
        "check(rows)  =>  pass",
        *(
            f"{line}  =>  {line.replace(old, new, 1)}"
            for old, new in [
                ("max", "min"),
                ("0.5", "1"),
                ("-", "+"),
                ("3", "4"),
                ("<", "<="),
                ("20", "40"),
                ("and", "or"),
            ]
        ),
    ]


def test_changes_that_read_the_same_are_numbered():
    assert changes("a = b - c\na = b - c\n") == [
        "a = b - c  =>  a = b + c",
        "a = b - c  =>  a = b + c  (#2)",
    ]


def test_front_ends_are_changed_likewise():
    assert changes("// 1 + 1\n  draw(x);\n  y = a === `b > c`;\n", "made.js") == [
        "draw(x);  =>  ;",
        "y = a === `b > c`;  =>  y = a !== `b > c`;",
    ]


def test_what_cannot_be_compiled_is_no_change():
    assert changes("f = lambda *, a: a\n") == []


def test_changes_that_are_forgiven_can_still_be_made(root):
    possible = set()
    for path in mutations.changed_modules(mutations.project()):
        possible.update(changes((root / path).read_text(encoding="utf-8"), path))
    assert set(json.loads(mutations.KNOWN.read_text(encoding="utf-8"))) <= possible
