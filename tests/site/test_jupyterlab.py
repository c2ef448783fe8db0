"""JupyterLab, really started. A figure: the picture before any cell has run, the live figure after,
and a state that travels both ways. A chapter: its references, its pictures, what a save changes."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request

import pytest
from browsing import ROOT
from playwright.sync_api import expect

pytestmark = pytest.mark.slow

FIGURE = "from nnbook import widgets\n\nw = widgets.ActivationExplorer(function='tanh')\nw"
LOOK = "print(w.function, w.z)"
MOVE = "w.z = -2"
QUESTION = "q = widgets.Predict('losses-constant')\nq"
ANSWERS = "print(q.tries, q.shown)"
KIND = "widgets.ForwardPass()"
OTHER_KIND = "widgets.DeadNeurons()"
CHAPTER = "chapters/losses.ipynb"
SECONDS = 60
UNCAUGHT = []  # what no page of this module may have thrown


def code(identifier, source):
    return {
        "cell_type": "code",
        "execution_count": None,
        "id": identifier,
        "metadata": {},
        "outputs": [],
        "source": source,
    }


@pytest.fixture(scope="module")
def laboratory(tmp_path_factory):
    """Start JupyterLab as `make lab` does, with two notebooks; return its folder and address."""
    folder = tmp_path_factory.mktemp("lab")
    cells = [code("figure", FIGURE), code("look", LOOK), code("move", MOVE)]
    cells += [code("question", QUESTION), code("answers", ANSWERS)]
    cells += [code("kind", KIND), code("same-kind", KIND), code("other-kind", OTHER_KIND)]
    notebook = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    path = folder / "figure.ipynb"
    path.write_text(json.dumps(notebook), encoding="utf-8")
    (folder / "chapters").mkdir()
    shutil.copyfile(ROOT / CHAPTER, folder / CHAPTER)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    own = {name: str(folder / name.lower()) for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR")}
    own["JUPYTER_RUNTIME_DIR"] = str(folder / "runtime")
    trust = [sys.executable, "-m", "nbformat.sign", str(folder / CHAPTER)]
    subprocess.run(trust, env=os.environ | own, capture_output=True, check=True)
    options = ["--no-browser", "--ip=127.0.0.1", f"--port={port}", "--IdentityProvider.token="]
    options += [
        "--expose-app-in-browser",
        "--allow-root",
        f"--notebook-dir={folder}",
    ]
    with (folder / "log.txt").open("w", encoding="utf-8") as log:
        server = subprocess.Popen(
            [sys.executable, str(ROOT / "tools" / "lab.py"), *options, str(path)],
            env=os.environ | own,
            stdout=log,
            stderr=log,
        )
        try:
            # It complains about the missing caption, and writes all the same.
            tool = [sys.executable, str(ROOT / "tools" / "notebooks.py"), str(path)]
            subprocess.run(tool, capture_output=True, check=False)
            assert "image/svg+xml" in path.read_text(encoding="utf-8")
            address = f"http://127.0.0.1:{port}/lab"
            wait_for(address, server)
            yield folder, f"{address}/tree"
        finally:
            server.terminate()
            server.wait(SECONDS)


def wait_for(address, server):
    """Wait until the server answers."""
    end = time.monotonic() + SECONDS
    while True:
        try:
            urllib.request.urlopen(address, timeout=5).close()
        except OSError:
            assert server.poll() is None, "JupyterLab ended"
            assert time.monotonic() < end, "JupyterLab does not answer"
            time.sleep(0.3)
        else:
            return


@pytest.fixture(scope="module")
def page(browser, laboratory):
    """Open the notebook."""
    yield from opened(browser, f"{laboratory[1]}/figure.ipynb?reset")


@pytest.fixture(scope="module")
def chapter(browser, laboratory):
    """Open the chapter."""
    yield from opened(browser, f"{laboratory[1]}/{CHAPTER}?reset")


def opened(browser, address):
    context = browser.new_context(viewport={"width": 1280, "height": 1000})
    page = context.new_page()
    page.on("pageerror", lambda error: UNCAUGHT.append(f"{error}\n{error.stack}"))
    page.set_default_timeout(SECONDS * 1000)
    page.goto(address)
    page.locator(".jp-Notebook .jp-CodeCell").nth(2).wait_for()
    # Before the kernel is there JupyterLab has no renderer for widgets; a reader is not that quick.
    kernel = "window.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel"
    page.wait_for_function(f"{kernel}?.status === 'idle'")
    page.wait_for_timeout(500)
    yield page
    context.close()


def run(page, index):
    """Run one cell of the notebook and wait until it is done."""
    page.evaluate(
        """async (index) => {
          const notebook = window.jupyterapp.shell.currentWidget.content;
          notebook.activeCellIndex = index;
          notebook.deselectAll();
          await window.jupyterapp.commands.execute("notebook:run-cell");
        }""",
        index,
    )


def theme(page, name):
    """Change JupyterLab's theme."""
    change = f"window.jupyterapp.commands.execute('apputils:change-theme', {{theme: '{name}'}})"
    page.evaluate(change)
    page.locator(f"body[data-jp-theme-name='{name}']").wait_for(state="attached")
    page.locator("#jupyterlab-splash").wait_for(state="detached")  # two at once it cannot take away


