"""What GitHub shows to those who report, ask or contribute."""

import json
import re
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml

from nnbook.messages import LANGUAGES, ORIGINAL
from theme.pages import context

KINDS = {"mistake", "accessibility", "question"}


def form_of(kind, language):
    """Return the name of a form's file."""
    return f"{kind}.yml" if language == ORIGINAL else f"{kind}.{language}.yml"


@pytest.fixture(scope="module")
def forms(root):
    folder = root / ".github" / "ISSUE_TEMPLATE"
    paths = [path for path in folder.glob("*.yml") if path.name != "config.yml"]
    return {path.name: yaml.safe_load(path.read_text(encoding="utf-8")) for path in paths}


def fields_of(form):
    """Return the fields of a form: id -> (kind, required)."""
    return {
        field["id"]: (field["type"], field.get("validations", {}).get("required", False))
        for field in form["body"]
        if field["type"] != "markdown"
    }


def test_there_is_a_form_of_each_kind_in_each_language_with_the_same_fields(forms):
    assert {*forms} == {form_of(kind, language) for kind in KINDS for language in LANGUAGES}
    for kind in KINDS:
        own = [forms[form_of(kind, language)] for language in LANGUAGES]
        assert all(fields_of(form) == fields_of(own[0]) for form in own)
        assert {form["labels"][0] for form in own} == {kind}
        for form, language in zip(own, LANGUAGES.values(), strict=True):
            words = [form["name"], form["description"], form["title"]]
            words += [field["attributes"].get("label", "") for field in form["body"]]
            for text in filter(None, words):
                assert re.search(f"[{language.letters}]", text), text


def test_links_of_the_pages_fill_in_fields_that_the_forms_have(forms):
    for language in LANGUAGES:
        address = context.report("https://github.com/o/n", "chapters/a b.ipynb", language, "1.2.3")
        filled = {name: value for name, [value] in parse_qs(urlsplit(address).query).items()}
        form = forms[filled.pop("template")]
        assert filled == {"page": "chapters/a b.ipynb", "version": "1.2.3"}
        assert {*filled, "section"} <= fields_of(form).keys()


def test_the_page_on_accessibility_leads_to_its_form(root, forms):
    for key, language in LANGUAGES.items():
        page = (root / language.folder / "chapters" / "accessibility.md").read_text("utf-8")
        (kind,) = re.findall(r"\{issue-form\}`(\w+)`", page)
        address = context.form("https://github.com/o/n", kind, key)
        assert parse_qs(urlsplit(address).query)["template"] == [form_of("accessibility", key)]
        assert form_of(kind, key) in forms


def test_the_container_installs_what_the_book_needs(root):
    made = json.loads((root / ".devcontainer/devcontainer.json").read_text("utf-8"))
    targets = made["onCreateCommand"].removeprefix(".ci/run ").split()
    makefile = (root / "Makefile").read_text("utf-8")
    for target in targets:
        assert f"\n{target}:" in makefile or target.endswith("node_modules/.done")
    runtime = (root / "binder" / "runtime.txt").read_text().strip()
    assert f"python:{runtime.removeprefix('python-')}-" in made["image"]


@pytest.mark.parametrize("name", ["SECURITY.md", "CODE_OF_CONDUCT.md"])
def test_files_that_are_named_are_there(root, name):
    text = (root / name).read_text(encoding="utf-8")
    named = re.findall(r"`([\w./-]+/[\w.-]+\.\w+)`", text)
    assert [path for path in named if not (root / path).exists()] == []
    assert named or "contributor-covenant.org" in text
