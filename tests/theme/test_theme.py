"""The theme as a whole: its rooms, the versions that it was tried with, its words."""

import re
from types import SimpleNamespace
from unittest.mock import MagicMock

import pytest
from sphinx.errors import ExtensionError

import theme
from nnbook.messages import LANGUAGES
from theme import internals, stages, strings


def test_pages_are_not_written_by_forked_processes():
    """They would share the pipes of the one KaTeX, and each read what another has asked for."""
    assert theme.setup(MagicMock())["parallel_write_safe"] is False


def test_what_has_to_be_looked_at_exists(root):
    named = [name for _, where in internals.USED.values() for name in re.findall(r"\w+/\w+", where)]
    assert len(named) >= 10
    assert [name for name in named if not (root / "theme" / f"{name}.py").exists()] == []


def test_a_version_that_was_never_tried_is_refused(monkeypatch):
    internals.check()
    monkeypatch.setitem(internals.USED, "docutils", ("0.9.", "figures: `visit_image`"))
    with pytest.raises(ExtensionError, match=r"docutils 0\.\d.*tested: 0\.9\.\*.*Look at figures"):
        theme.setup(MagicMock())


def test_editions_say_the_same():
    english = strings.strings("en")
    assert strings.strings("unknown") is english
    assert strings.strings("zh_CN") is strings.strings("zh") is not english
    assert [strings.edition_of(name) for name in (None, "fr", "zh_CN")] == ["en", "en", "zh"]
    for language in LANGUAGES:
        assert strings.strings(language).keys() == english.keys()


@pytest.mark.parametrize(
    ("builder", "failure", "works"), [("html", None, 1), ("html", OSError(), 0), ("dummy", None, 0)]
)
def test_files_are_written_beside_a_whole_site_only(builder, failure, works, tmp_path):
    app, work = MagicMock(), MagicMock()
    stages.when_written(app, work, stages.Stage.JOINED)
    (event, listen), options = app.connect.call_args
    assert (event, options) == ("build-finished", {"priority": stages.Stage.JOINED})
    site = SimpleNamespace(builder=SimpleNamespace(name=builder), outdir=str(tmp_path))
    listen(site, failure)
    assert work.call_args_list == [((site, tmp_path),)] * works
