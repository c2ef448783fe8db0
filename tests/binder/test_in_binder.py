"""What a reader gets from Binder: the environment built from the files in binder/ alone, its server
started by binder/start, and every notebook run through the server's own API.

This takes minutes and the network: `make binder-test`.
"""

import json
import re

import pytest
from playwright.sync_api import sync_playwright

import binder
import notebook_form
import run_on_server

MEGABYTES = 1024  # what mybinder.org promises to each reader
NOTEBOOKS = [path.resolve().relative_to(binder.ROOT) for path in notebook_form.all_notebooks()]


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    """Build what Binder builds and start it as BinderHub does."""
    with pytest.warns(DeprecationWarning, match="pythonjsonlogger"):
        image = binder.build(tmp_path_factory.mktemp("binder"))
    command = [image.start, "jupyter-lab"]
    with run_on_server.started(image.home, image.variables, command) as running:
        yield running


def test_the_environment_is_its_own(server):
    with server.kernel("intro.ipynb") as kernel:
        module = "__import__('nnlib').__file__"
        values = kernel.execute("", module=module)["user_expressions"]
    assert str(binder.ROOT) not in values["module"]["data"]["text/plain"]


def test_jupyterlab_has_what_shows_the_chapters(server):
    page = server.request("GET", "lab").text
    data = re.search(r'<script id="jupyter-config-data"[^>]*>(.*?)</script>', page, re.DOTALL)
    config = json.loads(data[1])
    extensions = {extension["name"] for extension in config["federated_extensions"]}
    needed = {"jupyterlab-myst", "anywidget", "@jupyter-widgets/jupyterlab-manager", "nnlib-book"}
    assert extensions >= needed
    assert "@jupyterlab/apputils-extension:announcements" in config["disabledExtensions"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=str)
def test_it_trusts_the_notebook(path, server):
    cells = server.notebook(path.as_posix())["cells"]
    assert all(cell["metadata"]["trusted"] for cell in cells if cell["cell_type"] == "code")


@pytest.mark.parametrize("path", NOTEBOOKS, ids=str)
def test_the_notebook_runs(path, server):
    run = server.run(path.as_posix())
    assert run.problem == ""
    assert run.cells > 0
    taken = server.megabytes() + run.megabytes
    print(f"{path}: {run.cells} cells, kernel {run.megabytes} MB, with the server {taken} MB")
    assert taken < MEGABYTES


def test_a_chapter_is_shown_with_its_pictures_formulas_and_boxes(server, browser_path):
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=browser_path,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        page = browser.new_page(viewport={"width": 1280, "height": 3000})
        page.set_default_timeout(60_000)
        page.goto(f"{server.url}lab/tree/chapters/losses.ipynb?token={server.token}")
        notebook = page.locator(".jp-Notebook")
        for shown in (".jp-RenderedSVG img", ".katex", "aside", "details"):
            notebook.locator(shown).first.wait_for()
        # They come and are drawn one by one; the editor of a drawn one stays in the page, hidden.
        cells = server.notebook("chapters/losses.ipynb")["cells"]
        page.wait_for_function(
            """count => {
              const cells = [...document.querySelectorAll(".jp-Notebook .jp-MarkdownCell")];
              const written = cells.some((cell) => cell.innerText.includes(":::"));
              return cells.length === count && !written;
            }""",
            arg=sum(cell["cell_type"] == "markdown" for cell in cells),
            timeout=240_000,
        )
        browser.close()