def output(page, index):
    return page.locator(".jp-Notebook .jp-CodeCell").nth(index).locator(".jp-Cell-outputArea")


def test_before_any_cell_has_run_there_is_the_picture(page):
    picture = output(page, 0).locator(".jp-RenderedImage img")
    picture.wait_for()
    assert picture.bounding_box()["width"] > 200
    assert "Error" not in output(page, 0).inner_text()
    theme(page, "JupyterLab Dark")
    expect(picture).to_have_css("background-color", "rgba(0, 0, 0, 0)")  # no notebook of the book
    theme(page, "JupyterLab Light")


def test_the_state_travels_both_ways(page):
    run(page, 0)
    figure = output(page, 0).locator(".nn-figure")
    figure.wait_for()
    assert output(page, 0).locator(".jp-RenderedImage").count() == 0

    slider = figure.locator('input[data-name="z"]')
    slider.press("ArrowRight")
    figure.locator('input[value="sigmoid"]').check(force=True)
    # ipywidgets sends a change when Python has taken in the one before; a reader is not that quick.
    for _ in range(20):
        run(page, 1)
        if "sigmoid" in output(page, 1).inner_text():
            break
    expect(output(page, 1)).to_have_text(re.compile(r"^\s*sigmoid 1\.05\s*$"))

    run(page, 2)
    expect(slider).to_have_value("-2")
    shown = figure.locator('[data-name="f"]')
    expect(shown).to_have_text(re.compile(r"0\.1192$"))


def test_the_language_is_switched_on_the_figure(page):
    figure = output(page, 0).locator(".nn-figure")
    figure.locator('[data-name="language"]').click()
    expect(figure.locator(".nn-sentence")).to_have_text(re.compile(r"[\u4e00-\u9fff]"))
    expect(figure.locator('input[data-name="z"]')).to_have_value("-2")
    figure.locator('[data-name="language"]').click()
    expect(figure.locator(".nn-sentence")).to_have_text(re.compile(r"^[ -~−β]+$"))


