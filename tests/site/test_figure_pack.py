"""The pack of figures: all of the site, pictures that stand alone, each with a line to copy."""

import io
import subprocess
import sys
import zipfile
from xml.etree import ElementTree

import pytest
from browsing import ROOT
from bs4 import BeautifulSoup
from PIL import Image

from nnbook.messages import LANGUAGES

pytestmark = pytest.mark.exhaustive


@pytest.fixture(scope="module")
def pack(html, tmp_path_factory):
    """Return the archive."""
    folder = tmp_path_factory.mktemp("figures")
    command = [sys.executable, ROOT / "tools/figure_pack.py", "--site", html, "--to", folder]
    subprocess.run(command, check=True, cwd=ROOT)
    with zipfile.ZipFile(folder / "figures.zip") as archive:
        yield archive


@pytest.fixture(scope="module")
def numbered(html):
    """Return the label and the number of each figure that the site has."""
    found = {}
    for path in [html / "intro.html", *html.glob("chapters/*.html")]:
        text = path.read_text(encoding="utf-8")
        for figure in BeautifulSoup(text, "lxml").select("figure:has(.caption-number)"):
            found[figure["id"]] = figure.select_one(".caption-number").get_text().strip()
    assert len(found) > 100
    return found


def test_every_numbered_figure_is_there_in_all_forms(pack, numbered):
    kinds = [f"-{scheme}.{kind}" for scheme in ("light", "dark") for kind in ("svg", "png")]
    pictures = {f"figures/{label}{kind}" for label in numbered for kind in kinds}
    assert {*pack.namelist()} == pictures | {"figures/index.html", "figures/README.md"}


def test_each_picture_stands_alone_and_is_not_empty(pack):
    sizes = {}
    for name in pack.namelist():
        if name.endswith(".svg"):
            root = ElementTree.fromstring(pack.read(name))
            assert [child.tag.split("}")[1] for child in root[:2]] == ["title", "desc"]
            assert "CC BY 4.0" in root[1].text
            for element in root.iter():
                for key, value in element.attrib.items():
                    if key.endswith("href"):
                        assert value.startswith(("#", "data:")), name
                    assert "url(" not in value.replace("url(#", ""), name
            width, height = (float(root.get(side)[:-2]) / 72 * 96 for side in ("width", "height"))
            sizes[name.replace(".svg", ".png")] = (2 * int(width), 2 * int(height))
    for name, size in sizes.items():
        with Image.open(io.BytesIO(pack.read(name))) as picture:
            assert picture.size == size, name
            darkest, brightest = picture.convert("L").getextrema()
            assert brightest - darkest > 80, name
            bright = picture.convert("L").getpixel((0, 0)) > 128
            assert bright == ("-light" in name), name


def test_the_index_tells_of_each_figure_in_every_language(pack, numbered):
    page = BeautifulSoup(pack.read("figures/index.html"), "lxml")
    sections = {section["id"]: section for section in page.find_all("section")}
    assert sections.keys() == numbered.keys()
    names = set()
    for label, section in sections.items():
        names |= {element.get("src") or element.get("srcset") for element in section("img")}
        names |= {link["href"] for link in section("a")}
        assert section.img["alt"]
        for language in LANGUAGES.values():
            told = section.find("div", lang=language.tag)
            assert all(part.get_text().strip() for part in told.find_all(["p", "small"]))
            line = told.select_one(".copy").get_text()
            assert f"#{label}" in line
            assert "CC BY 4.0" in line
        assert numbered[label] in section.get_text()
        assert section.select_one(".copy").get_text() in pack.read("figures/README.md").decode()
    assert {f"figures/{name}" for name in names} <= {*pack.namelist()}
