"""What the theme says of work side by side is true: the site is the same, byte for byte."""

import os
import shutil
import subprocess
import sys

import pytest
import yaml

BUILD = """
import sys
from pathlib import Path
from jupyter_book.sphinx import build_sphinx
from sphinx.application import Sphinx
# Ask the theme only: an extension of Jupyter Book says nothing, and Sphinx would not even try.
Sphinx.is_parallel_allowed = lambda app, kind: getattr(
    app.extensions["theme"], f"parallel_{kind}_safe"
)
source, target, jobs = sys.argv[1:]
config = {"latex_individualpages": False}
sys.exit(build_sphinx(source, target, noconfig=True, path_config=Path(source) / "_config.yml",
                      confoverrides=config, jobs=int(jobs)) or 0)
"""
PAGE = """\
(sec-{name})=
# Page {name}

See [the first](#sec-a) and {{eq}}`eq-{name}`, {{term}}`slope {name}`. Here $x_{{{number}}} > 0$.

## A part

$$ y = {number} x $$ (eq-{name})

:::{{dropdown}} Proof. It holds.
:class: proof

$z = {number}$
:::

```{{glossary}}
slope {name}
  A number.
```

```{{eval-rst}}
.. exercise-index:: softmax
```
"""


@pytest.fixture
def book(root, tmp_path):
    """Return the folder of a small book with all that the theme treats in its own way."""
    config = yaml.safe_load((root / "_config.yml").read_text(encoding="utf-8"))
    config["sphinx"]["local_extensions"]["theme"] = str(root)
    config["bibtex_bibfiles"] = [str(root / "references.bib")]
    names = "abcdef"  # Sphinx forks for more than five
    contents = {"format": "jb-book", "root": "playground", "chapters": [{"file": n} for n in names]}
    (tmp_path / "_config.yml").write_text(yaml.safe_dump(config), encoding="utf-8")
    (tmp_path / "_toc.yml").write_text(yaml.safe_dump(contents), encoding="utf-8")
    shutil.copy(root / "chapters" / "playground.ipynb", tmp_path)
    for number, name in enumerate(names):
        (tmp_path / f"{name}.md").write_text(PAGE.format(name=name, number=number), "utf-8")
    return tmp_path


@pytest.mark.skipif(not hasattr(os, "fork"), reason="Sphinx works side by side in forks")
@pytest.mark.exhaustive
def test_built_side_by_side_the_site_is_the_same(book):
    sites = []
    for jobs in (1, 2):
        target = book / "_build" / "html"
        command = [sys.executable, "-c", BUILD, str(book), str(target), str(jobs)]
        built = subprocess.run(command, capture_output=True, text=True, check=False, timeout=600)
        assert built.returncode == 0, built.stderr
        assert (" .. " in built.stdout) == (jobs > 1), built.stdout  # chunks of pages
        paths = [path for path in target.rglob("*") if path.is_file()]
        sites.append({path.relative_to(target): path.read_bytes() for path in paths})
        shutil.rmtree(book / "_build")
    one, two = sites
    assert len(one) > 50
    assert one.keys() == two.keys()
    assert [path for path in one if one[path] != two[path]] == []
