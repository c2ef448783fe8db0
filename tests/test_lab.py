"""`make lab`: what JupyterLab opens and saves is what git has, but for what its author changed."""

import asyncio
import copy
import json
import platform
import re
from pathlib import Path

import pytest

import lab
import lab_references
import notebook_form
from nnbook.messages import ORIGINAL, TRANSLATIONS

PICTURE = "<svg/>"
STATE = {"figure": "Figure", "state": {"z": 1, "w": 0.5}}
OUTPUT = {
    "data": {"image/svg+xml": [PICTURE], notebook_form.STATE_MIME: STATE, "image/png": "aGk="},
    "metadata": {},
    "output_type": "display_data",
}
CELLS = [
    {"cell_type": "markdown", "id": "title", "metadata": {}, "source": ["# Words\n", "more"]},
    {
        "cell_type": "code",
        "execution_count": 1,
        "id": "figure",
        "metadata": {},
        "outputs": [OUTPUT],
        "source": ["1"],
    },
]
STORED = {
    "cells": CELLS,
    "metadata": notebook_form.NOTEBOOK_METADATA,
    "nbformat": 4,
    "nbformat_minor": 5,
}


@pytest.fixture
def manager(tmp_path, monkeypatch):
    """Return JupyterLab's access to a folder with one notebook of a book, and one that is not."""
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "data"))
    for name in ("chapters/page.ipynb", "scratch.ipynb"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        notebook_form.save(path, notebook_form.serialize(STORED))
    made = lab.BookContents(root_dir=str(tmp_path))
    yield made
    made.notary.close()


def opened(manager, name="chapters/page.ipynb"):
    return asyncio.run(manager.get(f"/{name}"))  # the server's paths begin so


def saved(manager, content, name="chapters/page.ipynb"):
    """Save as JupyterLab does; return the file."""
    model = {"type": "notebook", "format": "json", "content": content}
    asyncio.run(manager.save(model, f"/{name}"))
    return Path(manager.root_dir, name).read_text(encoding="utf-8")


def test_a_notebook_opens_as_this_python_would_save_it(manager):
    info = opened(manager)["content"]["metadata"]["language_info"]
    assert info == notebook_form.LANGUAGE_INFO | {"version": platform.python_version()}


def test_opening_and_saving_changes_nothing(manager):
    content = opened(manager)["content"]
    assert saved(manager, content) == notebook_form.serialize(STORED)


def test_a_run_leaves_nothing_behind_but_its_results(manager):
    content = json.loads(json.dumps(opened(manager)["content"]))
    cell = content["cells"][1]
    cell["execution_count"] = 17
    cell["metadata"] |= {"execution": {"iopub.status.idle": "now"}, "trusted": True}
    data = cell["outputs"][0]["data"]
    data["application/vnd.jupyter.widget-view+json"] = {"model_id": "0f", "version_major": 2}
    content["metadata"]["widgets"] = {"state": {}}
    content["metadata"]["kernelspec"]["display_name"] = "Python (mine)"
    assert saved(manager, content) == notebook_form.serialize(STORED)
    data[notebook_form.STATE_MIME]["state"]["w"] = 0.75
    changed = copy.deepcopy(STORED)
    changed["cells"][1]["outputs"][0]["data"][notebook_form.STATE_MIME]["state"]["w"] = 0.75
    assert saved(manager, content) == notebook_form.serialize(changed)


@pytest.mark.parametrize("trusted", [True, False])
def test_a_notebook_stays_as_trusted_as_it_was(manager, trusted):
    content = opened(manager)["content"]
    content["cells"][1]["metadata"]["trusted"] = trusted
    saved(manager, content)
    assert opened(manager)["content"]["cells"][1]["metadata"]["trusted"] is trusted


def test_what_is_no_page_of_the_book_is_left_alone(manager):
    content = opened(manager, "scratch.ipynb")["content"]
    content["cells"][1]["execution_count"] = 17
    assert json.loads(saved(manager, content, "scratch.ipynb"))["cells"][1]["execution_count"] == 17
    assert [lab.is_book(path) for path in ("intro.ipynb", "zh/chapters/a.ipynb")] == [True, True]
    assert not lab.is_book("chapters/.ipynb_checkpoints/a.ipynb")


def test_a_notebook_that_has_no_canonical_form_is_saved_as_it_is(manager, monkeypatch):
    def fail(content):
        raise KeyError("outputs")

    monkeypatch.setattr(notebook_form, "canonical", fail)
    content = opened(manager)["content"]
    content["cells"][0]["source"] = "Nothing is lost."
    assert "Nothing is lost." in saved(manager, content)


def test_root_is_told_why_and_what_to_do(monkeypatch, capsys):
    monkeypatch.setattr("os.geteuid", lambda: 0, raising=False)
    monkeypatch.setattr("sys.argv", ["lab.py"])
    assert lab.main() == 1
    assert "make lab OPTIONS=--allow-root" in capsys.readouterr().err


ROLE = re.compile(r"\{(numref|ref|eq|term|cite|experiment|claim)[:\w]*\}`(?:[^`<]*<)?([^`>]+)>?`")
HASH = re.compile(r"\]\(#([\w-]+)\)")
PARTS = {"term": "terms", "cite": "citations", "experiment": "experiments", "claim": "claims"}


def test_jupyterlab_knows_every_reference_of_every_notebook(root):
    stored = json.loads(lab_references.TARGET.read_text(encoding="utf-8"))
    unknown, found = [], 0
    for path in notebook_form.all_notebooks():
        book = stored[path.parts[0] if path.parts[0] in TRANSLATIONS else ORIGINAL]
        for cell in json.loads((root / path).read_text(encoding="utf-8"))["cells"]:
            source = (
                notebook_form.text_of(cell["source"]) if cell["cell_type"] == "markdown" else ""
            )
            names = [
                (PARTS.get(role, "labels"), name)
                for role, body in ROLE.findall(source)
                for name in (body.split(",") if role == "cite" else [body])
            ]
            for part, name in [*names, *(("labels", name) for name in HASH.findall(source))]:
                found += 1
                known = " ".join(name.split())
                if (known.lower() if part == "terms" else known) not in book[part]:
                    unknown.append(f"{path}: {name}")
    assert unknown == [], "make references"
    assert found > 1000