def test_a_figure_takes_its_own_keys_and_jupyterlab_gets_the_others(page, laboratory):
    """An arrow moves a slider and not the notebook; Ctrl+S saves, and Shift+Enter runs."""
    figure = output(page, 0).locator(".nn-figure")
    active = "window.jupyterapp.shell.currentWidget.content.activeCellIndex"
    slider, place = figure.locator('input[data-name="z"]'), page.evaluate(active)
    for control in (slider, figure.locator(".nn-handle").first, figure.locator("button").first):
        control.focus()
        for key in ("ArrowDown", "ArrowUp", "Home", "PageDown", "End", "PageUp"):
            control.press(key)
            assert page.evaluate(active) == place, key
        expect(control).to_be_focused()
    path = laboratory[0] / "figure.ipynb"
    name = "written beside a figure"
    page.evaluate(
        """(name) => window.jupyterapp.shell.currentWidget.context.model.setMetadata(name, true)""",
        name,
    )
    assert name not in path.read_text(encoding="utf-8")
    slider.focus()
    with page.expect_response(
        lambda answer: answer.request.method == "PUT" and "/figure.ipynb" in answer.url
    ) as saved:
        page.keyboard.press("Control+s")
    assert saved.value.ok
    assert name in path.read_text(encoding="utf-8")
    slider.focus()
    page.keyboard.press("Shift+Enter")
    page.wait_for_function(f"{active} === {place} + 1")


def test_two_views_of_one_figure_move_together(page):
    run(page, 0)
    page.evaluate("""async () => {
      const notebook = window.jupyterapp.shell.currentWidget.content;
      notebook.activeCellIndex = 2;
      notebook.activeCell.model.sharedModel.setSource("w");
      await window.jupyterapp.commands.execute("notebook:run-cell");
    }""")
    first = output(page, 0).locator('input[data-name="z"]')
    second = output(page, 2).locator('input[data-name="z"]')
    second.wait_for()
    first.press("ArrowLeft")
    expect(second).to_have_value(first.input_value())


def test_figures_of_one_kind_and_of_another_do_not_meet(page):
    """Each figure's front end is loaded anew in Jupyter: names counted there would collide."""
    cells = [5, 6, 7]
    for index in cells:
        run(page, index)
    figures = [output(page, index).locator(".nn-figure") for index in cells]
    for figure in figures:
        figure.locator("svg").first.wait_for()
        for fold in figure.locator(".nn-more:not([open]) > summary").all():
            fold.click()
    found = page.evaluate("""() => {
      const figures = [...document.querySelectorAll(".jp-Notebook .nn-figure")];
      const ids = figures.flatMap((figure) =>
        [...figure.querySelectorAll("[id]")].map(({ id }) => id));
      const strays = figures.flatMap((figure) => {
        const named = figure.outerHTML.matchAll(/url\\((?:&quot;|")?#([^)"&]+)/g);
        return [...named].filter(([, id]) => !figure.querySelector(`#${CSS.escape(id)}`));
      });
      return { ids, strays };
    }""")
    assert len(found["ids"]) > 10
    assert len(set(found["ids"])) == len(found["ids"])
    assert found["strays"] == []
    one, same, other = (figure.locator('input[data-name="activation"]') for figure in figures)
    chosen = (one.nth(1), same.nth(2), other.nth(0))
    for button in chosen:
        button.evaluate("button => button.click()")  # wherever it is: figures above may still grow
    for button in chosen:
        expect(button).to_be_checked()


def test_a_prediction_is_answered_and_python_reads_what_was_tried(page):
    expect(output(page, 3)).to_contain_text("Predict('losses-constant')")
    run(page, 3)
    figure = output(page, 3).locator(".nn-figure")
    answer = figure.locator('[data-name="answer"]')
    answer.press_sequentially("1/2")  # outside a field, 1 makes a heading of the cell
    answer.press("Enter")
    expect(figure).to_have_attribute("data-progress", "wrong")
    figure.locator('[data-name="language"]').click()
    expect(figure.locator(".nn-sentence")).to_have_text(re.compile(r"[\u4e00-\u9fff]"))
    figure.locator('[data-name="show"]').click()
    expect(figure).to_have_attribute("data-progress", "shown")
    assert_python_reads(page, "[0.5] True")
    figure.locator('[data-name="reset"]').click()
    assert_python_reads(page, "[] False")


