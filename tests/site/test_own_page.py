"""The reader's own network: an exercise keeps a part, the page shows it, later cells run on it."""

import ast
import json

import pytest
from browsing import reload
from live_page import opened
from playwright.sync_api import expect

from nnbook.own import program

CODE = """def relu(Z):
    return Z * (Z > 0)


def relu_slope(Z):
    return 1.0 * (Z > 0)"""
ANSWER = f"{CODE}\nexercises.check('activations-own', relu, relu_slope)"
# It reads nothing and is right in one case of ten: the program on the page has to be the reader's.
LAZY = """def train_digits(X, labels, X_val, labels_val, rng, h=64, lr=0.3, size=32, epochs=30):
    return start(64, h, 10, rng)"""
NINE = """params = [np.zeros((64, 2)), np.zeros(2), np.zeros((2, 10)), np.arange(10.0)]
widgets.DigitPad(network=params)"""
STORED = "() => JSON.parse(localStorage.getItem('nnlib-book:own'))?.parts ?? {}"
PUT = """(parts) => localStorage.setItem("nnlib-book:own", JSON.stringify({ v: 1, parts }))"""


@pytest.fixture(scope="module", params=[("served", ""), ("file", "zh/")], ids=lambda way: way[0])
def reader(request, browser, html, address):
    way, folder = request.param
    start = address if way == "served" else f"{html.as_uri()}/"
    live = opened(browser, start, f"{folder}chapters/activations.html", accept_downloads=True)
    live.own = f"{start}{folder}chapters/my_network.html"
    live.language = "zh" if folder else "en"
    yield live
    live.watcher.context.close()
    assert live.watcher.problems == []


def test_a_solved_exercise_is_a_part_of_the_program(reader):
    """From the exercise to the page with the program, its files, and the cell that runs it."""
    words = program.words(reader.language)
    cell = reader.run("answer-own", ANSWER)
    verdict = cell.locator(".live-message .live-verdict")
    expect(verdict).to_contain_text(words["kept"].format(number=2))
    stored = reader.page.evaluate(STORED)
    assert [*stored] == ["activations-own"]
    assert stored["activations-own"]["code"] == CODE
    reader.run("answer-own", "import my_network\nprint(my_network.relu(-2.0), 'kept')")
    expect(cell.locator(".cell_output")).to_contain_text("-0.0 kept")

    reader.run("answer-own", ANSWER)
    verdict.get_by_role("link").click()
    reader.page.wait_for_url("**/my_network.html")
    for place in ("part", "code"):
        expect(reader.page.locator(f"#own-{place}-2 .own-whose")).to_have_text(words["row_yours"])
        book = words["row_open" if place == "part" else "row_book"]
        expect(reader.page.locator(f"#own-{place}-3 .own-whose")).to_have_text(book)
    expect(reader.page.locator("#own-code-2 pre:visible")).to_have_text(CODE)
    expect(reader.page.locator("#own-code-3 pre:visible")).to_contain_text("def mse(Y_hat, Y):")
    count = words["count"].format(done=1, own=1, all=10)
    expect(reader.page.locator("#own-count")).to_have_text(count)
    with reader.page.expect_download() as download:
        reader.page.locator("[data-name=download]").click()
    assert download.value.suggested_filename == "my_network.py"
    text = download.value.path().read_text(encoding="utf-8")
    assert text == program.text_of({"activations-own": CODE}, reader.language)
    with reader.page.expect_download() as download:
        reader.page.locator("[data-name=download_notebook]").click()
    cells = json.loads(download.value.path().read_text(encoding="utf-8"))["cells"]
    code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    assert ast.dump(ast.parse("\n".join(code))) == ast.dump(ast.parse(text))


def test_the_pad_reads_with_the_weights_that_a_cell_gives_it(reader):
    reader.page.goto(reader.own)
    answer = reader.cell("pad-figure").locator('.nn-figure:visible [data-name="answer"]')
    reader.run("pad-figure", NINE, state="done")
    expect(answer).to_have_text("9", timeout=20_000)


def test_the_page_runs_the_readers_program(reader):
    reader.page.goto(reader.own)
    reader.page.evaluate(PUT, {"digits-own": {"code": LAZY, "at": 1}})
    reload(reader.page)
    expect(reader.page.locator("#own-code-10 pre:visible")).to_have_text(LAZY)
    probe = "import my_network\nprint(my_network.train_digits.__code__.co_filename)"
    cell = reader.run("run-it", probe, state="done")
    expect(cell.locator(".cell_output")).to_contain_text("<my_network, part 10>")


def test_a_page_forgets_its_part_and_damage_is_no_part(reader):
    reader.page.goto(reader.own)
    part = {"code": CODE, "at": 1}
    reader.page.evaluate(PUT, {"activations-own": part, "losses-own": part})
    reader.page.goto(reader.own.replace("my_network", "activations"))
    reader.choose("forget")
    reader.page.locator('.live-line [data-name="sure"]').click()
    stored = reader.page.evaluate(STORED)
    assert stored["activations-own"]["code"] is None
    assert stored["losses-own"]["code"] == CODE
    reader.page.goto(reader.own)
    expect(reader.page.locator("#own-part-3")).to_have_attribute("data-own", "")
    expect(reader.page.locator("#own-part-2")).not_to_have_attribute("data-own", "")
    reader.page.evaluate("localStorage.setItem('nnlib-book:own', '{')")
    reload(reader.page)
    expect(reader.page.locator("[data-own]")).to_have_count(0)
