"""`make serve`: a saved change is on the open page, and only this machine is answered."""

import asyncio
import re
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import expect
from sphinx_autobuild.filter import IgnoreFilter

import serve

CONFIG = """title: Small
only_build_toc_files: true
sphinx: {config: {html_theme: basic, templates_path: [templates]}}
"""
LAYOUT = '{% extends "!layout.html" %}{% block extrahead %}POLICY{% endblock %}'


@pytest.fixture
def policy(root):
    """Return the policy of the book's pages."""
    layout = (root / "theme" / "book" / "layout.html").read_text(encoding="utf-8")
    policy = re.search('<meta http-equiv="Content-Security-Policy"[^>]*>', layout)[0]
    return policy.replace("{{ frame_script }}", "sha256-of-a-script")


@pytest.fixture
def book(tmp_path, policy):
    """Return the folder of a book of one page, which has the policy."""
    (tmp_path / "_config.yml").write_text(CONFIG, encoding="utf-8")
    (tmp_path / "_toc.yml").write_text("format: jb-book\nroot: intro\n", encoding="utf-8")
    (tmp_path / "intro.md").write_text("# Small\n\nbefore\n", encoding="utf-8")
    (tmp_path / "templates").mkdir()
    layout = LAYOUT.replace("POLICY", policy)
    (tmp_path / "templates" / "layout.html").write_text(layout, encoding="utf-8")
    return tmp_path


@pytest.fixture
def built(tmp_path):
    """Return a site with something of each edition."""
    (tmp_path / "zh").mkdir()
    (tmp_path / "zh" / "_toc.yml").touch()
    for folder, text in (("_build/html", "English"), ("_build/zh/_build/html", "Chinese")):
        (tmp_path / folder / "_static").mkdir(parents=True)
        (tmp_path / folder / "a.html").write_text(text)
        (tmp_path / folder / "worker.js").write_text("keeps copies")
        (tmp_path / folder / "_static" / "no-worker.js").write_text("keeps none")
    return serve.Site(tmp_path)


async def answers(site, *paths):
    transport = httpx.ASGITransport(app=serve.app_of(site, "127.0.0.1:1"))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:1") as client:
        return [await client.get(path) for path in paths]


def test_each_edition_has_its_folder_and_no_browser_keeps_a_copy(built):
    paths = ("/a.html", "/zh/a.html", "/worker.js", "/zh/worker.js")
    english, chinese, *workers, lost = asyncio.run(answers(built, *paths, "/nowhere.html"))
    assert english.text.startswith("English")
    assert chinese.text.startswith("Chinese")
    assert english.headers["Cache-Control"] == chinese.headers["Cache-Control"] == "no-store"
    assert [worker.text for worker in workers] == ["keeps none"] * 2
    assert lost.status_code == 404


@pytest.fixture
def commands(monkeypatch):
    """Return the list of the commands that would have been run."""
    commands = []

    def run(command, **options):
        commands.append(command)
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(subprocess, "run", run)
    return commands


@pytest.mark.parametrize(
    ("path", "front_ends", "editions", "everything"),
    [
        ("chapters/losses.ipynb", False, [""], False),
        ("zh/chapters/losses.ipynb", False, ["zh"], False),
        ("theme/book/layout.html", False, ["", "zh"], True),
        ("js/src/core/plot.js", True, ["", "zh"], False),
        ("js/src/live/frame.js", True, ["", "zh"], True),  # pages name its digest
        ("nnbook/figures/dead_neurons/dead_neurons.js", True, ["", "zh"], False),
        ("nnbook/figures/dead_neurons/zh.json", True, ["", "zh"], True),
        ("nnbook/figures/dead_neurons/__init__.py", False, ["", "zh"], True),
    ],
)
def test_what_depends_on_a_change_is_built(path, front_ends, editions, everything, built, commands):
    built.build(changed_paths=[built.root / path])
    books = [command for command in commands if Path(command[-1]).name != "build.mjs"]
    assert len(commands) - len(books) == front_ends
    assert [Path(command[2]) for command in books] == [built.root / name for name in editions]
    assert all(("--all" in command) is everything for command in books)


def test_a_half_written_notebook_is_built_when_it_is_whole(built, commands, capsys):
    page = built.root / "zh" / "intro.ipynb"
    page.write_text('{"cells": [')
    built.build(changed_paths=[page])
    built.build(changed_paths=[built.root / "js" / "src" / "core.js"])
    assert commands == []
    assert (
        capsys.readouterr().out.count("zh/intro.ipynb is no whole notebook: Expecting value") == 2
    )
    page.write_text('{"cells": []}')
    built.build(changed_paths=[page])
    assert [Path(command[-1]).name == "build.mjs" for command in commands] == [True, False, False]


@pytest.mark.parametrize(
    ("path", "watched"),
    [
        ("chapters/losses.ipynb", True),
        ("theme/book/layout.html", True),
        ("nnbook/static/core.js", False),
        ("theme/live/static/live/live.js", False),
        ("theme/practice/static/practice/practice.css", False),
        ("theme/practice/static/practice-boxes.css", True),
        ("theme/reading/static/reading/class.js", False),
        ("theme/reading/static/place.js", True),
        ("theme/files/static/worker.js", True),
        ("_build/html/index.html", False),
        ("chapters/.ipynb_checkpoints/losses-checkpoint.ipynb", False),
        ("nnlib/__pycache__/losses.cpython-312.pyc", False),
    ],
)
def test_what_a_build_makes_does_not_start_another(path, watched):
    assert IgnoreFilter([], [serve.IGNORED])(f"/book/{path}") is not watched


# The last one: once Playwright runs, no other loop of events can.
@pytest.mark.slow
def test_a_saved_change_reloads_the_page(book, policy, browser):
    command = [sys.executable, serve.__file__, "--book", str(book), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        page = browser.new_page()
        try:
            address = next(line for line in process.stdout if line.startswith("http")).strip()
            assert address.startswith("http://127.0.0.1:")
            with page.expect_websocket():
                page.goto(address + "intro.html")
            expect(page.get_by_text("before")).to_be_visible()
            (book / "intro.md").write_text("# Small\n\nafter\n", encoding="utf-8")
            expect(page.get_by_text("after")).to_be_visible(timeout=300_000)
        finally:
            process.terminate()
            page.close()
    built = (book / "_build" / "html" / "intro.html").read_text(encoding="utf-8")
    assert policy in built
    assert "websocket" not in built
