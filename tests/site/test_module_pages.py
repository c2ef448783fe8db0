"""From the reference to the source code and back, on pages of the book."""

import re

import pytest
from axe import findings
from test_valid import found_in

SOURCE = re.compile(
    r'<a class="[^"]*viewcode-link[^"]*" href="\.\./(_modules/[\w/]+\.html)#([\w.]+)"'
)
BACK = re.compile(
    r'<span class="definition" id="([\w.]+)"><a class="viewcode-back" href="[^"#]*#([\w.]+)"'
)


@pytest.fixture(scope="module", params=["", "zh/"], ids=["en", "zh"])
def edition(request):
    """Return the folder of an edition in the site."""
    return request.param


def text_of(html, path):
    return (html / path).read_text(encoding="utf-8")


def test_every_description_and_its_code_lead_to_each_other(html, edition):
    there = set(SOURCE.findall(text_of(html, edition + "chapters/reference.html")))
    names = {name for _, name in there}
    assert {"relu", "Linear", "Linear.forward", "lay_out", "dosage", "plot_fit"} <= names
    files = {path for path, _ in there}
    assert all(path.startswith("_modules/nnlib/") for path in files)  # and none of the figures
    back = {path: BACK.findall(text_of(html, edition + path)) for path in files}
    assert {(path, name) for path in files for name, _ in back[path]} == there
    descriptions = {name: path for pairs in back.values() for name, path in pairs}
    assert descriptions["relu"] == "nnlib.relu"
    assert descriptions["lay_out"] == "nnlib.parameters.lay_out"
    assert descriptions["Dataset"] == "nnlib.datasets.Dataset"


def test_the_pages_are_valid_and_kept_offline(html, edition, tmp_path):
    pages = sorted((html / edition / "_modules").rglob("*.html"))
    assert len(pages) > 20
    assert found_in(pages, tmp_path / "report.json") == []
    worker = text_of(html, edition + "worker.js")
    kept = [path.relative_to(html / edition).as_posix() for path in pages]
    assert [path for path in kept if f'"{path}?v=' not in worker] == []
    assert "_modules" not in text_of(html, edition + "_static/search-index.js")


@pytest.mark.parametrize(
    ("edition", "source", "reference"), [("", "source", "reference"), ("zh/", "源码", "说明")]
)
def test_a_reader_goes_there_and_back(watched, address, edition, source, reference):
    page = watched(
        f"{address}{edition}chapters/reference.html",
        viewport={"width": 390, "height": 800},
        color_scheme="light",
    )
    entry = page.locator("[id='nnlib.Sequential.predict']")
    entry.get_by_role("link", name=source, exact=True).click()
    page.wait_for_url("**/_modules/nnlib/networks.html#Sequential.predict")
    code = page.locator("[id='Sequential.predict']")
    assert code.inner_text().lstrip().startswith("def predict(self")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert findings(page) == []
    code.get_by_role("link", name=f"Sequential.predict: {reference}").click()
    page.wait_for_url(f"**/{edition}chapters/reference.html#nnlib.Sequential.predict")