def assert_python_reads(page, expected):
    """Run the cell that prints what Python knows; ipywidgets tells it when the kernel has time."""
    for _ in range(10):
        run(page, 4)
        expect(output(page, 4)).to_have_text(re.compile(r"\S"))
        if output(page, 4).inner_text().strip() == expected:
            break
    assert output(page, 4).inner_text().strip() == expected


# What jupyterlab-myst would draw as a warning or a dead link: every cell, those far down included.
UNRESOLVED = """async () => {
  const found = [];
  const look = (node) => {
    const open = ["cite", "citeGroup", "crossReference", "mystRole"].includes(node.type);
    if (open || node.url?.startsWith("#")) found.push(JSON.stringify(node));
    (node.children ?? []).forEach(look);
  };
  for (const cell of window.jupyterapp.shell.currentWidget.content.widgets) {
    await cell.updateFragmentMDAST?.();
    if (cell.fragmentMDAST) look(cell.fragmentMDAST);
  }
  return found;
}"""


def test_references_are_words_and_links(chapter):
    assert chapter.evaluate(UNRESOLVED) == []
    links = chapter.locator(".jp-MarkdownCell a")
    for name, place in (
        (re.compile(r"^Figure 3\.\d+$"), re.compile(r"losses\.ipynb\b.*#cell-id=[\w-]+$")),
        (re.compile(r"^\(3\.\d+\)$"), re.compile(r"losses\.ipynb\b.*#cell-id=[\w-]+$")),
        (re.compile(r"^loss function$"), re.compile(r"glossary\.md\b.*#term-loss-function$")),
    ):
        expect(links.filter(has_text=name).first).to_have_attribute("href", place)


def test_equations_bear_the_numbers_of_the_book(chapter):
    expect(chapter.locator(".jp-MarkdownCell .katex .tag").first).to_have_text("(3.1)")
    expect(chapter.get_by_title("Link to this Equation")).to_have_count(0)


def test_a_figure_bears_the_number_that_the_text_calls_it_by(chapter):
    expect(chapter.locator(".nnlib-number").first).to_have_text("Figure 3.1")


def test_a_picture_can_be_read_in_the_dark(chapter):
    theme(chapter, "JupyterLab Dark")
    picture = chapter.locator(".jp-RenderedImage img, .jp-RenderedSVG img").first
    expect(picture).to_have_css("background-color", "rgb(255, 255, 255)")
    theme(chapter, "JupyterLab Light")


def test_a_notebook_that_was_opened_and_saved_is_the_same(chapter, laboratory):
    context = "window.jupyterapp.shell.currentWidget.context"
    assert chapter.evaluate(f"{context}.model.dirty") is False
    chapter.evaluate(f"{context}.save()")
    assert (laboratory[0] / CHAPTER).read_bytes() == (ROOT / CHAPTER).read_bytes()


def test_an_experiment_is_a_number_or_the_name_of_its_script(chapter):
    chapter.evaluate("""async () => {
      const cells = window.jupyterapp.shell.currentWidget.content.widgets;
      const cell = cells.find((one) => one.model.type === "markdown");
      cell.model.sharedModel.setSource("Of {experiment}`plateaus`: {experiment}`plateaus:runs`.");
      cell.rendered = false;
      cell.rendered = true;
    }""")
    cell = chapter.locator(".jp-MarkdownCell").first
    expect(cell.locator("code")).to_have_text("experiments/plateaus.py")
    expect(cell.locator(".katex-mathml mn")).to_have_text("200")


def test_no_question_about_news_stands_in_front(page):
    configuration = json.loads(page.locator("#jupyter-config-data").text_content())
    assert "@jupyterlab/apputils-extension:announcements" in configuration["disabledExtensions"]
    expect(page.get_by_text("official Jupyter news")).to_have_count(0)


def test_nothing_was_thrown(page, chapter):
    assert UNCAUGHT == []
