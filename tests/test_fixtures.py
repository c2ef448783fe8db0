"""What the front ends are compared with is computed again whenever it could be another."""

import pytest

import fixtures


@pytest.fixture
def sources(tmp_path):
    """Return the folder of a small repository."""
    for name in ("nnlib/a.py", "nnbook/messages/en/a.json", "tests/fixtures/a.py"):
        path = tmp_path / name
        path.parent.mkdir(parents=True)
        path.write_text("1", "utf-8")
    (tmp_path / "tools").mkdir()
    (tmp_path / "tools/fixtures.py").write_text("1", "utf-8")
    return tmp_path


def test_a_digest_is_that_of_the_sources(sources):
    before = fixtures.digest(sources)
    (sources / "tests/test_a.py").write_text("2", "utf-8")
    (sources / "nnlib/a.cpython-312.pyc").write_bytes(b"2")
    assert fixtures.digest(sources) == before


@pytest.mark.parametrize(
    "name",
    ["nnlib/a.py", "nnbook/messages/en/a.json", "tests/fixtures/a.py", "tools/fixtures.py", "new"],
)
def test_each_source_counts(name, sources):
    before = fixtures.digest(sources)
    path = sources / ("nnlib/new.csv" if name == "new" else name)
    path.write_text("2", "utf-8")
    assert fixtures.digest(sources) != before


def test_it_counts_where_a_file_stands(sources):
    before = fixtures.digest(sources)
    (sources / "nnlib/a.py").rename(sources / "nnlib/b.py")
    assert fixtures.digest(sources) != before


def test_they_are_computed_once_and_again_after_a_change(sources, monkeypatch, capsys):
    program = "def fixtures():\n    return {'a': float('nan')}\n"
    (sources / "tests/fixtures/a.py").write_text(program, "utf-8")
    monkeypatch.setattr("sys.argv", ["fixtures.py"])
    monkeypatch.setattr(fixtures, "ROOT", sources)
    monkeypatch.setattr(fixtures, "TARGET", sources / "_build/fixtures")
    fixtures.main()
    assert capsys.readouterr().out == "a.json\n"
    written = sources / "_build/fixtures/a.json"
    assert written.read_text("utf-8") == '{"a": "NaN"}'
    fixtures.main()
    assert capsys.readouterr().out == "_build/fixtures: from these sources already\n"
    (sources / "tests/fixtures/a.py").write_text(program.replace("'nan'", "'inf'"), "utf-8")
    fixtures.main()
    assert capsys.readouterr().out == "a.json\n"
    assert written.read_text("utf-8") == '{"a": "Infinity"}'
