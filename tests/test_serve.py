"""`make serve`: a saved change is on the served page, and only this machine is answered."""

import subprocess
import sys
import time
import urllib.request

import pytest
from watchfiles import Change

import serve

SECONDS = 600
CONFIG = "title: Small\nonly_build_toc_files: true\nsphinx: {config: {html_theme: basic}}\n"


@pytest.fixture
def book(tmp_path):
    """Return the folder of a book of one page."""
    (tmp_path / "_config.yml").write_text(CONFIG, encoding="utf-8")
    (tmp_path / "_toc.yml").write_text("format: jb-book\nroot: intro\n", encoding="utf-8")
    (tmp_path / "intro.md").write_text("# Small\n\nbefore\n", encoding="utf-8")
    return tmp_path


@pytest.mark.slow
def test_a_saved_change_is_served(book):
    command = [sys.executable, serve.__file__, "--book", str(book), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            address = next(line for line in process.stdout if line.startswith("http")).strip()
            assert address.startswith("http://127.0.0.1:")
            assert "before" in page(address)
            (book / "intro.md").write_text("# Small\n\nafter\n", encoding="utf-8")
            end = time.monotonic() + SECONDS
            while "after" not in page(address):
                assert time.monotonic() < end, "the change was not built"
                time.sleep(0.2)
        finally:
            process.terminate()


def page(address):
    with urllib.request.urlopen(address + "intro.html", timeout=10) as answer:
        assert answer.headers["Cache-Control"] == "no-store"
        return answer.read().decode()


def test_each_edition_has_its_folder(book):
    (book / "zh").mkdir()
    assert serve.Site(book).find("/zh/a.html")[1] == "/zh/a.html"
    (book / "zh" / "_toc.yml").write_text("format: jb-book\nroot: intro\n", encoding="utf-8")
    english, chinese = serve.Site(book).find("/a.html"), serve.Site(book).find("/zh/a.html")
    assert english[1] == chinese[1] == "/a.html"
    assert english[0] != chinese[0]


def test_no_browser_keeps_a_copy_that_would_hide_a_change(book):
    assert serve.Site(book).find("/worker.js")[1] == "/no-worker.js"
    assert serve.Site(book).find("/lite/worker.js")[1] == "/lite/worker.js"


@pytest.mark.parametrize(
    ("path", "watched"),
    [
        ("chapters/losses.ipynb", True),
        ("theme/book/layout.html", True),
        ("_build/html/index.html", False),
        ("chapters/.ipynb_checkpoints/losses-checkpoint.ipynb", False),
        ("nnlib/__pycache__/losses.cpython-312.pyc", False),
    ],
)
def test_what_a_build_makes_does_not_start_another(path, watched, tmp_path):
    assert serve.Sources()(Change.modified, str(tmp_path / path)) is watched
